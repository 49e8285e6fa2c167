/* httpd.c - HTTP on loopback, by libmicrohttpd with a thread for each connection.
 *
 * A thread may sleep, for latency and for bodies that stall, without delaying other connections.
 * Shared data is guarded by one lock, which is never held while a thread sleeps or an API makes its
 * answer: the scenario is only read. */
#include "httpd.h"

#include "advance.h"
#include "canned.h"
#include "clock.h"
#include "cpp.h"
#include "graph.h"
#include "ingestion.h"
#include "replay.h"
#include "reply.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FORM_MAX ((size_t)1024 * 1024)
#define QUERY_MAX ((size_t)1024 * 1024)
#define HEADERS_MAX ((size_t)1024 * 1024) /* of a request, with its query */
#define SLEEP_FOREVER (-1)

struct httpd {
    struct httpd_options options;
    struct MHD_Daemon *daemon;
    pthread_mutex_t lock;  /* guards what follows, the sign-in, the faults and the log */
    pthread_cond_t ending; /* wakes the threads that sleep when the server stops */
    bool stopping;
    unsigned active, served;    /* requests under way, and so far */
    int64_t start_ms, start_us; /* when the server started, by two clocks (clock.h) */
    long *times_given;          /* for each of the scenario's answers, how often it was given */
};

/* A body on its way out. */
struct sending {
    struct httpd *httpd;
    struct strbuf body;
    const char *text; /* the body, or what the scenario gives in its place */
    size_t len;
    enum ending ending;
};

/* Sleep until the server stops, at most for ms, or without a limit for SLEEP_FOREVER.  True when it
 * stops. */
static bool httpd_sleep_until_stop(struct httpd *h, int64_t ms)
{
    struct timespec until;
    bool stopping;
    int rc = 0;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += (time_t)(ms / 1000);
    until.tv_nsec += (long)(ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    pthread_mutex_lock(&h->lock);
    while (!h->stopping && rc == 0) {
        if (ms == SLEEP_FOREVER) {
            rc = pthread_cond_wait(&h->ending, &h->lock);
        } else {
            rc = pthread_cond_timedwait(&h->ending, &h->lock, &until);
        }
    }
    stopping = h->stopping;
    pthread_mutex_unlock(&h->lock);
    return stopping;
}

/* The next bytes of a body; a body that is cut or stalls ends in its middle. */
static ssize_t httpd_send_body(void *user, uint64_t at, char *buffer, size_t max)
{
    struct sending *s = user;
    bool all = s->ending == END_WHOLE || s->ending == END_BROKEN;
    size_t end = all ? s->len : s->len / 2;
    size_t len = at < end ? end - (size_t)at : 0;

    if (len == 0) {
        if (s->ending == END_STALL) {
            httpd_sleep_until_stop(s->httpd, SLEEP_FOREVER);
        }
        if (s->ending == END_WHOLE) {
            return MHD_CONTENT_READER_END_OF_STREAM;
        }
        return MHD_CONTENT_READER_END_WITH_ERROR; /* closes the connection */
    }
    len = len < max ? len : max;
    memcpy(buffer, s->text + at, len);
    return (ssize_t)len;
}

static void httpd_free_sending(void *user)
{
    struct sending *s = user;

    strbuf_clear(&s->body);
    free(s);
}

static void httpd_add_header(struct MHD_Response *response, const char *name, const char *value)
{
    if (value != NULL) {
        MHD_add_response_header(response, name, value);
    }
}

/* Headers of the scenario or of a recording. */
static void httpd_add_own_headers(struct MHD_Response *response, const struct reply *reply)
{
    const cJSON *header;

    cJSON_ArrayForEach(header, reply->headers)
    {
        httpd_add_header(response, header->string, cJSON_GetStringValue(header));
    }
}

/* Headers of the reply, and those that the service always sends.  The three APIs call the id of a
 * request differently. */
static void httpd_add_headers(struct MHD_Connection *connection, struct MHD_Response *response,
                              const struct reply *reply, unsigned serial)
{
    char id[48];

    snprintf(id, sizeof(id), "00000000-0000-4000-8000-%012u", serial);
    httpd_add_header(response, "Content-Type", reply->content_type);
    httpd_add_header(response, "Retry-After", reply->retry_after);
    httpd_add_header(response, "Location", reply->location);
    if (reply->is_recorded) {
        httpd_add_own_headers(response, reply);
        return;
    }
    httpd_add_header(response, "ETag", reply->etag[0] != '\0' ? reply->etag : NULL);
    httpd_add_header(response, "Cache-Control", "no-cache");
    httpd_add_header(response, "X-Content-Type-Options", "nosniff");
    switch (reply->api) {
    case API_CPP:
    case API_NONE:
        httpd_add_header(response, "X-Ms-Correlation-Request-Id", id);
        break;
    case API_GRAPH:
        httpd_add_header(
            response, "client-request-id",
            MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "client-request-id"));
        httpd_add_header(response, "request-id", id);
        break;
    case API_INGESTION:
        httpd_add_header(response, "request-id", id);
        break;
    }
    httpd_add_own_headers(response, reply);
}

/* Append a parameter to the decoded query, which answers of the scenario and the log have. */
static enum MHD_Result httpd_put_query(void *user, enum MHD_ValueKind kind, const char *name,
                                       const char *value)
{
    struct strbuf *line = user;

    (void)kind;
    strbuf_printf(line, "%c%s%s%s", line->len > 0 ? '&' : '?', name, value != NULL ? "=" : "",
                  value != NULL ? value : "");
    return MHD_YES;
}

/* Add a parameter to request.query. */
static enum MHD_Result httpd_put_member(void *user, enum MHD_ValueKind kind, const char *name,
                                        const char *value)
{
    (void)kind;
    cJSON_AddStringToObject(user, name, value != NULL ? value : "");
    return MHD_YES;
}

/* Cut "/api/publishers/p/offers/o" into its parts; how many, or 0 where there are too many. */
static size_t httpd_split_path(char *path, const char *parts[PATH_PARTS_MAX + 1])
{
    char *rest = NULL;
    size_t count = 0;

    for (char *part = strtok_r(path, "/", &rest); part != NULL; part = strtok_r(NULL, "/", &rest)) {
        if (count == PATH_PARTS_MAX) {
            return 0;
        }
        parts[count++] = part;
    }
    return count;
}

/* The scenario as it is by now, for the caller to free; NULL: time stands still. */
static cJSON *httpd_scenario_now(struct httpd *h)
{
    const double most_ms = 1e15; /* 30,000 years */
    double ms = (double)(clock_monotonic_us() - h->start_us) / 1000 * (double)h->options.speed;

    if (h->options.speed == 0) {
        return NULL;
    }
    if (ms > most_ms) {
        ms = most_ms;
    }
    return advance_scenario(h->options.scenario, h->start_ms, (int64_t)ms);
}

static bool httpd_path_begins(const struct request *request, const char *first, const char *second)
{
    return request->part_count >= 2 && strcmp(request->parts[0], first) == 0 &&
           strcmp(request->parts[1], second) == 0;
}

static void httpd_ask_portal(struct httpd *h, const struct request *request, struct reply *reply)
{
    cJSON *moved = httpd_scenario_now(h);
    const cJSON *scenario = moved != NULL ? moved : h->options.scenario;

    if (httpd_path_begins(request, "v1.0", "ingestion")) {
        ingestion_answer(scenario, request, &h->options.signin, reply);
    } else if (httpd_path_begins(request, "rp", "product-ingestion")) {
        graph_answer(scenario, request, &h->options.signin, reply);
    } else {
        cpp_answer(scenario, request, &h->options.signin, reply);
    }
    cJSON_Delete(moved);
}

/* First the true answer, then one that the scenario gives in its place, last the first fault for
 * the route.  Answers and faults for the first N requests are counted here, under the lock, so that
 * exactly N of parallel requests get them. */
static void httpd_answer(struct httpd *h, const struct request *request, const char *query,
                         struct reply *reply)
{
    if (httpd_sleep_until_stop(h, h->options.latency_ms)) {
        reply->ending = END_RESET;
        return;
    }
    pthread_mutex_lock(&h->lock);
    if (h->options.har != NULL) {
        if (!signin_answer(&h->options.signin, request, reply)) {
            replay_answer(h->options.har, request, httpd_port(h), reply);
        }
        pthread_mutex_unlock(&h->lock);
        return;
    }
    if (!signin_answer(&h->options.signin, request, reply)) {
        pthread_mutex_unlock(&h->lock);
        httpd_ask_portal(h, request, reply);
        pthread_mutex_lock(&h->lock);
    }
    canned_answer(h->options.scenario, h->times_given, request->path, query, reply);
    for (size_t i = 0; i < h->options.fault_count; i++) {
        if (fault_apply(&h->options.faults[i], reply)) {
            break;
        }
    }
    pthread_mutex_unlock(&h->lock);
}

static void httpd_write_log(struct httpd *h, const struct request *request, const char *query,
                            const struct reply *reply)
{
    pthread_mutex_lock(&h->lock);
    if (h->options.log != NULL) {
        fprintf(h->options.log, "%s %s%s %u active=%u\n", request->method, request->path, query,
                reply->status, h->active);
        fflush(h->options.log);
    }
    h->active--;
    pthread_mutex_unlock(&h->lock);
}

/* Collect the request, answer it, and log both. */
static void httpd_serve_request(struct httpd *h, struct MHD_Connection *connection,
                                const char *method, const char *path, const char *body,
                                struct reply *reply)
{
    struct strbuf query = STRBUF_INIT(QUERY_MAX);
    cJSON *members = cJSON_CreateObject();
    char *copy = strdup(path);
    struct request request = { .method = method, .path = path, .query = members, .body = body };

    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, httpd_put_query, &query);
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, httpd_put_member, members);
    request.authorization =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_AUTHORIZATION);
    request.host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST);
    request.seller_id =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "x-ms-publisherId");
    request.identity_header =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "X-IDENTITY-HEADER");
    request.metadata = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Metadata");
    request.part_count = copy != NULL ? httpd_split_path(copy, request.parts) : 0;
    httpd_answer(h, &request, strbuf_text(&query), reply);
    httpd_write_log(h, &request, strbuf_text(&query), reply);
    cJSON_Delete(members);
    strbuf_clear(&query);
    free(copy);
}

static enum MHD_Result httpd_send_reply(struct httpd *h, struct MHD_Connection *connection,
                                        const struct reply *reply, unsigned serial)
{
    struct sending *s = calloc(1, sizeof(*s));
    struct MHD_Response *response;
    enum MHD_Result rc;

    if (s == NULL) {
        return MHD_NO;
    }
    *s = (struct sending){ .httpd = h,
                           .body = reply->body,
                           .text = strbuf_text(&reply->body),
                           .len = reply->body.len,
                           .ending = reply->ending };
    if (reply->given_body != NULL) {
        s->text = reply->given_body;
        s->len = strlen(s->text);
    }
    response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 65536, httpd_send_body, s,
                                                 httpd_free_sending);
    if (response == NULL) {
        httpd_free_sending(s);
        return MHD_NO;
    }
    httpd_add_headers(connection, response, reply, serial);
    free(reply->own_location);
    rc = MHD_queue_response(connection, reply->status, response);
    MHD_destroy_response(response);
    return rc;
}

/* libmicrohttpd calls this for the headers, for each part of the body, and at its end. */
static enum MHD_Result httpd_on_request(void *user, struct MHD_Connection *connection,
                                        const char *path, const char *method, const char *version,
                                        const char *upload, size_t *upload_size, void **state)
{
    struct reply reply = { .api = API_NONE, .route = "", .body = STRBUF_INIT(REPLY_BODY_MAX) };
    struct httpd *h = user;
    struct strbuf *body = *state;
    unsigned serial;

    (void)version;
    if (body == NULL) { /* the first call for a request, with its headers alone */
        body = malloc(sizeof(*body));
        if (body == NULL) {
            return MHD_NO;
        }
        *body = (struct strbuf)STRBUF_INIT(FORM_MAX);
        *state = body;
        return MHD_YES;
    }
    if (*upload_size > 0) {
        strbuf_append(body, upload, *upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    pthread_mutex_lock(&h->lock);
    serial = ++h->served;
    h->active++;
    pthread_mutex_unlock(&h->lock);
    httpd_serve_request(h, connection, method, path, strbuf_text(body), &reply);
    if (reply.ending == END_RESET) {
        strbuf_clear(&reply.body);
        free(reply.own_location);
        return MHD_NO;
    }
    return httpd_send_reply(h, connection, &reply, serial);
}

static void httpd_on_completed(void *user, struct MHD_Connection *connection, void **state,
                               enum MHD_RequestTerminationCode how)
{
    struct strbuf *body = *state;

    (void)user;
    (void)connection;
    (void)how;
    if (body != NULL) {
        strbuf_clear(body);
        free(body);
        *state = NULL;
    }
}

int httpd_start(const struct httpd_options *options, struct httpd **out, struct error *err)
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_port = htons(options->port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    const cJSON *answers = cJSON_GetObjectItemCaseSensitive(options->scenario, "answers");
    struct httpd *h = calloc(1, sizeof(*h));

    if (h == NULL) {
        return error_memory(err);
    }
    h->options = *options;
    h->start_us = clock_monotonic_us();
    h->start_ms = clock_wall_ms();
    h->times_given = calloc((size_t)cJSON_GetArraySize(answers) + 1, sizeof(*h->times_given));
    pthread_mutex_init(&h->lock, NULL);
    pthread_cond_init(&h->ending, NULL);
    if (h->times_given == NULL) {
        httpd_stop(h);
        return error_memory(err);
    }
    /* clang-format off: one option a line */
    h->daemon = MHD_start_daemon(
        MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD, options->port, NULL, NULL,
        httpd_on_request, h, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
        MHD_OPTION_NOTIFY_COMPLETED, httpd_on_completed, NULL, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        HEADERS_MAX, MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024u, MHD_OPTION_CONNECTION_LIMIT, 1000u,
        MHD_OPTION_END);
    /* clang-format on */
    if (h->daemon == NULL) {
        error_set(err, ERR_SERVICE, "cannot listen on 127.0.0.1 port %u: %s",
                  (unsigned)options->port, strerror(errno));
        httpd_stop(h);
        return -1;
    }
    *out = h;
    return 0;
}

uint16_t httpd_port(const struct httpd *h)
{
    return MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

void httpd_stop(struct httpd *h)
{
    if (h == NULL) {
        return;
    }
    pthread_mutex_lock(&h->lock);
    h->stopping = true;
    pthread_cond_broadcast(&h->ending);
    pthread_mutex_unlock(&h->lock);
    if (h->daemon != NULL) {
        MHD_stop_daemon(h->daemon);
    }
    pthread_cond_destroy(&h->ending);
    pthread_mutex_destroy(&h->lock);
    free(h->times_given);
    free(h);
}

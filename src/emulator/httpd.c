/* httpd.c - HTTP on loopback through libmicrohttpd, a thread a connection. */
#include "emulator.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FORM_MAX ((size_t)1024 * 1024)

struct httpd {
    struct httpd_options options;
    struct MHD_Daemon *daemon;
    pthread_mutex_t lock;  /* guards all below, and the faults */
    pthread_cond_t ending; /* wakes what sleeps when the end has come */
    bool stopping;
    unsigned active, served;
    long *answered; /* how often each of the scenario's answers was given */
};

/* A body on its way out. */
struct sending {
    struct httpd *httpd;
    struct strbuf body;
    enum ending ending;
    bool counted;
};

/* Sleep, but not past the end; true when the end has come. */
static bool sleep_until_stop(struct httpd *h, int64_t ms)
{
    struct timespec until;
    bool stopping;

    (void)clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += (time_t)(ms / 1000);
    until.tv_nsec += (long)(ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    (void)pthread_mutex_lock(&h->lock);
    while (!h->stopping && (ms < 0 ? pthread_cond_wait(&h->ending, &h->lock)
                                   : pthread_cond_timedwait(&h->ending, &h->lock, &until)) == 0) {
    }
    stopping = h->stopping;
    (void)pthread_mutex_unlock(&h->lock);
    return stopping;
}

static ssize_t send_body(void *user, uint64_t at, char *buffer, size_t max)
{
    struct sending *s = user;
    size_t end = s->ending == END_WHOLE ? s->body.len : s->body.len / 2;
    size_t len = at < end ? end - (size_t)at : 0;

    if (len == 0) {
        if (s->ending == END_STALL) {
            (void)sleep_until_stop(s->httpd, -1);
        }
        return s->ending == END_WHOLE ? MHD_CONTENT_READER_END_OF_STREAM
                                      : MHD_CONTENT_READER_END_WITH_ERROR;
    }
    len = len < max ? len : max;
    memcpy(buffer, strbuf_text(&s->body) + at, len);
    return (ssize_t)len;
}

static void free_sending(void *user)
{
    struct sending *s = user;

    strbuf_clear(&s->body);
    free(s);
}

static void add_header(struct MHD_Response *response, const char *name, const char *value)
{
    if (value != NULL) {
        (void)MHD_add_response_header(response, name, value);
    }
}

/* Headers as the service sends them, beside those of the reply. */
static void add_headers(struct MHD_Response *response, const struct reply *reply, unsigned serial)
{
    const cJSON *header;
    char id[48];

    (void)snprintf(id, sizeof(id), "00000000-0000-4000-8000-%012u", serial);
    add_header(response, "Content-Type", reply->content_type);
    add_header(response, "Retry-After", reply->retry_after);
    add_header(response, "Location", reply->location);
    add_header(response, "Cache-Control", "no-cache");
    add_header(response, "X-Content-Type-Options", "nosniff");
    add_header(response, "X-Ms-Correlation-Request-Id", id);
    cJSON_ArrayForEach(header, reply->headers)
    {
        add_header(response, header->string, cJSON_GetStringValue(header));
    }
}

/* One of the scenario's own answers, where there is one for this path and it is not used up. */
static bool canned(struct httpd *h, const char *path, struct reply *reply)
{
    const cJSON *entry;
    int i = -1;

    cJSON_ArrayForEach(entry, cJSON_GetObjectItemCaseSensitive(h->options.scenario, "answers"))
    {
        const cJSON *times = cJSON_GetObjectItemCaseSensitive(entry, "times");
        const cJSON *json = cJSON_GetObjectItemCaseSensitive(entry, "json");
        const cJSON *body = cJSON_GetObjectItemCaseSensitive(entry, "body");
        const cJSON *status = cJSON_GetObjectItemCaseSensitive(entry, "status");
        i++;
        if (strcmp(cJSON_GetObjectItemCaseSensitive(entry, "path")->valuestring, path) != 0 ||
            (times != NULL && h->answered[i] >= times->valueint)) {
            continue;
        }
        h->answered[i]++;
        reply_json(reply, status != NULL ? (unsigned)status->valueint : 200,
                   json != NULL ? cJSON_PrintUnformatted(json) : NULL);
        reply->status = status != NULL ? (unsigned)status->valueint : 200;
        if (body != NULL) {
            (void)strbuf_puts(&reply->body, body->valuestring);
        }
        reply->headers = cJSON_GetObjectItemCaseSensitive(entry, "headers");
        return true;
    }
    return false;
}

static enum MHD_Result put_query(void *user, enum MHD_ValueKind kind, const char *name,
                                 const char *value)
{
    struct strbuf *line = user;

    (void)kind;
    (void)strbuf_printf(line, "%c%s%s%s", strchr(strbuf_text(line), '?') != NULL ? '&' : '?', name,
                        value != NULL ? "=" : "", value != NULL ? value : "");
    return MHD_YES;
}

static void write_log(struct httpd *h, struct MHD_Connection *connection, const char *method,
                      const char *path, const struct reply *reply)
{
    struct strbuf line = STRBUF_INIT((size_t)1024 * 1024);

    if (h->options.log != NULL) {
        (void)strbuf_printf(&line, "%s %s", method, path);
        (void)MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, put_query, &line);
        (void)fprintf(h->options.log, "%s %u active=%u\n", strbuf_text(&line), reply->status,
                      h->active);
        (void)fflush(h->options.log);
        strbuf_clear(&line);
    }
}

/* What the portal says, before any fault. */
static void answer(struct httpd *h, struct MHD_Connection *connection, const char *method,
                   const char *path, const char *body, struct reply *reply)
{
    struct request request = {
        .method = method,
        .path = path,
        .api_version =
            MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "api-version"),
        .audience = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "audience"),
        .authorization =
            MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_AUTHORIZATION),
        .host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST),
        .body = body
    };
    const char *route = "";

    if (sleep_until_stop(h, h->options.latency_ms)) {
        reply->ending = END_RESET;
        return;
    }
    (void)pthread_mutex_lock(&h->lock);
    if (!signin_answer(&h->options.signin, &request, reply, &route)) {
        (void)pthread_mutex_unlock(&h->lock);
        cpp_answer(h->options.scenario, &request, &h->options.signin, reply, &route);
        (void)pthread_mutex_lock(&h->lock);
    }
    (void)canned(h, path, reply);
    for (size_t i = 0; i < h->options.fault_count; i++) {
        if (fault_apply(&h->options.faults[i], route, reply)) {
            break;
        }
    }
    (void)pthread_mutex_unlock(&h->lock);
}

static enum MHD_Result send_reply(struct httpd *h, struct MHD_Connection *connection,
                                  const struct reply *reply, unsigned serial)
{
    struct sending *s = calloc(1, sizeof(*s));
    struct MHD_Response *response;
    enum MHD_Result rc;

    if (s == NULL) {
        return MHD_NO;
    }
    *s = (struct sending){ .httpd = h, .body = reply->body, .ending = reply->ending };
    response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 65536, send_body, s, free_sending);
    if (response == NULL) {
        free_sending(s);
        return MHD_NO;
    }
    add_headers(response, reply, serial);
    rc = MHD_queue_response(connection, reply->status, response);
    MHD_destroy_response(response);
    return rc;
}

static enum MHD_Result on_request(void *user, struct MHD_Connection *connection, const char *path,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_size, void **state)
{
    struct reply reply = { .body = STRBUF_INIT(BODY_MAX) };
    struct httpd *h = user;
    struct strbuf *body = *state;
    unsigned serial;

    (void)version;
    if (body == NULL) { /* the headers alone */
        body = malloc(sizeof(*body));
        if (body == NULL) {
            return MHD_NO;
        }
        *body = (struct strbuf)STRBUF_INIT(FORM_MAX);
        *state = body;
        return MHD_YES;
    }
    if (*upload_size > 0) {
        (void)strbuf_append(body, upload, *upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    (void)pthread_mutex_lock(&h->lock);
    serial = ++h->served;
    h->active++;
    (void)pthread_mutex_unlock(&h->lock);
    answer(h, connection, method, path, strbuf_text(body), &reply);
    (void)pthread_mutex_lock(&h->lock);
    write_log(h, connection, method, path, &reply);
    h->active--;
    (void)pthread_mutex_unlock(&h->lock);
    if (reply.ending == END_RESET) {
        strbuf_clear(&reply.body);
        return MHD_NO;
    }
    return send_reply(h, connection, &reply, serial);
}

static void on_completed(void *user, struct MHD_Connection *connection, void **state,
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
    h->answered = calloc((size_t)cJSON_GetArraySize(answers) + 1, sizeof(*h->answered));
    (void)pthread_mutex_init(&h->lock, NULL);
    (void)pthread_cond_init(&h->ending, NULL);
    if (h->answered == NULL) {
        httpd_stop(h);
        return error_memory(err);
    }
    h->daemon = MHD_start_daemon(MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD,
                                 options->port, NULL, NULL, on_request, h, MHD_OPTION_SOCK_ADDR,
                                 (struct sockaddr *)&address, MHD_OPTION_NOTIFY_COMPLETED,
                                 on_completed, NULL, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                                 (size_t)1024 * 1024, MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024u,
                                 MHD_OPTION_CONNECTION_LIMIT, 1000u, MHD_OPTION_END);
    if (h->daemon == NULL) {
        (void)error_set(err, ERR_SERVICE, "cannot listen on 127.0.0.1 port %u: %s",
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
    (void)pthread_mutex_lock(&h->lock);
    h->stopping = true;
    (void)pthread_cond_broadcast(&h->ending);
    (void)pthread_mutex_unlock(&h->lock);
    if (h->daemon != NULL) {
        MHD_stop_daemon(h->daemon);
    }
    (void)pthread_cond_destroy(&h->ending);
    (void)pthread_mutex_destroy(&h->lock);
    free(h->answered);
    free(h);
}

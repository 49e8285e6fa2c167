/* transport_curl.c - the real transport: one libcurl multi handle, one loop. */
#include "offerstat/transport.h"

#include "http/url.h"
#include "offerstat/secret.h"
#include "offerstat/strbuf.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>
#include <time.h>

#define HEADER_VALUE_MAX 1024
#define LOCATION_MAX 8192
#define TICK_MS 200
#define SECRET_MIN 6 /* what is shorter keeps no secret, and every word would be blotted */

/* A request that waits for its turn or is under way. */
struct call {
    struct transport_request request; /* url and form are our own copies */
    struct curl_slist *headers;
    struct call *next;
};

/* What must not be shown. */
struct secret {
    struct secret *next;
    char text[];
};

/* A handle, kept for the next request, and what it does now. */
struct slot {
    struct curl_transport *owner;
    CURL *easy;
    struct call *call; /* NULL: free */
    size_t header_bytes;
    bool head_seen, over_limit, stopped;
    char retry_after[HEADER_VALUE_MAX], location[LOCATION_MAX], request_id[HEADER_VALUE_MAX];
    char detail[CURL_ERROR_SIZE];
};

struct timer {
    int64_t due_ms;
    void (*fire)(void *user);
    void *user;
    struct timer *next;
};

struct curl_transport {
    struct transport base; /* first, so that the one is the other */
    CURLM *multi;
    struct secret *secrets;
    char *user_agent, *ca_file, *ca_path;
    bool stopped;
    unsigned jobs, active; /* slots in all, slots with a call */
    long connect_timeout_ms, stall_timeout_ms, request_timeout_ms;
    void (*tick)(void *user);
    void *tick_user;
    struct call *waiting, **waiting_end;
    struct slot *slots;   /* `jobs` of them */
    struct timer *timers; /* soonest first */
};

static struct curl_transport *self(struct transport *t)
{
    return (struct curl_transport *)t;
}

static void redact(struct transport *base, char *text)
{
    for (const struct secret *secret = self(base)->secrets; secret != NULL; secret = secret->next) {
        size_t len = strlen(secret->text);
        for (char *at = text; (at = strstr(at, secret->text)) != NULL; at += len) {
            memset(at, '*', len);
        }
    }
}

static int hide(struct transport *base, const char *text, struct error *err)
{
    struct curl_transport *t = self(base);
    size_t len = strlen(text);
    struct secret *secret;

    for (secret = t->secrets; secret != NULL && strcmp(secret->text, text) != 0;) {
        secret = secret->next;
    }
    if (len < SECRET_MIN || secret != NULL) {
        return 0;
    }
    secret = malloc(sizeof(*secret) + len + 1);
    if (secret == NULL) {
        return error_memory(err);
    }
    memcpy(secret->text, text, len + 1);
    secret->next = t->secrets;
    t->secrets = secret;
    return 0;
}

static int64_t clock_ms(clockid_t id)
{
    struct timespec now = { 0 };

    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t now_ms(struct transport *t)
{
    (void)t;
    return clock_ms(CLOCK_MONOTONIC);
}

static int64_t wall_ms(struct transport *t)
{
    (void)t;
    return clock_ms(CLOCK_REALTIME);
}

static uint32_t random_bits(struct transport *t)
{
    uint32_t value = 0;

    if (getrandom(&value, sizeof(value), 0) != (ssize_t)sizeof(value)) {
        value = (uint32_t)now_ms(t) * UINT32_C(2654435761);
    }
    return value;
}

/* What of an answer's head is of use to the caller. */

static void keep_value(char *to, size_t room, const char *value, size_t len)
{
    while (len > 0 && (*value == ' ' || *value == '\t')) {
        value++;
        len--;
    }
    while (len > 0 && strchr("\r\n\t ", value[len - 1]) != NULL) {
        len--;
    }
    if (len >= room) { /* a cut address or date would mean something else */
        len = 0;
    }
    memcpy(to, value, len);
    to[len] = '\0';
}

static void read_header(struct slot *slot, const char *line, size_t len)
{
    /* Correlation ids as the three APIs send them. */
    const struct {
        const char *name;
        char *to;
        size_t room;
    } wanted[] = {
        { "retry-after", slot->retry_after, sizeof(slot->retry_after) },
        { "location", slot->location, sizeof(slot->location) },
        { "x-ms-correlation-request-id", slot->request_id, sizeof(slot->request_id) },
        { "request-id", slot->request_id, sizeof(slot->request_id) },
    };
    const char *colon = memchr(line, ':', len);

    for (size_t i = 0; colon != NULL && i < sizeof(wanted) / sizeof(wanted[0]); i++) {
        size_t name_len = strlen(wanted[i].name);
        if ((size_t)(colon - line) == name_len &&
            strncasecmp(line, wanted[i].name, name_len) == 0) {
            keep_value(wanted[i].to, wanted[i].room, colon + 1, len - name_len - 1);
        }
    }
}

static const char *or_null(const char *text)
{
    return *text != '\0' ? text : NULL;
}

static size_t on_header(char *data, size_t size, size_t count, void *user)
{
    struct slot *slot = user;
    size_t len = size * count;
    struct transport_head head = { 0 };

    slot->header_bytes += len;
    if (len > HEADER_LINE_MAX || slot->header_bytes > HEADERS_MAX) {
        slot->over_limit = true;
        return CURL_WRITEFUNC_ERROR;
    }
    if (len >= 5 && strncmp(data, "HTTP/", 5) == 0) {
        slot->retry_after[0] = '\0';
        slot->location[0] = '\0';
        slot->request_id[0] = '\0';
        return len;
    }
    if (len > 2) {
        read_header(slot, data, len);
        return len;
    }
    curl_easy_getinfo(slot->easy, CURLINFO_RESPONSE_CODE, &head.status);
    if (head.status < 200 || slot->head_seen) { /* 100 Continue and the like, or trailers */
        return len;
    }
    slot->head_seen = true;
    head.retry_after = or_null(slot->retry_after);
    redact(&slot->owner->base, slot->location);
    redact(&slot->owner->base, slot->request_id);
    head.location = or_null(slot->location);
    head.request_id = or_null(slot->request_id);
    slot->stopped = !slot->call->request.head(slot->call->request.user, &head);
    return slot->stopped ? CURL_WRITEFUNC_ERROR : len;
}

static size_t on_body(char *data, size_t size, size_t count, void *user)
{
    struct slot *slot = user;
    size_t len = size * count;

    slot->stopped = !slot->call->request.body(slot->call->request.user, data, len);
    return slot->stopped ? CURL_WRITEFUNC_ERROR : len;
}

/* libcurl's memory.  It does not always tell a lack of it: 7.88 sends a request without its query
 * then, or gives the same code to a header line that is too long. */
static bool starved;

static void *noted(void *memory)
{
    starved = starved || memory == NULL;
    return memory;
}

static void *take(size_t size)
{
    return noted(malloc(size > 0 ? size : 1));
}

static void *take_cleared(size_t count, size_t size)
{
    return noted(calloc(count > 0 ? count : 1, size > 0 ? size : 1));
}

static void *take_again(void *old, size_t size)
{
    return noted(realloc(old, size > 0 ? size : 1));
}

static char *take_text(const char *text)
{
    return noted(strdup(text));
}

static enum transport_result result_of(const struct slot *slot, CURLcode code)
{
    if (starved) {
        return TRANSPORT_MEMORY;
    }
    if (slot->over_limit) {
        return TRANSPORT_HEADERS;
    }
    if (slot->stopped) {
        return TRANSPORT_STOPPED;
    }
    switch ((int)code) { /* an open enum: CURLcode has a hundred more */
    case CURLE_OK:
        return TRANSPORT_OK;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_GOT_NOTHING:
        return TRANSPORT_CONNECT;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return slot->head_seen ? TRANSPORT_CUT : TRANSPORT_CONNECT;
    case CURLE_OPERATION_TIMEDOUT:
        return TRANSPORT_TIMEOUT;
    case CURLE_PARTIAL_FILE:
        return TRANSPORT_CUT;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
        return TRANSPORT_TLS;
    case CURLE_OUT_OF_MEMORY:
        return TRANSPORT_HEADERS; /* libcurl's word for a header line over its own 100 KB, too */
    default:
        return TRANSPORT_OTHER;
    }
}

/* Handles: configured once, used again for the next request. */

static CURL *new_easy(const struct curl_transport *t, struct slot *slot)
{
    CURL *easy = curl_easy_init();
    bool ok = easy != NULL;

#define SET(option, value) ok = ok && curl_easy_setopt(easy, option, value) == CURLE_OK
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_FOLLOWLOCATION, 0L); /* fetch.c decides: the token must not leave its origin */
    SET(CURLOPT_USERAGENT, t->user_agent);
    SET(CURLOPT_ACCEPT_ENCODING, "");
    SET(CURLOPT_PATH_AS_IS, 1L);
    SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    SET(CURLOPT_CONNECTTIMEOUT_MS, t->connect_timeout_ms);
    SET(CURLOPT_TIMEOUT_MS, t->request_timeout_ms);
    SET(CURLOPT_LOW_SPEED_LIMIT, 1L);
    SET(CURLOPT_LOW_SPEED_TIME, (t->stall_timeout_ms + 999) / 1000);
    SET(CURLOPT_HEADERFUNCTION, on_header);
    SET(CURLOPT_WRITEFUNCTION, on_body);
    SET(CURLOPT_HEADERDATA, slot);
    SET(CURLOPT_WRITEDATA, slot);
    SET(CURLOPT_PRIVATE, slot);
    SET(CURLOPT_ERRORBUFFER, slot->detail);
    /* HTTP/2 over TLS only: without it libcurl 7.88 fails on reused connections. */
    SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    SET(CURLOPT_PIPEWAIT, 1L);
    if (t->ca_file != NULL) {
        SET(CURLOPT_CAINFO, t->ca_file);
    }
    /* Debian's default directory switches libcurl's cache of the CA store off: every connection
     * would load the bundle again. */
    SET(CURLOPT_CAPATH, t->ca_path);
#undef SET
    if (!ok) {
        curl_easy_cleanup(easy);
        return NULL;
    }
    return easy;
}

/* The list with one more line; NULL, and nothing left of it, without memory. */
static struct curl_slist *add_header(struct curl_slist *list, const char *line)
{
    struct curl_slist *longer = list != NULL ? curl_slist_append(list, line) : NULL;

    if (longer == NULL) {
        curl_slist_free_all(list);
    }
    return longer;
}

static struct curl_slist *make_headers(const char *bearer, const char *header)
{
    struct curl_slist *list = curl_slist_append(NULL, "Accept: application/json");
    struct strbuf line = STRBUF_INIT((size_t)1024 * 1024);

    if (header != NULL) {
        list = add_header(list, header);
    }
    if (bearer != NULL) {
        strbuf_printf(&line, "Authorization: Bearer %s", bearer);
        if (line.failed) {
            curl_slist_free_all(list);
            list = NULL;
        }
        list = add_header(list, strbuf_text(&line));
        if (line.data != NULL) {
            secret_wipe(line.data, line.cap);
        }
    }
    strbuf_clear(&line);
    return list;
}

static bool aim(struct curl_transport *t, struct slot *slot)
{
    const struct call *call = slot->call;
    const char *form = call->request.form;
    CURL *easy = slot->easy;
    bool ok = curl_easy_setopt(easy, CURLOPT_URL, call->request.url) == CURLE_OK;

#define SET(option, value) ok = ok && curl_easy_setopt(easy, option, value) == CURLE_OK
    SET(CURLOPT_HTTPHEADER, call->headers);
    SET(CURLOPT_NOPROXY, url_is_loopback(call->request.url) ? "*" : NULL);
    if (form != NULL) {
        SET(CURLOPT_POSTFIELDS, form);
    } else {
        SET(CURLOPT_HTTPGET, 1L);
    }
#undef SET
    return ok && curl_multi_add_handle(t->multi, easy) == CURLM_OK;
}

static void wipe_headers(struct curl_slist *list)
{
    for (struct curl_slist *item = list; item != NULL; item = item->next) {
        secret_wipe(item->data, strlen(item->data));
    }
    curl_slist_free_all(list);
}

static void free_call(struct call *call)
{
    wipe_headers(call->headers);
    secret_free((char *)call->request.form);
    free((char *)call->request.url);
    free(call);
}

static void end_unsent(struct call *call, enum transport_result result, const char *detail)
{
    call->request.done(call->request.user, result, detail);
    free_call(call);
}

static int begin(struct curl_transport *t, struct call *call, struct error *err)
{
    struct slot *slot = t->slots;
    const char *bearer = NULL;

    if (call->request.bearer != NULL) {
        bearer = call->request.bearer(call->request.user);
        if (bearer == NULL) {
            end_unsent(call, TRANSPORT_STOPPED, "no token");
            return 0;
        }
    }
    call->headers = make_headers(bearer, call->request.header);

    while (slot->call != NULL) {
        slot++;
    }
    slot->call = call;
    slot->header_bytes = 0;
    slot->head_seen = false;
    slot->over_limit = false;
    slot->stopped = false;
    slot->retry_after[0] = '\0';
    slot->location[0] = '\0';
    slot->request_id[0] = '\0';
    slot->detail[0] = '\0';
    slot->owner = t;
    if (slot->easy == NULL) {
        slot->easy = new_easy(t, slot);
    }
    if (call->headers == NULL || slot->easy == NULL || !aim(t, slot)) {
        slot->call = NULL;
        end_unsent(call, TRANSPORT_MEMORY, "out of memory");
        return error_memory(err);
    }
    t->active++;
    return 0;
}

static void finish(struct curl_transport *t, struct slot *slot, CURLcode code)
{
    struct call *call = slot->call;
    enum transport_result result = result_of(slot, code);
    char detail[CURL_ERROR_SIZE];

    /* The slot is free before the callback, which may well start the next request. */
    snprintf(detail, sizeof(detail), "%s",
             slot->detail[0] != '\0' ? slot->detail : curl_easy_strerror(code));
    curl_multi_remove_handle(t->multi, slot->easy);
    slot->call = NULL;
    t->active--;
    call->request.done(call->request.user, result, detail);
    free_call(call);
}

/* Fire what is due; milliseconds until the next timer, -1 where there is none. */
static int64_t run_timers(struct curl_transport *t)
{
    while (t->timers != NULL && !t->stopped) {
        struct timer *timer = t->timers;
        int64_t left_ms = timer->due_ms - now_ms(&t->base);
        if (left_ms > 0) {
            return left_ms;
        }
        t->timers = timer->next;
        timer->fire(timer->user);
        free(timer);
    }
    return -1;
}

/* Whether any request has ended. */
static bool collect(struct curl_transport *t)
{
    CURLMsg *message;
    bool ended = false;
    int left;

    while (!t->stopped && (message = curl_multi_info_read(t->multi, &left)) != NULL) {
        struct slot *slot = NULL;
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &slot);
        finish(t, slot, code);
        ended = true;
    }
    return ended;
}

/* Let everything queued or under way end, so that its owners can free what they hold. */
static void drain(struct curl_transport *t)
{
    t->stopped = true;
    for (unsigned i = 0; i < t->jobs; i++) {
        if (t->slots[i].call != NULL) {
            t->slots[i].stopped = true;
            finish(t, &t->slots[i], CURLE_ABORTED_BY_CALLBACK);
        }
    }
    while (t->waiting != NULL) {
        struct call *call = t->waiting;
        t->waiting = call->next;
        end_unsent(call, TRANSPORT_STOPPED, "stopped");
    }
    t->waiting_end = &t->waiting;
    while (t->timers != NULL) {
        struct timer *timer = t->timers;
        t->timers = timer->next;
        timer->fire(timer->user);
        free(timer);
    }
}

static int start_waiting(struct curl_transport *t, struct error *err)
{
    while (t->waiting != NULL && t->active < t->jobs && !t->stopped) {
        struct call *call = t->waiting;
        t->waiting = call->next;
        if (t->waiting == NULL) {
            t->waiting_end = &t->waiting;
        }
        if (begin(t, call, err) != 0) {
            return -1;
        }
    }
    return 0;
}

/* One turn of the loop: 1 while there is more to do, 0 at the end, -1 with *err. */
static int turn(struct curl_transport *t, struct error *err)
{
    int64_t wait_ms = run_timers(t);
    int running;

    if (start_waiting(t, err) != 0) {
        return -1;
    }
    if (t->base.after != NULL && !t->stopped) {
        t->base.after(t->base.after_user);
    }
    if (t->stopped || (t->active == 0 && t->waiting == NULL && t->timers == NULL)) {
        return 0;
    }
    if (curl_multi_perform(t->multi, &running) != CURLM_OK) {
        return error_memory(err);
    }
    if (collect(t)) {
        return 1; /* what ended may have more to ask: do not wait before `after` knows of it */
    }
    if (t->stopped || (t->waiting != NULL && t->active < t->jobs) ||
        (t->active == 0 && t->timers == NULL)) {
        return 1;
    }
    if (t->tick != NULL) {
        t->tick(t->tick_user);
    }
    wait_ms = wait_ms < 0 || wait_ms > TICK_MS ? TICK_MS : wait_ms;
    return curl_multi_poll(t->multi, NULL, 0, (int)wait_ms, NULL) == CURLM_OK ? 1
                                                                              : error_memory(err);
}

static int run(struct transport *base, struct error *err)
{
    struct curl_transport *t = self(base);
    int rc = 1;

    while (rc > 0) {
        rc = turn(t, err);
    }
    if (rc < 0 || t->stopped) {
        drain(t);
    }
    t->stopped = false;
    return rc;
}

static bool copy_text(char **to, const char *from)
{
    *to = from != NULL ? strdup(from) : NULL;
    return from == NULL || *to != NULL;
}

static int start(struct transport *base, const struct transport_request *request, struct error *err)
{
    struct curl_transport *t = self(base);
    struct call *call = t->stopped ? NULL : calloc(1, sizeof(*call));
    char *url = NULL, *form = NULL;

    if (call == NULL) {
        return t->stopped ? error_set(err, ERR_BUG, "stopped") : error_memory(err);
    }
    call->request = *request;
    (void)(copy_text(&url, request->url) && copy_text(&form, request->form));
    call->request.url = url;
    call->request.form = form;
    if (url == NULL || (request->form != NULL && form == NULL)) {
        free_call(call);
        return error_memory(err);
    }
    *t->waiting_end = call;
    t->waiting_end = &call->next;
    return 0;
}

static int add_timer(struct transport *base, int64_t delay_ms, void (*fire)(void *user), void *user,
                     struct error *err)
{
    struct curl_transport *t = self(base);
    struct timer *timer = t->stopped ? NULL : malloc(sizeof(*timer));
    struct timer **at = &t->timers;

    if (timer == NULL) {
        return t->stopped ? error_set(err, ERR_BUG, "stopped") : error_memory(err);
    }
    *timer = (struct timer){ .due_ms = now_ms(base) + delay_ms, .fire = fire, .user = user };
    while (*at != NULL && (*at)->due_ms <= timer->due_ms) {
        at = &(*at)->next;
    }
    timer->next = *at;
    *at = timer;
    return 0;
}

static void stop(struct transport *base)
{
    self(base)->stopped = true;
}

static void close_transport(struct transport *base)
{
    struct curl_transport *t = self(base);

    if (t->slots != NULL) {
        drain(t);
    }
    for (unsigned i = 0; t->slots != NULL && i < t->jobs; i++) {
        curl_easy_cleanup(t->slots[i].easy);
    }
    curl_multi_cleanup(t->multi);
    while (t->secrets != NULL) {
        struct secret *next = t->secrets->next;
        secret_wipe(t->secrets->text, strlen(t->secrets->text));
        free(t->secrets);
        t->secrets = next;
    }
    free(t->slots);
    free(t->user_agent);
    free(t->ca_file);
    free(t->ca_path);
    free(t);
    curl_global_cleanup();
}

int transport_curl_open(const struct transport_options *options, struct transport **out,
                        struct error *err)
{
    struct curl_transport *t;

    if (curl_global_init_mem(CURL_GLOBAL_DEFAULT, take, free, take_again, take_text,
                             take_cleared) != CURLE_OK) {
        return error_memory(err);
    }
    t = calloc(1, sizeof(*t));
    if (t == NULL) {
        curl_global_cleanup();
        return error_memory(err);
    }
    t->base = (struct transport){ .start = start,
                                  .timer = add_timer,
                                  .run = run,
                                  .stop = stop,
                                  .now_ms = now_ms,
                                  .wall_ms = wall_ms,
                                  .random = random_bits,
                                  .redact = redact,
                                  .hide = hide,
                                  .close = close_transport };
    t->waiting_end = &t->waiting;
    t->jobs = options->jobs > 0 ? options->jobs : 1;
    t->connect_timeout_ms = options->connect_timeout_ms;
    t->stall_timeout_ms = options->stall_timeout_ms;
    t->request_timeout_ms = options->request_timeout_ms;
    t->tick = options->tick;
    t->tick_user = options->tick_user;
    t->multi = curl_multi_init();
    t->slots = calloc(t->jobs, sizeof(*t->slots));
    if (t->multi == NULL || t->slots == NULL || !copy_text(&t->user_agent, options->user_agent) ||
        !copy_text(&t->ca_file, options->ca_file) || !copy_text(&t->ca_path, options->ca_path) ||
        /* below the number of jobs libcurl would close and open connections all the time */
        curl_multi_setopt(t->multi, CURLMOPT_MAXCONNECTS, (long)t->jobs) != CURLM_OK) {
        close_transport(&t->base);
        return error_memory(err);
    }
    *out = &t->base;
    return 0;
}

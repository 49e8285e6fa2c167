/* transport_curl_request.c - one request on one libcurl easy handle: setting it up, reading the
 * answer, its result. */
#include "http/transport_curl_priv.h"

#include "http/retry.h"
#include "http/url.h"
#include "offerstat/redact.h"
#include "offerstat/secret.h"
#include "offerstat/strbuf.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool transport_curl_copy(char **to, const char *from)
{
    *to = from != NULL ? strdup(from) : NULL;
    return from == NULL || *to != NULL;
}

/* The request's own copies. */

struct pending *pending_new(const struct transport_request *request, struct error *err)
{
    struct pending *pending = calloc(1, sizeof(*pending));
    char *url = NULL, *form = NULL;
    bool copied;

    if (pending == NULL) {
        error_memory(err);
        return NULL;
    }
    copied = transport_curl_copy(&url, request->url) && transport_curl_copy(&form, request->form);
    pending->request = *request;
    pending->request.url = url;
    pending->request.form = form;
    if (!copied) {
        pending_free(pending);
        error_memory(err);
        return NULL;
    }
    return pending;
}

static void free_headers(struct curl_slist *list)
{
    for (struct curl_slist *item = list; item != NULL; item = item->next) {
        secret_wipe(item->data, strlen(item->data));
    }
    curl_slist_free_all(list);
}

void pending_free(struct pending *pending)
{
    free_headers(pending->headers);
    secret_free((char *)pending->request.form);
    free((char *)pending->request.url);
    free(pending);
}

/* The head of the answer. */

static void keep_value(char *to, size_t size, const char *value, size_t len)
{
    while (len > 0 && (*value == ' ' || *value == '\t')) {
        value++;
        len--;
    }
    while (len > 0 && strchr("\r\n\t ", value[len - 1]) != NULL) {
        len--;
    }
    if (len >= size) {
        len = 0;
    }
    memcpy(to, value, len);
    to[len] = '\0';
}

static void read_header(struct slot *slot, const char *line, size_t len)
{
    /* The three APIs send their correlation id under one of two names. */
    const struct {
        const char *name;
        char *to;
        size_t size;
    } wanted[] = {
        { "retry-after", slot->retry_after, sizeof(slot->retry_after) },
        { "date", slot->date, sizeof(slot->date) },
        { "location", slot->location, sizeof(slot->location) },
        { "x-ms-correlation-request-id", slot->request_id, sizeof(slot->request_id) },
        { "request-id", slot->request_id, sizeof(slot->request_id) },
    };
    const char *colon = memchr(line, ':', len);

    /* Chunks exist in HTTP/1.1 only, and each has its length. */
    slot->has_end = slot->has_end || strncasecmp(line, "content-length:", 15) == 0 ||
                    strncasecmp(line, "transfer-encoding:", 18) == 0;
    for (size_t i = 0; colon != NULL && i < sizeof(wanted) / sizeof(wanted[0]); i++) {
        size_t name_len = strlen(wanted[i].name);
        if ((size_t)(colon - line) == name_len &&
            strncasecmp(line, wanted[i].name, name_len) == 0) {
            keep_value(wanted[i].to, wanted[i].size, colon + 1, len - name_len - 1);
        }
    }
}

static void forget_headers(struct slot *slot)
{
    slot->retry_after[0] = '\0';
    slot->date[0] = '\0';
    slot->location[0] = '\0';
    slot->request_id[0] = '\0';
    slot->has_end = false;
}

static const char *or_null(const char *text)
{
    return *text != '\0' ? text : NULL;
}

/* Pass the head on.  A server may repeat the token in the URL of a redirect. */
static bool pass_head_on(struct slot *slot, long status)
{
    const struct transport_request *request = &slot->pending->request;
    struct transport_head head = { .status = status,
                                   .retry_after = or_null(slot->retry_after),
                                   .date = or_null(slot->date),
                                   .location = or_null(slot->location),
                                   .request_id = or_null(slot->request_id),
                                   .open_end = !slot->has_end };

    redact_text(slot->location);
    redact_text(slot->request_id);
    return request->head(request->user, &head);
}

/* CURLOPT_HEADERFUNCTION: one whole line a call, its line end included.  Each answer begins with a
 * status line, interim ones (100 Continue) too, and ends with an empty line. */
static size_t slot_on_header(char *data, size_t size, size_t count, void *user)
{
    struct slot *slot = user;
    size_t len = size * count;
    long status = 0;

    slot->byte_ms = transport_clock_ms();
    slot->header_bytes += len;
    if (slot->entry != NULL) {
        slot->owner->recorder->line(slot->entry, data, len);
    }
    if (len > HEADER_LINE_MAX || slot->header_bytes > HEADERS_MAX) {
        slot->over_limit = true;
        return CURL_WRITEFUNC_ERROR;
    }
    if (len >= 5 && strncmp(data, "HTTP/", 5) == 0) {
        forget_headers(slot);
        return len;
    }
    if (len > 2) {
        read_header(slot, data, len);
        return len;
    }
    curl_easy_getinfo(slot->easy, CURLINFO_RESPONSE_CODE, &status);
    if (status < 200 || slot->head_seen) { /* an interim answer, or trailers after the body */
        return len;
    }
    slot->head_seen = true;
    if (!pass_head_on(slot, status)) {
        slot->stopped = true;
        return CURL_WRITEFUNC_ERROR;
    }
    return len;
}

/* CURLOPT_WRITEFUNCTION. */
static size_t slot_on_body(char *data, size_t size, size_t count, void *user)
{
    struct slot *slot = user;
    const struct transport_request *request = &slot->pending->request;

    slot->byte_ms = transport_clock_ms();
    if (slot->entry != NULL) { /* first: the callback may write to data */
        slot->owner->recorder->body(slot->entry, data, size * count);
    }
    if (!request->body(request->user, data, size * count)) {
        slot->stopped = true;
        return CURL_WRITEFUNC_ERROR;
    }
    return size * count;
}

/* CURLOPT_PREREQFUNCTION: there is a connection, and the request is about to be sent. */
/* NOLINTNEXTLINE(readability-non-const-parameter): the type is libcurl's */
static int slot_on_sent(void *user, char *their_ip, char *our_ip, int their_port, int our_port)
{
    struct slot *slot = user;

    (void)their_ip;
    (void)our_ip;
    (void)their_port;
    (void)our_port;
    slot->sent = true;
    slot->byte_ms = transport_clock_ms();
    return CURL_PREREQFUNC_OK;
}

bool slot_has_stalled(const struct curl_transport *t, const struct slot *slot)
{
    return slot->sent && transport_clock_ms() - slot->byte_ms >= t->stall_timeout_ms;
}

/* Setting up. */

/* A new handle, with what is the same for all of its requests. */
static CURL *new_easy(const struct curl_transport *t, struct slot *slot)
{
    CURL *easy = curl_easy_init();
    bool ok = easy != NULL;

#define SET(option, value) ok = ok && curl_easy_setopt(easy, option, value) == CURLE_OK
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_FOLLOWLOCATION, 0L); /* fetch.c decides: the token must not leave its origin */
    SET(CURLOPT_USERAGENT, t->user_agent);
    SET(CURLOPT_ACCEPT_ENCODING, ""); /* every encoding that libcurl was built with */
    SET(CURLOPT_PATH_AS_IS, 1L);
    SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    SET(CURLOPT_PREREQFUNCTION, slot_on_sent);
    SET(CURLOPT_PREREQDATA, slot);
    SET(CURLOPT_HEADERFUNCTION, slot_on_header);
    SET(CURLOPT_WRITEFUNCTION, slot_on_body);
    SET(CURLOPT_HEADERDATA, slot);
    SET(CURLOPT_WRITEDATA, slot);
    SET(CURLOPT_PRIVATE, slot);
    SET(CURLOPT_ERRORBUFFER, slot->detail);
    /* HTTP/2 over TLS only: without it libcurl 7.88 fails on reused connections. */
    SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    if (t->proxy_auth != 0) {
        SET(CURLOPT_PROXYAUTH, t->proxy_auth);
    }
#undef SET
    if (!ok) {
        curl_easy_cleanup(easy);
        return NULL;
    }
    return easy;
}

/* Append one line to *list.  False without memory, with *list unchanged. */
static bool add_header(struct curl_slist **list, const char *line)
{
    struct curl_slist *longer = curl_slist_append(*list, line);

    if (longer == NULL) {
        return false;
    }
    *list = longer;
    return true;
}

static bool add_bearer(struct curl_slist **list, const char *bearer)
{
    struct strbuf line = STRBUF_SECRET((size_t)1024 * 1024);
    bool ok;

    strbuf_printf(&line, "Authorization: Bearer %s", bearer);
    ok = !line.failed && add_header(list, strbuf_text(&line));
    strbuf_clear(&line);
    return ok;
}

static bool add_lines(struct curl_slist **list, const char *lines)
{
    bool ok = true;

    while (ok && lines != NULL) {
        const char *end = strchr(lines, '\n');
        char *line = end != NULL ? strndup(lines, (size_t)(end - lines)) : strdup(lines);
        ok = line != NULL && add_header(list, line);
        secret_free(line);
        lines = end != NULL ? end + 1 : NULL;
    }
    return ok;
}

static bool make_headers(struct pending *pending, const char *bearer)
{
    return add_header(&pending->headers, "Accept: application/json") &&
           add_lines(&pending->headers, pending->request.header) &&
           (bearer == NULL || add_bearer(&pending->headers, bearer));
}

/* Whether to wait until it is known if the connection being opened can be shared (HTTP/2), rather
 * than open one more.  With HTTP/1.1 that is known only after a whole answer, so not for the few
 * POSTs of sign-ins, which are sent together, nor where HTTP/2 is never tried. */
static bool may_share_connection(const struct transport_request *request)
{
    return request->form == NULL && strncasecmp(request->url, "https:", 6) == 0;
}

/* What is left of a limit, at least 1: libcurl takes 0 for none. */
static long left_of(long limit_ms, int64_t spent_ms)
{
    return spent_ms < limit_ms ? limit_ms - (long)spent_ms : 1;
}

/* Deadlines: transport_curl.c, end_late. */
bool slot_limit(const struct curl_transport *t, CURL *easy, int64_t began_ms)
{
    int64_t spent_ms = transport_clock_ms() - began_ms;
    long connect_ms = left_of(t->connect_timeout_ms, spent_ms);
    long request_ms = left_of(t->request_timeout_ms, spent_ms);

    return curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, connect_ms) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, request_ms) == CURLE_OK;
}

/* Set what differs from request to request. */
static bool set_up_easy(CURL *easy, const struct pending *pending)
{
    const struct transport_request *request = &pending->request;
    bool ok = true;

#define SET(option, value) ok = ok && curl_easy_setopt(easy, option, value) == CURLE_OK
    SET(CURLOPT_URL, request->url);
    SET(CURLOPT_HTTPHEADER, pending->headers);
    SET(CURLOPT_NOPROXY, request->direct || url_is_loopback(request->url) ? "*" : NULL);
    SET(CURLOPT_PIPEWAIT, (long)may_share_connection(request));
    if (request->form != NULL) {
        SET(CURLOPT_POSTFIELDS, request->form);
    } else {
        SET(CURLOPT_HTTPGET, 1L);
    }
#undef SET
    return ok;
}

bool slot_set_up(struct curl_transport *t, struct slot *slot, struct pending *pending,
                 const char *bearer)
{
    if (slot->easy == NULL) {
        slot->easy = new_easy(t, slot);
    }
    if (slot->easy == NULL || !slot_trust(t, slot) || !make_headers(pending, bearer) ||
        !set_up_easy(slot->easy, pending) || !slot_limit(t, slot->easy, transport_clock_ms())) {
        return false;
    }
    slot->owner = t;
    slot->pending = pending;
    slot->header_bytes = 0;
    slot->head_seen = false;
    slot->over_limit = false;
    slot->stopped = false;
    slot->sent = false;
    slot->stalled = false;
    slot->began_ms = transport_clock_ms();
    slot->detail[0] = '\0';
    forget_headers(slot);
    slot_record_begin(slot);
    return true;
}

long slot_proxy_refusal(const struct slot *slot, CURLcode code)
{
    long status = 0;

    if (code != CURLE_OK) {
        curl_easy_getinfo(slot->easy, CURLINFO_HTTP_CONNECTCODE, &status);
    }
    return status >= 400 ? status : 0;
}

enum transport_result slot_result(const struct slot *slot, CURLcode code)
{
    long proxy_status;

    if (transport_curl_ran_out_of_memory()) {
        return TRANSPORT_MEMORY;
    }
    if (slot->over_limit) {
        return TRANSPORT_HEADERS;
    }
    if (slot->stopped) {
        return TRANSPORT_STOPPED;
    }
    proxy_status = slot_proxy_refusal(slot, code);
    if (proxy_status != 0) {
        return retry_status_is_transient(proxy_status) ? TRANSPORT_CONNECT : TRANSPORT_PROXY;
    }
    switch ((int)code) { /* cast, since CURLcode has a hundred values that are not named here */
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
    case CURLE_PROXY:
        return TRANSPORT_PROXY;
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
        return TRANSPORT_HEADERS; /* not memory: a header line exceeded libcurl's 100 KB */
    default:
        return TRANSPORT_OTHER;
    }
}

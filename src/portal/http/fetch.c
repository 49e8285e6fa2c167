/* fetch.c - one request, its retries, its redirects and its error text. */
#include "http/fetch.h"

#include "http/url.h"
#include "offerstat/redact.h"
#include "offerstat/secret.h"
#include "offerstat/strbuf.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ERROR_BODY_MAX ((size_t)64 * 1024)
#define REDIRECTS_MAX 5

struct attempt {
    struct fetcher *fetcher;
    struct fetch spec;
    char *url; /* of the next try: the request's own, or where it was redirected to */
    unsigned tries, redirects;
    unsigned serial; /* of the token that was sent */
    bool renewed;    /* a rejected token was replaced by a fresh one */
    int64_t began_ms, try_began_ms;
    size_t body_bytes;
    long status;
    bool open_end; /* as in struct transport_head */
    int64_t after_ms;
    char request_id[ERROR_ID_MAX];
    char *location, *header;
    struct strbuf error_body;
    struct error stop; /* why a callback ended the try */
};

static void free_attempt(struct attempt *a)
{
    strbuf_clear(&a->error_body);
    free(a->location);
    secret_free(a->header);
    free(a->url);
    free(a);
}

static void end(struct attempt *a, struct error *err)
{
    if (err != NULL) {
        if (err->request_id[0] == '\0') {
            memcpy(err->request_id, a->request_id, sizeof(err->request_id));
        }
        err->http = a->status;
        /* Also secrets that JSON had spelled differently, or that an address contained. */
        a->fetcher->transport->redact(a->fetcher->transport, err->text);
        a->fetcher->transport->redact(a->fetcher->transport, err->local_text);
    }
    a->spec.done(a->spec.user, err);
    free_attempt(a);
}

/* An id is for people to quote: keep only characters that ids have. */
static void keep_request_id(struct attempt *a, const char *id)
{
    size_t len = 0;

    for (; id != NULL && *id != '\0' && len + 1 < sizeof(a->request_id); id++) {
        bool plain = (*id >= '0' && *id <= '9') || (*id >= 'a' && *id <= 'z') ||
                     (*id >= 'A' && *id <= 'Z') || strchr("-_.:", *id) != NULL;
        if (plain) {
            a->request_id[len++] = *id;
        }
    }
    a->request_id[len] = '\0';
}

static bool fetch_on_head(void *user, const struct transport_head *head)
{
    struct attempt *a = user;

    a->status = head->status;
    a->open_end = head->open_end;
    a->after_ms = retry_after_ms(head->retry_after, head->date,
                                 a->fetcher->transport->wall_ms(a->fetcher->transport));
    keep_request_id(a, head->request_id);
    free(a->location);
    a->location = head->location != NULL ? strdup(head->location) : NULL;
    return true;
}

static bool fetch_on_body(void *user, const char *data, size_t len)
{
    struct attempt *a = user;

    a->body_bytes += len;
    if (a->body_bytes > BODY_MAX) {
        error_set(&a->stop, ERR_ANSWER, "the answer is larger than %zu MiB",
                  BODY_MAX / 1024 / 1024);
        return false;
    }
    if (a->status == 200) {
        /* libcurl owns the buffer and does not look at it again: decoding in place saves a copy. */
        return a->spec.body(a->spec.user, (char *)data, len, &a->stop) == 0;
    }
    if (a->error_body.len + len <= a->error_body.max) {
        strbuf_append(&a->error_body, data, len);
    }
    return true;
}

static void trace(const struct attempt *a, const char *how)
{
    char line[2048], url[300];
    int64_t took_ms = a->fetcher->transport->now_ms(a->fetcher->transport) - a->try_began_ms;

    if (a->fetcher->trace != NULL) {
        redact_excerpt(url, sizeof(url), a->url);
        snprintf(line, sizeof(line), "%s %s -> %s, %zu bytes, %" PRId64 " ms, try %u%s%s",
                 a->spec.form != NULL ? "POST" : "GET", url, how, a->body_bytes, took_ms, a->tries,
                 a->request_id[0] != '\0' ? ", id " : "", a->request_id);
        a->fetcher->transport->redact(a->fetcher->transport, line);
        a->fetcher->trace(a->fetcher->trace_user, line);
    }
}

static void send_again(void *user);

/* Add how many tries it took and how long, if there were several. */
static void add_effort(const struct attempt *a, struct error *err)
{
    int64_t took_ms = a->fetcher->transport->now_ms(a->fetcher->transport) - a->began_ms;

    if (a->tries > 1) {
        error_append(err, " (%u tries in %" PRId64 ".%" PRId64 " s)", a->tries, took_ms / 1000,
                     took_ms % 1000 / 100);
    }
}

static int64_t time_left_ms(const struct fetcher *f)
{
    int64_t deadline_ms = f->deadline_ms, of_all_ms = f->transport->deadline_ms;

    if (of_all_ms != 0 && of_all_ms < deadline_ms) {
        deadline_ms = of_all_ms;
    }
    return deadline_ms - f->transport->now_ms(f->transport);
}

static void remember_when(struct attempt *a)
{
    struct transport *t = a->fetcher->transport;
    int64_t at_ms = t->now_ms(t) + a->after_ms;

    if (a->after_ms > 0 && at_ms > a->fetcher->not_before_ms) {
        a->fetcher->not_before_ms = at_ms;
    }
}

static void report_wait(const struct attempt *a, struct error *why, int64_t wait_ms)
{
    char url[300];
    const struct retry_wait wait = { .url = url,
                                     .why = why->text,
                                     .tries = a->tries,
                                     .most = a->fetcher->policy.retries + 1,
                                     .wait_ms = wait_ms };

    if (a->fetcher->waits != NULL) {
        redact_excerpt(url, sizeof(url), a->url);
        a->fetcher->transport->redact(a->fetcher->transport, why->text);
        a->fetcher->waits(a->fetcher->trace_user, &wait);
    }
}

/* After a failure that may pass: try again later, or give up. */
static void retry_or_end(struct attempt *a, struct error *err)
{
    struct transport *t = a->fetcher->transport;
    int64_t left_ms = time_left_ms(a->fetcher);
    int64_t wait_ms =
        retry_delay_ms(&a->fetcher->policy, a->tries, a->after_ms, left_ms, t->random(t));

    remember_when(a);
    if (wait_ms >= 0 &&
        (a->status != 200 || a->body_bytes == 0 || a->spec.restart(a->spec.user) == 0)) {
        if (t->timer(t, wait_ms, send_again, a, err) == 0) {
            report_wait(a, err, wait_ms);
            return;
        }
    } else {
        add_effort(a, err);
        if (a->after_ms >= left_ms && a->tries <= a->fetcher->policy.retries) {
            error_append(err,
                         "; the service asks to wait %" PRId64 " s, longer than this run may take",
                         a->after_ms / 1000);
        }
    }
    end(a, err);
}

/* Follow a redirect within the origin; anything else is refused. */
static void redirect(struct attempt *a)
{
    struct error err = ERROR_INIT;
    char *to = NULL;

    if (a->location == NULL) {
        error_set(&err, ERR_ANSWER, "HTTP %ld without a location", a->status);
    } else if (a->redirects++ >= REDIRECTS_MAX) {
        error_set(&err, ERR_ANSWER, "more than %d redirects", REDIRECTS_MAX);
    } else if (url_resolve(a->url, a->location, &to, &err) != 0) {
        error_wrap(&err, "HTTP %ld", a->status);
    } else {
        free(a->url);
        a->url = to;
        a->tries--; /* a redirect is no failed try */
        send_again(a);
        return;
    }
    end(a, &err);
}

static enum error_code code_of_status(long status)
{
    if (status == 401 || status == 403) {
        return ERR_AUTH;
    }
    if (status == 404) {
        return ERR_NOT_FOUND;
    }
    return retry_status_is_transient(status) || status >= 500 ? ERR_SERVICE : ERR_ANSWER;
}

/* A token was rejected: try once more with a fresh one, if there is one.  True when that is under
 * way, or when *err says why there is none. */
static bool try_fresh_token(struct attempt *a, struct error *err)
{
    const struct credential *credential = a->fetcher->credential;

    if (a->status != 401 || credential == NULL || a->spec.bearer != NULL || a->renewed) {
        return false;
    }
    a->renewed = true;
    switch (credential->renew(credential->user, a->serial, err)) {
    case RENEWAL_NONE:
        return false;
    case RENEWAL_DONE:
        a->tries--; /* the service did not fail */
        send_again(a);
        break;
    case RENEWAL_FAILED:
        end(a, err);
        break;
    }
    return true;
}

static void answered(struct attempt *a)
{
    struct error err = ERROR_INIT;
    struct fetch_refusal refusal = { .message = "" };

    if (a->status == 200) {
        if (a->spec.whole(a->spec.user, &err) == 0) {
            end(a, NULL);
        } else if (a->open_end) { /* nothing proves that the service had sent all: the answer was
                                     cut */
            retry_or_end(a, &err);
        } else {
            end(a, &err);
        }
        return;
    }
    if (a->status == 301 || a->status == 302 || a->status == 303 || a->status == 307 ||
        a->status == 308) {
        redirect(a);
        return;
    }
    if (try_fresh_token(a, &err)) {
        return;
    }
    if (a->error_body.len > 0) {
        a->fetcher->transport->redact(a->fetcher->transport, a->error_body.data);
    }
    if (a->spec.refused != NULL && !retry_status_is_transient(a->status)) {
        a->spec.refused(a->spec.user, a->status, strbuf_text(&a->error_body), &err);
        end(a, &err);
        return;
    }
    if (a->fetcher->describe != NULL) {
        a->fetcher->describe(strbuf_text(&a->error_body), &refusal);
    }
    if (a->request_id[0] == '\0') { /* no header had it */
        keep_request_id(a, refusal.request_id);
    }
    error_set(&err, code_of_status(a->status), "HTTP %ld%s%s", a->status,
              refusal.message[0] != '\0' ? ": " : "", refusal.message);
    if (retry_status_is_transient(a->status)) {
        retry_or_end(a, &err);
    } else {
        end(a, &err);
    }
}

/* Usually a proxy intercepts TLS, with a certificate of its own. */
static void no_secure_connection(const struct attempt *a, const struct error *why,
                                 struct error *err)
{
    const char *origin = a->fetcher->transport->ca_origin;

    error_set(err, ERR_SERVICE, "no secure connection");
    error_join(err, ": ", why, "");
    if (origin != NULL) {
        error_append(err, "; the certificates to trust are those that %s names", origin);
    } else {
        error_append(err,
                     "; if a proxy intercepts TLS, SSL_CERT_FILE, SSL_CERT_DIR, CURL_CA_BUNDLE or "
                     "REQUESTS_CA_BUNDLE must name the certificates to trust");
    }
}

static void fetch_on_done(void *user, enum transport_result result, const struct error *why)
{
    struct attempt *a = user;
    struct error err = *why;
    char status[32];

    snprintf(status, sizeof(status), "%ld", a->status);
    trace(a, result == TRANSPORT_OK ? status : why->text);
    switch (result) {
    case TRANSPORT_OK:
        answered(a);
        return;
    case TRANSPORT_CONNECT:
    case TRANSPORT_TIMEOUT:
        err.code = ERR_SERVICE;
        retry_or_end(a, &err);
        return;
    case TRANSPORT_CUT:
        error_set(&err, ERR_ANSWER, "the answer broke off after %zu bytes", a->body_bytes);
        error_join(&err, ": ", why, "");
        retry_or_end(a, &err);
        return;
    case TRANSPORT_PROXY:
        err.code = ERR_SERVICE;
        break;
    case TRANSPORT_TLS:
        no_secure_connection(a, why, &err);
        break;
    case TRANSPORT_HEADERS:
        error_set(&err, ERR_ANSWER,
                  "the answer's headers are over the limit (%zu KiB a line, %zu KiB in all)",
                  HEADER_LINE_MAX / 1024, HEADERS_MAX / 1024);
        break;
    case TRANSPORT_STOPPED:
        err = a->stop;
        if (err.code == ERR_NONE) {
            error_set(&err, ERR_BUG, "stopped");
        }
        break;
    case TRANSPORT_MEMORY:
        error_memory(&err);
        break;
    case TRANSPORT_OTHER:
        err.code = ERR_ANSWER;
        break;
    }
    end(a, &err);
}

static const char *give_bearer(void *user)
{
    struct attempt *a = user;
    const struct credential *credential = a->fetcher->credential;

    if (a->spec.bearer != NULL) {
        return a->spec.bearer;
    }
    return credential->token(credential->user, &a->serial, &a->stop);
}

static int send_try(struct attempt *a, struct error *err)
{
    struct transport *t = a->fetcher->transport;
    bool signs = a->spec.bearer != NULL || a->fetcher->credential != NULL;
    struct transport_request request = { .url = a->url,
                                         .bearer = signs ? give_bearer : NULL,
                                         .form = a->spec.form,
                                         .header = a->header,
                                         .direct = a->spec.direct,
                                         .deadline_ms = a->fetcher->deadline_ms,
                                         .user = a,
                                         .head = fetch_on_head,
                                         .body = fetch_on_body,
                                         .done = fetch_on_done };

    a->tries++;
    a->try_began_ms = t->now_ms(t);
    a->status = 0;
    a->stop = (struct error)ERROR_INIT;
    a->after_ms = -1;
    a->body_bytes = 0;
    a->request_id[0] = '\0';
    strbuf_reset(&a->error_body);
    return t->start(t, &request, err);
}

static void send_again(void *user)
{
    struct attempt *a = user;
    struct error err = ERROR_INIT;

    if (send_try(a, &err) != 0) {
        end(a, &err);
    }
}

int fetch_start(struct fetcher *f, const struct fetch *spec, struct error *err)
{
    struct attempt *a = calloc(1, sizeof(*a));

    if (a == NULL) {
        return error_memory(err);
    }
    a->fetcher = f;
    a->spec = *spec;
    a->error_body = (struct strbuf)STRBUF_SECRET(ERROR_BODY_MAX);
    a->url = strdup(spec->url);
    a->began_ms = f->transport->now_ms(f->transport);
    a->header = spec->header != NULL ? strdup(spec->header) : NULL;
    if (a->url == NULL || (a->header == NULL) != (spec->header == NULL)) {
        error_memory(err);
        free_attempt(a);
        return -1;
    }
    if (send_try(a, err) != 0) {
        free_attempt(a);
        return -1;
    }
    a->spec.url = NULL; /* the caller's may be gone by the time of a redirect */
    return 0;
}

/* fetch.h - one request that is tried until it is answered: retries, limits, origin checks, error
 * texts. */
#ifndef HTTP_FETCH_H
#define HTTP_FETCH_H

#include "http/credential.h"
#include "http/retry.h"
#include "offerstat/error.h"
#include "offerstat/transport.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BODY_MAX ((size_t)256 * 1024 * 1024) /* after decompression */

/* What the body of a refusal says; "" for nothing. */
struct fetch_refusal {
    char message[ERROR_TEXT_MAX / 2];
    char request_id[ERROR_ID_MAX];
};

/* What all requests of a run share. */
struct fetcher {
    struct transport *transport;         /* borrowed */
    const struct credential *credential; /* borrowed; NULL: requests carry no token of their own */
    /* How to read the body of a refusal, since this client knows no JSON; NULL: not read. */
    void (*describe)(const char *body, struct fetch_refusal *out);
    struct retry_policy policy;
    int64_t deadline_ms; /* transport's clock: no try begins later, and all end by then */
    /* The earliest time, by transport's clock, at which the service wants to be asked again, by the
     * Retry-After of failed answers; 0: there was none.  Reset by its reader. */
    int64_t not_before_ms;
    void (*trace)(void *user, const char *line);
    void (*waits)(void *user, const struct retry_wait *wait);
    void *trace_user; /* for both, each of which may be NULL */
};

struct fetch {
    const char *url;    /* copied */
    const char *form;   /* POSTed; NULL: this is a GET.  Lives until done */
    const char *bearer; /* in place of the sign-in's token; NULL: none.  Lives until done */
    const char *header; /* as in struct transport_request; copied, wiped at the end */
    bool direct;        /* as in struct transport_request */
    void *user;
    /* A piece of the body of a 200.  -1 with *err ends the request with that error. */
    int (*body)(void *user, char *data, size_t len, struct error *err);
    /* The body of a 200 has ended.  -1 with *err: it is not complete; if the service has not
     * announced its length the request is then made again. */
    int (*whole)(void *user, struct error *err);
    /* The final answer had a different status: explain its body in *err.  NULL: the fetcher's
     * describe does. */
    void (*refused)(void *user, long status, const char *body, struct error *err);
    /* The request is made again: forget the body so far.  -1: that is impossible, so do not try
     * again. */
    int (*restart)(void *user);
    /* The end, called once, and never from within fetch_start.  err is NULL after a 200 with a
     * complete body, else err->http is the status if there was one. */
    void (*done)(void *user, const struct error *err);
};

/* 0, or -1 with *err when it could not even be queued. */
int fetch_start(struct fetcher *f, const struct fetch *spec, struct error *err);

#endif

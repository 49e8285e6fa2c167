/* transport.h - the seam between offerstat and the network: many requests in flight, one loop. */
#ifndef OFFERSTAT_TRANSPORT_H
#define OFFERSTAT_TRANSPORT_H

#include "offerstat/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a request ended. */
enum transport_result {
    TRANSPORT_OK,      /* a whole answer came, whatever its status */
    TRANSPORT_CONNECT, /* no connection: name, route, refused, or closed before any answer */
    TRANSPORT_TLS,     /* the peer could not prove who it is, or the handshake failed */
    TRANSPORT_TIMEOUT,
    TRANSPORT_CUT,     /* the answer broke off */
    TRANSPORT_HEADERS, /* a header line or all headers over the limit */
    TRANSPORT_STOPPED, /* one of the request's callbacks said so */
    TRANSPORT_MEMORY,
    TRANSPORT_OTHER
};

/* Limits that a server cannot push us over. */
#define HEADER_LINE_MAX ((size_t)64 * 1024)
#define HEADERS_MAX ((size_t)256 * 1024)

/* The head of an answer; the texts live until the callback returns, NULL where not sent. */
struct transport_head {
    long status;
    const char *retry_after, *location, *request_id;
};

struct transport_request {
    const char *url; /* copied */
    /* The bearer token, asked for when the request's turn has come, since it may have waited for
     * long; copied, wiped at the end.  NULL ends the request (TRANSPORT_STOPPED).  No callback: the
     * request carries none. */
    const char *(*bearer)(void *user);
    const char *form;   /* POSTed as a form; copied, wiped at the end; NULL: this is a GET */
    const char *header; /* one more line ("Name: value"), or NULL; lives until done */
    void *user;
    /* The callbacks run inside run(); each may start further requests and timers.  head and body
     * return false to end the request (then done gets TRANSPORT_STOPPED).  done is the last call
     * and comes exactly once; detail explains a failure. */
    bool (*head)(void *user, const struct transport_head *head);
    bool (*body)(void *user, const char *data, size_t len);
    void (*done)(void *user, enum transport_result result, const char *detail);
};

struct transport {
    /* Queue a request.  To a host on loopback it never goes through a proxy, which would be handed
     * the token.  0, or -1 with *err. */
    int (*start)(struct transport *t, const struct transport_request *request, struct error *err);
    /* Call fire once, delay_ms from now.  0, or -1 with *err. */
    int (*timer)(struct transport *t, int64_t delay_ms, void (*fire)(void *user), void *user,
                 struct error *err);
    /* Drive until no request and no timer is left, or stop was called. */
    int (*run)(struct transport *t, struct error *err);
    /* Make run end every request with TRANSPORT_STOPPED, fire every timer, and return.  May be
     * called from a callback; start and timer fail from then on, until run has returned. */
    void (*stop)(struct transport *t);
    int64_t (*now_ms)(struct transport *t);  /* a clock that only goes forward */
    int64_t (*wall_ms)(struct transport *t); /* Unix time, for dates in headers */
    uint32_t (*random)(struct transport *t);
    /* Blot out every secret that hide() was told of, wherever text repeats it: a service may send
     * back what it was sent. */
    void (*redact)(struct transport *t, char *text);
    int (*hide)(struct transport *t, const char *secret, struct error *err);
    void (*close)(struct transport *t); /* frees the transport */
    /* Called by run once callbacks have returned, before it looks whether anything is left; may
     * start requests.  NULL: nothing. */
    void (*after)(void *user);
    void *after_user;
};

struct transport_options {
    const char *user_agent;
    const char *ca_file; /* PEM bundle in place of the system's, or NULL */
    const char *ca_path; /* directory of certificates, or NULL */
    unsigned jobs;       /* requests side by side, at least 1 */
    long connect_timeout_ms, stall_timeout_ms, request_timeout_ms;
    void (*tick)(void *user); /* called a few times a second while run waits; may be NULL */
    void *tick_user;
};

/* The real one, on libcurl's multi interface.  0, or -1 with *err. */
int transport_curl_open(const struct transport_options *options, struct transport **out,
                        struct error *err);

#endif

/* transport.h - the interface between offerstat and the network: many requests in flight, one
 * loop. */
#ifndef OFFERSTAT_TRANSPORT_H
#define OFFERSTAT_TRANSPORT_H

#include "offerstat/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A request that failed in a way that may pass, and waits for its next try.  Without secrets; the
 * texts live until the callback returns. */
struct retry_wait {
    const char *url;
    const char *why;      /* "HTTP 503: ..." */
    unsigned tries, most; /* tries so far; tries in all at most */
    int64_t wait_ms;
};

/* How a request ended. */
enum transport_result {
    TRANSPORT_OK,      /* a whole answer came, whatever its HTTP status */
    TRANSPORT_CONNECT, /* no connection: name, route, refused, or closed before any answer */
    TRANSPORT_TLS,     /* the peer could not prove who it is, or the handshake failed */
    TRANSPORT_PROXY,   /* the proxy refuses it; another try would not help */
    TRANSPORT_TIMEOUT, /* one of the three timeouts in transport_options, or the deadline */
    TRANSPORT_CUT,     /* the answer broke off */
    TRANSPORT_HEADERS, /* headers exceed HEADER_LINE_MAX or HEADERS_MAX */
    TRANSPORT_STOPPED, /* by one of the request's callbacks, or by stop() */
    TRANSPORT_MEMORY,
    TRANSPORT_OTHER
};

/* Bytes of one header line, and of all headers of one request, that are accepted. */
#define HEADER_LINE_MAX ((size_t)64 * 1024)
#define HEADERS_MAX ((size_t)256 * 1024)

/* The head of an answer.  The texts live until the callback returns; NULL: not sent, or too long to
 * keep. */
struct transport_head {
    long status; /* the HTTP status, 200 or higher */
    const char *retry_after, *date, *location;
    const char *request_id; /* the service's correlation id, for its support */
    /* Nothing but the end of the stream shows where the body ends, so TRANSPORT_OK does not prove
     * that it is complete: libcurl treats an HTTP/2 stream that was reset without an error as one
     * that ended. */
    bool open_end;
};

struct transport_request {
    const char *url; /* copied */
    /* Returns the bearer token.  Called just before the request is sent, since a token may expire
     * while the request is queued.  The text is copied and the copy wiped at the end.  NULL ends
     * the request (TRANSPORT_STOPPED).  No callback: no token is sent. */
    const char *(*bearer)(void *user);
    const char *form; /* POSTed as a form; copied, wiped at the end; NULL: this is a GET */
    /* More header lines ("Name: value") separated by '\n', or NULL; borrowed until done is
     * called. */
    const char *header;
    bool direct; /* never through a proxy, as loopback never is */
    int64_t
        deadline_ms; /* by now_ms: the request is not sent after it and is ended by it; 0: none */
    void *user;
    /* The callbacks are called from run() or close(); each may start further requests and timers.
     * head is called once, when the last header of the final answer has come (not for a 1xx), body
     * for each piece of the body, with any content encoding undone.  Either returns false to end
     * the request (then done gets TRANSPORT_STOPPED).  done is the last call and comes exactly
     * once; why is a sentence on the failure (its code is not set) that quotes no setting. */
    bool (*head)(void *user, const struct transport_head *head);
    bool (*body)(void *user, const char *data, size_t len);
    void (*done)(void *user, enum transport_result result, const struct error *why);
};

/* How long the phases of a request took, in microseconds; -1: it had no such phase. */
struct transport_times {
    int64_t blocked_us;                 /* on an existing connection: until it was free */
    int64_t dns_us, connect_us, tls_us; /* tls_us is not in connect_us */
    int64_t send_us, wait_us, receive_us;
};

/* The outcome of a request that was sent. */
struct transport_sent {
    enum transport_result result;
    const struct error *why;  /* as done gets it */
    long status;              /* 0: no answer */
    const char *http_version; /* "HTTP/1.1"; "" where there was no answer */
    int64_t began_ms;         /* Unix time */
    int64_t request_head_bytes, answer_head_bytes;
    int64_t answer_body_bytes; /* as received, before any content encoding was undone */
    struct transport_times times;
};

/* Observes all that is sent and received; changes nothing.  `entry` is what begin returned. */
struct transport_recorder {
    /* The request is about to be sent.  Returning NULL ends the observation of this request. */
    void *(*begin)(void *user, const struct transport_request *request);
    void (*line)(void *entry, const char *line, size_t len);     /* of the answer's head */
    void (*body)(void *entry, const char *data, size_t len);     /* as the request's body gets it */
    void (*end)(void *entry, const struct transport_sent *sent); /* the last call */
    void *user;
};

struct transport {
    /* Queue a request, which run() sends.  A request to loopback never goes through a proxy, which
     * would see the token.  0, or -1 with *err (no memory, or stopped); done is not called then. */
    int (*start)(struct transport *t, const struct transport_request *request, struct error *err);
    /* Have run() call fire once, delay_ms from now.  0, or -1 with *err (no memory, or stopped). */
    int (*timer)(struct transport *t, int64_t delay_ms, void (*fire)(void *user), void *user,
                 struct error *err);
    /* Send and receive until no request and no timer is left, or stop was called.  0, or -1 with
     * *err (no memory); in both cases every `done` and every `fire` has been called. */
    int (*run)(struct transport *t, struct error *err);
    /* Make run() end every request with TRANSPORT_STOPPED, fire every timer at once, and return.
     * May be called from a callback.  start and timer fail from then on, until run has returned. */
    void (*stop)(struct transport *t);
    int64_t (*now_ms)(
        struct transport *t); /* a clock that never goes back and counts time in suspend */
    int64_t (*wall_ms)(struct transport *t); /* Unix time, for dates in headers */
    uint32_t (*random)(struct transport *t); /* any value is equally likely; not for keys */
    /* Overwrite with '*' every secret that hide() was given in text, since a service may send back
     * what it was sent.  The length stays. */
    void (*redact)(struct transport *t, char *text);
    /* Remember a copy of a secret for redact, in all transports and for the rest of the run.  0, or
     * -1 with *err (no memory). */
    int (*hide)(struct transport *t, const char *secret, struct error *err);
    /* End what is still queued or under way, and free the transport. */
    void (*close)(struct transport *t);
    const char *ca_origin; /* the variable that names the certificates to trust, or NULL */
    /* By now_ms: no request begins after it or outlasts it, whatever its own deadline is.  May be
     * set at any time, also to a time in the past, which ends all that is under way; 0: none. */
    int64_t deadline_ms;
    /* Called by run() when callbacks have returned, before it checks whether anything is left, but
     * not after stop(); may start requests.  May be NULL. */
    void (*after)(void *user);
    void *after_user;
};

struct transport_options {
    const char *user_agent;
    const char *ca_file;    /* PEM bundle in place of the system's, or NULL */
    const char *ca_path;    /* directory of certificates, or NULL */
    const char *ca_origin;  /* the variable that named one of them, or NULL */
    const char *proxy_auth; /* a word of transport_proxy_auth, or NULL */
    unsigned jobs;          /* requests under way at the same time; 0 counts as 1 */
    /* How long connecting may take; how long no byte may be received after that; how long the whole
     * request may take. */
    long connect_timeout_ms, stall_timeout_ms, request_timeout_ms;
    void (*tick)(void *user); /* called a few times a second while run() waits; may be NULL */
    void *tick_user;
    /* Says what differs from the options, such as fewer jobs because of too few file descriptors.
     * Called by transport_curl_open; may be NULL. */
    void (*note)(void *user, const char *text);
    void *note_user;
    const struct transport_recorder *recorder; /* must outlive the transport; NULL: none */
};

/* The clock of now_ms, for use without a transport. */
int64_t transport_clock_ms(void);

/* The clock of wall_ms; setting it (Unix time) holds for the rest of the run. */
int64_t transport_wall_clock_ms(void);
void transport_set_wall_clock(int64_t now_ms);

/* Names of the proxy authentication methods that libcurl knows; NULL after the last. */
const char *transport_proxy_auth(size_t i);

/* The transport of the program, on libcurl's multi interface.  The options' texts are copied.  0,
 * or -1 with *err (no memory); *out is freed by its close(). */
int transport_curl_open(const struct transport_options *options, struct transport **out,
                        struct error *err);

#endif

/* transport.h - the seam between offerstat and the network: many requests in flight, one loop. */
#ifndef OFFERSTAT_TRANSPORT_H
#define OFFERSTAT_TRANSPORT_H

#include "offerstat/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A request that failed in passing waits for its next try.  Without secrets; the texts live until
 * the callback that is given it returns. */
struct retry_wait {
    const char *url;
    const char *why;      /* "HTTP 503: ..." */
    unsigned tries, most; /* so far; at most */
    int64_t wait_ms;
};

/* How a request ended. */
enum transport_result {
    TRANSPORT_OK,      /* a whole answer came, whatever its HTTP status */
    TRANSPORT_CONNECT, /* no connection: name, route, refused, or closed before any answer */
    TRANSPORT_TLS,     /* the peer could not prove who it is, or the handshake failed */
    TRANSPORT_PROXY,   /* the proxy will not let it pass, however often it is asked */
    TRANSPORT_TIMEOUT, /* one of the three timeouts in transport_options, or the deadline */
    TRANSPORT_CUT,     /* the answer broke off */
    TRANSPORT_HEADERS, /* over HEADER_LINE_MAX or HEADERS_MAX */
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
    /* Only the end of the stream marks where the body ends, so that TRANSPORT_OK does not
     * prove that it is whole: libcurl takes an HTTP/2 stream that was reset without an error for
     * one that has ended. */
    bool open_end;
};

struct transport_request {
    const char *url; /* copied */
    /* Gives the bearer token.  Called when the request is about to be sent, since a token may
     * expire while the request waits for its turn.  The text is copied and the copy wiped at the
     * end.  An answer of NULL ends the request (TRANSPORT_STOPPED).  No callback: no token is sent.
     */
    const char *(*bearer)(void *user);
    const char *form; /* POSTed as a form; copied, wiped at the end; NULL: this is a GET */
    /* More lines ("Name: value"), with '\n' between two, or NULL; borrowed until done is called. */
    const char *header;
    bool direct;         /* never through a proxy, as loopback never is */
    int64_t deadline_ms; /* by now_ms: it is not sent later and ends by then; 0: none */
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

/* How long the parts of a request took, in microseconds; -1: it had no such part. */
struct transport_times {
    int64_t blocked_us; /* on a connection that was there already: until it was free */
    int64_t dns_us, connect_us, tls_us; /* tls_us is not in connect_us */
    int64_t send_us, wait_us, receive_us;
};

/* What came of a request that was sent. */
struct transport_sent {
    enum transport_result result;
    const struct error *why;  /* as done gets it */
    long status;              /* 0: no answer */
    const char *http_version; /* "HTTP/1.1"; "" where there was no answer */
    int64_t began_ms;         /* Unix time */
    int64_t request_head_bytes, answer_head_bytes;
    int64_t answer_body_bytes; /* as they came, before any content encoding was undone */
    struct transport_times times;
};

/* Sees all that is sent and received; changes nothing.  `entry` is what begin returned. */
struct transport_recorder {
    /* The request is about to be sent.  NULL: the recorder does not want to see more of it. */
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
     * *err (no memory); in both cases every done and every timer was called. */
    int (*run)(struct transport *t, struct error *err);
    /* Make run() end every request with TRANSPORT_STOPPED, fire every timer at once, and return.
     * May be called from a callback.  start and timer fail from then on, until run has returned. */
    void (*stop)(struct transport *t);
    int64_t (*now_ms)(struct transport *t);  /* a clock that only goes forward, also while the
                                              * machine is suspended */
    int64_t (*wall_ms)(struct transport *t); /* Unix time, for dates in headers */
    uint32_t (*random)(struct transport *t); /* any value is equally likely; not for keys */
    /* Overwrite with '*' every secret that hide() was given, wherever text repeats it, since a
     * service may send back what it was sent.  The length of text stays. */
    void (*redact)(struct transport *t, char *text);
    /* Remember a secret (a copy) for redact, for the rest of the run and in all transports.  0, or
     * -1 with *err (no memory). */
    int (*hide)(struct transport *t, const char *secret, struct error *err);
    /* End what is still queued or under way, and free the transport. */
    void (*close)(struct transport *t);
    const char *ca_origin; /* the variable that has named the certificates to trust, or NULL */
    /* By now_ms: no request goes on beyond it or begins later, whatever its own deadline is.  May
     * be set at any time, also to what is past, which ends all that is under way; 0: none. */
    int64_t deadline_ms;
    /* Called by run once callbacks have returned, before it looks whether anything is left, and
     * not after stop; may start requests.  NULL: nothing. */
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
    /* Until there is a connection; from then on without a single byte received; for the whole
     * request. */
    long connect_timeout_ms, stall_timeout_ms, request_timeout_ms;
    void (*tick)(void *user); /* called a few times a second while run() waits; may be NULL */
    void *tick_user;
    /* What was done otherwise than asked, such as fewer jobs for want of file descriptors.  Called
     * by transport_curl_open; NULL: not known. */
    void (*note)(void *user, const char *text);
    void *note_user;
    const struct transport_recorder *recorder; /* must outlive the transport; NULL: none */
};

/* The clock of now_ms, where no transport is open. */
int64_t transport_clock_ms(void);

/* The clock of wall_ms, which a run may begin at another time. */
int64_t transport_wall_clock_ms(void);
void transport_set_wall_clock(int64_t now_ms);

/* The ways to prove oneself to a proxy that libcurl knows; NULL after the last. */
const char *transport_proxy_auth(size_t i);

/* The real one, on libcurl's multi interface.  The options' texts are copied.  0, or -1 with *err
 * (no memory); *out is closed by its close(). */
int transport_curl_open(const struct transport_options *options, struct transport **out,
                        struct error *err);

#endif

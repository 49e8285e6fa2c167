/* transport_curl_priv.h - what the files of the transport by libcurl share (transport_curl*.c,
 * proxy_auth.c).  No other file includes this. */
#ifndef PORTAL_TRANSPORT_CURL_PRIV_H
#define PORTAL_TRANSPORT_CURL_PRIV_H

#include "offerstat/transport.h"

#include <curl/curl.h>

/* Longer header values are dropped, not cut: half a URL or date would mean something else. */
#define HEADER_VALUE_MAX 1024
#define LOCATION_MAX 8192

/* A request from start() until its done callback has returned: first queued, then in a slot. */
struct pending {
    struct transport_request request; /* url and form are our own copies */
    struct curl_slist *headers;       /* made when it leaves the queue */
    struct pending *next;             /* in the queue */
};

/* One easy handle, used for one request after another. */
struct slot {
    struct curl_transport *owner;
    CURL *easy;                /* NULL until the slot is first used */
    struct pending *pending;   /* its request; NULL: it is free */
    size_t header_bytes;       /* of all headers so far, interim answers (1xx) included */
    bool head_seen;            /* the head callback was called */
    bool has_end;              /* a header gives the length of the body */
    bool over_limit;           /* ended by us: it exceeded HEADER_LINE_MAX or HEADERS_MAX */
    bool stopped;              /* ended by one of the request's callbacks, or by stop() */
    bool by_directory;         /* the server is checked by libcurl's own directory alone */
    bool sent, stalled;        /* sent: over a connection; stalled: ended because no byte came */
    int64_t began_ms, byte_ms; /* when the request began; when it was sent or the last byte came */
    int64_t began_wall_ms;     /* began_ms as Unix time, for the recorder */
    void *entry;               /* of the recorder; NULL: it is not recorded */
    char retry_after[HEADER_VALUE_MAX], date[HEADER_VALUE_MAX], location[LOCATION_MAX],
        request_id[HEADER_VALUE_MAX];
    char detail[CURL_ERROR_SIZE]; /* CURLOPT_ERRORBUFFER; it may quote settings */
};

struct timer {
    int64_t due_ms; /* by now_ms */
    void (*fire)(void *user);
    void *user;
    struct timer *next;
};

struct curl_transport {
    struct transport base; /* first, so that a pointer to one is a pointer to the other */
    CURLM *multi;
    char *user_agent, *ca_file, *ca_path; /* the latter two NULL: libcurl's own */
    bool directory_first; /* servers are checked by libcurl's own directory, not yet its bundle */
    long proxy_auth;      /* CURLAUTH_ bits; 0: libcurl's default */
    bool stopped;
    unsigned jobs, active; /* slots in all; slots with a request */
    long connect_timeout_ms, stall_timeout_ms, request_timeout_ms;
    void (*tick)(void *user);
    void *tick_user;
    const struct transport_recorder *recorder; /* NULL: none */
    struct pending *waiting, **waiting_end;    /* the queue, and where its next entry goes */
    struct slot *slots;                        /* `jobs` of them */
    struct timer *timers;                      /* soonest first */
};

/* curl_global_init, with allocators that remember whether memory ever ran out.  False without
 * memory; otherwise each call needs a curl_global_cleanup. */
bool transport_curl_init(void);

/* Whether memory ever ran out in libcurl. */
bool transport_curl_ran_out_of_memory(void);

/* The CURLAUTH_ bits of a word of transport_proxy_auth; 0 for NULL. */
long proxy_auth_bits(const char *name);

/* Copy from, which may be NULL, to *to.  False without memory. */
bool transport_curl_copy(char **to, const char *from);

/* A copy of the request, to be queued.  NULL with *err when there is no memory. */
struct pending *pending_new(const struct transport_request *request, struct error *err);

/* Free it; token and form are wiped. */
void pending_free(struct pending *pending);

/* Set a free slot up for the request: its handle is then ready for curl_multi_add_handle.  bearer
 * is copied, NULL: the request carries none.  False without memory; the slot is still free then. */
bool slot_set_up(struct curl_transport *t, struct slot *slot, struct pending *pending,
                 const char *bearer);

/* Whether libcurl's own authorities are used and stand in a directory, too. */
bool transport_curl_has_directory(const struct transport_options *options);

/* Name the authorities that the slot's next connection is checked by.  False without memory. */
bool slot_trust(const struct curl_transport *t, struct slot *slot);

/* Let the next connection and answer end within the time limits of a request that began then. False
 * without memory. */
bool slot_limit(const struct curl_transport *t, CURL *easy, int64_t began_ms);

/* Send a request once more, whose server the directory does not know, now by the bundle.  False: it
 * ended otherwise, or there is no memory. */
bool slot_begin_by_bundle(struct curl_transport *t, struct slot *slot, CURLcode code);

/* When the request must have ended, by its own deadline and the transport's; 0: never. */
int64_t transport_curl_deadline_ms(const struct curl_transport *t,
                                   const struct transport_request *request);

/* Whether that time has passed. */
bool transport_curl_is_overdue(const struct curl_transport *t,
                               const struct transport_request *request);

/* Whether no byte has come for the stall timeout. */
bool slot_has_stalled(const struct curl_transport *t, const struct slot *slot);

/* Report to the recorder, if there is one, that a request is about to be sent, and its end. */
void slot_record_begin(struct slot *slot);
void slot_record_end(struct slot *slot, enum transport_result result, const struct error *why);

/* Set the error in our own words, since libcurl's message can quote a proxy with its password. */
void slot_reason(const struct slot *slot, CURLcode code, struct error *why);

/* The HTTP status with which a proxy refused the connection, 0 when none did. */
long slot_proxy_refusal(const struct slot *slot, CURLcode code);

/* What libcurl's code for the slot's finished request means to the caller. */
enum transport_result slot_result(const struct slot *slot, CURLcode code);

#endif

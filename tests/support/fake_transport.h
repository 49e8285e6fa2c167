/* fake_transport.h - a transport without a network: scripted answers, recorded requests, a clock
 * that jumps to the next timer. */
#ifndef FAKE_TRANSPORT_H
#define FAKE_TRANSPORT_H

#include "offerstat/transport.h"

#define FAKE_MAX 64

/* One answer.  The first unused one whose path is a part of the URL is given. */
struct fake_answer {
    const char *path;
    enum transport_result result; /* TRANSPORT_OK: status and body are given */
    long status;
    const char *retry_after, *date, *location, *request_id;
    const char *body;
    /* In place of body, for what a table cannot hold: written for this URL, valid until the next
     * call. */
    const char *(*write)(void *user, const char *url);
    void *user;
    size_t piece;   /* bytes of the body given at a time, 0: all at once */
    bool open_end;  /* as in struct transport_head */
    unsigned times; /* how often it may be given, 0: always */
};

struct fake_transport {
    struct transport base; /* first */
    struct fake_answer answers[FAKE_MAX];
    unsigned given[FAKE_MAX];
    size_t answer_count;
    char urls[FAKE_MAX][256]; /* the first requests, in the order in which they were sent */
    bool authorized[FAKE_MAX];
    char headers[FAKE_MAX][64]; /* the line of its own that each of them had, or "" */
    size_t request_count;       /* of those */
    size_t sent;                /* of all */
    int64_t now_ms, wall_ms;
    uint32_t random;
    int64_t waits_ms[FAKE_MAX]; /* every timer's delay */
    size_t wait_count;
    bool last_first; /* answer the newest request first, as a network may */
    /* own state */
    struct fake_pending *pending, *timers;
    bool stopped;
};

void fake_init(struct fake_transport *f);
void fake_answer(struct fake_transport *f, struct fake_answer answer);

/* How often a URL that contains path was asked for. */
size_t fake_requests(const struct fake_transport *f, const char *path);

/* Free what is left; nothing may be left after run. */
void fake_clear(struct fake_transport *f);

#endif

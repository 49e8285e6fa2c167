/* wait_tell.h - where the events of a wait go: stderr, stdout's ndjson, the command of a change. */
#ifndef CLI_WAIT_TELL_H
#define CLI_WAIT_TELL_H

#include "wait_offers.h"

struct wait_teller {
    const struct settings *settings;
    struct render *render;
    int64_t deadline_ms; /* by the transport's clock; 0: none */
    bool with_publisher;
    bool on_stdout;       /* lines are the result, and not what is told beside it */
    struct error failure; /* of stdout; ERR_NONE: none */
    int64_t told_ms;      /* of the last line, by the transport's clock */
};

/* An offer that is new (before NULL) or has changed. */
void wait_tell_offer(struct wait_teller *t, const struct waited *w, const struct offer *before);

/* What could not be read; next_ms: how long until the next look, -1: there is none. */
void wait_tell_problem(struct wait_teller *t, const struct problem *p, int64_t next_ms);

/* That they are still waited for. */
void wait_tell_heartbeat(struct wait_teller *t, const struct wait_offers *all);

#endif

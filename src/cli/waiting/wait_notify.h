/* wait_notify.h - reporting the events of a wait: on stderr, as ndjson on stdout, to the command of
 * --on-change. */
#ifndef WAITING_WAIT_NOTIFY_H
#define WAITING_WAIT_NOTIFY_H

#include "wait_offers.h"

struct wait_notifier {
    const struct settings *settings;
    struct render *render;
    int64_t deadline_ms; /* by the transport's clock; 0: none */
    bool with_publisher;
    bool on_stdout;               /* lines are the result and go to stdout */
    struct error failure;         /* of writing to stdout; ERR_NONE: none */
    int64_t notified_ms;          /* when the last line was written, by the transport's clock */
    char problem[ERROR_TEXT_MAX]; /* the problem of the last read; "": none */
};

/* Report an offer that is new (before NULL) or has changed. */
void wait_notify_offer(struct wait_notifier *n, const struct waited *w, const struct offer *before);

/* Report the first problem of a read, but only once until a different one comes or it passes.
 * next_ms: how long until the next read, -1: there is none. */
void wait_notify_problem(struct wait_notifier *n, const struct report *report, int64_t next_ms);

/* Report that offers are still waited for. */
void wait_notify_heartbeat(struct wait_notifier *n, const struct wait_offers *all);

#endif

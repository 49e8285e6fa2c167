/* wait_notify.h - where the events of a wait go: stderr, stdout's ndjson, the command of a change.
 */
#ifndef CLI_WAIT_NOTIFY_H
#define CLI_WAIT_NOTIFY_H

#include "wait_offers.h"

struct wait_notifier {
    const struct settings *settings;
    struct render *render;
    int64_t deadline_ms; /* by the transport's clock; 0: none */
    bool with_publisher;
    bool on_stdout;               /* lines are the result, and do not go to stderr */
    struct error failure;         /* of stdout; ERR_NONE: none */
    int64_t notified_ms;          /* of the last line, by the transport's clock */
    char problem[ERROR_TEXT_MAX]; /* that the last read had; "": none */
};

/* An offer that is new (before NULL) or has changed. */
void wait_notify_offer(struct wait_notifier *n, const struct waited *w, const struct offer *before);

/* What could not be read, the first of it, once until it is another or passes.  next_ms: how long
 * until the next look, -1: there is none. */
void wait_notify_problem(struct wait_notifier *n, const struct report *report, int64_t next_ms);

/* That they are still waited for. */
void wait_notify_heartbeat(struct wait_notifier *n, const struct wait_offers *all);

#endif

/* wait_schedule.h - when `wait` looks again, and how long it puts up with reading nothing. */
#ifndef OFFERSTAT_WAIT_SCHEDULE_H
#define OFFERSTAT_WAIT_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

/* When to look again.  All times are milliseconds. */
struct wait_schedule {
    int64_t interval_ms; /* after a change; it grows while nothing changes */
    int64_t max_outage_ms;
    int64_t pause_ms;      /* the last one, without jitter; 0: none yet */
    int64_t dark_since_ms; /* since when nothing could be read; -1: the last look read something */
    unsigned refused, nonsense; /* looks in a row that ended in 4, and in 6 */
};

/* How long until the next look, when the last one has found a change or not.  asked_ms: how long
 * the service has asked to wait, 0 or less: it has not.  random: any value is equally likely. */
int64_t wait_pause_ms(struct wait_schedule *s, bool changed, int64_t asked_ms, uint32_t random);

/* Note how a look has ended: the exit code of what it read.  True when the wait has to end with
 * that code, since nothing came for too long. */
bool wait_gives_up(struct wait_schedule *s, int code, int64_t now_ms);

#endif

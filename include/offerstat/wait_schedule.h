/* wait_schedule.h - when `wait` reads again, and for how long reads may fail. */
#ifndef OFFERSTAT_WAIT_SCHEDULE_H
#define OFFERSTAT_WAIT_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

/* When to read again.  All times are milliseconds. */
struct wait_schedule {
    int64_t interval_ms; /* after a change; it grows while nothing changes */
    int64_t max_outage_ms;
    int64_t pause_ms;           /* the last one, without jitter; 0: none yet */
    int64_t dark_since_ms;      /* since when nothing could be read; -1: the last read succeeded */
    unsigned refused, nonsense; /* successive reads that ended with exit code 4, and 6 */
};

/* How long to pause before the next read; changed: the last one found a change.  asked_ms: how long
 * the service asked to wait; 0 or less: it did not.  random: any value is equally likely. */
int64_t wait_pause_ms(struct wait_schedule *s, bool changed, int64_t asked_ms, uint32_t random);

/* Note the exit code of a read.  True when the wait has to end with that code, since reads have
 * failed for too long. */
bool wait_gives_up(struct wait_schedule *s, int code, int64_t now_ms);

#endif

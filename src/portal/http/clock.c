/* clock.c - the two clocks of a run. */
#include "offerstat/transport.h"

#include <time.h>

static int64_t ahead_ms; /* how far wall_ms is ahead of the machine's clock, so that a recording can
                            be replayed at its own time */

static int64_t clock_ms(clockid_t id)
{
    struct timespec now = { 0 };

    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Time in suspend counts: who waits until tomorrow means tomorrow, even if the lid was closed
 * meanwhile.  CLOCK_MONOTONIC stops in suspend, CLOCK_BOOTTIME (Linux) does not. */
int64_t transport_clock_ms(void)
{
#ifdef CLOCK_BOOTTIME
    return clock_ms(CLOCK_BOOTTIME);
#else
    return clock_ms(CLOCK_MONOTONIC);
#endif
}

int64_t transport_wall_clock_ms(void)
{
    return clock_ms(CLOCK_REALTIME) + ahead_ms;
}

void transport_set_wall_clock(int64_t now_ms)
{
    ahead_ms = now_ms - clock_ms(CLOCK_REALTIME);
}

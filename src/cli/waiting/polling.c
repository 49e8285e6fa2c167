/* polling.c - what `wait` and `watch` have in common. */
#include "polling.h"

#include "options/settings.h"
#include "process/interrupt.h"
#include "session/session.h"
#include "terminal/live_view.h"

#include "offerstat/outcome.h"
#include "offerstat/transport.h"

#include <sys/random.h>

#define DRAW_MS 1000

void polling_adjust(struct settings *s)
{
    s->retries = 0;
    s->wants_no_view = s->no_progress;
    s->no_progress = true;
    s->no_pager = true;
}

struct wait_schedule polling_schedule(const struct settings *s)
{
    return (struct wait_schedule){ .interval_ms = s->interval_ms,
                                   .max_outage_ms = s->max_outage_ms,
                                   .dark_since_ms = -1 };
}

int64_t polling_asked_ms(const struct offers_session *session, int64_t now_ms)
{
    return session->session != NULL ? session_not_before_ms(session->session) - now_ms : 0;
}

static uint32_t random_number(void)
{
    uint32_t value = 0;

    if (getrandom(&value, sizeof(value), 0) != (ssize_t)sizeof(value)) {
        value = (uint32_t)transport_clock_ms(); /* it only has to differ between runs */
    }
    return value;
}

int64_t polling_pause_ms(struct wait_schedule *schedule, bool changed, int64_t asked_ms)
{
    return wait_pause_ms(schedule, changed, asked_ms, random_number());
}

bool polling_is_pointless(int code)
{
    return code == EXIT_USAGE || code == EXIT_BUG || code == EXIT_OUTPUT;
}

bool polling_sleep(int64_t until_ms)
{
    int64_t draw_ms = transport_clock_ms() + DRAW_MS;

    if (live_is_on() && draw_ms < until_ms) {
        until_ms = draw_ms;
    }
    return pause_until(until_ms, live_keys()) == PAUSE_INPUT && live_read_keys();
}

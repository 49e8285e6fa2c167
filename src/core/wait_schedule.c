/* wait_schedule.c - when `wait` reads again, and for how long reads may fail. */
#include "offerstat/wait_schedule.h"
#include "offerstat/outcome.h"
#include "offerstat/wait_rules.h"

/* While nothing changes each pause is half as long again as the last, up to ten times the interval:
 * five minutes by default. */
#define GROWTH_NUMERATOR 3
#define GROWTH_DENOMINATOR 2
#define GROWTH_MOST 10
#define PAUSE_MOST_MS (INT64_C(5) * 60 * 1000)

#define JITTER_PERCENT                                                                             \
    10 /* earlier or later, so that many waits do not read at the same moment                      \
        */

static int64_t longest_pause_ms(const struct wait_schedule *s)
{
    int64_t most_ms = PAUSE_MOST_MS;

    if (s->interval_ms < PAUSE_MOST_MS / GROWTH_MOST) {
        most_ms = s->interval_ms * GROWTH_MOST;
    }
    return most_ms > s->interval_ms ? most_ms : s->interval_ms;
}

int64_t wait_pause_ms(struct wait_schedule *s, bool changed, int64_t asked_ms, uint32_t random)
{
    int64_t most_ms = longest_pause_ms(s), span_ms;

    if (changed || s->pause_ms == 0) {
        s->pause_ms = s->interval_ms;
    } else {
        /* rounded up: an interval of 1 ms would never grow otherwise */
        s->pause_ms =
            (s->pause_ms * GROWTH_NUMERATOR + GROWTH_DENOMINATOR - 1) / GROWTH_DENOMINATOR;
    }
    if (s->pause_ms > most_ms) {
        s->pause_ms = most_ms;
    }
    if (asked_ms > 0) {
        return asked_ms; /* the service knows better than we do */
    }
    span_ms = s->pause_ms * JITTER_PERCENT / 100;
    return s->pause_ms - span_ms + (int64_t)(random % (uint64_t)(2 * span_ms + 1));
}

static void count_in_a_row(unsigned *count, bool again)
{
    if (again) {
        (*count)++;
    } else {
        *count = 0;
    }
}

bool wait_gives_up(struct wait_schedule *s, int code, int64_t now_ms)
{
    bool dark = code == EXIT_AUTH || code == EXIT_SERVICE || code == EXIT_ANSWER;

    if (!dark) {
        s->dark_since_ms = -1;
    } else if (s->dark_since_ms < 0) {
        s->dark_since_ms = now_ms;
    }
    count_in_a_row(&s->refused, code == EXIT_AUTH);
    count_in_a_row(&s->nonsense, code == EXIT_ANSWER);
    if (s->refused >= WAIT_READS_IN_A_ROW || s->nonsense >= WAIT_READS_IN_A_ROW) {
        return true;
    }
    return dark && now_ms - s->dark_since_ms >= s->max_outage_ms;
}

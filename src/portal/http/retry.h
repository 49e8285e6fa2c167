/* retry.h - whether and when a failed request is tried again.  Pure: no clock, no randomness. */
#ifndef HTTP_RETRY_H
#define HTTP_RETRY_H

#include <stdbool.h>
#include <stdint.h>

struct retry_policy {
    unsigned retries;        /* tries after the first */
    int64_t base_ms, cap_ms; /* upper bound of the first wait, and of every wait */
};

/* Whether a retry may succeed: 408, 429, 500, 502, 503, 504. */
bool retry_status_is_transient(long status);

/* Milliseconds that a Retry-After header (seconds, or an HTTP date) asks to wait.  A date counts
 * from the answer's own Date header, since the two clocks differ, and where that is NULL or no date
 * from wall_ms (Unix time).  0 for a date in the past, -1 when the header is NULL or neither of the
 * two. */
int64_t retry_after_ms(const char *header, const char *date, int64_t wall_ms);

/* Milliseconds to wait after `tries` tries, or -1 to give up: no try is left, or the wait would be
 * no shorter than budget_left_ms.  after_ms is from retry_after_ms, and obeyed when it is above 0:
 * a service that says "at once" and fails again would use up all tries.  Otherwise the wait is
 * random below a bound that doubles with each try ("full jitter"), so that clients that failed
 * together do not retry together.  random: any 32 bits. */
int64_t retry_delay_ms(const struct retry_policy *policy, unsigned tries, int64_t after_ms,
                       int64_t budget_left_ms, uint32_t random);

#endif

/* retry.h - whether and when a failed request is tried again.  Pure. */
#ifndef HTTP_RETRY_H
#define HTTP_RETRY_H

#include <stdbool.h>
#include <stdint.h>

struct retry_policy {
    unsigned retries;        /* further tries */
    int64_t base_ms, cap_ms; /* the first wait's upper bound, and the largest one's */
};

/* 408, 429, 500, 502, 503, 504. */
bool retry_status_is_transient(long status);

/* Milliseconds that a Retry-After header (seconds or an HTTP date) asks for, -1 where it is absent
 * or makes no sense.  A date in the past is 0. */
int64_t retry_after_ms(const char *header, int64_t wall_ms);

/* Milliseconds to wait after `tries` tries, or -1 to give up: no try left, or the wait would end
 * after budget_left_ms.  after_ms is retry_after_ms's answer and wins; otherwise the bound doubles
 * with each try and the wait lies anywhere below it (full jitter, by random). */
int64_t retry_delay_ms(const struct retry_policy *policy, unsigned tries, int64_t after_ms,
                       int64_t budget_left_ms, uint32_t random);

#endif

/* retry.c - the decision whether to try again, on which fetch.c acts. */
#include "http/retry.h"

#include "offerstat/timestamp.h"

#include <string.h>

bool retry_status_is_transient(long status)
{
    static const long transient[] = { 408, 429, 500, 502, 503, 504 };

    for (unsigned i = 0; i < sizeof(transient) / sizeof(transient[0]); i++) {
        if (status == transient[i]) {
            return true;
        }
    }
    return false;
}

int64_t retry_after_ms(const char *header, const char *date, int64_t wall_ms)
{
    const int64_t ceiling_s = INT64_C(10) * 366 * 24 * 3600; /* against overflow */
    int64_t at_ms, now_ms, seconds = 0;

    if (header == NULL || *header == '\0') {
        return -1;
    }
    if (strspn(header, "0123456789") == strlen(header)) {
        for (; *header != '\0' && seconds < ceiling_s; header++) {
            seconds = seconds * 10 + (*header - '0');
        }
        return seconds * 1000;
    }
    if (!timestamp_read_http(header, &at_ms)) {
        return -1;
    }
    if (date == NULL || !timestamp_read_http(date, &now_ms)) {
        now_ms = wall_ms;
    }
    return at_ms > now_ms ? at_ms - now_ms : 0;
}

int64_t retry_delay_ms(const struct retry_policy *policy, unsigned tries, int64_t after_ms,
                       int64_t budget_left_ms, uint32_t random)
{
    int64_t wait_ms = after_ms;

    if (tries > policy->retries) {
        return -1;
    }
    if (after_ms <= 0) {
        int64_t bound_ms = policy->base_ms;
        for (unsigned i = 1; i < tries && bound_ms < policy->cap_ms; i++) {
            bound_ms *= 2;
        }
        if (bound_ms > policy->cap_ms) {
            bound_ms = policy->cap_ms;
        }
        wait_ms = random % (bound_ms + 1);
    }
    return wait_ms < budget_left_ms ? wait_ms : -1;
}

/* shifted_clock.c - linked in with --wrap: a clock that jumps when the file named by SHIFT_AT
 * appears.
 *
 * SHIFT_CLOCK=boottime is a machine that was suspended for SHIFT_S seconds: its monotonic clock has
 * stood still meanwhile, and a timer of the other clock has gone on.  SHIFT_CLOCK=realtime is
 * someone who has set the clock on the wall. */
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

int __real_clock_gettime(clockid_t id, struct timespec *now);
int __wrap_clock_gettime(clockid_t id, struct timespec *now);
int __real_timerfd_settime(int fd, int flags, const struct itimerspec *at, struct itimerspec *old);
int __wrap_timerfd_settime(int fd, int flags, const struct itimerspec *at, struct itimerspec *old);

static time_t shift_s(const char *clock)
{
    const char *which = getenv("SHIFT_CLOCK"), *file = getenv("SHIFT_AT"), *by = getenv("SHIFT_S");

    if (which == NULL || file == NULL || by == NULL || strcmp(which, clock) != 0 ||
        access(file, F_OK) != 0) {
        return 0;
    }
    return (time_t)strtol(by, NULL, 10);
}

int __wrap_clock_gettime(clockid_t id, struct timespec *now)
{
    int rc = __real_clock_gettime(id, now);

    if (rc == 0 && id == CLOCK_BOOTTIME) {
        now->tv_sec += shift_s("boottime");
    } else if (rc == 0 && id == CLOCK_REALTIME) {
        now->tv_sec += shift_s("realtime");
    }
    return rc;
}

/* All timers of the program are absolute ones of CLOCK_BOOTTIME. */
int __wrap_timerfd_settime(int fd, int flags, const struct itimerspec *at, struct itimerspec *old)
{
    struct itimerspec shifted = *at;

    shifted.it_value.tv_sec -= shift_s("boottime");
    return __real_timerfd_settime(fd, flags, &shifted, old);
}

/* interrupt.c - signals that are noted, and pauses that end when one comes. */
#define _GNU_SOURCE /* ppoll */
#include "interrupt.h"

#include "offerstat/outcome.h"
#include "offerstat/transport.h"

#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

static const int ending[] = { SIGHUP, SIGINT, SIGTERM };
#define ENDING_COUNT (sizeof(ending) / sizeof(ending[0]))

static volatile sig_atomic_t first;

static void interrupt_on_signal(int number)
{
    if (first == 0) {
        first = number;
    }
}

void interrupt_catch(void)
{
    struct sigaction action = { .sa_handler = interrupt_on_signal }, old;

    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < ENDING_COUNT; i++) {
        if (sigaction(ending[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN) {
            sigaction(ending[i], &action, NULL);
        }
    }
}

int interrupt_number(void)
{
    return (int)first;
}

int interrupt_exit_code(int number)
{
    switch (number) {
    case SIGHUP:
        return EXIT_HANGUP;
    case SIGINT:
        return EXIT_INTERRUPTED;
    default:
        return EXIT_TERMINATED;
    }
}

void interrupt_finish(void)
{
    if (first != 0) {
        signal((int)first, SIG_DFL);
        raise((int)first);
        /* as process 1 of a container we survive the default action: return to the caller */
    }
}

/* On CLOCK_BOOTTIME, so that time in suspend counts.  -1 when there is no timer. */
static int open_timer(int64_t until_ms)
{
    struct itimerspec at = { .it_value = { .tv_sec = (time_t)(until_ms / 1000),
                                           .tv_nsec = (long)(until_ms % 1000) * 1000000 } };
    int fd = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC);

    if (fd >= 0 && timerfd_settime(fd, TFD_TIMER_ABSTIME, &at, NULL) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

/* Without a timer, a pause looks at the clock at least this often. */
#define SLICE_MS 1000

static enum pause_end wait_for(struct pollfd *fds, int timer, int64_t until_ms,
                               const sigset_t *mask)
{
    struct timespec slice = { .tv_sec = SLICE_MS / 1000 };
    bool sliced = timer < 0 && until_ms != INT64_MAX;
    int rc;

    do {
        rc = ppoll(fds, 2, sliced ? &slice : NULL, mask);
    } while (rc == 0 && transport_clock_ms() < until_ms);
    if (rc < 0) {
        return PAUSE_SIGNAL;
    }
    return fds[1].revents != 0 ? PAUSE_INPUT : PAUSE_OVER;
}

enum pause_end pause_until(int64_t until_ms, int fd)
{
    int timer = until_ms != INT64_MAX ? open_timer(until_ms) : -1;
    struct pollfd fds[] = { { .fd = timer, .events = POLLIN }, { .fd = fd, .events = POLLIN } };
    enum pause_end end = PAUSE_SIGNAL;
    sigset_t all, old;

    /* Signals are blocked except during ppoll: one that comes just before it would be noted but not
     * end the pause. */
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &old);
    if (first == 0) {
        end = transport_clock_ms() < until_ms ? wait_for(fds, timer, until_ms, &old) : PAUSE_OVER;
    }
    sigprocmask(SIG_SETMASK, &old, NULL);
    if (timer >= 0) {
        close(timer);
    }
    return end;
}

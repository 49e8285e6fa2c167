/* progress.c - one line on stderr, on a terminal only, once a read takes long. */
#include "progress.h"

#include "offerstat/translate.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define FIRST_MS 300 /* what ends before needs no line */
#define NEXT_MS 100

static bool wanted, shown;
static size_t read_so_far, to_read;
static int64_t began_ms, drawn_ms;

static int64_t now_ms(void)
{
    struct timespec now = { 0 };

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Erase the line, then end as the signal says. */
static void progress_on_signal(int number)
{
    static const char erase[] = "\r\033[K";

    if (shown) {
        (void)!write(STDERR_FILENO, erase, sizeof(erase) - 1);
    }
    raise(number); /* SA_RESETHAND has put the default action back */
    /* cppcheck-suppress unreachableCode */
    _exit(128 + number); /* process 1 of a container outlives the default action */
}

/* A shell's background job has SIGINT ignored, and that holds; so does what a command that stays
 * has set up. */
static void catch_signal(int number, const struct sigaction *action)
{
    struct sigaction old;

    if (sigaction(number, NULL, &old) == 0 && old.sa_handler == SIG_DFL) {
        sigaction(number, action, NULL);
    }
}

void progress_setup(bool is_wanted)
{
    struct sigaction action = { .sa_handler = progress_on_signal,
                                .sa_flags = (int)(SA_RESETHAND | SA_NODEFER) };

    wanted = is_wanted && isatty(STDERR_FILENO) == 1;
    began_ms = now_ms();
    catch_signal(SIGINT, &action);
    catch_signal(SIGTERM, &action);
}

void progress_count(size_t done, size_t total)
{
    read_so_far = done;
    to_read = total;
    progress_tick(NULL);
}

void progress_tick(void *user)
{
    int64_t now;

    (void)user;
    if (!wanted) {
        return;
    }
    now = now_ms();
    if (now - began_ms < FIRST_MS || now - drawn_ms < NEXT_MS) {
        return;
    }
    drawn_ms = now;
    shown = true;
    if (to_read > 0) {
        fputs("\r\033[K", stderr);
        fprintf(stderr, _("Reading offers: %zu of %zu"), read_so_far, to_read);
    } else {
        fputs("\r\033[K", stderr);
        fprintf(stderr, _("Reading the list of offers (%d s)"), (int)((now - began_ms) / 1000));
    }
    fflush(stderr);
}

void progress_clear(void)
{
    if (shown) {
        shown = false;
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
}

/* progress.c - one line on stderr, on a terminal only, once a read takes long. */
#include "progress.h"

#include "terminal.h"

#include "offerstat/escape.h"
#include "offerstat/strbuf.h"
#include "offerstat/translate.h"
#include "offerstat/transport.h"
#include "offerstat/width.h"
#include "offerstat/wrap.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FIRST_MS 300 /* a read that ends earlier shows no line */
#define NEXT_MS 100

static bool wanted, shown;
static const char *doing = "";
static size_t read_so_far, to_read;
static int64_t began_ms, drawn_ms, waits_until_ms;
static char waits_why[64];

/* Erase the line, then end by the signal. */
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

/* SIGINT stays ignored in a shell's background job, and the handlers of `wait` and `watch` stay. */
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
    began_ms = transport_clock_ms();
    catch_signal(SIGINT, &action);
    catch_signal(SIGTERM, &action);
}

void progress_doing(const char *what)
{
    doing = what;
    read_so_far = to_read = 0;
    progress_tick(NULL);
}

void progress_count(size_t done, size_t total)
{
    read_so_far = done;
    to_read = total;
    progress_tick(NULL);
}

void progress_waits(const char *why, int64_t wait_ms)
{
    int64_t until_ms = transport_clock_ms() + wait_ms;

    if (until_ms < waits_until_ms || !wanted) { /* another request waits longer */
        return;
    }
    waits_until_ms = until_ms;
    snprintf(waits_why, sizeof(waits_why), "%.*s", (int)strcspn(why, ":"), why);
    progress_tick(NULL);
}

/* "Reading offers: 5 of 12 (HTTP 503, next try in 4 s)" */
static void put_line(struct strbuf *line, int64_t now)
{
    long left_s = (long)((waits_until_ms - now + 999) / 1000);
    struct strbuf why = STRBUF_INIT(512);

    if (now < waits_until_ms) {
        escape_text(&why, waits_why, 0);
    }
    if (now < waits_until_ms && to_read > 0) {
        strbuf_printf(line, _("Reading offers: %zu of %zu (%s, next try in %ld s)"), read_so_far,
                      to_read, strbuf_text(&why), left_s);
    } else if (now < waits_until_ms) {
        strbuf_printf(line, _("%s (%s, next try in %ld s)"), doing, strbuf_text(&why), left_s);
    } else if (to_read > 0) {
        strbuf_printf(line, _("Reading offers: %zu of %zu"), read_so_far, to_read);
    } else if (now - began_ms < 1000) {
        strbuf_puts(line, doing);
    } else {
        strbuf_printf(line, _("%s (%ld s)"), doing, (long)((now - began_ms) / 1000));
    }
    strbuf_clear(&why);
}

/* In a window that is too narrow for all, the wait for a retry comes first. */
static void put_wait(struct strbuf *line, int64_t now)
{
    struct strbuf why = STRBUF_INIT(512);

    escape_text(&why, waits_why, 0);
    strbuf_reset(line);
    strbuf_printf(line, _("Next try in %ld s (%s)"), (long)((waits_until_ms - now + 999) / 1000),
                  strbuf_text(&why));
    strbuf_clear(&why);
}

void progress_tick(void *user)
{
    struct strbuf line = STRBUF_INIT(1024);
    int64_t now;
    size_t width;

    (void)user;
    if (!wanted) {
        return;
    }
    now = transport_clock_ms();
    if (now - began_ms < FIRST_MS || now - drawn_ms < NEXT_MS) {
        return;
    }
    drawn_ms = now;
    shown = true;
    put_line(&line, now);
    width = terminal_width(STDERR_FILENO); /* a wrapped line could not be erased */
    if (width > 1 && now < waits_until_ms && width_most(strbuf_text(&line)) >= width) {
        put_wait(&line, now);
    }
    fprintf(stderr, "\r\033[K%.*s",
            (int)wrap_fitting(strbuf_text(&line), width > 1 ? width - 1 : line.len),
            strbuf_text(&line));
    fflush(stderr);
    strbuf_clear(&line);
}

void progress_clear(void)
{
    if (shown) {
        shown = false;
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
}

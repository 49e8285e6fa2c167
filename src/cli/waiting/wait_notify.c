/* wait_notify.c - reporting the events of a wait. */
#include "wait_notify.h"

#include "on_change.h"
#include "options/settings.h"
#include "output/output.h"
#include "terminal/live_view.h"
#include "terminal/say.h"

#include "offerstat/escape.h"
#include "offerstat/strbuf.h"
#include "offerstat/timestamp.h"
#include "offerstat/transport.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_BYTES_MAX ((size_t)64 * 1024 * 1024)

static void print_line(struct wait_notifier *n, const char *text)
{
    struct strbuf safe = STRBUF_INIT(4 * LINE_BYTES_MAX);

    escape_text(&safe, text, ESCAPE_CI);
    strbuf_puts(&safe, "\n");
    errno = 0;
    if (fputs(strbuf_text(&safe), stdout) == EOF || fflush(stdout) == EOF) {
        if (errno == EPIPE) {
            raise(SIGPIPE);
        }
        error_set(&n->failure, ERR_OUTPUT, "cannot write the result: %s", strerror(errno));
    }
    strbuf_clear(&safe);
}

/* Each line begins with the time, since a log may cover days. */
static void say_line(struct wait_notifier *n, const struct strbuf *line, bool is_result)
{
    struct strbuf stamped = STRBUF_INIT(LINE_BYTES_MAX + TIMESTAMP_MAX);
    char now[TIMESTAMP_MAX];

    timestamp_format(output_now_ms(), now);
    strbuf_printf(&stamped, "%s %s", now, strbuf_text(line));
    if (live_is_on()) {
        /* the live view shows it */
    } else if (is_result) {
        print_line(n, strbuf_text(&stamped));
    } else if (!n->settings->quiet) {
        say_notice(strbuf_text(&stamped));
    }
    strbuf_clear(&stamped);
}

static void notify(struct wait_notifier *n, const struct wait_event *e)
{
    struct strbuf line = STRBUF_INIT(LINE_BYTES_MAX);

    n->notified_ms = transport_clock_ms();
    if (render_writes_events(n->render)) {
        if (n->failure.code == ERR_NONE) {
            render_event(n->render, e, &n->failure);
        }
    } else {
        waiting_put_event(&line, e, n->with_publisher);
        say_line(n, &line, n->on_stdout && e->kind != WAIT_ERROR);
        if (line.failed) {
            error_memory(&n->failure);
        }
    }
    strbuf_clear(&line);
}

static struct wait_event event_of(enum wait_event_kind kind, const struct waited *w)
{
    int64_t wall_ms = output_now_ms();

    return (struct wait_event){ .kind = kind,
                                .at_ms = wall_ms,
                                .now = &w->offer,
                                .standing_ms =
                                    waited_standing_ms(w, transport_clock_ms(), wall_ms) };
}

void wait_notify_offer(struct wait_notifier *n, const struct waited *w, const struct offer *before)
{
    struct wait_event e = event_of(before != NULL ? WAIT_CHANGE : WAIT_START, w);

    e.before = before;
    e.gone = w->gone;
    notify(n, &e);
    if (before != NULL && n->settings->on_change != NULL) {
        on_change_run(n->settings->on_change, &e, n->deadline_ms);
    }
}

void wait_notify_problem(struct wait_notifier *n, const struct report *report, int64_t next_ms)
{
    const struct problem *p = report->problem_count > 0 ? &report->problems[0] : NULL;
    const struct wait_event e = {
        .kind = WAIT_ERROR, .at_ms = output_now_ms(), .problem = p, .next_ms = next_ms
    };

    if (p == NULL) {
        n->problem[0] = '\0';
        return;
    }
    if (strcmp(n->problem, p->text) == 0) {
        return;
    }
    snprintf(n->problem, sizeof(n->problem), "%s", p->text);
    if (live_is_on() && !render_writes_events(n->render)) {
        say_problem(p);
    } else {
        notify(n, &e);
    }
}

void wait_notify_heartbeat(struct wait_notifier *n, const struct wait_offers *all)
{
    struct strbuf line = STRBUF_INIT(LINE_BYTES_MAX);
    struct wait_late *late;
    size_t count = wait_offers_late(all, transport_clock_ms(), output_now_ms(), &late);

    n->notified_ms = transport_clock_ms();
    if (!render_writes_events(n->render) && count > 0) {
        waiting_put_heartbeat(&line, late, count, n->with_publisher);
        say_line(n, &line, false);
    }
    for (size_t i = 0; render_writes_events(n->render) && i < all->count; i++) {
        const struct waited *w = &all->items[i];
        if (w->course.standing == WAIT_UNDER_WAY) {
            struct wait_event e = event_of(WAIT_HEARTBEAT, w);
            notify(n, &e);
        }
    }
    free(late);
    strbuf_clear(&line);
}

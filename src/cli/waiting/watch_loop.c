/* watch_loop.c - read, show, pause. */
#include "watch_loop.h"

#include "offers/offers.h"
#include "offers/offers_print.h"
#include "options/settings.h"
#include "output/output.h"
#include "polling.h"
#include "process/interrupt.h"
#include "terminal/live_view.h"
#include "terminal/say.h"
#include "wait_notify.h"
#include "wait_offers.h"

#include "offerstat/outcome.h"
#include "offerstat/strbuf.h"
#include "offerstat/timestamp.h"
#include "offerstat/translate.h"
#include "offerstat/transport.h"
#include "offerstat/wait_schedule.h"
#include "offerstat/width.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TABLE_MAX ((size_t)64 * 1024 * 1024)

struct watch {
    struct offers_session *session;
    const struct settings *settings;
    struct wait_policy policy; /* nothing is waited for: all offers are read again */
    struct wait_schedule schedule;
    struct wait_offers offers;
    struct wait_notifier notifier;
    struct offers_result last; /* the result that the table shows; has_last: there is one */
    bool has_last;
    int64_t read_ms;      /* Unix time of it */
    int64_t next_read_ms; /* by the transport's clock; 0: a read is under way */
    bool quit;
    int code;
};

static void watch_on_offer(void *user, const struct waited *w, const struct offer *before)
{
    struct watch *watch = user;

    watch->notifier.with_publisher = watch->offers.several_publishers;
    if (before != NULL || watch->offers.any_reads || render_writes_events(watch->notifier.render)) {
        wait_notify_offer(&watch->notifier, w, before);
    }
}

/* '*': changed since the last read; '+': since the start. */
static char watch_on_mark(const void *user, const struct offer *o)
{
    const struct watch *watch = user;
    const struct waited *w = wait_offers_find(&watch->offers, o);

    if (w != NULL && w->changed_now) {
        return '*';
    }
    return w != NULL && w->changed_ever ? '+' : ' ';
}

/* What a person who stays wants to know of a publish that is under way, where it is known. */
static void add_outlook(const struct watch *watch, struct render_options *options)
{
    const struct report *report = &watch->last.report;
    struct offer scratch;

    for (size_t i = 0; i < report->offers.count; i++) {
        const struct offer *o = offer_list_at(&report->offers, i, &scratch);
        options->ages = options->ages || o->outlook.since_ms != 0;
        options->estimates = options->estimates || offer_has_estimate(o);
    }
}

/* The table as `list` prints it, with ages and estimates.  0, or -1 with *err (ERR_OUTPUT,
 * ERR_MEMORY). */
static int print_table(const struct watch *watch, bool marked, FILE *out, struct error *err)
{
    struct render_options options = output_stdout_options(watch->settings, VIEW_LIST);
    struct render *render = NULL;
    int rc = -1;

    options.out = out;
    add_outlook(watch, &options);
    if (marked) {
        options.mark = watch_on_mark;
        options.mark_user = watch;
    }
    if (render_open(watch->settings->format, &options, &render, err) == 0) {
        rc = render_finish(render, &watch->last.report, err);
    }
    render_close(render);
    return rc;
}

/* Append the table; nothing when there was no memory, until the next redraw. */
static void put_table(const struct watch *watch, struct strbuf *out)
{
    struct error ignored = ERROR_INIT;
    char *text = NULL;
    size_t len = 0;
    FILE *memory = open_memstream(&text, &len);

    if (memory == NULL) {
        return;
    }
    if (print_table(watch, true, memory, &ignored) == 0) {
        strbuf_append(out, text, len);
    }
    fclose(memory);
    free(text);
}

static void put_head(const struct watch *watch, struct strbuf *out)
{
    int64_t left_ms = watch->next_read_ms - transport_clock_ms();
    char as_of[TIMESTAMP_MAX], next[TIMESTAMP_MAX];
    struct strbuf line = STRBUF_INIT(1024);

    timestamp_format(watch->read_ms, as_of);
    duration_format(left_ms, next);
    if (!watch->has_last) {
        strbuf_puts(&line, _("reading"));
    } else if (watch->next_read_ms == 0) {
        strbuf_printf(&line, _("as of %s; reading; q ends"), as_of);
    } else {
        strbuf_printf(&line, _("as of %s; next read in %s; q ends"), as_of, next);
    }
    if (watch->has_last && live_width() > 0 && width_most(strbuf_text(&line)) > live_width()) {
        strbuf_reset(&line);
        if (watch->next_read_ms == 0) {
            strbuf_puts(&line, _("reading; q ends"));
        } else {
            strbuf_printf(&line, _("next read in %s; q ends"), next);
        }
    }
    live_put_line(out, strbuf_text(&line), watch->settings->ascii);
    strbuf_clear(&line);
}

/* At most so many lines of text, and how many more there are. */
static void put_lines(struct strbuf *out, const char *text, size_t most)
{
    size_t lines = 0, shown = 0;

    for (const char *at = strchr(text, '\n'); at != NULL; at = strchr(at + 1, '\n')) {
        lines++;
    }
    for (; shown < lines && (shown + 1 < most || lines <= most); shown++) {
        size_t len = strcspn(text, "\n") + 1;
        strbuf_append(out, text, len);
        text += len;
    }
    if (shown < lines) {
        strbuf_printf(out, _("%zu more lines"), lines - shown);
        strbuf_puts(out, "\n");
    }
}

static void draw(const struct watch *watch)
{
    struct strbuf table = STRBUF_INIT(TABLE_MAX), text = STRBUF_INIT(TABLE_MAX);
    size_t rows = live_rows() > 0 ? live_rows() : 24, taken = 1;
    const char *said = live_latest_line();

    if (!live_is_on()) {
        return;
    }
    if (*said != '\0') {
        taken++;
    }
    put_head(watch, &text);
    if (watch->has_last) {
        put_table(watch, &table);
    }
    put_lines(&text, strbuf_text(&table), rows > taken ? rows - taken : 1);
    if (*said != '\0') {
        live_put_line(&text, said, watch->settings->ascii);
    }
    if (!text.failed) {
        live_draw(strbuf_text(&text));
    }
    strbuf_clear(&table);
    strbuf_clear(&text);
}

/* Called while requests are under way. */
static bool watch_on_tick(void *user)
{
    struct watch *watch = user;

    watch->quit = watch->quit || live_read_keys();
    draw(watch);
    return interrupt_number() == 0 && !watch->quit;
}

static bool is_ended(const struct watch *watch)
{
    return watch->quit || interrupt_number() != 0;
}

/* What ends the run is an error, and is printed even when an earlier read had it as well. */
static void say_or_notify(struct watch *watch, const struct report *report, bool over)
{
    if (over && report->problem_count > 0) {
        say_problem(&report->problems[0]);
    } else {
        wait_notify_problem(&watch->notifier, report, watch->next_read_ms - transport_clock_ms());
    }
}

static bool is_settled(const struct report *report)
{
    return report_complete(report) && report->counts[STATE_IN_PROGRESS] == 0;
}

/* Judge the read.  True when it was the last. */
static bool judge(struct watch *watch, const struct report *report, int code, bool first)
{
    watch->code = code;
    if (polling_is_pointless(code) || (first && code == EXIT_NOT_FOUND)) {
        return true;
    }
    if (watch->session->no_signin || wait_gives_up(&watch->schedule, code, transport_clock_ms())) {
        return true;
    }
    watch->code = EXIT_OK;
    return watch->settings->until_settled && is_settled(report);
}

static void keep(struct watch *watch, struct offers_result *result)
{
    if (watch->has_last) {
        offers_result_clear(&watch->last);
    }
    watch->last = *result;
    watch->has_last = true;
    watch->read_ms = result->report.generated_ms;
}

static void plan_next_read(struct watch *watch)
{
    int64_t now_ms = transport_clock_ms();

    watch->next_read_ms = now_ms + polling_pause_ms(&watch->schedule, watch->offers.changed,
                                                    polling_asked_ms(watch->session, now_ms));
}

/* Read once.  True when it was the last time. */
static bool read_once(struct watch *watch)
{
    struct offers_result result;
    struct error err = ERROR_INIT;
    bool first = !watch->has_last, over, usable;
    int code;

    watch->next_read_ms = 0;
    if (offers_read(watch->session, &result, &err) != 0) {
        say_error(&err);
        offers_result_clear(&result);
        watch->code = outcome_of_error(err.code);
        return true;
    }
    code = outcome_of_report(&result.report);
    usable = code == EXIT_OK || result.report.read > 0;
    if (is_ended(watch)) {
        usable = false; /* cut off */
    } else if (usable &&
               wait_offers_take(&watch->offers, &result.report, code, transport_clock_ms()) != 0) {
        code = EXIT_BUG;
    }
    over = !is_ended(watch) && judge(watch, &result.report, code, first);
    plan_next_read(watch);
    if (!is_ended(watch)) {
        say_or_notify(watch, &result.report, over);
    }
    if (watch->notifier.failure.code != ERR_NONE) {
        say_error(&watch->notifier.failure);
        watch->code = outcome_of_error(watch->notifier.failure.code);
        over = true;
    }
    if (usable) {
        keep(watch, &result); /* its report is in *last now */
    } else {
        offers_result_clear(&result);
    }
    return over;
}

/* Pause until the next read.  False when q or a signal comes first. */
static bool sleep_until_next_read(struct watch *watch)
{
    while (!is_ended(watch) && transport_clock_ms() < watch->next_read_ms) {
        draw(watch);
        watch->quit = polling_sleep(watch->next_read_ms);
    }
    return !is_ended(watch);
}

/* End when the reader of the pipe has gone.  While nothing changes nothing is written, so no write
 * would fail. */
static void end_without_reader(void)
{
    struct pollfd out = { .fd = STDOUT_FILENO };

    if (poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0) {
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
}

/* Print the last table as `list` would, so that it stays after the live view. */
static void print_last(struct watch *watch)
{
    struct error err = ERROR_INIT;

    if (watch->has_last && print_table(watch, false, stdout, &err) != 0) {
        say_error(&err);
        watch->code = outcome_worse(watch->code, outcome_of_error(err.code));
    }
}

static void begin(struct watch *watch, struct settings *own)
{
    own->tick = watch_on_tick;
    own->tick_user = watch;
    watch->schedule = polling_schedule(own);
    watch->offers = (struct wait_offers){
        .policy = &watch->policy, .notify = watch_on_offer, .notifies_gone = true, .user = watch
    };
    watch->notifier = (struct wait_notifier){ .settings = own,
                                              .render = output_render(watch->session->output),
                                              .on_stdout = true };
    if (!own->wants_no_view && !own->format->machine) {
        live_begin();
    }
}

int watch_loop(struct offers_session *session, struct settings *own)
{
    struct watch watch = { .session = session, .settings = own };
    bool over = false;

    begin(&watch, own);
    interrupt_catch();
    say_each_once();
    while (!over && !is_ended(&watch)) {
        over = read_once(&watch) || !sleep_until_next_read(&watch);
        end_without_reader();
    }
    if (interrupt_number() != 0) {
        watch.code = interrupt_exit_code(interrupt_number());
    }
    if (live_is_on()) {
        live_end();
        print_last(&watch);
    }
    offers_say_unplaced(session);
    wait_offers_clear(&watch.offers);
    if (watch.has_last) {
        offers_result_clear(&watch.last);
    }
    return watch.code;
}

/* wait_end.c - the last line of a wait: what decided it, and what to do next. */
#include "wait_end.h"

#include "options/options.h"
#include "options/settings.h"
#include "output/output.h"
#include "terminal/say.h"

#include "offerstat/outcome.h"
#include "offerstat/transport.h"

#include <stdlib.h>
#include <string.h>

#define OPTIONS_MAX ((size_t)64 * 1024)
#define LINE_BYTES_MAX ((size_t)64 * 1024 * 1024)

/* The offer that has the exit code of the wait; for a success the last one. */
static const struct waited *deciding(const struct wait_run *run)
{
    if (!run->by_offer) {
        return NULL;
    }
    if (run->code == EXIT_OK && run->policy.any) {
        for (size_t i = 0; i < run->offers.count; i++) {
            if (run->offers.items[i].course.standing == WAIT_REACHED) {
                return &run->offers.items[i];
            }
        }
    }
    if (run->code == EXIT_OK) {
        return run->offers.last_settled;
    }
    for (size_t i = 0; i < run->offers.count; i++) {
        const struct waited *w = &run->offers.items[i];
        if (wait_code(&w->course, w->offer.state) == run->code) {
            return w;
        }
    }
    return NULL;
}

/* Options that the next wait needs to be the same, and options that select among all offers, which
 * it needs only when it names none.  --from-now: see has_to_move.  --timeout only when it means no
 * end, since a deadline starts again. */
static const char *const repeated[] = { "publisher",    "api",     "endpoint", "seller-id",
                                        "auth",         "profile", "for",      "any",
                                        "no-fail-fast", "settle",  NULL };
static const char *const selecting[] = { "type", "except", NULL };

static bool is_among(const char *const *names, const char *name)
{
    while (*names != NULL && strcmp(*names, name) != 0) {
        names++;
    }
    return *names != NULL;
}

static void put_option(struct strbuf *out, const struct option_row *row, const char *value)
{
    strbuf_printf(out, " --%s", row->name);
    if (row->kind != OPTION_FLAG) {
        waiting_put_argument(out, value);
    }
}

/* " --for failed,live" */
static void put_words(struct strbuf *out, const struct option_row *row, unsigned chosen)
{
    const char *before = " ", *word;

    strbuf_printf(out, " --%s", row->name);
    for (size_t i = 0; (word = option_word(row, i)) != NULL; i++) {
        if ((chosen & 1u << option_place(row, word)) != 0) {
            strbuf_printf(out, "%s%s", before, word);
            before = ",";
        }
    }
}

/* For an option that accumulates, the source has only the last value; the settings have all. */
static void put_values(struct strbuf *out, const struct option_row *row, const struct settings *s,
                       const char *last)
{
    const void *all = (const char *)s + row->place;

    if (row->kind == OPTION_TEXTS) {
        const struct texts *texts = all;
        for (size_t i = 0; i < texts->count; i++) {
            put_option(out, row, texts->items[i]);
        }
    } else if (row->kind == OPTION_WORDS) {
        put_words(out, row, *(const unsigned *)all);
    } else {
        put_option(out, row, last);
    }
}

/* Append those that were given on the command line; environment and configuration will be there
 * next time. */
static void put_options(struct strbuf *out, const struct settings *s, const char *const *names)
{
    for (size_t i = 0; i < option_row_count; i++) {
        const struct setting_source *source = &s->sources[i];
        if (source->value != NULL && strcmp(source->origin, SETTING_OF_COMMAND_LINE) == 0 &&
            is_among(names, option_rows[i].name)) {
            put_values(out, &option_rows[i], s, source->value);
        }
    }
}

/* Whether the next wait needs --from-now: no offer has moved yet.  One that has may already have
 * reached its end when the next wait begins. */
static bool has_to_move(const struct wait_run *run)
{
    for (size_t i = 0; i < run->offers.count; i++) {
        if (run->offers.items[i].course.counts) {
            return false;
        }
    }
    return run->policy.from_now;
}

static bool is_of_a_problem(int code)
{
    return code == EXIT_AUTH || code == EXIT_SERVICE || code == EXIT_ANSWER ||
           code == EXIT_NOT_FOUND || code == EXIT_PARTIAL || code == EXIT_BUG;
}

static int put_offers(const struct wait_run *run, struct report *report)
{
    struct error nothing = ERROR_INIT;

    for (size_t i = 0; i < run->offers.count; i++) {
        const struct offer *o = &run->offers.items[i].offer;
        report_count(report, o);
        if (offer_list_add(&report->offers, o) != 0) {
            return -1;
        }
    }
    if (run->complete) {
        return 0;
    }
    if (run->problem.code != ERR_NONE) {
        return report_problem(report, &run->problem, NULL, NULL);
    }
    error_set(&nothing, ERR_SERVICE, "the wait has ended before anything could be read");
    return report_problem(report, &nothing, NULL, NULL);
}

static void describe(const struct wait_run *run, const struct wait_late *late, size_t late_count,
                     struct wait_ending *out)
{
    const struct waited *w = deciding(run);
    struct wait_tally tally;

    wait_offers_count(&run->offers, &tally);
    *out = (struct wait_ending){ .code = run->code,
                                 .signal = run->signal,
                                 .at_ms = output_now_ms(),
                                 .took_ms = transport_clock_ms() - run->began_ms,
                                 .total = run->offers.count,
                                 .reached = tally.reached,
                                 .ended = tally.ended,
                                 .withdrawn = tally.withdrawn,
                                 .excepted = run->offers.excepted,
                                 .late = late,
                                 .late_count = late_count,
                                 .arguments = run->session->arguments,
                                 .argument_count = run->session->argument_count,
                                 .some_unseen = !run->offers.fixed,
                                 .several_publishers = run->offers.several_publishers,
                                 .any = run->policy.any };
    if (w != NULL) {
        out->offer = &w->offer;
        out->from = w->first;
    }
    if (run->problem.code != ERR_NONE && is_of_a_problem(run->code)) {
        out->problem = &run->problem;
    }
}

static int write_end(const struct wait_run *run, const struct wait_ending *ending)
{
    struct report report = REPORT_INIT;
    struct error err = ERROR_INIT;
    int code;

    report.generated_ms = ending->at_ms;
    report.api = run->api[0] != '\0' ? run->api : run->settings->api;
    report.read = run->offers.count;
    report.excepted = ending->excepted;
    report.checked = true;
    report.ending = ending;
    if (put_offers(run, &report) == 0) {
        code = output_finish(run->session->output, &report);
    } else {
        error_memory(&err);
        say_error(&err);
        code = outcome_of_error(err.code);
    }
    report_clear(&report);
    return code;
}

/* Print the last line on stderr, unless stdout shows it. */
static void say_ending(const struct wait_run *run, const struct wait_ending *ending)
{
    struct strbuf line = STRBUF_INIT(LINE_BYTES_MAX);

    if (run->settings->quiet || render_shows_ending(output_render(run->session->output))) {
        return;
    }
    waiting_put_ending(&line, ending);
    say_notice(strbuf_text(&line));
    strbuf_clear(&line);
}

int wait_end(struct wait_run *run)
{
    struct strbuf options = STRBUF_INIT(OPTIONS_MAX), selection = STRBUF_INIT(OPTIONS_MAX);
    struct wait_ending ending;
    struct wait_late *late = NULL;
    size_t count;

    if (run->code == EXIT_USAGE || run->code == EXIT_OUTPUT) {
        say_error(&run->problem); /* nothing was sent, or nothing more can be printed */
        return run->code;
    }
    put_options(&options, run->settings, repeated);
    if (run->settings->timeout_ms == WAIT_FOR_EVER) {
        strbuf_puts(&options, " --timeout none");
    }
    if (has_to_move(run)) {
        strbuf_puts(&options, " --from-now");
    }
    put_options(&selection, run->settings, selecting);
    if (run->code != EXIT_BUG && (options.failed || selection.failed)) {
        error_memory(&run->problem);
        run->code = EXIT_BUG;
    }
    if (run->code == EXIT_BUG) {
        say_error(&run->problem);
    }
    count = wait_offers_late(&run->offers, transport_clock_ms(), output_now_ms(), &late);
    describe(run, late, count, &ending);
    ending.options = strbuf_text(&options);
    ending.selection = strbuf_text(&selection);
    run->code = outcome_worse(run->code, write_end(run, &ending));
    say_ending(run, &ending);
    free(late);
    strbuf_clear(&options);
    strbuf_clear(&selection);
    return run->code;
}

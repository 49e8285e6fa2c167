/* cmd_stats.c - how long publishes and their steps took, from the record. */
#include "offers/record_use.h"
#include "options/commands.h"
#include "options/options.h"
#include "output/output.h"
#include "terminal/say.h"

#include "offerstat/durations.h"
#include "offerstat/record.h"
#include "offerstat/strbuf.h"
#include "offerstat/text.h"
#include "offerstat/translate.h"

#include <string.h>

#define STEPS_NAMED 12

/* What the record has, and what of it is asked for; all of it in the arena. */
struct figures {
    struct arena arena;
    struct recorded_run *runs;
    size_t run_count;
    struct durations *rows;
    size_t row_count;
};

static bool is_of_step(const struct settings *s, const struct durations *row)
{
    return s->step == NULL || text_equal_nocase(row->step_id, s->step) ||
           text_contains_nocase(row->step_name, s->step);
}

/* *there: there is a record. */
static int read_runs(const struct settings *s, struct figures *f, bool *there, struct error *err)
{
    struct record_query query = { .type = s->filter.type };
    struct record *record = record_use_open_file(s, false, false, err);
    size_t kept = 0;
    int rc;

    *there = record != NULL;
    if (record == NULL && record_use_is_missing(err)) {
        return 0;
    }
    if (record == NULL) {
        return -1;
    }
    query.endpoint = record_endpoint(record);
    rc = record_runs(record, &query, &f->arena, &f->runs, &f->run_count, err);
    record_close(record);
    for (size_t i = 0; rc == 0 && i < f->run_count; i++) {
        if (record_use_asks_for(s, f->runs[i].offer.publisher)) {
            f->runs[kept++] = f->runs[i];
        }
    }
    f->run_count = kept;
    return rc;
}

/* Which steps there are, for one that is not. */
static void say_steps(const struct settings *s, const struct figures *f)
{
    struct strbuf names = STRBUF_INIT((size_t)1024 * 1024);
    size_t count = 0;

    for (size_t i = 0; i < f->row_count && count < STEPS_NAMED; i++) {
        const char *name = f->rows[i].step_name;
        if (name != NULL && (count == 0 || strstr(strbuf_text(&names), name) == NULL)) {
            strbuf_printf(&names, "%s%s", count > 0 ? ", " : "", name);
            count++;
        }
    }
    if (count > 0) {
        say_hint("no step \"%s\" is recorded; recorded are: %s", s->step, strbuf_text(&names));
    } else {
        say_hint("no step \"%s\" is recorded", s->step);
    }
    strbuf_clear(&names);
}

static void say_left_out(const struct figures *f)
{
    size_t left_out = 0;

    for (size_t i = 0; i < f->row_count; i++) {
        left_out += f->rows[i].left_out;
    }
    if (left_out > 0) {
        say_hint("durations left out: %zu (reads were too far apart to tell, or the record began "
                 "later)",
                 left_out);
    }
}

static int gather(const struct settings *s, struct figures *f, struct error *err)
{
    size_t kept = 0;

    if (durations_gather(f->runs, f->run_count, &f->arena, &f->rows, &f->row_count) != 0) {
        return error_memory(err);
    }
    for (size_t i = 0; i < f->row_count; i++) {
        if (is_of_step(s, &f->rows[i])) {
            kept++;
        }
    }
    if (f->row_count > 0 && kept == 0) {
        say_steps(s, f);
    }
    kept = 0;
    for (size_t i = 0; i < f->row_count; i++) {
        if (is_of_step(s, &f->rows[i])) {
            f->rows[kept++] = f->rows[i];
        }
    }
    if (f->row_count == 0) {
        say_hint("no publish that has ended is recorded yet, of those that are asked for");
    }
    f->row_count = kept;
    say_left_out(f);
    return 0;
}

/* What keeps the record from being read is a problem of the report; -1 with *err where there was no
 * memory for that. */
static int fill(const struct settings *s, struct figures *f, struct report *report,
                struct error *err)
{
    struct error failure = ERROR_INIT;
    bool there;

    if (read_runs(s, f, &there, &failure) != 0 || (there && gather(s, f, &failure) != 0)) {
        say_error(&failure);
        if (report_problem(report, &failure, NULL, NULL) != 0) {
            return error_memory(err);
        }
    }
    report->durations = f->rows;
    report->duration_count = f->row_count;
    return 0;
}

static int stats_run(const struct settings *s, int count, const char *const *arguments)
{
    struct figures figures = { .arena = ARENA_INIT };
    struct report report = REPORT_INIT;
    struct output *output = NULL;
    struct error err = ERROR_INIT;
    int code;

    (void)count;
    (void)arguments;
    report.generated_ms = output_now_ms();
    if (output_open(s, VIEW_STATS, &output, &err) != 0 || fill(s, &figures, &report, &err) != 0) {
        say_error(&err);
        code = outcome_of_error(err.code);
    } else {
        code = output_finish(output, &report);
    }
    output_close(output);
    report_clear(&report);
    arena_clear(&figures.arena);
    return code;
}

const struct cli_command command_stats = {
    .name = "stats",
    .view = VIEW_STATS,
    .arguments = "",
    .help = N_("how long publishes and their steps took, from the record"),
    .examples = { { .what = N_("how long certification takes for your virtual machines"),
                    .command = "offerstat stats --type vm --step certification" },
                  { .what = N_("the medians alone, in seconds"),
                    .command = "offerstat stats -o csv --fields type,step,medianSeconds" } },
    .more = N_(
        "Nothing is asked of the service: the figures come from the publishes that --record has "
        "kept and that have ended. A step counts where it is complete, a publish as a whole where "
        "it has gone through. The service's own times are exact; where it gives none, a duration "
        "is the middle of what the reads leave open, and one that may be wrong by more than half "
        "the median is left out. The median and the 90th percentile are durations that were: half "
        "of them, and 9 of 10, are no longer. SPREAD has a sign for each tenth of the longest, as "
        "high as it is full."),
    .groups = FOR_ALL | FOR_OUTPUT | FOR_STATS,
    .run = stats_run,
};

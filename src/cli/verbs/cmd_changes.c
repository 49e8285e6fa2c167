/* cmd_changes.c - what has changed since a time, or since this was asked last: from the record. */
#include "offers/record_use.h"
#include "options/commands.h"
#include "options/options.h"
#include "options/settings.h"
#include "output/output.h"
#include "terminal/say.h"

#include "offerstat/record.h"
#include "offerstat/select.h"
#include "offerstat/strbuf.h"
#include "offerstat/text.h"
#include "offerstat/translate.h"

#include <stdio.h>

/* What one run asks the record, and what came of it. */
struct changes {
    const struct settings *settings;
    struct record *record;
    struct selection selection;
    struct recorded_change *found; /* in the arena */
    size_t count;
    int64_t last;     /* the newest of them */
    bool is_empty;    /* nothing is recorded of the endpoint */
    const char *mark; /* under which the record keeps up to where they were shown */
    struct arena arena;
};

static bool is_meant(const struct changes *c, const struct recorded_offer *o)
{
    const char *type = c->settings->filter.type;

    if (!record_use_asks_for(c->settings, o->publisher) ||
        (type != NULL && !offer_type_matches(o->type, type))) {
        return false;
    }
    return selection_has(&c->selection, o->publisher, o->id, o->name);
}

static bool is_all_meant(const struct changes *c)
{
    return c->selection.count == 0 && c->settings->filter.type == NULL;
}

/* Arguments name offers that the record has, whether they have changed or not. */
static int see_offers(struct changes *c, struct report *report, struct error *err)
{
    struct recorded_entry *entries = NULL;
    struct error missing = ERROR_INIT;
    size_t count = 0;

    if (c->selection.count == 0) {
        return 0;
    }
    if (record_entries(c->record, &c->arena, &entries, &count, err) != 0) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || entries[i].row != entries[i - 1].row) { /* one for each API */
            const struct recorded_offer *o = &entries[i].offer;
            if (!record_use_asks_for(c->settings, o->publisher)) {
                continue;
            }
            selection_see(&c->selection, o->publisher, o->id, o->name);
        }
    }
    for (size_t i = 0; selection_missing(&c->selection, i, &missing); i++) {
        if (report_problem(report, &missing, NULL, NULL) != 0) {
            return error_memory(err);
        }
    }
    return 0;
}

/* The first after `last` in the order of the alphabet; NULL: there is none. */
static const char *next_publisher(const struct settings *s, const char *last)
{
    const char *next = NULL;

    for (size_t i = 0; i < s->publishers.count; i++) {
        const char *id = s->publishers.items[i];
        if ((last == NULL || text_compare_nocase(id, last) > 0) &&
            (next == NULL || text_compare_nocase(id, next) < 0)) {
            next = id;
        }
    }
    return next;
}

/* Each endpoint and choice of publishers, in whatever order they are named, has been asked up to a
 * time of its own. */
static int name_mark(struct changes *c, struct error *err)
{
    struct strbuf name = STRBUF_INIT((size_t)1024 * 1024);
    const char *id = NULL;

    strbuf_printf(&name, "changes %s", record_endpoint(c->record));
    while ((id = next_publisher(c->settings, id)) != NULL) {
        strbuf_puts(&name, " ");
        for (const char *p = id; *p != '\0'; p++) {
            char small = (char)text_lower(*p);
            strbuf_append(&name, &small, 1);
        }
    }
    c->mark = name.failed ? NULL : arena_strdup(&c->arena, strbuf_text(&name));
    strbuf_clear(&name);
    return c->mark != NULL ? 0 : error_memory(err);
}

static int find_begin(const struct changes *c, int64_t now_ms, struct record_since *since,
                      struct error *err)
{
    const struct settings *s = c->settings;
    int64_t at_ms;

    *since = (struct record_since){ .time_ms = s->since_at_ms };
    if (s->since_age_ms > 0) {
        since->time_ms = now_ms - s->since_age_ms;
    }
    if (since->time_ms != 0) {
        return 0;
    }
    return record_get_mark(c->record, c->mark, &since->serial, &at_ms, err);
}

static int find_changes(struct changes *c, struct report *report, struct error *err)
{
    struct record_since since;
    struct recorded_change *all = NULL;
    size_t count = 0;

    if (name_mark(c, err) != 0 || see_offers(c, report, err) != 0 ||
        find_begin(c, report->generated_ms, &since, err) != 0 ||
        record_changes(c->record, &since, &c->arena, &all, &count, err) != 0) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        if (all[i].serial > c->last) {
            c->last = all[i].serial;
        }
        if (is_meant(c, &all[i].offer)) {
            all[c->count++] = all[i];
        }
    }
    if (count == 0) {
        struct recorded_entry *entries;
        if (record_entries(c->record, &c->arena, &entries, &count, err) != 0) {
            return -1;
        }
        c->is_empty = count == 0;
    }
    c->found = all;
    report->changes = c->found;
    report->change_count = c->count;
    return 0;
}

static void say_what_is_not_there(const struct changes *c, const struct report *report)
{
    for (size_t i = 0; i < report->problem_count; i++) {
        say_problem(&report->problems[i]);
    }
    if (c->record == NULL || c->count > 0 || report->problem_count > 0) {
        return;
    }
    if (c->is_empty) {
        say_hint("the record has no offers of this endpoint");
    } else {
        say_hint("nothing has changed");
    }
}

/* Only what was shown is not shown again: all of it, and delivered. */
static void move_mark(const struct changes *c, const struct report *report, int code)
{
    const struct settings *s = c->settings;
    struct error err = ERROR_INIT;

    if (c->count == 0 || s->since_age_ms > 0 || s->since_at_ms > 0 || !is_all_meant(c) ||
        code == EXIT_OUTPUT || fflush(stdout) != 0) {
        return;
    }
    if (record_set_mark(c->record, c->mark, c->last, report->generated_ms, &err) != 0) {
        say_warning("%s", error_text(&err));
    }
}

static int read_record(struct changes *c, struct report *report)
{
    struct error err = ERROR_INIT;

    c->record = record_use_open_file(c->settings, false, false, &err);
    if (c->record == NULL && record_use_is_missing(&err)) {
        return 0;
    }
    if (c->record == NULL || find_changes(c, report, &err) != 0) {
        return report_problem(report, &err, NULL, NULL);
    }
    return 0;
}

static int show(struct changes *c, struct report *report, struct output *output)
{
    int code;

    if (read_record(c, report) != 0) {
        struct error err = ERROR_INIT;
        error_memory(&err);
        say_error(&err);
        return EXIT_BUG;
    }
    say_what_is_not_there(c, report);
    code = outcome_of_report(report);
    if (code == EXIT_USAGE) {
        return code; /* the library is not installed */
    }
    code = output_finish(output, report);
    move_mark(c, report, code);
    if (code == EXIT_OK && c->settings->exit_code && c->count > 0) {
        return EXIT_CHANGED;
    }
    return code;
}

static int changes_run(const struct settings *s, int count, const char *const *arguments)
{
    struct changes c = { .settings = s };
    struct report report = REPORT_INIT;
    struct output *output = NULL;
    struct error err = ERROR_INIT;
    int code = EXIT_BUG;

    report.generated_ms = output_now_ms();
    if (selection_init(&c.selection, SELECT_EXACT, arguments, (size_t)count) != 0) {
        error_memory(&err);
    } else if (output_open(s, VIEW_CHANGES, &output, &err) == 0) {
        code = show(&c, &report, output);
        output_close(output);
    }
    if (err.code != ERR_NONE) {
        say_error(&err);
        code = outcome_of_error(err.code);
    }
    record_close(c.record);
    selection_clear(&c.selection);
    arena_clear(&c.arena);
    report_clear(&report);
    return code;
}

const struct cli_command command_changes = {
    .name = "changes",
    .view = VIEW_CHANGES,
    .arguments = "[OFFER...]",
    .help = N_("what has changed since a time, from the record"),
    .examples = { { .what = N_("what is new since this was asked last"),
                    .command = "offerstat list --record > /dev/null && offerstat changes" },
                  { .what = N_("a week of one offer, for a script"),
                    .command = "offerstat changes contoso-vm --since 7d --json" } },
    .more =
        N_("Each row is a change that a read with --record has found: the state, the presence, "
           "the step, the submission or the version of an offer has changed, or the offer is new, "
           "gone, or back. It reads the record alone and asks no service: for the present state "
           "read first, with --record.\n"
           "\n"
           "Without a time it is --since last: what was not shown before. What was shown counts "
           "once it was written, and not if OFFER, --type or a time left some out.\n"
           "\n"
           "If nothing has changed it exits with 0 and says so on stderr; --exit-code makes it 13 "
           "when something has."),
    .takes_offers = true,
    .groups = FOR_ALL | FOR_OUTPUT | FOR_CHANGES,
    .max_arguments = -1,
    .run = changes_run,
};

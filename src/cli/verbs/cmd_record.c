/* cmd_record.c - the record itself: how much is in it, all of it, and forgetting it. */
#include "offers/record_use.h"
#include "options/commands.h"
#include "options/options.h"
#include "options/refuse.h"
#include "record_json.h"
#include "terminal/say.h"

#include "offerstat/escape.h"
#include "offerstat/render.h"
#include "offerstat/select.h"
#include "offerstat/timestamp.h"
#include "offerstat/translate.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* One line of an export. */
#define LINE_MAX_BYTES ((size_t)16 * 1024 * 1024)

static int record_fail(const struct error *err)
{
    say_error(err);
    return outcome_of_error(err->code);
}

static void print_safe(const char *text)
{
    struct strbuf safe = STRBUF_INIT((size_t)1024 * 1024);

    escape_text(&safe, text, isatty(STDOUT_FILENO) == 1 ? 0 : ESCAPE_CI);
    fputs(strbuf_text(&safe), stdout);
    strbuf_clear(&safe);
}

static int record_path_action(const struct settings *s, int count, const char *const *arguments)
{
    struct strbuf path = STRBUF_INIT(4096);
    struct error err = ERROR_INIT;
    int rc = record_use_path(&path, &err);

    (void)s;
    (void)count;
    (void)arguments;
    if (rc == 0) {
        print_safe(strbuf_text(&path));
        puts("");
    }
    strbuf_clear(&path);
    return rc == 0 ? EXIT_OK : record_fail(&err);
}

static void print_time(const char *title, int64_t ms)
{
    char text[TIMESTAMP_MAX];

    if (ms != 0) {
        timestamp_format(ms, text);
        printf("%s: %s\n", title, text);
    }
}

static void print_size(const char *path, const struct record_size *size)
{
    printf("%s: ", _("file"));
    print_safe(path);
    printf("\n%s: %" PRId64 "\n", _("size in bytes"), size->bytes);
    printf("%s: %d\n", _("schema version"), size->version);
    printf("%s: %" PRId64 "\n", _("offers"), size->offers);
    printf("%s: %" PRId64 "\n", _("changes"), size->changes);
    printf("%s: %" PRId64 "\n", _("publishes"), size->runs);
    print_time(_("first read"), size->first_ms);
    print_time(_("last read"), size->last_ms);
}

/* Write the line and empty it. */
static int print_line(struct strbuf *line, struct error *err)
{
    if (line->failed) {
        return error_memory(err);
    }
    if (puts(strbuf_text(line)) == EOF) {
        return error_set(err, ERR_OUTPUT, "stdout could not be written");
    }
    strbuf_reset(line);
    return 0;
}

static int print_size_json(const char *path, const struct record_size *size, struct error *err)
{
    struct strbuf out = STRBUF_INIT((size_t)64 * 1024);
    int rc;

    record_json_put_size(&out, path, size);
    rc = print_line(&out, err);
    strbuf_clear(&out);
    return rc;
}

static int record_info_action(const struct settings *s, int count, const char *const *arguments)
{
    struct strbuf path = STRBUF_INIT(4096);
    struct record_size size = { .version = 0 };
    struct error err = ERROR_INIT;
    struct record *record = NULL;
    bool as_json = strcmp(s->format->name, "json") == 0;
    int rc = 0;

    (void)count;
    (void)arguments;
    if (!as_json && strcmp(s->format->name, "table") != 0) {
        error_set(&err, ERR_USAGE, "record info has the formats table and json");
        return record_fail(&err);
    }
    if (record_use_path(&path, &err) != 0) {
        rc = -1;
    } else {
        record = record_use_open_file(s, true, false, &err);
        if (record != NULL) {
            rc = record_measure(record, &size, &err);
        } else if (!record_use_is_missing(&err)) {
            rc = -1;
        }
    }
    if (rc == 0 && as_json) {
        rc = print_size_json(strbuf_text(&path), &size, &err);
    } else if (rc == 0) {
        print_size(strbuf_text(&path), &size);
    }
    record_close(record);
    strbuf_clear(&path);
    return rc == 0 ? EXIT_OK : record_fail(&err);
}

static int record_on_span(void *user, const struct recorded_entry *entry, struct error *err)
{
    struct strbuf *line = user;

    record_json_put_span(line, entry);
    return print_line(line, err);
}

static int export_all(struct record *record, struct error *err)
{
    const struct record_query all = { .endpoint = NULL };
    struct strbuf line = STRBUF_INIT(LINE_MAX_BYTES);
    struct arena arena = ARENA_INIT;
    struct recorded_run *runs = NULL;
    size_t count = 0;
    int rc = -1;

    if (record_spans(record, record_on_span, &line, err) == 0 &&
        record_runs(record, &all, &arena, &runs, &count, err) == 0) {
        rc = 0;
    }
    for (size_t i = 0; rc == 0 && i < count; i++) {
        record_json_put_run(&line, &runs[i]);
        rc = print_line(&line, err);
    }
    arena_clear(&arena);
    strbuf_clear(&line);
    return rc;
}

static int record_export_action(const struct settings *s, int count, const char *const *arguments)
{
    struct error err = ERROR_INIT;
    struct record *record = record_use_open_file(s, true, false, &err);
    int rc;

    (void)count;
    (void)arguments;
    if (record == NULL) {
        return record_use_is_missing(&err) ? EXIT_OK : record_fail(&err);
    }
    rc = export_all(record, &err);
    record_close(record);
    return rc == 0 ? EXIT_OK : record_fail(&err);
}

/* Say which arguments meant nothing; the code of that. */
static int refuse_missing(const struct selection *selection)
{
    struct error missing = ERROR_INIT;
    int code = EXIT_OK;

    for (size_t i = 0; selection_missing(selection, i, &missing); i++) {
        say_error(&missing);
        if (code != EXIT_BUG) { /* there was no memory to look for one that is near */
            code = outcome_of_error(missing.code);
        }
    }
    return code;
}

/* Forget the offers that the arguments mean, all or none of them. */
static int forget_offers(struct record *record, int count, const char *const *arguments,
                         struct error *err)
{
    struct selection selection;
    struct arena arena = ARENA_INIT;
    struct recorded_entry *entries = NULL;
    size_t entry_count = 0;
    int code = EXIT_OK;

    if (selection_init(&selection, SELECT_EXACT, arguments, (size_t)count) != 0) {
        selection_clear(&selection);
        error_memory(err);
        return EXIT_BUG;
    }
    if (record_entries(record, &arena, &entries, &entry_count, err) != 0) {
        code = outcome_of_error(err->code);
    }
    for (size_t i = 0; i < entry_count; i++) {
        if (i == 0 || entries[i].row != entries[i - 1].row) { /* one for each API */
            const struct recorded_offer *o = &entries[i].offer;
            selection_see(&selection, o->publisher, o->id, o->name);
        }
    }
    if (code == EXIT_OK) {
        code = refuse_missing(&selection);
    }
    for (size_t i = 0; code == EXIT_OK && i < entry_count; i++) {
        const struct recorded_offer *o = &entries[i].offer;
        if (selection_has(&selection, o->publisher, o->id, o->name) &&
            record_forget(record, entries[i].row, err) != 0) {
            code = outcome_of_error(err->code);
        }
    }
    arena_clear(&arena);
    selection_clear(&selection);
    return code;
}

static int record_forget_action(const struct settings *s, int count, const char *const *arguments)
{
    struct error err = ERROR_INIT;
    struct record *record;
    int code = EXIT_OK;

    if (s->all == (count > 0)) {
        error_set(&err, ERR_USAGE, "record forget takes either OFFER... or --all");
        return record_fail(&err);
    }
    record = record_use_open_file(s, true, false, &err);
    if (record == NULL) {
        return record_use_is_missing(&err) && s->all ? EXIT_OK : record_fail(&err);
    }
    if (!s->all) {
        code = forget_offers(record, count, arguments, &err);
    } else if (record_forget(record, 0, &err) != 0) {
        code = outcome_of_error(err.code);
    }
    if (code == EXIT_OK && record_shrink(record, &err) != 0) {
        code = outcome_of_error(err.code);
    }
    if (err.code != ERR_NONE) {
        say_error(&err);
    }
    record_close(record);
    return code;
}

static const struct {
    const char *name, *usage;
    bool takes_offers;
    int (*run)(const struct settings *s, int count, const char *const *arguments);
} actions[] = {
    { .name = "info", .usage = "info", .run = record_info_action },
    { .name = "path", .usage = "path", .run = record_path_action },
    { .name = "export", .usage = "export", .run = record_export_action },
    { .name = "forget",
      .usage = "forget OFFER... | --all",
      .takes_offers = true,
      .run = record_forget_action },
};
#define RECORD_ACTIONS (sizeof(actions) / sizeof(actions[0]))

static const char *record_action_at(size_t i)
{
    return i < RECORD_ACTIONS ? actions[i].name : NULL;
}

static int record_run(const struct settings *s, int count, const char *const *arguments)
{
    const char *names[RECORD_ACTIONS];
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < RECORD_ACTIONS; i++) {
        names[i] = actions[i].name;
        if (strcmp(actions[i].name, arguments[0]) == 0) {
            if (!actions[i].takes_offers && (count > 1 || s->all)) {
                error_set(&err, ERR_USAGE, "usage: offerstat record %s", actions[i].usage);
                return record_fail(&err);
            }
            return actions[i].run(s, count - 1, arguments + 1);
        }
    }
    refuse_word(N_("record: no command"), arguments[0], names, RECORD_ACTIONS, REFUSE_AND_LIST,
                &err);
    return record_fail(&err);
}

const struct cli_command command_record = {
    .name = "record",
    .arguments = "info|path|export|forget OFFER...",
    .help = N_("what --record has kept: how much, all of it, forgetting it"),
    .examples = { { .what = N_("every change that was recorded of one offer, for a script"),
                    .command = "offerstat record export | jq 'select(.offer == \"contoso-vm\")'" },
                  { .what = N_("begin anew"), .command = "offerstat record forget --all" } },
    .more = N_(
        "--record, or `record = on` in the configuration, keeps what reads find in one file of "
        "yours: when the state, the presence, the step, the submission or the version of an offer "
        "has changed, and how each publish went from step to step. The file grows with changes, "
        "not with reads. It never changes a state, and a file that cannot be used never stops a "
        "read: that is a warning.\n"
        "\n"
        "info says how much there is, path where; export prints each row as a JSON object a line; "
        "forget drops offers (an id, a name, publisher/offer, or a glob on ids) or, with --all, "
        "everything, and gives the room back."),
    .word_at = record_action_at,
    .groups = FOR_ALL | FOR_RECORD,
    .min_arguments = 1,
    .max_arguments = -1,
    .run = record_run,
};

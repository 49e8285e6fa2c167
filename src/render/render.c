/* render.c - render.h: the formats, the fields of a document, its beginning and its end. */
#include "offerstat/render.h"

#include "offerstat/translate.h"
#include "offerstat/typo.h"

#include "document.h"
#include "fields.h"
#include "html.h"
#include "json.h"
#include "junit.h"
#include "markdown.h"
#include "name.h"
#include "ndjson.h"
#include "people.h"
#include "prometheus.h"
#include "separated.h"

#include <stdlib.h>
#include <string.h>

/* Maximum of text between two flushes; even the longest offer fits many times. */
#define TEXT_MAX ((size_t)256 * 1024 * 1024)

#define ALL_VIEWS ((1u << VIEW_COUNT) - 1)
#define OFFER_VIEWS                                                                                \
    (ALL_VIEWS &                                                                                   \
     ~(1u << VIEW_PUBLISHERS | 1u << VIEW_HISTORY | 1u << VIEW_STATS | 1u << VIEW_CHANGES))
#define CASE_VIEWS (OFFER_VIEWS | 1u << VIEW_CHANGES)
#define ID_VIEWS (ALL_VIEWS & ~(1u << VIEW_STATS))

const struct render_format *const render_formats[] = {
    &(const struct render_format){
        .name = "table",
        .help = N_("a table, or the steps in `show`"),
        .takes_fields = true,
        .takes_titles = true,
        .views = ALL_VIEWS,
        .writer = &table_writer,
    },
    &(const struct render_format){
        .name = "wide",
        .help = N_("a table with more columns"),
        .takes_fields = true,
        .takes_titles = true,
        .views = ALL_VIEWS,
        .writer = &wide_writer,
    },
    &(const struct render_format){
        .name = "json",
        .help = N_("one JSON document"),
        .machine = true,
        .takes_fields = true,
        .views = ALL_VIEWS,
        .writer = &json_writer,
    },
    &(const struct render_format){
        .name = "ndjson",
        .help = N_("one JSON object a line, as offers are read"),
        .machine = true,
        .takes_fields = true,
        .views = ALL_VIEWS,
        .writer = &ndjson_writer,
    },
    &(const struct render_format){
        .name = "csv",
        .help = N_("a table for a spreadsheet"),
        .machine = true,
        .takes_fields = true,
        .takes_titles = true,
        .views = ALL_VIEWS,
        .writer = &csv_writer,
    },
    &(const struct render_format){
        .name = "tsv",
        .help = N_("the same for cut and awk: a tab between columns, \\t in one"),
        .machine = true,
        .takes_fields = true,
        .takes_titles = true,
        .views = ALL_VIEWS,
        .writer = &tsv_writer,
    },
    &(const struct render_format){
        .name = "markdown",
        .help = N_("for the summary of a job, or a comment: at most 1 MiB, what blocks first"),
        .machine = true,
        .views = ALL_VIEWS,
        .writer = &markdown_writer,
    },
    &(const struct render_format){
        .name = "html",
        .help = N_("one page to look at or to print, without scripts"),
        .machine = true,
        .shows_passing = true,
        .views = ALL_VIEWS,
        .writer = &html_writer,
    },
    &(const struct render_format){
        .name = "junit",
        .help = N_("offers as test cases (XML), those that offend as failures"),
        .machine = true,
        .shows_passing = true,
        .views = CASE_VIEWS,
        .writer = &junit_writer,
    },
    &(const struct render_format){
        .name = "prometheus",
        .help = N_("metrics for the node exporter's textfile collector"),
        .machine = true,
        .shows_passing = true,
        .views = CASE_VIEWS,
        .writer = &prometheus_writer,
    },
    &(const struct render_format){
        .name = "name",
        .help = N_("ids alone, one a line"),
        .machine = true,
        .views = ID_VIEWS,
        .writer = &name_writer,
    },
};
const size_t render_format_count = sizeof(render_formats) / sizeof(render_formats[0]);

const struct render_format *render_format_find(const char *name)
{
    for (size_t i = 0; i < render_format_count; i++) {
        if (strcmp(render_formats[i]->name, name) == 0) {
            return render_formats[i];
        }
    }
    return NULL;
}

bool render_format_shows(const struct render_format *format, enum render_view view)
{
    return (format->views & 1u << view) != 0;
}

const struct render_field *render_field_at(enum render_view view, size_t i)
{
    const struct field *f = field_at(view, i);

    return f != NULL ? &f->info : NULL;
}

const struct render_field *render_field_find(enum render_view view, const char *word)
{
    const struct field *f = field_find(view, word);

    return f != NULL ? &f->info : NULL;
}

/* A table cannot show a field that is not tabular. */
static bool can_show(const struct render *r, const struct field *f)
{
    return f->info.tabular || !r->writer->tabular;
}

static int refuse_field(const struct render *r, const char *key, struct error *err)
{
    const char *known[2 * FIELD_COUNT_MAX]; /* keys, then titles */
    const struct field *f;
    const char *near;
    size_t count = 0;

    if (field_find(r->options.view, key) != NULL) {
        return error_set(err, ERR_USAGE, "--fields: \"%s\" is no column of a table; -o json has it",
                         key);
    }
    for (size_t i = 0; (f = field_at(r->options.view, i)) != NULL; i++) {
        if (can_show(r, f)) {
            known[count++] = f->info.key;
        }
    }
    for (size_t i = 0; (f = field_at(r->options.view, i)) != NULL; i++) {
        if (can_show(r, f) && f->info.title != NULL) {
            known[count++] = f->info.title;
        }
    }
    near = word_nearest(key, known, count);
    if (near != NULL) {
        return error_set(err, ERR_USAGE, "--fields: no field \"%s\"; did you mean \"%s\"?", key,
                         near);
    }
    return error_set(err, ERR_USAGE,
                     "--fields: no field \"%s\"; `offerstat help formatting` names them", key);
}

static int add_chosen_field(struct render *r, const char *key, struct error *err)
{
    const struct field *f = field_find(r->options.view, key);

    if (f == NULL || !can_show(r, f)) {
        return refuse_field(r, key, err);
    }
    for (size_t i = 0; i < r->field_count; i++) {
        if (r->fields[i] == f) {
            return 0; /* a second time is ignored: JSON must not repeat a key */
        }
    }
    r->fields[r->field_count++] = f;
    return 0;
}

static void add_column(struct render *r, const char *key)
{
    r->fields[r->field_count++] = field_find(r->options.view, key);
}

/* The view's own columns; its wide choice has ages and estimates in any case. */
static void add_columns(struct render *r)
{
    const char *const *columns = field_columns(r->options.view, r->writer->wide);

    for (size_t i = 0; columns[i] != NULL; i++) {
        add_column(r, columns[i]);
        if (r->writer->wide || strcmp(columns[i], "step") != 0) {
            continue;
        }
        if (r->options.ages) {
            add_column(r, "since");
        }
        if (r->options.estimates) {
            add_column(r, "estimate");
        }
    }
}

/* Every field; for tokens every column but those for people. */
static void add_all_fields(struct render *r)
{
    const struct field *f;

    for (size_t i = 0; (f = field_at(r->options.view, i)) != NULL; i++) {
        bool wanted = !f->flat;
        if (r->writer->tokens) {
            wanted = f->info.tabular && !f->for_people;
        }
        if (wanted) {
            r->fields[r->field_count++] = f;
        }
    }
}

/* The fields that the user named, else the view's columns in a table for people, else all. */
static int choose_fields(struct render *r, struct error *err)
{
    const struct render_options *o = &r->options;

    for (size_t i = 0; i < o->field_count; i++) {
        if (add_chosen_field(r, o->fields[i], err) != 0) {
            return -1;
        }
    }
    if (o->field_count == 0 && r->writer->tabular && !r->writer->tokens) {
        add_columns(r);
    } else if (o->field_count == 0) {
        add_all_fields(r);
    }
    return 0;
}

/* Say which formats the view has. */
static int refuse_view(const struct render_format *format, enum render_view view, struct error *err)
{
    const char *sign = " ";

    error_set(err, ERR_USAGE, "this command does not print the format \"%s\"; it has",
              format->name);
    for (size_t i = 0; i < render_format_count; i++) {
        if (render_format_shows(render_formats[i], view)) {
            error_append(err, "%s%s", sign, render_formats[i]->name);
            sign = ", ";
        }
    }
    return -1;
}

int render_open(const struct render_format *format, const struct render_options *options,
                struct render **out, struct error *err)
{
    struct render *r;

    if (!render_format_shows(format, options->view)) {
        return refuse_view(format, options->view, err);
    }
    r = calloc(1, sizeof(*r));
    if (r == NULL) {
        return error_memory(err);
    }
    *r = (struct render){ .writer = format->writer,
                          .options = *options,
                          .text = STRBUF_INIT(TEXT_MAX),
                          .value = STRBUF_INIT(TEXT_MAX),
                          .safe = STRBUF_INIT(TEXT_MAX) };
    if (format->machine) { /* the document is the same on a terminal as in a pipe */
        r->options.color = r->options.links = r->options.positions = false;
        r->options.width = 0;
        r->options.time = RENDER_TIME_UTC;
    }
    if (r->writer->tokens) {
        r->options.tokens = true;
    }
    if (choose_fields(r, err) != 0) {
        render_close(r);
        return -1;
    }
    *out = r;
    return 0;
}

bool render_streams(const struct render *r)
{
    return r->writer->offer != NULL;
}

int render_offer(struct render *r, const struct offer *o, struct error *err)
{
    return r->writer->offer(r, o, err);
}

bool render_shows_outlook(const struct render *r)
{
    bool is_list = r->options.view == VIEW_LIST || r->options.view == VIEW_APPROVALS;

    if (!is_list || r->writer->cards) {
        return true;
    }
    for (size_t i = 0; i < r->field_count; i++) {
        if (r->fields[i]->is_outlook) {
            return true;
        }
    }
    return false;
}

bool render_shows_ending(const struct render *r)
{
    return r->writer->shows_ending;
}

bool render_writes_events(const struct render *r)
{
    return r->writer->event != NULL;
}

int render_event(struct render *r, const struct wait_event *e, struct error *err)
{
    return r->writer->event(r, e, err);
}

int render_finish(struct render *r, const struct report *report, struct error *err)
{
    int rc;

    translate_suspend(r->writer->english);
    rc = r->writer->finish(r, report, err);
    translate_suspend(false);
    if (rc != 0) {
        return -1;
    }
    return render_flush_all(r, err);
}

int render_whole(struct render *r, const struct report *report, struct error *err)
{
    struct offer scratch;

    /* A wait has written its events in place of offers. */
    for (size_t i = 0; render_streams(r) && report->ending == NULL && i < report->offers.count;
         i++) {
        if (render_offer(r, offer_list_at(&report->offers, i, &scratch), err) != 0) {
            return -1;
        }
    }
    return render_finish(r, report, err);
}

void render_close(struct render *r)
{
    if (r == NULL) {
        return;
    }
    strbuf_clear(&r->text);
    strbuf_clear(&r->value);
    strbuf_clear(&r->safe);
    free(r);
}

/* table.c - rows for people: widths of our own, layout by libsmartcols as far as people read. */
#include "table.h"

#include "offerstat/escape.h"

#include "fields.h"
#include "layout.h"

#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>

/* libsmartcols keeps every cell of a table and decodes each four times: 100,000 rows would take
 * most of the run and 60 MiB.  The rows after these are laid out in the same columns by put_row. */
#define LAID_OUT 1000
#define GAP "  " /* between two columns */
#define FITTED_MAX ((size_t)4 * 1024 * 1024)

/* Columns are cut down to the first width, then, where that is not enough, to the next.  Below the
 * last one lines grow longer than the window, since state and id are never cut. */
static const size_t least_widths[] = { 12, 8, 4 };

struct table {
    struct render *r;
    const struct report *report;
    size_t widths[FIELD_COUNT_MAX];
    bool cut[FIELD_COUNT_MAX];
    struct strbuf fitted; /* a cell cut to its column */
};

static const char *ellipsis(const struct render *r)
{
    return r->options.ascii ? ".." : "\xE2\x80\xA6";
}

/* The cell's whole text, safe, "-" where there is none.  Valid until the next call. */
static const char *cell_text(struct render *r, const struct field *f, const void *record)
{
    render_start_over(r, &r->value);
    render_start_over(r, &r->safe);
    f->text(&r->value, record, &r->options);
    escape_text(&r->safe, strbuf_text(&r->value), ESCAPE_WIDTH | (r->options.ci ? ESCAPE_CI : 0));
    return r->safe.len > 0 ? strbuf_text(&r->safe) : "-";
}

static size_t widest_cell(struct table *t, const struct field *field)
{
    size_t count = render_record_count(t->r, t->report), widest = 0;

    for (size_t i = 0; i < count; i++) {
        const void *record = render_record(t->r, t->report, i);
        size_t width = escape_width(cell_text(t->r, field, record));
        if (width > widest) {
            widest = width;
        }
    }
    return widest;
}

static void measure(struct table *t)
{
    for (size_t f = 0; f < t->r->field_count; f++) {
        const struct field *field = t->r->fields[f];
        size_t title = t->r->options.header ? escape_width(field->info.title) : 1;
        size_t cell = widest_cell(t, field);
        t->widths[f] = cell > title ? cell : title;
    }
}

static size_t total_width(const struct table *t)
{
    size_t total = 0;

    for (size_t f = 0; f < t->r->field_count; f++) {
        total += t->widths[f] + (f > 0 ? strlen(GAP) : 0);
    }
    return total;
}

/* Take up to `excess` columns from a field, which keeps `least`; how many it gave. */
static size_t cut_field(struct table *t, size_t f, size_t least, size_t excess)
{
    size_t given;

    if (t->widths[f] <= least || excess == 0) {
        return 0;
    }
    given = t->widths[f] - least;
    if (given > excess) {
        given = excess;
    }
    t->widths[f] -= given;
    t->cut[f] = true;
    return given;
}

/* Make the table as narrow as the window, at the cost of the fields that are cut most readily. */
static void shrink(struct table *t)
{
    size_t total = total_width(t), width = t->r->options.width;
    size_t excess = total > width ? total - width : 0;

    for (size_t i = 0; i < sizeof(least_widths) / sizeof(least_widths[0]); i++) {
        for (unsigned readiness = FIELD_CUT_MAX; readiness > 0; readiness--) {
            for (size_t f = 0; f < t->r->field_count; f++) {
                if (t->r->fields[f]->cut == readiness) {
                    excess -= cut_field(t, f, least_widths[i], excess);
                }
            }
        }
    }
}

/* Text as its column shows it; valid until the next call. */
static const char *fit(struct table *t, size_t f, const char *text)
{
    if (!t->cut[f]) {
        return text;
    }
    render_start_over(t->r, &t->fitted);
    layout_cut(&t->fitted, text, t->widths[f], ellipsis(t->r));
    return strbuf_text(&t->fitted);
}

static const char *color_of(const struct table *t, size_t f, const void *record)
{
    const struct field *field = t->r->fields[f];

    if (!t->r->options.color || field->color == NULL) {
        return NULL;
    }
    return field->color(record);
}

/* Functions of libsmartcols give 0 or a negative errno; all that they can meet here is a lack of
 * memory. */
static int add_cell(struct libscols_line *line, size_t f, const char *text, const char *color)
{
    if (scols_line_set_data(line, f, text) != 0) {
        return -1;
    }
    if (color != NULL && scols_cell_set_color(scols_line_get_cell(line, f), color) != 0) {
        return -1;
    }
    return 0;
}

static int add_title_line(struct table *t, struct libscols_table *table)
{
    struct libscols_line *line = scols_table_new_line(table, NULL);
    const char *color = t->r->options.color ? "\033[1m" : NULL;

    if (line == NULL) {
        return -1;
    }
    for (size_t f = 0; f < t->r->field_count; f++) {
        if (add_cell(line, f, fit(t, f, t->r->fields[f]->info.title), color) != 0) {
            return -1;
        }
    }
    return 0;
}

static int add_line(struct table *t, struct libscols_table *table, const void *record)
{
    struct libscols_line *line = scols_table_new_line(table, NULL);

    if (line == NULL) {
        return -1;
    }
    for (size_t f = 0; f < t->r->field_count; f++) {
        const char *text = fit(t, f, cell_text(t->r, t->r->fields[f], record));
        if (add_cell(line, f, text, color_of(t, f, record)) != 0) {
            return -1;
        }
    }
    return 0;
}

/* The titles are a row like any other: a column with a title would not obey our width. */
static int set_up(const struct table *t, struct libscols_table *table)
{
    if (scols_table_enable_noheadings(table, 1) != 0 ||
        scols_table_enable_colors(table, t->r->options.color) != 0 ||
        scols_table_set_column_separator(table, GAP) != 0 ||
        scols_table_set_termforce(table, SCOLS_TERMFORCE_NEVER) != 0 ||
        scols_table_set_stream(table, t->r->options.out) != 0) {
        return -1;
    }
    for (size_t f = 0; f < t->r->field_count; f++) {
        double width = (double)t->widths[f];
        if (scols_table_new_column(table, NULL, width, SCOLS_FL_STRICTWIDTH) == NULL) {
            return -1;
        }
    }
    return 0;
}

static int add_lines(struct table *t, struct libscols_table *table, size_t count)
{
    if (t->r->options.header && add_title_line(t, table) != 0) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        if (add_line(t, table, render_record(t->r, t->report, i)) != 0) {
            return -1;
        }
    }
    return t->fitted.failed || t->r->value.failed || t->r->safe.failed ? -1 : 0;
}

/* Write the titles and the first `count` records. */
static int lay_out(struct table *t, size_t count, struct error *err)
{
    struct libscols_table *table = scols_new_table();
    int rc = -1;

    if (table == NULL || set_up(t, table) != 0 || add_lines(t, table, count) != 0) {
        error_memory(err);
    } else if (scols_print_table(table) != 0) {
        error_set(err, ERR_OUTPUT, "cannot write the table");
    } else {
        rc = 0;
    }
    scols_unref_table(table);
    return rc;
}

/* A record as libsmartcols would write it. */
static void put_row(struct table *t, const void *record)
{
    struct strbuf *out = &t->r->text;
    size_t last = t->r->field_count - 1;

    for (size_t f = 0; f <= last; f++) {
        const char *color = color_of(t, f, record);
        const char *text = fit(t, f, cell_text(t->r, t->r->fields[f], record));
        if (color != NULL) {
            strbuf_puts(out, color);
        }
        layout_pad(out, text, f < last ? t->widths[f] : 0);
        if (color != NULL) {
            strbuf_puts(out, "\033[0m");
        }
        strbuf_puts(out, f < last ? GAP : "\n");
    }
}

static int write_rows(struct table *t, struct error *err)
{
    size_t count = render_record_count(t->r, t->report);

    if (lay_out(t, count < LAID_OUT ? count : LAID_OUT, err) != 0) {
        return -1;
    }
    for (size_t i = LAID_OUT; i < count; i++) {
        put_row(t, render_record(t->r, t->report, i));
        if (render_flush_some(t->r, err) != 0) {
            return -1;
        }
    }
    return t->fitted.failed ? error_memory(err) : 0;
}

int table_write(struct render *r, const struct report *report, struct error *err)
{
    struct table t = { .r = r, .report = report, .fitted = STRBUF_INIT(FITTED_MAX) };
    int rc;

    measure(&t);
    if (r->options.width > 0) {
        shrink(&t);
    }
    rc = write_rows(&t, err);
    strbuf_clear(&t.fitted);
    return rc;
}

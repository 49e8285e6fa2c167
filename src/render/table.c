/* table.c - a table for people: measured, laid out for the window, written row by row.
 *
 * No library does this: libsmartcols counts the parts of an emoji and not the whole, keeps every
 * cell in memory, cuts without an ellipsis, and has neither short ages nor a record on two
 * lines. */
#include "table.h"

#include "offerstat/escape.h"
#include "offerstat/translate.h"
#include "offerstat/width.h"

#include "fields.h"
#include "layout.h"

#include <string.h>

#define FITTED_MAX ((size_t)4 * 1024 * 1024)
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

_Static_assert(FIELD_COUNT_MAX <= LAYOUT_COLUMNS_MAX, "a layout has room for every field");

struct table {
    struct render *r;
    const struct report *report;
    struct layout_column columns[FIELD_COUNT_MAX];
    struct layout_plan plan;
    struct strbuf fitted; /* scratch: a cell cut to its column */
};

static const char *ellipsis(const struct render *r)
{
    return r->options.ascii ? ".." : "\xE2\x80\xA6";
}

/* The cell's whole text, made safe; "-" when it is empty.  Valid until the next call. */
static const char *cell_text(struct render *r, const struct field *f, const void *record)
{
    render_start_over(r, &r->value);
    render_start_over(r, &r->safe);
    f->text(&r->value, record, &r->options);
    escape_text(&r->safe, strbuf_text(&r->value), ESCAPE_WIDTH | (r->options.ci ? ESCAPE_CI : 0));
    return r->safe.len > 0 ? strbuf_text(&r->safe) : "-";
}

/* The column's title, a short one above short ages. */
static const char *title_of(const struct render *r, const struct field *f)
{
    if (r->options.time == RENDER_TIME_AGE && f->age_title != NULL) {
        return _(f->age_title);
    }
    return _(f->info.title);
}

/* How wide each column's title and cells are.  With times_alone only the columns that show a time
 * are measured. */
static void measure_cells(struct table *t, bool times_alone, size_t widest[FIELD_COUNT_MAX])
{
    size_t count = render_record_count(t->r, t->report);

    for (size_t i = 0; i < t->r->field_count; i++) {
        widest[i] = 1;
        if (t->r->options.header) {
            widest[i] = width_of(title_of(t->r, t->r->fields[i]));
        }
    }
    for (size_t row = 0; row < count; row++) {
        const void *record = render_record(t->r, t->report, row);
        for (size_t i = 0; i < t->r->field_count; i++) {
            const struct field *f = t->r->fields[i];
            size_t width = 0;
            if (!times_alone || f->is_time) {
                width = width_most(cell_text(t->r, f, record));
            }
            if (width > widest[i]) {
                widest[i] = width;
            }
        }
    }
}

static bool is_what_the_view_is_for(enum render_view view, const struct field *f)
{
    return view == VIEW_APPROVALS && strcmp(f->info.key, "action") == 0;
}

static void measure(struct table *t)
{
    const struct render_options *options = &t->r->options;
    size_t widest[FIELD_COUNT_MAX] = { 0 };

    measure_cells(t, false, widest);
    for (size_t i = 0; i < t->r->field_count; i++) {
        const struct field *f = t->r->fields[i];
        t->columns[i] = (struct layout_column){ .width = widest[i],
                                                .short_width = widest[i],
                                                .least = f->least,
                                                .leaves = f->leaves,
                                                .leads = f->leads };
        if (options->field_count > 0 || is_what_the_view_is_for(options->view, f)) {
            t->columns[i].leaves = 0;
        } else if (t->r->writer->wide && f->leaves > 0) {
            t->columns[i].leaves = (unsigned)(FIELD_COUNT_MAX - i); /* the rightmost first */
        }
    }
}

/* Use short ages if the window has no room for the long ones. */
static void allow_ages(struct table *t)
{
    enum render_time time = t->r->options.time;
    size_t widest[FIELD_COUNT_MAX] = { 0 };

    t->r->options.time = RENDER_TIME_AGE;
    measure_cells(t, true, widest);
    t->r->options.time = time;
    for (size_t i = 0; i < t->r->field_count; i++) {
        if (t->r->fields[i]->is_time) {
            t->columns[i].short_width = widest[i];
        }
    }
}

/* Columns taken by the marks of rows. */
static size_t margin(const struct render *r)
{
    return r->options.mark != NULL ? 2 : 0;
}

static void put_margin(struct table *t, const void *record)
{
    if (t->r->options.mark != NULL) {
        char sign = ' ';
        if (record != NULL) {
            sign = t->r->options.mark(t->r->options.mark_user, record);
        }
        strbuf_printf(&t->r->text, "%c ", sign);
    }
}

/* Let even the action column of `approvals` be dropped: the state implies the action. */
static void allow_dropping_action(struct table *t)
{
    const struct render_options *options = &t->r->options;

    for (size_t i = 0; i < t->r->field_count && options->field_count == 0; i++) {
        if (is_what_the_view_is_for(options->view, t->r->fields[i])) {
            t->columns[i].leaves = FIELD_COUNT_MAX + 1; /* after all others */
        }
    }
}

static bool takes_more_than_two_lines(const struct layout_plan *plan)
{
    size_t lines = 0;

    for (size_t i = 0; i < plan->count; i++) {
        if (plan->places[i].breaks) {
            lines++;
        }
    }
    return lines > 2;
}

/* Relative times become short ages before anything is cut.  Full times, which were asked for,
 * become short and the action is dropped only when a record would take more than two lines, such as
 * a long id in 40 columns. */
static void lay_out(struct table *t)
{
    struct render_options *options = &t->r->options;
    size_t width = options->width, taken = margin(t->r);
    bool has_ages = options->time == RENDER_TIME_RELATIVE && width > 0;

    if (width > taken) {
        width -= taken;
    }
    if (has_ages) {
        allow_ages(t);
    }
    layout_plan(t->columns, t->r->field_count, width, &t->plan);
    if (!has_ages && takes_more_than_two_lines(&t->plan)) {
        has_ages = true;
        allow_ages(t);
        layout_plan(t->columns, t->r->field_count, width, &t->plan);
    }
    if (takes_more_than_two_lines(&t->plan)) {
        allow_dropping_action(t);
        layout_plan(t->columns, t->r->field_count, width, &t->plan);
    }
    if (has_ages && t->plan.short_ages) {
        options->time = RENDER_TIME_AGE;
    }
}

/* Text cut to its column; valid until the next call. */
static const char *fit(struct table *t, const struct layout_place *at, const char *text)
{
    const struct layout_column *column = &t->columns[at->column];

    if (at->width >= column->width || at->width >= column->short_width) {
        return text;
    }
    render_start_over(t->r, &t->fitted);
    layout_cut(&t->fitted, text, at->width, ellipsis(t->r));
    return strbuf_text(&t->fitted);
}

/* Append a cell, with blanks up to the next one on the line. */
static void put_cell(struct table *t, size_t place, size_t begins, const char *text,
                     const char *color)
{
    const struct layout_place *at = &t->plan.places[place];
    bool last = place + 1 == t->plan.count || t->plan.places[place + 1].breaks;
    struct strbuf *out = &t->r->text;
    bool positioned;

    text = fit(t, at, text);
    if (color != NULL) {
        strbuf_puts(out, color);
    }
    positioned = !last && t->r->options.positions && width_differs(text);
    if (positioned) {
        /* not past the column where a terminal that counts the most columns may already be */
        strbuf_puts(out, text);
        strbuf_put_blanks(out, width_most(text), at->width);
    } else {
        layout_pad(out, text, last ? 0 : at->width);
    }
    if (color != NULL) {
        strbuf_puts(out, PLAIN);
    }
    if (last) {
        strbuf_puts(out, "\n");
    } else if (positioned) {
        strbuf_printf(out, "\033[%zuG", begins + at->width + t->plan.gap + 1);
    } else {
        strbuf_append(out, "  ", t->plan.gap);
    }
}

/* Append the titles, or a record. */
static void put_row(struct table *t, const void *record)
{
    size_t begins = margin(t->r); /* columns of the line before the cell */

    put_margin(t, record);
    for (size_t i = 0; i < t->plan.count; i++) {
        const struct layout_place *at = &t->plan.places[i];
        const struct field *f = t->r->fields[at->column];
        const char *color = NULL, *text;
        if (at->breaks) {
            begins = margin(t->r) + (i > 0 ? t->plan.indent : 0);
            render_indent(t->r, i > 0 ? begins : 0);
        }
        if (record == NULL) {
            text = title_of(t->r, f);
            color = BOLD;
        } else {
            text = cell_text(t->r, f, record);
            color = f->color != NULL ? f->color(record) : NULL;
        }
        put_cell(t, i, begins, text, t->r->options.color ? color : NULL);
        begins += at->width + t->plan.gap;
    }
}

static int write_rows(struct table *t, struct error *err)
{
    size_t count = render_record_count(t->r, t->report);

    if (t->r->options.header) {
        put_row(t, NULL);
    }
    for (size_t i = 0; i < count; i++) {
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

    render_show_publishers(r, report);
    measure(&t);
    lay_out(&t);
    rc = write_rows(&t, err);
    strbuf_clear(&t.fitted);
    return rc;
}

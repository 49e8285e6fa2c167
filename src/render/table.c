/* table.c - rows for people: widths of our own, layout by libsmartcols as far as people read. */
#include "offerstat/escape.h"

#include "layout.h"
#include "render_priv.h"

#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>

/* libsmartcols keeps every cell of a table and decodes each four times: 100,000 rows would take
 * most of the run and 60 MiB.  Nobody reads so many, and what does read them finds the rows behind
 * these laid out in the same columns by put_row. */
#define LAID_OUT 1000
#define GAP 2
#define FITTED_MAX ((size_t)4 * 1024 * 1024)

/* Widths that a cut column keeps as long as another can give more, and at the very least: below the
 * last one lines grow longer than the window, since state and id are never cut. */
static const size_t floors[] = { 12, 8, 4 };

struct table {
    struct render *r;
    const struct report *report;
    size_t widths[64]; /* more than there are fields */
    bool cut[64];
    struct strbuf fitted; /* a cell cut to its column */
};

static const char *ellipsis(const struct render *r)
{
    return r->options.ascii ? ".." : "\xE2\x80\xA6";
}

/* The cell's whole text, safe, "-" where there is none.  Valid until the next call. */
static const char *cell_text(struct render *r, const struct field *f, const void *record)
{
    render_start_over(r, &r->spare);
    render_start_over(r, &r->cell);
    f->text(&r->spare, record, &r->options);
    escape_text(&r->cell, strbuf_text(&r->spare), ESCAPE_WIDTH | (r->options.ci ? ESCAPE_CI : 0));
    return r->cell.len > 0 ? strbuf_text(&r->cell) : "-";
}

static void measure(struct table *t)
{
    size_t count = render_record_count(t->r, t->report);

    for (size_t f = 0; f < t->r->field_count; f++) {
        const struct field *field = t->r->fields[f];
        t->widths[f] = t->r->options.header ? escape_width(field->info.title) : 1;
        for (size_t i = 0; i < count; i++) {
            size_t width = escape_width(cell_text(t->r, field, render_record(t->r, t->report, i)));
            t->widths[f] = width > t->widths[f] ? width : t->widths[f];
        }
    }
}

static size_t total_width(const struct table *t)
{
    size_t total = t->r->field_count > 0 ? (t->r->field_count - 1) * GAP : 0;

    for (size_t f = 0; f < t->r->field_count; f++) {
        total += t->widths[f];
    }
    return total;
}

/* Take what is too much from the columns that may be cut, the readiest first. */
static void shrink(struct table *t)
{
    size_t total = total_width(t), width = t->r->options.width;

    for (size_t level = 0; level < sizeof(floors) / sizeof(floors[0]); level++) {
        for (unsigned readiness = 9; readiness > 0; readiness--) {
            for (size_t f = 0; f < t->r->field_count && total > width; f++) {
                size_t spare = t->widths[f] > floors[level] ? t->widths[f] - floors[level] : 0;
                size_t take = total - width < spare ? total - width : spare;
                if (t->r->fields[f]->cut == readiness && take > 0) {
                    t->widths[f] -= take;
                    t->cut[f] = true;
                    total -= take;
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

    return t->r->options.color && field->color != NULL ? field->color(record) : NULL;
}

static int add_title_line(struct table *t, struct libscols_table *table)
{
    struct libscols_line *line = scols_table_new_line(table, NULL);
    int rc = line == NULL ? -1 : 0;

    for (size_t f = 0; rc == 0 && f < t->r->field_count; f++) {
        rc = scols_line_set_data(line, f, fit(t, f, t->r->fields[f]->info.title));
        if (rc == 0 && t->r->options.color) {
            rc = scols_cell_set_color(scols_line_get_cell(line, f), "\033[1m");
        }
    }
    return rc;
}

static int add_line(struct table *t, struct libscols_table *table, const void *record)
{
    struct libscols_line *line = scols_table_new_line(table, NULL);
    int rc = line == NULL ? -1 : 0;

    for (size_t f = 0; rc == 0 && f < t->r->field_count; f++) {
        const char *color = color_of(t, f, record);
        rc = scols_line_set_data(line, f, fit(t, f, cell_text(t->r, t->r->fields[f], record)));
        if (rc == 0 && color != NULL) {
            rc = scols_cell_set_color(scols_line_get_cell(line, f), color);
        }
    }
    return rc;
}

/* The titles are a row like any other: a column with a title would not obey our width. */
static struct libscols_table *new_table(const struct table *t)
{
    struct libscols_table *table = scols_new_table();
    int rc = table == NULL ? -1 : 0;

    rc = rc == 0 ? scols_table_enable_noheadings(table, 1) : rc;
    rc = rc == 0 ? scols_table_enable_colors(table, t->r->options.color) : rc;
    rc = rc == 0 ? scols_table_set_column_separator(table, "  ") : rc;
    rc = rc == 0 ? scols_table_set_termforce(table, SCOLS_TERMFORCE_NEVER) : rc;
    rc = rc == 0 ? scols_table_set_stream(table, t->r->options.out) : rc;
    for (size_t f = 0; rc == 0 && f < t->r->field_count; f++) {
        rc = scols_table_new_column(table, NULL, (double)t->widths[f], SCOLS_FL_STRICTWIDTH) == NULL
                 ? -1
                 : 0;
    }
    if (rc != 0) {
        scols_unref_table(table);
        return NULL;
    }
    return table;
}

static int lay_out(struct table *t, size_t count, struct error *err)
{
    struct libscols_table *table = new_table(t);
    int rc = table == NULL ? -1 : 0;

    if (rc == 0 && t->r->options.header) {
        rc = add_title_line(t, table);
    }
    for (size_t i = 0; rc == 0 && i < count; i++) {
        rc = add_line(t, table, render_record(t->r, t->report, i));
    }
    if (rc != 0 || t->fitted.failed || t->r->spare.failed || t->r->cell.failed) {
        scols_unref_table(table);
        return error_memory(err);
    }
    rc = scols_print_table(table);
    scols_unref_table(table);
    return rc == 0 ? 0 : error_set(err, ERR_OUTPUT, "cannot write the table");
}

static void put_row(struct table *t, const void *record)
{
    struct strbuf *out = &t->r->text;
    size_t last = t->r->field_count - 1;

    for (size_t f = 0; f <= last; f++) {
        const char *color = color_of(t, f, record);
        const char *text = fit(t, f, cell_text(t->r, t->r->fields[f], record));
        strbuf_puts(out, color != NULL ? color : "");
        layout_pad(out, text, f < last ? t->widths[f] : 0);
        strbuf_puts(out, color != NULL ? "\033[0m" : "");
        strbuf_puts(out, f < last ? "  " : "\n");
    }
}

static int print_table(struct table *t, struct error *err)
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

/* "12 offers: 2 Publish failed, 10 -" would leave the reader alone with the dash. */
static const char *tally_label(enum offer_state state)
{
    return state == STATE_NONE ? "with nothing under way" : state_label(state);
}

void table_put_states(struct render *r, const struct report *report, const char *sign, size_t used)
{
    static const enum offer_state order[] = {
        STATE_FAILED,   STATE_UNKNOWN, STATE_PENDING_SIGNOFF, STATE_IN_PROGRESS, STATE_CANCELED,
        STATE_DELISTED, STATE_NONE,
    };

    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
        char part[96];
        if (report->counts[order[i]] == 0) {
            continue;
        }
        snprintf(part, sizeof(part), "%zu %s", report->counts[order[i]], tally_label(order[i]));
        if (r->options.width > 0 && used + strlen(sign) + strlen(part) >= r->options.width) {
            strbuf_printf(&r->text, "%.1s\n  ", sign);
            used = 2;
            sign = "";
        }
        strbuf_puts(&r->text, sign);
        used += strlen(sign) + strlen(part);
        render_put_colored(r, field_state_color(order[i]), part);
        sign = ", ";
    }
    strbuf_puts(&r->text, "\n");
}

static void put_tally(struct render *r, const struct report *report)
{
    char total[32];

    snprintf(total, sizeof(total), "%zu offer%s", report->total, report->total == 1 ? "" : "s");
    strbuf_printf(&r->text, "\n%s", total);
    table_put_states(r, report, ": ", strlen(total));
}

/* What the service says of events, below their table. */
static void put_event_messages(struct render *r, const struct report *report)
{
    for (size_t i = 0; i < report->event_count; i++) {
        const struct event *e = &report->events[i];
        if (e->message_count == 0) {
            continue;
        }
        strbuf_printf(&r->text, "\n%s ", e->kind);
        render_put(r, e->id != NULL ? e->id : "");
        strbuf_puts(&r->text, "\n");
        detail_put_messages(r, 2, e->messages, e->message_count);
    }
}

static int table_finish(struct render *r, const struct report *report, struct error *err)
{
    struct table t = { .r = r, .report = report, .fitted = STRBUF_INIT(FITTED_MAX) };
    size_t count = render_record_count(r, report);
    int rc;

    if (r->options.view == VIEW_CHECK && r->options.field_count == 0) {
        return check_finish(r, report, err);
    }
    if (count == 0) {
        return 0; /* a word on stderr says so */
    }
    if (r->options.view == VIEW_SHOW && r->options.field_count == 0) {
        return detail_finish(r, report, err);
    }
    measure(&t);
    if (r->options.width > 0) {
        shrink(&t);
    }
    rc = print_table(&t, err);
    strbuf_clear(&t.fitted);
    if (rc == 0 && r->options.header && render_has_offers(r)) {
        put_tally(r, report);
    }
    if (rc == 0 && r->options.view == VIEW_HISTORY) {
        put_event_messages(r, report);
    }
    return rc;
}

const struct render_writer table_writer = { .tabular = true, .finish = table_finish };
const struct render_writer wide_writer = { .tabular = true, .wide = true, .finish = table_finish };

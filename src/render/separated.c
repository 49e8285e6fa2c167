/* separated.c - a record a line, its columns separated: csv and tsv. */
#include "separated.h"

#include "offerstat/escape.h"

/* How a format separates, ends and escapes. */
struct separation {
    const char *column, *line;
    const char *nothing; /* written for an empty cell that is the only one of its line, which must
                            not be empty */
    void (*put_cell)(struct strbuf *out, const char *text);
};

static void put_tsv_cell(struct strbuf *out, const char *text)
{
    escape_backslash(out, text, "\t\n\r\\");
}

static void put_titles(struct render *r, const struct separation *s)
{
    for (size_t i = 0; i < r->field_count; i++) {
        render_put_raw(r, i > 0 ? s->column : "");
        render_put_raw(r, r->fields[i]->info.key);
    }
    render_put_raw(r, s->line);
}

static void put_record(struct render *r, const struct separation *s, const void *record)
{
    for (size_t i = 0; i < r->field_count; i++) {
        render_put_raw(r, i > 0 ? s->column : "");
        render_start_over(r, &r->value);
        r->fields[i]->text(&r->value, record, &r->options);
        s->put_cell(&r->text, strbuf_text(&r->value));
    }
    if (r->field_count == 1 && r->value.len == 0) {
        render_put_raw(r, s->nothing);
    }
    render_put_raw(r, s->line);
}

static int finish(struct render *r, const struct report *report, const struct separation *s,
                  struct error *err)
{
    size_t count = render_record_count(r, report);

    if (r->options.header) {
        put_titles(r, s);
    }
    for (size_t i = 0; i < count; i++) {
        put_record(r, s, render_record(r, report, i));
        if (render_flush_some(r, err) != 0) {
            return -1;
        }
    }
    return 0;
}

static int csv_finish(struct render *r, const struct report *report, struct error *err)
{
    static const struct separation csv = {
        .column = ",", .line = "\r\n", .nothing = "\"\"", .put_cell = escape_csv
    };

    return finish(r, report, &csv, err);
}

static int tsv_finish(struct render *r, const struct report *report, struct error *err)
{
    static const struct separation tsv = {
        .column = "\t", .line = "\n", .nothing = "", .put_cell = put_tsv_cell
    };

    return finish(r, report, &tsv, err);
}

const struct render_writer csv_writer = {
    .tabular = true, .tokens = true, .english = true, .finish = csv_finish
};
const struct render_writer tsv_writer = {
    .tabular = true, .tokens = true, .english = true, .finish = tsv_finish
};

/* render.c - the formats, and what is common to them. */
#include "render_priv.h"

#include "offerstat/escape.h"
#include "offerstat/typo.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* One piece that is written at once: an offer in its longest form fits many times. */
#define TEXT_MAX ((size_t)256 * 1024 * 1024)
#define FLUSH_AT ((size_t)64 * 1024)

static const struct render_format table_format = { "table", "a table, or the steps in `show`",
                                                   false, &table_writer };
static const struct render_format wide_format = { "wide", "a table with more columns", false,
                                                  &wide_writer };
static const struct render_format json_format = { "json", "one JSON document", true, &json_writer };
static const struct render_format ndjson_format = { "ndjson",
                                                    "one JSON object a line, as offers are read",
                                                    true, &ndjson_writer };
static const struct render_format name_format = { "name", "ids alone, one a line", true,
                                                  &name_writer };

const struct render_format *const render_formats[] = {
    &table_format, &wide_format, &json_format, &ndjson_format, &name_format,
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

const struct render_field *render_field_at(enum render_view view, size_t i)
{
    const struct field *f = field_at(view, i);

    return f != NULL ? &f->info : NULL;
}

static int refuse_field(const struct render *r, const char *key, struct error *err)
{
    const char *known[64];
    const struct field *f;
    const char *near;
    size_t count = 0;

    for (size_t i = 0; count < 64 && (f = field_at(r->options.view, i)) != NULL; i++) {
        if (f->info.tabular || !r->writer->tabular) {
            known[count++] = f->info.key;
        }
    }
    if (field_find(r->options.view, key) != NULL) {
        return error_set(err, ERR_USAGE, "--fields: \"%s\" is no column of a table; -o json has it",
                         key);
    }
    near = word_nearest(key, known, count);
    if (near != NULL) {
        return error_set(err, ERR_USAGE, "--fields: no field \"%s\"; did you mean \"%s\"?", key,
                         near);
    }
    return error_set(err, ERR_USAGE,
                     "--fields: no field \"%s\"; `offerstat help formatting` names them", key);
}

static int add_field(struct render *r, const char *key, struct error *err)
{
    const struct field *f = field_find(r->options.view, key);

    if (f == NULL || (r->writer->tabular && !f->info.tabular)) {
        return refuse_field(r, key, err);
    }
    for (size_t i = 0; i < r->field_count; i++) {
        if (r->fields[i] == f) {
            return 0; /* once is enough, and a key may stand only once in JSON */
        }
    }
    r->fields[r->field_count++] = f;
    return 0;
}

/* The fields the user named, else the view's columns, else all. */
static int choose_fields(struct render *r, struct error *err)
{
    const struct render_options *o = &r->options;
    const char *const *columns = field_columns(o->view, r->writer->wide);
    const struct field *f;

    r->fields = calloc(o->field_count + 64, sizeof(const struct field *));
    if (r->fields == NULL) {
        return error_memory(err);
    }
    for (size_t i = 0; i < o->field_count; i++) {
        if (add_field(r, o->fields[i], err) != 0) {
            return -1;
        }
    }
    if (o->field_count > 0) {
        return 0;
    }
    for (size_t i = 0; r->writer->tabular && columns[i] != NULL; i++) {
        r->fields[r->field_count++] = field_find(o->view, columns[i]);
    }
    for (size_t i = 0; !r->writer->tabular && (f = field_at(o->view, i)) != NULL; i++) {
        r->fields[r->field_count++] = f;
    }
    return 0;
}

int render_open(const struct render_format *format, const struct render_options *options,
                struct render **out, struct error *err)
{
    struct render *r = calloc(1, sizeof(*r));

    if (r == NULL) {
        return error_memory(err);
    }
    *r = (struct render){ .writer = format->writer,
                          .options = *options,
                          .text = STRBUF_INIT(TEXT_MAX),
                          .spare = STRBUF_INIT(TEXT_MAX),
                          .cell = STRBUF_INIT(TEXT_MAX) };
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

static int refuse_write(struct error *err)
{
    if (errno == EPIPE) { /* libcurl has the signal ignored while it calls us */
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
    return error_set(err, ERR_OUTPUT, "cannot write the result: %s",
                     errno != 0 ? strerror(errno) : "an earlier write has failed");
}

int render_finish(struct render *r, const struct report *report, struct error *err)
{
    if (r->writer->finish(r, report, err) != 0 || render_flush(r, err) != 0) {
        return -1;
    }
    if (fflush(r->options.out) != 0) {
        return refuse_write(err);
    }
    return 0;
}

void render_close(struct render *r)
{
    if (r != NULL) {
        free(r->fields);
        strbuf_clear(&r->text);
        strbuf_clear(&r->spare);
        strbuf_clear(&r->cell);
        free(r);
    }
}

int render_flush(struct render *r, struct error *err)
{
    size_t len = r->text.len;

    if (r->text.failed || r->spare.failed || r->cell.failed) {
        return error_memory(err);
    }
    errno = 0;
    if (len > 0 &&
        (fwrite(r->text.data, 1, len, r->options.out) != len || ferror(r->options.out) != 0)) {
        return refuse_write(err);
    }
    strbuf_reset(&r->text);
    return 0;
}

int render_flush_some(struct render *r, struct error *err)
{
    return r->text.len >= FLUSH_AT || r->text.failed ? render_flush(r, err) : 0;
}

void render_start_over(struct render *r, struct strbuf *scratch)
{
    r->text.failed = r->text.failed || scratch->failed;
    strbuf_reset(scratch);
}

void render_put(struct render *r, const char *text)
{
    escape_text(&r->text, text, r->options.ci ? ESCAPE_CI : 0);
}

bool render_has_offers(const struct render *r)
{
    return r->options.view != VIEW_PUBLISHERS && r->options.view != VIEW_HISTORY;
}

const char *render_records_key(const struct render *r)
{
    return r->options.view == VIEW_PUBLISHERS ? "publishers"
           : r->options.view == VIEW_HISTORY  ? "history"
                                              : "offers";
}

const char *render_record_kind(const struct render *r)
{
    return r->options.view == VIEW_PUBLISHERS ? "publisher"
           : r->options.view == VIEW_HISTORY  ? "event"
                                              : "offer";
}

size_t render_record_count(const struct render *r, const struct report *report)
{
    return r->options.view == VIEW_PUBLISHERS ? report->publisher_count
           : r->options.view == VIEW_HISTORY  ? report->event_count
                                              : report->offers.count;
}

const void *render_record(struct render *r, const struct report *report, size_t i)
{
    if (r->options.view == VIEW_PUBLISHERS) {
        return &report->publishers[i];
    }
    return r->options.view == VIEW_HISTORY
               ? (const void *)&report->events[i]
               : (const void *)offer_list_at(&report->offers, i, &r->room);
}

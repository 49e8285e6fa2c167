/* ndjson.c - one JSON object a line, each offer as soon as it is known. */
#include "render_priv.h"

static int put_line(struct render *r, const char *kind, const void *record, struct error *err)
{
    strbuf_puts(&r->text, "{\"kind\":\"");
    strbuf_puts(&r->text, kind);
    strbuf_puts(&r->text, "\",");
    json_put_record(r, record);
    strbuf_puts(&r->text, "}\n");
    return render_flush(r, err);
}

static int ndjson_offer(struct render *r, const struct offer *o, struct error *err)
{
    return put_line(r, "offer", o, err);
}

static int ndjson_finish(struct render *r, const struct report *report, struct error *err)
{
    size_t count = render_has_offers(r) ? 0 : render_record_count(r, report);

    for (size_t i = 0; i < count; i++) {
        if (put_line(r, render_record_kind(r), render_record(r, report, i), err) != 0) {
            return -1;
        }
    }
    for (size_t i = 0; i < report->problem_count; i++) {
        strbuf_puts(&r->text, "{\"kind\":\"error\",");
        json_put_problem(&r->text, &report->problems[i]);
        strbuf_puts(&r->text, "}\n");
    }
    strbuf_puts(&r->text, "{\"kind\":\"summary\",");
    json_put_head(&r->text, report);
    if (render_has_offers(r)) {
        strbuf_puts(&r->text, ",");
        json_put_counts(&r->text, report);
    }
    if (report->checked) {
        strbuf_puts(&r->text, ",");
        json_put_verdict(&r->text, report);
    }
    if (report->note_count > 0) {
        strbuf_puts(&r->text, ",");
        json_put_notes(&r->text, report);
    }
    strbuf_printf(&r->text, ",\"complete\":%s}\n", report_complete(report) ? "true" : "false");
    return 0;
}

const struct render_writer ndjson_writer = { .offer = ndjson_offer, .finish = ndjson_finish };

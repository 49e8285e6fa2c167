/* json.c - the document that scripts read.  Members may be added to version 1, never changed or
 * removed. */
#include "json.h"

#include "offerstat/outcome.h"
#include "offerstat/timestamp.h"

#include "fields.h"
#include "json_value.h"
#include "wait_json.h"

void json_put_record(struct render *r, const void *record)
{
    for (size_t i = 0; i < r->field_count; i++) {
        size_t comma = i == 0;
        strbuf_puts(&r->text, r->fields[i]->json_key + comma);
        r->fields[i]->json(&r->text, record);
    }
}

void json_put_head(struct strbuf *out, const struct report *report)
{
    char now[TIMESTAMP_MAX];

    timestamp_format(report->generated_ms, now);
    strbuf_puts(out, "\"schemaVersion\":1");
    json_put_member(out, "generatedAt", now);
    json_put_member(out, "api", report->api);
}

void json_put_counts(struct strbuf *out, const struct report *report)
{
    strbuf_printf(out, "\"total\":%zu", report->total);
    for (size_t i = 0; i < STATE_COUNT; i++) {
        json_put_key(out, state_token((enum offer_state)i), false);
        strbuf_printf(out, "%zu", report->counts[i]);
    }
    strbuf_printf(out, ",\"unread\":%zu", report->unread);
}

void json_put_limited(struct strbuf *out, const struct report *report)
{
    if (report->limited) {
        strbuf_puts(out, "\"limited\":true,");
    }
}

void json_put_verdict(struct strbuf *out, const struct report *report)
{
    strbuf_printf(out,
                  "\"verdict\":{\"exit\":%d,\"checked\":%zu,\"offending\":%zu,\"excepted\":%zu}",
                  outcome_of_report(report), report->total, report->offending, report->excepted);
}

void json_put_report_notes(struct strbuf *out, const struct report *report)
{
    strbuf_puts(out, "\"notes\":[");
    for (size_t i = 0; i < report->note_count; i++) {
        strbuf_puts(out, i > 0 ? "," : "");
        json_put_text(out, report->notes[i]);
    }
    strbuf_puts(out, "]");
}

void json_put_complete(struct strbuf *out, const struct report *report)
{
    strbuf_printf(out, "\"complete\":%s", report_complete(report) ? "true" : "false");
}

/* The document's key for the view's records. */
static const char *records_key(enum render_view view)
{
    switch (view) {
    case VIEW_PUBLISHERS:
        return "publishers";
    case VIEW_HISTORY:
        return "history";
    case VIEW_STATS:
        return "durations";
    case VIEW_CHANGES:
        return "changes";
    case VIEW_LIST:
    case VIEW_SHOW:
    case VIEW_APPROVALS:
    case VIEW_CHECK:
        break;
    }
    return "offers";
}

static int put_records(struct render *r, const struct report *report, struct error *err)
{
    size_t count = render_record_count(r, report);

    strbuf_printf(&r->text, "\"%s\":[", records_key(r->options.view));
    for (size_t i = 0; i < count; i++) {
        render_put_raw(r, i > 0 ? ",\n{" : "\n{");
        json_put_record(r, render_record(r, report, i));
        render_put_raw(r, "}");
        if (render_flush_some(r, err) != 0) {
            return -1;
        }
    }
    render_put_raw(r, "]");
    return 0;
}

static int json_finish(struct render *r, const struct report *report, struct error *err)
{
    render_put_raw(r, "{");
    json_put_head(&r->text, report);
    render_put_raw(r, ",\n");
    if (put_records(r, report, err) != 0) {
        return -1;
    }
    render_put_raw(r, ",\n");
    if (render_has_offers(r)) {
        render_put_raw(r, "\"summary\":{");
        json_put_counts(&r->text, report);
        render_put_raw(r, "},\n");
    }
    json_put_limited(&r->text, report);
    if (report->ending != NULL) {
        wait_json_put_verdict(&r->text, report->ending);
        render_put_raw(r, ",\n");
    } else if (report->checked) {
        json_put_verdict(&r->text, report);
        render_put_raw(r, ",\n");
    }
    json_put_complete(&r->text, report);
    render_put_raw(r, ",\n");
    if (report->note_count > 0) {
        json_put_report_notes(&r->text, report);
        render_put_raw(r, ",\n");
    }
    render_put_raw(r, "\"errors\":[");
    for (size_t i = 0; i < report->problem_count; i++) {
        render_put_raw(r, i > 0 ? ",\n{" : "{");
        json_put_problem(&r->text, &report->problems[i]);
        render_put_raw(r, "}");
    }
    render_put_raw(r, "]}\n");
    return 0;
}

const struct render_writer json_writer = { .shows_ending = true, .finish = json_finish };

/* json.c - the document that scripts read; version 1 only ever grows. */
#include "offerstat/escape.h"
#include "offerstat/outcome.h"
#include "offerstat/timestamp.h"

#include "render_priv.h"

#include <string.h>

void json_put_text(struct strbuf *out, const char *text)
{
    if (text == NULL) {
        strbuf_puts(out, "null");
    } else {
        escape_json(out, text);
    }
}

/* "key": of a fixed key, with a comma in front of all but the first. */
static void put_key(struct strbuf *out, const char *key, bool first)
{
    size_t comma = first ? 0 : 1, len = strlen(key);
    char *to = strbuf_extend(out, comma + len + 3);

    if (to != NULL) {
        *to = ',';
        to += comma;
        *to = '"';
        to = stpcpy(to + 1, key);
        to[0] = '"';
        to[1] = ':';
    }
}

static void put_member(struct strbuf *out, const char *key, const char *text)
{
    put_key(out, key, false);
    json_put_text(out, text);
}

static void put_links(struct strbuf *out, const struct message *m)
{
    strbuf_puts(out, ",\"links\":[");
    for (size_t i = 0; i < m->link_count; i++) {
        strbuf_puts(out, i > 0 ? ",{" : "{");
        put_key(out, "text", true);
        json_put_text(out, m->links[i].text);
        put_member(out, "href", m->links[i].href);
        strbuf_puts(out, "}");
    }
    strbuf_puts(out, "]");
}

void json_put_messages(struct strbuf *out, const struct message *messages, size_t count)
{
    strbuf_puts(out, "[");
    for (size_t i = 0; i < count; i++) {
        strbuf_puts(out, i > 0 ? ",{" : "{");
        put_key(out, "level", true);
        json_put_text(out, level_token(messages[i].level));
        put_member(out, "text", messages[i].text);
        put_links(out, &messages[i]);
        put_member(out, "at", messages[i].at);
        strbuf_puts(out, "}");
    }
    strbuf_puts(out, "]");
}

void json_put_sources(struct strbuf *out, const struct offer *o)
{
    if (o->source_count == 0) {
        strbuf_puts(out, "null");
        return;
    }
    strbuf_puts(out, "[");
    for (size_t i = 0; i < o->source_count; i++) {
        const struct source *s = &o->sources[i];
        strbuf_puts(out, i > 0 ? ",{" : "{");
        put_key(out, "api", true);
        json_put_text(out, s->api);
        put_member(out, "state", state_token(s->state));
        put_member(out, "live", live_token(s->live));
        put_member(out, "rule", s->rule);
        put_member(out, "basis", basis_token(s->basis));
        put_member(out, "rawStatus", s->raw_status);
        strbuf_puts(out, "}");
    }
    strbuf_puts(out, "]");
}

static void put_step(struct strbuf *out, const struct step *s)
{
    put_key(out, "id", true);
    json_put_text(out, s->id);
    put_member(out, "name", s->name);
    put_member(out, "description", s->description);
    put_member(out, "status", step_status_token(s->status));
    put_member(out, "rawStatus", s->raw_status);
    if (s->progress < 0) {
        put_member(out, "progress", NULL);
    } else {
        strbuf_printf(out, ",\"progress\":%d", s->progress);
    }
    put_member(out, "estimated", s->estimated);
    put_member(out, "startedAt", s->started_at);
    put_member(out, "completedAt", s->completed_at);
    put_key(out, "messages", false);
    json_put_messages(out, s->messages, s->message_count);
}

void json_put_steps(struct strbuf *out, const struct offer *o)
{
    if (!o->steps_known) {
        strbuf_puts(out, "null");
        return;
    }
    strbuf_puts(out, "[");
    for (size_t i = 0; i < o->step_count; i++) {
        strbuf_puts(out, i > 0 ? ",{" : "{");
        put_step(out, &o->steps[i]);
        strbuf_puts(out, "}");
    }
    strbuf_puts(out, "]");
}

void json_put_record(struct render *r, const void *record)
{
    for (size_t i = 0; i < r->field_count; i++) {
        put_key(&r->text, r->fields[i]->info.key, i == 0);
        r->fields[i]->json(&r->text, record);
    }
}

void json_put_problem(struct strbuf *out, const struct problem *p)
{
    put_key(out, "code", true);
    json_put_text(out, error_word(p->code));
    strbuf_printf(out, ",\"exit\":%d", outcome_of_error(p->code));
    put_member(out, "message", p->text);
    put_member(out, "publisher", p->publisher);
    put_member(out, "offer", p->offer);
    put_member(out, "requestId", p->request_id);
}

void json_put_head(struct strbuf *out, const struct report *report)
{
    char now[TIMESTAMP_MAX];

    timestamp_format(report->generated_ms, now);
    strbuf_puts(out, "\"schemaVersion\":1");
    put_member(out, "generatedAt", now);
    put_member(out, "api", report->api);
}

void json_put_counts(struct strbuf *out, const struct report *report)
{
    strbuf_printf(out, "\"total\":%zu", report->total);
    for (size_t i = 0; i < STATE_COUNT; i++) {
        put_key(out, state_token((enum offer_state)i), false);
        strbuf_printf(out, "%zu", report->counts[i]);
    }
}

void json_put_verdict(struct strbuf *out, const struct report *report)
{
    strbuf_printf(out, "\"verdict\":{\"exit\":%d,\"checked\":%zu,\"offending\":%zu}",
                  outcome_of_report(report), report->total, report->offending);
}

void json_put_notes(struct strbuf *out, const struct report *report)
{
    strbuf_puts(out, "\"notes\":[");
    for (size_t i = 0; i < report->note_count; i++) {
        strbuf_puts(out, i > 0 ? "," : "");
        json_put_text(out, report->notes[i]);
    }
    strbuf_puts(out, "]");
}

static int json_finish(struct render *r, const struct report *report, struct error *err)
{
    size_t count = render_record_count(r, report);

    strbuf_puts(&r->text, "{");
    json_put_head(&r->text, report);
    strbuf_printf(&r->text, ",\n\"%s\":[", render_records_key(r));
    for (size_t i = 0; i < count; i++) {
        strbuf_puts(&r->text, i > 0 ? ",\n{" : "\n{");
        json_put_record(r, render_record(r, report, i));
        strbuf_puts(&r->text, "}");
        if (render_flush_some(r, err) != 0) {
            return -1;
        }
    }
    strbuf_puts(&r->text, "],\n");
    if (render_has_offers(r)) {
        strbuf_puts(&r->text, "\"summary\":{");
        json_put_counts(&r->text, report);
        strbuf_puts(&r->text, "},\n");
    }
    if (report->checked) {
        json_put_verdict(&r->text, report);
        strbuf_puts(&r->text, ",\n");
    }
    strbuf_printf(&r->text, "\"complete\":%s,\n", report_complete(report) ? "true" : "false");
    if (report->note_count > 0) {
        json_put_notes(&r->text, report);
        strbuf_puts(&r->text, ",\n");
    }
    strbuf_puts(&r->text, "\"errors\":[");
    for (size_t i = 0; i < report->problem_count; i++) {
        strbuf_puts(&r->text, i > 0 ? ",\n{" : "{");
        json_put_problem(&r->text, &report->problems[i]);
        strbuf_puts(&r->text, "}");
    }
    strbuf_puts(&r->text, "]}\n");
    return 0;
}

const struct render_writer json_writer = { .finish = json_finish };

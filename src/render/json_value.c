/* json_value.c - the parts of an offer as JSON. */
#include "json_value.h"

#include "offerstat/outcome.h"

#include "offerstat/escape.h"
#include "offerstat/timestamp.h"

#include <inttypes.h>
#include <string.h>

void json_put_text(struct strbuf *out, const char *text)
{
    if (text == NULL) {
        strbuf_puts(out, "null");
    } else {
        escape_json(out, text);
    }
}

void json_put_key(struct strbuf *out, const char *key, bool first)
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

void json_put_member(struct strbuf *out, const char *key, const char *text)
{
    json_put_key(out, key, false);
    json_put_text(out, text);
}

void json_put_time(struct strbuf *out, const char *at)
{
    size_t seconds = at != NULL ? strcspn(at, ".") : 0;

    if (at == NULL || at[seconds] == '\0') {
        json_put_text(out, at);
        return;
    }
    strbuf_puts(out, "\"");
    strbuf_append(out, at, seconds);
    strbuf_puts(out, "Z\"");
}

static void put_time_member(struct strbuf *out, const char *key, const char *at)
{
    json_put_key(out, key, false);
    json_put_time(out, at);
}

static void put_first_member(struct strbuf *out, const char *key, const char *text)
{
    json_put_key(out, key, true);
    json_put_text(out, text);
}

/* The brace of the i-th object of an array, with its comma. */
static void open_object(struct strbuf *out, size_t i)
{
    strbuf_puts(out, i > 0 ? ",{" : "{");
}

static void put_links(struct strbuf *out, const struct message *m)
{
    strbuf_puts(out, ",\"links\":[");
    for (size_t i = 0; i < m->link_count; i++) {
        open_object(out, i);
        put_first_member(out, "text", m->links[i].text);
        json_put_member(out, "href", m->links[i].href);
        strbuf_puts(out, "}");
    }
    strbuf_puts(out, "]");
}

void json_put_messages(struct strbuf *out, const struct message *messages, size_t count)
{
    strbuf_puts(out, "[");
    for (size_t i = 0; i < count; i++) {
        open_object(out, i);
        put_first_member(out, "level", level_token(messages[i].level));
        json_put_member(out, "text", messages[i].text);
        put_links(out, &messages[i]);
        put_time_member(out, "at", messages[i].at);
        strbuf_puts(out, "}");
    }
    strbuf_puts(out, "]");
}

void json_put_notes(struct strbuf *out, const struct offer *o)
{
    strbuf_puts(out, "[");
    for (size_t i = 0; i < o->note_count; i++) {
        strbuf_puts(out, i > 0 ? "," : "");
        json_put_text(out, o->notes[i].text);
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
        open_object(out, i);
        put_first_member(out, "api", s->api);
        json_put_member(out, "state", state_token(s->state));
        json_put_member(out, "live", live_token(s->live));
        json_put_member(out, "rule", s->rule);
        json_put_member(out, "basis", basis_token(s->basis));
        json_put_member(out, "rawStatus", s->raw_status);
        strbuf_puts(out, "}");
    }
    strbuf_puts(out, "]");
}

static void put_step(struct strbuf *out, const struct step *s)
{
    put_first_member(out, "id", s->id);
    json_put_member(out, "name", s->name);
    json_put_member(out, "description", s->description);
    json_put_member(out, "status", step_status_token(s->status));
    json_put_member(out, "rawStatus", s->raw_status);
    if (s->progress < 0) {
        json_put_member(out, "progress", NULL);
    } else {
        strbuf_printf(out, ",\"progress\":%d", s->progress);
    }
    json_put_member(out, "estimated", s->estimated);
    put_time_member(out, "startedAt", s->started_at);
    put_time_member(out, "completedAt", s->completed_at);
    json_put_key(out, "messages", false);
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
        open_object(out, i);
        put_step(out, &o->steps[i]);
        strbuf_puts(out, "}");
    }
    strbuf_puts(out, "]");
}

void json_put_current_step(struct strbuf *out, const struct offer *o)
{
    const struct step *s = offer_current_step(o);

    if (s == NULL) {
        strbuf_puts(out, "null");
        return;
    }
    strbuf_printf(out, "{\"index\":%zu,\"total\":%zu", (size_t)(s - o->steps) + 1, o->step_count);
    json_put_member(out, "id", s->id);
    json_put_member(out, "name", s->name);
    json_put_member(out, "status", step_status_token(s->status));
    json_put_member(out, "message", offer_blocking_text(o, s));
    strbuf_puts(out, "}");
}

void json_put_since(struct strbuf *out, const struct offer *o)
{
    char since[TIMESTAMP_MAX];

    if (o->outlook.since_ms == 0) {
        strbuf_puts(out, "null");
        return;
    }
    timestamp_format(o->outlook.since_ms, since);
    strbuf_puts(out, "{");
    put_first_member(out, "at", since);
    strbuf_printf(out, ",\"ageSeconds\":%" PRId64, o->outlook.age_ms / 1000);
    json_put_member(out, "basis", o->outlook.is_recorded ? "record" : "service");
    strbuf_printf(out, ",\"atLeast\":%s}", o->outlook.is_at_least ? "true" : "false");
}

static void put_seconds(struct strbuf *out, const char *key, int64_t ms)
{
    json_put_key(out, key, false);
    strbuf_printf(out, "%" PRId64, (ms + 500) / 1000);
}

static void put_estimate(struct strbuf *out, const char *key, const struct estimate *e)
{
    char ends[TIMESTAMP_MAX];

    json_put_key(out, key, false);
    if (e->count == 0) {
        strbuf_puts(out, "null");
        return;
    }
    strbuf_printf(out, "{\"count\":%zu", e->count);
    put_seconds(out, "medianSeconds", e->median_ms);
    put_seconds(out, "lowSeconds", e->low_ms);
    put_seconds(out, "highSeconds", e->high_ms);
    if (e->ends_ms != 0) {
        timestamp_format(e->ends_ms, ends);
    }
    json_put_member(out, "endsAt", e->ends_ms != 0 ? ends : NULL);
    strbuf_printf(out, ",\"late\":%s}", e->late ? "true" : "false");
}

void json_put_estimate(struct strbuf *out, const struct offer *o)
{
    const struct step *s = offer_current_step(o);
    const char *words = NULL;
    bool recorded = o->outlook.step.count > 0 || o->outlook.publish.count > 0;

    if (o->state == STATE_IN_PROGRESS && s != NULL && !step_blocks(s)) {
        words = s->estimated;
    }
    if (words == NULL && !recorded) {
        strbuf_puts(out, "null");
        return;
    }
    strbuf_puts(out, "{");
    put_first_member(out, "basis", recorded ? "record" : "portal");
    json_put_member(out, "text", words);
    put_estimate(out, "step", &o->outlook.step);
    put_estimate(out, "publish", &o->outlook.publish);
    strbuf_puts(out, "}");
}

void json_put_problem(struct strbuf *out, const struct problem *p)
{
    json_put_key(out, "code", true);
    json_put_text(out, error_word(p->code));
    strbuf_printf(out, ",\"exit\":%d", outcome_of_error(p->code));
    json_put_member(out, "message", p->text);
    json_put_member(out, "publisher", p->publisher);
    json_put_member(out, "offer", p->offer);
    json_put_member(out, "requestId", p->request_id);
}

/* record_json.c - what is in the record, as JSON: documented in docs/record.md. */
#include "record_json.h"

#include "offerstat/escape.h"
#include "offerstat/timestamp.h"

static void put_key(struct strbuf *out, const char *key)
{
    strbuf_printf(out, ",\"%s\":", key);
}

static void put_text(struct strbuf *out, const char *key, const char *text)
{
    put_key(out, key);
    if (text != NULL) {
        escape_json(out, text);
    } else {
        strbuf_puts(out, "null");
    }
}

/* A time of ours. */
static void put_time(struct strbuf *out, const char *key, int64_t ms)
{
    char text[TIMESTAMP_MAX];

    timestamp_format(ms, text);
    put_text(out, key, ms != 0 ? text : NULL);
}

/* A time of the service, in whole seconds as everywhere. */
static void put_service_time(struct strbuf *out, const char *key, const char *at)
{
    char text[TIMESTAMP_MAX];
    int64_t ms;

    if (at != NULL && timestamp_read(at, &ms, text) == TIMESTAMP_OK) {
        put_time(out, key, ms);
    } else {
        put_text(out, key, at);
    }
}

static void put_flag(struct strbuf *out, const char *key, bool value)
{
    put_key(out, key);
    strbuf_puts(out, value ? "true" : "false");
}

static void put_offer(struct strbuf *out, const struct recorded_offer *o)
{
    put_text(out, "offer", o->id);
    put_text(out, "publisher", o->publisher);
    put_text(out, "productId", o->product_id);
    put_text(out, "name", o->name);
    put_text(out, "type", o->type);
    put_text(out, "endpoint", *o->endpoint != '\0' ? o->endpoint : NULL);
}

void record_json_put_span(struct strbuf *out, const struct recorded_entry *entry)
{
    const struct recorded_span *s = &entry->span;

    strbuf_puts(out, "{\"kind\":\"span\"");
    put_offer(out, &entry->offer);
    put_text(out, "api", s->api);
    put_text(out, "state", state_token(s->state));
    put_text(out, "live", live_token(s->live));
    put_text(out, "rawStatus", s->raw_status);
    put_text(out, "submission", s->submission);
    put_text(out, "version", s->version);
    put_key(out, "step");
    if (s->step_index > 0) {
        strbuf_printf(out, "{\"index\":%zu,\"total\":%zu", s->step_index, s->step_total);
        put_text(out, "id", s->step_id);
        put_text(out, "name", s->step_name);
        put_text(out, "status", step_status_token(s->step_status));
        strbuf_puts(out, "}");
    } else {
        strbuf_puts(out, "null");
    }
    put_service_time(out, "since", s->since);
    put_time(out, "firstSeenAt", s->first_seen_ms);
    put_time(out, "lastSeenAt", s->last_seen_ms);
    put_flag(out, "new", s->appeared);
    put_flag(out, "gone", s->gone);
    strbuf_puts(out, "}");
}

static void put_step(struct strbuf *out, const struct recorded_step *s)
{
    strbuf_printf(out, "{\"index\":%zu", s->index);
    put_text(out, "id", s->id);
    put_text(out, "name", s->name);
    put_text(out, "status", step_status_token(s->status));
    put_service_time(out, "startedAt", s->started_at);
    put_service_time(out, "completedAt", s->completed_at);
    put_time(out, "begunAfter", s->begun_after_ms);
    put_time(out, "begunSeenAt", s->begun_seen_ms);
    put_time(out, "endedAfter", s->ended_after_ms);
    put_time(out, "endedSeenAt", s->ended_seen_ms);
    strbuf_puts(out, "}");
}

void record_json_put_run(struct strbuf *out, const struct recorded_run *run)
{
    strbuf_puts(out, "{\"kind\":\"publish\"");
    put_offer(out, &run->offer);
    put_text(out, "api", run->api);
    put_text(out, "submission", run->submission);
    put_text(out, "version", run->version);
    put_text(out, "state", state_token(run->state));
    put_service_time(out, "submittedAt", run->submitted_at);
    put_service_time(out, "endedAt", run->ended_at);
    put_time(out, "notBefore", run->not_before_ms);
    put_time(out, "firstSeenAt", run->first_seen_ms);
    put_time(out, "lastSeenAt", run->last_seen_ms);
    put_time(out, "endedSeenAt", run->ended_ms);
    put_flag(out, "forgotten", run->forgotten);
    put_key(out, "steps");
    strbuf_puts(out, "[");
    for (size_t i = 0; i < run->step_count; i++) {
        strbuf_puts(out, i > 0 ? "," : "");
        put_step(out, &run->steps[i]);
    }
    strbuf_puts(out, "]}");
}

void record_json_put_size(struct strbuf *out, const char *path, const struct record_size *size)
{
    strbuf_puts(out, "{\"schemaVersion\":1");
    put_text(out, "path", path);
    strbuf_printf(out,
                  ",\"exists\":%s,\"bytes\":%lld,\"version\":%d,\"offers\":%lld,\"changes\":%lld,"
                  "\"publishes\":%lld",
                  size->version > 0 ? "true" : "false", (long long)size->bytes, size->version,
                  (long long)size->offers, (long long)size->changes, (long long)size->runs);
    put_time(out, "firstAt", size->first_ms);
    put_time(out, "lastAt", size->last_ms);
    strbuf_puts(out, "}");
}

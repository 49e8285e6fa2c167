/* wait_json.c - a wait's events and its end as JSON. */
#include "wait_json.h"

#include "json_value.h"

#include "offerstat/timestamp.h"
#include "offerstat/wait_rules.h"

#include <inttypes.h>
#include <string.h>

#define TEXT_MAX ((size_t)64 * 1024 * 1024)

static void put_at(struct strbuf *out, int64_t at_ms)
{
    char at[TIMESTAMP_MAX];

    timestamp_format(at_ms, at);
    json_put_member(out, "time", at);
}

static void put_state_member(struct strbuf *out, const char *key, const struct offer *o)
{
    json_put_member(out, key, o != NULL ? state_token(o->state) : NULL);
}

static void put_step(struct strbuf *out, const struct offer *o)
{
    json_put_key(out, "step", false);
    if (o != NULL) {
        json_put_current_step(out, o);
    } else {
        strbuf_puts(out, "null");
    }
}

static void put_message(struct strbuf *out, const struct offer *o)
{
    struct strbuf message = STRBUF_INIT(TEXT_MAX);

    json_put_key(out, "message", false);
    if (o != NULL && waiting_put_message(&message, o)) {
        json_put_text(out, strbuf_text(&message));
    } else {
        strbuf_puts(out, "null");
    }
    strbuf_drop(out, &message);
}

static void put_url(struct strbuf *out, const struct offer *o)
{
    char url[OFFER_URL_MAX];

    json_put_member(out, "url", o != NULL ? offer_url(o, url) : NULL);
}

static void put_names(struct strbuf *out, const struct offer *o)
{
    json_put_member(out, "offer", o != NULL ? o->id : NULL);
    json_put_member(out, "publisher", o != NULL ? o->publisher : NULL);
}

static void put_seconds(struct strbuf *out, const char *key, int64_t ms)
{
    json_put_key(out, key, false);
    strbuf_printf(out, "%" PRId64, ms / 1000);
}

static bool is_withdrawn(const struct wait_event *e)
{
    return e->before != NULL && wait_is_withdrawn(e->before, e->now);
}

/* The submission that was waited for until this event, when a newer one has replaced it; else
 * NULL. */
static const char *superseded(const struct wait_event *e)
{
    if (e->before == NULL || is_withdrawn(e) || !wait_is_superseded(e->before, e->now)) {
        return NULL;
    }
    return e->before->submission;
}

/* The submission that was waited for, when it was deleted; else NULL. */
static const char *gone(const struct wait_event *e)
{
    return is_withdrawn(e) ? e->before->submission : NULL;
}

static const char *kind_word(enum wait_event_kind kind)
{
    switch (kind) {
    case WAIT_START:
        return "start";
    case WAIT_CHANGE:
        return "change";
    case WAIT_HEARTBEAT:
        return "heartbeat";
    case WAIT_ERROR:
        return "error";
    }
    return "error";
}

static void put_error(struct strbuf *out, const struct wait_event *e)
{
    strbuf_puts(out, "\"kind\":\"error\"");
    put_at(out, e->at_ms);
    strbuf_puts(out, ",\"from\":null,\"to\":null,\"step\":null,");
    json_put_problem(out, e->problem);
    json_put_key(out, "nextLookSeconds", false);
    if (e->next_ms >= 0) {
        strbuf_printf(out, "%" PRId64, e->next_ms / 1000);
    } else {
        strbuf_puts(out, "null");
    }
}

void wait_json_put_event(struct strbuf *out, const struct wait_event *e)
{
    const struct offer *before = e->before;

    if (e->kind == WAIT_ERROR) {
        put_error(out, e);
        return;
    }
    if (e->kind == WAIT_HEARTBEAT) {
        before = e->now;
    }
    json_put_key(out, "kind", true);
    json_put_text(out, kind_word(e->kind));
    put_at(out, e->at_ms);
    put_names(out, e->now);
    put_state_member(out, "from", before);
    put_state_member(out, "to", e->gone ? NULL : e->now);
    json_put_member(out, "live", live_token(e->now->live));
    put_step(out, e->now);
    put_seconds(out, "standingSeconds", e->standing_ms);
    put_message(out, e->now);
    json_put_member(out, "submission", e->now->submission);
    json_put_member(out, "superseded", superseded(e));
    json_put_member(out, "gone", gone(e));
    put_url(out, e->now);
}

static void put_late(struct strbuf *out, const struct wait_ending *e)
{
    strbuf_puts(out, ",\"notThere\":[");
    for (size_t i = 0; i < e->late_count; i++) {
        const struct wait_late *late = &e->late[i];
        strbuf_puts(out, i > 0 ? ",{\"offer\":" : "{\"offer\":");
        json_put_text(out, late->offer->id);
        json_put_member(out, "publisher", late->offer->publisher);
        put_state_member(out, "state", late->offer);
        put_step(out, late->offer);
        put_seconds(out, "standingSeconds", late->standing_ms);
        strbuf_puts(out, "}");
    }
    strbuf_puts(out, "]");
}

static void put_ending(struct strbuf *out, const struct wait_ending *e)
{
    struct strbuf text = STRBUF_INIT(TEXT_MAX);

    strbuf_printf(out, ",\"exit\":%d", e->code);
    put_names(out, e->offer);
    json_put_member(out, "from", e->offer != NULL ? state_token(e->from) : NULL);
    put_state_member(out, "to", e->offer);
    put_step(out, e->offer);
    put_message(out, e->offer);
    json_put_member(out, "problem", e->problem != NULL ? e->problem->text : NULL);
    put_url(out, e->offer);
    put_seconds(out, "tookSeconds", e->took_ms);
    waiting_put_next(&text, e, false);
    json_put_member(out, "next", strbuf_text(&text));
    strbuf_printf(out, ",\"checked\":%zu,\"offending\":%zu,\"reached\":%zu,\"excepted\":%zu",
                  e->total, e->ended, e->reached, e->excepted);
    strbuf_printf(out, ",\"withdrawn\":%zu", e->withdrawn);
    put_late(out, e);
    strbuf_drop(out, &text);
}

void wait_json_put_verdict(struct strbuf *out, const struct wait_ending *e)
{
    strbuf_puts(out, "\"verdict\":{\"result\":");
    json_put_text(out, waiting_result(e));
    put_ending(out, e);
    strbuf_puts(out, "}");
}

void wait_json_put_last_line(struct strbuf *out, const struct wait_ending *e)
{
    strbuf_puts(out, "\"kind\":\"verdict\"");
    put_at(out, e->at_ms);
    json_put_member(out, "verdict", waiting_result(e));
    put_ending(out, e);
}

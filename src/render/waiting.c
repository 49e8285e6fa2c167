/* waiting.c - the lines of a wait for people: its events, and the last one. */
#include "offerstat/waiting.h"

#include "offerstat/timestamp.h"
#include "offerstat/translate.h"
#include "offerstat/wait_rules.h"

#include "fields.h"
#include "outlook_text.h"

#include <string.h>

#define MESSAGE_MAX 240                    /* bytes of a service's message in a line */
#define PART_MAX ((size_t)4 * 1024 * 1024) /* ids have no maximum length */
#define WORTH_TELLING_MS 60000             /* "for at least" a shorter time is not worth saying */

void waiting_put_name(struct strbuf *out, const struct offer *o, bool with_publisher)
{
    if (with_publisher && o->publisher != NULL) {
        strbuf_printf(out, "%s/", o->publisher);
    }
    strbuf_puts(out, o->id);
}

void waiting_put_state(struct strbuf *out, const struct offer *o)
{
    if (o->state != STATE_NONE) {
        strbuf_puts(out, state_label(o->state));
        return;
    }
    switch (o->live) {
    case LIVE_YES:
        strbuf_puts(out, _("live, with nothing under way"));
        break;
    case LIVE_PREVIEW:
        strbuf_puts(out, _("in preview, with nothing under way"));
        break;
    case LIVE_NO:
        strbuf_puts(out, _("not live, with nothing under way"));
        break;
    case LIVE_UNKNOWN:
        strbuf_puts(out, _("with nothing under way"));
        break;
    }
}

static const char *message_of(const struct offer *o)
{
    const struct step *s = offer_current_step(o);
    const char *text = s != NULL ? offer_blocking_text(o, s) : NULL;

    for (size_t i = 0; text == NULL && i < o->message_count; i++) {
        if (o->messages[i].level == LEVEL_ERROR) {
            text = o->messages[i].text;
        }
    }
    return text;
}

/* Line ends become blanks; cut between two characters. */
bool waiting_put_message(struct strbuf *out, const struct offer *o)
{
    const char *text = message_of(o);
    size_t len, begins = out->len;

    if (text == NULL || *text == '\0') {
        return false;
    }
    len = strlen(text);
    if (len > MESSAGE_MAX) {
        len = MESSAGE_MAX;
        while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80) {
            len--;
        }
    }
    strbuf_append(out, text, len);
    for (size_t i = begins; i < out->len; i++) {
        if (out->data[i] == '\n') {
            out->data[i] = ' ';
        }
    }
    if (text[len] != '\0') {
        strbuf_puts(out, "...");
    }
    return true;
}

void waiting_put_duration(struct strbuf *out, int64_t ms)
{
    char text[TIMESTAMP_MAX];

    duration_format(ms, text);
    strbuf_puts(out, text);
}

void waiting_put_place(struct strbuf *out, const struct offer *o)
{
    const struct step *s = offer_current_step(o);
    struct strbuf state = STRBUF_INIT(PART_MAX);

    waiting_put_state(&state, o);
    if (s != NULL) {
        strbuf_printf(out, _("%s, step %zu/%zu %s"), strbuf_text(&state),
                      (size_t)(s - o->steps) + 1, o->step_count, field_step_name(s));
    } else {
        strbuf_puts(out, strbuf_text(&state));
    }
    strbuf_drop(out, &state);
}

void waiting_put_standing(struct strbuf *out, const struct offer *o)
{
    struct strbuf message = STRBUF_INIT(4096);

    waiting_put_place(out, o);
    if (waiting_put_message(&message, o)) {
        strbuf_printf(out, ": %s", strbuf_text(&message));
    }
    strbuf_drop(out, &message);
}

static bool is_superseded(const struct wait_event *e)
{
    return e->before != NULL && wait_is_superseded(e->before, e->now);
}

static void put_change(struct strbuf *out, const struct wait_event *e)
{
    struct strbuf standing = STRBUF_INIT(PART_MAX);

    if (e->before != NULL &&
        (e->before->state != e->now->state || e->before->live != e->now->live)) {
        waiting_put_state(&standing, e->before);
        strbuf_puts(&standing, " -> ");
    }
    waiting_put_standing(&standing, e->now);
    if (e->before != NULL && wait_is_withdrawn(e->before, e->now) && !is_superseded(e)) {
        strbuf_printf(out, _("submission %s is gone: %s"), e->before->submission,
                      strbuf_text(&standing));
    } else if (e->before != NULL && wait_is_withdrawn(e->before, e->now)) {
        strbuf_printf(out, _("submission %s is gone, the one before it was %s: %s"),
                      e->before->submission, e->now->submission, strbuf_text(&standing));
    } else if (is_superseded(e)) {
        strbuf_printf(out,
                      _("submission %s is superseded by %s, which is followed from now on: %s"),
                      e->before->submission, e->now->submission, strbuf_text(&standing));
    } else {
        strbuf_puts(out, strbuf_text(&standing));
    }
    strbuf_drop(out, &standing);
}

static void put_start(struct strbuf *out, const struct wait_event *e)
{
    waiting_put_standing(out, e->now);
    if (e->now->submission != NULL) {
        strbuf_printf(out, _(" (submission %s)"), e->now->submission);
    }
}

static void put_error(struct strbuf *out, const struct wait_event *e)
{
    struct strbuf next = STRBUF_INIT(TIMESTAMP_MAX);

    if (e->next_ms >= 0) {
        waiting_put_duration(&next, e->next_ms);
        strbuf_printf(out, _("%s; the next read is in %s"), problem_text(e->problem),
                      strbuf_text(&next));
    } else {
        strbuf_puts(out, problem_text(e->problem));
    }
    strbuf_drop(out, &next);
}

void waiting_put_event(struct strbuf *out, const struct wait_event *e, bool with_publisher)
{
    if (e->kind == WAIT_ERROR) {
        put_error(out, e);
        return;
    }
    waiting_put_name(out, e->now, with_publisher);
    strbuf_puts(out, ": ");
    if (e->gone) {
        strbuf_puts(out, _("no longer listed"));
    } else if (e->kind == WAIT_START) {
        put_start(out, e);
    } else {
        put_change(out, e);
    }
}

/* When its step is likely to end, as a time, since a log line may be read later. */
static void put_estimate(struct strbuf *out, const struct offer *o)
{
    const struct render_options options = { .time = RENDER_TIME_UTC,
                                            .now_ms = o->outlook.since_ms + o->outlook.age_ms };

    outlook_put_estimate(out, &o->outlook.step, &options);
}

static void put_late(struct strbuf *out, const struct wait_late *late, bool with_publisher)
{
    struct strbuf name = STRBUF_INIT(PART_MAX), place = STRBUF_INIT(PART_MAX);
    struct strbuf standing = STRBUF_INIT(TIMESTAMP_MAX), estimate = STRBUF_INIT(4096);

    waiting_put_name(&name, late->offer, with_publisher);
    waiting_put_place(&place, late->offer);
    waiting_put_duration(&standing, late->standing_ms);
    put_estimate(&estimate, late->offer);
    if (estimate.len > 0) {
        strbuf_printf(out, _("%s (%s for %s, %s)"), strbuf_text(&name), strbuf_text(&place),
                      strbuf_text(&standing), strbuf_text(&estimate));
    } else if (late->at_least && late->standing_ms < WORTH_TELLING_MS) {
        strbuf_printf(out, _("%s (%s)"), strbuf_text(&name), strbuf_text(&place));
    } else if (late->at_least) {
        strbuf_printf(out, _("%s (%s for at least %s)"), strbuf_text(&name), strbuf_text(&place),
                      strbuf_text(&standing));
    } else {
        strbuf_printf(out, _("%s (%s for %s)"), strbuf_text(&name), strbuf_text(&place),
                      strbuf_text(&standing));
    }
    strbuf_drop(out, &name);
    strbuf_drop(out, &place);
    strbuf_drop(out, &standing);
    strbuf_drop(out, &estimate);
}

void waiting_put_late(struct strbuf *out, const struct wait_late *late, size_t count,
                      bool with_publisher)
{
    for (size_t i = 0; i < count && i < LATE_NAMED; i++) {
        strbuf_puts(out, i > 0 ? ", " : "");
        put_late(out, &late[i], with_publisher);
    }
    if (count > LATE_NAMED) {
        strbuf_printf(out, _(", and %zu more"), count - LATE_NAMED);
    }
}

void waiting_put_heartbeat(struct strbuf *out, const struct wait_late *late, size_t count,
                           bool with_publisher)
{
    struct strbuf names = STRBUF_INIT(LATE_NAMED * PART_MAX);

    waiting_put_late(&names, late, count, with_publisher);
    if (count == 1) {
        strbuf_printf(out, _("still waiting for %s"), strbuf_text(&names));
    } else {
        strbuf_printf(out, _("still waiting for %zu offers: %s"), count, strbuf_text(&names));
    }
    strbuf_drop(out, &names);
}

/* waiting.c - the lines of a wait for people: its events, and the last one. */
#include "offerstat/waiting.h"

#include "offerstat/outcome.h"
#include "offerstat/timestamp.h"

#include "fields.h"
#include "json_value.h"

#include <string.h>

#define MESSAGE_MAX 240 /* bytes of a service's message in a line */
#define LATE_NAMED 5    /* offers named one by one that are not there */

const char *waiting_result(const struct wait_ending *e)
{
    static const struct {
        int code;
        const char *word;
    } words[] = {
        { EXIT_OK, "reached" },
        { EXIT_FAILED, "failed" },
        { EXIT_CANCELED, "canceled" },
        { EXIT_DELISTED, "delisted" },
        { EXIT_UNKNOWN, "unknown" },
        { EXIT_DEADLINE, "deadline" },
        { EXIT_NOT_FOUND, "not_found" },
        { EXIT_AUTH, "auth" },
        { EXIT_SERVICE, "service" },
        { EXIT_ANSWER, "answer" },
        { EXIT_PARTIAL, "partial" },
        { EXIT_HANGUP, "hangup" },
        { EXIT_INTERRUPTED, "interrupted" },
        { EXIT_TERMINATED, "terminated" },
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (words[i].code == e->code) {
            return words[i].word;
        }
    }
    return "error";
}

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
        strbuf_puts(out, "live, with nothing under way");
        break;
    case LIVE_PREVIEW:
        strbuf_puts(out, "in preview, with nothing under way");
        break;
    case LIVE_NO:
        strbuf_puts(out, "not live, with nothing under way");
        break;
    case LIVE_UNKNOWN:
        strbuf_puts(out, "with nothing under way");
        break;
    }
}

void waiting_put_step(struct strbuf *out, const struct offer *o)
{
    const struct step *s = offer_current_step(o);

    if (s != NULL) {
        strbuf_printf(out, ", step %zu/%zu %s", (size_t)(s - o->steps) + 1, o->step_count,
                      field_step_name(s));
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

/* Lines become one; cut between two characters. */
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

static void put_colon_message(struct strbuf *out, const struct offer *o)
{
    struct strbuf message = STRBUF_INIT(4096);

    if (waiting_put_message(&message, o)) {
        strbuf_printf(out, ": %s", strbuf_text(&message));
    }
    strbuf_clear(&message);
}

static void put_duration(struct strbuf *out, int64_t ms)
{
    char text[TIMESTAMP_MAX];

    duration_format(ms, text);
    strbuf_puts(out, text);
}

/* "Publish in progress, step 2/6 Certification: See item 42." */
static void put_standing(struct strbuf *out, const struct offer *o)
{
    waiting_put_state(out, o);
    waiting_put_step(out, o);
    put_colon_message(out, o);
}

static void put_change(struct strbuf *out, const struct wait_event *e)
{
    if (e->before != NULL && e->before->submission != NULL && e->now->submission != NULL &&
        strcmp(e->before->submission, e->now->submission) != 0) {
        strbuf_printf(out, "submission %s is superseded by %s, which is followed from now on: ",
                      e->before->submission, e->now->submission);
    }
    if (e->before != NULL &&
        (e->before->state != e->now->state || e->before->live != e->now->live)) {
        waiting_put_state(out, e->before);
        strbuf_puts(out, " -> ");
    }
    put_standing(out, e->now);
}

static void put_error(struct strbuf *out, const struct wait_event *e)
{
    strbuf_puts(out, problem_text(e->problem));
    if (e->next_ms >= 0) {
        strbuf_puts(out, "; the next look is in ");
        put_duration(out, e->next_ms);
    }
}

void waiting_put_event(struct strbuf *out, const struct wait_event *e, bool with_publisher)
{
    if (e->kind == WAIT_ERROR) {
        put_error(out, e);
        return;
    }
    waiting_put_name(out, e->now, with_publisher);
    strbuf_puts(out, ": ");
    switch (e->kind) {
    case WAIT_START:
        put_standing(out, e->now);
        if (e->now->submission != NULL) {
            strbuf_printf(out, " (submission %s)", e->now->submission);
        }
        break;
    case WAIT_CHANGE:
        put_change(out, e);
        break;
    case WAIT_HEARTBEAT:
        put_standing(out, e->now);
        break;
    case WAIT_ERROR:
        break;
    }
}

static void put_late(struct strbuf *out, const struct wait_late *late, bool with_publisher)
{
    waiting_put_name(out, late->offer, with_publisher);
    strbuf_puts(out, " (");
    waiting_put_state(out, late->offer);
    waiting_put_step(out, late->offer);
    strbuf_puts(out, " for ");
    put_duration(out, late->standing_ms);
    strbuf_puts(out, ")");
}

static void put_all_late(struct strbuf *out, const struct wait_late *late, size_t count,
                         bool with_publisher)
{
    for (size_t i = 0; i < count && i < LATE_NAMED; i++) {
        strbuf_puts(out, i > 0 ? ", " : "");
        put_late(out, &late[i], with_publisher);
    }
    if (count > LATE_NAMED) {
        strbuf_printf(out, ", and %zu more", count - LATE_NAMED);
    }
}

void waiting_put_heartbeat(struct strbuf *out, const struct wait_late *late, size_t count,
                           bool with_publisher)
{
    if (count == 1) {
        strbuf_puts(out, "still waiting for ");
    } else {
        strbuf_printf(out, "still waiting for %zu offers: ", count);
    }
    put_all_late(out, late, count, with_publisher);
}

/* What to do about the offer that has decided. */
static void put_next_of_offer(struct strbuf *out, const struct wait_ending *e)
{
    const struct offer *o = e->offer;
    struct strbuf name = STRBUF_INIT(4096);
    char url[OFFER_URL_MAX];
    const char *page = offer_url(o, url);

    waiting_put_name(&name, o, e->several_publishers);
    switch (state_action(o->state, offer_is_blocked(o))) {
    case ACTION_SIGN_OFF:
        if (page != NULL) {
            strbuf_printf(out, "sign off at %s", page);
        } else {
            strbuf_printf(out, "sign off on the page that `offerstat open %s` opens",
                          strbuf_text(&name));
        }
        break;
    case ACTION_REPUBLISH:
        if (page != NULL) {
            strbuf_printf(out, "publish again at %s", page);
        } else {
            strbuf_printf(out, "publish again on the page that `offerstat open %s` opens",
                          strbuf_text(&name));
        }
        break;
    case ACTION_FIX:
        strbuf_printf(out, "`offerstat show %s` has every message", strbuf_text(&name));
        if (page != NULL) {
            strbuf_printf(out, "; fix what they say and publish again at %s", page);
        }
        break;
    case ACTION_NONE:
    case ACTION_WAIT:
    case ACTION_LOOK:
        strbuf_printf(out, "`offerstat show %s`", strbuf_text(&name));
        if (page != NULL) {
            strbuf_printf(out, ", or %s", page);
        }
        break;
    }
    strbuf_clear(&name);
}

/* The offers that are not there, as arguments. */
static void put_late_names(struct strbuf *out, const struct wait_ending *e)
{
    for (size_t i = 0; i < e->late_count && e->late_count <= LATE_NAMED; i++) {
        strbuf_puts(out, " ");
        waiting_put_name(out, e->late[i].offer, e->several_publishers);
    }
}

void waiting_put_next(struct strbuf *out, const struct wait_ending *e)
{
    switch (e->code) {
    case EXIT_NOT_FOUND:
        strbuf_puts(out, "`offerstat list` shows the offers that there are");
        return;
    case EXIT_AUTH:
        strbuf_puts(out, "`offerstat auth status --check` says what is wrong with the sign-in");
        return;
    case EXIT_SERVICE:
        strbuf_puts(out, "`offerstat wait");
        put_late_names(out, e);
        strbuf_puts(out, "` again once the service answers");
        return;
    case EXIT_ANSWER:
        strbuf_puts(out, "`offerstat check --debug` shows what the service answers");
        return;
    case EXIT_PARTIAL:
        strbuf_puts(out, "`offerstat check` names what cannot be read");
        return;
    case EXIT_DEADLINE:
    case EXIT_HANGUP:
    case EXIT_INTERRUPTED:
    case EXIT_TERMINATED:
        strbuf_puts(out, "`offerstat wait");
        put_late_names(out, e);
        strbuf_puts(out, "` goes on waiting");
        return;
    default:
        break;
    }
    if (e->offer != NULL) {
        put_next_of_offer(out, e);
    } else {
        strbuf_puts(out, "`offerstat list`");
    }
}

static void put_count(struct strbuf *out, const struct wait_ending *e)
{
    if (e->total > 1) {
        strbuf_printf(out, "; %zu of %zu offers are there", e->reached, e->total);
    }
    if (e->excepted > 0) {
        strbuf_printf(out, "; %zu excepted", e->excepted);
    }
}

/* Success, or a state that ends the wait. */
static void put_end_by_offer(struct strbuf *out, const struct wait_ending *e)
{
    if (e->code == EXIT_OK && e->total > 1 && !e->any) {
        strbuf_puts(out, "the last one, ");
    }
    waiting_put_name(out, e->offer, e->several_publishers);
    strbuf_puts(out, " is ");
    put_standing(out, e->offer);
    strbuf_puts(out, ", after ");
    put_duration(out, e->took_ms);
    put_count(out, e);
}

static void put_end_without(struct strbuf *out, const struct wait_ending *e)
{
    if (e->problem != NULL) {
        strbuf_puts(out, error_text(e->problem));
        strbuf_puts(out, ", after ");
    } else {
        strbuf_puts(out, "after ");
    }
    put_duration(out, e->took_ms);
    if (e->late_count > 0) {
        strbuf_puts(out, ", not there: ");
        put_all_late(out, e->late, e->late_count, e->several_publishers);
    } else if (e->total == 0 && e->problem == NULL && e->code != EXIT_OK) {
        strbuf_puts(out, ", nothing could be read");
    }
    put_count(out, e);
}

void waiting_put_ending(struct strbuf *out, const struct wait_ending *e)
{
    strbuf_printf(out, "%s (exit %d): ", waiting_result(e), e->code);
    if (e->offer != NULL && e->code != EXIT_NOT_FOUND) {
        put_end_by_offer(out, e);
    } else {
        put_end_without(out, e);
    }
    strbuf_puts(out, ". Next: ");
    waiting_put_next(out, e);
}

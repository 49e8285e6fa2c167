/* offer.c - what one offer's record says. */
#include "offerstat/offer.h"

#include <stdio.h>
#include <string.h>

/* Which step says where an offer stands, the gravest status first. */
static const enum step_status telling[] = { STEP_REJECTED,        STEP_BLOCKED,
                                            STEP_WAITING_SIGNOFF, STEP_WAITING_APPROVAL,
                                            STEP_IN_PROGRESS,     STEP_CANCELED };

const struct step *offer_current_step(const struct offer *o)
{
    for (size_t i = 0; i < sizeof(telling) / sizeof(telling[0]); i++) {
        for (size_t j = 0; j < o->step_count; j++) {
            if (o->steps[j].status == telling[i]) {
                return &o->steps[j];
            }
        }
    }
    return NULL;
}

bool offer_is_blocked(const struct offer *o)
{
    for (size_t i = 0; i < o->step_count; i++) {
        if (o->steps[i].status == STEP_BLOCKED) {
            return true;
        }
    }
    return false;
}

bool step_blocks(const struct step *s)
{
    return s->status == STEP_BLOCKED || s->status == STEP_REJECTED;
}

static const char *first_error(const struct message *messages, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (messages[i].level == LEVEL_ERROR) {
            return messages[i].text;
        }
    }
    return count > 0 ? messages[0].text : NULL;
}

const char *offer_blocking_text(const struct offer *o, const struct step *s)
{
    if (!step_blocks(s)) {
        return NULL;
    }
    if (s->message_count == 0 && o->state == STATE_FAILED) {
        return first_error(o->messages, o->message_count);
    }
    return first_error(s->messages, s->message_count);
}

static bool is_guid(const char *text)
{
    static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    if (text == NULL || strlen(text) != sizeof(shape) - 1) {
        return false;
    }
    for (size_t i = 0; shape[i] != '\0'; i++) {
        const char *allowed = shape[i] == '-' ? "-" : "0123456789abcdefABCDEF";
        if (strchr(allowed, text[i]) == NULL) {
            return false;
        }
    }
    return true;
}

const char *offer_url(const struct offer *o, char out[OFFER_URL_MAX])
{
    if (!is_guid(o->product_id)) {
        return NULL;
    }
    snprintf(out, OFFER_URL_MAX,
             "https://partner.microsoft.com/dashboard/commercial-marketplace/offers/%s/"
             "overview",
             o->product_id);
    return out;
}

bool offer_needs_approval_view(const struct offer *o)
{
    switch (o->state) {
    case STATE_IN_PROGRESS:
    case STATE_PENDING_SIGNOFF:
    case STATE_FAILED:
    case STATE_UNKNOWN:
        return true;
    case STATE_NONE:
    case STATE_CANCELED:
        return o->live != LIVE_NO;
    case STATE_DELISTED:
        return false;
    }
    return true;
}

bool offer_has_outlook(const struct offer *o)
{
    return o->outlook.since_ms != 0 || o->outlook.step.count > 0 || o->outlook.publish.count > 0;
}

bool offer_has_estimate(const struct offer *o)
{
    const struct step *s = offer_current_step(o);

    if (o->state != STATE_IN_PROGRESS || (s != NULL && step_blocks(s))) {
        return false;
    }
    return (s != NULL && s->estimated != NULL) || o->outlook.step.count > 0 ||
           o->outlook.publish.count > 0;
}

/* Copying: every text goes to the arena; *ok turns false when there is no memory. */

static const char *copy_text(struct arena *a, const char *text, bool *ok)
{
    const char *copy = arena_strdup(a, text);

    *ok = *ok && (text == NULL || copy != NULL);
    return copy;
}

/* A copy of count records of size bytes, whose texts are not copied yet. */
static void *copy_array(struct arena *a, const void *from, size_t count, size_t size, bool *ok)
{
    void *to;

    if (count == 0) {
        return NULL;
    }
    to = arena_alloc(a, arena_room(count, size)); /* notes may be added to the copy */
    if (to == NULL) {
        *ok = false;
        return NULL;
    }
    return memcpy(to, from, count * size);
}

static const struct message *copy_messages(struct arena *a, const struct message *from,
                                           size_t count, bool *ok)
{
    struct message *to = copy_array(a, from, count, sizeof(*from), ok);

    for (size_t i = 0; to != NULL && i < count; i++) {
        struct link *links = copy_array(a, from[i].links, from[i].link_count, sizeof(*links), ok);
        to[i].text = copy_text(a, from[i].text, ok);
        to[i].at = copy_text(a, from[i].at, ok);
        for (size_t j = 0; links != NULL && j < from[i].link_count; j++) {
            links[j].text = copy_text(a, from[i].links[j].text, ok);
            links[j].href = copy_text(a, from[i].links[j].href, ok);
        }
        to[i].links = links;
    }
    return to;
}

static const struct step *copy_steps(struct arena *a, const struct step *from, size_t count,
                                     bool *ok)
{
    struct step *to = copy_array(a, from, count, sizeof(*from), ok);

    for (size_t i = 0; to != NULL && i < count; i++) {
        to[i].id = copy_text(a, from[i].id, ok);
        to[i].name = copy_text(a, from[i].name, ok);
        to[i].description = copy_text(a, from[i].description, ok);
        to[i].raw_status = copy_text(a, from[i].raw_status, ok);
        to[i].estimated = copy_text(a, from[i].estimated, ok);
        to[i].started_at = copy_text(a, from[i].started_at, ok);
        to[i].completed_at = copy_text(a, from[i].completed_at, ok);
        to[i].messages = copy_messages(a, from[i].messages, from[i].message_count, ok);
    }
    return to;
}

const char *note_text(const struct note *note)
{
    return note->local_text != NULL ? note->local_text : note->text;
}

static const struct note *copy_notes(struct arena *a, const struct note *from, size_t count,
                                     bool *ok)
{
    struct note *to = copy_array(a, from, count, sizeof(*from), ok);

    for (size_t i = 0; to != NULL && i < count; i++) {
        to[i].text = copy_text(a, from[i].text, ok);
        to[i].local_text = copy_text(a, from[i].local_text, ok);
    }
    return to;
}

int event_copy(struct arena *a, const struct event *from, struct event *to)
{
    struct event copy = *from;
    bool ok = true;

    copy.id = copy_text(a, from->id, &ok);
    copy.type = copy_text(a, from->type, &ok);
    copy.state = copy_text(a, from->state, &ok);
    copy.target = copy_text(a, from->target, &ok);
    copy.serial = copy_text(a, from->serial, &ok);
    copy.started_at = copy_text(a, from->started_at, &ok);
    copy.changed_at = copy_text(a, from->changed_at, &ok);
    copy.messages = copy_messages(a, from->messages, from->message_count, &ok);
    if (!ok) {
        return -1;
    }
    *to = copy;
    return 0;
}

static const struct event *copy_events(struct arena *a, const struct event *from, size_t count,
                                       bool *ok)
{
    struct event *to = copy_array(a, from, count, sizeof(*from), ok);

    for (size_t i = 0; to != NULL && i < count; i++) {
        *ok = *ok && event_copy(a, &from[i], &to[i]) == 0;
    }
    return to;
}

static const struct source *copy_sources(struct arena *a, const struct source *from, size_t count,
                                         bool *ok)
{
    struct source *to = copy_array(a, from, count, sizeof(*from), ok);

    for (size_t i = 0; to != NULL && i < count; i++) {
        to[i].rule = copy_text(a, from[i].rule, ok);
        to[i].raw_status = copy_text(a, from[i].raw_status, ok);
    }
    return to;
}

int offer_copy(struct arena *a, const struct offer *from, struct offer *to)
{
    struct offer copy = *from;
    bool ok = true;

    copy.id = copy_text(a, from->id, &ok);
    copy.name = copy_text(a, from->name, &ok);
    copy.type = copy_text(a, from->type, &ok);
    copy.publisher = copy_text(a, from->publisher, &ok);
    copy.raw_status = copy_text(a, from->raw_status, &ok);
    copy.version = copy_text(a, from->version, &ok);
    copy.changed_at = copy_text(a, from->changed_at, &ok);
    copy.product_id = copy_text(a, from->product_id, &ok);
    copy.submission = copy_text(a, from->submission, &ok);
    copy.submitted_at = copy_text(a, from->submitted_at, &ok);
    copy.rule = copy_text(a, from->rule, &ok);
    copy.steps = copy_steps(a, from->steps, from->step_count, &ok);
    copy.messages = copy_messages(a, from->messages, from->message_count, &ok);
    copy.notes = copy_notes(a, from->notes, from->note_count, &ok);
    copy.sources = copy_sources(a, from->sources, from->source_count, &ok);
    copy.events = copy_events(a, from->events, from->event_count, &ok);
    if (!ok) {
        return -1;
    }
    *to = copy;
    return 0;
}

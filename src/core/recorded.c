/* recorded.c - which members of an offer are recorded, and what counts as a change. */
#include "offerstat/recorded.h"

#include "offerstat/text.h"

#include <string.h>

void recorded_span_of(const struct offer *o, struct recorded_span *out)
{
    const struct step *step = offer_current_step(o);

    *out = (struct recorded_span){ .state = o->state,
                                   .live = o->live,
                                   .raw_status = o->raw_status,
                                   .submission = o->submission,
                                   .version = o->version,
                                   .since = o->changed_at };
    if (step == NULL) {
        return;
    }
    out->step_id = step->id;
    out->step_name = step->name;
    out->step_index = (size_t)(step - o->steps) + 1;
    out->step_total = o->step_count;
    out->step_status = step->status;
    if (step->started_at != NULL) {
        out->since = step->started_at;
    }
}

/* False where one of them is not known. */
static bool are_different(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) != 0;
}

void recorded_carry_over(const struct recorded_span *before, struct recorded_span *now)
{
    bool other_version = are_different(now->version, before->version);

    if (now->live == LIVE_UNKNOWN) {
        now->live = before->live;
    }
    if (now->version == NULL) {
        now->version = before->version;
    }
    if (now->state != before->state || other_version) {
        return; /* the submission and the step belonged to a different state or version */
    }
    if (now->submission == NULL) {
        now->submission = before->submission;
    }
    if (now->step_index == 0 && !are_different(now->submission, before->submission)) {
        now->step_id = before->step_id;
        now->step_name = before->step_name;
        now->step_index = before->step_index;
        now->step_total = before->step_total;
        now->step_status = before->step_status;
    }
}

static bool is_equal(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool is_same_step(const struct recorded_span *a, const struct recorded_span *b)
{
    if (a->step_index == 0 || b->step_index == 0) {
        return a->step_index == b->step_index;
    }
    if (a->step_status != b->step_status) {
        return false;
    }
    if (a->step_id != NULL && b->step_id != NULL) {
        return strcmp(a->step_id, b->step_id) ==
               0; /* its index may have changed: steps may be added before it */
    }
    return a->step_index == b->step_index;
}

unsigned recorded_differs(const struct recorded_span *before, const struct recorded_span *now)
{
    unsigned members = 0;

    if (before->state != now->state) {
        members |= RECORDED_STATE;
    }
    if (before->live != now->live) {
        members |= RECORDED_LIVE;
    }
    if (!is_same_step(before, now)) {
        members |= RECORDED_STEP;
    }
    if (!is_equal(before->submission, now->submission)) {
        members |= RECORDED_SUBMISSION;
    }
    if (!is_equal(before->version, now->version)) {
        members |= RECORDED_VERSION;
    }
    return members;
}

bool recorded_is_repeated(const struct recorded_change *c, const struct recorded_span *other)
{
    if (c->after.appeared || other->first_seen_ms <= c->before.first_seen_ms ||
        other->first_seen_ms > c->after.first_seen_ms) {
        return false;
    }
    if (c->after.gone || c->before.gone) {
        return other->gone == c->after.gone;
    }
    return !other->gone && (recorded_differs(other, &c->after) & c->members) == 0;
}

bool recorded_is_under_way(enum offer_state state)
{
    return state == STATE_IN_PROGRESS || state == STATE_PENDING_SIGNOFF;
}

bool recorded_is_over(enum offer_state state)
{
    return !recorded_is_under_way(state) && state != STATE_UNKNOWN;
}

/* Whether the publish may have gone live: nothing is under way now, and the offer is in the
 * marketplace. */
static bool may_have_gone_live(const struct recorded_span *before, const struct recorded_span *now)
{
    if (!digits_are(before->submission) || !digits_are(now->submission)) {
        return true;
    }
    return digits_compare(now->submission, before->submission) >= 0;
}

bool recorded_is_forgotten(const struct recorded_span *before, const struct recorded_span *now)
{
    if (!recorded_is_under_way(before->state) || now->state != STATE_NONE) {
        return false;
    }
    switch (now->live) {
    case LIVE_NO:
        return true;
    case LIVE_YES:
        return before->live != LIVE_NO && !may_have_gone_live(before, now);
    case LIVE_PREVIEW:
    case LIVE_UNKNOWN:
        break;
    }
    return false;
}

bool recorded_step_begun(enum step_status status)
{
    return status != STEP_UNKNOWN && status != STEP_NOT_STARTED;
}

bool recorded_step_ended(enum step_status status)
{
    return status == STEP_COMPLETE || status == STEP_REJECTED || status == STEP_CANCELED;
}

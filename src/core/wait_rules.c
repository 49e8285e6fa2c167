/* wait_rules.c - which offers have reached their state, and when a wait is over. */
#include "offerstat/wait_rules.h"
#include "offerstat/outcome.h"
#include "offerstat/text.h"

#include <string.h>

bool wait_is_open_ended(const struct wait_policy *p)
{
    return p->states == 0 && !p->live;
}

bool wait_is_final(enum offer_state state)
{
    switch (state) {
    case STATE_FAILED:
    case STATE_CANCELED:
    case STATE_DELISTED:
    case STATE_UNKNOWN:
        return true;
    case STATE_NONE:
    case STATE_IN_PROGRESS:
    case STATE_PENDING_SIGNOFF:
        break;
    }
    return false;
}

static bool is_waited_for(const struct wait_policy *p, const struct offer *o)
{
    static const struct verdict_policy live = { .require = REQUIRE_LIVE };

    if (wait_is_open_ended(p)) {
        return o->state == STATE_NONE || o->state == STATE_PENDING_SIGNOFF;
    }
    return (p->states & 1u << o->state) != 0 || (p->live && verdict_of(&live, o) == EXIT_OK);
}

static void take_stand(const struct wait_policy *p, const struct offer *now, int64_t now_ms,
                       struct wait_course *course)
{
    course->missed = 0;
    course->standing = WAIT_UNDER_WAY;
    if (course->counts && is_waited_for(p, now)) {
        course->standing = WAIT_REACHED;
    }
    if (!course->counts || course->standing == WAIT_REACHED || !wait_is_final(now->state)) {
        course->ended_since_ms = -1;
        return;
    }
    if (course->ended_since_ms < 0) {
        course->ended_since_ms = now_ms;
    }
    if (now_ms - course->ended_since_ms >= p->settle_ms) {
        course->standing = WAIT_ENDED;
    }
}

void wait_begin(const struct wait_policy *p, const struct offer *now, bool appeared, int64_t now_ms,
                struct wait_course *course)
{
    *course =
        (struct wait_course){ .counts = !p->from_now || appeared || now->state == STATE_IN_PROGRESS,
                              .ended_since_ms = -1 };
    take_stand(p, now, now_ms, course);
}

static bool differ(const char *before, const char *now)
{
    return before != NULL && now != NULL && strcmp(before, now) != 0;
}

/* Whether both records come from the same APIs: different APIs number versions differently, and may
 * have no submissions. */
static bool are_of_the_same_apis(const struct offer *before, const struct offer *now)
{
    if (before->source_count != now->source_count) {
        return false;
    }
    for (size_t i = 0; i < now->source_count; i++) {
        if (strcmp(before->sources[i].api, now->sources[i].api) != 0) {
            return false;
        }
    }
    return true;
}

bool wait_is_superseded(const struct offer *before, const struct offer *now)
{
    return differ(before->submission, now->submission);
}

/* A publish that completes leaves something live, if only a preview. */
static bool has_come_to_nothing(const struct offer *before, const struct offer *now)
{
    bool was_publishing = before->state != STATE_NONE && before->state != STATE_DELISTED &&
                          before->state != STATE_UNKNOWN;

    return was_publishing && before->submission != NULL && now->submission == NULL &&
           now->state == STATE_NONE && now->live == LIVE_NO && are_of_the_same_apis(before, now);
}

bool wait_is_withdrawn(const struct offer *before, const struct offer *now)
{
    return has_come_to_nothing(before, now) ||
           (digits_are(before->submission) && digits_are(now->submission) &&
            digits_compare(now->submission, before->submission) < 0);
}

/* Whether there is a new submission, when none was withdrawn.  A changed time does not show it,
 * since saving a draft changes it. */
static bool has_moved(const struct offer *before, const struct offer *now)
{
    if (differ(before->submission, now->submission)) {
        return true;
    }
    return are_of_the_same_apis(before, now) &&
           (differ(before->version, now->version) ||
            (before->submission == NULL && now->submission != NULL));
}

void wait_update(const struct wait_policy *p, const struct offer *before, const struct offer *now,
                 int64_t now_ms, struct wait_course *course)
{
    if (wait_is_withdrawn(before, now)) {
        course->withdrawn = true;
        course->counts = !p->from_now; /* what is shown now is older than the wait */
    } else if (now->state == STATE_IN_PROGRESS || has_moved(before, now)) {
        course->withdrawn = false;
        course->counts = true;
    }
    take_stand(p, now, now_ms, course);
}

void wait_miss(struct wait_course *course)
{
    course->missed++;
    if (course->missed >= WAIT_READS_IN_A_ROW) {
        course->standing = WAIT_GONE;
    }
}

static bool is_same_step(const struct step *a, const struct step *b)
{
    if (a == NULL || b == NULL) {
        return a == b;
    }
    return a->status == b->status && !differ(a->id, b->id) && !differ(a->name, b->name);
}

bool wait_has_changed(const struct offer *before, const struct offer *now)
{
    return before->state != now->state || before->live != now->live ||
           wait_is_superseded(before, now) ||
           !is_same_step(offer_current_step(before), offer_current_step(now));
}

int wait_code(const struct wait_course *course, enum offer_state state)
{
    switch (course->standing) {
    case WAIT_REACHED:
        return EXIT_OK;
    case WAIT_GONE:
        return EXIT_NOT_FOUND;
    case WAIT_ENDED:
    case WAIT_UNDER_WAY: /* perhaps in a final state, but not for long enough yet */
        break;
    }
    if (course->ended_since_ms >= 0) {
        return outcome_of_state(state);
    }
    return EXIT_DEADLINE;
}

void wait_count(struct wait_tally *tally, const struct wait_course *course, enum offer_state state)
{
    if (course->withdrawn) {
        tally->withdrawn++;
    }
    switch (course->standing) {
    case WAIT_REACHED:
        tally->reached++;
        break;
    case WAIT_ENDED:
    case WAIT_GONE:
        tally->ended++;
        break;
    case WAIT_UNDER_WAY:
        tally->under_way++;
        break;
    }
    tally->worst = outcome_worse(tally->worst, wait_code(course, state));
}

bool wait_is_over(const struct wait_policy *p, const struct wait_tally *tally, bool fixed,
                  int *code)
{
    *code = EXIT_OK;
    if (p->any && tally->reached > 0) {
        return true;
    }
    *code = tally->worst;
    if (tally->ended > 0 && !p->goes_on) {
        return true;
    }
    return fixed && tally->under_way == 0;
}

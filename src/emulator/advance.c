/* advance.c - a scenario after some time of the portal has passed.
 *
 * Nothing changes in the background: each request computes the present scenario from the one at the
 * start, answers from this copy and frees it.  The answer thus depends on the elapsed time alone,
 * never on how many requests came before, and threads share only what is never changed.
 *
 * The elapsed time is spent on the steps of an offer in their order.  A step lasts as long as its
 * "takes" says; the first one for which the time is not enough, or which has no "takes", is under
 * way.  A step with "ends" ends with that status and is the last.  docs/emulator.md describes this
 * in full (Time). */
#include "advance.h"

#include "clock.h"
#include "json.h"
#include "offerstat/timestamp.h"
#include "story.h"

#include <stdbool.h>
#include <string.h>

#define NEVER (-1)

/* How long the step takes; false: it never ends. */
static bool advance_takes(const cJSON *step, int64_t *ms)
{
    const char *text = json_text(step, "takes");

    return text != NULL && duration_parse(text, ms);
}

/* The step that the portal works on, or NULL where time does not change the offer. */
static cJSON *advance_open_step(const cJSON *offer)
{
    cJSON *steps = cJSON_GetObjectItemCaseSensitive(offer, "steps"), *step;
    int64_t ms;

    if (!json_text_is(offer, "status", "running")) {
        return NULL;
    }
    cJSON_ArrayForEach(step, steps)
    {
        if (step_progress(step) == STEP_DONE) {
            continue;
        }
        if (step_is_rejected(step) || !advance_takes(step, &ms)) {
            return NULL;
        }
        return step;
    }
    return NULL;
}

/* Put the offer's version into a slot, as publishing does. */
static void advance_fill_slot(cJSON *offer, const char *slot)
{
    const cJSON *version = cJSON_GetObjectItemCaseSensitive(offer, "version");
    cJSON *slots = cJSON_GetObjectItemCaseSensitive(offer, "slots");

    if (slots == NULL) {
        slots = cJSON_AddObjectToObject(offer, "slots");
    }
    json_set(slots, slot, version != NULL ? cJSON_Duplicate(version, true) : cJSON_CreateNumber(1));
}

/* An offer that has ended has no submission under way. */
static void advance_end_submissions(cJSON *offer, const char *state)
{
    cJSON *item;

    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(offer, "submissions"))
    {
        if (json_text_is(item, "state", "running")) {
            json_set_text(item, "state", state);
        }
    }
}

/* Remove the errors of a step that will fail but has not yet: the service has not found them. */
static void advance_hide_errors(cJSON *step)
{
    cJSON *messages = cJSON_GetObjectItemCaseSensitive(step, "messages"), *next;

    for (cJSON *m = messages != NULL ? messages->child : NULL; m != NULL; m = next) {
        next = m->next;
        if (json_text_is(m, "level", "error")) {
            cJSON_Delete(cJSON_DetachItemViaPointer(messages, m));
        }
    }
}

/* A step under way: its percentage grows from what the scenario gives to 100. */
static void advance_set_progress(cJSON *step, int64_t spent_ms, int64_t takes_ms)
{
    double percent = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(step, "progress"));

    if (!(percent > 0 && percent < 100)) { /* also without a number, which cJSON gives as NaN */
        percent = 0;
    }
    percent += (100 - percent) * (double)spent_ms / (double)takes_ms;
    json_set(step, "progress", cJSON_CreateNumber((double)(int)percent));
}

/* The step that the time does not suffice for.  takes_ms: 0 for one that never ends. */
static void advance_begin_step(cJSON *offer, cJSON *step, int64_t spent_ms, int64_t takes_ms)
{
    if (step_is_sign_off(step)) {
        json_set_text(step, "status", "waitingForPublisherReview");
        advance_fill_slot(offer, "preview");
        return;
    }
    /* Words for being held up, such as blocked or waitingForApproval, stay as they are. */
    if (step_progress(step) == STEP_WAITING) {
        json_set_text(step, "status", "inProgress");
    }
    if (takes_ms > 0 && json_text_is(step, "status", "inProgress")) {
        advance_set_progress(step, spent_ms, takes_ms);
    }
}

/* The step whose time is over: complete, or what the scenario wants.  False: no step follows. */
static bool advance_end_step(cJSON *offer, cJSON *step)
{
    const char *ends = json_text(step, "ends");

    if (step_is_sign_off(step)) {
        advance_fill_slot(offer, "preview");
    }
    if (ends == NULL) {
        json_set_text(step, "status", "complete");
        json_set(step, "progress", cJSON_CreateNumber(100));
        return true;
    }
    json_set_text(step, "status", ends);
    if (strcmp(ends, "rejected") == 0) {
        json_set_text(offer, "status", "failed");
        advance_end_submissions(offer, "failed");
    }
    return false;
}

/* Spend the time on the steps from `step` on.  Returns how much of it had passed when a step last
 * ended, or NEVER. */
static int64_t advance_steps(cJSON *offer, cJSON *step, int64_t elapsed_ms)
{
    int64_t left_ms = elapsed_ms, takes_ms = 0, last_ms = NEVER;

    for (; step != NULL; step = step->next) {
        bool timed = advance_takes(step, &takes_ms);
        if (step_progress(step) == STEP_DONE) {
            continue;
        }
        if (!timed || left_ms < takes_ms) {
            advance_begin_step(offer, step, left_ms, timed ? takes_ms : 0);
            return last_ms;
        }
        left_ms -= takes_ms;
        last_ms = elapsed_ms - left_ms;
        if (!advance_end_step(offer, step)) {
            return last_ms;
        }
    }
    json_set_text(offer, "status", "succeeded");
    advance_end_submissions(offer, "completed");
    advance_fill_slot(offer, "preview");
    advance_fill_slot(offer, "production");
    return last_ms;
}

/* A copy of an offer that time changes. */
static cJSON *advance_offer(const cJSON *offer, int64_t start_ms, int64_t elapsed_ms)
{
    cJSON *moved = cJSON_Duplicate(offer, true), *step;
    const char *changed = json_text(offer, "changed");
    int64_t last_ms;
    char text[CLOCK_TEXT_MAX];

    /* "changed" will follow the steps; story.c wants to know when the submission began. */
    if (changed != NULL) {
        json_set_text(moved, "began", changed);
    }
    last_ms = advance_steps(moved, advance_open_step(moved), elapsed_ms);
    cJSON_ArrayForEach(step, cJSON_GetObjectItemCaseSensitive(moved, "steps"))
    {
        const char *ends = json_text(step, "ends");
        if (ends != NULL && !json_text_is(step, "status", ends)) {
            advance_hide_errors(step);
        }
    }
    if (last_ms != NEVER) {
        clock_write(start_ms + last_ms, 3, "Z", text);
        json_set_text(moved, "changed", text);
    }
    return moved;
}

static cJSON *advance_publisher(const cJSON *publisher, int64_t start_ms, int64_t elapsed_ms)
{
    cJSON *copy = cJSON_CreateObject(), *offers, *member, *offer;

    cJSON_ArrayForEach(member, publisher)
    {
        if (strcmp(member->string, "offers") != 0) {
            cJSON_AddItemReferenceToObject(copy, member->string, member);
            continue;
        }
        offers = cJSON_AddArrayToObject(copy, "offers");
        cJSON_ArrayForEach(offer, member)
        {
            if (advance_open_step(offer) == NULL) {
                cJSON_AddItemReferenceToArray(offers, offer);
            } else {
                cJSON_AddItemToArray(offers, advance_offer(offer, start_ms, elapsed_ms));
            }
        }
    }
    return copy;
}

cJSON *advance_scenario(cJSON *scenario, int64_t start_ms, int64_t elapsed_ms)
{
    cJSON *copy = cJSON_CreateObject(), *publishers, *member, *publisher;

    cJSON_ArrayForEach(member, scenario)
    {
        if (strcmp(member->string, "publishers") != 0) {
            cJSON_AddItemReferenceToObject(copy, member->string, member);
            continue;
        }
        publishers = cJSON_AddArrayToObject(copy, "publishers");
        cJSON_ArrayForEach(publisher, member)
        {
            cJSON_AddItemToArray(publishers, advance_publisher(publisher, start_ms, elapsed_ms));
        }
    }
    return copy;
}

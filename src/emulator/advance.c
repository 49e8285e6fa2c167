/* clock.c - time that moves offers: a copy of what has moved, taken for one request. */
#include "advance.h"

#include "clock.h"
#include "json.h"
#include "offerstat/timestamp.h"
#include "story.h"

#include <string.h>
#include <strings.h>

static bool advance_takes(const cJSON *step, int64_t *ms)
{
    const char *text = json_text(step, "takes");

    return text != NULL && duration_parse(text, ms);
}

/* Whether time moves this offer at all: the step that is being worked on ends one day. */
static cJSON *advance_open_step(const cJSON *offer)
{
    cJSON *steps = cJSON_GetObjectItemCaseSensitive(offer, "steps"), *step;
    int64_t ms;

    if (!json_text_is(offer, "status", "running")) {
        return NULL;
    }
    cJSON_ArrayForEach(step, steps)
    {
        if (step_progress(step) != STEP_DONE) {
            return advance_takes(step, &ms) && !step_is_rejected(step) ? step : NULL;
        }
    }
    return NULL;
}

static void advance_fill_slot(cJSON *offer, const char *slot)
{
    const cJSON *version = cJSON_GetObjectItemCaseSensitive(offer, "version");
    cJSON *slots = cJSON_GetObjectItemCaseSensitive(offer, "slots");

    if (slots == NULL) {
        slots = cJSON_AddObjectToObject(offer, "slots");
    }
    json_set(slots, slot, version != NULL ? cJSON_Duplicate(version, true) : cJSON_CreateNumber(1));
}

/* What ended the offer ended its submission. */
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

/* Until a step has gone wrong nobody knows why it will. */
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

static void advance_begin_step(cJSON *offer, cJSON *step, int64_t spent_ms, int64_t takes_ms)
{
    double before = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(step, "progress"));

    if (step_is_sign_off(step)) {
        json_set_text(step, "status", "waitingForPublisherReview");
        advance_fill_slot(offer, "preview");
        return;
    }
    if (step_progress(step) ==
        STEP_WAITING) { /* others keep their word: blocked, waitingForApproval */
        json_set_text(step, "status", "inProgress");
    }
    if (takes_ms > 0 && json_text_is(step, "status", "inProgress")) {
        before = before > 0 && before < 100 ? before : 0;
        before += (100 - before) * (double)spent_ms / (double)takes_ms;
        json_set(step, "progress", cJSON_CreateNumber((double)(int)before));
    }
}

/* Spend the time on the steps, one after the other; how much of it had passed when the last one
 * began or ended, -1: none did. */
static int64_t advance_steps(cJSON *offer, cJSON *step, int64_t elapsed_ms)
{
    int64_t left_ms = elapsed_ms, takes_ms, last_ms = -1;

    for (; step != NULL; step = step->next) {
        const char *ends = json_text(step, "ends");
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
        if (step_is_sign_off(step)) {
            advance_fill_slot(offer, "preview");
        }
        if (ends != NULL) {
            json_set_text(step, "status", ends);
            if (strcmp(ends, "rejected") == 0) {
                json_set_text(offer, "status", "failed");
                advance_end_submissions(offer, "failed");
            }
            return last_ms;
        }
        json_set_text(step, "status", "complete");
        json_set(step, "progress", cJSON_CreateNumber(100));
    }
    json_set_text(offer, "status", "succeeded");
    advance_end_submissions(offer, "completed");
    advance_fill_slot(offer, "preview");
    advance_fill_slot(offer, "production");
    return last_ms;
}

/* The offer as it is after so much time, to be freed. */
static cJSON *advance_offer(const cJSON *offer, int64_t start_ms, int64_t elapsed_ms)
{
    cJSON *moved = cJSON_Duplicate(offer, true), *step;
    const char *changed = json_text(offer, "changed");
    int64_t last_ms;
    char text[CLOCK_TEXT_MAX];

    if (changed != NULL) {
        json_set_text(moved, "began", changed); /* for the times of what was submitted */
    }
    last_ms = advance_steps(moved, advance_open_step(moved), elapsed_ms);
    cJSON_ArrayForEach(step, cJSON_GetObjectItemCaseSensitive(moved, "steps"))
    {
        if (json_text(step, "ends") != NULL &&
            !json_text_is(step, "status", json_text(step, "ends"))) {
            advance_hide_errors(step);
        }
    }
    if (last_ms >= 0) {
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

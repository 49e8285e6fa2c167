/* ingestion_body.c - the documents of the ingestion API, shapes as recorded in 2022 to 2025. */
#include "ingestion_body.h"

#include "clock.h"
#include "json.h"
#include "offerstat/strbuf.h"
#include "story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define HOUR_MS (INT64_C(3600) * 1000)
#define WORKFLOW_STEPS 5

static const cJSON *ingestion_override(const struct product *p, const char *member)
{
    return cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(p->offer, "ingestion"),
                                            member);
}

cJSON *ingestion_product(const struct product *p)
{
    cJSON *product = cJSON_CreateObject(), *external;
    const char *name = json_text(p->offer, "name");

    cJSON_AddStringToObject(product, "resourceType", product_type(p));
    cJSON_AddStringToObject(product, "name", name != NULL ? name : p->id);
    external = cJSON_CreateObject();
    cJSON_AddStringToObject(external, "type", "AzureOfferId");
    cJSON_AddStringToObject(external, "value", p->id);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(product, "externalIDs"), external);
    cJSON_AddTrueToObject(product, "isModularPublishing");
    cJSON_AddStringToObject(product, "id", p->guid);
    return json_overlay(product, ingestion_override(p, "product"));
}

/* The words for each phase; update: what is, or was, going on beside them. */
struct words {
    const char *state, *substate, *update, *update_status;
};

static const struct words in_store = { "Published", "InStore", "Create", "Completed" };

static struct words ingestion_words(enum phase phase)
{
    switch (phase) {
    case PHASE_NONE:
        break;
    case PHASE_CHECKING:
        return (struct words){ "InProgress", "InDraft", "Create", "Running" };
    case PHASE_STOPPED:
        return (struct words){ "InProgress", "InDraft", "Create", "Failed" };
    case PHASE_SUBMITTED:
        return (struct words){ "InProgress", "Submitted", "Create", "Completed" };
    case PHASE_FAILED:
    case PHASE_NOT_LIVE:
        return (struct words){ "InProgress", "Failed", "Create", "Completed" };
    case PHASE_NOT_CERTIFIED:
        return (struct words){ "InProgress", "FailedInCertification", "Create", "Completed" };
    case PHASE_READY:
        return (struct words){ "Published", "ReadyToPublish", "Create", "Completed" };
    case PHASE_GOING_LIVE:
        return (struct words){ "Published", "Publishing", "Promote", "Running" };
    case PHASE_CANCELED:
        return (struct words){ "InProgress", "Cancelled", "Create", "Completed" };
    }
    return in_store;
}

static void ingestion_add_pair(cJSON *list, const char *type, const char *value)
{
    cJSON *item = cJSON_CreateObject();

    cJSON_AddStringToObject(item, "type", type);
    cJSON_AddStringToObject(item, "value", value);
    cJSON_AddItemToArray(list, item);
}

static void ingestion_add_update(cJSON *item, const struct product *p, const struct words *w,
                                 const char *id)
{
    cJSON *update = cJSON_AddObjectToObject(item, "pendingUpdateInfo");
    char href[256];

    cJSON_AddStringToObject(update, "updateType", w->update);
    cJSON_AddStringToObject(update, "status", w->update_status);
    if (strcmp(w->update_status, "Failed") == 0) {
        snprintf(href, sizeof(href), "v1.0/ingestion/products/%s/submissions/%s/validations",
                 p->guid, id);
        cJSON_AddStringToObject(update, "href", href);
        cJSON_AddStringToObject(update, "failureReason", "Active validation errors");
    }
}

static cJSON *ingestion_submission(const struct product *p, struct words w, const char *id,
                                   unsigned long release, int64_t published_ms)
{
    cJSON *item = cJSON_CreateObject(), *option;
    char text[CLOCK_TEXT_MAX];

    cJSON_AddStringToObject(item, "resourceType", "Submission");
    cJSON_AddStringToObject(item, "state", w.state);
    cJSON_AddStringToObject(item, "substate", w.substate);
    if (strcmp(w.substate, "InDraft") != 0) { /* live ones are said to be in the preview, too */
        ingestion_add_pair(cJSON_AddArrayToObject(item, "targets"), "Scope", "Preview");
    }
    ingestion_add_pair(cJSON_AddArrayToObject(item, "resources"), "Listing", p->guid);
    cJSON_AddArrayToObject(item, "variantResources");
    option = cJSON_AddObjectToObject(item, "publishOption");
    cJSON_AddStringToObject(option, "releaseTimeInUtc", "0001-01-01T00:00:00");
    cJSON_AddTrueToObject(option, "isManualPublish");
    cJSON_AddFalseToObject(option, "isAutoPromote");
    clock_write(published_ms, 7, "Z", text);
    cJSON_AddStringToObject(item, "publishedTimeInUtc",
                            published_ms > 0 ? text : "1601-01-01T00:00:00Z");
    ingestion_add_update(item, p, &w, id);
    cJSON_AddNumberToObject(item, "releaseNumber", (double)release);
    snprintf(text, sizeof(text), "Submission %lu", release);
    cJSON_AddStringToObject(item, "friendlyName", text);
    cJSON_AddTrueToObject(item, "areResourcesReady");
    cJSON_AddStringToObject(item, "id", id);
    return item;
}

/* The newest last. */
cJSON *ingestion_submissions(const struct product *p)
{
    struct story s = story_of(p);
    cJSON *list;

    if (ingestion_override(p, "submissions") != NULL) {
        return cJSON_Duplicate(ingestion_override(p, "submissions"), true);
    }
    list = cJSON_CreateArray();
    if (s.live || s.delisted) { /* nothing here tells that an offer was taken down */
        cJSON_AddItemToArray(
            list, ingestion_submission(p, in_store, s.live_id, s.live_release, s.live_ms));
    }
    if (s.phase != PHASE_NONE) {
        cJSON_AddItemToArray(list,
                             ingestion_submission(p, ingestion_words(s.phase), s.id, s.release, 0));
    }
    return list;
}

static const char *const step_states[] = {
    [STEP_WAITING] = "NotStarted", [STEP_WORKING] = "InProgress", [STEP_SIGN_OFF] = "InProgress",
    [STEP_DONE] = "Success",       [STEP_REJECTED] = "Failed",
};

/* One more of the steps that a workflow step, or a whole workflow, stands for. */
static void ingestion_merge_step(enum progress *to, size_t *seen, enum progress step)
{
    bool all_so_far = *seen == 0 || *to == STEP_DONE;

    if (step == STEP_REJECTED || *to == STEP_REJECTED) {
        *to = STEP_REJECTED;
    } else if (*seen == 0 || (all_so_far && step != STEP_WAITING)) {
        *to = step;
    } else if (step != *to) {
        *to = STEP_WORKING;
    }
    ++*seen;
}

/* The offer's own steps, however many, shared out among the five of this API. */
static void ingestion_map_steps(const struct product *p, enum progress states[WORKFLOW_STEPS])
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(p->offer, "steps"), *step;
    size_t before = 0, after = 0, at = 0, seen[WORKFLOW_STEPS] = { 0 };
    bool behind = false;

    cJSON_ArrayForEach(step, list)
    {
        behind = behind || step_is_sign_off(step);
        *(behind ? &after : &before) += 1;
    }
    behind = false;
    cJSON_ArrayForEach(step, list)
    {
        size_t to;
        if (step_is_sign_off(step)) {
            behind = true;
            to = 2;
            at = 0;
        } else if (behind) {
            to = at + 2 < after ? 3 : 4; /* the last one is the publishing itself */
            at++;
        } else {
            to = at < (before + 1) / 2 ? 0 : 1;
            at++;
        }
        ingestion_merge_step(&states[to], &seen[to], step_progress(step));
    }
    for (size_t i = 0; i < WORKFLOW_STEPS; i++) { /* what the offer has no step for is passed */
        if (seen[i] == 0) {
            states[i] = i > 0 && states[i - 1] == STEP_DONE ? STEP_DONE : STEP_WAITING;
        }
    }
}

static void ingestion_add_times(cJSON *to, int64_t start_ms, int64_t hours, enum progress progress)
{
    char text[CLOCK_TEXT_MAX];

    if (progress != STEP_WAITING) { /* called Utc, and without a zone */
        clock_write(start_ms, 7, "", text);
        cJSON_AddStringToObject(to, "startDateTimeInUtc", text);
    }
    if (progress == STEP_DONE || progress == STEP_REJECTED) {
        clock_write(start_ms + hours * HOUR_MS - HOUR_MS / 6, 7, "", text);
        cJSON_AddStringToObject(to, "completeDateTimeInUtc", text);
    }
}

static cJSON *ingestion_workflow_entry(const enum progress states[WORKFLOW_STEPS], int64_t begun_ms,
                                       bool live)
{
    static const char *const names[WORKFLOW_STEPS] = { "Automated validation", "Preview Creation",
                                                       "Publisher Signoff", "Certification",
                                                       "Publish" };
    cJSON *entry = cJSON_CreateObject(), *steps;
    size_t first = live ? 3 : 0, end = live ? WORKFLOW_STEPS : 3, seen = 0;
    enum progress all = STEP_WAITING;

    for (size_t i = first; i < end; i++) {
        ingestion_merge_step(&all, &seen, states[i]);
    }
    cJSON_AddStringToObject(entry, "type", "Push");
    cJSON_AddStringToObject(entry, "state", step_states[all]);
    cJSON_AddStringToObject(entry, "targetEnvironment", live ? "Live" : "Preview");
    steps = cJSON_AddArrayToObject(entry, "workflowSteps");
    for (size_t i = first; i < end; i++) {
        cJSON *step = cJSON_CreateObject();
        cJSON_AddStringToObject(step, "name", names[i]);
        cJSON_AddStringToObject(step, "state", step_states[states[i]]);
        ingestion_add_times(step, begun_ms + (int64_t)i * HOUR_MS, 1, states[i]);
        cJSON_AddItemToArray(steps, step);
    }
    ingestion_add_times(entry, begun_ms + (int64_t)first * HOUR_MS, (int64_t)(end - first), all);
    return entry;
}

cJSON *ingestion_workflow(const struct product *p, const char *id)
{
    const cJSON *own = cJSON_GetObjectItemCaseSensitive(ingestion_override(p, "workflow"), id);
    enum progress states[WORKFLOW_STEPS] = { STEP_DONE, STEP_DONE, STEP_DONE, STEP_DONE,
                                             STEP_DONE };
    struct story s = story_of(p);
    int64_t begun_ms = s.live_ms - WORKFLOW_STEPS * HOUR_MS;
    cJSON *list;

    if (own != NULL) {
        return cJSON_Duplicate(own, true);
    }
    list = cJSON_CreateArray();
    if (strcmp(id, s.live_id) != 0) {
        if (s.phase == PHASE_CHECKING || s.phase == PHASE_STOPPED) {
            return list; /* never submitted (recorded: an empty list) */
        }
        ingestion_map_steps(p, states);
        begun_ms = s.begun_ms;
    }
    cJSON_AddItemToArray(list, ingestion_workflow_entry(states, begun_ms, false));
    cJSON_AddItemToArray(list, ingestion_workflow_entry(states, begun_ms, true));
    return list;
}

/* Words without their tags; a tag between two words parts them. */
static char *ingestion_strip_tags(const char *html)
{
    struct strbuf text = STRBUF_INIT(strlen(html)); /* what a space is put for is longer */
    bool gap = false, tag = false;

    for (; *html != '\0'; html++) {
        if (*html == '<') {
            tag = true;
            gap = gap || strncasecmp(html, "<p", 2) == 0 || strncasecmp(html, "<br", 3) == 0 ||
                  strncasecmp(html, "<li", 3) == 0;
        } else if (tag) {
            tag = *html != '>';
        } else {
            if (gap && text.len > 0) {
                strbuf_puts(&text, " ");
            }
            strbuf_append(&text, html, 1);
            gap = false;
        }
    }
    if (text.data == NULL) {
        strbuf_puts(&text, "");
    }
    return text.data;
}

static void ingestion_add_validations(cJSON *list, const cJSON *step)
{
    const cJSON *message;
    char code[32];

    cJSON_ArrayForEach(message, cJSON_GetObjectItemCaseSensitive(step, "messages"))
    {
        cJSON *item = cJSON_CreateObject();
        const char *html = json_text(message, "html"), *name = json_text(step, "name");
        char *words = ingestion_strip_tags(html != NULL ? html : "");
        snprintf(code, sizeof(code), "Offer-%d", 20001 + cJSON_GetArraySize(list));
        cJSON_AddStringToObject(item, "errorCode", code);
        cJSON_AddStringToObject(item, "severity",
                                json_text_is(message, "level", "error")     ? "Error"
                                : json_text_is(message, "level", "warning") ? "Warning"
                                                                            : "Informational");
        cJSON_AddStringToObject(item, "message", words != NULL ? words : "");
        cJSON_AddStringToObject(item, "resource", name != NULL ? name : "");
        cJSON_AddItemToArray(list, item);
        free(words);
    }
}

cJSON *ingestion_validations(const struct product *p, const char *id)
{
    const cJSON *own = cJSON_GetObjectItemCaseSensitive(ingestion_override(p, "validations"), id),
                *step;
    struct story s = story_of(p);
    cJSON *list;

    if (own != NULL) {
        return cJSON_Duplicate(own, true);
    }
    list = cJSON_CreateArray();
    if (s.phase == PHASE_STOPPED && strcmp(id, s.id) == 0) {
        cJSON_ArrayForEach(step, cJSON_GetObjectItemCaseSensitive(p->offer, "steps"))
        {
            if (step_is_rejected(step)) {
                ingestion_add_validations(list, step);
            }
        }
    }
    return list;
}

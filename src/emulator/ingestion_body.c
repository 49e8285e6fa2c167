/* ingestion_body.c - the documents of the ingestion API, in the shapes that the service had between
 * 2022 and 2025. */
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

/* The steps of a workflow.  The first three are those of its entry for the preview, the others
 * those of the entry for going live. */
enum workflow_step {
    WORKFLOW_VALIDATION,
    WORKFLOW_PREVIEW,
    WORKFLOW_SIGN_OFF,
    WORKFLOW_CERTIFICATION,
    WORKFLOW_PUBLISH,
    WORKFLOW_STEPS
};

/* How far each of them is, with how many of the offer's own steps it stands for. */
struct workflow_state {
    enum progress progress;
    size_t merged;
};

/* A member of "ingestion" of the offer, which replaces what would be derived. */
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

/* What a submission says in each phase; update_type and update_status are those of its
 * pendingUpdateInfo, the last change that the service made, or is making, to it. */
struct words {
    const char *state, *substate, *update_type, *update_status;
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

    cJSON_AddStringToObject(update, "updateType", w->update_type);
    cJSON_AddStringToObject(update, "status", w->update_status);
    if (strcmp(w->update_status, "Failed") == 0) {
        snprintf(href, sizeof(href), "v1.0/ingestion/products/%s/submissions/%s/validations",
                 p->guid, id);
        cJSON_AddStringToObject(update, "href", href);
        cJSON_AddStringToObject(update, "failureReason", "Active validation errors");
    }
}

/* published_ms: 0 for one that is not published. */
static cJSON *ingestion_submission(const struct product *p, struct words w, const char *id,
                                   unsigned long release, int64_t published_ms)
{
    cJSON *item = cJSON_CreateObject(), *option;
    char text[CLOCK_TEXT_MAX];

    cJSON_AddStringToObject(item, "resourceType", "Submission");
    cJSON_AddStringToObject(item, "state", w.state);
    cJSON_AddStringToObject(item, "substate", w.substate);
    if (strcmp(w.substate, "InDraft") != 0) { /* the service says so of live ones, too */
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

cJSON *ingestion_submissions(const struct product *p)
{
    struct story s = story_of(p);
    cJSON *list;

    if (ingestion_override(p, "submissions") != NULL) {
        return cJSON_Duplicate(ingestion_override(p, "submissions"), true);
    }
    list = cJSON_CreateArray();
    if (s.live || s.delisted) { /* this API does not show that an offer was taken down */
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

/* Show several steps as one, here with one more of them.  One that is rejected makes the whole
 * rejected. While all are done the next one decides; when some are done and some waiting it is
 * under way. */
static void ingestion_merge_step(struct workflow_state *to, enum progress step)
{
    bool first = to->merged++ == 0;
    bool decides = to->progress == STEP_DONE && step != STEP_WAITING;

    if (first || step == STEP_REJECTED || decides) {
        to->progress = step;
    } else if (to->progress != STEP_REJECTED && to->progress != step) {
        to->progress = STEP_WORKING;
    }
}

/* How many of the offer's steps come before the sign-off, and how many come from it on. */
static void ingestion_count_steps(const cJSON *steps, size_t *before, size_t *from)
{
    const cJSON *step;

    *before = *from = 0;
    cJSON_ArrayForEach(step, steps)
    {
        if (*from > 0 || step_is_sign_off(step)) {
            ++*from;
        } else {
            ++*before;
        }
    }
}

/* An offer has steps of its own, as many as its type has, and this API always the same five.  Of
 * those before the sign-off each of the first two stands for a half; the last one after it
 * publishes, and the others after it certify. */
static void ingestion_map_steps(const struct product *p, struct workflow_state states[])
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(p->offer, "steps"), *step;
    size_t before, from, at = 0;

    ingestion_count_steps(list, &before, &from);
    cJSON_ArrayForEach(step, list)
    {
        enum workflow_step to;
        if (step_is_sign_off(step)) {
            to = WORKFLOW_SIGN_OFF;
        } else if (at < (before + 1) / 2) {
            to = WORKFLOW_VALIDATION;
        } else if (at < before) {
            to = WORKFLOW_PREVIEW;
        } else if (at + 1 < before + from) {
            to = WORKFLOW_CERTIFICATION;
        } else {
            to = WORKFLOW_PUBLISH;
        }
        ingestion_merge_step(&states[to], step_progress(step));
        at++;
    }
    /* A step for which the offer has none is done together with the one before it. */
    for (size_t i = 0; i < WORKFLOW_STEPS; i++) {
        if (states[i].merged > 0) {
            continue;
        }
        states[i].progress = STEP_WAITING;
        if (i > 0 && states[i - 1].progress == STEP_DONE) {
            states[i].progress = STEP_DONE;
        }
    }
}

static void ingestion_add_times(cJSON *to, int64_t start_ms, int64_t hours, enum progress progress)
{
    char text[CLOCK_TEXT_MAX];

    if (progress != STEP_WAITING) { /* the service names no zone here */
        clock_write(start_ms, 7, "", text);
        cJSON_AddStringToObject(to, "startDateTimeInUtc", text);
    }
    if (progress == STEP_DONE || progress == STEP_REJECTED) {
        clock_write(start_ms + hours * HOUR_MS - HOUR_MS / 6, 7, "", text);
        cJSON_AddStringToObject(to, "completeDateTimeInUtc", text);
    }
}

/* The entry with the steps from `first` to before `end`. */
static cJSON *ingestion_workflow_entry(const char *environment,
                                       const struct workflow_state states[], size_t first,
                                       size_t end, int64_t begun_ms)
{
    static const char *const names[] = {
        [WORKFLOW_VALIDATION] = "Automated validation",
        [WORKFLOW_PREVIEW] = "Preview Creation",
        [WORKFLOW_SIGN_OFF] = "Publisher Signoff",
        [WORKFLOW_CERTIFICATION] = "Certification",
        [WORKFLOW_PUBLISH] = "Publish",
    };
    cJSON *entry = cJSON_CreateObject(), *steps;
    struct workflow_state all = { 0 };

    for (size_t i = first; i < end; i++) {
        ingestion_merge_step(&all, states[i].progress);
    }
    cJSON_AddStringToObject(entry, "type", "Push");
    cJSON_AddStringToObject(entry, "state", step_states[all.progress]);
    cJSON_AddStringToObject(entry, "targetEnvironment", environment);
    steps = cJSON_AddArrayToObject(entry, "workflowSteps");
    for (size_t i = first; i < end; i++) {
        cJSON *step = cJSON_CreateObject();
        cJSON_AddStringToObject(step, "name", names[i]);
        cJSON_AddStringToObject(step, "state", step_states[states[i].progress]);
        ingestion_add_times(step, begun_ms + (int64_t)i * HOUR_MS, 1, states[i].progress);
        cJSON_AddItemToArray(steps, step);
    }
    ingestion_add_times(entry, begun_ms + (int64_t)first * HOUR_MS, (int64_t)(end - first),
                        all.progress);
    return entry;
}

cJSON *ingestion_workflow(const struct product *p, const char *submission_id)
{
    const cJSON *override =
        cJSON_GetObjectItemCaseSensitive(ingestion_override(p, "workflow"), submission_id);
    struct workflow_state states[WORKFLOW_STEPS] = { 0 };
    struct story s = story_of(p);
    int64_t begun_ms = s.begun_ms;
    cJSON *list;

    if (override != NULL) {
        return cJSON_Duplicate(override, true);
    }
    list = cJSON_CreateArray();
    if (strcmp(submission_id, s.live_id) == 0) { /* all steps of what is live are done */
        begun_ms = s.live_ms - WORKFLOW_STEPS * HOUR_MS;
        for (size_t i = 0; i < WORKFLOW_STEPS; i++) {
            states[i].progress = STEP_DONE;
        }
    } else if (s.phase == PHASE_CHECKING || s.phase == PHASE_STOPPED) {
        return list; /* not submitted: the service was seen to answer an empty list */
    } else {
        ingestion_map_steps(p, states);
    }
    cJSON_AddItemToArray(list, ingestion_workflow_entry("Preview", states, WORKFLOW_VALIDATION,
                                                        WORKFLOW_CERTIFICATION, begun_ms));
    cJSON_AddItemToArray(list, ingestion_workflow_entry("Live", states, WORKFLOW_CERTIFICATION,
                                                        WORKFLOW_STEPS, begun_ms));
    return list;
}

/* The text of a message without its tags, for the caller to free.  A paragraph, a line break or an
 * item of a list parts two words. */
static char *ingestion_strip_tags(const char *html)
{
    struct strbuf text =
        STRBUF_INIT(strlen(html)); /* spaces are put only for tags, which are longer */
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

static const char *ingestion_severity(const cJSON *message)
{
    if (json_text_is(message, "level", "error")) {
        return "Error";
    }
    if (json_text_is(message, "level", "warning")) {
        return "Warning";
    }
    return "Informational";
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
        cJSON_AddStringToObject(item, "severity", ingestion_severity(message));
        cJSON_AddStringToObject(item, "message", words != NULL ? words : "");
        cJSON_AddStringToObject(item, "resource", name != NULL ? name : "");
        cJSON_AddItemToArray(list, item);
        free(words);
    }
}

cJSON *ingestion_validations(const struct product *p, const char *submission_id)
{
    const cJSON *override = cJSON_GetObjectItemCaseSensitive(ingestion_override(p, "validations"),
                                                             submission_id),
                *step;
    struct story s = story_of(p);
    cJSON *list;

    if (override != NULL) {
        return cJSON_Duplicate(override, true);
    }
    list = cJSON_CreateArray();
    if (s.phase == PHASE_STOPPED && strcmp(submission_id, s.id) == 0) {
        cJSON_ArrayForEach(step, cJSON_GetObjectItemCaseSensitive(p->offer, "steps"))
        {
            if (step_is_rejected(step)) {
                ingestion_add_validations(list, step);
            }
        }
    }
    return list;
}

/* ingestion_decode.c - from the Partner Center ingestion API's JSON to records. */
#include "api/ingestion_decode.h"

#include "api/api.h"
#include "offerstat/word.h"

#include <stdio.h>
#include <string.h>

const char *const ingestion_product_members[] = { "id", "name", "resourceType", "externalIDs",
                                                  NULL };
const char *const ingestion_submission_members[] = { "id",
                                                     "state",
                                                     "substate",
                                                     "subState",
                                                     "pendingUpdateInfo",
                                                     "releaseNumber",
                                                     "publishedTimeInUtc",
                                                     NULL };

/* The offer's id is one of several external ids. */
static int find_offer_id(const cJSON *item, const char **out, struct error *err)
{
    const cJSON *ids = NULL, *id;
    char where[32];
    int i = 0;

    if (json_array(item, "", "externalIDs", &ids, err) != 0) {
        return -1;
    }
    cJSON_ArrayForEach(id, ids)
    {
        const char *type = NULL, *value = NULL;
        snprintf(where, sizeof(where), "externalIDs[%d]", i++);
        if (json_need_object(id, where, err) != 0 ||
            json_text(id, where, "type", &type, err) != 0 ||
            json_text(id, where, "value", &value, err) != 0) {
            return -1;
        }
        if (word_equal(type, "AzureOfferId") && value != NULL) {
            *out = value;
            return 0;
        }
    }
    return 0;
}

int ingestion_decode_product(const cJSON *item, const char *publisher, struct arena *a,
                             struct offer *out, struct error *err)
{
    if (json_need_object(item, "", err) != 0 ||
        json_text(item, "", "id", &out->product_id, err) != 0 ||
        json_text(item, "", "name", &out->name, err) != 0 ||
        json_text(item, "", "resourceType", &out->type, err) != 0 ||
        find_offer_id(item, &out->id, err) != 0) {
        return -1;
    }
    out->publisher = publisher;
    return offer_need_ids(a, out, err);
}

int ingestion_decode_submission(const cJSON *item, struct arena *a,
                                struct ingestion_submission *out, struct error *err)
{
    const cJSON *update = NULL;

    if (json_need_object(item, "", err) != 0 ||
        json_text_or_number(item, "", "id", a, &out->id, err) != 0 ||
        json_text(item, "", "state", &out->state, err) != 0 ||
        json_text(item, "", "substate", &out->substate, err) != 0 ||
        json_text_or_number(item, "", "releaseNumber", a, &out->release, err) != 0 ||
        json_time(item, "", "publishedTimeInUtc", a, &out->published_at, err) != 0 ||
        json_object(item, "", "pendingUpdateInfo", &update, err) != 0) {
        return -1;
    }
    /* Spelled as in suger-sdk-go, a client of this API. */
    if (out->substate == NULL && json_text(item, "", "subState", &out->substate, err) != 0) {
        return -1;
    }
    out->has_update = update != NULL;
    out->update_type = NULL;
    out->update_status = NULL;
    out->failure_reason = NULL;
    if (update != NULL &&
        (json_text(update, "pendingUpdateInfo", "updateType", &out->update_type, err) != 0 ||
         json_text(update, "pendingUpdateInfo", "status", &out->update_status, err) != 0 ||
         json_text(update, "pendingUpdateInfo", "failureReason", &out->failure_reason, err) != 0)) {
        return -1;
    }
    if (json_keep(a, &out->id, err) != 0 || json_keep(a, &out->state, err) != 0 ||
        json_keep(a, &out->substate, err) != 0 || json_keep(a, &out->release, err) != 0 ||
        json_keep(a, &out->update_type, err) != 0 || json_keep(a, &out->update_status, err) != 0 ||
        json_keep(a, &out->failure_reason, err) != 0) {
        return -1;
    }
    return 0;
}

static int decode_step(const cJSON *item, const char *where, struct arena *a, struct step *out,
                       struct error *err)
{
    if (json_need_object(item, where, err) != 0 ||
        json_text(item, where, "name", &out->name, err) != 0 ||
        json_text(item, where, "state", &out->raw_status, err) != 0 ||
        json_time(item, where, "startDateTimeInUtc", a, &out->started_at, err) != 0 ||
        json_time(item, where, "completeDateTimeInUtc", a, &out->completed_at, err) != 0) {
        return -1;
    }
    out->status = ingestion_step_status(out->name, out->raw_status);
    out->progress = -1;
    if (json_keep(a, &out->name, err) != 0 || json_keep(a, &out->raw_status, err) != 0) {
        return -1;
    }
    return 0;
}

/* Add the steps to those that the offer has from earlier pushes. */
static int add_steps(const cJSON *list, struct arena *a, struct offer *o, struct error *err)
{
    size_t count = o->step_count, more = (size_t)cJSON_GetArraySize(list); /* NULL has none */
    struct step *steps;
    const cJSON *item;
    char where[40];
    size_t i = 0;

    o->steps_known = true;
    if (more == 0) {
        return 0;
    }
    steps = arena_alloc(a, (count + more) * sizeof(*steps));
    if (steps == NULL) {
        return error_memory(err);
    }
    if (count > 0) {
        memcpy(steps, o->steps, count * sizeof(*steps));
    }
    cJSON_ArrayForEach(item, list)
    {
        struct step *s = &steps[count + i];
        snprintf(where, sizeof(where), "workflowSteps[%zu]", i++);
        if (decode_step(item, where, a, s, err) != 0) {
            return -1;
        }
        if (s->status == STEP_UNKNOWN &&
            offer_note(a, o, true, "step %s: unknown status \"%s\"",
                       s->name != NULL ? s->name : "?",
                       s->raw_status != NULL ? s->raw_status : "") != 0) {
            return error_memory(err);
        }
    }
    o->steps = steps;
    o->step_count = count + more;
    return 0;
}

int ingestion_decode_workflow(const cJSON *item, struct arena *a, struct offer *o,
                              struct event *out, struct error *err)
{
    const cJSON *steps = NULL;

    if (json_need_object(item, "", err) != 0 || json_text(item, "", "type", &out->type, err) != 0 ||
        json_text(item, "", "state", &out->state, err) != 0 ||
        json_text(item, "", "targetEnvironment", &out->target, err) != 0 ||
        json_time(item, "", "startDateTimeInUtc", a, &out->started_at, err) != 0 ||
        json_time(item, "", "completeDateTimeInUtc", a, &out->changed_at, err) != 0 ||
        json_array(item, "", "workflowSteps", &steps, err) != 0) {
        return -1;
    }
    if (json_keep(a, &out->type, err) != 0 || json_keep(a, &out->state, err) != 0 ||
        json_keep(a, &out->target, err) != 0) {
        return -1;
    }
    return add_steps(steps, a, o, err);
}

int ingestion_decode_validation(const cJSON *item, struct arena *a, struct message *out,
                                struct error *err)
{
    const char *code = NULL, *severity = NULL, *message = NULL, *resource = NULL;

    if (json_need_object(item, "", err) != 0 || json_text(item, "", "errorCode", &code, err) != 0 ||
        json_text(item, "", "severity", &severity, err) != 0 ||
        json_text(item, "", "message", &message, err) != 0 ||
        json_text(item, "", "resource", &resource, err) != 0) {
        return -1;
    }
    out->level = level_of_word(severity);
    if (message == NULL) { /* the code is then the message */
        message = code;
        code = NULL;
    }
    if (message == NULL) {
        return 0;
    }
    if (code != NULL && resource != NULL) {
        out->text = arena_printf(a, "%s (%s, %s)", message, code, resource);
    } else if (code != NULL) {
        out->text = arena_printf(a, "%s (%s)", message, code);
    } else if (resource != NULL) {
        out->text = arena_printf(a, "%s (%s)", message, resource);
    } else {
        out->text = arena_strdup(a, message);
    }
    return out->text != NULL ? 0 : error_memory(err);
}

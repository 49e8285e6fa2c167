/* ingestion_decode.c - from the Partner Center ingestion API's JSON to records. */
#include "api/ingestion_decode.h"

#include "api/api.h"
#include "api/detail.h"
#include "offerstat/translate.h"
#include "offerstat/word.h"
#include "rest/answer.h"

#include <stdio.h>
#include <string.h>

const char *const ingestion_product_members[] = { "id",          "name",         "resourceType",
                                                  "externalIDs", ANSWER_MEMBERS, NULL };
const char *const ingestion_submission_members[] = { "id",
                                                     "state",
                                                     "substate",
                                                     "subState",
                                                     "pendingUpdateInfo",
                                                     "releaseNumber",
                                                     "publishedTimeInUtc",
                                                     ANSWER_MEMBERS,
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
    static const char *const members[] = { "id", NULL };
    struct detail d = { .arena = a, .offer = out };

    /* The type is required, since --type selects by it. */
    if (answer_check_whole(item, N_("a product"), members, err) != 0 ||
        json_text(item, "", "id", &out->product_id, err) != 0 ||
        json_text(item, "", "resourceType", &out->type, err) != 0 ||
        detail(&d, json_text(item, "", "name", &out->name, &d.odd), err) != 0 ||
        find_offer_id(item, &out->id, err) != 0) {
        return -1;
    }
    out->publisher = publisher;
    return offer_need_ids(a, out, err);
}

/* Spelled subState in suger-sdk-go, a client of this API; an answer with both would repeat
 * itself. */
static int decode_substate(const cJSON *item, const char **out, struct error *err)
{
    const char *other = NULL;

    if (json_text(item, "", "substate", out, err) != 0 ||
        json_text(item, "", "subState", &other, err) != 0) {
        return -1;
    }
    if (*out != NULL && other != NULL && !word_equal(*out, other)) {
        return error_set(err, ERR_ANSWER, "substate: occurs twice");
    }
    if (*out == NULL) {
        *out = other;
    }
    return 0;
}

static int decode_update(struct detail *d, const cJSON *item, struct ingestion_submission *out,
                         struct error *err)
{
    static const char where[] = "pendingUpdateInfo";
    const cJSON *update = NULL;

    out->update_type = NULL;
    out->update_status = NULL;
    out->failure_reason = NULL;
    if (json_object(item, "", where, &update, err) != 0) {
        return -1;
    }
    out->has_update = update != NULL;
    if (json_text(update, where, "updateType", &out->update_type, err) != 0 ||
        json_text(update, where, "status", &out->update_status, err) != 0) {
        return -1;
    }
    return detail(d, json_text(update, where, "failureReason", &out->failure_reason, &d->odd), err);
}

int ingestion_decode_submission(const cJSON *item, struct arena *a, struct offer *o,
                                struct ingestion_submission *out, struct error *err)
{
    static const char *const members[] = { "state|substate|subState|pendingUpdateInfo", NULL };
    struct detail d = { .arena = a, .offer = o, .of = "submissions" };

    if (answer_check_whole(item, N_("a submission"), members, err) != 0 ||
        json_text_or_number(item, "", "id", &out->id, err) != 0 ||
        json_text(item, "", "state", &out->state, err) != 0 ||
        decode_substate(item, &out->substate, err) != 0 || decode_update(&d, item, out, err) != 0 ||
        detail(&d, json_text_or_number(item, "", "releaseNumber", &out->release, &d.odd), err) !=
            0 ||
        detail(&d, json_time(item, "", "publishedTimeInUtc", a, &out->published_at, &d.odd), err) !=
            0) {
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

static int decode_step(struct detail *d, const cJSON *item, const char *where, struct step *out,
                       struct error *err)
{
    static const char *const members[] = { "state", NULL };
    static const char started[] = "startDateTimeInUtc", completed[] = "completeDateTimeInUtc";
    struct arena *a = d->arena;

    /* The name is required, since the publisher's sign-off is recognized by it. */
    if (answer_check(item, where, N_("a step"), members, err) != 0 ||
        json_text(item, where, "name", &out->name, err) != 0 ||
        json_text(item, where, "state", &out->raw_status, err) != 0 ||
        detail(d, json_time(item, where, started, a, &out->started_at, &d->odd), err) != 0 ||
        detail(d, json_time(item, where, completed, a, &out->completed_at, &d->odd), err) != 0) {
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
static int add_steps(struct detail *d, const cJSON *list, struct error *err)
{
    struct arena *a = d->arena;
    struct offer *o = d->offer;
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
        if (decode_step(d, item, where, s, err) != 0) {
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
    static const char *const members[] = { "workflowSteps", NULL };
    static const char started[] = "startDateTimeInUtc", completed[] = "completeDateTimeInUtc";
    struct detail d = { .arena = a, .offer = o, .of = "workflowdetails" };
    const cJSON *steps = NULL;

    if (answer_check_whole(item, N_("a push"), members, err) != 0 ||
        json_text(item, "", "state", &out->state, err) != 0 ||
        json_text(item, "", "targetEnvironment", &out->target, err) != 0 ||
        json_array(item, "", "workflowSteps", &steps, err) != 0 ||
        detail(&d, json_text(item, "", "type", &out->type, &d.odd), err) != 0 ||
        detail(&d, json_time(item, "", started, a, &out->started_at, &d.odd), err) != 0 ||
        detail(&d, json_time(item, "", completed, a, &out->changed_at, &d.odd), err) != 0) {
        return -1;
    }
    if (json_keep(a, &out->type, err) != 0 || json_keep(a, &out->state, err) != 0 ||
        json_keep(a, &out->target, err) != 0) {
        return -1;
    }
    return add_steps(&d, steps, err);
}

/* "message (code, resource)", or those of them that exist. */
static int set_text(struct arena *a, const char *message, const char *code, const char *resource,
                    struct message *out, struct error *err)
{
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

int ingestion_decode_validation(const cJSON *item, struct arena *a, struct offer *o,
                                struct message *out, struct error *err)
{
    /* An error document has a message, too, but neither of the first two. */
    static const char *const members[] = { "severity|errorCode", "message|errorCode", NULL };
    struct detail d = { .arena = a, .offer = o, .of = "validations" };
    const char *code = NULL, *severity = NULL, *message = NULL, *resource = NULL;

    if (answer_check(item, "", N_("a validation"), members, err) != 0 ||
        detail(&d, json_text(item, "", "errorCode", &code, &d.odd), err) != 0 ||
        detail(&d, json_text(item, "", "severity", &severity, &d.odd), err) != 0 ||
        detail(&d, json_text(item, "", "message", &message, &d.odd), err) != 0 ||
        detail(&d, json_text(item, "", "resource", &resource, &d.odd), err) != 0) {
        return -1;
    }
    out->level = level_of_word(severity);
    return set_text(a, message, code, resource, out, err);
}

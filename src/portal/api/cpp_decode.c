/* cpp_decode.c - from the Cloud Partner Portal's JSON to records. */
#include "api/cpp_decode.h"

#include "api/api.h"
#include "api/html_text.h"

#include <stdio.h>
#include <string.h>

static int need_id(const cJSON *item, const char **out, struct error *err)
{
    if (json_text(item, "", "id", out, err) != 0) {
        return -1;
    }
    if (*out == NULL) {
        return error_set(err, ERR_ANSWER, "id: is missing");
    }
    return 0;
}

int cpp_decode_publisher(const cJSON *item, struct arena *a, struct publisher *out,
                         struct error *err)
{
    const cJSON *definition = NULL;

    if (json_need_object(item, "", err) != 0 || need_id(item, &out->id, err) != 0 ||
        json_object(item, "", "definition", &definition, err) != 0 ||
        json_text(definition, "definition", "displayText", &out->name, err) != 0) {
        return -1;
    }
    return json_text_or_number(definition, "definition", "sellerId", a, &out->seller_id, err);
}

const char *const cpp_offer_members[] = { "id",      "status",      "offerTypeId", "publisherId",
                                          "version", "changedTime", "definition",  NULL };

int cpp_decode_offer(const cJSON *item, const char *publisher, struct arena *a, struct offer *out,
                     struct error *err)
{
    const cJSON *definition = NULL;

    if (json_need_object(item, "", err) != 0 || need_id(item, &out->id, err) != 0 ||
        json_text(item, "", "status", &out->raw_status, err) != 0 ||
        json_text(item, "", "offerTypeId", &out->type, err) != 0 ||
        json_text(item, "", "publisherId", &out->publisher, err) != 0 ||
        json_text_or_number(item, "", "version", a, &out->version, err) != 0 ||
        json_time(item, "", "changedTime", a, &out->changed_at, err) != 0 ||
        json_object(item, "", "definition", &definition, err) != 0 ||
        json_text(definition, "definition", "displayText", &out->name, err) != 0) {
        return -1;
    }
    if (out->publisher == NULL) {
        out->publisher = publisher;
    }
    return 0;
}

static int decode_message(const cJSON *item, const char *where, struct arena *a,
                          struct message *out, struct error *err)
{
    const char *html = NULL, *level = NULL;

    if (json_need_object(item, where, err) != 0 ||
        json_text(item, where, "messageHtml", &html, err) != 0 ||
        json_text(item, where, "level", &level, err) != 0 ||
        json_time(item, where, "timestamp", a, &out->at, err) != 0) {
        return -1;
    }
    out->level = level_of_word(level);
    if (html != NULL && html_to_message(html, a, out, err) != 0) {
        return error_wrap(err, "%s", where);
    }
    return 0;
}

/* The array `messages` of an object.  Those without text and links are left out. */
static int decode_messages(const cJSON *object, const char *where, struct arena *a,
                           const struct message **out, size_t *count, struct error *err)
{
    const cJSON *array = NULL, *item;
    struct message *messages;
    char path[96];
    int i = 0;

    *out = NULL;
    *count = 0;
    if (json_array(object, where, "messages", &array, err) != 0) {
        return -1;
    }
    if (array == NULL || array->child == NULL) {
        return 0;
    }
    messages = arena_alloc(a, (size_t)cJSON_GetArraySize(array) * sizeof(*messages));
    if (messages == NULL) {
        return error_memory(err);
    }
    cJSON_ArrayForEach(item, array)
    {
        snprintf(path, sizeof(path), "%s%smessages[%d]", where, *where != '\0' ? "." : "", i++);
        if (decode_message(item, path, a, &messages[*count], err) != 0) {
            return -1;
        }
        if (messages[*count].text != NULL || messages[*count].link_count > 0) {
            ++*count;
        }
    }
    *out = messages;
    return 0;
}

/* Per cent, or -1 when unknown.  Microsoft's samples and clients say progressPercentage, the table
 * in its documentation processPercentage. */
static int decode_progress(const cJSON *item)
{
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(item, "progressPercentage");

    if (!cJSON_IsNumber(number)) {
        number = cJSON_GetObjectItemCaseSensitive(item, "processPercentage");
    }
    if (!cJSON_IsNumber(number) || number->valuedouble < 0 || number->valuedouble > 100) {
        return -1;
    }
    return (int)number->valuedouble;
}

static int decode_step(const cJSON *item, const char *where, struct arena *a, struct step *out,
                       struct error *err)
{
    if (json_need_object(item, where, err) != 0 ||
        json_text(item, where, "id", &out->id, err) != 0 ||
        json_text(item, where, "stepName", &out->name, err) != 0 ||
        json_text(item, where, "description", &out->description, err) != 0 ||
        json_text(item, where, "status", &out->raw_status, err) != 0 ||
        json_text(item, where, "estimatedTimeFrame", &out->estimated, err) != 0 ||
        decode_messages(item, where, a, &out->messages, &out->message_count, err) != 0) {
        return -1;
    }
    out->status = cpp_step_status(out->raw_status);
    out->progress = decode_progress(item);
    if (json_keep(a, &out->id, err) != 0 || json_keep(a, &out->name, err) != 0 ||
        json_keep(a, &out->description, err) != 0 || json_keep(a, &out->raw_status, err) != 0 ||
        json_keep(a, &out->estimated, err) != 0) {
        return -1;
    }
    return 0;
}

/* What a reader could not see from the step itself goes to the offer's notes. */
static int note_step(const struct step *s, size_t index, struct arena *a, struct offer *o)
{
    const char *name = "?";

    if (s->name != NULL) {
        name = s->name;
    } else if (s->id != NULL) {
        name = s->id;
    }
    if (s->status == STEP_UNKNOWN) {
        return offer_note(a, o, true, "step %zu (%s): unknown status \"%s\"", index + 1, name,
                          s->raw_status != NULL ? s->raw_status : "");
    }
    if (s->status == STEP_BLOCKED) {
        return offer_note(a, o, false,
                          "step %zu (%s) is blocked: publishing cannot continue until it is "
                          "corrected",
                          index + 1, name);
    }
    return 0;
}

int cpp_decode_status(const cJSON *item, struct arena *a, struct offer *o, const char **status,
                      struct error *err)
{
    const cJSON *array = NULL, *child;
    struct step *steps = NULL;
    size_t count = 0;
    char path[32];

    if (json_need_object(item, "", err) != 0 || json_text(item, "", "status", status, err) != 0 ||
        json_keep(a, status, err) != 0 || json_array(item, "", "steps", &array, err) != 0 ||
        decode_messages(item, "", a, &o->messages, &o->message_count, err) != 0) {
        return -1;
    }
    if (array != NULL && array->child != NULL) {
        steps = arena_alloc(a, (size_t)cJSON_GetArraySize(array) * sizeof(*steps));
        if (steps == NULL) {
            return error_memory(err);
        }
    }
    cJSON_ArrayForEach(child, array)
    {
        snprintf(path, sizeof(path), "steps[%zu]", count);
        if (decode_step(child, path, a, &steps[count], err) != 0) {
            return -1;
        }
        if (note_step(&steps[count], count, a, o) != 0) {
            return error_memory(err);
        }
        count++;
    }
    o->steps = steps;
    o->step_count = count;
    o->steps_known = true;
    return 0;
}

int cpp_decode_submission(const cJSON *item, struct arena *a, struct cpp_submission *out,
                          struct error *err)
{
    if (json_need_object(item, "", err) != 0 ||
        json_text_or_number(item, "", "id", a, &out->id, err) != 0 ||
        json_text_or_number(item, "", "version", a, &out->version, err) != 0 ||
        json_text(item, "", "submissionType", &out->type, err) != 0 ||
        json_text(item, "", "submissionState", &out->state, err) != 0 ||
        json_text(item, "", "slot", &out->slot, err) != 0 ||
        json_time(item, "", "createdDateTime", a, &out->created_at, err) != 0 ||
        json_time(item, "", "changedTime", a, &out->changed_at, err) != 0) {
        return -1;
    }
    if (json_keep(a, &out->id, err) != 0 || json_keep(a, &out->version, err) != 0 ||
        json_keep(a, &out->type, err) != 0 || json_keep(a, &out->state, err) != 0 ||
        json_keep(a, &out->slot, err) != 0) {
        return -1;
    }
    return 0;
}

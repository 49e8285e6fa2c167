/* cpp_decode.c - from the Cloud Partner Portal's JSON to records. */
#include "api/cpp_decode.h"

#include "api/api.h"
#include "api/detail.h"
#include "api/html_text.h"
#include "offerstat/text.h"
#include "offerstat/translate.h"
#include "rest/answer.h"

#include <stdio.h>
#include <string.h>

static const char *const with_id[] = { "id", NULL };

int cpp_decode_publisher(const cJSON *item, struct arena *a, struct publisher *out,
                         struct error *err)
{
    struct offer unused = { 0 }; /* takes the notes, which a publisher does not have */
    struct detail d = { .arena = a, .offer = &unused };
    const cJSON *definition = NULL;

    if (answer_check_whole(item, N_("a publisher"), with_id, err) != 0 ||
        json_text(item, "", "id", &out->id, err) != 0 ||
        detail(&d, json_object(item, "", "definition", &definition, &d.odd), err) != 0 ||
        detail(&d, json_text(definition, "definition", "displayText", &out->name, &d.odd), err) !=
            0) {
        return -1;
    }
    return detail(
        &d, json_text_or_number(definition, "definition", "sellerId", &out->seller_id, &d.odd),
        err);
}

const char *const cpp_offer_members[] = { "id",          "status",       "offerTypeId",
                                          "publisherId", "version",      "changedTime",
                                          "definition",  ANSWER_MEMBERS, NULL };

/* The publisher that was asked for is the one that further requests name and people know.  An
 * element that names a different one gets a note. */
static int set_publisher(struct detail *d, const cJSON *item, const char *asked, struct error *err)
{
    struct offer *o = d->offer;
    const char *listed = NULL;

    if (detail(d, json_text(item, "", "publisherId", &listed, &d->odd), err) != 0) {
        return -1;
    }
    o->publisher = asked != NULL ? asked : listed;
    if (asked != NULL && listed != NULL && !text_equal_nocase(asked, listed) &&
        offer_note(d->arena, o, false, "publisherId is \"%s\" in the list of %s", listed, asked) !=
            0) {
        return error_memory(err);
    }
    return 0;
}

int cpp_decode_offer(const cJSON *item, const char *publisher, struct arena *a, struct offer *out,
                     struct error *err)
{
    struct detail d = { .arena = a, .offer = out };
    const cJSON *definition = NULL;

    /* The type is required, since --type selects by it. */
    if (answer_check_whole(item, N_("an offer"), with_id, err) != 0 ||
        json_text(item, "", "id", &out->id, err) != 0 ||
        json_text(item, "", "status", &out->raw_status, err) != 0 ||
        json_text(item, "", "offerTypeId", &out->type, err) != 0 ||
        set_publisher(&d, item, publisher, err) != 0 ||
        detail(&d, json_text_or_number(item, "", "version", &out->version, &d.odd), err) != 0 ||
        detail(&d, json_time(item, "", "changedTime", a, &out->changed_at, &d.odd), err) != 0 ||
        detail(&d, json_object(item, "", "definition", &definition, &d.odd), err) != 0) {
        return -1;
    }
    return detail(&d, json_text(definition, "definition", "displayText", &out->name, &d.odd), err);
}

static int decode_message(struct detail *d, const cJSON *item, const char *where,
                          struct message *out, struct error *err)
{
    const char *html = NULL, *level = NULL;

    if (detail(d, json_need_object(item, where, &d->odd), err) != 0 ||
        detail(d, json_text(item, where, "messageHtml", &html, &d->odd), err) != 0 ||
        detail(d, json_text(item, where, "level", &level, &d->odd), err) != 0 ||
        detail(d, json_time(item, where, "timestamp", d->arena, &out->at, &d->odd), err) != 0) {
        return -1;
    }
    out->level = level_of_word(level);
    if (html != NULL && html_to_message(html, d->arena, out, err) != 0) {
        return error_wrap(err, "%s", where);
    }
    return 0;
}

/* The array `messages` of an object.  Those without text and links are left out. */
static int decode_messages(struct detail *d, const cJSON *object, const char *where,
                           const struct message **out, size_t *count, struct error *err)
{
    const cJSON *array = NULL, *item;
    struct message *messages;
    char path[96];
    int i = 0;

    *out = NULL;
    *count = 0;
    if (detail(d, json_array(object, where, "messages", &array, &d->odd), err) != 0) {
        return -1;
    }
    if (array == NULL || array->child == NULL) {
        return 0;
    }
    messages = arena_alloc(d->arena, (size_t)cJSON_GetArraySize(array) * sizeof(*messages));
    if (messages == NULL) {
        return error_memory(err);
    }
    cJSON_ArrayForEach(item, array)
    {
        snprintf(path, sizeof(path), "%s%smessages[%d]", where, *where != '\0' ? "." : "", i++);
        if (decode_message(d, item, path, &messages[*count], err) != 0) {
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
static int decode_progress(struct detail *d, const cJSON *item, const char *where, int *out,
                           struct error *err)
{
    if (detail(d, json_percent(item, where, "progressPercentage", out, &d->odd), err) != 0) {
        return -1;
    }
    if (*out >= 0) {
        return 0;
    }
    return detail(d, json_percent(item, where, "processPercentage", out, &d->odd), err);
}

static int decode_step(struct detail *d, const cJSON *item, const char *where, struct step *out,
                       struct error *err)
{
    static const char *const members[] = { "status", NULL };
    struct arena *a = d->arena;

    /* Id or name is required, since the publisher's sign-off is recognized by them. */
    if (answer_check(item, where, N_("a step"), members, err) != 0 ||
        json_text(item, where, "id", &out->id, err) != 0 ||
        json_text(item, where, "stepName", &out->name, err) != 0 ||
        json_text(item, where, "status", &out->raw_status, err) != 0 ||
        detail(d, json_text(item, where, "description", &out->description, &d->odd), err) != 0 ||
        detail(d, json_text(item, where, "estimatedTimeFrame", &out->estimated, &d->odd), err) !=
            0 ||
        decode_progress(d, item, where, &out->progress, err) != 0 ||
        decode_messages(d, item, where, &out->messages, &out->message_count, err) != 0) {
        return -1;
    }
    out->status = cpp_step_status(out->raw_status);
    if (json_keep(a, &out->id, err) != 0 || json_keep(a, &out->name, err) != 0 ||
        json_keep(a, &out->description, err) != 0 || json_keep(a, &out->raw_status, err) != 0 ||
        json_keep(a, &out->estimated, err) != 0) {
        return -1;
    }
    return 0;
}

/* Note on the offer what the step itself does not show. */
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
    static const char *const members[] = { "status", "steps", NULL };
    struct detail d = { .arena = a, .offer = o, .of = "status" };
    const cJSON *array = NULL, *child;
    struct step *steps = NULL;
    size_t count = 0;
    char path[32];

    if (answer_check_whole(item, N_("the status of an offer"), members, err) != 0 ||
        json_text(item, "", "status", status, err) != 0 || json_keep(a, status, err) != 0 ||
        json_array(item, "", "steps", &array, err) != 0 ||
        decode_messages(&d, item, "", &o->messages, &o->message_count, err) != 0) {
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
        if (decode_step(&d, child, path, &steps[count], err) != 0) {
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

int cpp_decode_submission(const cJSON *item, struct arena *a, struct offer *o,
                          struct cpp_submission *out, struct error *err)
{
    static const char *const members[] = { "submissionState", "submissionType", NULL };
    struct detail d = { .arena = a, .offer = o, .of = "submissions" };

    if (answer_check(item, "", N_("a submission"), members, err) != 0 ||
        json_text_or_number(item, "", "id", &out->id, err) != 0 ||
        json_text(item, "", "submissionType", &out->type, err) != 0 ||
        json_text(item, "", "submissionState", &out->state, err) != 0 ||
        detail(&d, json_text_or_number(item, "", "version", &out->version, &d.odd), err) != 0 ||
        detail(&d, json_text(item, "", "slot", &out->slot, &d.odd), err) != 0 ||
        detail(&d, json_time(item, "", "createdDateTime", a, &out->created_at, &d.odd), err) != 0 ||
        detail(&d, json_time(item, "", "changedTime", a, &out->changed_at, &d.odd), err) != 0) {
        return -1;
    }
    if (json_keep(a, &out->id, err) != 0 || json_keep(a, &out->version, err) != 0 ||
        json_keep(a, &out->type, err) != 0 || json_keep(a, &out->state, err) != 0 ||
        json_keep(a, &out->slot, err) != 0) {
        return -1;
    }
    return 0;
}

const char *const cpp_slot_members[] = { "id", "offerTypeId", ANSWER_MEMBERS, NULL };

int cpp_check_slot(const cJSON *item, struct error *err)
{
    static const char *const members[] = { "id|offerTypeId", NULL };

    if (answer_is_error(item)) {
        return error_set(err, ERR_ANSWER, "expected an offer, found an error document");
    }
    return answer_check(item, "", N_("an offer"), members, err);
}

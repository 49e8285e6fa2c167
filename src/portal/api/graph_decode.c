/* graph_decode.c - from the Product Ingestion API's JSON to records. */
#include "api/graph_decode.h"

#include "offerstat/translate.h"

#include "api/api.h"
#include "api/detail.h"
#include "rest/answer.h"

#include <stdio.h>
#include <string.h>

/* Further errors of one job or submission are left out. */
#define MESSAGES_MAX 100

const char *const graph_product_members[] = { "id",    "identity",       "type",
                                              "alias", "lifecycleState", ANSWER_MEMBERS,
                                              NULL };
const char *const graph_submission_members[] = { "id",
                                                 "target",
                                                 "status",
                                                 "result",
                                                 "created",
                                                 "lifecycleState",
                                                 "deprecationSchedule",
                                                 "validations",
                                                 ANSWER_MEMBERS,
                                                 NULL };

/* "submission/<guid>/<n>": what follows the last slash. */
static const char *last_part(const char *path)
{
    const char *slash = path != NULL ? strrchr(path, '/') : NULL;

    return slash != NULL ? slash + 1 : path;
}

/* "product/<guid>", perhaps with an address before it, or "/<n>" after it. */
static int find_product_id(struct arena *a, const char **id, struct error *err)
{
    static const char kind[] = "product/";
    const char *at = *id != NULL ? strstr(*id, kind) : NULL;

    if (at == NULL) {
        *id = last_part(*id);
        return 0;
    }
    at += strlen(kind);
    *id = arena_strndup(a, at, strcspn(at, "/"));
    return *id != NULL ? 0 : error_memory(err);
}

/* Microsoft's documentation of 2023 also spells it externalID in bodies. */
static int find_offer_id(const cJSON *item, const char **out, struct error *err)
{
    static const char *const names[] = { "externalId", "externalID", "externalid" };
    const cJSON *identity = NULL;

    if (json_object(item, "", "identity", &identity, err) != 0) {
        return -1;
    }
    for (size_t i = 0; identity != NULL && *out == NULL && i < 3; i++) {
        if (json_text(identity, "identity", names[i], out, err) != 0) {
            return -1;
        }
    }
    return 0;
}

int graph_decode_product(const cJSON *item, const char *publisher, struct arena *a,
                         struct offer *out, struct error *err)
{
    static const char *const members[] = { "id", NULL };
    struct detail d = { .arena = a, .offer = out };

    /* The type is required, since --type selects by it. */
    if (answer_check_whole(item, N_("a product"), members, err) != 0 ||
        json_text(item, "", "id", &out->product_id, err) != 0 ||
        json_text(item, "", "type", &out->type, err) != 0 ||
        json_text(item, "", "lifecycleState", &out->raw_status, err) != 0 ||
        detail(&d, json_text(item, "", "alias", &out->name, &d.odd), err) != 0 ||
        find_offer_id(item, &out->id, err) != 0 || find_product_id(a, &out->product_id, err) != 0) {
        return -1;
    }
    out->publisher = publisher;
    return offer_need_ids(a, out, err);
}

static int add_message(struct arena *a, struct message *messages, size_t *count, const char *code,
                       const char *text, const char *level, struct error *err)
{
    struct strbuf line = STRBUF_INIT(JSON_ELEMENT_MAX);
    struct message *m = &messages[*count];
    int rc = 0;

    if (*count == MESSAGES_MAX || (code == NULL && text == NULL)) {
        return 0;
    }
    if (text != NULL && code != NULL) {
        strbuf_printf(&line, "%s (%s)", text, code);
    } else {
        strbuf_puts(&line, text != NULL ? text : code);
    }
    *m = (struct message){ .level = LEVEL_ERROR };
    if (level != NULL) {
        m->level = level_of_word(level);
    }
    m->text = arena_strdup(a, strbuf_text(&line));
    if (line.failed || m->text == NULL) {
        rc = error_memory(err);
    }
    *count += 1;
    strbuf_clear(&line);
    return rc;
}

/* {code, message, level, details: [the same]}.  The recursion ends at JSON_DEPTH_MAX, deeper JSON
 * is refused before. */
static int add_errors(struct detail *d, const cJSON *list, const char *where,
                      struct message *messages, size_t *count, struct error *err);

static int add_error(struct detail *d, const cJSON *item, const char *where,
                     struct message *messages, size_t *count, struct error *err)
{
    const char *code = NULL, *text = NULL, *level = NULL;
    const cJSON *details = NULL;
    char below[160];

    if (detail(d, json_need_object(item, where, &d->odd), err) != 0 ||
        detail(d, json_text(item, where, "code", &code, &d->odd), err) != 0 ||
        detail(d, json_text(item, where, "message", &text, &d->odd), err) != 0 ||
        detail(d, json_text(item, where, "level", &level, &d->odd), err) != 0 ||
        detail(d, json_list(item, where, "details", &details, &d->odd), err) != 0 ||
        add_message(d->arena, messages, count, code, text, level, err) != 0) {
        return -1;
    }
    snprintf(below, sizeof(below), "%.140s.details", where);
    if (cJSON_IsObject(details)) { /* seen once instead of an array */
        return add_error(d, details, below, messages, count, err);
    }
    return add_errors(d, details, below, messages, count, err);
}

static int add_errors(struct detail *d, const cJSON *list, const char *where,
                      struct message *messages, size_t *count, struct error *err)
{
    const cJSON *item;
    char below[160];
    int i = 0;

    cJSON_ArrayForEach(item, list)
    {
        snprintf(below, sizeof(below), "%.140s[%d]", where, i++);
        if (add_error(d, item, below, messages, count, err) != 0) {
            return -1;
        }
    }
    return 0;
}

static int decode_errors(struct detail *d, const cJSON *item, const char *member,
                         const struct message **out, size_t *count, struct error *err)
{
    const cJSON *list = NULL;
    struct message *messages;

    *out = NULL;
    *count = 0;
    if (detail(d, json_array(item, "", member, &list, &d->odd), err) != 0) {
        return -1;
    }
    if (list == NULL || list->child == NULL) {
        return 0;
    }
    messages = arena_alloc(d->arena, MESSAGES_MAX * sizeof(*messages));
    if (messages == NULL) {
        return error_memory(err);
    }
    *out = messages;
    return add_errors(d, list, member, messages, count, err);
}

/* The date decides whether the offer is delisted yet.  An offset in its place is not documented. */
static int decode_schedule(const cJSON *item, struct arena *a, struct graph_submission *out,
                           struct error *err)
{
    const cJSON *schedule = NULL;

    if (json_object(item, "", "deprecationSchedule", &schedule, err) != 0) {
        return -1;
    }
    return json_time(schedule, "deprecationSchedule", "date", a, &out->deprecates_at, err);
}

int graph_decode_submission(const cJSON *item, struct arena *a, struct offer *o,
                            struct graph_submission *out, struct error *err)
{
    /* A draft has only its id, and an entry without an id may still say what has failed. */
    static const char *const members[] = { "id|target|status", NULL };
    struct detail d = { .arena = a, .offer = o, .of = "submissions" };
    const cJSON *target = NULL;

    if (answer_check_whole(item, N_("a submission"), members, err) != 0 ||
        json_text(item, "", "id", &out->id, err) != 0 ||
        json_object(item, "", "target", &target, err) != 0 ||
        json_text(target, "target", "targetType", &out->target, err) != 0 ||
        json_text(item, "", "status", &out->status, err) != 0 ||
        json_text(item, "", "result", &out->result, err) != 0 ||
        json_text(item, "", "lifecycleState", &out->lifecycle, err) != 0 ||
        detail(&d, json_time(item, "", "created", a, &out->created, &d.odd), err) != 0 ||
        decode_schedule(item, a, out, err) != 0 ||
        decode_errors(&d, item, "validations", &out->messages, &out->message_count, err) != 0) {
        return -1;
    }
    out->id = last_part(out->id);
    if (json_keep(a, &out->id, err) != 0 || json_keep(a, &out->target, err) != 0 ||
        json_keep(a, &out->status, err) != 0 || json_keep(a, &out->result, err) != 0 ||
        json_keep(a, &out->lifecycle, err) != 0) {
        return -1;
    }
    return 0;
}

/* Put what was left out before the messages. */
static int add_notes(struct arena *a, const struct offer *noted, struct event *out,
                     struct error *err)
{
    size_t count = noted->note_count;
    struct message *all;

    if (count == 0) {
        return 0;
    }
    all = arena_alloc(a, (count + out->message_count) * sizeof(*all));
    if (all == NULL) {
        return error_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        all[i] = (struct message){ .level = LEVEL_WARNING, .text = noted->notes[i].text };
    }
    if (out->message_count > 0) {
        memcpy(all + count, out->messages, out->message_count * sizeof(*all));
    }
    out->messages = all;
    out->message_count += count;
    return 0;
}

int graph_decode_job(const cJSON *item, struct arena *a, struct event *out, struct error *err)
{
    static const char *const members[] = { "jobStatus", NULL };
    const char *status = NULL, *result = NULL, *id = NULL, *other = NULL;
    struct offer noted = { 0 };
    struct detail d = { .arena = a, .offer = &noted };

    if (answer_check(item, "", N_("the status of a job"), members, err) != 0 ||
        json_text(item, "", "jobId", &id, err) != 0 ||
        json_text(item, "", "jobID", &other, err) != 0 ||
        json_text(item, "", "jobStatus", &status, err) != 0 ||
        json_text(item, "", "jobResult", &result, err) != 0 ||
        detail(&d, json_time(item, "", "jobStart", a, &out->started_at, &d.odd), err) != 0 ||
        detail(&d, json_time(item, "", "jobEnd", a, &out->changed_at, &d.odd), err) != 0 ||
        decode_errors(&d, item, "errors", &out->messages, &out->message_count, err) != 0 ||
        add_notes(a, &noted, out, err) != 0) {
        return -1;
    }
    if (status == NULL) {
        return error_set(err, ERR_ANSWER, "jobStatus: is missing");
    }
    out->kind = N_("job");
    out->type = "configure";
    out->id = id != NULL ? id : other;
    out->state =
        arena_printf(a, "%s%s%s", status, result != NULL ? "/" : "", result != NULL ? result : "");
    if (out->state == NULL) {
        return error_memory(err);
    }
    return json_keep(a, &out->id, err);
}

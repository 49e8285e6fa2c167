/* cpp.c - the routes of the Cloud Partner Portal, api-version 2017-10-31. */
#include "cpp.h"

#include "clock.h"
#include "json.h"
#include "offerstat/timestamp.h"
#include "product.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define API_VERSION "2017-10-31"

/* Add a number.  A scenario may have it as text, because a JSON number that cJSON reads keeps 53
 * bits and versions of the service have more; the digits are written as they are. */
static void cpp_add_digits(cJSON *to, const char *name, const cJSON *item, const char *missing)
{
    if (cJSON_IsString(item)) {
        cJSON_AddRawToObject(to, name, item->valuestring);
    } else if (cJSON_IsNumber(item)) {
        cJSON_AddNumberToObject(to, name, item->valuedouble);
    } else {
        cJSON_AddRawToObject(to, name, missing);
    }
}

/* The publisher or offer with an id, in any case. */
static const cJSON *cpp_find(const cJSON *list, const char *id)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, list)
    {
        const char *text = json_text(item, "id");
        if (text != NULL && strcasecmp(text, id) == 0) {
            return item;
        }
    }
    return NULL;
}

static void cpp_answer_publishers(const cJSON *scenario, struct reply *reply)
{
    cJSON *list = cJSON_CreateArray();
    const cJSON *publisher;

    cJSON_ArrayForEach(publisher, cJSON_GetObjectItemCaseSensitive(scenario, "publishers"))
    {
        cJSON *item = cJSON_CreateObject();
        cJSON *definition;
        cJSON_AddNumberToObject(item, "version", 1);
        json_add_text(item, "id", publisher, "id");
        definition = cJSON_AddObjectToObject(item, "definition");
        json_add_text(definition, "displayText", publisher, "name");
        cJSON_AddArrayToObject(definition, "offerTypeCategories");
        cpp_add_digits(definition, "sellerId",
                       cJSON_GetObjectItemCaseSensitive(publisher, "sellerId"), "0");
        cJSON_AddItemToArray(list, item);
    }
    reply_item(reply, 200, list);
}

/* "listItem" and "omit" of the scenario make an element of the list that clients do not expect. */
static cJSON *cpp_break_item(cJSON *item, const cJSON *offer)
{
    const cJSON *member;

    item = json_overlay(item, cJSON_GetObjectItemCaseSensitive(offer, "listItem"));
    cJSON_ArrayForEach(member, cJSON_GetObjectItemCaseSensitive(offer, "omit"))
    {
        cJSON_DeleteItemFromObjectCaseSensitive(item, member->valuestring);
    }
    return item;
}

static cJSON *cpp_list_item(const cJSON *publisher, const cJSON *offer)
{
    cJSON *item = cJSON_CreateObject(), *definition;

    json_add_text(item, "offerTypeId", offer, "type");
    json_add_text(item, "publisherId", publisher, "id");
    json_add_text(item, "status", offer, "status");
    json_add_text(item, "id", offer, "id");
    cpp_add_digits(item, "version", cJSON_GetObjectItemCaseSensitive(offer, "version"), "1");
    definition = cJSON_AddObjectToObject(item, "definition");
    json_add_text(definition, "displayText", offer, "name");
    json_add_text(item, "changedTime", offer, "changed");
    cJSON_AddStringToObject(item, "lockStatus", "none");
    cJSON_AddStringToObject(item, "pcMigrationStatus", "none");
    cJSON_AddArrayToObject(item, "offerTypeChanges");
    cJSON_AddObjectToObject(item, "offerTypeVersionsOverride");
    return cpp_break_item(item, offer);
}

/* How often the list shows an offer. */
static int cpp_copies(const cJSON *offer)
{
    const cJSON *repeat = cJSON_GetObjectItemCaseSensitive(offer, "repeat");

    if (!product_offer_is_in(offer, API_CPP)) {
        return 0;
    }
    return repeat != NULL ? repeat->valueint : 1;
}

/* Each element is printed into the body and freed: with "repeat" the list may have 100,000 of them,
 * and one document would take many times the memory of its text. */
static void cpp_answer_list(const cJSON *publisher, struct reply *reply)
{
    const cJSON *offer;
    bool first = true;

    reply_json(reply, 200, NULL); /* for an empty body */
    reply->status = 200;
    strbuf_puts(&reply->body, "[");
    cJSON_ArrayForEach(offer, cJSON_GetObjectItemCaseSensitive(publisher, "offers"))
    {
        const cJSON *repeat = cJSON_GetObjectItemCaseSensitive(offer, "repeat");
        int times = cpp_copies(offer);
        for (int i = 0; i < times; i++) {
            cJSON *item = cpp_list_item(publisher, offer);
            char id[256], *text;
            if (repeat != NULL && cJSON_IsObject(item)) {
                snprintf(id, sizeof(id), "%s-%06d", json_text(offer, "id"), i + 1);
                cJSON_ReplaceItemInObjectCaseSensitive(item, "id", cJSON_CreateString(id));
            }
            text = cJSON_PrintUnformatted(item);
            strbuf_puts(&reply->body, first ? "" : ",");
            strbuf_puts(&reply->body, text != NULL ? text : "null");
            cJSON_free(text);
            cJSON_Delete(item);
            first = false;
        }
    }
    strbuf_puts(&reply->body, "]");
}

static cJSON *cpp_messages(const cJSON *object)
{
    cJSON *list = cJSON_CreateArray();
    const cJSON *message;

    cJSON_ArrayForEach(message, cJSON_GetObjectItemCaseSensitive(object, "messages"))
    {
        cJSON *item = cJSON_CreateObject();
        json_add_text(item, "messageHtml", message, "html");
        json_add_text(item, "level", message, "level");
        json_add_text(item, "timestamp", message, "at");
        cJSON_AddItemToArray(list, item);
    }
    return list;
}

/* Such an offer has no operation, and the service answers its status with 404. */
static bool cpp_never_published(const cJSON *offer)
{
    const char *status = json_text(offer, "status");

    return strcasecmp(status, "neverPublished") == 0 || strcasecmp(status, "notStarted") == 0;
}

static void cpp_answer_status(const cJSON *offer, struct reply *reply)
{
    cJSON *document, *steps;
    const cJSON *step;

    if (cpp_never_published(offer) && cJSON_GetObjectItemCaseSensitive(offer, "steps") == NULL) {
        reply_error(reply, 404, "NotFound", "The offer has no publishing operation");
        return;
    }
    document = cJSON_CreateObject();
    json_add_text(document, "status", offer, "status");
    cJSON_AddItemToObject(document, "messages", cpp_messages(offer));
    steps = cJSON_AddArrayToObject(document, "steps");
    cJSON_ArrayForEach(step, cJSON_GetObjectItemCaseSensitive(offer, "steps"))
    {
        cJSON *item = cJSON_CreateObject();
        json_add_text(item, "estimatedTimeFrame", step, "estimated");
        json_add_text(item, "id", step, "id");
        json_add_text(item, "stepName", step, "name");
        json_add_text(item, "description", step, "description");
        json_add_text(item, "status", step, "status");
        cJSON_AddItemToObject(item, "messages", cpp_messages(step));
        cpp_add_digits(item, "progressPercentage",
                       cJSON_GetObjectItemCaseSensitive(step, "progress"), "0");
        cJSON_AddItemToArray(steps, item);
    }
    cJSON_AddArrayToObject(document, "previewLinks");
    cJSON_AddArrayToObject(document, "liveLinks");
    reply_item(reply, 200, document);
}

/* The whole offer, as a slot or its draft has it. */
static cJSON *cpp_document(const cJSON *publisher, const cJSON *offer, const cJSON *version)
{
    cJSON *document = cJSON_CreateObject(), *definition;

    json_add_text(document, "offerTypeId", offer, "type");
    json_add_text(document, "publisherId", publisher, "id");
    json_add_text(document, "status", offer, "status");
    json_add_text(document, "id", offer, "id");
    cpp_add_digits(document, "version", version, "1");
    definition = cJSON_AddObjectToObject(document, "definition");
    json_add_text(definition, "displayText", offer, "name");
    cJSON_AddArrayToObject(definition, "plans");
    cJSON_AddObjectToObject(definition, "offer");
    json_add_text(document, "changedTime", offer, "changed");
    return document;
}

static void cpp_answer_slot(const cJSON *publisher, const cJSON *offer, const char *slot,
                            struct reply *reply)
{
    const cJSON *version =
        cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(offer, "slots"), slot);

    if (strcmp(slot, "preview") != 0 && strcmp(slot, "production") != 0) {
        reply_error(reply, 400, "BadArgument", "The slot is unknown");
        return;
    }
    if (version == NULL) {
        reply_error(reply, 404, "NotFound", "The slot holds no offer");
        return;
    }
    reply_item(reply, 200, cpp_document(publisher, offer, version));
}

/* The draft.  Its ETag, which the service makes of a time of change, is also a member of the
 * document: W/"datetime'2019-10-30T22%3A03%3A51.6562051Z'". */
static void cpp_answer_draft(const cJSON *publisher, const cJSON *offer, struct reply *reply)
{
    cJSON *document =
        cpp_document(publisher, offer, cJSON_GetObjectItemCaseSensitive(offer, "version"));
    const char *changed = json_text(offer, "changed");
    char text[CLOCK_TEXT_MAX];
    int64_t ms = 0;

    if (changed != NULL && timestamp_read(changed, &ms, text) != TIMESTAMP_OK) {
        ms = 0;
    }
    clock_write(ms, 7, "Z", text);
    snprintf(reply->etag, sizeof(reply->etag), "W/\"datetime'%.13s%%3A%.2s%%3A%s'\"", text,
             text + 14, text + 17);
    cJSON_AddStringToObject(document, "Etag", reply->etag);
    reply_item(reply, 200, document);
}

static void cpp_answer_submissions(const cJSON *publisher, const cJSON *offer, struct reply *reply)
{
    cJSON *list = cJSON_CreateArray();
    const cJSON *submission;

    cJSON_ArrayForEach(submission, cJSON_GetObjectItemCaseSensitive(offer, "submissions"))
    {
        cJSON *item = cJSON_CreateObject(), *metadata;
        json_add_text(item, "id", submission, "id");
        json_add_text(item, "offerId", offer, "id");
        cpp_add_digits(item, "offerVersion", cJSON_GetObjectItemCaseSensitive(offer, "version"),
                       "1");
        json_add_text(item, "offerTypeId", offer, "type");
        json_add_text(item, "publisherId", publisher, "id");
        json_add_text(item, "submissionType", submission, "type");
        json_add_text(item, "submissionState", submission, "state");
        json_add_text(item, "slot", submission, "slot");
        cpp_add_digits(item, "version", cJSON_GetObjectItemCaseSensitive(submission, "version"),
                       "1");
        metadata = cJSON_AddObjectToObject(cJSON_AddObjectToObject(item, "definition"), "metadata");
        cJSON_AddStringToObject(metadata, "emails", "jdoe@contoso.com");
        json_add_text(item, "changedTime", submission, "changed");
        cJSON_AddItemToArray(list, item);
    }
    reply_item(reply, 200, list);
}

/* Whether a request may be answered; if false, the reply says why. */
static bool cpp_request_is_good(const struct request *request, const struct signin *signin,
                                struct reply *reply)
{
    const char *version = request_query(request, "api-version");
    const char *bearer = request_bearer(request);

    if (strcmp(request->method, "GET") != 0) {
        reply_error(reply, 405, "MethodNotAllowed", "The emulator answers GET only");
    } else if (version == NULL || strcmp(version, API_VERSION) != 0) {
        reply_error(reply, 400, "InvalidAPIVersion",
                    "Invalid api version. Allowed values are [" API_VERSION "]");
    } else if (bearer == NULL || !signin_accepts(signin, bearer, API_CPP)) {
        reply_error(reply, 401, "Unauthorized", "The bearer token is missing or not valid");
    } else {
        return true;
    }
    return false;
}

/* An offer and what is below it. */
static void cpp_answer_offer(const cJSON *publisher, const cJSON *offer, const char *const *parts,
                             size_t count, struct reply *reply)
{
    if (count == 5) {
        reply->route = "offer";
        cpp_answer_draft(publisher, offer, reply);
    } else if (count == 6 && strcmp(parts[5], "status") == 0) {
        reply->route = "status";
        cpp_answer_status(offer, reply);
    } else if (count == 7 && strcmp(parts[5], "slot") == 0) {
        reply->route = "slot";
        cpp_answer_slot(publisher, offer, parts[6], reply);
    } else if (count == 6 && strcmp(parts[5], "submissions") == 0) {
        reply->route = "submissions";
        cpp_answer_submissions(publisher, offer, reply);
    } else {
        reply_error(reply, 404, "NotFound", "No such route");
    }
}

void cpp_answer(const cJSON *scenario, const struct request *request, const struct signin *signin,
                struct reply *reply)
{
    const cJSON *publishers = cJSON_GetObjectItemCaseSensitive(scenario, "publishers");
    const cJSON *publisher, *offer;
    const char *const *parts = request->parts;
    size_t count = request->part_count;

    reply->api = API_CPP;
    reply_error(reply, 404, "NotFound", "No such route"); /* unless one below knows better */
    if (count < 2 || strcmp(parts[0], "api") != 0 || strcmp(parts[1], "publishers") != 0 ||
        !cpp_request_is_good(request, signin, reply)) {
        /* the reply says why not */
    } else if (count == 2) {
        reply->route = "publishers";
        cpp_answer_publishers(scenario, reply);
    } else if ((publisher = cpp_find(publishers, parts[2])) == NULL) {
        reply_error(reply, 404, "NotFound", "The publisher does not exist");
    } else if (cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(publisher, "forbidden"))) {
        reply_error(reply, 403, "Forbidden", "User does not have the required permissions");
    } else if (count == 4 && strcmp(parts[3], "offers") == 0) {
        reply->route = "list";
        cpp_answer_list(publisher, reply);
    } else if (count >= 5 && strcmp(parts[3], "offers") == 0) {
        offer = cpp_find(cJSON_GetObjectItemCaseSensitive(publisher, "offers"), parts[4]);
        if (offer != NULL && product_offer_is_in(offer, API_CPP)) {
            cpp_answer_offer(publisher, offer, parts, count, reply);
        } else {
            reply_error(reply, 404, "NotFound", "The offer does not exist");
        }
    }
}

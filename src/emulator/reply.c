/* reply.c - what requests and answers are made of. */
#include "emulator.h"

#include <string.h>
#include <strings.h>
#include <time.h>

const char *request_query(const struct request *request, const char *name)
{
    return cJSON_GetStringValue(cJSON_GetObjectItem(request->query, name)); /* in any case */
}

const char *request_bearer(const struct request *request)
{
    const char *given = request->authorization;

    return given != NULL && strncmp(given, "Bearer ", 7) == 0 ? given + 7 : NULL;
}

void reply_json(struct reply *reply, unsigned status, char *text)
{
    strbuf_reset(&reply->body);
    reply->status = text != NULL ? status : 500;
    reply->content_type = "application/json; charset=utf-8";
    if (text != NULL) {
        strbuf_puts(&reply->body, text);
        cJSON_free(text);
    }
}

void reply_item(struct reply *reply, unsigned status, cJSON *item)
{
    reply_json(reply, status, item != NULL ? cJSON_PrintUnformatted(item) : NULL);
    cJSON_Delete(item);
}

/* The service's error document (recorded: a 403). */
void reply_error(struct reply *reply, unsigned status, const char *code, const char *message)
{
    cJSON *document = cJSON_CreateObject();
    cJSON *error = cJSON_AddObjectToObject(document, "error");

    cJSON_AddStringToObject(error, "code", code);
    cJSON_AddStringToObject(error, "message", message);
    reply_item(reply, status, document);
}

/* Recorded are a text that holds JSON for 400, nothing at all for 404; read by clients: the
 * gateway's object for the rest. */
static void ingestion_fault(struct reply *reply, unsigned status, const char *message)
{
    cJSON *document = cJSON_CreateObject();
    struct strbuf text = STRBUF_INIT(BODY_MAX);
    char *inner;

    if (status == 404) {
        reply_item(reply, status, document);
        strbuf_reset(&reply->body);
    } else if (status == 400) {
        cJSON_AddNumberToObject(document, "faultCode", 50400);
        cJSON_AddStringToObject(document, "reasonPhrase", message);
        cJSON_AddStringToObject(document, "correlationId", "70d9822c-6a89-4995-a802-472b7376e74b");
        inner = cJSON_PrintUnformatted(document);
        strbuf_printf(&text, "ICH50400 - Unable to complete request. %s",
                      inner != NULL ? inner : "");
        cJSON_free(inner);
        cJSON_Delete(document);
        reply_item(reply, status, cJSON_CreateString(strbuf_text(&text)));
        strbuf_clear(&text);
    } else {
        cJSON_AddNumberToObject(document, "statusCode", status);
        cJSON_AddStringToObject(document, "message", message);
        reply_item(reply, status, document);
    }
}

/* The service nests details; the front end, which alone looks at tokens, has a shape of its own. */
static void graph_fault(struct reply *reply, unsigned status, const char *code, const char *message)
{
    cJSON *document = cJSON_CreateObject();
    cJSON *error = cJSON_AddObjectToObject(document, "error");

    cJSON_AddStringToObject(error, "code", status == 401 ? "InvalidAuthenticationToken" : code);
    cJSON_AddStringToObject(error, "message", message);
    if (status == 401 || status == 429) {
        cJSON *inner = cJSON_AddObjectToObject(error, "innerError");
        cJSON_AddStringToObject(inner, "date", "2026-11-22T10:00:00");
        cJSON_AddStringToObject(inner, "request-id", "00000000-0000-4000-8000-000000000000");
        cJSON_AddStringToObject(inner, "client-request-id", "00000000-0000-4000-8000-000000000000");
    } else {
        cJSON_AddArrayToObject(error, "details");
    }
    reply_item(reply, status, document);
}

void reply_fault(struct reply *reply, unsigned status, const char *code, const char *message)
{
    char graph_code[64];

    switch (reply->api) {
    case API_CPP:
    case API_NONE:
        reply_error(reply, status, code, message);
        break;
    case API_INGESTION:
        ingestion_fault(reply, status, message);
        break;
    case API_GRAPH: /* the same words with a small letter: badRequest, notFound */
        snprintf(graph_code, sizeof(graph_code), "%s", code);
        graph_code[0] = (char)(graph_code[0] | 0x20);
        graph_fault(reply, status, graph_code, message);
        break;
    }
}

const char *text_of(const cJSON *object, const char *member)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, member));
}

bool text_is(const cJSON *object, const char *member, const char *wanted)
{
    const char *text = text_of(object, member);

    return text != NULL && strcasecmp(text, wanted) == 0;
}

void add_text(cJSON *to, const char *name, const cJSON *from, const char *member)
{
    const char *text = text_of(from, member);

    if (text != NULL) {
        cJSON_AddStringToObject(to, name, text);
    }
}

cJSON *overlay(cJSON *item, const cJSON *over)
{
    const cJSON *member;

    if (over != NULL && !cJSON_IsObject(over)) {
        cJSON_Delete(item);
        return cJSON_Duplicate(over, true);
    }
    cJSON_ArrayForEach(member, over)
    {
        cJSON_DeleteItemFromObjectCaseSensitive(item, member->string);
        cJSON_AddItemToObject(item, member->string, cJSON_Duplicate(member, true));
    }
    return item;
}

uint64_t hash_more(uint64_t hash, const char *text)
{
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    }
    return hash ^ hash >> 29; /* the low bits of FNV know the last letters alone */
}

uint64_t hash_text(const char *text)
{
    return hash_more(UINT64_C(14695981039346656037), text);
}

void write_time(int64_t unix_ms, int digits, const char *zone, char out[TIME_MAX])
{
    time_t seconds = (time_t)(unix_ms / 1000);
    struct tm parts = { 0 };
    char date[32];

    gmtime_r(&seconds, &parts);
    strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(out, TIME_MAX, "%s.%03d%.*s%s", date, (int)(unix_ms % 1000), digits - 3, "0000", zone);
}

/* reply.c - reading a request, filling a reply. */
#include "reply.h"

#include <stdio.h>
#include <string.h>

#define BEARER "Bearer "

const char *request_query(const struct request *request, const char *name)
{
    return cJSON_GetStringValue(cJSON_GetObjectItem(request->query, name)); /* in any case */
}

const char *request_bearer(const struct request *request)
{
    const char *header = request->authorization;

    if (header == NULL || strncmp(header, BEARER, strlen(BEARER)) != 0) {
        return NULL;
    }
    return header + strlen(BEARER);
}

void reply_own_body(struct reply *reply)
{
    if (reply->given_body != NULL) {
        strbuf_puts(&reply->body, reply->given_body);
        reply->given_body = NULL;
    }
}

void reply_json(struct reply *reply, unsigned status, char *text)
{
    strbuf_reset(&reply->body);
    reply->content_type = "application/json; charset=utf-8";
    reply->status = 500;
    if (text != NULL) {
        reply->status = status;
        strbuf_puts(&reply->body, text);
        cJSON_free(text);
    }
}

void reply_item(struct reply *reply, unsigned status, cJSON *item)
{
    reply_json(reply, status, item != NULL ? cJSON_PrintUnformatted(item) : NULL);
    cJSON_Delete(item);
}

/* The error document of the Cloud Partner Portal, as recorded with a 403. */
static void reply_cpp_error(struct reply *reply, unsigned status, const char *code,
                            const char *message)
{
    cJSON *document = cJSON_CreateObject();
    cJSON *error = cJSON_AddObjectToObject(document, "error");

    cJSON_AddStringToObject(error, "code", code);
    cJSON_AddStringToObject(error, "message", message);
    reply_item(reply, status, document);
}

/* For 400 the service was seen to send a JSON text that holds JSON, and for 404 no body at all.
 * Other statuses come from the gateway before it; its object is known from what clients read. */
static void reply_ingestion_error(struct reply *reply, unsigned status, const char *message)
{
    cJSON *document = cJSON_CreateObject();
    struct strbuf text = STRBUF_INIT(REPLY_BODY_MAX);
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

/* Microsoft Graph's front end checks tokens and limits rates; the service is behind it.  Their
 * errors differ: the front end has innerError where the service has details. */
static void reply_graph_error(struct reply *reply, unsigned status, const char *code,
                              const char *message)
{
    cJSON *document = cJSON_CreateObject();
    cJSON *error = cJSON_AddObjectToObject(document, "error");

    if (status == 401) {
        code = "InvalidAuthenticationToken";
    }
    cJSON_AddStringToObject(error, "code", code);
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

void reply_error(struct reply *reply, unsigned status, const char *code, const char *message)
{
    char graph_code[64];

    switch (reply->api) {
    case API_CPP:
    case API_NONE:
        reply_cpp_error(reply, status, code, message);
        break;
    case API_INGESTION:
        reply_ingestion_error(reply, status, message);
        break;
    case API_GRAPH: /* its codes begin with a small letter: badRequest, notFound */
        snprintf(graph_code, sizeof(graph_code), "%s", code);
        graph_code[0] = (char)(graph_code[0] | 0x20); /* ASCII lower case */
        reply_graph_error(reply, status, graph_code, message);
        break;
    }
}

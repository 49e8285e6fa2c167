/* error_body.c - the sentence in an error's body. */
#include "rest/error_body.h"

#include "json/json.h"

#include <stdio.h>
#include <string.h>

/* One line of at most out_size bytes; where it is cut, between characters, it says so. */
static void put_line(char *out, size_t out_size, const char *text)
{
    static const char mark[] = "...";
    size_t all = strlen(text), len = all < out_size ? all : out_size - sizeof(mark);

    while (len < all && len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80) {
        len--; /* in the middle of a character */
    }
    for (size_t i = 0; i < len; i++) {
        out[i] = (char)(strchr("\t\r\n", text[i]) != NULL ? ' ' : text[i]);
    }
    memcpy(out + len, len < all ? mark : "", len < all ? sizeof(mark) : 1);
}

/* Innermost facts say more than their covers, but no line should hold a hundred of them. */
#define DETAILS_MAX 3

static void put_fact(struct strbuf *line, const cJSON *object)
{
    const char *code = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "code"));
    const char *message = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "message"));
    bool has_message = message != NULL && *message != '\0';

    if (code == NULL && !has_message) {
        return;
    }
    strbuf_printf(line, "%s%s%s%s", line->len > 0 ? "; " : "", code != NULL ? code : "",
                  code != NULL && has_message ? ": " : "", has_message ? message : "");
}

/* {"code", "message", "details": [the same]}: each of them, from the outside in. */
static void put_facts(struct strbuf *line, const cJSON *object, unsigned *left)
{
    const cJSON *details = cJSON_GetObjectItemCaseSensitive(object, "details"), *item;
    const cJSON *list = cJSON_IsArray(details) ? details : NULL;

    put_fact(line, object);
    if (cJSON_IsObject(details) && *left > 0) {
        (*left)--;
        put_facts(line, details, left);
    }
    cJSON_ArrayForEach(item, list)
    {
        if (*left > 0 && cJSON_IsObject(item)) {
            (*left)--;
            put_facts(line, item, left);
        }
    }
}

/* {"ProductTypeFilter[0]": ["The field is invalid ..."]}: the first of each. */
static void put_fields(struct strbuf *line, const cJSON *fields)
{
    const cJSON *list = cJSON_IsObject(fields) ? fields : NULL, *field;
    unsigned told = 0;

    cJSON_ArrayForEach(field, list)
    {
        const char *text = cJSON_GetStringValue(cJSON_IsArray(field) ? field->child : field);
        if (text == NULL || field->string == NULL) {
            continue;
        }
        if (told++ == DETAILS_MAX) {
            break;
        }
        strbuf_printf(line, "%s%s: %s", line->len > 0 ? "; " : "", field->string, text);
    }
}

/* What one of the services' objects says: {"error": {...}}, {"code", "message"}, Partner Center's
 * {"faultCode", "reasonPhrase", "data"}, {"title", "errors"}, its gateway's {"statusCode",
 * "message"}, the identity platform's {"error": "word"}. */
static void put_object(struct strbuf *line, const cJSON *object)
{
    static const char *const sentences[] = { "reasonPhrase", "title" };
    const cJSON *error = cJSON_GetObjectItemCaseSensitive(object, "error");
    unsigned left = DETAILS_MAX;

    put_facts(line, cJSON_IsObject(error) ? error : object, &left);
    for (size_t i = 0; i < 2; i++) {
        const char *text =
            cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, sentences[i]));
        if (text != NULL) {
            strbuf_printf(line, "%s%s", line->len > 0 ? "; " : "", text);
        }
    }
    put_fields(line, cJSON_GetObjectItemCaseSensitive(object, "data"));
    put_fields(line, cJSON_GetObjectItemCaseSensitive(object, "errors"));
}

static cJSON *parse(const char *text, size_t len, struct strbuf *scratch, struct arena *a)
{
    struct error ignored = ERROR_INIT;

    strbuf_reset(scratch);
    return json_parse(text, len, NULL, scratch, a, &ignored);
}

/* Partner Center puts a document into a sentence ("ICH50400 - Unable to complete request. {...}"),
 * also one whose quotes were lost on the way: from its first brace to its last. */
static bool put_sentence(struct strbuf *line, const char *text, struct arena *a)
{
    struct strbuf scratch = STRBUF_INIT((size_t)256 * 1024);
    const char *open = strchr(text, '{'), *close = strrchr(text, '}');
    cJSON *object = open != NULL && close != NULL && close > open
                        ? parse(open, (size_t)(close + 1 - open), &scratch, a)
                        : NULL;
    size_t len = object != NULL ? (size_t)(open - text) : strlen(text);

    while (object != NULL && len > 0 && strchr(" \t\r\n.=", text[len - 1]) != NULL) {
        len--;
    }
    strbuf_append(line, text, len);
    if (object != NULL) {
        put_object(line, object);
    }
    strbuf_clear(&scratch);
    return object != NULL;
}

void json_error_message(const char *body, char *out, size_t out_size)
{
    struct strbuf scratch = STRBUF_INIT((size_t)256 * 1024), line = STRBUF_INIT((size_t)128 * 1024);
    struct arena parsed = ARENA_INIT;
    cJSON *doc = *body != '\0' ? parse(body, strlen(body), &scratch, &parsed) : NULL;
    const char *text = cJSON_GetStringValue(doc);

    if (cJSON_IsObject(doc)) {
        put_object(&line, doc);
    } else if (text != NULL) {
        put_sentence(&line, text, &parsed);
    } else if (doc == NULL && strchr(body, '<') == NULL) { /* HTML says nothing in a line */
        put_sentence(&line, *body == '"' ? body + 1 : body, &parsed);
    }
    put_line(out, out_size, strbuf_text(&line));
    arena_clear(&parsed);
    strbuf_clear(&line);
    strbuf_clear(&scratch);
}

void json_error_request_id(const char *body, char *out, size_t out_size)
{
    static const char *const inner[] = { "innerError", "innererror" };
    struct strbuf scratch = STRBUF_INIT((size_t)256 * 1024);
    struct arena parsed = ARENA_INIT;
    const cJSON *doc = *body == '{' ? parse(body, strlen(body), &scratch, &parsed) : NULL;
    const cJSON *error = cJSON_GetObjectItemCaseSensitive(doc, "error");
    const char *id = NULL;

    for (size_t i = 0; i < 2 && id == NULL; i++) {
        id = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(
            cJSON_GetObjectItemCaseSensitive(error, inner[i]), "request-id"));
    }
    snprintf(out, out_size, "%s", id != NULL ? id : "");
    arena_clear(&parsed);
    strbuf_clear(&scratch);
}

void json_error_describe(const char *body, struct fetch_refusal *out)
{
    json_error_message(body, out->message, sizeof(out->message));
    json_error_request_id(body, out->request_id, sizeof(out->request_id));
}

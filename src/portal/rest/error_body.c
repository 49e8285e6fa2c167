/* error_body.c - finding the message in the body of an error. */
#include "rest/error_body.h"

#include "offerstat/redact.h"
#include "json/json.h"

#include <stdio.h>
#include <string.h>

/* Copy text as one line into out_size bytes.  A longer text is cut between two characters and ends
 * with "...". */
static void put_line(char *out, size_t out_size, const char *text)
{
    static const char mark[] = "...";
    size_t all = strlen(text), len = all;

    if (all >= out_size) {
        len = out_size - sizeof(mark);
        while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80) {
            len--; /* a UTF-8 continuation byte: in the middle of a character */
        }
    }
    for (size_t i = 0; i < len; i++) {
        out[i] = text[i];
        if (strchr("\t\r\n", text[i]) != NULL) {
            out[i] = ' ';
        }
    }
    out[len] = '\0';
    if (len < all) {
        memcpy(out + len, mark, sizeof(mark));
    }
}

/* Nested details say more than the outer error, but a hundred would not fit in a line. */
#define DETAILS_MAX 3

static void put_separator(struct strbuf *line)
{
    if (line->len > 0) {
        strbuf_puts(line, "; ");
    }
}

/* "code: message", or the one of them that exists. */
static void put_fact(struct strbuf *line, const cJSON *object, const char *code_name,
                     const char *message_name)
{
    const char *code = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, code_name));
    const char *message =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, message_name));
    bool has_code = code != NULL && *code != '\0';
    bool has_message = message != NULL && *message != '\0';

    if (!has_code && !has_message) {
        return;
    }
    put_separator(line);
    if (has_code) {
        strbuf_puts(line, code);
    }
    if (has_code && has_message) {
        strbuf_puts(line, ": ");
    }
    if (has_message) {
        strbuf_puts(line, message);
    }
}

/* {"code", "message", "details": [the same]}: each of them, outermost first, until *left is 0. */
static void put_facts(struct strbuf *line, const cJSON *object, unsigned *left)
{
    const cJSON *details = cJSON_GetObjectItemCaseSensitive(object, "details"), *item;
    const cJSON *list = cJSON_IsArray(details) ? details : NULL;

    put_fact(line, object, "code", "message");
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

/* {"ProductTypeFilter[0]": ["The field is invalid ..."]}: the first sentence on each field. */
static void put_fields(struct strbuf *line, const cJSON *fields)
{
    const cJSON *list = cJSON_IsObject(fields) ? fields : NULL, *field;
    unsigned count = 0;

    cJSON_ArrayForEach(field, list)
    {
        const char *text = cJSON_GetStringValue(cJSON_IsArray(field) ? field->child : field);
        if (text == NULL || field->string == NULL) {
            continue;
        }
        if (count++ == DETAILS_MAX) {
            break;
        }
        put_separator(line);
        strbuf_printf(line, "%s: %s", field->string, text);
    }
}

/* Append the sentences of an error object.  The forms are {"error": {...}}, {"code", "message"},
 * Partner Center's {"faultCode", "reasonPhrase", "data"}, {"title", "errors"}, its gateway's
 * {"statusCode", "message"}, and OAuth's {"error": "word", "error_description"}. */
static void put_object(struct strbuf *line, const cJSON *object)
{
    static const char *const sentences[] = { "reasonPhrase", "title" };
    const cJSON *error = cJSON_GetObjectItemCaseSensitive(object, "error");
    unsigned left = DETAILS_MAX;

    put_facts(line, cJSON_IsObject(error) ? error : object, &left);
    put_fact(line, object, "error", "error_description");
    for (size_t i = 0; i < 2; i++) {
        const char *text =
            cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, sentences[i]));
        if (text != NULL) {
            put_separator(line);
            strbuf_puts(line, text);
        }
    }
    put_fields(line, cJSON_GetObjectItemCaseSensitive(object, "data"));
    put_fields(line, cJSON_GetObjectItemCaseSensitive(object, "errors"));
}

static cJSON *parse(const char *text, size_t len, struct arena *a)
{
    struct error ignored = ERROR_INIT;

    return json_parse(text, len, NULL, a, &ignored);
}

/* Append a sentence.  Partner Center puts a JSON object into one ("ICH50400 - Unable to complete
 * request. {...}"): the part from the first brace to the last is replaced by the message in it. */
static void put_sentence(struct strbuf *line, const char *text, struct arena *a)
{
    const char *open = strchr(text, '{'), *close = strrchr(text, '}');
    const cJSON *object = NULL;
    size_t len = strlen(text);

    if (open != NULL && close != NULL && close > open) {
        object = parse(open, (size_t)(close + 1 - open), a);
    }
    if (object != NULL) {
        len = (size_t)(open - text);
        while (len > 0 && strchr(" \t\r\n.=", text[len - 1]) != NULL) {
            len--;
        }
    }
    strbuf_append(line, text, len);
    if (object != NULL) {
        put_object(line, object);
    }
}

void json_error_message(const char *body, char *out, size_t out_size)
{
    struct strbuf line = STRBUF_SECRET((size_t)128 * 1024); /* a service may repeat one */
    struct arena parsed = ARENA_INIT;
    const cJSON *doc;
    const char *text;

    body = json_skip_mark(body);
    doc = parse(body, strlen(body), &parsed);
    text = cJSON_GetStringValue(doc);
    if (cJSON_IsObject(doc)) {
        put_object(&line, doc);
    } else if (text != NULL) {
        put_sentence(&line, text, &parsed);
    } else if (doc == NULL && strchr(body, '<') == NULL) { /* an HTML page has no message for us */
        if (*body == '"') {
            body++; /* a JSON string whose inner quotes lost their backslashes */
        }
        put_sentence(&line, body, &parsed);
    }
    /* JSON may have spelled a secret differently, so secrets are hidden in the decoded text, before
     * that is cut. */
    if (line.data != NULL) {
        redact_text(line.data);
    }
    put_line(out, out_size, strbuf_text(&line));
    arena_wipe(&parsed);
    strbuf_clear(&line);
}

void json_error_request_id(const char *body, char *out, size_t out_size)
{
    static const char *const inner[] = { "innerError", "innererror" };
    struct arena parsed = ARENA_INIT;
    const cJSON *doc = NULL, *error;
    const char *id = NULL;

    body = json_skip_mark(body);
    if (*body == '{') {
        doc = parse(body, strlen(body), &parsed);
    }
    error = cJSON_GetObjectItemCaseSensitive(doc, "error");
    for (size_t i = 0; i < 2 && id == NULL; i++) {
        id = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(
            cJSON_GetObjectItemCaseSensitive(error, inner[i]), "request-id"));
    }
    snprintf(out, out_size, "%s", id != NULL ? id : "");
    arena_wipe(&parsed);
}

void json_error_describe(const char *body, struct fetch_refusal *out)
{
    json_error_message(body, out->message, sizeof(out->message));
    json_error_request_id(body, out->request_id, sizeof(out->request_id));
}

/* json_error.c - the sentence in an error's body. */
#include "json.h"

#include <stdio.h>
#include <string.h>

/* One line of at most out_size bytes; cut between characters. */
static void put_line(char *out, size_t out_size, const char *text)
{
    size_t len = 0;

    for (; *text != '\0' && len + 1 < out_size; text++) {
        out[len++] = (char)((unsigned char)*text < ' ' ? ' ' : *text);
    }
    if (((unsigned char)*text & 0xC0) == 0x80) { /* in the middle of a character */
        while (len > 0 && ((unsigned char)out[len - 1] & 0xC0) == 0x80) {
            len--;
        }
        len -= len > 0 ? 1 : 0;
    }
    out[len] = '\0';
}

static void put_members(const cJSON *object, char *out, size_t out_size)
{
    const cJSON *code = cJSON_GetObjectItemCaseSensitive(object, "code");
    const cJSON *message = cJSON_GetObjectItemCaseSensitive(object, "message");
    struct strbuf line = STRBUF_INIT((size_t)64 * 1024);

    if (cJSON_IsString(code)) {
        (void)strbuf_puts(&line, code->valuestring);
    }
    if (cJSON_IsString(message) && message->valuestring[0] != '\0') {
        (void)strbuf_printf(&line, "%s%s", line.len > 0 ? ": " : "", message->valuestring);
    }
    put_line(out, out_size, strbuf_text(&line));
    strbuf_clear(&line);
}

void json_error_message(const char *body, char *out, size_t out_size)
{
    struct strbuf copy = STRBUF_INIT((size_t)64 * 1024), scratch = STRBUF_INIT((size_t)256 * 1024);
    struct error ignored = ERROR_INIT;
    struct arena parsed = ARENA_INIT;
    const char *text;
    cJSON *doc = NULL;

    out[0] = '\0';
    if (strbuf_puts(&copy, body) == 0 && copy.len > 0) {
        doc = json_parse(copy.data, copy.len, NULL, &scratch, &parsed, &ignored);
    }
    if (cJSON_IsObject(doc)) {
        const cJSON *error = cJSON_GetObjectItemCaseSensitive(doc, "error");
        put_members(cJSON_IsObject(error) ? error : doc, out, out_size);
    } else if ((text = cJSON_GetStringValue(doc)) != NULL) {
        put_line(out, out_size, text);
    } else if (doc == NULL &&
               strchr(body, '<') == NULL) { /* a page of HTML says nothing in a line */
        put_line(out, out_size, body);
    }
    arena_clear(&parsed);
    strbuf_clear(&scratch);
    strbuf_clear(&copy);
}

/* har_key.c - addresses taken apart and put in order. */
#include "har_key.h"

#include "offerstat/strbuf.h"
#include "offerstat/text.h"

#include <stdlib.h>
#include <string.h>

#define QUERY_MAX ((size_t)1024 * 1024)

static int hex_value(char c)
{
    const char *digits = "0123456789abcdef";
    const char *digit = c != '\0' ? strchr(digits, text_lower(c)) : NULL;

    return digit != NULL ? (int)(digit - digits) : -1;
}

char *har_decoded(const char *text, size_t len, bool in_query)
{
    char *copy = malloc(len + 1);
    size_t to = 0;

    for (size_t i = 0; copy != NULL && i < len; i++) {
        int high = text[i] == '%' && i + 2 < len ? hex_value(text[i + 1]) : -1;
        int low = high >= 0 ? hex_value(text[i + 2]) : -1;
        copy[to] = text[i];
        if (low >= 0) {
            copy[to] = (char)(high * 16 + low);
            i += 2;
        } else if (in_query && text[i] == '+') {
            copy[to] = ' ';
        }
        to++;
    }
    if (copy != NULL) {
        copy[to] = '\0';
    }
    return copy;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "name=value"; the services do not mind the case of a name. */
static char *parameter(const cJSON *item)
{
    struct strbuf text = STRBUF_INIT(QUERY_MAX);

    strbuf_printf(&text, "%s=%s", item->string, item->valuestring);
    for (char *p = text.data; p != NULL && *p != '='; p++) {
        *p = (char)text_lower(*p);
    }
    if (text.failed) {
        strbuf_clear(&text);
    }
    return text.data;
}

char *har_key(const char *method, const char *path, const cJSON *query)
{
    struct strbuf key = STRBUF_INIT(QUERY_MAX);
    size_t count = (size_t)cJSON_GetArraySize(query), made = 0;
    char **parameters = calloc(count + 1, sizeof(*parameters));
    const cJSON *item;

    if (parameters == NULL) {
        return NULL;
    }
    cJSON_ArrayForEach(item, query)
    {
        parameters[made] = parameter(item);
        key.failed = key.failed || parameters[made] == NULL;
        made += parameters[made] != NULL;
    }
    qsort(parameters, made, sizeof(*parameters), compare_texts);
    strbuf_printf(&key, "%s %s", method, path);
    for (size_t i = 0; i < made; i++) {
        strbuf_printf(&key, "%c%s", i == 0 ? '?' : '&', parameters[i]);
        free(parameters[i]);
    }
    free(parameters);
    if (key.failed) {
        strbuf_clear(&key);
    }
    return key.data;
}

cJSON *har_query(const char *url)
{
    cJSON *query = cJSON_CreateObject();
    const char *p = strchr(url, '?');

    while (query != NULL && p != NULL && *p != '\0' && *p != '#') {
        size_t len = strcspn(p + 1, "&#"), name = strcspn(p + 1, "=&#");
        char *left = har_decoded(p + 1, name, true), *right;
        if (name < len) {
            right = har_decoded(p + 2 + name, len - name - 1, true);
        } else {
            right = har_decoded("", 0, true);
        }
        if (left == NULL || right == NULL ||
            (len > 0 && cJSON_AddStringToObject(query, left, right) == NULL)) {
            cJSON_Delete(query);
            query = NULL;
        }
        free(left);
        free(right);
        p += 1 + len;
    }
    return query;
}

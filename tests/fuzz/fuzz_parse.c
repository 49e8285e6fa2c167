/* fuzz_parse.c - what is accepted is what cJSON reads of it, and all that cJSON prints is accepted.
 * Leaving out the members that are not read changes nothing else: the same elements are refused. */
#define _GNU_SOURCE /* memmem */
#include "fuzz.h"
#include "json/json.h"

#include <stdlib.h>
#include <string.h>

static const char *const members[] = { "id", "status", "definition", NULL };

static bool is_wanted(const char *name)
{
    for (size_t i = 0; members[i] != NULL; i++) {
        if (strcmp(members[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* As printed: cJSON_Compare takes each level of objects twice. */
static bool same_value(const cJSON *a, const cJSON *b)
{
    char *left = cJSON_PrintUnformatted(a), *right = cJSON_PrintUnformatted(b);
    bool same = left != NULL && right != NULL && strcmp(left, right) == 0;

    cJSON_free(left);
    cJSON_free(right);
    return same;
}

static void compare_members(const cJSON *all, const cJSON *picked)
{
    const cJSON *item, *next = picked->child;

    cJSON_ArrayForEach(item, all)
    {
        if (!is_wanted(item->string)) {
            continue;
        }
        if (next == NULL || strcmp(item->string, next->string) != 0 || !same_value(item, next)) {
            abort();
        }
        next = next->next;
    }
    if (next != NULL) {
        abort();
    }
}

static cJSON *parse(const char *text, size_t size, const char *const *wanted, struct arena *a,
                    struct error *err)
{
    cJSON *item = json_parse(text, size, wanted, a, err);

    if (item == NULL && (err->code != ERR_ANSWER || err->text[0] == '\0')) {
        abort();
    }
    return item;
}

/* cJSON keeps invalid UTF-8, ends a text at \u0000 and refuses a lone surrogate. */
static void compare_text(const char *own, const char *other)
{
    if (strstr(own, "\xEF\xBF\xBD") == NULL && strcmp(own, other) != 0) {
        abort();
    }
}

static void compare(const cJSON *own, const cJSON *other)
{
    const cJSON *item, *next = other->child;

    if (cJSON_IsString(own) && cJSON_IsNumber(other)) {
        if (strlen(own->valuestring) <= 15 && strpbrk(own->valuestring, "eE") == NULL) {
            abort();
        }
        return;
    }
    if ((own->type & 0xFF) != (other->type & 0xFF)) {
        abort();
    }
    if (cJSON_IsNumber(own) &&
        (own->valueint != other->valueint || own->valuedouble < other->valuedouble ||
         own->valuedouble > other->valuedouble)) {
        abort();
    }
    if (cJSON_IsString(own)) {
        compare_text(own->valuestring, other->valuestring);
    }
    if (own->string != NULL) {
        compare_text(own->string, other->string);
    }
    cJSON_ArrayForEach(item, own)
    {
        if (next == NULL) {
            abort();
        }
        compare(item, next);
        next = next->next;
    }
    if (next != NULL || (own->child != NULL && own->child->prev->next != NULL)) {
        abort();
    }
}

/* The longest number that cJSON reads whole. */
#define NUMBER_MAX 63

static bool has_long_number(const cJSON *item)
{
    for (; item != NULL; item = item->next) {
        if ((cJSON_IsString(item) && strlen(item->valuestring) > NUMBER_MAX) ||
            has_long_number(item->child)) {
            return true;
        }
    }
    return false;
}

static void compare_with_cjson(const char *text, size_t size, const cJSON *own, struct arena *a)
{
    cJSON *other = cJSON_ParseWithLength(text, size);
    char *printed = cJSON_PrintUnformatted(other);
    struct error err = ERROR_INIT;

    if (own != NULL && other != NULL) {
        compare(own, other);
    } else if (own != NULL && memmem(text, size, "\\u", 2) == NULL && !has_long_number(own)) {
        abort();
    }
    if (printed != NULL) {
        const cJSON *again = parse(printed, strlen(printed), NULL, a, &err);
        if (again == NULL && strstr(err.text, "nested deeper") == NULL) {
            abort();
        }
    }
    cJSON_free(printed);
    cJSON_Delete(other);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_INIT;
    struct error err = ERROR_INIT, picked_err = ERROR_INIT;
    char *text = malloc(size > 0 ? size : 1);
    const cJSON *all, *picked;

    if (text == NULL) {
        return 0;
    }
    memcpy(text, data, size);
    all = parse(text, size, NULL, &arena, &err);
    picked = parse(text, size, members, &arena, &picked_err);
    if ((all == NULL) != (picked == NULL) || strcmp(err.text, picked_err.text) != 0) {
        abort();
    }
    if (cJSON_IsObject(all)) {
        compare_members(all, picked);
    } else if (all != NULL && !same_value(all, picked)) {
        abort();
    }
    compare_with_cjson(text, size, all, &arena);
    arena_clear(&arena);
    free(text);
    return 0;
}

/* fuzz_scan.c - leaving out the members that are not read changes nothing else: the same elements
 * are refused, and what is kept is what cJSON reads of the whole element, in its order. */
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

/* A member whose name is written with an escape may be kept, too. */
static void compare_members(const cJSON *all, const cJSON *picked)
{
    const cJSON *item, *next = picked->child;

    cJSON_ArrayForEach(item, all)
    {
        bool is_next =
            next != NULL && strcmp(item->string, next->string) == 0 && same_value(item, next);
        if (is_wanted(item->string) && !is_next) {
            abort();
        }
        if (is_next) {
            next = next->next;
        }
    }
    if (next != NULL) {
        abort();
    }
}

static cJSON *parse(const char *text, size_t size, const char *const *wanted,
                    struct strbuf *scratch, struct arena *a, struct error *err)
{
    cJSON *item = json_parse(text, size, wanted, scratch, a, err);

    if (item == NULL && (err->code != ERR_ANSWER || err->text[0] == '\0')) {
        abort();
    }
    return item;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct strbuf scratch = STRBUF_INIT(4 * JSON_ELEMENT_MAX);
    struct arena arena = { 0 };
    struct error err = ERROR_INIT, picked_err = ERROR_INIT;
    char *text = malloc(size + 1);
    const cJSON *all, *picked;

    if (text == NULL) {
        return 0;
    }
    memcpy(text, data, size);
    all = parse(text, size, NULL, &scratch, &arena, &err);
    picked = parse(text, size, members, &scratch, &arena, &picked_err);
    if ((all == NULL) != (picked == NULL) || strcmp(err.text, picked_err.text) != 0) {
        abort();
    }
    if (cJSON_IsObject(all)) {
        compare_members(all, picked);
    } else if (all != NULL && !same_value(all, picked)) {
        abort();
    }
    arena_clear(&arena);
    strbuf_clear(&scratch);
    free(text);
    return 0;
}

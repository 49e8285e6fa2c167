/* fuzz_split.c - a document must split into the same elements however it is cut, and whether they
 * are parsed where they stand or not: as a list or one object, and as a page around its list. */
#include "fuzz.h"
#include "json/json.h"

#include <stdlib.h>
#include <string.h>

struct sum {
    size_t count, bytes;
    size_t rests, rest_bytes; /* of what is around the list of a page */
    bool has_list;
};

static int on_element(void *user, size_t index, char *text, size_t len, struct error *err)
{
    struct sum *s = user;

    if (index != s->count || len == 0) {
        abort();
    }
    (void)err;
    s->count++;
    s->bytes += len;
    memset(text, 'x', len);
    return 0;
}

static int on_rest(void *user, char *text, size_t len, bool has_list, struct error *err)
{
    struct sum *s = user;

    if (len < 2 || text[0] != '{' || text[len - 1] != '}' || (s->count > 0 && !has_list)) {
        abort();
    }
    (void)err;
    s->rests++;
    s->rest_bytes += len;
    s->has_list = has_list;
    memset(text, 'x', len);
    return 0;
}

static const char *on_parse(void *user, const char *text, size_t len)
{
    struct arena a = { 0 };
    const char *after;
    bool ends = json_parse_element(text, len, NULL, &a, &after) != NULL;

    (void)user;
    arena_clear(&a);
    return ends ? after : NULL;
}

/* Feed the document in pieces of so many bytes. */
static int feed(struct json_split *s, const uint8_t *data, size_t size, size_t piece)
{
    struct error err = ERROR_INIT;
    char *copy = malloc(size > 0 ? size : 1);
    int rc = 0;

    if (copy == NULL) {
        return 0;
    }
    memcpy(copy, data, size);
    for (size_t at = 0; rc == 0 && at < size; at += piece) {
        rc = json_split_feed(s, copy + at, size - at < piece ? size - at : piece, &err);
    }
    rc = rc == 0 ? json_split_finish(s, &err) : rc;
    if (rc != 0 && (err.code != ERR_ANSWER || err.text[0] == '\0')) {
        abort();
    }
    free(copy);
    return rc;
}

static bool same(const struct sum *a, const struct sum *b)
{
    return a->count == b->count && a->bytes == b->bytes && a->rests == b->rests &&
           a->rest_bytes == b->rest_bytes && a->has_list == b->has_list;
}

static int split(const uint8_t *data, size_t size, size_t piece, const char *list, bool parse,
                 struct sum *sum)
{
    struct json_split s = { .element = on_element,
                            .parse = parse ? on_parse : NULL,
                            .user = sum,
                            .list = list,
                            .rest = on_rest,
                            .element_max = 4096 };
    struct sum first;
    int rc = feed(&s, data, size, piece);

    if (list != NULL && rc == 0 && sum->rests != 1) {
        abort();
    }
    /* The same document once more, as after a failed try. */
    first = *sum;
    *sum = (struct sum){ 0 };
    json_split_reset(&s);
    if (rc != feed(&s, data, size, piece) || !same(&first, sum)) {
        abort();
    }
    json_split_clear(&s);
    return rc;
}

static void compare_cuts(const uint8_t *data, size_t size, const char *list)
{
    struct sum whole = { 0 };
    struct sum parsed = { 0 };
    size_t all = size > 0 ? size : 1;
    int rc = split(data, size, all, list, false, &whole);

    if (rc != split(data, size, all, list, true, &parsed) || !same(&whole, &parsed)) {
        abort();
    }
    for (size_t piece = 1; piece <= 7; piece += 2) {
        struct sum cut = { 0 };
        if (rc != split(data, size, piece, list, piece % 4 == 3, &cut) || !same(&whole, &cut)) {
            abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    compare_cuts(data, size, NULL);
    compare_cuts(data, size, "value");
    return 0;
}

/* fuzz_split.c - a document must split into the same elements however it is cut. */
#include "fuzz.h"
#include "json.h"

#include <stdlib.h>
#include <string.h>

struct sum {
    size_t count, bytes;
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

/* Feed the document in pieces of so many bytes. */
static int split(const uint8_t *data, size_t size, size_t piece, struct sum *sum)
{
    struct json_split s = { .element = on_element, .user = sum, .element_max = 4096 };
    struct error err = ERROR_INIT;
    char *copy = malloc(size > 0 ? size : 1);
    int rc = 0;

    if (copy == NULL) {
        return 0;
    }
    memcpy(copy, data, size);
    for (size_t at = 0; rc == 0 && at < size; at += piece) {
        rc = json_split_feed(&s, copy + at, size - at < piece ? size - at : piece, &err);
    }
    rc = rc == 0 ? json_split_finish(&s, &err) : rc;
    if (rc != 0 && (err.code != ERR_ANSWER || err.text[0] == '\0')) {
        abort();
    }
    json_split_clear(&s);
    free(copy);
    return rc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sum whole = { 0 }, bytes = { 0 };
    int rc = split(data, size, size > 0 ? size : 1, &whole);

    if (rc != split(data, size, 1, &bytes) || whole.count != bytes.count ||
        whole.bytes != bytes.bytes) {
        abort();
    }
    return 0;
}

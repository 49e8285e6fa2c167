/* fuzz_decode.c - every decoder of the Cloud Partner Portal on one element; the first byte says
 * which.  What it makes of it must be valid UTF-8, for whoever prints it. */
#include "cpp_decode.h"
#include "fuzz.h"
#include "offerstat/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void check_text(const char *text)
{
    const char *end = text != NULL ? text + strlen(text) : NULL;

    while (text != NULL && text < end) {
        size_t len = utf8_length(text, end);
        if (len == 0) {
            abort();
        }
        text += len;
    }
}

static void check_messages(const struct message *messages, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_text(messages[i].text);
        for (size_t j = 0; j < messages[i].link_count; j++) {
            check_text(messages[i].links[j].text);
            if (strncasecmp(messages[i].links[j].href, "http", 4) != 0) {
                abort();
            }
        }
    }
}

static void check_offer(const struct offer *o)
{
    check_text(o->id);
    check_text(o->name);
    check_text(o->raw_status);
    check_messages(o->messages, o->message_count);
    for (size_t i = 0; i < o->step_count; i++) {
        check_text(o->steps[i].name);
        check_messages(o->steps[i].messages, o->steps[i].message_count);
        if (o->steps[i].progress < -1 || o->steps[i].progress > 100) {
            abort();
        }
    }
}

static void decode(uint8_t which, const cJSON *item, struct arena *a)
{
    struct error err = ERROR_INIT;
    struct offer o = { .id = "x" };
    struct publisher p = { 0 };
    struct cpp_submission s = { 0 };
    const char *status = NULL;
    int rc;

    switch (which % 4) {
    case 0:
        rc = cpp_decode_offer(item, "contoso", a, &o, &err);
        break;
    case 1:
        rc = cpp_decode_status(item, a, &o, &status, &err);
        break;
    case 2:
        rc = cpp_decode_publisher(item, a, &p, &err);
        break;
    default:
        rc = cpp_decode_submission(item, a, &s, &err);
        break;
    }
    if (rc != 0) {
        check_text(err.text);
    } else {
        check_offer(&o);
        check_text(status);
    }
}

static bool same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* What is left out before the parser must make no difference to what is read. */
static void compare_with_all_members(const char *text, size_t len, const cJSON *item)
{
    struct strbuf scratch = STRBUF_INIT((size_t)4 * 1024 * 1024);
    struct arena parsed = ARENA_INIT;
    struct error err = ERROR_INIT, err_all = ERROR_INIT;
    struct offer o = { .id = NULL }, all = { .id = NULL };
    const cJSON *whole = json_parse(text, len, NULL, &scratch, &parsed, &err);

    if ((whole == NULL) != (item == NULL)) {
        abort();
    }
    if (item != NULL) {
        int rc = cpp_decode_offer(item, "p", &parsed, &o, &err);
        if (rc != cpp_decode_offer(whole, "p", &parsed, &all, &err_all) ||
            strcmp(err.text, err_all.text) != 0 || !same_text(o.id, all.id) ||
            (rc == 0 && (!same_text(o.name, all.name) || !same_text(o.version, all.version) ||
                         !same_text(o.changed_at, all.changed_at) ||
                         !same_text(o.raw_status, all.raw_status)))) {
            abort();
        }
    }
    arena_clear(&parsed);
    strbuf_clear(&scratch);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct strbuf scratch = STRBUF_INIT((size_t)4 * 1024 * 1024);
    struct error err = ERROR_INIT;
    struct arena arena = ARENA_INIT, parsed = ARENA_INIT;
    char *copy = malloc(size > 0 ? size : 1);
    cJSON *item;

    if (copy == NULL || size == 0) {
        free(copy);
        return 0;
    }
    memcpy(copy, data + 1, size - 1);
    item = json_parse(copy, size - 1, data[0] % 4 == 0 ? cpp_offer_members : NULL, &scratch,
                      &parsed, &err);
    if (data[0] % 4 == 0) {
        compare_with_all_members(copy, size - 1, item);
    }
    if (item != NULL) {
        decode(data[0], item, &arena);
    }
    arena_clear(&parsed);
    arena_clear(&arena);
    strbuf_clear(&scratch);
    free(copy);
    return 0;
}

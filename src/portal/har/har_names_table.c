/* har_names_table.c - the table of names and their stand-ins. */
#include "har/har_names.h"

#include "har/har_body.h"
#include "har/har_names_table.h"
#include "har/har_spell.h"
#include "offerstat/secret.h"
#include "offerstat/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SPELLING_MAX ((size_t)64 * 1024)

int har_names_open(struct har_names **out, struct error *err)
{
    struct har_names *n = calloc(1, sizeof(*n));

    if (n == NULL) {
        return error_memory(err);
    }
    *out = n;
    return 0;
}

void har_names_close(struct har_names *n)
{
    if (n != NULL) {
        for (size_t i = 0; i < n->count; i++) {
            secret_wipe(n->names[i]->text, n->names[i]->len);
            free(n->names[i]);
        }
        free(n->names);
        free(n->buckets);
        free(n);
    }
}

void har_names_drop(struct har_names *n, struct strbuf *text)
{
    n->failed = n->failed || text->failed;
    strbuf_clear(text);
}

int har_names_check(const struct har_names *n, struct error *err)
{
    return n->failed ? error_memory(err) : 0;
}

static uint32_t hash_of(const char *text, size_t len)
{
    uint32_t hash = 2166136261U;

    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ text_lower(text[i])) * 16777619U;
    }
    return hash;
}

static bool equals(const struct har_name *name, const char *text, size_t len)
{
    if (name->len != len) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        if (text_lower(name->text[i]) != text_lower(text[i])) {
            return false;
        }
    }
    return true;
}

struct har_name *har_names_find(const struct har_names *n, const char *text, size_t len)
{
    struct har_name *name =
        n->bucket_count > 0 ? n->buckets[hash_of(text, len) % n->bucket_count] : NULL;

    while (name != NULL && !equals(name, text, len)) {
        name = name->next;
    }
    return name;
}

bool har_names_has(const struct har_names *n, const char *name, size_t len)
{
    return har_names_find(n, name, len) != NULL;
}

/* Room for one more name, at most one to a bucket. */
static bool grow(struct har_names *n)
{
    size_t count = n->bucket_count > 0 ? n->bucket_count * 2 : 256;
    struct har_name **names, **buckets;

    if (n->count < n->bucket_count) {
        return true;
    }
    names = realloc(n->names, count * sizeof(struct har_name *));
    if (names == NULL) {
        return false;
    }
    n->names = names;
    buckets = calloc(count, sizeof(struct har_name *));
    if (buckets == NULL) {
        return false;
    }
    free(n->buckets);
    n->buckets = buckets;
    n->bucket_count = count;
    for (size_t i = 0; i < n->count; i++) {
        size_t at = hash_of(n->names[i]->text, n->names[i]->len) % count;
        n->names[i]->next = buckets[at];
        buckets[at] = n->names[i];
    }
    return true;
}

const uint64_t *har_names_lengths(const struct har_names *n, const char *text, size_t len)
{
    return n->lengths[hash_of(text, len) % HAR_STARTS];
}

/* So that a text is looked up by the lengths alone that there are. */
static void note_length(struct har_names *n, const char *text, size_t len)
{
    size_t at = hash_of(text, len < HAR_START ? len : HAR_START) % HAR_STARTS;
    size_t bit = len < HAR_LENGTHS ? len : 0;

    n->lengths[at][bit / 64] |= UINT64_C(1) << bit % 64;
}

static struct har_name *add(struct har_names *n, enum har_kind kind, size_t number,
                            const char *text, size_t len)
{
    struct har_name *name = NULL;
    size_t at;

    if (grow(n)) {
        name = malloc(sizeof(*name) + len + 1);
    }
    if (name == NULL) {
        n->failed = true;
        return NULL;
    }
    at = hash_of(text, len) % n->bucket_count;
    *name = (struct har_name){ .next = n->buckets[at], .kind = kind, .number = number, .len = len };
    memcpy(name->text, text, len);
    name->text[len] = '\0';
    n->buckets[at] = name;
    n->names[n->count++] = name;
    /* These are known by their shape, or stand where they are alone. */
    if (kind != HAR_KIND_GUID && kind != HAR_KIND_MEMBER && kind != HAR_KIND_VALUE) {
        note_length(n, text, len);
    }
    return name;
}

/* The same stand-in for each way to write a name. */
static void add_spellings(struct har_names *n, enum har_kind kind, size_t number, const char *name,
                          size_t len)
{
    struct strbuf text = STRBUF_SECRET(SPELLING_MAX);

    for (size_t i = 0; i < HAR_SPELLINGS; i++) {
        har_forget(&text);
        har_spell(i, name, len, &text);
        if (!text.failed && text.len < HAR_LENGTHS &&
            har_names_find(n, text.data, text.len) == NULL) {
            add(n, kind, number, text.data, text.len);
        }
    }
    har_names_drop(n, &text);
}

static struct har_name *add_new(struct har_names *n, enum har_kind kind, const char *name,
                                size_t len)
{
    struct har_name *added = add(n, kind, ++n->counts[kind], name, len);

    if (added != NULL && kind < HAR_KIND_REQUEST && len < HAR_LENGTHS) {
        add_spellings(n, kind, added->number, name, len);
    }
    return added;
}

void har_names_learn(struct har_names *n, enum har_kind kind, const char *name, size_t len)
{
    if (len > 0 && len < HAR_LENGTHS && har_names_find(n, name, len) == NULL) {
        add_new(n, kind, name, len);
    }
}

/* How many digits of a long number begin at p; 0: none does. */
size_t har_number_at(const char *text, const char *p)
{
    size_t digits;

    if (p > text && ((p[-1] >= '0' && p[-1] <= '9') || p[-1] == '.')) {
        return 0;
    }
    digits = strspn(p, "0123456789");
    return digits >= HAR_NUMBER_MIN && digits < HAR_LENGTHS ? digits : 0;
}

void har_names_learn_numbers(struct har_names *n, const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        size_t digits = har_number_at(text, p);
        if (digits > 0) {
            har_names_learn(n, HAR_KIND_NUMBER, p, digits);
            p += digits - 1;
        }
    }
}

bool har_names_has_number(const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        if (har_number_at(text, p) > 0) {
            return true;
        }
    }
    return false;
}

static int compare_numbers(const void *a, const void *b)
{
    const struct har_name *const *x = a, *const *y = b;

    return digits_compare((*x)->text, (*y)->text);
}

void har_names_sort_numbers(struct har_names *n)
{
    size_t count = 0;
    struct har_name **numbers = malloc((n->count + 1) * sizeof(struct har_name *));

    if (numbers == NULL) {
        n->failed = true;
        return;
    }
    for (size_t i = 0; i < n->count; i++) {
        if (n->names[i]->kind == HAR_KIND_NUMBER) {
            numbers[count++] = n->names[i];
        }
    }
    qsort(numbers, count, sizeof(struct har_name *), compare_numbers);
    for (size_t i = 0; i < count; i++) {
        numbers[i]->number = i + 1;
    }
    free(numbers);
}

/* As many digits as the number has, so that a longer one stays the larger. */
static void put_number(const struct har_name *name, struct strbuf *out)
{
    char digits[24];
    size_t len = (size_t)snprintf(digits, sizeof(digits), "%zu", name->number);

    strbuf_puts(out, "1");
    for (size_t i = len + 1; i < name->len; i++) {
        strbuf_puts(out, "0");
    }
    strbuf_puts(out, digits);
}

void har_put_stand_in(const struct har_name *name, struct strbuf *out)
{
    static const struct {
        const char *before, *after;
    } forms[HAR_KIND_COUNT] = {
        [HAR_KIND_PUBLISHER] = { "publisher-", "" },
        [HAR_KIND_OFFER] = { "offer-", "" },
        [HAR_KIND_NAME] = { "Name ", "" },
        [HAR_KIND_TENANT] = { "tenant-", "" },
        [HAR_KIND_HOST] = { "host-", ".example" },
        [HAR_KIND_PERSON] = { "person-", "@mail.example" },
        [HAR_KIND_ID] = { "id-", "" },
        [HAR_KIND_JOB] = { "job-", "" },
        [HAR_KIND_REQUEST] = { "request-", "" },
        [HAR_KIND_PAGE] = { "page-", "" },
        [HAR_KIND_MEMBER] = { "member-", "" },
        [HAR_KIND_VALUE] = { "removed-", "" },
    };

    if (name->kind == HAR_KIND_NUMBER) {
        put_number(name, out);
    } else if (name->kind == HAR_KIND_GUID) {
        strbuf_printf(out, "00000000-0000-4000-8000-%012zx", name->number);
    } else {
        strbuf_printf(out, "%s%zu%s", forms[name->kind].before, name->number,
                      forms[name->kind].after);
    }
}

void har_names_put(struct har_names *n, enum har_kind kind, const char *name, size_t len,
                   struct strbuf *out)
{
    const struct har_name *known = har_names_find(n, name, len);

    if (known == NULL) {
        known = add_new(n, kind, name, len);
    }
    if (known != NULL) {
        har_put_stand_in(known, out);
    }
}

/* offer_list.c - offers kept together, and their order. */
#include "offerstat/offer.h"
#include "offerstat/timestamp.h"
#include "offerstat/word.h"

#include <stdlib.h>
#include <string.h>

int offer_list_add(struct offer_list *list, const struct offer *o)
{
    if (list->count == list->cap) {
        size_t cap = list->cap == 0 ? 16 : list->cap * 2;
        struct offer *items = realloc(list->items, cap * sizeof(*items));
        if (items == NULL) {
            return -1;
        }
        list->items = items;
        list->cap = cap;
    }
    if (offer_copy(&list->arena, o, &list->items[list->count]) != 0) {
        return -1;
    }
    list->count++;
    return 0;
}

void offer_list_clear(struct offer_list *list)
{
    free(list->items);
    list->items = NULL;
    list->count = 0;
    list->cap = 0;
    arena_clear(&list->arena);
}

/* Without case; a missing text comes after the others. */
static int compare_text(const char *a, const char *b)
{
    if (a == NULL || b == NULL) {
        return (a == NULL) - (b == NULL);
    }
    for (; *a != '\0' || *b != '\0'; a++, b++) {
        int ca = *a >= 'A' && *a <= 'Z' ? *a - 'A' + 'a' : (unsigned char)*a;
        int cb = *b >= 'A' && *b <= 'Z' ? *b - 'A' + 'a' : (unsigned char)*b;
        if (ca != cb) {
            return ca - cb;
        }
    }
    return 0;
}

#define COMPARE_TEXT(member)                                                                       \
    static int by_##member(const struct offer *a, const struct offer *b)                           \
    {                                                                                              \
        return compare_text(a->member, b->member);                                                 \
    }
#define COMPARE_ENUM(member)                                                                       \
    static int by_##member(const struct offer *a, const struct offer *b)                           \
    {                                                                                              \
        return (int)a->member - (int)b->member;                                                    \
    }

COMPARE_TEXT(id)
COMPARE_TEXT(name)
COMPARE_TEXT(publisher)
COMPARE_TEXT(raw_status)
COMPARE_TEXT(rule)
COMPARE_TEXT(product_id)
COMPARE_ENUM(state)
COMPARE_ENUM(live)
COMPARE_ENUM(action)
COMPARE_ENUM(basis)

/* Fractions come in any length, so that 'Z' may stand beside a digit: not as text. */
static int by_changed_at(const struct offer *a, const struct offer *b)
{
    return a->changed_at != NULL && b->changed_at != NULL
               ? timestamp_compare(a->changed_at, b->changed_at)
               : compare_text(a->changed_at, b->changed_at);
}

static int by_type(const struct offer *a, const struct offer *b)
{
    return compare_text(offer_type_title(a->type), offer_type_title(b->type));
}

/* Versions are whole numbers of any length: the longer is the greater. */
static int by_version(const struct offer *a, const struct offer *b)
{
    size_t la = a->version != NULL ? strlen(a->version) : 0;
    size_t lb = b->version != NULL ? strlen(b->version) : 0;

    if (la != 0 && lb != 0 && la != lb) {
        return la < lb ? -1 : 1;
    }
    return compare_text(a->version, b->version);
}

static const struct {
    const char *field;
    offer_compare compare;
} orders[] = {
    { "id", by_id },
    { "name", by_name },
    { "type", by_type },
    { "publisher", by_publisher },
    { "state", by_state },
    { "label", by_state },
    { "live", by_live },
    { "action", by_action },
    { "rule", by_rule },
    { "basis", by_basis },
    { "rawStatus", by_raw_status },
    { "version", by_version },
    { "changedAt", by_changed_at },
    { "productId", by_product_id },
};

offer_compare offer_compare_by(const char *field)
{
    for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
        if (word_equal(field, orders[i].field)) {
            return orders[i].compare;
        }
    }
    return NULL;
}

/* Merge sort: stable, and qsort has no place for the direction. */
static void sort_range(struct offer *items, struct offer *spare, size_t count, offer_compare by,
                       int sign)
{
    size_t half = count / 2, left = 0, right = half;

    if (count < 2) {
        return;
    }
    sort_range(items, spare, half, by, sign);
    sort_range(items + half, spare, count - half, by, sign);
    memcpy(spare, items, count * sizeof(*items));
    for (size_t i = 0; i < count; i++) {
        bool take_left =
            right == count || (left < half && sign * by(&spare[left], &spare[right]) <= 0);
        items[i] = take_left ? spare[left++] : spare[right++];
    }
}

int offer_list_sort(struct offer_list *list, offer_compare by, bool descending)
{
    struct offer *spare;

    if (list->count < 2) {
        return 0;
    }
    spare = malloc(list->count * sizeof(*spare));
    if (spare == NULL) {
        return -1;
    }
    sort_range(list->items, spare, list->count, by, descending ? -1 : 1);
    free(spare);
    return 0;
}

/* offer_list.c - offers kept together, and their order. */
#include "offerstat/offer.h"
#include "offerstat/text.h"
#include "offerstat/timestamp.h"
#include "offerstat/word.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* An offer as the list keeps it.  The texts that it does not share follow one another in `texts`,
 * each with its NUL, in the order of own_texts; the bits of `has` say which are there.  An offer
 * with steps, messages or notes, which few have, is kept as a whole record instead. */
struct offer_record {
    const struct offer *whole; /* NULL: see below */
    const char *api, *type, *publisher, *raw_status, *rule;
    unsigned char state, live, action, basis, steps_known, has;
    char texts[];
};

static const size_t own_texts[] = {
    offsetof(struct offer, id),          offsetof(struct offer, name),
    offsetof(struct offer, version),     offsetof(struct offer, changed_at),
    offsetof(struct offer, product_id),  offsetof(struct offer, submission),
    offsetof(struct offer, submitted_at)
};
#define OWN_TEXTS (sizeof(own_texts) / sizeof(own_texts[0]))

static const char **own_text(struct offer *o, size_t i)
{
    return (const char **)(void *)((char *)o + own_texts[i]);
}

/* The copy of a word that offers share.  The latest are looked at first, since similar offers are
 * neighbours. */
static const char *share(struct offer_list *list, const char *word, bool *ok)
{
    const char *copy;

    if (word == NULL) {
        return NULL;
    }
    for (size_t i = list->word_count; i-- > 0;) {
        if (strcmp(list->words[i], word) == 0) {
            return list->words[i];
        }
    }
    copy = arena_strdup(&list->arena, word);
    *ok = *ok && copy != NULL;
    if (copy != NULL && list->word_count < OFFER_LIST_WORDS) {
        list->words[list->word_count++] = copy;
    }
    return copy;
}

static struct offer_record *pack_whole(struct offer_list *list, const struct offer *o)
{
    struct offer_record *record = arena_alloc(&list->arena, sizeof(*record));
    struct offer *copy = arena_alloc(&list->arena, sizeof(*copy));

    if (record == NULL || copy == NULL || offer_copy(&list->arena, o, copy) != 0) {
        return NULL;
    }
    record->whole = copy;
    return record;
}

static struct offer_record *pack(struct offer_list *list, const struct offer *o)
{
    struct offer copy = *o;
    struct offer_record *record;
    size_t lengths[OWN_TEXTS] = { 0 }, total = 0;
    bool ok = true;
    char *to;

    for (size_t i = 0; i < OWN_TEXTS; i++) {
        const char *text = *own_text(&copy, i);
        lengths[i] = text != NULL ? strlen(text) + 1 : 0;
        total += lengths[i];
    }
    record = arena_take(&list->arena, offsetof(struct offer_record, texts) + total);
    if (record == NULL) {
        return NULL;
    }
    *record = (struct offer_record){ .api = o->api,
                                     .type = share(list, o->type, &ok),
                                     .publisher = share(list, o->publisher, &ok),
                                     .raw_status = share(list, o->raw_status, &ok),
                                     .rule = share(list, o->rule, &ok),
                                     .state = (unsigned char)o->state,
                                     .live = (unsigned char)o->live,
                                     .action = (unsigned char)o->action,
                                     .basis = (unsigned char)o->basis,
                                     .steps_known = o->steps_known };
    to = record->texts;
    for (size_t i = 0; i < OWN_TEXTS; i++) {
        if (lengths[i] > 0) {
            memcpy(to, *own_text(&copy, i), lengths[i]);
            to += lengths[i];
            record->has |= (unsigned char)(1u << i);
        }
    }
    return ok ? record : NULL;
}

static const struct offer *unpack(const struct offer_record *record, struct offer *scratch)
{
    const char *text = record->texts;

    if (record->whole != NULL) {
        return record->whole;
    }
    *scratch = (struct offer){ .api = record->api,
                               .type = record->type,
                               .publisher = record->publisher,
                               .raw_status = record->raw_status,
                               .rule = record->rule,
                               .state = (enum offer_state)record->state,
                               .live = (enum offer_live)record->live,
                               .action = (enum offer_action)record->action,
                               .basis = (enum offer_basis)record->basis,
                               .steps_known = record->steps_known };
    for (size_t t = 0; t < OWN_TEXTS; t++) {
        if ((record->has & 1u << t) != 0) {
            *own_text(scratch, t) = text;
            text += strlen(text) + 1;
        }
    }
    return scratch;
}

const struct offer *offer_list_at(const struct offer_list *list, size_t i, struct offer *scratch)
{
    return unpack(list->items[i], scratch);
}

int offer_list_add(struct offer_list *list, const struct offer *o)
{
    bool plain =
        o->step_count + o->message_count + o->note_count + o->source_count + o->event_count == 0 &&
        !offer_has_outlook(o);
    struct offer_record *record;

    if (list->count == list->cap) {
        size_t cap = list->cap == 0 ? 16 : list->cap * 2;
        struct offer_record **items =
            realloc((void *)list->items, cap * sizeof(struct offer_record *));
        if (items == NULL) {
            return -1;
        }
        list->items = items;
        list->cap = cap;
    }
    record = plain ? pack(list, o) : pack_whole(list, o);
    if (record == NULL) {
        return -1;
    }
    list->items[list->count++] = record;
    return 0;
}

void offer_list_clear(struct offer_list *list)
{
    free((void *)list->items);
    arena_clear(&list->arena);
    *list = (struct offer_list)OFFER_LIST_INIT;
}

/* Ignores case; NULL comes last. */
static int compare_text(const char *a, const char *b)
{
    if (a == NULL || b == NULL) {
        return (a == NULL) - (b == NULL);
    }
    return text_compare_nocase(a, b);
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

/* Not as text: fractions have different lengths, so that a 'Z' would be compared with a digit. */
static int by_changed_at(const struct offer *a, const struct offer *b)
{
    if (a->changed_at == NULL || b->changed_at == NULL) {
        return compare_text(a->changed_at, b->changed_at);
    }
    return timestamp_compare(a->changed_at, b->changed_at);
}

static int by_type(const struct offer *a, const struct offer *b)
{
    return compare_text(offer_type_title(a->type), offer_type_title(b->type));
}

/* Versions are whole numbers of any length: the longer one is greater. */
static int by_version(const struct offer *a, const struct offer *b)
{
    size_t la, lb;

    if (a->version == NULL || b->version == NULL) {
        return compare_text(a->version, b->version);
    }
    la = strlen(a->version);
    lb = strlen(b->version);
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

struct order {
    offer_compare by;
    int sign;
};

/* Merge sort: stable, and qsort has no place for the direction. */
static void sort_range(const struct order *order, struct offer_record **items,
                       struct offer_record **spare, size_t count)
{
    size_t half = count / 2, left = 0, right = half;
    struct offer scratch[2];

    if (count < 2) {
        return;
    }
    sort_range(order, items, spare, half);
    sort_range(order, items + half, spare, count - half);
    memcpy((void *)spare, (const void *)items, count * sizeof(struct offer_record *));
    for (size_t i = 0; i < count; i++) {
        bool take_left = right == count;
        if (left < half && right < count) {
            const struct offer *a = unpack(spare[left], &scratch[0]);
            const struct offer *b = unpack(spare[right], &scratch[1]);
            take_left =
                order->sign * order->by(a, b) <= 0; /* the left one of equals, to be stable */
        }
        if (take_left) {
            items[i] = spare[left++];
        } else {
            items[i] = spare[right++];
        }
    }
}

int offer_list_sort(struct offer_list *list, offer_compare by, bool descending)
{
    struct order order = { .by = by, .sign = descending ? -1 : 1 };
    struct offer_record **spare;

    if (list->count < 2) {
        return 0;
    }
    spare = malloc(list->count * sizeof(struct offer_record *));
    if (spare == NULL) {
        return -1;
    }
    sort_range(&order, list->items, spare, list->count);
    free((void *)spare);
    return 0;
}

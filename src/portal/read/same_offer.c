/* same_offer.c - records of several APIs that are about one offer: what selects one selects all.
 *
 * An API may not know the publisher, or may name or type an offer otherwise, so that a name, a
 * pattern or a filter fits the record of one API alone.  If only that record were read, what the
 * others know of the offer, a failure for instance, would be missing from the answer. */
#include "offerstat/text.h"
#include "read/reader.h"

#include <stdlib.h>
#include <string.h>

/* A record, and the way to the one that stands for its whole offer. */
struct member {
    struct offer_read *read;
    size_t leader; /* its own place: it is the one */
};

/* What the records of one offer come to; in the place of the leader. */
struct whole {
    bool wanted, refused;
    bool is_several; /* an API has more than one of them: which one the others mean is not known */
    unsigned apis;   /* a bit for each portal that has one */
};

static size_t leader_of(struct member *members, size_t at)
{
    while (members[at].leader != at) {
        members[at].leader = members[members[at].leader].leader;
        at = members[at].leader;
    }
    return at;
}

static int compare_ids(const void *a, const void *b)
{
    const struct member *x = *(struct member *const *)a, *y = *(struct member *const *)b;

    return text_compare_nocase(x->read->offer.id, y->read->offer.id);
}

/* Those without a GUID come last. */
static int compare_guids(const void *a, const void *b)
{
    const char *x = (*(struct member *const *)a)->read->offer.product_id;
    const char *y = (*(struct member *const *)b)->read->offer.product_id;

    if (x == NULL || y == NULL) {
        return (x == NULL) - (y == NULL);
    }
    return text_compare_nocase(x, y);
}

/* Neighbours that compare equal are about one offer. */
static void join(struct member *members, struct member **sorted, size_t count,
                 int (*compare)(const void *, const void *))
{
    qsort((void *)sorted, count, sizeof(struct member *), compare);
    for (size_t i = 1; i < count; i++) {
        if (compare((void *)&sorted[i - 1], (void *)&sorted[i]) == 0 &&
            (compare == compare_ids || sorted[i]->read->offer.product_id != NULL)) {
            size_t a = leader_of(members, (size_t)(sorted[i - 1] - members));
            members[a].leader = leader_of(members, (size_t)(sorted[i] - members));
        }
    }
}

static void weigh(const struct reader *r, struct whole *whole, const struct offer_read *read)
{
    unsigned bit = 1;

    for (size_t i = 0; i < r->portal_count && r->portals[i] != read->portal; i++) {
        bit <<= 1;
    }
    whole->is_several = whole->is_several || (whole->apis & bit) != 0;
    whole->apis |= bit;
    whole->wanted = whole->wanted || read->selected == SELECTED_YES;
    whole->refused = whole->refused || read->selected == SELECTED_NEVER;
}

static void apply(struct reader *r, const struct whole *whole, struct offer_read *read)
{
    bool was_wanted = read->selected == SELECTED_YES;

    if (whole->refused && !whole->is_several) {
        read->selected = SELECTED_NEVER;
    } else if (whole->wanted && read->selected == SELECTED_NO) {
        read->selected = SELECTED_YES;
    }
    if (was_wanted && read->selected != SELECTED_YES) {
        r->total--;
    } else if (!was_wanted && read->selected == SELECTED_YES) {
        r->total++;
    }
}

static size_t collect(const struct reader *r, struct member *members)
{
    size_t count = 0;

    for (struct listing *listing = r->first; listing != NULL; listing = listing->next) {
        for (struct offer_read *read = listing->first; read != NULL; read = read->next) {
            if (read->is_duplicate) {
                continue;
            }
            if (members != NULL) {
                members[count] = (struct member){ .read = read, .leader = count };
            }
            count++;
        }
    }
    return count;
}

void select_whole_offers(struct reader *r)
{
    size_t count = collect(r, NULL);
    struct member *members = calloc(count + 1, sizeof(*members));
    struct member **sorted = calloc(count + 1, sizeof(struct member *));
    struct whole *wholes = calloc(count + 1, sizeof(*wholes));

    if (members == NULL || sorted == NULL || wholes == NULL) {
        read_no_memory(r);
    } else {
        collect(r, members);
        for (size_t i = 0; i < count; i++) {
            sorted[i] = &members[i];
        }
        join(members, sorted, count, compare_ids);
        join(members, sorted, count, compare_guids);
        for (size_t i = 0; i < count; i++) {
            weigh(r, &wholes[leader_of(members, i)], members[i].read);
        }
        for (size_t i = 0; i < count; i++) {
            apply(r, &wholes[leader_of(members, i)], members[i].read);
        }
    }
    free(members);
    free((void *)sorted);
    free(wholes);
}

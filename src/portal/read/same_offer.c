/* same_offer.c - records of several APIs that are about one offer: what selects one selects all.
 *
 * An API may not know the publisher, or may have a different name or type for an offer, so that a
 * name, a pattern or a filter matches the record of one API only.  If only that record were read,
 * what the others know about the offer, such as a failure, would be missing. */
#include "offerstat/text.h"
#include "read/reader.h"

#include <stdlib.h>
#include <string.h>

/* A record in a union-find set: the records of one offer have one leader. */
struct member {
    struct offer_read *read;
    size_t leader; /* its own place: it leads, and the members below describe the whole offer */
    bool wanted, refused;
    bool is_several; /* an API has more than one of them, so it is not known which one the others
                        mean */
    unsigned apis;   /* a bit for each portal that has a record */
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

static int compare_guids(const void *a, const void *b)
{
    const struct member *x = *(struct member *const *)a, *y = *(struct member *const *)b;

    return text_compare_nocase(x->read->offer.product_id, y->read->offer.product_id);
}

/* Neighbours that compare equal are about one offer. */
static void join(struct member *members, struct member **some, size_t count,
                 int (*compare)(const void *, const void *))
{
    qsort((void *)some, count, sizeof(struct member *), compare);
    for (size_t i = 1; i < count; i++) {
        if (compare((void *)&some[i - 1], (void *)&some[i]) == 0) {
            size_t a = leader_of(members, (size_t)(some[i - 1] - members));
            members[a].leader = leader_of(members, (size_t)(some[i] - members));
        }
    }
}

static void join_all(struct member *members, struct member **some, size_t count)
{
    size_t with_guid = 0;

    for (size_t i = 0; i < count; i++) {
        some[i] = &members[i];
    }
    join(members, some, count, compare_ids);
    for (size_t i = 0; i < count; i++) {
        if (members[i].read->offer.product_id != NULL) {
            some[with_guid++] = &members[i];
        }
    }
    join(members, some, with_guid, compare_guids);
}

static void weigh(const struct reader *r, struct member *offer, const struct offer_read *read)
{
    unsigned bit = 1;

    for (size_t i = 0; r->portals[i] != read->portal; i++) {
        bit <<= 1;
    }
    offer->is_several = offer->is_several || (offer->apis & bit) != 0;
    offer->apis |= bit;
    offer->wanted = offer->wanted || read->selected == SELECTED_YES;
    offer->refused = offer->refused || read->selected == SELECTED_NEVER;
}

static void apply(struct reader *r, const struct member *offer, struct offer_read *read)
{
    bool was_wanted = read->selected == SELECTED_YES;

    if (offer->refused && !offer->is_several) {
        read->selected = SELECTED_NO;
    } else if (offer->wanted && read->selected == SELECTED_NO) {
        read->selected = SELECTED_YES;
    }
    if (was_wanted && read->selected != SELECTED_YES) {
        r->total--;
    } else if (!was_wanted && read->selected == SELECTED_YES) {
        r->total++;
    }
}

/* How many there are; members may be NULL. */
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
    struct member **some = calloc(count + 1, sizeof(struct member *));

    if (members == NULL || some == NULL) {
        read_no_memory(r);
    } else {
        collect(r, members);
        join_all(members, some, count);
        for (size_t i = 0; i < count; i++) {
            weigh(r, &members[leader_of(members, i)], members[i].read);
        }
        for (size_t i = 0; i < count; i++) {
            apply(r, &members[leader_of(members, i)], members[i].read);
        }
    }
    free(members);
    free((void *)some);
}

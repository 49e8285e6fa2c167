/* duplicates.c - products that were listed twice: pages shift while they are read, and lists
 * overlap. */
#define _GNU_SOURCE /* tdestroy */
#include "offerstat/text.h"
#include "read/reader.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

/* Every product has a GUID.  Two offers of one product are no duplicates, since it is not known
 * which of them the service means. */
static int compare_products(const void *a, const void *b)
{
    const struct offer_read *x = a, *y = b;
    int order = text_compare_nocase(x->offer.product_id, y->offer.product_id);

    return order != 0 ? order : text_compare_nocase(x->offer.id, y->offer.id);
}

static void keep(void *node)
{
    (void)node; /* they belong to their list */
}

void drop_duplicates(struct reader *r, const struct portal *p)
{
    void *tree = NULL;

    for (struct listing *listing = r->first; listing != NULL && !r->failed;
         listing = listing->next) {
        for (struct offer_read *read = listing->first; read != NULL && listing->portal == p;
             read = read->next) {
            struct offer_read **first = tsearch(read, &tree, compare_products);
            if (first == NULL) {
                read_no_memory(r);
                break;
            }
            if (*first != read) {
                if (listing_counts(read->selected)) {
                    r->total--;
                }
                read->selected = SELECTED_NO;
                read->is_duplicate = true;
            }
        }
    }
    tdestroy(tree, keep);
}

/* Two products of one API with one offer id: both are shown, since it is not known which is meant.
 */

static int compare_ids(const void *a, const void *b)
{
    const struct offer_read *x = *(struct offer_read *const *)a,
                            *y = *(struct offer_read *const *)b;
    int order = strcmp(x->portal->api->name, y->portal->api->name);

    return order != 0 ? order : text_compare_nocase(x->offer.id, y->offer.id);
}

static void note_same_id(struct reader *r, struct offer_read *read, const struct offer_read *other)
{
    if (offer_note(&read->arena, &read->offer, true, "another product (%s) has the same offer id",
                   other->offer.product_id != NULL ? other->offer.product_id : "?") != 0) {
        read_no_memory(r);
    }
}

void note_same_ids(struct reader *r)
{
    struct offer_read **reads;
    size_t count = 0, used = 0;

    for (struct listing *listing = r->first; listing != NULL; listing = listing->next) {
        for (struct offer_read *read = listing->first; read != NULL; read = read->next) {
            if (listing->kind != LIST_PUBLISHER && read->selected == SELECTED_YES) {
                count++;
            }
        }
    }
    if (count < 2) {
        return;
    }
    reads = malloc(count * sizeof(struct offer_read *));
    if (reads == NULL) {
        read_no_memory(r);
        return;
    }
    for (struct listing *listing = r->first; listing != NULL; listing = listing->next) {
        for (struct offer_read *read = listing->first; read != NULL; read = read->next) {
            if (listing->kind != LIST_PUBLISHER && read->selected == SELECTED_YES) {
                reads[used++] = read;
            }
        }
    }
    qsort((void *)reads, used, sizeof(struct offer_read *), compare_ids);
    for (size_t i = 0; i < used; i++) {
        bool before = i > 0 && compare_ids((void *)&reads[i - 1], (void *)&reads[i]) == 0;
        bool after = i + 1 < used && compare_ids((void *)&reads[i], (void *)&reads[i + 1]) == 0;
        if (before || after) {
            note_same_id(r, reads[i], reads[before ? i - 1 : i + 1]);
        }
    }
    free((void *)reads);
}

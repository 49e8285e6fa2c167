/* taken.c - a product that was listed twice: pages shift while they are read, and lists overlap. */
#define _GNU_SOURCE /* tdestroy */
#include "offerstat/text.h"
#include "read_priv.h"

#include <search.h>

static int compare_products(const void *a, const void *b)
{
    const struct job *x = a, *y = b;

    return text_compare_nocase(x->offer.product_id, y->offer.product_id);
}

static void keep(void *node)
{
    (void)node; /* jobs belong to their list */
}

void taken_drop_twins(struct reader *r, const struct portal *p)
{
    void *tree = NULL;

    for (struct lane *lane = r->first; lane != NULL && !r->failed; lane = lane->next) {
        for (struct job *job = lane->first; job != NULL && lane->portal == p; job = job->next) {
            struct job **first = NULL;
            if (job->offer.product_id == NULL || job->selected == SELECTED_NO) {
                continue;
            }
            first = tsearch(job, &tree, compare_products);
            if (first == NULL) {
                read_no_memory(r);
                break;
            }
            if (*first != job) {
                job->selected = SELECTED_NO;
                r->total--;
            }
        }
    }
    tdestroy(tree, keep);
}

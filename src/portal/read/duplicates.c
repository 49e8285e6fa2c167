/* duplicates.c - a product that was listed twice: pages shift while they are read, and lists
 * overlap. */
#define _GNU_SOURCE /* tdestroy */
#include "offerstat/text.h"
#include "read/reader.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

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

/* Two products of one API with one offer id: both are told, since it is not known which is meant.
 */

static int compare_ids(const void *a, const void *b)
{
    const struct job *x = *(struct job *const *)a, *y = *(struct job *const *)b;
    int order = strcmp(x->portal->api->name, y->portal->api->name);

    return order != 0 ? order : text_compare_nocase(x->offer.id, y->offer.id);
}

static void note_twin(struct reader *r, struct job *job, const struct job *twin)
{
    if (offer_note(&job->arena, &job->offer, true, "another product (%s) has the same offer id",
                   twin->offer.product_id != NULL ? twin->offer.product_id : "?") != 0) {
        read_no_memory(r);
    }
}

void taken_note_twins(struct reader *r)
{
    struct job **jobs;
    size_t count = 0, used = 0;

    for (struct lane *lane = r->first; lane != NULL; lane = lane->next) {
        for (struct job *job = lane->first; job != NULL; job = job->next) {
            count += lane->kind != LIST_PUBLISHER && job->selected == SELECTED_YES ? 1 : 0;
        }
    }
    if (count < 2) {
        return;
    }
    jobs = malloc(count * sizeof(struct job *));
    if (jobs == NULL) {
        read_no_memory(r);
        return;
    }
    for (struct lane *lane = r->first; lane != NULL; lane = lane->next) {
        for (struct job *job = lane->first; job != NULL; job = job->next) {
            if (lane->kind != LIST_PUBLISHER && job->selected == SELECTED_YES) {
                jobs[used++] = job;
            }
        }
    }
    qsort((void *)jobs, used, sizeof(struct job *), compare_ids);
    for (size_t i = 0; i < used; i++) {
        bool before = i > 0 && compare_ids((void *)&jobs[i - 1], (void *)&jobs[i]) == 0;
        bool behind = i + 1 < used && compare_ids((void *)&jobs[i], (void *)&jobs[i + 1]) == 0;
        if (before || behind) {
            note_twin(r, jobs[i], jobs[before ? i - 1 : i + 1]);
        }
    }
    free((void *)jobs);
}

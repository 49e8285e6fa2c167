/* changed.c - the changes of a report, offer by offer. */
#include "changed.h"

#include "offerstat/text.h"

#include <stdlib.h>

static int compare_offers(const struct recorded_offer *a, const struct recorded_offer *b)
{
    int order = text_compare_nocase(a->publisher != NULL ? a->publisher : "",
                                    b->publisher != NULL ? b->publisher : "");

    if (order == 0) {
        order = text_compare_nocase(a->id, b->id);
    }
    return order;
}

static int compare_changes(const void *left, const void *right)
{
    const struct recorded_change *a = left, *b = right;
    int order = compare_offers(&a->offer, &b->offer);

    if (order == 0) {
        order = (a->after.first_seen_ms > b->after.first_seen_ms) -
                (a->after.first_seen_ms < b->after.first_seen_ms);
    }
    if (order == 0) {
        order = (a->serial > b->serial) - (a->serial < b->serial);
    }
    return order;
}

int changed_sort(const struct report *report, struct changed *out)
{
    *out = (struct changed){ .count = report->change_count };
    out->sorted = calloc(out->count + 1, sizeof(*out->sorted));
    if (out->sorted == NULL) {
        return -1;
    }
    for (size_t i = 0; i < out->count; i++) {
        out->sorted[i] = report->changes[i];
    }
    qsort(out->sorted, out->count, sizeof(*out->sorted), compare_changes);
    return 0;
}

size_t changed_end(const struct changed *c, size_t i)
{
    size_t end = i + 1;

    while (end < c->count && compare_offers(&c->sorted[i].offer, &c->sorted[end].offer) == 0) {
        end++;
    }
    return end;
}

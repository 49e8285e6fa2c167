/* changed.h - the changes of a report, offer by offer. */
#ifndef CHANGED_H
#define CHANGED_H

#include "offerstat/recorded.h"
#include "offerstat/report.h"

/* The changes by publisher and offer, of each the oldest first; `sorted` is freed by the caller. */
struct changed {
    struct recorded_change *sorted;
    size_t count;
};

/* 0, or -1 without memory. */
int changed_sort(const struct report *report, struct changed *out);

/* The place after the last change of the offer whose first one is at i. */
size_t changed_end(const struct changed *c, size_t i);

#endif

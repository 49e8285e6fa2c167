/* outlooks.h - what the record says of the publishes that a read finds under way. */
#ifndef OFFERS_OUTLOOKS_H
#define OFFERS_OUTLOOKS_H

#include "offerstat/arena.h"
#include "offerstat/durations.h"

#include <stdbool.h>

struct record_use;

/* What was recorded of a publisher. */
struct publisher_past {
    const char *publisher; /* NULL: not known */
    struct recorded_run *runs;
    size_t run_count;
    struct durations *rows;
    size_t row_count;
};

/* Of one read; all zero: nothing looked up yet. */
struct outlooks {
    struct arena arena;
    struct publisher_past *items;
    size_t count;
    bool failed; /* the record could not be read, and a warning was printed */
};

/* Set the offer's outlook.  The record is looked at only where something is under way; what keeps
 * it from being read is a warning, and the service's own times are what is left.  0, or -1 without
 * memory. */
int outlooks_set(struct outlooks *all, const struct record_use *use, struct offer *o,
                 int64_t now_ms);

void outlooks_clear(struct outlooks *all);

#endif

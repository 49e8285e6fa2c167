/* durations.h - how long publishes and each of their steps took, from those that were recorded. */
#ifndef OFFERSTAT_DURATIONS_H
#define OFFERSTAT_DURATIONS_H

#include "offerstat/arena.h"
#include "offerstat/moment.h"

#include <stddef.h>
#include <stdint.h>

/* What a step took in all publishes of offers of one type, or those publishes as a whole. */
struct durations {
    const char *type;                /* raw, of the latest publish; NULL: not known */
    const char *step_id, *step_name; /* of the latest publish; both NULL: the publish as a whole */
    size_t index;                    /* of the step, counted from 1; 0: the publish as a whole */
    int64_t seen_ms;                 /* when the latest publish was first seen */
    const int64_t *items;            /* milliseconds, the shortest first */
    size_t count;
    size_t left_out; /* durations not in items: the reads were too far apart */
};

/* The publishes that have ended, and their steps, type by type in the order of the first publish of
 * each, steps in their order and the publish as a whole last; all of it in memory of the arena, but
 * texts are those of the runs.
 *
 * A step counts when it is complete (or had begun when the publish went through), however the
 * publish ended.  A publish as a whole counts only when it went through, since how long a failed
 * one took says nothing about the next.  One that was recorded from several APIs counts once.
 *
 * Where the service gives no times, a duration is the middle of what the reads leave possible, and
 * counts only when that is exact to half the median.  Not to half the duration itself: this would
 * leave out short durations whose reads were as far apart as those of long ones, and the median
 * would be too long.  0, or -1 without memory. */
int durations_gather(const struct recorded_run *runs, size_t count, struct arena *a,
                     struct durations **out, size_t *out_count);

/* The smallest duration that at least so many percent do not exceed (the nearest-rank method, which
 * returns a duration that really occurred, however few there are).  50 is the median; 0 where there
 * are none. */
int64_t durations_percentile(const struct durations *d, unsigned percent);

/* How many of them lie in each tenth of the longest, the shortest first. */
#define DURATIONS_TENTHS 10
void durations_spread(const struct durations *d, size_t tenths[DURATIONS_TENTHS]);

/* The durations of a step (by its id, else its name; both NULL: of the publish as a whole) of
 * offers of this type, or NULL. */
const struct durations *durations_find(const struct durations *all, size_t count, const char *type,
                                       const char *step_id, const char *step_name);

#endif

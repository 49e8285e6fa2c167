/* outlook.h - how long a publish has stood in its present step, and when that is likely to end. */
#ifndef OFFERSTAT_OUTLOOK_H
#define OFFERSTAT_OUTLOOK_H

#include "offerstat/durations.h"
#include "offerstat/offer.h"

/* Runs below that number say too little. */
#define ESTIMATE_LEAST_RUNS 3

/* What a read of an offer at now_ms and the record together say: *out is all zero where nothing is
 * under way.  `runs` are those of offers of its publisher, `past` is what durations_gather made of
 * them; both may be none.
 *
 * The service's own times win; where it has none, a step has begun in the middle between the last
 * read that showed it not begun and the first that did.  An estimate needs ESTIMATE_LEAST_RUNS
 * recorded durations of offers of the same type: other types are certified in other ways, and three
 * of theirs would say nothing.  There is none for a step that waits for the publisher. */
void outlook_of(const struct offer *o, const struct recorded_run *runs, size_t run_count,
                const struct durations *past, size_t past_count, int64_t now_ms,
                struct outlook *out);

#endif

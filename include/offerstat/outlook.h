/* outlook.h - how long a publish has stood in its present step, and when that is likely to end. */
#ifndef OFFERSTAT_OUTLOOK_H
#define OFFERSTAT_OUTLOOK_H

#include "offerstat/durations.h"
#include "offerstat/offer.h"

/* Fewer recorded publishes than this are no base for an estimate. */
#define ESTIMATE_LEAST_RUNS 3

/* Work out from a read of an offer at now_ms and from the record how far its publish has come; *out
 * is all zero when nothing is under way.  `runs` are the recorded publishes of its publisher's
 * offers, `past` is what durations_gather made of them; both may be empty.
 *
 * The service's own times win.  Where it gives none, a step is taken to have begun halfway between
 * the last read that showed it not started and the first that showed it begun.  An estimate needs
 * ESTIMATE_LEAST_RUNS recorded durations of offers of the same type, since other types are
 * certified differently.  A step that waits for the publisher has no estimate. */
void outlook_of(const struct offer *o, const struct recorded_run *runs, size_t run_count,
                const struct durations *past, size_t past_count, int64_t now_ms,
                struct outlook *out);

#endif

/* moment.h - when a publish and its steps began and ended, as far as it is known. */
#ifndef OFFERSTAT_MOMENT_H
#define OFFERSTAT_MOMENT_H

#include "offerstat/recorded.h"

#include <stdbool.h>
#include <stdint.h>

/* When something happened: the service's own time (both members are equal), else some time between
 * two reads.  Unix times; latest_ms 0: not known at all, earliest_ms 0: at any time before
 * latest_ms. */
struct moment {
    int64_t earliest_ms, latest_ms;
};

/* When a publish began: when it was submitted, else when its first step began, else between the
 * reads. */
struct moment moment_run_began(const struct recorded_run *run);
struct moment moment_step_began(const struct recorded_step *step);

/* When they ended; of a publish that has not, of no meaning. */
struct moment moment_run_ended(const struct recorded_run *run);
struct moment moment_step_ended(const struct recorded_run *run, const struct recorded_step *step);

/* The most likely time; 0: not known. */
int64_t moment_middle(struct moment m);

/* How long something took: ms is the middle of what the two moments leave possible, within_ms how
 * much shorter or longer it may have been.  False when a moment is not known, or the end is before
 * the beginning. */
struct duration {
    int64_t ms, within_ms;
};
bool moment_between(struct moment began, struct moment ended, struct duration *out);

#endif

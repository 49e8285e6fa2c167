/* runs_write.h - publishes and their steps, as reads follow them. */
#ifndef RECORD_RUNS_WRITE_H
#define RECORD_RUNS_WRITE_H

#include "record_priv.h"

/* What a read of a track has found: the publish that it belongs to goes on, ends or begins.  before
 * is how the track stood (NULL: this is its first read); *run is the row of the publish under way,
 * 0: none.  0, or -1 with *err. */
int runs_follow(struct record *r, int64_t track, const struct sighting *s,
                const struct recorded_span *before, int64_t *run, struct error *err);

/* The same of a read that has found all as it was. */
int runs_see_again(struct record *r, int64_t run, const struct sighting *s, struct error *err);

#endif

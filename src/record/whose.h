/* whose.h - which row of the record an offer has. */
#ifndef RECORD_WHOSE_H
#define RECORD_WHOSE_H

#include "record_priv.h"

/* The row of an offer; where there is none it is made if `makes`, else *row is 0.  What is known
 * now and was not before is added.  0, or -1 with *err. */
int whose_row(struct record *r, const struct recorded_offer *o, bool makes, int64_t *row,
              struct error *err);

/* The row of what an API shows of it, 0 where there is none. */
int whose_track(struct record *r, int64_t offer, const char *api, int64_t *track,
                struct error *err);

#endif

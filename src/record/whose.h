/* whose.h - which row of the record an offer has. */
#ifndef RECORD_WHOSE_H
#define RECORD_WHOSE_H

#include "record_priv.h"

/* The row of an offer, 0 where there is none.  0, or -1 with *err. */
int whose_find(struct record *r, const struct recorded_offer *o, int64_t *row, struct error *err);

/* Make one. */
int whose_make(struct record *r, const struct recorded_offer *o, int64_t *row, struct error *err);

/* Add what is known now and was not before, and what it is called now. */
int whose_learn(struct record *r, const struct recorded_offer *o, int64_t row, struct error *err);

#endif

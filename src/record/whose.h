/* whose.h - which row of the record an offer has. */
#ifndef RECORD_WHOSE_H
#define RECORD_WHOSE_H

#include "record_priv.h"

/* The row of an offer whose id was looked up (known.h), 0 where there is none. */
int64_t whose_find(const struct record *r, const struct recorded_offer *o);

/* Make one. */
int whose_make(struct record *r, const struct recorded_offer *o, int64_t *row, struct error *err);

/* Add what is known now and was not before, and what it is called now; the texts are borrowed. */
int whose_learn(struct record *r, const struct recorded_offer *o, int64_t row, struct error *err);

#endif

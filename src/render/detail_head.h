/* detail_head.h - what an offer is: the rows above its steps. */
#ifndef DETAIL_HEAD_H
#define DETAIL_HEAD_H

#include "document.h"

/* Append name, state, ids, dates, sources and notes of the offer, a row each. */
void detail_head_put(struct render *r, const struct offer *o);

/* What the publisher has to do, in words ("none" for nothing). */
const char *detail_advice(enum offer_action action);

#endif

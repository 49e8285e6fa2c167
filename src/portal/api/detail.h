/* detail.h - members of an answer that decide nothing: one that cannot be read must not hide the
 * others. */
#ifndef API_DETAIL_H
#define API_DETAIL_H

#include "offerstat/arena.h"
#include "offerstat/error.h"
#include "offerstat/offer.h"

struct detail {
    struct arena *arena;
    struct offer *offer; /* for the notes */
    const char *of;      /* what has the members ("submissions"); NULL: the offer itself */
    struct error odd;    /* error of the call whose result is passed to detail() */
};

/* Check rc, the result of a function of json/json.h that had d->odd as its error.  A member of a
 * wrong type, or one that occurs twice, is left out and noted on the offer.  0, or -1 with *err
 * without memory. */
int detail(struct detail *d, int rc, struct error *err);

#endif

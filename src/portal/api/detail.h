/* detail.h - members of an answer that decide nothing: one that cannot be read may not hide what
 * the others say. */
#ifndef API_DETAIL_H
#define API_DETAIL_H

#include "offerstat/arena.h"
#include "offerstat/error.h"
#include "offerstat/offer.h"

struct detail {
    struct arena *arena;
    struct offer *offer; /* gets the notes */
    const char *of;      /* what the members are of ("submissions"); NULL: the offer itself */
    struct error odd;    /* for the reader whose result is given to detail */
};

/* rc is what a reader of json.h returned, with d->odd as its error.  A member that is of an odd
 * type, or stands twice, is left out and noted on the offer.  0, or -1 with *err without memory. */
int detail(struct detail *d, int rc, struct error *err);

#endif

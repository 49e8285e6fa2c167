/* wait_view.h - a wait as a screen: each offer with its steps. */
#ifndef OFFERSTAT_WAIT_VIEW_H
#define OFFERSTAT_WAIT_VIEW_H

#include "offerstat/offer.h"
#include "offerstat/strbuf.h"

#include <stdint.h>

struct wait_view_row {
    const struct offer *offer;
    int64_t standing_ms; /* how long it is known to have been in its step */
    bool settled;        /* it has reached its end and is not read any more */
};

struct wait_view {
    const struct wait_view_row *rows;
    size_t count, reached;
    int64_t took_ms, timeout_ms; /* timeout -1: none */
    int64_t next_ms;             /* until the next read; -1: one is under way */
    const char *said;            /* the latest text for stderr, or "" */
    size_t width, height;        /* of the screen; 0: not known */
    bool ascii, color, with_publisher;
};

/* Append the lines of the screen, '\n' after each: no more than fit, none wider than it.  Where not
 * all fit, offers come before steps, and steps of offers that are still waited for before
 * others. */
void wait_view_put(struct strbuf *out, const struct wait_view *v);

#endif

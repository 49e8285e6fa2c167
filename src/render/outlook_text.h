/* outlook_text.h - how long a publish has been in its step, and when that may end, in words. */
#ifndef OUTLOOK_TEXT_H
#define OUTLOOK_TEXT_H

#include "offerstat/render.h"
#include "offerstat/strbuf.h"

/* Append how long it has been in its present step ("for 3h 5m"), or since when if the options want
 * full times.  Nothing when that is not known. */
void outlook_put_age(struct strbuf *out, const struct offer *o,
                     const struct render_options *options);

/* Append when it is likely to end, with the spread; nothing without an estimate. */
void outlook_put_estimate(struct strbuf *out, const struct estimate *e,
                          const struct render_options *options);

/* The same for a table's cell: the portal's own words, else "10h (9h-12h)". */
void outlook_put_short(struct strbuf *out, const struct offer *o);

#endif

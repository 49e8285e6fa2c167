/* outlook_text.h - how a publish that is under way gets on, in words. */
#ifndef OUTLOOK_TEXT_H
#define OUTLOOK_TEXT_H

#include "offerstat/render.h"
#include "offerstat/strbuf.h"

/* Append for how long it has stood in its present step ("for 3h 5m"), or where times are written as
 * such since when.  Nothing where that is not known. */
void outlook_put_age(struct strbuf *out, const struct offer *o,
                     const struct render_options *options);

/* Append when it is likely to end, with its spread; nothing where there is no estimate. */
void outlook_put_estimate(struct strbuf *out, const struct estimate *e,
                          const struct render_options *options);

/* The same for a cell: the portal's own words, else "10h (9h-12h)". */
void outlook_put_short(struct strbuf *out, const struct offer *o);

#endif

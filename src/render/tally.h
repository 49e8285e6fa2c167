/* tally.h - how many offers are in which state. */
#ifndef TALLY_H
#define TALLY_H

#include "document.h"

/* Append a part of the line after a sign such as ", "; where a width is set and the line would
 * reach it, the part begins a line of its own.  used: columns of the line that are taken; returns
 * how many are then.  color NULL: none. */
size_t tally_put_part(struct render *r, size_t used, const char *sign, const char *color,
                      const char *text);

/* The same for a text that begins with its sign ", ". */
size_t tally_put_further(struct render *r, size_t used, const char *text);

/* Append how much could not be read or was not found, each part after ", ".  used and what it
 * returns as in tally_put_part. */
size_t tally_put_unread(struct render *r, const struct report *report, size_t used);

/* Append ": 2 Publish failed, 10 with nothing under way" and a line end; lines are broken when a
 * width is set.  sign precedes the first state; used: columns of the line that are taken. */
void tally_put(struct render *r, const struct report *report, const char *sign, size_t used);

/* Append the whole line: "12 offers: 2 Publish failed, ...". */
void tally_put_whole(struct render *r, const struct report *report);

/* Append "2 of 3 offers shown, 1 could not be read", without states. */
void tally_put_shown(struct render *r, const struct report *report);

#endif

/* tally.h - how many offers are in which state. */
#ifndef TALLY_H
#define TALLY_H

#include "document.h"

/* Append how much could not be read or was not found, each part after ", ".  Returns the columns
 * that it takes. */
size_t tally_put_unread(struct render *r, const struct report *report);

/* Append ": 2 Publish failed, 10 with nothing under way" and a line end; lines are broken when a
 * width is set.  sign precedes the first state; used: columns of the line that are taken. */
void tally_put(struct render *r, const struct report *report, const char *sign, size_t used);

/* Append the whole line: "12 offers: 2 Publish failed, ...". */
void tally_put_whole(struct render *r, const struct report *report);

/* Append "2 of 3 offers shown, 1 could not be read", without states. */
void tally_put_shown(struct render *r, const struct report *report);

#endif

/* typo.h - the name that was probably meant, for "did you mean". */
#ifndef OFFERSTAT_TYPO_H
#define OFFERSTAT_TYPO_H

#include <stddef.h>

/* The candidate nearest to text, the first of several; when none is near, one that begins with text
 * (of three bytes or more).  NULL when none is near enough to be what was meant.  Not a copy. */
const char *word_nearest(const char *text, const char *const *candidates, size_t count);

/* Edits (insert, delete, replace, swap of neighbours) between two texts, ASCII case ignored;
 * limit + 1 when there are more than limit, or when a text is longer than 64 bytes. */
size_t word_distance(const char *a, const char *b, size_t limit);

/* How many edits still count as a typo in a word of this length. */
size_t word_slip_limit(const char *text);

#endif

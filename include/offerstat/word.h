/* word.h - comparing the words of three APIs that do not agree on how to write them. */
#ifndef OFFERSTAT_WORD_H
#define OFFERSTAT_WORD_H

#include <stdbool.h>
#include <stddef.h>

/* Equal without case, with one or two l, '-', '_' and blanks dropped: "Not Started" is
 * "notStarted", "Cancelled" is "canceled", "Publisher signoff" is "publisher-signoff".  NULL equals
 * nothing. */
bool word_equal(const char *a, const char *b);

/* Whether word equals one of count words. */
bool word_is_one_of(const char *word, const char *const *words, size_t count);

/* As word_equal, but a contains b. */
bool word_contains(const char *a, const char *b);

/* ASCII letters without case; other bytes as they are. */
bool text_equal_nocase(const char *a, const char *b);
int text_compare_nocase(const char *a, const char *b);
bool text_contains_nocase(const char *text, const char *part);

/* Shell glob with *, ? and [...], ASCII case ignored.  Bounded: no pattern costs more than
 * pattern x text steps. */
bool glob_match(const char *pattern, const char *text);
bool glob_has_magic(const char *pattern);

/* Order two decimal numbers of any length, like strcmp.  Both must be numbers. */
bool digits_are(const char *text); /* NULL is none */
int digits_compare(const char *a, const char *b);

/* The candidate nearest to text, or NULL when none is near enough to be meant by it. */
const char *word_nearest(const char *text, const char *const *candidates, size_t count);

/* Edits (insert, delete, replace, swap of neighbours) between two texts, ASCII case ignored;
 * `limit + 1` when there are more than limit. */
size_t word_distance(const char *a, const char *b, size_t limit);

/* How many edits still count as a slip in a word of this length. */
size_t word_slip_limit(const char *text);

#endif

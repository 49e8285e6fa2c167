/* word.h - comparing the words of the three APIs, whose spellings differ. */
#ifndef OFFERSTAT_WORD_H
#define OFFERSTAT_WORD_H

#include <stdbool.h>
#include <stddef.h>

/* Whether two words are equal when case, '-', '_', blanks and doubled l are ignored: "Not Started"
 * is "notStarted", "Cancelled" is "canceled", "Publisher signoff" is "publisher-signoff".  NULL
 * equals nothing. */
bool word_equal(const char *a, const char *b);

/* Whether word equals one of count words. */
bool word_is_one_of(const char *word, const char *const *words, size_t count);

/* As word_equal, but a contains b. */
bool word_contains(const char *a, const char *b);

#endif

/* text.h - ASCII text compared without case, globs, decimal numbers of any length. */
#ifndef OFFERSTAT_TEXT_H
#define OFFERSTAT_TEXT_H

#include <stdbool.h>

/* The small letter of an ASCII letter; any other byte as it is.  Never asks the locale. */
unsigned char text_lower(char c);

/* Equality, order and containment without the case of ASCII letters.  text_compare_nocase orders
 * like strcmp and takes no NULL; the others are false where either is NULL. */
bool text_equal_nocase(const char *a, const char *b);
int text_compare_nocase(const char *a, const char *b);
bool text_contains_nocase(const char *text, const char *part);

/* Shell glob with *, ? and [...], ASCII case ignored, over the whole text.  A bracket that is never
 * closed stands for itself.  At most length of pattern x length of text steps. */
bool glob_match(const char *pattern, const char *text);
bool glob_has_magic(const char *pattern);

/* Whether text is a decimal number: one or more ASCII digits and nothing else.  NULL is none. */
bool digits_are(const char *text);

/* Order two decimal numbers of any length, like strcmp.  digits_are must hold for both. */
int digits_compare(const char *a, const char *b);

#endif

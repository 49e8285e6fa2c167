/* translate.h - texts for people, in the language in use. */
#ifndef OFFERSTAT_TRANSLATE_H
#define OFFERSTAT_TRANSLATE_H

#include <stdbool.h>

/* Mark a text for the catalogue (po/).  _ translates it where it stands; N_ only marks it, for a
 * table whose texts are translated when they are printed. */
#define _(text) translate(text)
#define N_(text) text

/* The text in the language in use, or `text` itself when there is no translation. */
const char *translate(const char *text) __attribute__((format_arg(1)));

/* The plural form for a number.  In English `one` is for 1, `many` for all other numbers. */
const char *translate_count(const char *one, const char *many, unsigned long count)
    __attribute__((format_arg(1), format_arg(2)));

/* Whether texts for people are not English.  Texts for machines always are. */
bool translates(void);

/* Leave texts English (true), or translate them again (false): for a document that programs
 * read. */
void translate_suspend(bool suspended);

/* Set the function that looks texts up; NULL leaves them English.  Its `many` is NULL for a text
 * without a number. */
void translate_by(const char *(*lookup)(const char *one, const char *many, unsigned long count));

#endif

/* translate.h - texts for people, in the language that the program was told. */
#ifndef OFFERSTAT_TRANSLATE_H
#define OFFERSTAT_TRANSLATE_H

#include <stdbool.h>

/* Mark a text for the catalogue (po/).  _ translates it where it stands; N_ only marks it, for a
 * table whose texts are translated when they are printed. */
#define _(text) translate(text)
#define N_(text) text

/* The text in the language in use; itself where that has no other. */
const char *translate(const char *text) __attribute__((format_arg(1)));

/* The form for a number: English has one for 1 and one for all others. */
const char *translate_count(const char *one, const char *many, unsigned long count)
    __attribute__((format_arg(1), format_arg(2)));

/* Whether texts for people differ from those for machines, which are English always. */
bool translates(void);

/* Leave texts English for a while, or no longer: in a document that programs read. */
void translate_suspend(bool suspended);

/* Look texts up like this from now on; NULL leaves them English.  many is NULL for a text without
 * a number. */
void translate_by(const char *(*lookup)(const char *one, const char *many, unsigned long count));

#endif

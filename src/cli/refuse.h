/* refuse.h - a word that is none of those known, and the one that was probably meant. */
#ifndef CLI_REFUSE_H
#define CLI_REFUSE_H

#include "offerstat/error.h"

#include <stddef.h>

/* `no command "shwo"; did you mean "show"?`, where what is "no command".  Where no known word is
 * near, otherwise stands after the semicolon ("" for nothing at all; NULL: "there are a, b").
 * Always -1 with *err (ERR_USAGE). */
int refuse_word(const char *what, const char *word, const char *const *known, size_t count,
                const char *otherwise, struct error *err);

#endif

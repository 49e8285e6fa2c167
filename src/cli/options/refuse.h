/* refuse.h - errors for unknown words, with "did you mean". */
#ifndef OPTIONS_REFUSE_H
#define OPTIONS_REFUSE_H

#include "offerstat/error.h"

#include <stddef.h>

/* What the error adds when no known word is similar. */
enum refuse_end { REFUSE_ALONE, REFUSE_AND_LIST, REFUSE_AND_NAME_HELP };

/* `no command "shwo"; did you mean "show"?`, where `what` is "no command", marked for translation.
 * Always -1 with *err (ERR_USAGE). */
int refuse_word(const char *what, const char *word, const char *const *known, size_t count,
                enum refuse_end end, struct error *err);

#endif

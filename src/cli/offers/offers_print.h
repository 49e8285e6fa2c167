/* offers_print.h - the report of a read on stdout, and its problems on stderr. */
#ifndef OFFERS_OFFERS_PRINT_H
#define OFFERS_OFFERS_PRINT_H

#include "offers_session.h"

/* Returns the exit code. */
int offers_print(const struct offers_result *result);

/* How to report an answer that is not documented, where a read has found one. */
void offers_say_unplaced(const struct offers_session *o);

#endif

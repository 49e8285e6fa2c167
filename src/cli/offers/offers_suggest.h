/* offers_suggest.h - "did you mean" for publishers and types. */
#ifndef OFFERS_OFFERS_SUGGEST_H
#define OFFERS_OFFERS_SUGGEST_H

#include "offers_session.h"

/* Hint on stderr which publisher or type was probably meant, when one was not found. */
void offers_suggest(const struct offers_result *result);

#endif

/* offers_suggest.h - the name that was probably meant, where the service has none like it. */
#ifndef CLI_OFFERS_SUGGEST_H
#define CLI_OFFERS_SUGGEST_H

#include "offers_session.h"

/* Say on stderr which publisher or type was probably meant, where one was not found. */
void offers_suggest(const struct offers_result *result);

#endif

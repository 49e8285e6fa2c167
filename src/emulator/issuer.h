/* issuer.h - issuers of assertions, which a client uses in place of a secret. */
#ifndef EMULATOR_ISSUER_H
#define EMULATOR_ISSUER_H

#include "reply.h"

#include <stdbool.h>

/* Answer a request for an assertion; false: it is for something else.  *issued counts tokens and
 * assertions. */
bool issuer_answer(unsigned *issued, const struct request *request, struct reply *reply);

bool issuer_has_given(const char *assertion);

#endif

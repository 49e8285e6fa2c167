/* refusal.h - refusals of the identity platform. */
#ifndef EMULATOR_REFUSAL_H
#define EMULATOR_REFUSAL_H

#include "reply.h"

#include <stdbool.h>

/* Clients know a refusal by the AADSTS number in its description. */
void refusal_give(struct reply *reply, unsigned status, const char *error, long aadsts,
                  const char *message);

/* Refuse a client of the name "refused-53003"; false where the form's has another name. */
bool refusal_by_number(const char *form, struct reply *reply);

/* Another issuer's assertion does not fit; what: "issuer", "audience" or "subject". */
void refusal_of_assertion(const char *what, struct reply *reply);

/* The form's client is not known. */
void refusal_of_client(const char *form, struct reply *reply);

#endif

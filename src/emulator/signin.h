/* signin.h - the identity platform's token endpoints, and GitHub's issuer of assertions. */
#ifndef EMULATOR_SIGNIN_H
#define EMULATOR_SIGNIN_H

#include "api.h"
#include "reply.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct signin {
    const char *ready_token;  /* valid for all APIs, always */
    const char *certificate;  /* file (PEM) whose owner must have signed assertions; NULL: none */
    unsigned only;            /* a bit for each API that tokens are issued for; 0: for all */
    int64_t lifetime_ms;      /* of every token that is issued */
    unsigned issued;          /* tokens and assertions so far; the serial number of the last */
    size_t device_polls;      /* how often a client has polled */
    enum api device_audience; /* API that the device code is for; API_NONE: none that is known */
};

/* Answer a request to the token endpoints; false: it is for something else.  The caller locks. */
bool signin_answer(struct signin *s, const struct request *request, struct reply *reply);

/* Whether a token is valid for an API at this moment. */
bool signin_accepts(const struct signin *s, const char *bearer, enum api api);

/* Set in the environment of the command tenant and client in place of the ready token, and the
 * secret if with_secret. */
void signin_set_environment(bool with_secret);

#endif

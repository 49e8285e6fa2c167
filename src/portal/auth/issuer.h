/* issuer.h - asking another issuer, such as a build service, to vouch for the application. */
#ifndef AUTH_ISSUER_H
#define AUTH_ISSUER_H

#include "offerstat/error.h"

struct signin;

struct issuer_request {
    const char *url, *token;           /* where to ask, and the bearer token for it */
    const char *url_name, *token_name; /* the variables that they come from, for errors */
    const char *member;                /* of the answer, that holds the assertion */
    const char *form, *header;         /* as in struct json_get */
};

/* 0 with *assertion, the caller's for secret_free, or -1 with *err. */
int issuer_ask(struct signin *s, const struct issuer_request *request, char **assertion,
               struct error *err);

#endif

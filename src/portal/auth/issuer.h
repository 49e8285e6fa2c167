/* issuer.h - asking an issuer, such as a build service, for an assertion on the application's
 * identity. */
#ifndef AUTH_ISSUER_H
#define AUTH_ISSUER_H

#include "offerstat/error.h"

struct signin;

struct token;

struct issuer_request {
    const char *issuer;                /* its name, for errors; not copied */
    const char *url, *token;           /* its address, and the bearer token for it */
    const char *url_name, *token_name; /* the variables that they come from, for errors */
    const char *member;                /* the member of the answer that has the assertion */
    const char *form, *header;         /* as in struct json_get */
};

/* Queue the request for an assertion.  SOURCE_ASKING, or SOURCE_REFUSED with *err. */
int issuer_ask(struct signin *s, const struct issuer_request *request, struct error *err);

/* The go_on of a source that uses issuer_ask: exchange the assertion for a token of the source's
 * client, then take that token. */
int issuer_go_on(struct signin *s, struct token *out, struct error *err);

#endif

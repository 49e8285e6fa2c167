/* oauth.h - the identity platform's token endpoint. */
#ifndef AUTH_OAUTH_H
#define AUTH_OAUTH_H

#include "offerstat/error.h"
#include "offerstat/strbuf.h"

/* The body of a refusal ({"error", "error_description": "AADSTS7000215: ...", "correlation_id"}) in
 * plain words with what to do; *err gets ERR_AUTH for 400 and 401, ERR_ANSWER otherwise.  word gets
 * its "error" ("invalid_client", "authorization_pending"), "" where there is none. */
void oauth_refusal(long status, const char *body, char word[64], struct error *err);

#endif

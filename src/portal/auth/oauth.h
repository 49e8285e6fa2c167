/* oauth.h - the identity platform's token endpoint. */
#ifndef AUTH_OAUTH_H
#define AUTH_OAUTH_H

#include "offerstat/error.h"
#include "offerstat/strbuf.h"
#include "offerstat/transport.h"

/* Explain a refusal of the identity platform and what to do about it, followed by the service's own
 * line.  body: {"error": "invalid_client", "error_description": "AADSTS7000215: ...",
 * "correlation_id": "..."}. *err gets ERR_AUTH for the statuses 400 and 401, else ERR_ANSWER, and
 * the correlation id; word gets the text of "error", "" where there is none.  Secrets are hidden by
 * t, which may be NULL. */
void oauth_refusal(struct transport *t, long status, const char *body, char word[64],
                   struct error *err);

/* The same for these two members, which may be "".  err->code stays. */
void oauth_explain(const char *word, const char *description, struct error *err);

#endif

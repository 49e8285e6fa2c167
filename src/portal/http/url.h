/* url.h - addresses: what may be asked, and what belongs to the same origin. */
#ifndef HTTP_URL_H
#define HTTP_URL_H

#include "offerstat/error.h"

#include <stdbool.h>

/* Normalise an endpoint (no slash at its end) into *out, which the caller frees.  ERR_USAGE unless
 * it is https, or http on loopback, without user, query and fragment. */
int url_endpoint(const char *text, char **out, bool *loopback, struct error *err);

/* Whether the host of an address is this machine. */
bool url_is_loopback(const char *text);

/* Whether a secret may be sent there: https, or http on loopback. */
bool url_is_safe(const char *text);

/* Resolve ref (absolute or relative) against base into *out, which the caller frees.  ERR_ANSWER
 * when ref is no address or names another scheme, host or port: a token never goes there. */
int url_resolve(const char *base, const char *ref, char **out, struct error *err);

/* As url_resolve, for a link in an answer: without a scheme it stands below the endpoint and its
 * prefix, with or without a slash at its front (Partner Center sends "v1.0/ingestion/...").  What
 * may not stand in an address, such as a blank, is percent-encoded first. */
int url_join(const char *endpoint, const char *link, char **out, struct error *err);

#endif

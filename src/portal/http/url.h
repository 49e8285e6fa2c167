/* url.h - URLs: which ones a token may be sent to, and how a link in an answer is resolved. */
#ifndef HTTP_URL_H
#define HTTP_URL_H

#include "offerstat/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Normalise an endpoint that the user gave, without a trailing slash.  0 with *out, the caller's to
 * free, and *loopback; or -1 with *err: ERR_USAGE unless it is https, or http on loopback, without
 * user, query and fragment. */
int url_endpoint(const char *text, char **out, bool *loopback, struct error *err);

/* Whether the host of a URL is this machine; false for what is no URL. */
bool url_is_loopback(const char *text);

/* The host of a URL, with its port unless that is the scheme's default, for messages; cut to
 * fit. */
void url_host(const char *text, char *out, size_t out_size);

/* Whether it is an IPv4 link-local address (169.254.0.0/16), which no router forwards: Azure's own
 * endpoints for a machine are there. */
bool url_is_link_local(const char *text);

/* Whether a secret may be sent there: https, or http on loopback. */
bool url_is_safe(const char *text);

/* Whether a link names its scheme; a "://" in its query is none. */
bool url_has_scheme(const char *link);

/* Resolve ref (absolute or relative) against base.  0 with *out, the caller's to free, or -1 with
 * *err: ERR_ANSWER when ref is no URL or leads to a different origin (scheme, host or port), where
 * the token must not be sent. */
int url_resolve(const char *base, const char *ref, char **out, struct error *err);

/* As url_resolve, for a link in an answer.  Without a scheme it is relative to the endpoint with
 * its path, also when it begins with a slash (Partner Center sends "v1.0/ingestion/...").
 * Characters that no address may hold, such as a blank, are percent-encoded first. */
int url_join(const char *endpoint, const char *link, char **out, struct error *err);

#endif

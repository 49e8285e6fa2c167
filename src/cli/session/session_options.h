/* session_options.h - the options of a session's sign-ins and transports, by flags and
 * environment. */
#ifndef SESSION_SESSION_OPTIONS_H
#define SESSION_SESSION_OPTIONS_H

#include <stdbool.h>

struct settings;
struct signin_options;
struct transport_options;

/* The one of several APIs that a ready token is for: the one that the token names, else the
 * first. */
const char *session_api_of_token(const struct settings *s);

/* Whether there is a ready token for this API: a token is valid for one alone. */
bool session_has_ready_token(const struct settings *s, const char *api);

/* Set the options of the sign-in to one API.  What belongs to the session (transports, login file,
 * warnings) stays NULL. */
void session_signin_options(const struct settings *s, const char *api, struct signin_options *out);

/* Set the certificates to trust, if SSL_CERT_FILE, SSL_CERT_DIR, CURL_CA_BUNDLE or
 * REQUESTS_CA_BUNDLE names some.  The texts are those of the environment. */
void session_name_certificates(struct transport_options *options);

#endif

/* session_options.h - what flags and environment ask of a session's sign-ins and transports. */
#ifndef CLI_SESSION_OPTIONS_H
#define CLI_SESSION_OPTIONS_H

#include <stdbool.h>

struct settings;
struct signin_options;
struct transport_options;

/* The API that a ready token is for, of several: the one that the token names, else the first. */
const char *session_api_of_token(const struct settings *s);

/* A ready token is good for one API alone. */
bool session_has_ready_token(const struct settings *s, const char *api);

/* Of the sign-in to one API; what is the session's own (transports, login file, warnings) stays
 * NULL. */
void session_signin_options(const struct settings *s, const char *api, struct signin_options *out);

void session_name_certificates(struct transport_options *options);

#endif

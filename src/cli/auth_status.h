/* auth_status.h - `auth status`: how the sign-in stands, for people and for scripts. */
#ifndef CLI_AUTH_STATUS_H
#define CLI_AUTH_STATUS_H

struct settings;

/* The exit code: 4 where there is no token, or none that the API can accept.  Under auto that holds
 * for all APIs together: one that has no sign-in is left out where another has. */
int auth_status(const struct settings *s);

#endif

/* auth_status.h - `auth status`: the status of the sign-in, for people and for scripts. */
#ifndef VERBS_AUTH_STATUS_H
#define VERBS_AUTH_STATUS_H

struct settings;

/* Returns the exit code: 4 when there is no token, or none that the API can accept.  Under auto
 * this holds for all APIs together: one without a sign-in is left out when another has one. */
int auth_status(const struct settings *s);

#endif

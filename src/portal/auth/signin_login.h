/* signin_login.h - what signing in as a person (signin_device.c) shares with its use
 * (signin_login.c). */
#ifndef AUTH_SIGNIN_LOGIN_H
#define AUTH_SIGNIN_LOGIN_H

#include "auth/source.h"

/* What the file holds; the texts are borrowed. */
struct login {
    const char *tenant, *client, *refresh;
};

/* Whether the API accepts a person's token.  For the Cloud Partner Portal no documentation says
 * so. */
bool login_takes_people(const struct signin *s);

/* Add the scope field for a person to a form. */
void login_put_scope(const struct signin *s, struct strbuf *form);

/* Replace the file (mode 0600): a new one is written next to it and renamed, so that a crash never
 * leaves half a file.  0, or -1 with *err. */
int login_write(const char *path, const struct login *login, struct error *err);

#endif

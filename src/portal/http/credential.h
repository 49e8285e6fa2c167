/* credential.h - where the bearer token of a request comes from, as the HTTP client sees it. */
#ifndef HTTP_CREDENTIAL_H
#define HTTP_CREDENTIAL_H

#include "offerstat/error.h"

enum renewal {
    RENEWAL_DONE,   /* there is a new token now */
    RENEWAL_NONE,   /* its source has no new one */
    RENEWAL_FAILED, /* *err says why */
};

struct credential {
    /* A token that stays valid for a while; *serial distinguishes it from earlier ones.  It lives
     * until the next call.  NULL with *err. */
    const char *(*token)(void *user, unsigned *serial, struct error *err);
    /* The token of that serial was rejected. */
    enum renewal (*renew)(void *user, unsigned serial, struct error *err);
    void *user;
};

#endif

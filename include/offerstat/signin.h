/* signin.h - a bearer token, from wherever the user keeps what proves who they are. */
#ifndef OFFERSTAT_SIGNIN_H
#define OFFERSTAT_SIGNIN_H

#include "offerstat/error.h"
#include "offerstat/transport.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct signin; /* opaque, see src/portal/auth/source.h */

/* Where to look; texts are borrowed until signin_close and NULL where not given.  The names in
 * comments are those of the environment. */
struct signin_options {
    const char *method; /* one source alone, by its name; NULL or "auto": the first that is there */
    const char *audience;                  /* of the API: "https://graph.microsoft.com" */
    const char *person_scope;              /* below the audience; NULL: no person's tokens there */
    const char *token, *token_file;        /* OFFERSTAT_TOKEN, OFFERSTAT_TOKEN_FILE */
    const char *authority;                 /* AZURE_AUTHORITY_HOST; NULL: the public cloud's */
    const char *tenant, *client_id;        /* AZURE_TENANT_ID, AZURE_CLIENT_ID */
    const char *client_secret;             /* AZURE_CLIENT_SECRET */
    const char *certificate;               /* AZURE_CLIENT_CERTIFICATE_PATH: PEM with its key */
    const char *federated_file;            /* AZURE_FEDERATED_TOKEN_FILE */
    const char *login_file;                /* what `auth login` has left; NULL: nowhere */
    const char *github_url, *github_token; /* ACTIONS_ID_TOKEN_REQUEST_URL, _TOKEN */
    struct transport *transport;           /* for the sign-in's own requests; borrowed */
    struct transport *reader;              /* is told every token, to blot it out; borrowed */
    unsigned retries;
    int64_t az_timeout_ms;
    void (*warn)(void *user, const char *text); /* a source that is there and of no use */
    void (*trace)(void *user, const char *line);
    void *user;
};

/* Names of the sources in the order in which they are tried, NULL after the last. */
const char *signin_method_name(size_t i);

/* ERR_USAGE when the authority is no https address or there is no such method.  No request yet. */
int signin_open(const struct signin_options *options, struct signin **out, struct error *err);
void signin_close(struct signin *s); /* NULL is fine; every token is wiped */

/* A token that is good for a while, fetched or renewed where needed; *serial tells it from others.
 * It lives until the next call.  NULL with *err: ERR_AUTH (no source, or one that was rejected),
 * ERR_SERVICE, ERR_ANSWER. */
const char *signin_token(struct signin *s, unsigned *serial, struct error *err);

/* The last signin_token failed since no source is there: nothing was rejected. */
bool signin_is_absent(const struct signin *s);

/* What is known of the token at hand; texts are "" where nobody told. */
struct signin_status {
    const char *source;         /* NULL: no token yet */
    int64_t expires_ms;         /* Unix time, 0 where nobody said */
    int64_t certificate_end_ms; /* of the certificate that the source uses, 0: none */
    char identity[160], client[80], tenant[80];
};
void signin_describe(const struct signin *s, struct signin_status *out);

/* Sign in as a person, by a code that is entered in a browser elsewhere, and keep the refresh token
 * in options.login_file (mode 0600).  prompt shows what to do.  -1 with *err. */
int signin_device_login(struct signin *s, void (*prompt)(void *user, const char *text), void *user,
                        struct error *err);

/* For a signal handler that is about to end the process: what runs for the sign-in ends, too. */
void signin_interrupted(void);

/* Look at every source without any request.  state: 1 there, 0 absent, -1 there and of no use; why
 * is
 * "" for the first. */
typedef void (*signin_visit)(void *user, const char *method, int state, const char *why);
void signin_survey(struct signin *s, signin_visit visit, void *user);

#endif

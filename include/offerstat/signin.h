/* signin.h - bearer tokens, from the source that is configured; see docs/sign-in.md. */
#ifndef OFFERSTAT_SIGNIN_H
#define OFFERSTAT_SIGNIN_H

#include "offerstat/error.h"
#include "offerstat/transport.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct signin; /* opaque, see src/portal/auth/source.h */

/* What is configured.  Texts are borrowed until signin_close; NULL: not given.  The comments name
 * the environment variables. */
struct signin_options {
    const char *method;   /* the one source to use; NULL or "auto": the first that is configured */
    const char *audience; /* of the API: "https://graph.microsoft.com" */
    const char
        *person_scope; /* scope below the audience; NULL: the API accepts no person's tokens */
    const char *token, *token_file; /* OFFERSTAT_TOKEN, OFFERSTAT_TOKEN_FILE */
    const char *piped_token;        /* the token of token_file "-", when stdin was read already */
    const char *authority;          /* AZURE_AUTHORITY_HOST; NULL: the public cloud's */
    const char *tenant, *client_id; /* AZURE_TENANT_ID, AZURE_CLIENT_ID */
    const char *client_secret;      /* AZURE_CLIENT_SECRET */
    const char *certificate;        /* AZURE_CLIENT_CERTIFICATE_PATH: PEM with its key */
    const char *federated_file;     /* AZURE_FEDERATED_TOKEN_FILE */
    const char *login_file;         /* written by signin_device_login; NULL: none */
    const char *github_url, *github_token;       /* ACTIONS_ID_TOKEN_REQUEST_URL, _TOKEN */
    const char *pipelines_url, *pipelines_token; /* SYSTEM_OIDCREQUESTURI, SYSTEM_ACCESSTOKEN */
    /* AZURESUBSCRIPTION_SERVICE_CONNECTION_ID, _TENANT_ID, _CLIENT_ID */
    const char *pipelines_connection, *pipelines_tenant, *pipelines_client;
    const char *identity_endpoint, *identity_header; /* IDENTITY_ENDPOINT, IDENTITY_HEADER */
    const char *identity_thumbprint; /* IDENTITY_SERVER_THUMBPRINT: Service Fabric has it */
    const char *arc_endpoint;        /* IMDS_ENDPOINT: Azure Arc has it */
    const char *metadata_host;       /* AZURE_POD_IDENTITY_AUTHORITY_HOST */
    struct transport *transport;     /* for requests to get a token; borrowed */
    struct transport *reader;        /* that sends the token, and so must redact it; borrowed */
    unsigned retries;                /* of a request, after its first try */
    int64_t az_timeout_ms;           /* how long the Azure CLI may take for a token */
    void (*warn)(void *user, const char *text);  /* a source needs attention */
    void (*trace)(void *user, const char *line); /* one line for --debug; never a secret */
    void (*waits)(void *user, const struct retry_wait *wait); /* a request will be sent again */
    void (*tick)(void *user); /* called a few times a second while az runs */
    void *user;
};

/* Name of the source that is tried as number i, counted from 0; NULL after the last. */
const char *signin_method_name(size_t i);

/* Make a sign-in; no request is sent yet.  0, or -1 with *err: ERR_USAGE when the authority is no
 * https address or there is no such method. */
int signin_open(const struct signin_options *options, struct signin **out, struct error *err);
void signin_close(struct signin *s); /* NULL is fine; every token is wiped */

/* A token that stays valid for a while, fetched or renewed when necessary; *serial distinguishes it
 * from earlier ones.  It lives until the next call.  NULL with *err: ERR_AUTH (no source, or one
 * that was rejected), ERR_SERVICE, ERR_ANSWER. */
const char *signin_token(struct signin *s, unsigned *serial, struct error *err);

/* Fetch a token for each sign-in that has none, side by side; they share a transport.  The next
 * signin_token of each returns the result. */
void signin_fetch(struct signin *const *all, size_t count);

/* Whether the last signin_token failed because no source is configured, and not because one was
 * rejected. */
bool signin_is_absent(const struct signin *s);

/* What is known of the current token; texts are "" where unknown. */
struct signin_status {
    const char *source;         /* NULL: no token yet */
    char origin[512];           /* the variable, file or connection it comes from */
    int64_t starts_ms;          /* Unix time, 0: unknown */
    int64_t expires_ms;         /* the same */
    int64_t certificate_end_ms; /* of the source's certificate, Unix time; 0: it has none */
    char user[160], client[80], client_name[160], tenant[80], audience[120];
    char roles[512], scopes[1024]; /* separated by blanks */
};
void signin_describe(const struct signin *s, struct signin_status *out);

/* Sign in as a person, who enters a code in a browser on any machine, and keep the refresh token in
 * options.login_file (mode 0600).  prompt is called once with what the person has to do.  Returns
 * when the person has done it: 0; or -1 with *err. */
int signin_device_login(struct signin *s, void (*prompt)(void *user, const char *text), void *user,
                        struct error *err);

/* Call visit for every source, in order and without any request.  state: 1 configured, 0 not
 * configured, -1 configured but unusable; why has no text for 1. */
typedef void (*signin_visit)(void *user, const char *method, int state, const struct error *why);
void signin_survey(struct signin *s, signin_visit visit, void *user);

#endif

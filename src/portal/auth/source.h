/* source.h - what signin.c and the sources of tokens (signin_*.c) share. */
#ifndef AUTH_SOURCE_H
#define AUTH_SOURCE_H

#include "http/fetch.h"
#include "offerstat/signin.h"
#include "offerstat/strbuf.h"

struct json_get;

/* A token as its source returned it. */
struct token {
    char *text, *refresh; /* owned, wiped by token_drop; refresh NULL: there is none */
    int64_t expires_ms;   /* Unix time, 0: unknown */
};

/* Wipe and free what the token holds; it is empty afterwards. */
void token_drop(struct token *t);

/* What is known about a source without asking it for a token. */
enum source_state {
    SOURCE_ABSENT, /* not configured */
    SOURCE_THERE,
    SOURCE_USELESS /* configured but unusable, such as an expired certificate */
};

/* How far asking a source for a token has come. */
enum source_answer {
    SOURCE_REFUSED =
        -1, /* *err is set.  The search ends: using the next source would hide the fault. */
    SOURCE_GAVE = 0,
    SOURCE_SKIPPED = 1,      /* *err says why it is unusable after all: the next source is tried */
    SOURCE_UNCONFIGURED = 2, /* only from search.c: it was not asked; *err says what is missing */
    SOURCE_ASKING = 3        /* a request is queued: go_on, once the transport has run */
};

/* An application, which asks for tokens in its own name. */
struct oauth_client {
    const char *tenant, *id;
};

/* A source's request, until its answer has been taken. */
struct source_request {
    const char *issuer; /* who was asked for an assertion; NULL: a token was asked for */
    const char *member; /* the member of that issuer's answer that has the assertion */
    struct strbuf form; /* what it POSTs; a secret */
    struct token token; /* its result: a token, or */
    char *assertion;    /* an assertion; owned, a secret */
    bool answered;
    bool is_probe; /* the request only asks whether anything answers */
    char word[64]; /* of a refusal, as in oauth_refusal */
    struct error failure;
};

#define SOURCE_REQUEST_INIT                                                                        \
    {                                                                                              \
        .form = STRBUF_INIT((size_t)1024 * 1024)                                                   \
    }

/* A source of tokens: one row of the table in search.c, one file. */
struct signin_method {
    const char *name;
    /* Whether it is configured, without any request.  Other than SOURCE_THERE: *err has the reason.
     */
    enum source_state (*look)(const struct signin *s, struct error *err);
    /* Fetch a token into *out, or queue the request for one, so that several sign-ins can have
     * theirs under way side by side.  One of enum source_answer. */
    int (*get)(struct signin *s, struct token *out, struct error *err);
    /* Take the answer to that request; may queue the next one.  One of enum source_answer.  NULL:
     * oauth_take. */
    int (*go_on)(struct signin *s, struct token *out, struct error *err);
    /* Where exactly its token or secret comes from, in words ("AZURE_CLIENT_SECRET", a file's
     * name). Cut to fit. */
    void (*origin)(const struct signin *s, char *out, size_t size);
    /* The application that its tokens are for; NULL: not known, or named by the token. */
    struct oauth_client (*client)(const struct signin *s);
    /* When asked again it may return a new token. */
    bool renews;
};

extern const struct signin_method signin_explicit, signin_federated, signin_pipelines,
    signin_certificate, signin_secret, signin_managed_identity, signin_login, signin_azure_cli;

struct signin {
    struct credential credential; /* this sign-in, as requests know it */
    struct signin_options options;
    char *authority;                    /* without a slash at its end */
    struct fetcher fetcher;             /* for the sign-in's own requests */
    const struct signin_method *method; /* the source of the current token */
    struct token token;
    const struct signin_method *asking; /* the source whose request is under way, or NULL */
    struct source_request request;
    size_t next_method;   /* of the search for a first token */
    struct error useless; /* what it has found half set up so far */
    int64_t got_ms;       /* when that token came, Unix time */
    unsigned serial;      /* counts the tokens, from 1 */
    struct error failure; /* of the last search or renewal, which is not repeated for a while */
    bool absent;          /* the last search found no source */
    unsigned dry_serial;  /* of a rejected token that its source returned once more */
    int64_t failed_ms;    /* when that was, by now_ms; 0: it succeeded */
};

/* The sign-in as requests know it, until signin_close; NULL for NULL. */
const struct credential *signin_credential(const struct signin *s);

/* The token of that serial was rejected. */
enum renewal signin_renew(struct signin *s, unsigned serial, struct error *err);

/* Forget a request that was answered, and wipe what it held. */
void source_request_clear(struct source_request *r);

/* Make the sign-in's transport hide this secret and its spelling in a form.  0, or -1 with *err (no
 * memory). */
int signin_hide(struct signin *s, const char *secret, struct error *err);

/* By when, by now_ms, a source that is asked now must have answered. */
int64_t source_deadline_ms(const struct signin *s);

/* Unix time in ms, by the sign-in's transport. */
int64_t signin_now_ms(const struct signin *s);

/* Whether the client's id and tenant are configured; otherwise *err names what is missing. */
bool signin_has_client(const struct signin *s, struct error *err);

/* The configured application. */
struct oauth_client signin_client(const struct signin *s);

/* oauth.c */

/* Append the address of one of the tenant's endpoints: "token" or "devicecode". */
void oauth_url(struct strbuf *url, const struct signin *s, const char *tenant,
               const char *endpoint);

/* POST the form to the token endpoint and wait for the answer.  0 with *out, the caller's to drop,
 * or -1 with *err; word as in oauth_refusal. */
int oauth_exchange(struct signin *s, const char *tenant, const char *form, struct token *out,
                   char word[64], struct error *err);

/* Queue a request whose answer is a token; it has its address, header and form, which lives until
 * the answer is taken.  SOURCE_ASKING, or SOURCE_REFUSED with *err. */
int oauth_ask(struct signin *s, const struct json_get *request, struct error *err);

/* Take the answer once the transport has run.  SOURCE_GAVE with *out, or SOURCE_REFUSED with *err.
 */
int oauth_take(struct signin *s, struct token *out, struct error *err);

/* Queue the request of a token for the application itself (the client credentials flow).
 * credential: the form fields that prove who it is, encoded, each with its '&' in front.  As
 * oauth_ask. */
int oauth_client_token(struct signin *s, const struct oauth_client *client, const char *credential,
                       struct error *err);

/* The same with a signed assertion as proof: the application's own, or an issuer's. */
int oauth_assertion_token(struct signin *s, const struct oauth_client *client,
                          const char *assertion, struct error *err);

/* jwt.c */

/* Make the application's own assertion, signed with the key in the PEM file.  0 with *out, the
 * caller's for secret_free, or -1 with *err: ERR_AUTH when the file cannot be used. */
int jwt_assertion(const char *pem_file, const char *client_id, const char *audience, int64_t now_ms,
                  char **out, struct error *err);

/* Append data as base64url (RFC 4648), without padding.  Failure shows in out->failed. */
void jwt_put_base64url(struct strbuf *out, const unsigned char *data, size_t len);

/* When the certificate in the PEM file expires, in Unix milliseconds.  0, or -1 with *err. */
int jwt_certificate_end(const char *pem_file, int64_t *end_ms, struct error *err);

/* The claims of a token that is a JWT.  The signature is not checked, so they are for display and
 * hints only, and never trusted. */
struct jwt_claims {
    int64_t start_ms, end_ms; /* valid from start to end, Unix time; 0: unknown */
    /* "" where unknown; an application's token names no user. */
    char user[160], client[80], client_name[160], tenant[80], audience[120];
    char roles[512], scopes[1024]; /* separated by blanks */
};
void jwt_read(const char *token, struct jwt_claims *out);

#endif

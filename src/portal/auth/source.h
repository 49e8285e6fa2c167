/* source.h - what the chain of sources and the sources share. */
#ifndef AUTH_SOURCE_H
#define AUTH_SOURCE_H

#include "http/fetch.h"
#include "offerstat/signin.h"
#include "offerstat/strbuf.h"

/* A token as its source gave it. */
struct token {
    char *text, *refresh; /* owned, wiped when they go; refresh NULL: none came */
    int64_t expires_ms;   /* Unix time, 0: nobody said */
};

void token_drop(struct token *t);

enum source_state { SOURCE_ABSENT, SOURCE_THERE, SOURCE_USELESS };

/* A source: one row in signin.c, one file. */
struct signin_method {
    const char *name;
    /* Whether it is configured, without any request; otherwise *err has the reason. */
    enum source_state (*look)(const struct signin *s, struct error *err);
    /* Fetch a token.  -1 with *err: rejected, which ends the search.  1 with *err: of no use after
     * all (az is absent, a file is empty), so that the next source is tried. */
    int (*get)(struct signin *s, struct token *out, struct error *err);
    /* get again may give another token than before. */
    bool renews;
};

extern const struct signin_method signin_explicit, signin_federated, signin_certificate,
    signin_secret, signin_login, signin_azure_cli;

struct signin {
    struct credential credential; /* this sign-in, as requests know it */
    struct signin_options options;
    char *authority;                    /* without a slash at its end */
    struct fetcher fetcher;             /* of the sign-in's own requests */
    const struct signin_method *method; /* the source of the token at hand */
    struct token token;
    int64_t got_ms; /* when */
    unsigned serial;
    struct error failure; /* of the last renewal, for a while */
    bool absent;          /* the last search found no source */
    unsigned dry_serial;  /* of a rejected token that its source gave again */
    int64_t failed_ms;    /* by the transport's clock; 0: it went well */
};

/* The sign-in as requests know it, until signin_close; NULL for NULL. */
const struct credential *signin_credential(const struct signin *s);

/* The token of that serial was rejected. */
enum renewal signin_renew(struct signin *s, unsigned serial, struct error *err);

/* Let no error show this, nor its spelling in a form.  -1 with *err. */
int signin_hide(struct signin *s, const char *secret, struct error *err);

/* Unix time in ms, by the sign-in's transport. */
int64_t signin_now_ms(const struct signin *s);

/* The client's id and tenant are there; *err names what is missing. */
bool signin_has_client(const struct signin *s, struct error *err);

/* oauth.c */

/* Append the address of a leaf ("token") below the tenant. */
void oauth_url(struct strbuf *url, const struct signin *s, const char *tenant, const char *leaf);

/* POST the form to the token endpoint.  0, or -1 with *err; word as in oauth_refusal. */
int oauth_exchange(struct signin *s, const char *tenant, const char *form, struct token *out,
                   char word[64], struct error *err);

/* A token for the client itself; credential: the form's fields that prove it, encoded, each with
 * its '&' in front.  As signin_method's get. */
int oauth_client_token(struct signin *s, const char *credential, struct token *out,
                       struct error *err);

/* The same, proved by a signed assertion: its own, or another issuer's. */
int oauth_assertion_token(struct signin *s, const char *assertion, struct token *out,
                          struct error *err);

/* jwt.c: the client's own assertion, signed with the key in the PEM file.  *out is the caller's to
 * wipe.  -1 with *err (the file is of no use). */
int jwt_assertion(const char *pem_file, const char *client_id, const char *audience, int64_t now_ms,
                  char **out, struct error *err);

/* Append data as base64 with the URL's digits and without padding. */
void jwt_put_base64url(struct strbuf *out, const unsigned char *data, size_t len);

/* When the certificate in the PEM file ends (Unix ms).  -1 with *err. */
int jwt_certificate_end(const char *pem_file, int64_t *end_ms, struct error *err);

/* What a token that is a JWT says of itself, unchecked: for people to look at. */
struct jwt_claims {
    int64_t end_ms;                             /* 0: not told, or no JWT */
    char identity[160], client[80], tenant[80]; /* "" where not told */
    char audience[120];
};
void jwt_read(const char *token, struct jwt_claims *out);

#endif

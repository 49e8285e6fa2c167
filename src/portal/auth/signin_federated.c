/* signin_federated.c - a token for the application, by an assertion of a different issuer: from a
 * file (workload identity), or from GitHub Actions.  GitHub's are valid for five minutes, so each
 * renewal asks for a new one. */
#include "auth/issuer.h"
#include "auth/oauth.h"
#include "auth/source.h"
#include "http/form.h"
#include "offerstat/secret.h"
#include "offerstat/strbuf.h"
#include "offerstat/token.h"

#include <stdio.h>
#include <string.h>

/* The audience that the identity platform requires of an assertion. */
#define EXCHANGE_AUDIENCE "api://AzureADTokenExchange"

static enum source_state federated_look(const struct signin *s, struct error *err)
{
    bool has_url = s->options.github_url != NULL, has_token = s->options.github_token != NULL;

    if (s->options.federated_file == NULL && has_url != has_token) {
        error_set(err, ERR_AUTH, "ACTIONS_ID_TOKEN_REQUEST_URL and _TOKEN belong together");
        return SOURCE_ABSENT;
    }
    if (s->options.federated_file == NULL && !has_url) {
        error_set(err, ERR_AUTH,
                  "AZURE_FEDERATED_TOKEN_FILE is not set, nor is this a GitHub job with "
                  "`id-token: write`");
        return SOURCE_ABSENT;
    }
    if (!signin_has_client(s, err)) {
        return SOURCE_ABSENT;
    }
    return SOURCE_THERE;
}

/* GitHub's endpoint answers {"count": n, "value": "..."}. */
static int ask_github(struct signin *s, struct error *err)
{
    struct strbuf url = STRBUF_INIT((size_t)16 * 1024);
    struct issuer_request request = { .issuer = "GitHub's token endpoint",
                                      .token = s->options.github_token,
                                      .url_name = "ACTIONS_ID_TOKEN_REQUEST_URL",
                                      .token_name = "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                                      .member = "value" };
    int rc = SOURCE_REFUSED;

    strbuf_puts(&url, s->options.github_url);
    strbuf_puts(&url, strchr(s->options.github_url, '?') != NULL ? "" : "?");
    form_add(&url, "audience", EXCHANGE_AUDIENCE);
    request.url = strbuf_text(&url);
    if (url.failed) {
        error_memory(err);
    } else {
        rc = issuer_ask(s, &request, err);
    }
    strbuf_clear(&url);
    return rc;
}

static int federated_get_token(struct signin *s, struct token *out, struct error *err)
{
    const struct oauth_client client = signin_client(s);
    char *assertion = NULL;
    int rc = SOURCE_REFUSED;

    (void)out;
    if (s->options.federated_file == NULL) {
        return ask_github(s, err);
    }
    if (token_read_file(s->options.federated_file, &assertion, err) == 0) {
        rc = oauth_assertion_token(s, &client, assertion, err);
    } else if (err->code != ERR_MEMORY) { /* empty or unreadable */
        err->code = ERR_AUTH;
        rc = SOURCE_SKIPPED;
    }
    secret_free(assertion);
    return rc;
}

static void federated_origin(const struct signin *s, char *out, size_t size)
{
    if (s->options.federated_file != NULL) {
        snprintf(out, size, "%s", s->options.federated_file);
    } else {
        snprintf(out, size, "ACTIONS_ID_TOKEN_REQUEST_URL");
    }
}

const struct signin_method signin_federated = { .name = "federated",
                                                .look = federated_look,
                                                .get = federated_get_token,
                                                .go_on = issuer_go_on,
                                                .origin = federated_origin,
                                                .client = signin_client,
                                                .renews = true };

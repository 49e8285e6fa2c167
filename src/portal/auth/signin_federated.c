/* signin_federated.c - a token for the application, which another issuer vouches for: a token in a
 * file (workload identity), or one from GitHub Actions.  GitHub's live for five minutes, so each
 * renewal asks for a new one. */
#include "auth/oauth.h"
#include "auth/source.h"
#include "http/form.h"
#include "http/url.h"
#include "offerstat/secret.h"
#include "offerstat/strbuf.h"
#include "offerstat/token.h"
#include "rest/json_get.h"

#include <stdlib.h>
#include <string.h>

/* The audience that the identity platform demands of a token that is exchanged for one of its own.
 */
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

/* The answer of GitHub's endpoint: {"count": n, "value": "..."}. */
struct github {
    char *value;
};

static int federated_on_answer(void *user, size_t index, const cJSON *item, const struct error *bad,
                               struct error *err)
{
    struct github *g = user;
    const char *value = NULL;

    (void)index;
    if (item == NULL) {
        *err = *bad;
        return -1;
    }
    if (!cJSON_IsObject(item)) {
        return error_set(err, ERR_ANSWER, "expected an object, found %s", json_kind(item));
    }
    if (json_text(item, "", "value", &value, err) != 0) {
        return -1;
    }
    if (value == NULL) {
        return error_set(err, ERR_ANSWER, "value: is missing");
    }
    secret_free(g->value);
    g->value = strdup(value);
    return g->value != NULL ? 0 : error_memory(err);
}

static int ask_github(struct signin *s, char **out, struct error *err)
{
    struct strbuf url = STRBUF_INIT((size_t)16 * 1024);
    struct github g = { 0 };
    struct json_get get = { .bearer = s->options.github_token,
                            .user = &g,
                            .secret = true,
                            .element = federated_on_answer };
    int rc = -1;

    strbuf_puts(&url, s->options.github_url);
    strbuf_puts(&url, strchr(s->options.github_url, '?') != NULL ? "" : "?");
    form_add(&url, "audience", EXCHANGE_AUDIENCE);
    get.url = strbuf_text(&url);
    if (url.failed) {
        error_memory(err);
    } else if (!url_is_safe(get.url)) {
        error_set(err, ERR_AUTH, "ACTIONS_ID_TOKEN_REQUEST_URL is no https address");
    } else if (token_check(s->options.github_token, "ACTIONS_ID_TOKEN_REQUEST_TOKEN", err) == 0 &&
               signin_hide(s, s->options.github_token, err) == 0 &&
               json_get_wait(&s->fetcher, &get, err) == 0) {
        if (g.value == NULL) {
            error_set(err, ERR_ANSWER, "the answer is an empty list");
        } else {
            rc = 0;
        }
    }
    strbuf_clear(&url);
    if (rc == 0) {
        *out = g.value;
    } else {
        error_wrap(err, "GitHub's token endpoint");
        secret_free(g.value);
    }
    return rc;
}

static int federated_get_token(struct signin *s, struct token *out, struct error *err)
{
    char *assertion = NULL;
    int rc;

    if (s->options.federated_file != NULL) {
        rc = token_read_file(s->options.federated_file, &assertion, err);
        if (rc != 0 && err->code != ERR_MEMORY) { /* empty or unreadable */
            err->code = ERR_AUTH;
            rc = SOURCE_SKIPPED;
        }
    } else {
        rc = ask_github(s, &assertion, err);
    }
    if (rc == 0) {
        rc = oauth_assertion_token(s, assertion, out, err);
    }
    secret_free(assertion);
    return rc;
}

const struct signin_method signin_federated = {
    .name = "federated", .look = federated_look, .get = federated_get_token, .renews = true
};

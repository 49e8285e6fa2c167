/* signin_federated.c - another issuer's token as the assertion: a file (workload identity), or
 * GitHub Actions, which makes a fresh one for every renewal, since they live for five minutes. */
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

#define EXCHANGE_AUDIENCE "api://AzureADTokenExchange"

static bool on_github(const struct signin *s)
{
    return s->options.github_url != NULL && s->options.github_token != NULL;
}

static enum source_state look(const struct signin *s, struct error *err)
{
    if (s->options.federated_file == NULL && !on_github(s)) {
        error_set(err, ERR_AUTH,
                  s->options.github_url != NULL || s->options.github_token != NULL
                      ? "ACTIONS_ID_TOKEN_REQUEST_URL and _TOKEN belong together"
                      : "AZURE_FEDERATED_TOKEN_FILE is not set, nor is this a GitHub job "
                        "with `id-token: write`");
        return SOURCE_ABSENT;
    }
    return signin_has_client(s, err) ? SOURCE_THERE : SOURCE_ABSENT;
}

/* The answer of GitHub's endpoint: {"count": n, "value": "..."}. */
struct github {
    char *value;
};

static int on_answer(void *user, size_t index, const cJSON *item, const struct error *bad,
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
    struct json_get get = {
        .bearer = s->options.github_token, .user = &g, .secret = true, .element = on_answer
    };
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
        rc = g.value != NULL ? 0 : error_set(err, ERR_ANSWER, "the answer is an empty list");
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

static int get_token(struct signin *s, struct token *out, struct error *err)
{
    char *assertion = NULL;
    int rc;

    if (s->options.federated_file != NULL) {
        rc = token_read_file(s->options.federated_file, &assertion, err);
        rc = rc != 0 && err->code == ERR_AUTH ? 1 : rc; /* empty or unreadable: the next source */
    } else {
        rc = ask_github(s, &assertion, err);
    }
    rc = rc == 0 ? oauth_assertion_token(s, assertion, out, err) : rc;
    secret_free(assertion);
    return rc;
}

const struct signin_method signin_federated = {
    .name = "federated", .look = look, .get = get_token, .renews = true
};

/* issuer.c - asking an issuer for an assertion, over https only. */
#include "auth/issuer.h"

#include "auth/source.h"
#include "http/url.h"
#include "offerstat/secret.h"
#include "offerstat/token.h"
#include "rest/json_get.h"

#include <string.h>

/* {"value": "..."}, or another member. */
static int issuer_on_answer(void *user, size_t index, const cJSON *item, const struct error *bad,
                            struct error *err)
{
    struct source_request *r = user;
    const char *value = NULL;

    (void)index;
    if (item == NULL) {
        *err = *bad;
        return -1;
    }
    if (!cJSON_IsObject(item)) {
        return error_set(err, ERR_ANSWER, "expected an object, found %s", json_kind(item));
    }
    if (json_text(item, "", r->member, &value, err) != 0) {
        return -1;
    }
    if (value == NULL) {
        return error_set(err, ERR_ANSWER, "%s: is missing", r->member);
    }
    secret_free(r->assertion);
    r->assertion = strdup(value);
    return r->assertion != NULL ? 0 : error_memory(err);
}

static void issuer_on_done(void *user, const struct error *err)
{
    struct source_request *r = user;

    if (err != NULL) {
        r->failure = *err;
    }
}

int issuer_ask(struct signin *s, const struct issuer_request *request, struct error *err)
{
    struct json_get get = { .url = request->url,
                            .form = request->form,
                            .header = request->header,
                            .bearer = request->token,
                            .user = &s->request,
                            .secret = true,
                            .element = issuer_on_answer,
                            .done = issuer_on_done };

    s->request.issuer = request->issuer;
    s->request.member = request->member;
    if (!url_is_safe(request->url)) {
        error_set(err, ERR_AUTH, "%s is not an https URL", request->url_name);
    } else if (token_check(request->token, request->token_name, err) == 0 &&
               signin_hide(s, request->token, err) == 0 &&
               json_get_start(&s->fetcher, &get, err) == 0) {
        return SOURCE_ASKING;
    }
    error_wrap(err, "%s", request->issuer);
    return SOURCE_REFUSED;
}

static int exchange(struct signin *s, struct error *err)
{
    const struct oauth_client client = s->asking->client(s);
    struct source_request vouched = s->request;
    int rc = SOURCE_REFUSED;

    s->request = (struct source_request)SOURCE_REQUEST_INIT;
    if (vouched.failure.code != ERR_NONE) {
        *err = vouched.failure;
        if (err->code == ERR_NOT_FOUND) { /* the issuer is missing, not an offer */
            err->code = ERR_AUTH;
        }
        error_wrap(err, "%s", vouched.issuer);
    } else if (vouched.assertion == NULL) {
        error_set(err, ERR_ANSWER, "%s: the answer is an empty list", vouched.issuer);
    } else {
        rc = oauth_assertion_token(s, &client, vouched.assertion, err);
    }
    source_request_clear(&vouched);
    return rc;
}

int issuer_go_on(struct signin *s, struct token *out, struct error *err)
{
    if (s->request.issuer != NULL) {
        return exchange(s, err);
    }
    return oauth_take(s, out, err);
}

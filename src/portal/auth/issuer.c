/* issuer.c - an assertion from another issuer, over https alone. */
#include "auth/issuer.h"

#include "auth/source.h"
#include "http/url.h"
#include "offerstat/secret.h"
#include "offerstat/token.h"
#include "rest/json_get.h"

#include <string.h>

/* The answer: one object with the assertion in a member. */
struct answer {
    const char *member;
    char *value;
};

static int issuer_on_answer(void *user, size_t index, const cJSON *item, const struct error *bad,
                            struct error *err)
{
    struct answer *a = user;
    const char *value = NULL;

    (void)index;
    if (item == NULL) {
        *err = *bad;
        return -1;
    }
    if (!cJSON_IsObject(item)) {
        return error_set(err, ERR_ANSWER, "expected an object, found %s", json_kind(item));
    }
    if (json_text(item, "", a->member, &value, err) != 0) {
        return -1;
    }
    if (value == NULL) {
        return error_set(err, ERR_ANSWER, "%s: is missing", a->member);
    }
    secret_free(a->value);
    a->value = strdup(value);
    return a->value != NULL ? 0 : error_memory(err);
}

int issuer_ask(struct signin *s, const struct issuer_request *request, char **assertion,
               struct error *err)
{
    struct answer answer = { .member = request->member };
    struct json_get get = { .url = request->url,
                            .form = request->form,
                            .header = request->header,
                            .bearer = request->token,
                            .user = &answer,
                            .secret = true,
                            .element = issuer_on_answer };

    if (!url_is_safe(request->url)) {
        return error_set(err, ERR_AUTH, "%s is no https address", request->url_name);
    }
    if (token_check(request->token, request->token_name, err) != 0 ||
        signin_hide(s, request->token, err) != 0) {
        return -1;
    }
    if (json_get_wait(&s->fetcher, &get, err) != 0) {
        secret_free(answer.value);
        if (err->code == ERR_NOT_FOUND) { /* what vouches is not there: no matter of offers */
            err->code = ERR_AUTH;
        }
        return -1;
    }
    if (answer.value == NULL) {
        return error_set(err, ERR_ANSWER, "the answer is an empty list");
    }
    *assertion = answer.value;
    return 0;
}

/* signin_secret.c - a token for the application, which proves itself by a client secret. */
#include "auth/oauth.h"
#include "auth/source.h"
#include "http/form.h"
#include "offerstat/strbuf.h"

static enum source_state secret_look(const struct signin *s, struct error *err)
{
    if (s->options.client_secret == NULL) {
        error_set(err, ERR_AUTH, "AZURE_CLIENT_SECRET is not set");
        return SOURCE_ABSENT;
    }
    if (!signin_has_client(s, err)) {
        return SOURCE_ABSENT;
    }
    return SOURCE_THERE;
}

static int secret_get_token(struct signin *s, struct token *out, struct error *err)
{
    struct strbuf form = STRBUF_INIT((size_t)64 * 1024);
    int rc = SOURCE_REFUSED;

    form_add(&form, "client_secret", s->options.client_secret);
    if (form.failed) {
        error_memory(err);
    } else if (signin_hide(s, s->options.client_secret, err) == 0) {
        rc = oauth_client_token(s, strbuf_text(&form), out, err);
    }
    form_clear(&form);
    return rc;
}

const struct signin_method signin_secret = {
    .name = "secret", .look = secret_look, .get = secret_get_token, .renews = true
};

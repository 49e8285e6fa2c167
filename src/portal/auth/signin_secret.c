/* signin_secret.c - a client secret. */
#include "auth/oauth.h"
#include "auth/source.h"
#include "http/form.h"
#include "offerstat/strbuf.h"

static enum source_state look(const struct signin *s, struct error *err)
{
    if (s->options.client_secret == NULL) {
        error_set(err, ERR_AUTH, "AZURE_CLIENT_SECRET is not set");
        return SOURCE_ABSENT;
    }
    return signin_has_client(s, err) ? SOURCE_THERE : SOURCE_ABSENT;
}

static int get_token(struct signin *s, struct token *out, struct error *err)
{
    struct strbuf form = STRBUF_INIT((size_t)64 * 1024);
    int rc;

    form_add(&form, "client_secret", s->options.client_secret);
    rc = form.failed ? error_memory(err) : signin_hide(s, s->options.client_secret, err);
    rc = rc == 0 ? oauth_client_token(s, strbuf_text(&form), out, err) : rc;
    form_clear(&form);
    return rc;
}

const struct signin_method signin_secret = {
    .name = "secret", .look = look, .get = get_token, .renews = true
};

/* signin_secret.c - a token for the application, by its client secret. */
#include "auth/oauth.h"
#include "auth/source.h"
#include "http/form.h"
#include "offerstat/secret.h"
#include "offerstat/strbuf.h"
#include "offerstat/translate.h"

#include <stdio.h>
#include <string.h>

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

/* Copy the secret without the line end that `echo` and many vaults append; the user is warned
 * once. */
static char *copy_secret(struct signin *s)
{
    char *copy = strdup(s->options.client_secret);
    size_t len;

    if (copy == NULL) {
        return NULL;
    }
    len = strcspn(copy, "\r\n");
    if (copy[len] != '\0' && copy[len + strspn(copy + len, "\r\n")] == '\0') {
        copy[len] = '\0';
        if (s->method != &signin_secret && s->options.warn != NULL) {
            s->options.warn(
                s->options.user,
                _("secret: AZURE_CLIENT_SECRET ends with a line break, which is left out"));
        }
    }
    return copy;
}

static int secret_get_token(struct signin *s, struct token *out, struct error *err)
{
    const struct oauth_client client = signin_client(s);
    struct strbuf form = STRBUF_INIT((size_t)64 * 1024);
    char *secret = copy_secret(s);
    int rc = SOURCE_REFUSED;

    (void)out;
    if (secret != NULL) {
        form_add(&form, "client_secret", secret);
    }
    if (secret == NULL || form.failed) {
        error_memory(err);
    } else if (signin_hide(s, secret, err) == 0) {
        rc = oauth_client_token(s, &client, strbuf_text(&form), err);
    }
    form_clear(&form);
    secret_free(secret);
    return rc;
}

static void secret_origin(const struct signin *s, char *out, size_t size)
{
    (void)s;
    snprintf(out, size, "AZURE_CLIENT_SECRET");
}

const struct signin_method signin_secret = { .name = "secret",
                                             .look = secret_look,
                                             .get = secret_get_token,
                                             .origin = secret_origin,
                                             .client = signin_client,
                                             .renews = true };

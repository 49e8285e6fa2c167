/* source.c - what the sources of tokens share. */
#include "auth/source.h"
#include "http/form.h"
#include "offerstat/secret.h"
#include "offerstat/strbuf.h"

#include <string.h>

#define BUDGET_MS (INT64_C(2) * 60 * 1000)

int64_t source_deadline_ms(const struct signin *s)
{
    return s->options.transport->now_ms(s->options.transport) + BUDGET_MS;
}

int64_t signin_now_ms(const struct signin *s)
{
    return s->options.transport->wall_ms(s->options.transport);
}

int signin_hide(struct signin *s, const char *secret, struct error *err)
{
    struct transport *t = s->options.transport;
    struct strbuf form = STRBUF_INIT((size_t)512 * 1024);
    const char *encoded;
    int rc = -1;

    form_add(&form, "secret", secret);
    encoded = form.failed ? NULL : strchr(strbuf_text(&form), '=');
    if (encoded == NULL) {
        error_memory(err);
    } else if (t->hide(t, secret, err) == 0) {
        rc = strcmp(encoded + 1, secret) != 0 ? t->hide(t, encoded + 1, err) : 0;
    }
    form_clear(&form);
    return rc;
}

bool signin_has_client(const struct signin *s, struct error *err)
{
    const char *missing = s->options.tenant == NULL ? "AZURE_TENANT_ID" : NULL;

    if (s->options.client_id == NULL) {
        missing = missing != NULL ? "AZURE_TENANT_ID and AZURE_CLIENT_ID" : "AZURE_CLIENT_ID";
    }
    if (missing != NULL) {
        error_set(err, ERR_AUTH, "%s missing", missing);
    }
    return missing == NULL;
}

struct oauth_client signin_client(const struct signin *s)
{
    return (struct oauth_client){ .tenant = s->options.tenant, .id = s->options.client_id };
}

void source_request_clear(struct source_request *r)
{
    form_clear(&r->form);
    token_drop(&r->token);
    secret_free(r->assertion);
    *r = (struct source_request)SOURCE_REQUEST_INIT;
}

void token_drop(struct token *t)
{
    secret_free(t->text);
    secret_free(t->refresh);
    *t = (struct token){ 0 };
}

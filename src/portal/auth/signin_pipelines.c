/* signin_pipelines.c - a token for the application of a service connection, by an assertion of
 * Azure Pipelines.  It is valid for minutes, so each renewal asks for a new one. */
#include "auth/issuer.h"
#include "auth/oauth.h"
#include "auth/source.h"
#include "http/form.h"
#include "offerstat/secret.h"
#include "offerstat/strbuf.h"

#include <stdio.h>
#include <string.h>

/* The application of the connection; without its variables the configured one. */
static struct oauth_client client_of(const struct signin *s)
{
    const struct signin_options *o = &s->options;

    return (struct oauth_client){
        .tenant = o->pipelines_tenant != NULL ? o->pipelines_tenant : o->tenant,
        .id = o->pipelines_client != NULL ? o->pipelines_client : o->client_id,
    };
}

static enum source_state pipelines_look(const struct signin *s, struct error *err)
{
    const struct signin_options *o = &s->options;
    const struct oauth_client client = client_of(s);

    if (o->pipelines_url == NULL) {
        error_set(err, ERR_AUTH, "SYSTEM_OIDCREQUESTURI is not set");
    } else if (o->pipelines_token == NULL) {
        error_set(err, ERR_AUTH,
                  "SYSTEM_ACCESSTOKEN is not mapped into the step's environment "
                  "(SYSTEM_ACCESSTOKEN: $(System.AccessToken))");
    } else if (o->pipelines_connection == NULL) {
        error_set(err, ERR_AUTH,
                  "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID is not set: the AzureCLI task sets it");
    } else if (client.tenant == NULL || client.id == NULL) {
        error_set(err, ERR_AUTH,
                  "AZURESUBSCRIPTION_TENANT_ID and AZURESUBSCRIPTION_CLIENT_ID missing");
    } else {
        return SOURCE_THERE;
    }
    return SOURCE_ABSENT;
}

static int pipelines_get_token(struct signin *s, struct token *out, struct error *err)
{
    struct strbuf url = STRBUF_INIT((size_t)16 * 1024);
    /* Without the second header a bad token is answered with a sign-in page. */
    struct issuer_request request = {
        .issuer = "Azure Pipelines",
        .token = s->options.pipelines_token,
        .url_name = "SYSTEM_OIDCREQUESTURI",
        .token_name = "SYSTEM_ACCESSTOKEN",
        .member = "oidcToken",
        .form = "",
        .header = "Content-Type: application/json\nX-TFS-FedAuthRedirect: Suppress",
    };
    int rc = SOURCE_REFUSED;

    (void)out;
    strbuf_puts(&url, s->options.pipelines_url);
    strbuf_puts(&url, strchr(s->options.pipelines_url, '?') != NULL ? "&" : "?");
    strbuf_puts(&url, "api-version=7.1");
    form_add(&url, "serviceConnectionId", s->options.pipelines_connection);
    request.url = strbuf_text(&url);
    if (url.failed) {
        error_memory(err);
    } else {
        rc = issuer_ask(s, &request, err);
    }
    strbuf_clear(&url);
    return rc;
}

static void pipelines_origin(const struct signin *s, char *out, size_t size)
{
    snprintf(out, size, "service connection %s", s->options.pipelines_connection);
}

const struct signin_method signin_pipelines = { .name = "azure-pipelines",
                                                .look = pipelines_look,
                                                .get = pipelines_get_token,
                                                .go_on = issuer_go_on,
                                                .origin = pipelines_origin,
                                                .client = client_of,
                                                .renews = true };

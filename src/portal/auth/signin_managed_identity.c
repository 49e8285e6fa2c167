/* signin_managed_identity.c - a token for the identity that Azure gives to programs running in it:
 * from the endpoint of an App Service (container apps and functions have it too), or from the
 * metadata service of a virtual machine.
 *
 * The endpoints of Service Fabric and Azure Arc have different protocols (a certificate to pin, a
 * file to read); they are recognized by their variables, and skipped. */
#include "auth/oauth.h"
#include "auth/source.h"
#include "http/form.h"
#include "http/url.h"
#include "offerstat/strbuf.h"
#include "rest/json_get.h"

#include <stdio.h>
#include <string.h>

#define METADATA_HOST "http://169.254.169.254"
#define METADATA_PATH "/metadata/identity/oauth2/token?api-version=2018-02-01"
#define APP_SERVICE_VERSION "api-version=2019-08-01"
/* Outside Azure nothing answers at that address, not even to refuse. */
#define PROBE_MS 2000

static bool is_asked_for(const struct signin *s)
{
    return s->options.metadata_host != NULL ||
           (s->options.method != NULL && strcmp(s->options.method, "managed-identity") == 0);
}

static enum source_state managed_identity_look(const struct signin *s, struct error *err)
{
    const struct signin_options *o = &s->options;

    if (o->identity_endpoint != NULL && o->identity_thumbprint != NULL) {
        error_set(err, ERR_AUTH, "the managed identity of Service Fabric is not supported");
        return SOURCE_USELESS;
    }
    if (o->identity_endpoint != NULL && o->identity_header == NULL && o->arc_endpoint != NULL) {
        error_set(err, ERR_AUTH, "the managed identity of Azure Arc is not supported");
        return SOURCE_USELESS;
    }
    if ((o->identity_endpoint != NULL) != (o->identity_header != NULL)) {
        error_set(err, ERR_AUTH, "IDENTITY_ENDPOINT and IDENTITY_HEADER belong together");
        return SOURCE_ABSENT;
    }
    if (o->identity_endpoint == NULL && !is_asked_for(s)) {
        error_set(err, ERR_AUTH,
                  "IDENTITY_ENDPOINT is not set (--auth managed-identity asks the machine)");
        return SOURCE_ABSENT;
    }
    return SOURCE_THERE;
}

/* Append the query: the API, and which identity if there are several. */
static void put_query(const struct signin *s, struct strbuf *url)
{
    form_add(url, "resource", s->options.audience);
    if (s->options.client_id != NULL) {
        form_add(url, "client_id", s->options.client_id);
    }
}

/* A header must be one line. */
static bool is_header_value(const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        if (*p < ' ' || *p > '~') {
            return false;
        }
    }
    return true;
}

static int ask_app_service(struct signin *s, struct error *err)
{
    const char *endpoint = s->options.identity_endpoint;
    struct strbuf url = STRBUF_INIT((size_t)16 * 1024), header = STRBUF_INIT((size_t)64 * 1024);
    struct json_get get = { .direct = true };
    int rc = SOURCE_REFUSED;

    strbuf_printf(&url, "%s%c" APP_SERVICE_VERSION, endpoint,
                  strchr(endpoint, '?') != NULL ? '&' : '?');
    put_query(s, &url);
    strbuf_printf(&header, "X-IDENTITY-HEADER: %s", s->options.identity_header);
    get.url = strbuf_text(&url);
    get.header = strbuf_text(&header);
    if (url.failed || header.failed) {
        error_memory(err);
    } else if (!url_is_safe(endpoint) && !url_is_link_local(endpoint)) {
        error_set(err, ERR_USAGE,
                  "IDENTITY_ENDPOINT: expected https, or http on this machine or link-local");
    } else if (!is_header_value(s->options.identity_header)) {
        error_set(err, ERR_USAGE,
                  "IDENTITY_HEADER: it has a character that a header must not have");
    } else if (signin_hide(s, s->options.identity_header, err) == 0) {
        rc = oauth_ask(s, &get, err);
    }
    form_clear(&header);
    strbuf_clear(&url);
    return rc;
}

static int managed_identity_on_probed(void *user, size_t index, const cJSON *item,
                                      const struct error *bad, struct error *err)
{
    (void)user;
    (void)index;
    (void)item;
    (void)bad;
    (void)err;
    return 0;
}

static void managed_identity_on_done(void *user, const struct error *err)
{
    struct source_request *r = user;

    if (err != NULL) {
        r->failure = *err;
    }
}

/* Ask whether the metadata service exists: any answer will do.  The request lacks the header that
 * the service requires, so it is refused and no token is sent. */
static int probe_metadata(struct signin *s, const char *url, struct error *err)
{
    struct transport *t = s->options.transport;
    struct json_get get = { .url = url,
                            .direct = true,
                            .user = &s->request,
                            .element = managed_identity_on_probed,
                            .done = managed_identity_on_done };

    s->request.is_probe = true;
    s->fetcher.policy.retries = 0;
    s->fetcher.deadline_ms = t->now_ms(t) + PROBE_MS;
    if (json_get_start(&s->fetcher, &get, err) != 0) {
        return SOURCE_REFUSED;
    }
    return SOURCE_ASKING;
}

static const char *metadata_host(const struct signin *s)
{
    return s->options.metadata_host != NULL ? s->options.metadata_host : METADATA_HOST;
}

static int ask_metadata(struct signin *s, bool probe, struct error *err)
{
    const char *host = metadata_host(s);
    struct strbuf url = STRBUF_INIT((size_t)16 * 1024);
    struct json_get get = { .header = "Metadata: true", .direct = true };
    int rc = SOURCE_REFUSED;

    strbuf_printf(&url, "%.*s" METADATA_PATH, (int)(strlen(host) - (host[strlen(host) - 1] == '/')),
                  host);
    put_query(s, &url);
    get.url = strbuf_text(&url);
    if (url.failed) {
        error_memory(err);
    } else if (!url_is_safe(host) && !url_is_link_local(host)) {
        error_set(err, ERR_USAGE,
                  "AZURE_POD_IDENTITY_AUTHORITY_HOST: expected https, or http on "
                  "this machine or link-local");
    } else if (probe) {
        rc = probe_metadata(s, get.url, err);
    } else {
        rc = oauth_ask(s, &get, err);
    }
    strbuf_clear(&url);
    return rc;
}

static int managed_identity_get_token(struct signin *s, struct token *out, struct error *err)
{
    (void)out;
    if (s->options.identity_endpoint != NULL) {
        return ask_app_service(s, err);
    }
    return ask_metadata(s, true, err);
}

/* The probe has ended. */
static int take_probe(struct signin *s, struct error *err)
{
    const struct error failure = s->request.failure;

    source_request_clear(&s->request);
    s->fetcher.policy.retries = s->options.retries;
    s->fetcher.deadline_ms = source_deadline_ms(s);
    if (failure.code == ERR_NONE || failure.http != 0) {
        return ask_metadata(s, false, err);
    }
    *err = failure;
    if (err->code == ERR_MEMORY) {
        return SOURCE_REFUSED;
    }
    error_wrap(err, "no metadata service at %s", metadata_host(s));
    err->code = ERR_AUTH;
    return SOURCE_SKIPPED;
}

static int managed_identity_go_on(struct signin *s, struct token *out, struct error *err)
{
    int rc;

    if (s->request.is_probe) {
        return take_probe(s, err);
    }
    rc = oauth_take(s, out, err);
    if (rc == SOURCE_REFUSED && err->http == 400) {
        error_append(err, "; the identity must be assigned to this machine, and AZURE_CLIENT_ID, "
                          "where it is set, be its client id");
    }
    return rc;
}

static void managed_identity_origin(const struct signin *s, char *out, size_t size)
{
    if (s->options.identity_endpoint != NULL) {
        snprintf(out, size, "IDENTITY_ENDPOINT");
    } else if (s->options.metadata_host != NULL) {
        snprintf(out, size, "%s", s->options.metadata_host);
    } else {
        snprintf(out, size, METADATA_HOST);
    }
}

const struct signin_method signin_managed_identity = { .name = "managed-identity",
                                                       .look = managed_identity_look,
                                                       .get = managed_identity_get_token,
                                                       .go_on = managed_identity_go_on,
                                                       .origin = managed_identity_origin,
                                                       .renews = true };

/* signin_managed_identity.c - a token for the identity that Azure gives to what runs in it: from
 * the endpoint of an App Service (container apps and functions have it too), or from the metadata
 * service of a virtual machine.
 *
 * The endpoints of Service Fabric and of Azure Arc are spoken to otherwise (a certificate to pin, a
 * file to read); their variables show which of them it is, and they are skipped. */
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

/* Append what is asked for: the API, and which identity where there are several. */
static void put_query(const struct signin *s, struct strbuf *url)
{
    form_add(url, "resource", s->options.audience);
    if (s->options.client_id != NULL) {
        form_add(url, "client_id", s->options.client_id);
    }
}

/* A header has one line. */
static bool is_header_value(const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        if (*p < ' ' || *p > '~') {
            return false;
        }
    }
    return true;
}

static int ask_app_service(struct signin *s, struct token *out, struct error *err)
{
    const char *endpoint = s->options.identity_endpoint;
    struct strbuf url = STRBUF_INIT((size_t)16 * 1024), header = STRBUF_INIT((size_t)64 * 1024);
    struct json_get get = { .direct = true };
    char word[64];
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
        error_set(err, ERR_USAGE, "IDENTITY_HEADER: it holds a character that no header has");
    } else if (signin_hide(s, s->options.identity_header, err) == 0) {
        rc = oauth_ask(s, &get, out, word, err);
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

/* Whether the metadata service is there: any answer will do.  Without its header it refuses, so
 * that no token is on the way yet. */
static bool metadata_answers(const struct signin *s, const char *url, struct error *err)
{
    struct transport *t = s->options.transport;
    struct fetcher fetcher = s->fetcher;
    struct json_get get = { .url = url, .direct = true, .element = managed_identity_on_probed };

    fetcher.policy.retries = 0;
    fetcher.deadline_ms = t->now_ms(t) + PROBE_MS;
    if (json_get_wait(&fetcher, &get, err) == 0 || err->http != 0) {
        *err = (struct error)ERROR_INIT;
        return true;
    }
    return false;
}

static int ask_metadata(struct signin *s, struct token *out, struct error *err)
{
    const char *host = s->options.metadata_host != NULL ? s->options.metadata_host : METADATA_HOST;
    struct strbuf url = STRBUF_INIT((size_t)16 * 1024);
    struct json_get get = { .header = "Metadata: true", .direct = true };
    char word[64];
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
    } else if (metadata_answers(s, get.url, err)) {
        rc = oauth_ask(s, &get, out, word, err);
    } else if (err->code != ERR_MEMORY) {
        error_wrap(err, "no metadata service at %s", host);
        err->code = ERR_AUTH;
        rc = SOURCE_SKIPPED;
    }
    strbuf_clear(&url);
    return rc;
}

static int managed_identity_get_token(struct signin *s, struct token *out, struct error *err)
{
    int rc;

    if (s->options.identity_endpoint != NULL) {
        rc = ask_app_service(s, out, err);
    } else {
        rc = ask_metadata(s, out, err);
    }
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
                                                       .origin = managed_identity_origin,
                                                       .renews = true };

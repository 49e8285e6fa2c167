/* signin.c - one token, renewed before it expires. */
#include "auth/source.h"

#include "auth/oauth.h"
#include "auth/search.h"
#include "http/url.h"
#include "offerstat/secret.h"
#include "offerstat/strbuf.h"
#include "rest/error_body.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AUTHORITY "https://login.microsoftonline.com"
#define RETRY_BASE_MS 500
#define RETRY_CAP_MS 10000
#define PAUSE_MS (INT64_C(30) * 1000) /* pause after a search or renewal that failed */
/* A token is renewed this long before it expires, or in the last tenth of a shorter life. */
#define MARGIN_MS (INT64_C(5) * 60 * 1000)

/* A host alone is meant as https.  With a ready token no request goes there. */
static int resolve_authority(struct signin *s, struct error *err)
{
    const char *given = s->options.authority != NULL ? s->options.authority : AUTHORITY;
    bool ready = search_wants(s, &signin_explicit) &&
                 (s->options.token != NULL || s->options.token_file != NULL);
    struct strbuf text = STRBUF_INIT(4096);
    bool loopback;
    int rc;

    strbuf_puts(&text, strstr(given, "://") == NULL ? "https://" : "");
    strbuf_puts(&text, given);
    rc = text.failed ? error_memory(err)
                     : url_endpoint(strbuf_text(&text), &s->authority, &loopback, err);
    if (rc != 0 && ready && err->code == ERR_USAGE) {
        *err = (struct error)ERROR_INIT;
        rc = 0;
    }
    strbuf_clear(&text);
    return rc == 0 ? 0 : error_wrap(err, "AZURE_AUTHORITY_HOST");
}

static const char *credential_token(void *user, unsigned *serial, struct error *err)
{
    return signin_token(user, serial, err);
}

static enum renewal credential_renew(void *user, unsigned serial, struct error *err)
{
    return signin_renew(user, serial, err);
}

const struct credential *signin_credential(const struct signin *s)
{
    return s != NULL ? &s->credential : NULL;
}

int signin_open(const struct signin_options *options, struct signin **out, struct error *err)
{
    struct transport *t = options->transport;
    struct signin *s;

    if (search_check_method(options->method, err) != 0) {
        return -1;
    }
    s = calloc(1, sizeof(*s));
    if (s == NULL) {
        return error_memory(err);
    }
    s->credential =
        (struct credential){ .token = credential_token, .renew = credential_renew, .user = s };
    s->options = *options;
    s->request = (struct source_request)SOURCE_REQUEST_INIT;
    s->fetcher = (struct fetcher){ .transport = t,
                                   .describe = json_error_describe,
                                   .policy = { options->retries, RETRY_BASE_MS, RETRY_CAP_MS },
                                   .trace = options->trace,
                                   .waits = options->waits,
                                   .trace_user = options->user };
    if (resolve_authority(s, err) != 0) {
        signin_close(s);
        return -1;
    }
    *out = s;
    return 0;
}

void signin_close(struct signin *s)
{
    if (s != NULL) {
        token_drop(&s->token);
        source_request_clear(&s->request);
        free(s->authority);
        free(s);
    }
}

bool signin_is_absent(const struct signin *s)
{
    return s->absent;
}

static bool is_stale(const struct signin *s)
{
    int64_t life_ms = s->token.expires_ms - s->got_ms;
    int64_t margin_ms = life_ms / 10 < MARGIN_MS ? life_ms / 10 : MARGIN_MS;

    return s->token.expires_ms != 0 && s->method->renews &&
           signin_now_ms(s) >= s->token.expires_ms - margin_ms;
}

/* A failure is not retried for a while: each of hundreds of requests would try again, and all would
 * wait. */
static bool failure_stands(const struct signin *s)
{
    int64_t now_ms = s->options.transport->now_ms(s->options.transport);

    return s->failed_ms != 0 && now_ms - s->failed_ms < PAUSE_MS;
}

/* Renew by the current source. */
static int renew(struct signin *s, struct error *err)
{
    if (failure_stands(s)) {
        *err = s->failure;
        return -1;
    }
    if (search_ask(s, s->method, err) == SOURCE_GAVE) {
        return 0;
    }
    s->failure = *err;
    s->failed_ms = s->options.transport->now_ms(s->options.transport);
    return -1;
}

void signin_fetch(struct signin *const *all, size_t count)
{
    size_t wanting = 0;

    for (size_t i = 0; i < count; i++) {
        if (all[i]->token.text == NULL && !failure_stands(all[i])) {
            search_begin(all[i]);
            wanting++;
        }
    }
    if (wanting > 0) {
        search_run(all, count);
    }
}

const char *signin_token(struct signin *s, unsigned *serial, struct error *err)
{
    if (s->token.text == NULL) {
        signin_fetch(&s, 1);
        if (s->token.text == NULL) {
            *err = s->failure;
            return NULL;
        }
    } else if (is_stale(s)) {
        struct error late = ERROR_INIT;
        /* A renewal that fails may work in a minute, and the current token is valid until it
         * expires. */
        if (renew(s, &late) != 0 && signin_now_ms(s) >= s->token.expires_ms) {
            *err = late;
            return NULL;
        }
    }
    *serial = s->serial;
    return s->token.text;
}

enum renewal signin_renew(struct signin *s, unsigned serial, struct error *err)
{
    enum renewal result = RENEWAL_DONE;
    char *rejected;

    if (serial != s->serial) {
        return RENEWAL_DONE; /* another request had the same answer and has renewed it */
    }
    if (!s->method->renews || (s->method != &signin_explicit && s->dry_serial == serial)) {
        return RENEWAL_NONE;
    }
    rejected = strdup(s->token.text);
    if (rejected == NULL) {
        error_memory(err);
        return RENEWAL_FAILED;
    }
    if (renew(s, err) != 0) {
        result = RENEWAL_FAILED;
    } else if (strcmp(rejected, s->token.text) == 0) {
        result = RENEWAL_NONE;
        s->dry_serial = s->serial; /* do not ask its source again for every request */
    }
    secret_free(rejected);
    return result;
}

/* Fill in from the request what the token does not say. */
static void describe_request(const struct signin *s, struct signin_status *out)
{
    struct oauth_client client = { 0 };

    if (s->method->client != NULL) {
        client = s->method->client(s);
    }
    if (out->client[0] == '\0' && client.id != NULL) {
        snprintf(out->client, sizeof(out->client), "%s", client.id);
    }
    if (out->tenant[0] == '\0' && client.tenant != NULL) {
        snprintf(out->tenant, sizeof(out->tenant), "%s", client.tenant);
    }
    if (out->audience[0] == '\0' && s->method != &signin_explicit) {
        snprintf(out->audience, sizeof(out->audience), "%s", s->options.audience);
    }
    if (s->method->origin != NULL) {
        s->method->origin(s, out->origin, sizeof(out->origin));
    }
}

void signin_describe(const struct signin *s, struct signin_status *out)
{
    struct jwt_claims claims = { 0 };
    struct error ignored = ERROR_INIT;

    *out = (struct signin_status){ .source = NULL };
    if (s->method == NULL) {
        return;
    }
    jwt_read(s->token.text, &claims);
    out->source = s->method->name;
    out->starts_ms = claims.start_ms;
    out->expires_ms = s->token.expires_ms != 0 ? s->token.expires_ms : claims.end_ms;
    memcpy(out->user, claims.user, sizeof(out->user));
    memcpy(out->client, claims.client, sizeof(out->client));
    memcpy(out->client_name, claims.client_name, sizeof(out->client_name));
    memcpy(out->tenant, claims.tenant, sizeof(out->tenant));
    memcpy(out->audience, claims.audience, sizeof(out->audience));
    memcpy(out->roles, claims.roles, sizeof(out->roles));
    memcpy(out->scopes, claims.scopes, sizeof(out->scopes));
    describe_request(s, out);
    if (s->method == &signin_certificate &&
        jwt_certificate_end(s->options.certificate, &out->certificate_end_ms, &ignored) != 0) {
        out->certificate_end_ms = 0;
    }
}

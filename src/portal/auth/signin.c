/* signin.c - the chain of sources, and one token that is renewed before it ends. */
#include "auth/source.h"

#include "auth/oauth.h"
#include "http/url.h"
#include "offerstat/secret.h"
#include "offerstat/strbuf.h"
#include "offerstat/typo.h"
#include "rest/error_body.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AUTHORITY "https://login.microsoftonline.com"
#define RETRY_BASE_MS 500
#define RETRY_CAP_MS 10000
#define BUDGET_MS (INT64_C(2) * 60 * 1000)
#define PAUSE_MS (INT64_C(30) * 1000) /* after a renewal that failed */
/* Renewed so long before its end, or in the last tenth of a short life. */
#define MARGIN_MS (INT64_C(5) * 60 * 1000)

/* In the order in which they are tried. */
static const struct signin_method *const methods[] = {
    &signin_explicit, &signin_federated,        &signin_pipelines, &signin_certificate,
    &signin_secret,   &signin_managed_identity, &signin_login,     &signin_azure_cli,
};
#define METHOD_COUNT (sizeof(methods) / sizeof(methods[0]))

const char *signin_method_name(size_t i)
{
    return i < METHOD_COUNT ? methods[i]->name : NULL;
}

static bool is_wanted(const struct signin *s, const struct signin_method *m)
{
    return s->options.method == NULL || strcmp(s->options.method, "auto") == 0 ||
           strcmp(s->options.method, m->name) == 0;
}

static int check_method(const char *name, struct error *err)
{
    const char *known[METHOD_COUNT + 1] = { "auto" };
    const char *near;

    for (size_t i = 0; i < METHOD_COUNT; i++) {
        known[i + 1] = methods[i]->name;
    }
    for (size_t i = 0; i <= METHOD_COUNT; i++) {
        if (name == NULL || strcmp(known[i], name) == 0) {
            return 0;
        }
    }
    near = word_nearest(name, known, METHOD_COUNT + 1);
    return error_set(err, ERR_USAGE, "no sign-in \"%s\"%s%s%s", name,
                     near != NULL ? "; did you mean \"" : "", near != NULL ? near : "",
                     near != NULL ? "\"?" : "");
}

/* A host alone is meant as https.  With a ready token no request goes there. */
static int resolve_authority(struct signin *s, struct error *err)
{
    const char *given = s->options.authority != NULL ? s->options.authority : AUTHORITY;
    bool ready = is_wanted(s, &signin_explicit) &&
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

    if (check_method(options->method, err) != 0) {
        return -1;
    }
    s = calloc(1, sizeof(*s));
    if (s == NULL) {
        return error_memory(err);
    }
    s->credential =
        (struct credential){ .token = credential_token, .renew = credential_renew, .user = s };
    s->options = *options;
    s->fetcher = (struct fetcher){ .transport = t,
                                   .describe = json_error_describe,
                                   .policy = { options->retries, RETRY_BASE_MS, RETRY_CAP_MS },
                                   .trace = options->trace,
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
        free(s->authority);
        free(s);
    }
}

/* A source has a token: it replaces the current one. */
static int take(struct signin *s, const struct signin_method *m, struct token *fresh,
                struct error *err)
{
    if (s->options.reader != NULL &&
        s->options.reader->hide(s->options.reader, fresh->text, err) != 0) {
        token_drop(fresh);
        return -1;
    }
    token_drop(&s->token);
    s->token = *fresh;
    s->method = m;
    s->got_ms = signin_now_ms(s);
    if (s->token.expires_ms <= s->got_ms) {
        s->token.expires_ms = 0; /* a clock is wrong: the service will reject it */
    }
    s->failed_ms = 0;
    s->serial++;
    return 0;
}

/* Ask one source, if it is configured.  One of enum source_answer. */
static int try_source(struct signin *s, const struct signin_method *m, struct error *err)
{
    struct token fresh = { 0 };
    int answer = SOURCE_SKIPPED;

    s->fetcher.deadline_ms = s->options.transport->now_ms(s->options.transport) + BUDGET_MS;
    switch (m->look(s, err)) {
    case SOURCE_THERE:
        answer = m->get(s, &fresh, err);
        break;
    case SOURCE_ABSENT:
        answer = SOURCE_UNCONFIGURED;
        break;
    case SOURCE_USELESS:
        break;
    }
    if (answer == SOURCE_GAVE) {
        return take(s, m, &fresh, err);
    }
    error_wrap(err, "%s", m->name);
    err->http = 0; /* no status of the API that is read: nothing was said of its token */
    return answer;
}

static void add_reason(struct strbuf *reasons, const char *text)
{
    strbuf_printf(reasons, "%s%s", reasons->len > 0 ? "; " : "", text);
}

static int search(struct signin *s, struct error *err)
{
    struct strbuf skipped = STRBUF_INIT(4096), useless = STRBUF_INIT(4096);
    bool pinned = s->options.method != NULL && strcmp(s->options.method, "auto") != 0;
    int answer = SOURCE_UNCONFIGURED;

    for (size_t i = 0; answer > SOURCE_GAVE && i < METHOD_COUNT; i++) {
        struct error why = ERROR_INIT;
        if (!is_wanted(s, methods[i])) {
            continue;
        }
        answer = try_source(s, methods[i], &why);
        if (answer == SOURCE_GAVE) {
            break;
        }
        if (answer == SOURCE_REFUSED || pinned) {
            *err = why;
        } else {
            add_reason(&skipped, why.text);
        }
        if (answer == SOURCE_SKIPPED) {
            add_reason(&useless, why.text);
        }
    }
    if (answer > SOURCE_GAVE && !pinned) {
        error_set(err, ERR_AUTH,
                  "not signed in: set OFFERSTAT_TOKEN, or AZURE_TENANT_ID, AZURE_CLIENT_ID and "
                  "a credential, or run `az login` (%s)",
                  strbuf_text(&skipped));
    } else if (answer == SOURCE_GAVE && useless.len > 0 && s->options.warn != NULL) {
        s->options.warn(s->options.user, strbuf_text(&useless));
    }
    s->absent = answer > SOURCE_GAVE;
    strbuf_clear(&skipped);
    strbuf_clear(&useless);
    return answer == SOURCE_GAVE ? 0 : -1;
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

/* Renew by the source at hand.  A failure stands for a while: with hundreds of requests under way
 * each would try again, and all wait. */
static int renew(struct signin *s, struct error *err)
{
    int64_t now_ms = s->options.transport->now_ms(s->options.transport);

    if (s->failed_ms != 0 && now_ms - s->failed_ms < PAUSE_MS) {
        *err = s->failure;
        return -1;
    }
    if (try_source(s, s->method, err) == 0) {
        return 0;
    }
    s->failure = *err;
    s->failed_ms = s->options.transport->now_ms(s->options.transport);
    return -1;
}

const char *signin_token(struct signin *s, unsigned *serial, struct error *err)
{
    if (s->token.text == NULL) {
        if (search(s, err) != 0) {
            return NULL;
        }
    } else if (is_stale(s)) {
        struct error late = ERROR_INIT;
        /* What fails now may work in a minute: the token at hand is good until its end. */
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

/* What was asked for and the token does not name. */
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

void signin_survey(struct signin *s, signin_visit visit, void *user)
{
    for (size_t i = 0; i < METHOD_COUNT; i++) {
        struct error why = ERROR_INIT;
        enum source_state state = methods[i]->look(s, &why);
        int told = -1;
        if (state == SOURCE_THERE) {
            told = 1;
        } else if (state == SOURCE_ABSENT) {
            told = 0;
        }
        visit(user, methods[i]->name, told, why.text);
    }
}

/* oauth.c - requests to the identity platform's token endpoint (v2), and explaining its
 * refusals. */
#include "auth/oauth.h"

#include "auth/source.h"
#include "http/form.h"
#include "offerstat/secret.h"
#include "offerstat/text.h"
#include "offerstat/token.h"
#include "offerstat/translate.h"
#include "rest/answer.h"
#include "rest/error_body.h"
#include "rest/json_get.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of the service's own text in an error; its longest known lines have 400. */
#define SAID_MAX ((size_t)560)

/* Advice by AADSTS number.  The platform's documentation asks clients not to depend on the
 * numbers, so they choose the words of an error and never what is done. */
static const struct {
    long code;
    const char *advice;
} refusals[] = {
    { 7000215, "the client secret is wrong: use the secret's value, not its id" },
    { 7000222, "the client secret has expired: make a new one for the application" },
    { 700016, "no such application in this tenant: check AZURE_CLIENT_ID and AZURE_TENANT_ID" },
    { 90002, "no such tenant: check AZURE_TENANT_ID" },
    { 900023, "no such tenant: check AZURE_TENANT_ID" },
    { 500011, "the API is not known in this tenant: sign in with the publisher's own tenant" },
    { 700027, "the certificate does not belong to the application: upload its public part" },
    { 700024, "the assertion is expired or not valid yet: check this machine's clock" },
    { 70021, "no federated credential of the application matches the token" },
    { 700211, "no federated credential of the application matches the token's issuer" },
    { 700212, "no federated credential of the application matches the token's audience" },
    { 700213, "no federated credential of the application matches the token's subject" },
    { 65001, "the application lacks consent: an administrator of the tenant has to give it" },
    { 50105, "this user is not assigned to the application" },
    { 50076, "a second factor is needed: sign in interactively" },
    { 50079, "a second factor has to be set up: sign in interactively" },
    { 50173, "the sign-in was revoked, as after a new password: sign in again" },
    { 53003, "a conditional access policy of the tenant blocks this" },
    { 530003, "a conditional access policy of the tenant asks for a managed device" },
    { 7000112, "the application is disabled in this tenant" },
    { 7000218, "this flow needs a public client: allow public client flows for the application" },
    { 700082, "the sign-in has expired after long disuse: run `offerstat auth login` again" },
};

/* The advice for "AADSTS7000215: ...", NULL when the number is not in the table. */
static const char *advice_for(const char *description, long *code)
{
    const char *at = strstr(description, "AADSTS");

    *code = 0;
    if (at != NULL) {
        *code = strtol(at + strlen("AADSTS"), NULL, 10);
    }
    for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
        if (refusals[i].code == *code) {
            return refusals[i].advice;
        }
    }
    return NULL;
}

/* Append the service's text without its number.  The user has to compare its quoted values (the
 * subject, issuer or thumbprint that it got), so when there is no room for the whole line they are
 * kept. */
static void append_said(struct strbuf *out, const char *line, size_t len)
{
    const char *end = line + len;

    if (len <= SAID_MAX) {
        strbuf_append(out, line, len);
        return;
    }
    for (const char *from = line; from < end; from++) {
        const char *to = *from == '\'' ? memchr(from + 1, '\'', (size_t)(end - from - 1)) : NULL;
        if (to == NULL) {
            continue;
        }
        len = (size_t)(to + 1 - from);
        if (out->len + len + 1 <= SAID_MAX) {
            strbuf_puts(out, out->len > 0 ? " " : "");
            strbuf_append(out, from, len);
        }
        from = to;
    }
}

/* Only the first line of the description: the others are ids and times. */
void oauth_explain(const char *word, const char *description, struct error *err)
{
    struct strbuf said = STRBUF_INIT(2 * SAID_MAX);
    enum error_code kind = err->code;
    long code;
    const char *advice = advice_for(description, &code);
    size_t len = strcspn(description, "\r\n");
    char number[32];

    snprintf(number, sizeof(number), "AADSTS%ld", code);
    if (code != 0 && strncmp(description, number, strlen(number)) == 0) {
        size_t skipped = strlen(number) + strspn(description + strlen(number), ": ");
        description += skipped;
        len -= skipped;
    } else {
        number[0] = '\0';
    }
    append_said(&said, description, len);
    if (advice != NULL && len > 0) {
        error_set(err, kind, "%s (AADSTS%ld: %s)", advice, code, strbuf_text(&said));
    } else if (advice != NULL) {
        error_set(err, kind, "%s (AADSTS%ld)", advice, code);
    } else if (len > 0) {
        error_set(err, kind, "%s%s%s", number, *number != '\0' ? ": " : "", strbuf_text(&said));
    } else {
        error_set(err, kind, "refused%s%s", *word != '\0' ? ": " : "", word);
    }
    strbuf_clear(&said);
}

/* JSON may spell a secret in other characters than the body did: hidden before anything is cut.
 * The caller's for free; NULL without memory. */
static char *copy_hidden(struct transport *t, const char *text)
{
    char *copy = text != NULL ? strdup(text) : NULL;

    if (copy != NULL && t != NULL) {
        t->redact(t, copy);
    }
    return copy;
}

void oauth_refusal(struct transport *t, long status, const char *body, char word[64],
                   struct error *err)
{
    struct arena parsed = ARENA_INIT;
    struct error ignored = ERROR_INIT;
    const char *text = json_skip_mark(body);
    cJSON *doc = json_parse(text, strlen(text), NULL, &parsed, &ignored);
    const char *name = NULL, *description = NULL, *correlation = NULL;

    word[0] = '\0';
    if (status == 400 || status == 401) {
        err->code = ERR_AUTH;
    } else {
        err->code = ERR_ANSWER;
    }
    if (cJSON_IsObject(doc) && json_text(doc, "", "error", &name, &ignored) == 0 && name != NULL) {
        char *safe;
        json_text(doc, "", "error_description", &description, &ignored);
        json_text(doc, "", "correlation_id", &correlation, &ignored);
        snprintf(word, 64, "%s", name);
        safe = copy_hidden(t, description);
        oauth_explain(name, safe != NULL ? safe : "", err);
        free(safe);
    } else {
        char message[256];
        json_error_message(body, message, sizeof(message));
        error_set(err, err->code, "HTTP %ld%s%s", status, message[0] != '\0' ? ": " : "", message);
    }
    /* It is printed and passed to support, so only a GUID is accepted. */
    if (correlation != NULL &&
        strspn(correlation, "0123456789abcdefABCDEF-") == strlen(correlation)) {
        snprintf(err->request_id, sizeof(err->request_id), "%s", correlation);
    }
    arena_wipe(&parsed);
}

/* How long the token is valid from now on, in seconds; 0: unknown.  App Service gives only the time
 * when it ends, in Unix time. */
static long life_of(const struct signin *s, const char *seconds, const char *end)
{
    if (seconds == NULL && end != NULL && digits_are(end)) {
        return strtol(end, NULL, 10) - (long)(signin_now_ms(s) / 1000);
    }
    return seconds != NULL ? strtol(seconds, NULL, 10) : 0;
}

static int store(struct signin *s, const char *text, const char *refresh, long life_s,
                 struct error *err)
{
    struct token *token = &s->request.token;

    if (token_check(text, "access_token", err) != 0) {
        err->code = ERR_ANSWER; /* the fault is the service's, not the user's */
        return -1;
    }
    token->expires_ms = 0;
    if (life_s > 0 && life_s < 366L * 24 * 3600) {
        token->expires_ms = signin_now_ms(s) + life_s * 1000;
    }
    token->text = strdup(text);
    token->refresh = refresh != NULL ? strdup(refresh) : NULL;
    if (token->text == NULL || (refresh != NULL && token->refresh == NULL)) {
        return error_memory(err);
    }
    s->request.answered = true;
    return 0;
}

static int oauth_on_answer(void *user, size_t index, const cJSON *item, const struct error *bad,
                           struct error *err)
{
    static const char *const members[] = { "access_token", NULL };
    const char *text = NULL, *seconds = NULL, *type = NULL, *refresh = NULL;
    const char *end = NULL;
    int rc = -1;

    if (item == NULL) {
        *err = *bad;
        return -1;
    }
    if (index > 0) {
        return error_set(err, ERR_ANSWER, "expected one object, found more");
    }
    if (answer_check(item, "", N_("a token"), members, err) != 0) {
        return -1;
    }
    /* The v1 endpoint sends numbers as text, v2 as numbers. */
    if (json_text(item, "", "access_token", &text, err) != 0 ||
        json_text(item, "", "token_type", &type, err) != 0 ||
        json_text(item, "", "refresh_token", &refresh, err) != 0 ||
        json_text_or_number(item, "", "expires_in", &seconds, err) != 0 ||
        json_text_or_number(item, "", "expires_on", &end, err) != 0) {
        /* *err names the member */
    } else if (text == NULL) {
        error_set(err, ERR_ANSWER, "access_token: is missing");
    } else if (type != NULL && !text_equal_nocase(type, "Bearer")) {
        error_set(err, ERR_ANSWER, "token_type: expected Bearer, found \"%.20s\"", type);
    } else {
        rc = store(user, text, refresh, life_of(user, seconds, end), err);
    }
    return rc;
}

static void oauth_on_refused(void *user, long status, const char *body, struct error *err)
{
    struct signin *s = user;

    oauth_refusal(s->options.transport, status, body, s->request.word, err);
}

static int oauth_on_restart(void *user)
{
    struct signin *s = user;

    token_drop(&s->request.token);
    s->request.answered = false;
    return 0;
}

static void oauth_on_done(void *user, const struct error *err)
{
    struct signin *s = user;

    if (err != NULL) {
        s->request.failure = *err;
    }
}

void oauth_url(struct strbuf *url, const struct signin *s, const char *tenant, const char *endpoint)
{
    strbuf_puts(url, s->authority);
    strbuf_puts(url, "/");
    strbuf_put_segment(url, tenant);
    strbuf_puts(url, "/oauth2/v2.0/");
    strbuf_puts(url, endpoint);
}

int oauth_ask(struct signin *s, const struct json_get *request, struct error *err)
{
    struct json_get get = *request;

    get.secret = true;
    get.user = s;
    get.element = oauth_on_answer;
    get.refused = oauth_on_refused;
    get.restart = oauth_on_restart;
    get.done = oauth_on_done;
    if (json_get_start(&s->fetcher, &get, err) != 0) {
        return SOURCE_REFUSED;
    }
    return SOURCE_ASKING;
}

int oauth_take(struct signin *s, struct token *out, struct error *err)
{
    struct source_request *r = &s->request;

    if (r->failure.code != ERR_NONE) {
        *err = r->failure;
        return SOURCE_REFUSED;
    }
    if (!r->answered) {
        return error_set(err, ERR_ANSWER, "the answer is an empty list");
    }
    *out = r->token;
    r->token = (struct token){ 0 };
    return SOURCE_GAVE;
}

/* Queue a POST to the token endpoint.  As oauth_ask. */
static int ask_endpoint(struct signin *s, const char *tenant, const char *form, struct error *err)
{
    struct strbuf url = STRBUF_INIT(4096);
    struct json_get get = { .form = form };
    int rc = SOURCE_REFUSED;

    oauth_url(&url, s, tenant, "token");
    get.url = strbuf_text(&url);
    if (url.failed) {
        error_memory(err);
    } else {
        rc = oauth_ask(s, &get, err);
    }
    strbuf_clear(&url);
    return rc;
}

int oauth_exchange(struct signin *s, const char *tenant, const char *form, struct token *out,
                   char word[64], struct error *err)
{
    struct transport *t = s->options.transport;
    int rc = -1;

    word[0] = '\0';
    if (ask_endpoint(s, tenant, form, err) == SOURCE_ASKING && t->run(t, err) == 0) {
        rc = oauth_take(s, out, err);
        memcpy(word, s->request.word, sizeof(s->request.word));
    }
    source_request_clear(&s->request);
    return rc;
}

int oauth_client_token(struct signin *s, const struct oauth_client *client, const char *credential,
                       struct error *err)
{
    struct strbuf *form = &s->request.form;
    struct strbuf scope = STRBUF_INIT(256);
    int rc = SOURCE_REFUSED;

    strbuf_printf(&scope, "%s/.default", s->options.audience);
    strbuf_puts(form, "grant_type=client_credentials");
    form_add(form, "client_id", client->id);
    form_add(form, "scope", strbuf_text(&scope));
    strbuf_puts(form, credential);
    if (form->failed || scope.failed) {
        error_memory(err);
    } else {
        rc = ask_endpoint(s, client->tenant, strbuf_text(form), err);
    }
    strbuf_clear(&scope);
    return rc;
}

int oauth_assertion_token(struct signin *s, const struct oauth_client *client,
                          const char *assertion, struct error *err)
{
    struct strbuf form = STRBUF_INIT((size_t)1024 * 1024);
    int rc = SOURCE_REFUSED;

    form_add(&form, "client_assertion_type",
             "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    form_add(&form, "client_assertion", assertion);
    if (form.failed) {
        error_memory(err);
    } else if (signin_hide(s, assertion, err) == 0) {
        rc = oauth_client_token(s, client, strbuf_text(&form), err);
    }
    form_clear(&form);
    return rc;
}

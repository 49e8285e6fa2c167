/* signin_device.c - the sign-in of a person by the device code flow (RFC 8628): ask for a code,
 * show it to the user, and poll the token endpoint until the user has entered it in a browser. */
#include "auth/oauth.h"
#include "auth/signin_login.h"
#include "http/form.h"
#include "offerstat/secret.h"
#include "offerstat/translate.h"
#include "rest/json_get.h"

#include <stdlib.h>
#include <string.h>

#define CODE_MAX ((size_t)64 * 1024)
#define REQUEST_MS (INT64_C(60) * 1000) /* for one request, its retries included */
#define ANY_TENANT "organizations"      /* the platform's name for any work or school account */

/* The answer to the request for a code. */
struct device {
    struct strbuf code;    /* what to poll with; a secret */
    struct strbuf message; /* what the user has to do */
    long interval_s;       /* between two polls */
    long life_s;           /* of the code */
    bool answered;
    struct transport *transport; /* borrowed */
};

/* A number of seconds from one to a day; otherwise the default. */
static long seconds_of(const char *text, long otherwise)
{
    long seconds = 0;

    if (text != NULL) {
        seconds = strtol(text, NULL, 10);
    }
    if (seconds <= 0 || seconds > 24L * 3600) {
        return otherwise;
    }
    return seconds;
}

/* Keep the answer; texts are NULL where absent. */
static int keep_device(struct device *d, const char *code, const char *message, const char *where,
                       const char *user_code, struct error *err)
{
    if (code == NULL || where == NULL || user_code == NULL) {
        return error_set(err, ERR_ANSWER, "device_code, user_code or verification_uri is missing");
    }
    strbuf_puts(&d->code, code);
    if (message != NULL) {
        strbuf_puts(&d->message, message);
    } else {
        strbuf_printf(&d->message, _("Open %s and enter the code %s"), where, user_code);
    }
    if (d->code.failed || d->message.failed) {
        return error_memory(err);
    }
    d->answered = true;
    return 0;
}

static int device_on_answer(void *user, size_t index, const cJSON *item, const struct error *bad,
                            struct error *err)
{
    struct device *d = user;
    const char *code = NULL, *message = NULL, *interval = NULL, *life = NULL, *where = NULL;
    const char *user_code = NULL;
    int rc = -1;

    if (item == NULL) {
        *err = *bad;
        return -1;
    }
    if (index > 0 || !cJSON_IsObject(item)) {
        return error_set(err, ERR_ANSWER, "expected one object");
    }
    if (json_text(item, "", "device_code", &code, err) == 0 &&
        json_text(item, "", "message", &message, err) == 0 &&
        json_text(item, "", "verification_uri", &where, err) == 0 &&
        json_text(item, "", "user_code", &user_code, err) == 0 &&
        json_text_or_number(item, "", "interval", &interval, err) == 0 &&
        json_text_or_number(item, "", "expires_in", &life, err) == 0) {
        d->interval_s = seconds_of(interval, 5); /* RFC 8628, 3.2 */
        d->life_s = seconds_of(life, 900);
        rc = keep_device(d, code, message, where, user_code, err);
    }
    return rc;
}

static void device_on_refused(void *user, long status, const char *body, struct error *err)
{
    const struct device *d = user;
    char word[64];

    oauth_refusal(d->transport, status, body, word, err);
}

static int device_on_restart(void *user)
{
    struct device *d = user;

    strbuf_reset(&d->code);
    strbuf_reset(&d->message);
    d->answered = false;
    return 0;
}

static int ask_for_code(struct signin *s, const char *tenant, struct device *d, struct error *err)
{
    struct strbuf url = STRBUF_INIT(4096), form = STRBUF_INIT(4096);
    struct json_get get = { .secret = true,
                            .user = d,
                            .element = device_on_answer,
                            .refused = device_on_refused,
                            .restart = device_on_restart };
    int rc = -1;

    oauth_url(&url, s, tenant, "devicecode");
    form_add(&form, "client_id", s->options.client_id);
    login_put_scope(s, &form);
    get.url = strbuf_text(&url);
    get.form = strbuf_text(&form) + 1; /* without the leading '&' */
    if (url.failed || form.failed) {
        error_memory(err);
    } else if (json_get_wait(&s->fetcher, &get, err) == 0) {
        if (d->answered) {
            rc = 0;
        } else {
            error_set(err, ERR_ANSWER, "the answer is an empty list");
        }
    }
    strbuf_clear(&url);
    strbuf_clear(&form);
    return rc;
}

static void device_on_timer(void *user)
{
    (void)user;
}

/* Wait in the transport's loop, which a signal can stop and a test's clock can skip.  0, or -1 with
 * *err. */
static int wait_s(struct signin *s, long seconds, struct error *err)
{
    struct transport *t = s->options.transport;

    if (t->timer(t, (int64_t)seconds * 1000, device_on_timer, NULL, err) != 0) {
        return -1;
    }
    return t->run(t, err);
}

/* Whether the token endpoint's answer means "poll again" (RFC 8628, 3.5). */
static bool is_pending(const char *word)
{
    return strcmp(word, "authorization_pending") == 0 || strcmp(word, "slow_down") == 0;
}

static int code_has_expired(struct error *err)
{
    return error_set(err, ERR_AUTH, "the code has expired; run `offerstat auth login` again");
}

/* Explain why polling ended; *err is unchanged for any other word. */
static void explain_refusal(const char *word, struct error *err)
{
    if (strcmp(word, "authorization_declined") == 0 || strcmp(word, "access_denied") == 0) {
        error_set(err, ERR_AUTH, "the sign-in was declined in the browser");
    } else if (strcmp(word, "expired_token") == 0) {
        code_has_expired(err);
    }
}

/* Poll until the user has signed in, has declined, or the code has expired.  0 with *out, or -1
 * with *err. */
static int poll_for_token(struct signin *s, const char *tenant, const struct device *d,
                          struct token *out, struct error *err)
{
    struct strbuf form = STRBUF_INIT((size_t)64 * 1024);
    int64_t end_ms = signin_now_ms(s) + (int64_t)d->life_s * 1000;
    long interval_s = d->interval_s;
    char word[64] = "";
    int rc = -1;

    strbuf_puts(&form, "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code");
    form_add(&form, "client_id", s->options.client_id);
    form_add(&form, "device_code", strbuf_text(&d->code));
    if (form.failed) {
        error_memory(err);
        goto done;
    }
    while (wait_s(s, interval_s, err) == 0) {
        *err = (struct error)ERROR_INIT; /* clears the refusal of the poll before */
        s->fetcher.deadline_ms = s->options.transport->now_ms(s->options.transport) + REQUEST_MS;
        rc = oauth_exchange(s, tenant, strbuf_text(&form), out, word, err);
        if (rc == 0) {
            break;
        }
        if (!is_pending(word)) {
            explain_refusal(word, err);
            break;
        }
        if (strcmp(word, "slow_down") == 0) {
            interval_s += 5;
        }
        if (signin_now_ms(s) >= end_ms) {
            code_has_expired(err);
            break;
        }
    }
done:
    form_clear(&form);
    return rc;
}

int signin_device_login(struct signin *s, void (*prompt)(void *user, const char *text), void *user,
                        struct error *err)
{
    struct device device = { .code = STRBUF_INIT(CODE_MAX),
                             .message = STRBUF_INIT(4096),
                             .transport = s->options.transport };
    const char *tenant = s->options.tenant != NULL ? s->options.tenant : ANY_TENANT;
    struct token token = { 0 };
    struct login login = { .tenant = tenant, .client = s->options.client_id };
    struct transport *t = s->options.transport;
    int rc = -1;

    if (!login_takes_people(s)) {
        return error_set(
            err, ERR_USAGE,
            "the Cloud Partner Portal API accepts no person's tokens; sign in with --api "
            "ingestion or --api graph");
    }
    if (s->options.client_id == NULL) {
        return error_set(
            err, ERR_USAGE,
            "--client-id (or AZURE_CLIENT_ID) names your own public client application");
    }
    /* With a ready token signin_open accepts a bad authority, since it is not used. */
    if (s->authority == NULL) {
        return error_set(err, ERR_USAGE, "AZURE_AUTHORITY_HOST: \"%s\" is not an https URL",
                         s->options.authority);
    }
    s->fetcher.deadline_ms = t->now_ms(t) + REQUEST_MS;
    if (ask_for_code(s, tenant, &device, err) != 0 ||
        signin_hide(s, strbuf_text(&device.code), err) != 0) {
        goto done;
    }
    prompt(user, strbuf_text(&device.message));
    if (poll_for_token(s, tenant, &device, &token, err) != 0) {
        goto done;
    }
    if (token.refresh == NULL) {
        error_set(err, ERR_ANSWER,
                  "the service returned no refresh token, so the sign-in cannot "
                  "be kept");
        goto done;
    }
    login.refresh = token.refresh;
    rc = login_write(s->options.login_file, &login, err);
done:
    token_drop(&token);
    form_clear(&device.code);
    strbuf_clear(&device.message);
    return rc;
}

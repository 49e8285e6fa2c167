/* signin_azure_cli.c - a token from the Azure CLI: `az account get-access-token`. */
#include "auth/oauth.h"
#include "auth/source.h"
#include "offerstat/child.h"
#include "offerstat/secret.h"
#include "offerstat/strbuf.h"
#include "offerstat/token.h"
#include "json/json.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define POLL_MS 20   /* how often to check whether az has ended */
#define READS_MAX 64 /* 4 KiB each, more than a pipe holds */
#define OUTPUT_MAX ((size_t)1024 * 1024)
#define HANGS_MS (INT64_C(30) * 1000) /* how long az is not started again after it hung */

/* When az gave no answer in time, by now_ms; 0: it never did.  Global, since all sign-ins of a run
 * use the same az, and each would wait for it again. */
static int64_t hung_ms;

static bool hung_just_now(const struct signin *s)
{
    struct transport *t = s->options.transport;

    return hung_ms != 0 && t->now_ms(t) - hung_ms < HANGS_MS;
}

static int gave_no_answer(const struct signin *s, struct error *err)
{
    error_set(err, ERR_AUTH, "az gave no answer within %d s",
              (int)(s->options.az_timeout_ms / 1000));
    return SOURCE_REFUSED;
}

/* SOURCE_GAVE once it runs, SOURCE_SKIPPED or SOURCE_REFUSED with *err. */
static int start_az(const struct signin *s, struct child *child, struct error *err)
{
    const char *arguments[] = { "az",
                                "account",
                                "get-access-token",
                                "--resource",
                                s->options.audience,
                                "--output",
                                "json",
                                NULL,
                                NULL,
                                NULL };
    const struct child_spec spec = { .arguments = arguments, .needs_proxy = true };
    int rc;

    if (s->options.tenant !=
        NULL) { /* az may be signed in to several; its default may be a different one */
        arguments[7] = "--tenant";
        arguments[8] = s->options.tenant;
    }
    rc = child_start(&spec, child);
    if (rc == ENOENT) {
        error_set(err, ERR_AUTH, "az is not installed");
        return SOURCE_SKIPPED;
    }
    if (rc != 0) {
        error_set(err, ERR_AUTH, "az cannot be started: %s", strerror(rc));
        return SOURCE_REFUSED;
    }
    return SOURCE_GAVE;
}

/* Append what a pipe holds now to text.  READS_MAX bounds it, since a child that keeps writing
 * never lets its pipe run empty.  At its end the descriptor becomes -1, which poll ignores. */
static void read_available(struct pollfd *end, struct strbuf *text)
{
    char piece[4096];

    for (int i = 0; i < READS_MAX && end->fd >= 0; i++) {
        ssize_t len = read(end->fd, piece, sizeof(piece));
        if (len == -1) {
            break;
        }
        if (len == 0) {
            end->fd = -1;
        } else {
            strbuf_append(text, piece, (size_t)len);
        }
    }
    secret_wipe(piece, sizeof(piece));
}

/* Read both pipes until az has ended, not until they close: a process that it left behind may keep
 * them open.  False when az_timeout_ms is over first. */
static bool read_until_end(const struct signin *s, const struct child *child, struct strbuf *output,
                           struct strbuf *errors)
{
    struct transport *t = s->options.transport;
    int64_t until_ms = t->now_ms(t) + s->options.az_timeout_ms;
    struct pollfd ends[] = { { .fd = child->out, .events = POLLIN },
                             { .fd = child->err, .events = POLLIN } };
    bool ended = false;

    fcntl(child->out, F_SETFL, O_NONBLOCK);
    fcntl(child->err, F_SETFL, O_NONBLOCK);
    while (!ended && t->now_ms(t) < until_ms &&
           (t->deadline_ms == 0 || t->now_ms(t) < t->deadline_ms)) {
        poll(ends, 2, POLL_MS);
        if (s->options.tick != NULL) {
            s->options.tick(s->options.user);
        }
        ended = child_has_ended(child);
        read_available(&ends[0], output);
        read_available(&ends[1], errors);
    }
    return ended;
}

/* When the token expires, Unix time in ms; 0: unknown.  "expires_on" is Unix time, since az 2.54;
 * "expiresOn" is local time without a zone. */
static int64_t read_expiry(const cJSON *answer)
{
    const cJSON *seconds = cJSON_GetObjectItemCaseSensitive(answer, "expires_on");
    const char *local = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(answer, "expiresOn"));
    struct tm tm = { .tm_isdst = -1 };

    if (cJSON_IsNumber(seconds) && seconds->valuedouble > 0 && seconds->valuedouble < 1e11) {
        return (int64_t)seconds->valuedouble * 1000;
    }
    if (local != NULL && sscanf(local, "%4d-%2d-%2d %2d:%2d:%2d", &tm.tm_year, &tm.tm_mon,
                                &tm.tm_mday, &tm.tm_hour, &tm.tm_min, &tm.tm_sec) == 6) {
        tm.tm_year -= 1900;
        tm.tm_mon -= 1;
        return (int64_t)mktime(&tm) * 1000;
    }
    return 0;
}

/* One of enum source_answer. */
static int read_answer(struct strbuf *output, struct token *out, struct error *err)
{
    struct arena parsed = ARENA_INIT;
    struct error bad = ERROR_INIT;
    const char *printed = json_skip_mark(strbuf_text(output));
    const cJSON *answer = json_parse(printed, strlen(printed), NULL, &parsed, &bad);
    const char *text =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(answer, "accessToken"));
    int rc = SOURCE_REFUSED;

    if (text == NULL) {
        error_set(err, ERR_AUTH, "az printed no token (but %zu bytes)", output->len);
    } else if (token_check(text, "az", err) != 0) {
        err->code = ERR_AUTH; /* the fault is az's, not the user's */
    } else {
        out->text = strdup(text);
        out->expires_ms = read_expiry(answer);
        if (out->text != NULL) {
            rc = SOURCE_GAVE;
        } else {
            rc = error_memory(err);
        }
    }
    arena_wipe(&parsed);
    return rc;
}

/* Set the error from az's output: the line that says ERROR, else the first one; a refusal of the
 * identity platform in it is explained as the platform's own are.  SOURCE_SKIPPED when az is not
 * signed in at all, else SOURCE_REFUSED: the user is signed in, and has to see why az gives no
 * token for this API. */
static int explain_failure(const struct strbuf *errors, int status, struct error *err)
{
    static const char mark[] = "ERROR: ";
    const char *line = strstr(strbuf_text(errors), mark), *refusal;

    if (line != NULL) {
        line += strlen(mark);
    } else {
        line = strbuf_text(errors);
    }
    refusal = strstr(line, "AADSTS");
    if (refusal != NULL && refusal < line + strcspn(line, "\r\n")) {
        line = refusal;
    }
    if (strcspn(line, "\r\n") == 0) {
        error_set(err, ERR_AUTH, "az ended with status %d", status);
        return SOURCE_REFUSED;
    }
    err->code = ERR_AUTH;
    oauth_explain("", line, err);
    error_wrap(err, "az ended with status %d", status);
    if (line != refusal && strstr(strbuf_text(errors), "az login") != NULL) {
        return SOURCE_SKIPPED;
    }
    return SOURCE_REFUSED;
}

static enum source_state azure_cli_look(const struct signin *s, struct error *err)
{
    (void)s;
    (void)err;
    return SOURCE_THERE; /* whether it is installed shows only when it is started */
}

static int azure_cli_get_token(struct signin *s, struct token *out, struct error *err)
{
    struct strbuf output = STRBUF_INIT(OUTPUT_MAX), errors = STRBUF_INIT(OUTPUT_MAX);
    struct transport *t = s->options.transport;
    struct child child = { 0 };
    int status, rc;
    bool in_time;

    if (hung_just_now(s)) {
        return gave_no_answer(s, err);
    }
    rc = start_az(s, &child, err);
    if (rc != SOURCE_GAVE) {
        return rc;
    }
    in_time = read_until_end(s, &child, &output, &errors);
    if (!in_time) {
        child_kill(&child);
    }
    status = child_end(&child);
    if (!in_time) {
        hung_ms = t->now_ms(t);
        rc = gave_no_answer(s, err);
    } else if (status != 0) {
        rc = explain_failure(&errors, status, err);
    } else {
        rc = read_answer(&output, out, err);
    }
    if (output.data != NULL) {
        secret_wipe(output.data, output.cap);
    }
    strbuf_clear(&output);
    strbuf_clear(&errors);
    return rc;
}

static void azure_cli_origin(const struct signin *s, char *out, size_t size)
{
    (void)s;
    snprintf(out, size, "az account get-access-token");
}

const struct signin_method signin_azure_cli = { .name = "azure-cli",
                                                .look = azure_cli_look,
                                                .get = azure_cli_get_token,
                                                .origin = azure_cli_origin,
                                                .renews = true };

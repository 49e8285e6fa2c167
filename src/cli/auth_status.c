/* auth_status.c - `auth status`: the sign-in of one API, or of each. */
#include "auth_status.h"

#include "api_choice.h"
#include "auth_findings.h"
#include "output.h"
#include "say.h"
#include "session.h"
#include "settings.h"
#include "terminal.h"
#include "ways.h"

#include "offerstat/escape.h"
#include "offerstat/outcome.h"
#include "offerstat/portal.h"
#include "offerstat/render.h"
#include "offerstat/signin.h"
#include "offerstat/strbuf.h"
#include "offerstat/text.h"
#include "offerstat/timestamp.h"
#include "offerstat/wrap.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SKIPPED_MAX 16
#define TITLES 12 /* columns of what stands before a text */

struct skipped {
    const char *source;
    char why[ERROR_TEXT_MAX];
};

/* What is known of one API's sign-in. */
struct standing {
    const char *api;
    struct signin_status about; /* source NULL: there is no token, *err says why */
    struct skipped skipped[SKIPPED_MAX];
    size_t skipped_count;
    struct auth_finding findings[AUTH_FINDINGS_MAX];
    size_t finding_count;
    bool past_source;       /* what comes after it was not looked at */
    bool checked, accepted; /* the service was asked, and takes the token */
    const char *advice;     /* what to do about its answer; NULL: nothing is known */
    bool has_publishers;    /* the API lists them, and so many came */
    size_t publisher_count;
    struct error err; /* of the sign-in, or of the check */
    int code;         /* the exit code */
};

static void auth_on_source(void *user, const char *method, int state, const char *why)
{
    struct standing *st = user;
    struct skipped *skipped;

    if (st->about.source != NULL && strcmp(method, st->about.source) == 0) {
        st->past_source = true;
    }
    if (st->past_source || st->skipped_count == SKIPPED_MAX) {
        return;
    }
    skipped = &st->skipped[st->skipped_count++];
    skipped->source = method;
    snprintf(skipped->why, sizeof(skipped->why), "%s", state > 0 ? "of no use" : why);
}

static void fail(struct standing *st, const struct error *err)
{
    st->err = *err;
    st->code = outcome_of_error(err->code);
}

/* Ask the service whether it takes the token. */
static void check(struct standing *st, struct session *session)
{
    struct portal *portal = session_portal(session);
    struct report report = REPORT_INIT;
    struct error err = ERROR_INIT;

    st->checked = true;
    st->has_publishers = portal_has_publishers(portal);
    if (st->has_publishers) {
        if (portal_publishers(portal, &report, &err) == 0 && report.problem_count > 0) {
            problem_error(&report.problems[0], &err);
            err.http = report.problems[0].http;
        }
        st->publisher_count = report.publisher_count;
        report_clear(&report);
    } else {
        portal_probe(portal, &err);
    }
    st->accepted = err.code == ERR_NONE;
    if (st->accepted) {
        st->code = EXIT_OK; /* whatever the token says of itself */
    } else {
        fail(st, &err);
        st->advice = auth_advice_on_status(&st->about, st->api, err.http, output_now_ms());
    }
}

static void examine(const struct settings *s, struct standing *st)
{
    struct session *session = NULL;
    struct error err = ERROR_INIT;
    unsigned serial;
    int rc;

    st->api = s->api;
    if (s->check) {
        rc = session_open(s, &session, NULL, NULL, &err);
    } else {
        rc = session_open_signin(s, &session, &err);
    }
    if (rc != 0 || signin_token(session_signin(session), &serial, &err) == NULL) {
        session_close(session);
        fail(st, &err);
        return;
    }
    signin_describe(session_signin(session), &st->about);
    signin_survey(session_signin(session), auth_on_source, st);
    st->finding_count = auth_find(&st->about, st->api, output_now_ms(), st->findings);
    for (size_t i = 0; i < st->finding_count; i++) {
        if (st->findings[i].is_fatal) {
            st->code = EXIT_AUTH;
        }
    }
    if (s->check) {
        check(st, session);
    }
    session_close(session);
}

/* For people. */

static void print_text(const char *title, const char *text)
{
    struct strbuf safe = STRBUF_INIT(8192), shown = STRBUF_INIT((size_t)64 * 1024);

    escape_text(&safe, text, ESCAPE_CI);
    wrap_put(&shown, strbuf_text(&safe), terminal_width(STDOUT_FILENO), TITLES, TITLES);
    if (shown.len > 0 && !safe.failed && !shown.failed) {
        printf("%-*s%s\n", TITLES, title, strbuf_text(&shown));
    }
    strbuf_clear(&shown);
    strbuf_clear(&safe);
}

static void print_pair(const char *title, const char *first, const char *second)
{
    char line[ERROR_TEXT_MAX + 256];

    if (second[0] == '\0') {
        print_text(title, first);
    } else if (first[0] == '\0') {
        print_text(title, second);
    } else {
        snprintf(line, sizeof(line), "%s (%s)", first, second);
        print_text(title, line);
    }
}

/* "Token ends  2026-11-24T10:00:00Z (in 59 minutes)" */
static void print_end(const char *title, int64_t end_ms)
{
    char at[TIMESTAMP_MAX], relative[TIMESTAMP_MAX];

    if (end_ms != 0) {
        timestamp_format(end_ms, at);
        timestamp_relative(end_ms, output_now_ms(), relative);
        print_pair(title, at, relative);
    }
}

static void print_check(const struct standing *st)
{
    char text[128];

    if (st->accepted && st->has_publishers) {
        snprintf(text, sizeof(text), "the %s API takes the token; %zu publisher%s", st->api,
                 st->publisher_count, st->publisher_count == 1 ? "" : "s");
        print_text("Check", text);
    } else if (st->accepted) {
        snprintf(text, sizeof(text), "the %s API takes the token", st->api);
        print_text("Check", text);
    } else if (st->checked) {
        print_text("Check", error_text(&st->err));
    }
}

static void print_standing(const struct standing *st)
{
    const struct signin_status *about = &st->about;
    char line[ERROR_TEXT_MAX + 64];

    print_text("API", st->api);
    if (about->source == NULL) {
        print_text("Source", "none: no token was issued");
        return;
    }
    print_pair("Source", about->source, about->origin);
    print_text("Audience", about->audience);
    print_text("User", about->user);
    print_pair("Application", about->client, about->client_name);
    print_text("Tenant", about->tenant);
    print_text("Roles", about->roles);
    print_text("Scopes", about->scopes);
    print_end("Token ends", about->expires_ms);
    print_end("Certificate", about->certificate_end_ms);
    for (size_t i = 0; i < st->skipped_count; i++) {
        snprintf(line, sizeof(line), "%s: %s", st->skipped[i].source, st->skipped[i].why);
        print_text("Skipped", line);
    }
    for (size_t i = 0; i < st->finding_count; i++) {
        print_text("Problem", st->findings[i].text);
        print_text("To do", st->findings[i].advice);
    }
    print_check(st);
}

/* For scripts. */

static void put_text(struct strbuf *out, const char *key, const char *text)
{
    strbuf_printf(out, ",\"%s\":", key);
    if (text != NULL && text[0] != '\0') {
        escape_json(out, text);
    } else {
        strbuf_puts(out, "null");
    }
}

static void put_time(struct strbuf *out, const char *key, int64_t at_ms)
{
    char at[TIMESTAMP_MAX] = "";

    if (at_ms != 0) {
        timestamp_format(at_ms, at);
    }
    put_text(out, key, at);
}

/* The words between blanks, as an array. */
static void put_words(struct strbuf *out, const char *key, const char *words)
{
    const char *comma = "";
    char word[1024];

    strbuf_printf(out, ",\"%s\":[", key);
    while (*(words += strspn(words, " ")) != '\0') {
        size_t len = strcspn(words, " ");
        snprintf(word, sizeof(word), "%.*s", (int)len, words);
        strbuf_puts(out, comma);
        escape_json(out, word);
        comma = ",";
        words += len;
    }
    strbuf_puts(out, "]");
}

static void put_check(struct strbuf *out, const struct standing *st)
{
    if (!st->checked) {
        strbuf_puts(out, ",\"check\":null");
        return;
    }
    strbuf_printf(out, ",\"check\":{\"accepted\":%s", st->accepted ? "true" : "false");
    if (st->accepted && st->has_publishers) {
        strbuf_printf(out, ",\"publishers\":%zu", st->publisher_count);
    } else {
        strbuf_puts(out, ",\"publishers\":null");
    }
    put_text(out, "message", st->accepted ? NULL : st->err.text);
    put_text(out, "advice", st->advice);
    strbuf_puts(out, "}");
}

static void put_standing(struct strbuf *out, const struct standing *st)
{
    const struct signin_status *about = &st->about;

    strbuf_puts(out, "{\"api\":");
    escape_json(out, st->api);
    put_text(out, "source", about->source);
    put_text(out, "origin", about->origin);
    put_text(out, "audience", about->audience);
    put_text(out, "wantedAudience", portal_traits(st->api)->audience);
    put_text(out, "user", about->user);
    put_text(out, "application", about->client);
    put_text(out, "applicationName", about->client_name);
    put_text(out, "tenant", about->tenant);
    put_words(out, "roles", about->roles);
    put_words(out, "scopes", about->scopes);
    put_time(out, "expiresAt", about->expires_ms);
    put_time(out, "certificateExpiresAt", about->certificate_end_ms);
    strbuf_puts(out, ",\"problems\":[");
    for (size_t i = 0; i < st->finding_count; i++) {
        strbuf_printf(out, "%s{\"code\":\"%s\"", i > 0 ? "," : "", st->findings[i].code);
        put_text(out, "message", st->findings[i].text);
        put_text(out, "advice", st->findings[i].advice);
        strbuf_puts(out, "}");
    }
    strbuf_puts(out, "],\"skipped\":[");
    for (size_t i = 0; i < st->skipped_count; i++) {
        strbuf_printf(out, "%s{\"source\":\"%s\"", i > 0 ? "," : "", st->skipped[i].source);
        put_text(out, "reason", st->skipped[i].why);
        strbuf_puts(out, "}");
    }
    strbuf_puts(out, "]");
    put_check(out, st);
    strbuf_puts(out, "}");
}

/* As the errors of every other document. */
static void put_error(struct strbuf *out, const struct error *err)
{
    strbuf_printf(out, "{\"code\":\"%s\",\"exit\":%d", error_word(err->code),
                  outcome_of_error(err->code));
    put_text(out, "message", err->text);
    put_text(out, "publisher", NULL);
    put_text(out, "offer", NULL);
    put_text(out, "requestId", err->request_id);
    strbuf_puts(out, "}");
}

static int print_document(const struct settings *s, const struct standing *all, size_t count)
{
    struct strbuf out = STRBUF_INIT((size_t)1024 * 1024);
    const char *comma = "";
    bool complete = true;
    int code = EXIT_OK;

    strbuf_puts(&out, "{\"schemaVersion\":1");
    put_time(&out, "generatedAt", output_now_ms());
    put_text(&out, "api", s->api);
    strbuf_puts(&out, ",\n\"signIns\":[");
    for (size_t i = 0; i < count; i++) {
        strbuf_puts(&out, i > 0 ? ",\n" : "\n");
        put_standing(&out, &all[i]);
        code = outcome_worse(code, all[i].code);
        complete = complete && all[i].err.code == ERR_NONE;
    }
    strbuf_printf(&out, "],\n\"complete\":%s,\n\"errors\":[", complete ? "true" : "false");
    for (size_t i = 0; i < count; i++) {
        if (all[i].err.code != ERR_NONE) {
            strbuf_puts(&out, comma);
            put_error(&out, &all[i].err);
            comma = ",";
        }
    }
    strbuf_puts(&out, "]}\n");
    if (out.failed) {
        code = outcome_of_error(ERR_MEMORY);
    } else {
        fputs(strbuf_text(&out), stdout);
    }
    strbuf_clear(&out);
    return code;
}

static void say_failure(const struct standing *st)
{
    if (st->err.code != ERR_NONE) {
        say_error(&st->err);
    }
    if (st->advice != NULL) {
        say_hint("%s", st->advice);
    }
    for (size_t i = 0; i < st->finding_count; i++) {
        say_warning("%s: %s", st->findings[i].text, st->findings[i].advice);
    }
}

/* A ready token is for one API alone. */
static void take_token_from_others(const struct settings *s, struct settings *one)
{
    if (strcmp(one->api, session_api_of_token(s)) != 0) {
        one->token = NULL;
        one->token_file = NULL;
        one->piped_token = NULL;
    }
}

int auth_status(const struct settings *s)
{
    struct standing all[PORTAL_APIS] = { { 0 } };
    bool several = api_set_has_several(s->apis);
    bool as_json = strstr(s->format->name, "json") != NULL;
    size_t count = 0;
    int code = EXIT_OK;

    for (size_t i = 0; portal_api_name(i) != NULL; i++) {
        struct settings one = *s;
        struct standing *st = &all[count];
        if (!api_set_has(s->apis, portal_api_name(i))) {
            continue;
        }
        api_choose_one(&one, portal_api_name(i));
        if (several) {
            take_token_from_others(s, &one);
        }
        examine(&one, st);
        if (count == 0 || !text_equal_nocase(st->err.text, all[count - 1].err.text) ||
            st->err.code == ERR_NONE) {
            say_failure(st);
        }
        if (count == 0 && st->about.source == NULL) {
            ways_say(&one, st->err.code);
        }
        code = outcome_worse(code, st->code);
        if (!as_json && st->code != EXIT_USAGE) {
            fputs(count > 0 ? "\n" : "", stdout);
            print_standing(st);
        }
        count++;
    }
    if (as_json && code != EXIT_USAGE) {
        return print_document(s, all, count);
    }
    return code;
}

/* cmd_auth.c - signing in and out, and what the sign-in is. */
#include "cli.h"

#include "offerstat/escape.h"
#include "offerstat/portal.h"
#include "offerstat/signin.h"
#include "offerstat/timestamp.h"
#include "offerstat/typo.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define WARN_MS (INT64_C(30) * 24 * 3600 * 1000)

static int64_t wall_ms(void)
{
    return (int64_t)time(NULL) * 1000;
}

static int fail(const struct error *err)
{
    say_error(err);
    say_way_out(NULL, err->code, err->http);
    return outcome_of_error(err->code);
}

/* "2026-11-24T10:00:00Z (in 59 minutes)" */
static void print_end(const char *title, int64_t end_ms)
{
    char at[TIMESTAMP_MAX], relative[TIMESTAMP_MAX];

    if (end_ms != 0) {
        timestamp_format(end_ms, at);
        timestamp_relative(end_ms, wall_ms(), relative);
        printf("%-12s%s (%s)\n", title, at, relative);
    }
}

static void print_text(const char *title, const char *text)
{
    struct strbuf safe = STRBUF_INIT(8192);

    escape_text(&safe, text != NULL ? text : "", ESCAPE_CI);
    if (safe.len > 0 && !safe.failed) {
        printf("%-12s%s\n", title, strbuf_text(&safe));
    }
    strbuf_clear(&safe);
}

struct survey {
    const char *winner;
    bool titled;
};

static void print_skipped(void *user, const char *method, int state, const char *why)
{
    struct survey *survey = user;

    if (survey->winner != NULL && strcmp(method, survey->winner) == 0) {
        survey->winner = NULL;
        survey->titled = true; /* those behind it were not looked at */
    } else if (!survey->titled) {
        char line[ERROR_TEXT_MAX + 64];
        snprintf(line, sizeof(line), "%s: %s", method, state > 0 ? "of no use" : why);
        print_text("Skipped", line);
    }
}

static int probe(const struct settings *s, struct session *session, struct error *err)
{
    struct report report = REPORT_INIT;
    int code = outcome_of_error(ERR_NONE);

    if (!portal_has_publishers(session_portal(session))) {
        if (portal_probe(session_portal(session), err) != 0) {
            say_error(err);
            say_way_out(s->api, err->code, err->http);
            return outcome_of_error(err->code);
        }
        printf("%-12sthe %s API takes the token\n", "Check", s->api);
        return code;
    }
    if (portal_publishers(session_portal(session), &report, err) != 0) {
        report_clear(&report);
        return fail(err);
    }
    for (size_t i = 0; i < report.problem_count; i++) {
        say_problem(&report.problems[i]);
        code = outcome_of_error(report.problems[i].code);
    }
    if (report.problem_count == 0) {
        printf("%-12sthe %s API takes the token; %zu publisher%s\n", "Check", s->api,
               report.publisher_count, report.publisher_count == 1 ? "" : "s");
    }
    report_clear(&report);
    return code;
}

static int status(const struct settings *s)
{
    struct session *session = NULL;
    struct signin_status about;
    struct error err = ERROR_INIT;
    struct survey survey;
    unsigned serial;
    int code = 0;
    int rc = s->check ? session_open(s, &session, NULL, NULL, &err)
                      : session_open_signin(s, &session, &err);

    if (rc != 0 || signin_token(session_signin(session), &serial, &err) == NULL) {
        session_close(session);
        return fail(&err);
    }
    signin_describe(session_signin(session), &about);
    print_text("API", s->api);
    print_text("Audience", portal_traits(s->api)->audience);
    print_text("Source", about.source);
    print_text("Identity", about.identity);
    print_text("Tenant", about.tenant);
    print_text("Client", about.client);
    print_end("Token ends", about.expires_ms);
    print_end("Certificate", about.certificate_end_ms);
    survey = (struct survey){ .winner = about.source };
    signin_survey(session_signin(session), print_skipped, &survey);
    if (about.certificate_end_ms != 0 && about.certificate_end_ms - wall_ms() < WARN_MS) {
        say_warning("the certificate ends within 30 days: upload its successor in time");
    }
    if (s->check) {
        code = probe(s, session, &err);
    }
    session_close(session);
    return code;
}

static int token(const struct settings *s)
{
    struct session *session = NULL;
    struct error err = ERROR_INIT;
    const char *text = NULL;
    unsigned serial;

    if (session_open_signin(s, &session, &err) == 0) {
        text = signin_token(session_signin(session), &serial, &err);
    }
    if (text != NULL) {
        puts(text);
    }
    session_close(session);
    return text != NULL ? outcome_of_error(ERR_NONE) : fail(&err);
}

static void show_prompt(void *user, const char *text)
{
    (void)user;
    say_notice(text);
}

static int login(const struct settings *s)
{
    struct session *session = NULL;
    struct error err = ERROR_INIT;
    int rc = paths_make_config(&err);

    rc = rc == 0 ? session_open_signin(s, &session, &err) : rc;
    rc = rc == 0 ? signin_device_login(session_signin(session), show_prompt, NULL, &err) : rc;
    session_close(session);
    if (rc != 0) {
        return fail(&err);
    }
    say_notice("signed in");
    return outcome_of_error(ERR_NONE);
}

static int logout(const struct settings *s)
{
    struct strbuf path = STRBUF_INIT(4096);
    struct error err = ERROR_INIT;
    int rc = 0;

    if (!paths_login(&path, s->profile) || path.failed) {
        rc = error_set(&err, ERR_USAGE, "neither XDG_CONFIG_HOME nor HOME is set");
    } else if (unlink(path.data) == 0) {
        say_notice("signed out");
    } else if (errno == ENOENT) {
        say_hint("nobody was signed in by `offerstat auth login`");
    } else {
        rc = error_set(&err, ERR_OUTPUT, "%s: %s", path.data, strerror(errno));
    }
    strbuf_clear(&path);
    return rc == 0 ? outcome_of_error(ERR_NONE) : fail(&err);
}

/* Each API has a sign-in of its own. */
static int status_of_all(const struct settings *s)
{
    struct settings one = *s;
    int code = outcome_of_error(ERR_NONE);

    if (strcmp(s->api, API_ALL) != 0) {
        return status(s);
    }
    for (size_t i = 0; portal_api_name(i) != NULL; i++) {
        one.api = portal_api_name(i);
        if (s->token != NULL || s->token_file != NULL) {
            const char *named = s->token != NULL ? portal_token_api(s->token) : NULL;
            bool its = strcmp(one.api, named != NULL ? named : portal_api_name(0)) == 0;
            one.token = its ? s->token : NULL;
            one.token_file = its ? s->token_file : NULL;
        }
        if (i > 0) {
            puts("");
        }
        code = outcome_worse(code, status(&one));
    }
    return code;
}

static const struct {
    const char *name;
    int (*run)(const struct settings *s);
    bool of_one; /* API */
} actions[] = {
    { "login", login, true },
    { "logout", logout, false },
    { "status", status_of_all, false },
    { "token", token, true },
};
#define WORD_COUNT (sizeof(actions) / sizeof(actions[0]))

static int run(const struct settings *s, int count, const char *const *arguments)
{
    const char *names[WORD_COUNT], *near;
    struct error err = ERROR_INIT;

    (void)count;
    for (size_t i = 0; i < WORD_COUNT; i++) {
        names[i] = actions[i].name;
        if (strcmp(actions[i].name, arguments[0]) != 0) {
            continue;
        }
        if (actions[i].of_one && strcmp(s->api, API_ALL) == 0) {
            error_set(&err, ERR_USAGE,
                      "auth %s: a token is for one API: --api cpp, ingestion or graph",
                      actions[i].name);
            return fail(&err);
        }
        return actions[i].run(s);
    }
    near = word_nearest(arguments[0], names, WORD_COUNT);
    error_set(&err, ERR_USAGE, "auth: no \"%s\"%s%s%s", arguments[0],
              near != NULL ? "; did you mean \"" : "; there are login, logout, status, token",
              near != NULL ? near : "", near != NULL ? "\"?" : "");
    return fail(&err);
}

const struct cli_command command_auth = {
    .name = "auth",
    .arguments = "login|logout|status|token",
    .help = "sign in as a person, sign out, say how the sign-in stands",
    .more = "status names the source of the token, its identity and its end, and every source that "
            "was\n"
            "skipped; --check asks the service. token prints the token. login shows a code to "
            "enter in\n"
            "a browser (--client-id, --api ingestion or graph), logout forgets it.\n\n"
            "Sources in the order in which they are tried (--auth takes one alone):\n"
            "  token        OFFERSTAT_TOKEN, --token-file\n"
            "  federated    AZURE_FEDERATED_TOKEN_FILE, or a GitHub job with `id-token: write`\n"
            "  certificate  AZURE_CLIENT_CERTIFICATE_PATH\n"
            "  secret       AZURE_CLIENT_SECRET\n"
            "  login        what `offerstat auth login` has left\n"
            "  azure-cli    az, signed in by `az login`\n"
            "federated, certificate and secret need AZURE_TENANT_ID and AZURE_CLIENT_ID.",
    .groups = FOR_ALL | FOR_REMOTE | FOR_AUTH,
    .min_arguments = 1,
    .max_arguments = 1,
    .run = run,
};

/* cmd_auth.c - signing in and out, and what the sign-in is. */
#include "commands.h"
#include "options.h"
#include "paths.h"
#include "refuse.h"
#include "say.h"
#include "session.h"

#include "offerstat/escape.h"
#include "offerstat/portal.h"
#include "offerstat/signin.h"
#include "offerstat/strbuf.h"
#include "offerstat/timestamp.h"

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

static int auth_fail(const struct error *err)
{
    say_error(err);
    say_advice(NULL, err->code, err->http);
    return outcome_of_error(err->code);
}

/* "Token ends  2026-11-24T10:00:00Z (in 59 minutes)" */
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
    bool past_winner;
};

static void auth_on_source(void *user, const char *method, int state, const char *why)
{
    struct survey *survey = user;

    if (survey->winner != NULL && strcmp(method, survey->winner) == 0) {
        survey->winner = NULL;
        survey->past_winner = true; /* what comes after it was not looked at */
    } else if (!survey->past_winner) {
        char line[ERROR_TEXT_MAX + 64];
        snprintf(line, sizeof(line), "%s: %s", method, state > 0 ? "of no use" : why);
        print_text("Skipped", line);
    }
}

static int probe(const struct settings *s, struct session *session, struct error *err)
{
    struct report report = REPORT_INIT;
    int code = EXIT_OK;

    if (!portal_has_publishers(session_portal(session))) {
        if (portal_probe(session_portal(session), err) != 0) {
            say_error(err);
            say_advice(s->api, err->code, err->http);
            return outcome_of_error(err->code);
        }
        printf("%-12sthe %s API takes the token\n", "Check", s->api);
        return code;
    }
    if (portal_publishers(session_portal(session), &report, err) != 0) {
        report_clear(&report);
        return auth_fail(err);
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

static int auth_status_of_one(const struct settings *s)
{
    struct session *session = NULL;
    struct signin_status about;
    struct error err = ERROR_INIT;
    struct survey survey;
    unsigned serial;
    int code = 0;
    int rc;

    if (s->check) {
        rc = session_open(s, &session, NULL, NULL, &err);
    } else {
        rc = session_open_signin(s, &session, &err);
    }
    if (rc != 0 || signin_token(session_signin(session), &serial, &err) == NULL) {
        session_close(session);
        return auth_fail(&err);
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
    signin_survey(session_signin(session), auth_on_source, &survey);
    if (about.certificate_end_ms != 0 && about.certificate_end_ms - wall_ms() < WARN_MS) {
        say_warning("the certificate ends within 30 days: upload its successor in time");
    }
    if (s->check) {
        code = probe(s, session, &err);
    }
    session_close(session);
    return code;
}

static int auth_token(const struct settings *s)
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
    return text != NULL ? EXIT_OK : auth_fail(&err);
}

static void auth_on_prompt(void *user, const char *text)
{
    (void)user;
    say_notice(text);
}

static int auth_login(const struct settings *s)
{
    struct session *session = NULL;
    struct error err = ERROR_INIT;
    int rc = -1;

    if (paths_make_config(&err) == 0 && session_open_signin(s, &session, &err) == 0) {
        rc = signin_device_login(session_signin(session), auth_on_prompt, NULL, &err);
    }
    session_close(session);
    if (rc != 0) {
        return auth_fail(&err);
    }
    say_notice("signed in");
    return EXIT_OK;
}

static int auth_logout(const struct settings *s)
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
    return rc == 0 ? EXIT_OK : auth_fail(&err);
}

/* Each API has a sign-in of its own. */
static int auth_status(const struct settings *s)
{
    struct settings one = *s;
    int code = EXIT_OK;

    if (strcmp(s->api, API_ALL) != 0) {
        return auth_status_of_one(s);
    }
    for (size_t i = 0; portal_api_name(i) != NULL; i++) {
        one.api = portal_api_name(i);
        if (s->token != NULL || s->token_file != NULL) {
            bool is_for_it = strcmp(one.api, session_api_of_token(s)) == 0;
            one.token = is_for_it ? s->token : NULL;
            one.token_file = is_for_it ? s->token_file : NULL;
        }
        if (i > 0) {
            puts("");
        }
        code = outcome_worse(code, auth_status_of_one(&one));
    }
    return code;
}

static const struct {
    const char *name;
    int (*run)(const struct settings *s);
    bool needs_one_api; /* --api all is refused */
} actions[] = {
    { .name = "login", .run = auth_login, .needs_one_api = true },
    { .name = "logout", .run = auth_logout },
    { .name = "status", .run = auth_status },
    { .name = "token", .run = auth_token, .needs_one_api = true },
};
#define AUTH_ACTIONS (sizeof(actions) / sizeof(actions[0]))

static int auth_run(const struct settings *s, int count, const char *const *arguments)
{
    const char *names[AUTH_ACTIONS];
    struct error err = ERROR_INIT;

    (void)count;
    for (size_t i = 0; i < AUTH_ACTIONS; i++) {
        names[i] = actions[i].name;
        if (strcmp(actions[i].name, arguments[0]) != 0) {
            continue;
        }
        if (actions[i].needs_one_api && strcmp(s->api, API_ALL) == 0) {
            error_set(&err, ERR_USAGE,
                      "auth %s: a token is for one API: --api cpp, ingestion or graph",
                      actions[i].name);
            return auth_fail(&err);
        }
        return actions[i].run(s);
    }
    refuse_word("auth: no", arguments[0], names, AUTH_ACTIONS, NULL, &err);
    return auth_fail(&err);
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
            "  token             OFFERSTAT_TOKEN, --token-file\n"
            "  federated         AZURE_FEDERATED_TOKEN_FILE, or a GitHub job with `id-token: write`\n"
            "  azure-pipelines   SYSTEM_ACCESSTOKEN, mapped into a step of the AzureCLI task\n"
            "  certificate       AZURE_CLIENT_CERTIFICATE_PATH\n"
            "  secret            AZURE_CLIENT_SECRET\n"
            "  managed-identity  IDENTITY_ENDPOINT; by --auth alone the machine's metadata service\n"
            "  login             what `offerstat auth login` has left\n"
            "  azure-cli         az, signed in by `az login`\n"
            "federated, certificate and secret need AZURE_TENANT_ID and AZURE_CLIENT_ID.",
    .groups = FOR_ALL | FOR_REMOTE | FOR_AUTH,
    .min_arguments = 1,
    .max_arguments = 1,
    .run = auth_run,
};
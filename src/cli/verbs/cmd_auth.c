/* cmd_auth.c - signing in and out, and the status of the sign-in. */
#include "auth_status.h"
#include "options/api_choice.h"
#include "options/commands.h"
#include "options/options.h"
#include "options/refuse.h"
#include "process/paths.h"
#include "session/session.h"
#include "session/ways.h"
#include "terminal/say.h"

#include "offerstat/portal.h"
#include "offerstat/signin.h"
#include "offerstat/strbuf.h"
#include "offerstat/translate.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int auth_fail(const struct error *err)
{
    say_error(err);
    return outcome_of_error(err->code);
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
    if (text == NULL) {
        auth_fail(&err);
        ways_say(s, err.code);
        return outcome_of_error(err.code);
    }
    return EXIT_OK;
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
    say_notice(_("signed in"));
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
        say_notice(_("signed out"));
    } else if (errno == ENOENT) {
        say_hint("not signed in by `offerstat auth login`");
    } else {
        rc = error_set(&err, ERR_OUTPUT, "%s: %s", path.data, strerror(errno));
    }
    strbuf_clear(&path);
    return rc == 0 ? EXIT_OK : auth_fail(&err);
}

static const struct {
    const char *name;
    int (*run)(const struct settings *s);
    bool needs_one_api; /* more than one is refused */
} actions[] = {
    { .name = "login", .run = auth_login, .needs_one_api = true },
    { .name = "logout", .run = auth_logout },
    { .name = "status", .run = auth_status },
    { .name = "token", .run = auth_token, .needs_one_api = true },
};
#define AUTH_ACTIONS (sizeof(actions) / sizeof(actions[0]))

static const char *auth_action_at(size_t i)
{
    return i < AUTH_ACTIONS ? actions[i].name : NULL;
}

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
        if (actions[i].needs_one_api && api_set_has_several(s->apis)) {
            error_set(&err, ERR_USAGE,
                      "auth %s: a token is for one API: --api cpp, ingestion or graph",
                      actions[i].name);
            return auth_fail(&err);
        }
        return actions[i].run(s);
    }
    refuse_word(N_("auth: no command"), arguments[0], names, AUTH_ACTIONS, REFUSE_AND_LIST, &err);
    return auth_fail(&err);
}

const struct cli_command command_auth = {
    .name = "auth",
    .arguments = "login|logout|status|token",
    .help = N_("sign in as a person, sign out, show the status of the sign-in"),
    .examples = { { .what = N_("sign in as a person"),
                    .command = "offerstat auth login --api ingestion --client-id ID" },
                  { .what = N_("which sign-in is used, and whether the service accepts it"),
                    .command = "offerstat auth status --check" } },
    .more =
        N_("status names the source of the token, what it is for, whose it is, when it ends, and "
           "what is wrong with it; --check asks the service, -o json is for scripts. token prints "
           "the token. login shows a code to enter in a browser (--client-id, --api ingestion or "
           "graph), logout forgets it.\n"
           "\n"
           "Sources in the order in which they are tried (--auth uses only one):\n"
           "  token             OFFERSTAT_TOKEN, --token-file\n"
           "  federated         AZURE_FEDERATED_TOKEN_FILE, or a GitHub job with `id-token: "
           "write`\n"
           "  azure-pipelines   SYSTEM_ACCESSTOKEN, mapped into a step of the AzureCLI task\n"
           "  certificate       AZURE_CLIENT_CERTIFICATE_PATH\n"
           "  secret            AZURE_CLIENT_SECRET\n"
           "  managed-identity  IDENTITY_ENDPOINT; only with --auth the machine's metadata "
           "service\n"
           "  login             what `offerstat auth login` has kept\n"
           "  azure-cli         az, signed in by `az login`\n"
           "federated, certificate and secret need AZURE_TENANT_ID and AZURE_CLIENT_ID."),
    .word_at = auth_action_at,
    .groups = FOR_ALL | FOR_REMOTE | FOR_AUTH,
    .min_arguments = 1,
    .max_arguments = 1,
    .run = auth_run,
};

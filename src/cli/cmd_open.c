/* cmd_open.c - an offer's page in Partner Center. */
#define _GNU_SOURCE /* strsep */
#include "commands.h"
#include "offers.h"
#include "options.h"
#include "paths.h"
#include "progress.h"
#include "say.h"

#include "offerstat/strbuf.h"
#include "offerstat/text.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* A browser has no use for what proves who the user is. */
static const char *const secrets[] = { "OFFERSTAT_TOKEN", "AZURE_CLIENT_SECRET",
                                       "ACTIONS_ID_TOKEN_REQUEST_TOKEN" };

/* A program, or a command of the user's for the shell ("firefox --new-window", "lynx %s"), in which
 * the address is one argument whatever it holds. */
static bool spawn(const char *command, const char *url)
{
    bool plain = strpbrk(command, " \t%\"'$") == NULL;
    const char *mark = strstr(command, "%s");
    struct strbuf line = STRBUF_INIT((size_t)64 * 1024);
    posix_spawn_file_actions_t actions;
    int status = -1, rc = -1;
    pid_t pid = 0;

    strbuf_append(&line, command, mark != NULL ? (size_t)(mark - command) : strlen(command));
    strbuf_puts(&line, mark != NULL ? "\"$1\"" : " \"$1\"");
    strbuf_puts(&line, mark != NULL ? mark + 2 : "");
    if (!line.failed && posix_spawn_file_actions_init(&actions) == 0) {
        const char *by_shell[] = { "sh", "-c", strbuf_text(&line), "offerstat", url, NULL };
        const char *alone[] = { command, url, NULL };
        const char **words = plain ? alone : by_shell;
        /* libcurl's sockets are none of its business. */
        posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
        rc = posix_spawnp(&pid, words[0], &actions, NULL, (char *const *)words, environ);
        posix_spawn_file_actions_destroy(&actions);
    }
    strbuf_clear(&line);
    return rc == 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

/* BROWSER names commands, the first that works wins; else the desktop knows one. */
static bool browse(const char *url)
{
    const char *named = env_text("BROWSER");
    char *list = strdup(named != NULL ? named : "xdg-open:wslview:open"), *rest = list, *program;
    bool shown = false;

    for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
        unsetenv(secrets[i]);
    }
    while (!shown && rest != NULL && (program = strsep(&rest, ":")) != NULL) {
        shown = *program != '\0' && spawn(program, url);
    }
    free(list);
    return shown;
}

static int show_page(const struct settings *s, const struct offer *o, struct error *err)
{
    char url[OFFER_URL_MAX];

    if (offer_url(o, url) == NULL) {
        return error_set(err, ERR_AUTH,
                         "offer %s: its page is not known, since no API that was asked tells the "
                         "product's GUID; sign in to the ingestion or graph API",
                         o->id);
    }
    progress_clear();
    if (s->print || isatty(STDOUT_FILENO) != 1 || !browse(url)) {
        puts(url);
    }
    return 0;
}

/* The old portal's API knows no pages: the others are asked for the product's GUID. */
static int open_run(const struct settings *s, int count, const char *const *arguments)
{
    static const struct offers_plan plan = {
        .view = VIEW_LIST, .depth = DEPTH_LIST, .mode = SELECT_EXACT, .use = show_page
    };
    struct settings all = *s;
    struct error err = ERROR_INIT;

    if (glob_has_magic(arguments[0])) {
        error_set(&err, ERR_USAGE, "open needs one OFFER (no glob)");
        say_error(&err);
        return outcome_of_error(err.code);
    }
    if (strcmp(s->api, portal_default_api()) == 0) {
        all.api = API_ALL;
    }
    return offers_run(&all, &plan, count, arguments);
}

const struct cli_command command_open = {
    .name = "open",
    .arguments = "OFFER",
    .help = "the offer's page in Partner Center, in a browser",
    .more = "Off a terminal, with --print, or where no browser starts (BROWSER names one), the "
            "address is\n"
            "printed.",
    .groups = FOR_ALL | FOR_REMOTE | FOR_OPEN,
    .min_arguments = 1,
    .max_arguments = 1,
    .run = open_run,
};

/* cmd_open.c - an offer's page in Partner Center. */
#define _GNU_SOURCE /* strsep */
#include "offers/offers.h"
#include "options/api_choice.h"
#include "options/commands.h"
#include "options/options.h"
#include "process/paths.h"
#include "terminal/progress.h"
#include "terminal/say.h"

#include "offerstat/child.h"
#include "offerstat/strbuf.h"
#include "offerstat/text.h"
#include "offerstat/translate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Start a program, or the user's command in a shell ("firefox --new-window", "lynx %s"), with the
 * address as one argument whatever it contains. */
static bool spawn(const char *command, const char *url)
{
    bool plain = strpbrk(command, " \t%\"'$") == NULL;
    const char *mark = strstr(command, "%s");
    struct strbuf line = STRBUF_INIT((size_t)64 * 1024);
    const char *by_shell[] = { "sh", "-c", NULL, "offerstat", url, NULL };
    const char *alone[] = { command, url, NULL };
    struct child_spec spec = { .arguments = plain ? alone : by_shell, .is_interactive = true };
    struct child child;
    bool shown = false;

    strbuf_append(&line, command, mark != NULL ? (size_t)(mark - command) : strlen(command));
    strbuf_puts(&line, mark != NULL ? "\"$1\"" : " \"$1\"");
    strbuf_puts(&line, mark != NULL ? mark + 2 : "");
    by_shell[2] = strbuf_text(&line);
    if (!line.failed && child_start(&spec, &child) == 0) {
        shown = child_end(&child) == 0;
    }
    strbuf_clear(&line);
    return shown;
}

/* BROWSER names commands, of which the first that works is used; else the desktop's own. */
static bool browse(const char *url)
{
    const char *named = env_text("BROWSER");
    char *list = strdup(named != NULL ? named : "xdg-open:wslview:open"), *rest = list, *program;
    bool shown = false;

    while (!shown && rest != NULL && (program = strsep(&rest, ":")) != NULL) {
        shown = *program != '\0' && spawn(program, url);
    }
    free(list);
    return shown;
}

static int open_on_offer(void *user, const struct settings *s, const struct offer *o,
                         struct error *err)
{
    char url[OFFER_URL_MAX];

    (void)user;
    if (offer_url(o, url) == NULL && o->product_id != NULL) {
        return error_set(err, ERR_ANSWER,
                         "offer %s: its page is not known, since its product id \"%s\" is no GUID",
                         o->id, o->product_id);
    }
    if (offer_url(o, url) == NULL) {
        return error_set(err, ERR_AUTH,
                         "offer %s: its page is not known, since no API that was asked gives the "
                         "product's GUID; sign in to the ingestion or graph API",
                         o->id);
    }
    progress_clear();
    if (s->print || isatty(STDOUT_FILENO) != 1 || !browse(url)) {
        puts(url);
    }
    return 0;
}

/* The Cloud Partner Portal's API has no page: the other APIs are asked for the product's GUID. */
static int open_run(const struct settings *s, int count, const char *const *arguments)
{
    static const struct offers_plan plan = {
        .view = VIEW_LIST, .depth = DEPTH_LIST, .mode = SELECT_EXACT, .use = open_on_offer
    };
    struct settings all = *s;
    struct error err = ERROR_INIT;

    if (glob_has_magic(arguments[0])) {
        error_set(&err, ERR_USAGE, "open needs one OFFER (no glob)");
        say_error(&err);
        return outcome_of_error(err.code);
    }
    if (strcmp(s->api, portal_default_api()) == 0) {
        api_choose_all(&all);
    }
    return offers_run(&all, &plan, count, arguments);
}

const struct cli_command command_open = {
    .name = "open",
    .arguments = "OFFER",
    .help = N_("the offer's page in Partner Center, in a browser"),
    .examples = { { .what = N_("the offer's page in a browser"),
                    .command = "offerstat open contoso-vm" },
                  { .what = N_("its address"), .command = "offerstat open contoso-vm --print" } },
    .more = N_("Without a terminal, with --print, or when no browser starts (BROWSER names one), "
               "the address is printed."),
    .takes_offers = true,
    .groups = FOR_ALL | FOR_REMOTE | FOR_OPEN,
    .min_arguments = 1,
    .max_arguments = 1,
    .run = open_run,
};

/* cmd_watch.c - `list`, refreshed until it is interrupted. */
#include "options/commands.h"

#include "offers/offers.h"
#include "options/options.h"
#include "terminal/say.h"
#include "waiting/polling.h"
#include "waiting/watch_loop.h"

#include "offerstat/translate.h"

#include <string.h>

/* A document has an end, and `watch` has none. */
static bool watch_prints(const struct render_format *format)
{
    return strcmp(format->name, "table") == 0 || strcmp(format->name, "wide") == 0 ||
           strcmp(format->name, "ndjson") == 0;
}

static int check_settings(const struct settings *s, struct error *err)
{
    if (!watch_prints(s->format)) {
        return error_set(err, ERR_USAGE,
                         "watch prints a table, wide or ndjson; `offerstat list` prints %s",
                         s->format->name);
    }
    if (s->reports.count > 0 || s->jq != NULL) {
        return error_set(
            err, ERR_USAGE,
            "watch has no document at its end: `offerstat list` takes --report and --jq");
    }
    return 0;
}

static int watch_run(const struct settings *s, int count, const char *const *arguments)
{
    static const struct offers_plan plan = {
        .view = VIEW_LIST, .depth = DEPTH_STATE, .mode = SELECT_PATTERN, .keeps_all = true
    };
    struct settings own = *s;
    struct offers_session session;
    struct error err = ERROR_INIT;
    int code;

    polling_adjust(&own);
    if (check_settings(&own, &err) != 0 ||
        offers_open(&session, &own, &plan, count, arguments, &err) != 0) {
        say_error(&err);
        return outcome_of_error(err.code);
    }
    session.streams = false; /* only the changes of an offer are printed */
    code = watch_loop(&session, &own);
    offers_close(&session);
    return code;
}

const struct cli_command command_watch = {
    .name = "watch",
    .prints = watch_prints,
    .arguments = "[PATTERN...]",
    .help = N_("`list`, refreshed, with marks for what has changed"),
    .examples = { { .what = N_("what is on its way, until nothing is any more"),
                    .command = "offerstat watch --state in_progress --until-settled" },
                  { .what = N_("a line for each change, for a log"),
                    .command = "offerstat watch 'contoso-*' | tee changes.log" } },
    .more =
        N_("PATTERN, filters, order and columns as in `list`. On a terminal * marks what has "
           "changed since the last read and + what has changed since the start; q or Ctrl-C ends "
           "it, and the last table stays. Elsewhere it prints a line for each change."),
    .takes_offers = true,
    .groups = FOR_ALL | FOR_REMOTE | FOR_OUTPUT | FOR_OFFERS | FOR_SELECT | FOR_WATCH | FOR_STAY |
              FOR_RECORDED,
    .max_arguments = -1,
    .run = watch_run,
};

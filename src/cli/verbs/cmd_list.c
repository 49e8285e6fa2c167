/* cmd_list.c - one row per offer. */
#include "options/commands.h"

#include "offers/offers.h"
#include "offerstat/translate.h"
#include "options/options.h"

static int list_run(const struct settings *s, int count, const char *const *arguments)
{
    static const struct offers_plan plan = { .view = VIEW_LIST,
                                             .depth = DEPTH_STATE,
                                             .mode = SELECT_PATTERN };

    return offers_run(s, &plan, count, arguments);
}

const struct cli_command command_list = {
    .name = "list",
    .alias = "ls",
    .arguments = "[PATTERN...]",
    .help = N_("the state of every offer, one row each"),
    .examples = { { .what = N_("offers that wait for you"),
                    .command = "offerstat list --state failed,pending_signoff" },
                  { .what = N_("ids of this week's changes, latest first"),
                    .command = "offerstat list --since 7d --sort -changedAt -o name" } },
    .more = N_("PATTERN is an offer id, publisher/offer, a glob on ids (quote it: 'contoso-*'), a "
               "name, or a part of an id or a name. Without one, all offers are meant."),
    .takes_offers = true,
    .groups =
        FOR_ALL | FOR_REMOTE | FOR_OUTPUT | FOR_OFFERS | FOR_SELECT | FOR_CHANGED | FOR_RECORDED,
    .max_arguments = -1,
    .run = list_run,
};

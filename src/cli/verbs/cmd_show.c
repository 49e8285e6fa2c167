/* cmd_show.c - one offer, every step, every message. */
#include "options/commands.h"

#include "offers/offers.h"
#include "offerstat/translate.h"
#include "options/options.h"

static int show_run(const struct settings *s, int count, const char *const *arguments)
{
    static const struct offers_plan plan = { .view = VIEW_SHOW,
                                             .depth = DEPTH_STEPS,
                                             .mode = SELECT_EXACT };

    return offers_run(s, &plan, count, arguments);
}

const struct cli_command command_show = {
    .name = "show",
    .view = VIEW_SHOW,
    .arguments = "OFFER...",
    .help = N_("an offer's publishing steps, with what blocks it"),
    .examples = { { .what = N_("every step of one offer, and what blocks it"),
                    .command = "offerstat show contoso-vm" },
                  { .what = N_("the texts of its errors, for a script"),
                    .command = "offerstat show contoso-vm --json | jq -r "
                               "'.offers[].steps[].messages[].text'" } },
    .more =
        N_("OFFER is an exact offer id (case ignored), a unique exact name, publisher/offer, or "
           "a glob on ids (quote it: 'contoso-*')."),
    .takes_offers = true,
    .groups = FOR_ALL | FOR_REMOTE | FOR_OUTPUT | FOR_OFFERS | FOR_RECORDED,
    .min_arguments = 1,
    .max_arguments = -1,
    .run = show_run,
};

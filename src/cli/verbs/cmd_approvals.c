/* cmd_approvals.c - offers that are published or being published, with what is asked of you. */
#include "options/commands.h"

#include "offers/offers.h"
#include "offerstat/translate.h"
#include "options/options.h"

static int approvals_run(const struct settings *s, int count, const char *const *arguments)
{
    static const struct offers_plan plan = {
        .view = VIEW_APPROVALS, .depth = DEPTH_STATE, .mode = SELECT_PATTERN, .approvals = true
    };

    return offers_run(s, &plan, count, arguments);
}

const struct cli_command command_approvals = {
    .name = "approvals",
    .view = VIEW_APPROVALS,
    .arguments = "[PATTERN...]",
    .help = N_("offers published or being published, with the action due"),
    .examples = { { .what = N_("what is on its way or live, and what is due"),
                    .command = "offerstat approvals" },
                  { .what = N_("the same of one publisher, as the service has it now"),
                    .command = "offerstat approvals -p contoso --time utc" } },
    .more =
        N_("The portal's Approvals page: offers that are live or in preview, and those on their "
           "way there, a failed publish included. PATTERN as in `list`."),
    .takes_offers = true,
    .groups =
        FOR_ALL | FOR_REMOTE | FOR_OUTPUT | FOR_OFFERS | FOR_SELECT | FOR_CHANGED | FOR_RECORDED,
    .max_arguments = -1,
    .run = approvals_run,
};

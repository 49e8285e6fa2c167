/* cmd_check.c - `check`: offers that offend, and the verdict as the exit code. */
#include "options/commands.h"

#include "offers/offers.h"
#include "offerstat/translate.h"
#include "options/options.h"

static int check_run(const struct settings *s, int count, const char *const *arguments)
{
    static const struct offers_plan plan = {
        .view = VIEW_CHECK, .depth = DEPTH_STEPS, .mode = SELECT_EXACT, .check = true
    };

    return offers_run(s, &plan, count, arguments);
}

const struct cli_command command_check = {
    .name = "check",
    .view = VIEW_CHECK,
    .arguments = "[OFFER...]",
    .help = N_("only offers that offend; the exit code is the verdict"),
    .examples = { { .what = N_("fail the job when any offer has failed"),
                    .command = "offerstat check" },
                  { .what = N_("two offers, both of which must be live"),
                    .command = "offerstat check contoso-vm contoso-saas --require live" } },
    .more = N_("For CI: every selected offer must pass. failed and unknown always offend. OFFER as "
               "in `show`; without one, all offers are meant. `offerstat help exit-codes` has the "
               "verdicts."),
    .takes_offers = true,
    .groups = FOR_ALL | FOR_REMOTE | FOR_OUTPUT | FOR_CHECK | FOR_RECORDED,
    .max_arguments = -1,
    .run = check_run,
};

/* cmd_wait.c - block until offers reach a state. */
#include "offers/offers.h"
#include "options/commands.h"
#include "options/options.h"
#include "process/interrupt.h"
#include "terminal/say.h"
#include "waiting/polling.h"
#include "waiting/wait_loop.h"

#include "offerstat/portal.h"
#include "offerstat/translate.h"

#include <string.h>

static int refuse(struct error *err, const char *why)
{
    return error_set_words(err, ERR_USAGE, why);
}

/* Whether only an API is asked that cannot show which of its offers were delisted. */
static bool cannot_be_delisted(const struct settings *s)
{
    return s->wait_for == 1u << STATE_DELISTED && s->witness == WITNESS_NEVER &&
           portal_traits(s->api)->cannot_see_delisted;
}

static bool wait_prints(const struct render_format *format)
{
    return strcmp(format->name, "name") != 0;
}

static int check_settings(const struct settings *s, int count, struct error *err)
{
    if (s->wait_any && count == 0) {
        return refuse(err, N_("--any needs the names of offers, one of which is enough"));
    }
    if (s->timeout_ms != WAIT_FOR_EVER && s->settle_ms > 0 && s->settle_ms >= s->timeout_ms) {
        return refuse(err,
                      N_("--settle is as long as --timeout or longer: no failure could last that "
                         "long"));
    }
    if (s->timeout_ms != WAIT_FOR_EVER && s->appear_ms > 0 && s->appear_ms > s->timeout_ms) {
        return refuse(err, N_("--appear is longer than --timeout"));
    }
    if (cannot_be_delisted(s)) {
        return refuse(err, N_("--for delisted: this API cannot show that an offer was delisted; "
                              "without --witness never the Graph API is asked"));
    }
    if (s->fields.count > 0 && strcmp(s->format->name, "json") != 0) {
        return refuse(err,
                      N_("--fields: wait prints a line; -o json has the fields of its offers"));
    }
    if (!wait_prints(s->format)) {
        return refuse(err, N_("wait prints a line, or json or ndjson"));
    }
    return 0;
}

static int wait_run(const struct settings *s, int count, const char *const *arguments)
{
    static const struct offers_plan plan = { .view = VIEW_CHECK,
                                             .depth = DEPTH_STEPS,
                                             .mode = SELECT_EXACT,
                                             .check = true,
                                             .keeps_all = true };
    struct settings own = *s;
    struct offers_session session;
    struct error err = ERROR_INIT;
    int code;

    polling_adjust(&own);
    if (check_settings(&own, count, &err) != 0 ||
        offers_open(&session, &own, &plan, count, arguments, &err) != 0) {
        say_error(&err);
        return outcome_of_error(err.code);
    }
    code = wait_loop(&session, &own);
    offers_close(&session);
    return code;
}

const struct cli_command command_wait = {
    .name = "wait",
    .view = VIEW_CHECK,
    .prints = wait_prints,
    .arguments = "[OFFER...]",
    .help = N_("until offers reach a state, or the deadline; one last line"),
    .examples = { { .what = N_("publishing started above: wait until it is your turn, or failed"),
                    .command = "offerstat wait contoso-vm --from-now --timeout 4h" },
                  { .what = N_("until it is live, for days, with a command at each change"),
                    .command = "offerstat wait contoso-vm --for live --timeout none --on-change "
                               "./notify.sh" } },
    .more =
        N_("OFFER as in `show`; without one, all offers are meant. Without --for the wait ends "
           "when nothing is in progress any more: 0 when nothing is under way or your sign-off is "
           "awaited, else the code of its state. An offer that fails, is canceled or delisted, or "
           "whose state is unknown, ends the wait unless that state was named.\n"
           "\n"
           "The first complete read decides which offers are meant; later reads ask only for "
           "those that are not there yet. A read that fails is not retried, since the next one is "
           "the retry. --on-change runs its command with OFFERSTAT_OFFER, OFFERSTAT_PUBLISHER, "
           "OFFERSTAT_FROM, OFFERSTAT_TO, OFFERSTAT_STEP, OFFERSTAT_MESSAGE and OFFERSTAT_URL, "
           "for at most 60 seconds; its output goes to stderr."),
    .takes_offers = true,
    .groups = FOR_ALL | FOR_REMOTE | FOR_OUTPUT | FOR_WAIT | FOR_STAY | FOR_RECORDED,
    .max_arguments = -1,
    .run = wait_run,
};

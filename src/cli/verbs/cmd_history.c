/* cmd_history.c - what was submitted to publish an offer, newest first. */
#include "offers/offers.h"
#include "options/api_choice.h"
#include "options/commands.h"
#include "options/options.h"
#include "output/output.h"
#include "session/session.h"
#include "terminal/progress.h"
#include "terminal/say.h"

#include "offerstat/portal.h"
#include "offerstat/text.h"
#include "offerstat/translate.h"

#include <string.h>

/* A job is read by its id alone, and only the Graph API has any. */
static int read_job(const struct settings *s, struct report *report, struct error *err)
{
    struct session *session = NULL;
    int rc = -1;

    if (session_open(s, &session, NULL, NULL, err) == 0) {
        rc = portal_job(session_portal(session), s->job, report, err);
    }
    session_close(session);
    progress_clear();
    return rc;
}

static int print_job(const struct settings *given)
{
    struct report report = REPORT_INIT;
    struct settings s = *given;
    struct output *output = NULL;
    struct error err = ERROR_INIT;
    int code;

    /* Without --api, or with the default one, which has no jobs: the API that has them. */
    if (s.finds_apis || strcmp(s.api, portal_default_api()) == 0) {
        api_choose_one(&s, portal_jobs_api());
    }
    report.generated_ms = output_now_ms();
    report.api = s.api;
    if (output_open(&s, VIEW_HISTORY, &output, &err) != 0) {
        say_error(&err);
        return outcome_of_error(err.code);
    }
    if (read_job(&s, &report, &err) != 0) {
        report_problem(&report, &err, NULL, NULL);
        say_error(&err);
    }
    code = output_finish(output, &report);
    output_close(output);
    report_clear(&report);
    return code;
}

static int history_run(const struct settings *s, int count, const char *const *arguments)
{
    static const struct offers_plan plan = { .view = VIEW_HISTORY,
                                             .depth = DEPTH_HISTORY,
                                             .mode = SELECT_EXACT };
    struct error err = ERROR_INIT;

    if ((s->job != NULL) == (count > 0) || (count > 0 && glob_has_magic(arguments[0]))) {
        error_set(&err, ERR_USAGE, "history needs one OFFER (no glob), or --job ID");
        say_error(&err);
        return outcome_of_error(err.code);
    }
    if (s->job != NULL) {
        return print_job(s);
    }
    return offers_run(s, &plan, count, arguments);
}

const struct cli_command command_history = {
    .name = "history",
    .view = VIEW_HISTORY,
    .arguments = "OFFER | --job ID",
    .help = N_("what was submitted to publish an offer, newest first"),
    .examples = { { .what = N_("the submissions of one offer"),
                    .command = "offerstat history contoso-vm" },
                  { .what = N_("the latest three of Partner Center"),
                    .command = "offerstat history contoso-vm --api ingestion --limit 3" } },
    .more = N_("Submissions of the offer, and their operations if the API reports them. --job "
               "reads the status of one configure job of the Graph API by its id, since jobs "
               "cannot be listed."),
    .takes_offers = true,
    .groups = FOR_ALL | FOR_REMOTE | FOR_OUTPUT | FOR_HISTORY,
    .max_arguments = 1,
    .run = history_run,
};

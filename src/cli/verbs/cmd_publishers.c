/* cmd_publishers.c - the publishers this account sees. */
#include "options/commands.h"
#include "options/options.h"
#include "output/output.h"
#include "session/session.h"
#include "session/ways.h"
#include "terminal/progress.h"
#include "terminal/say.h"

#include "offerstat/portal.h"
#include "offerstat/translate.h"

/* *opened: whether the session could be opened. */
static int read_publishers(const struct settings *s, struct report *report, bool *opened,
                           struct error *err)
{
    struct session *session = NULL;
    int rc = -1;

    *opened = session_open(s, &session, NULL, NULL, err) == 0;
    if (*opened) {
        rc = portal_publishers(session_portal(session), report, err);
    }
    session_close(session);
    progress_clear();
    return rc;
}

static int publishers_run(const struct settings *s, int count, const char *const *arguments)
{
    struct report report = REPORT_INIT;
    struct output *output = NULL;
    struct error err = ERROR_INIT;
    bool opened = false;
    int code = EXIT_BUG;

    (void)count;
    (void)arguments;
    report.generated_ms = output_now_ms();
    report.api = s->api;
    if (output_open(s, VIEW_PUBLISHERS, &output, &err) != 0) {
        say_error(&err);
        return outcome_of_error(err.code);
    }
    if (read_publishers(s, &report, &opened, &err) != 0 &&
        report_problem(&report, &err, NULL, NULL) != 0) {
        error_memory(&err);
        say_error(&err);
        goto done;
    }
    for (size_t i = 0; i < report.problem_count; i++) {
        say_problem(&report.problems[i]);
    }
    if (!opened && report.problem_count > 0) {
        ways_say(s, report.problems[0].code);
    }
    if (report.problem_count == 0 && report.publisher_count == 0) {
        say_hint("this account sees no publishers");
    }
    code = outcome_of_report(&report);
    if (code != EXIT_USAGE) {
        code = output_finish(output, &report);
    }
done:
    output_close(output);
    report_clear(&report);
    return code;
}

const struct cli_command command_publishers = {
    .name = "publishers",
    .view = VIEW_PUBLISHERS,
    .arguments = "",
    .help = N_("the publishers this account sees"),
    .examples = { { .what = N_("whose offers this account can read"),
                    .command = "offerstat publishers" },
                  { .what = N_("their ids alone"), .command = "offerstat publishers -o name" } },
    .groups = FOR_ALL | FOR_REMOTE | FOR_OUTPUT,
    .run = publishers_run,
};

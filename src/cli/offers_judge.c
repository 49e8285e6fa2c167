/* offers_judge.c - what a read says of what was asked for: tally, verdict, what is not there. */
#include "offers_judge.h"

#include "say.h"
#include "settings.h"

#include "offerstat/outcome.h"

void offers_count(struct offers_result *result, const struct offer *o)
{
    for (size_t i = 0; i < o->note_count; i++) {
        if (o->notes[i].warning) {
            say_warning("offer %s: %s", o->id, o->notes[i].text);
        }
    }
    report_count(&result->report, o);
}

bool offers_pass(struct offers_result *result, const struct offer *o)
{
    int verdict = verdict_of(&result->of->settings->policy, o);

    if (verdict == EXIT_OK) {
        return true;
    }
    result->report.verdict = outcome_worse(result->report.verdict, verdict);
    result->report.offending++;
    return false;
}

int offers_report_missing(struct offers_result *result, struct error *err)
{
    struct error missing = ERROR_INIT;

    for (size_t i = 0; selection_missing(&result->selection, i, &missing); i++) {
        if (result->may_hide) {
            say_warning("%s (it may be among what could not be read)", missing.text);
        } else if (report_problem(&result->report, &missing, NULL, NULL) != 0) {
            return error_memory(err);
        }
    }
    return 0;
}

int offers_report_empty(struct offers_result *result, struct error *err)
{
    const struct settings *s = result->of->settings;
    const struct report *r = &result->report;
    struct error empty = ERROR_INIT;

    if (!result->of->plan->check || s->allow_empty || r->problem_count > 0 ||
        r->total + r->offending > 0) {
        return 0;
    }
    error_set(&empty, ERR_NOT_FOUND,
              "there are no offers to check%s (--allow-empty makes that pass)",
              s->filter.type != NULL ? " of that type" : "");
    if (report_problem(&result->report, &empty, NULL, NULL) != 0) {
        return error_memory(err);
    }
    return 0;
}

/* offers_judge.c - what a read found of what was asked for: tally, verdict, what is missing. */
#include "offers_judge.h"

#include "options/api_choice.h"
#include "options/settings.h"
#include "session/session.h"
#include "terminal/say.h"

#include "offerstat/outcome.h"
#include "offerstat/strbuf.h"
#include "offerstat/text.h"

#include <stdio.h>

/* "Live, with nothing under way" is inferred as well, but so common that no one needs to report
 * it. */
static bool is_unplaced(const struct offer *o)
{
    bool rare = o->state == STATE_CANCELED || o->state == STATE_DELISTED;

    return o->state == STATE_UNKNOWN || (rare && o->basis == BASIS_INFERRED);
}

void offers_count(struct offers_result *result, const struct offer *o)
{
    for (size_t i = 0; i < o->note_count; i++) {
        if (o->notes[i].warning) {
            say_warning("offer %s: %s", o->id, note_text(&o->notes[i]));
        }
    }
    if (o->basis == BASIS_PROVISIONAL) {
        result->provisional++;
    }
    if (is_unplaced(o)) {
        result->unplaced++;
    }
    report_count(&result->report, o);
}

enum selected offers_excepts(const struct offers_result *result, const char *publisher,
                             const char *id, const char *name)
{
    if (result->except.count == 0 ||
        selection_test(&result->selection, publisher, id, name) == SELECTED_NO) {
        return SELECTED_NO;
    }
    return selection_test(&result->except, publisher, id, name);
}

/* Several APIs may list the offer, and some do not know its publisher. */
static bool is_known_already(const struct offers_result *result, size_t nth)
{
    const struct excepted *e = &result->excepted[nth];

    for (size_t i = 0; i < result->excepted_count; i++) {
        const struct excepted *other = &result->excepted[i];
        if (i == nth || !text_equal_nocase(e->id, other->id)) {
            continue;
        }
        if (e->publisher == NULL && (other->publisher != NULL || i < nth)) {
            return true;
        }
        if (i < nth && text_equal_nocase(e->publisher, other->publisher)) {
            return true;
        }
    }
    return false;
}

void offers_count_excepted(struct offers_result *result)
{
    for (size_t i = 0; i < result->excepted_count; i++) {
        const struct excepted *e = &result->excepted[i];
        if (!is_known_already(result, i) &&
            selection_has(&result->selection, e->publisher, e->id, e->name) &&
            selection_has(&result->except, e->publisher, e->id, e->name)) {
            result->report.excepted++;
        }
    }
}

int offers_check_sum(const struct offers_result *result, struct error *err)
{
    const struct report *r = &result->report;
    size_t known = r->total + result->filtered_out + result->left_out;

    if (r->read == known) {
        return 0;
    }
    return error_set(err, ERR_BUG,
                     "of %zu offers that were read %zu are accounted for, please report this bug",
                     r->read, known);
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

static int report_missing(struct offers_result *result, const struct selection *s,
                          const char *option, struct error *err)
{
    struct error missing = ERROR_INIT;

    for (size_t i = 0; selection_missing(s, i, &missing); i++) {
        if (option != NULL) {
            error_wrap(&missing, "%s", option);
        }
        if (result->may_hide && result->of->plan->keeps_all) {
            continue; /* the next read will show it */
        }
        if (result->may_hide) {
            say_warning("%s (it may be among what could not be read)", error_text(&missing));
        } else if (report_problem(&result->report, &missing, NULL, NULL) != 0) {
            return error_memory(err);
        }
    }
    return 0;
}

int offers_report_missing(struct offers_result *result, struct error *err)
{
    if (report_missing(result, &result->selection, NULL, err) != 0) {
        return -1;
    }
    return report_missing(result, &result->except, "--except", err);
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
    if (r->excepted > 0) {
        error_set(&empty, ERR_NOT_FOUND,
                  "there are no offers to check but those that are excepted (--allow-empty makes "
                  "that pass)");
    } else if (s->filter.type != NULL) {
        error_set(&empty, ERR_NOT_FOUND,
                  "there are no offers to check of that type (--allow-empty makes that pass)");
    } else {
        error_set(&empty, ERR_NOT_FOUND,
                  "there are no offers to check (--allow-empty makes that pass)");
    }
    if (report_problem(&result->report, &empty, NULL, NULL) != 0) {
        return error_memory(err);
    }
    return 0;
}

unsigned offers_apis_read(const struct offers_result *result)
{
    unsigned set = 0;

    if (result->of->session != NULL) {
        set = session_apis(result->of->session);
    }
    for (size_t i = 0; i < result->refusal_count; i++) {
        set &= ~api_set_of(result->refusals[i].api);
    }
    return set;
}

static void hint_at_refusal(struct offers_result *result, const struct refusal *refusal)
{
    struct error what = ERROR_INIT;

    if (refusal->why.code == ERR_NONE) {
        error_set(&what, ERR_AUTH, "the %s API is left out: it has no publisher of this account",
                  refusal->api);
    } else {
        error_set(&what, ERR_AUTH, "the %s API is left out: it refuses this account (HTTP %ld)",
                  refusal->api, refusal->why.http);
    }
    say_hint("%s", error_text(&what));
    if (report_note(&result->report, what.text) != 0) {
        result->no_memory = true;
    }
}

static int report_refusal(struct offers_result *result, const struct refusal *refusal,
                          struct error *err)
{
    struct strbuf others = STRBUF_INIT(256);
    struct error problem = refusal->why;
    unsigned rest = offers_apis_read(result);
    int rc = 0;

    if (problem.code == ERR_NONE) {
        error_set(&problem, ERR_AUTH, "this account has no publisher there");
    }
    error_wrap(&problem, "%s", refusal->api);
    if (result->of->plan->check && rest != 0) {
        api_set_print(&others, rest, ",");
        error_append(&problem, "; if that is meant, --api %s leaves it out", strbuf_text(&others));
    }
    if (result->report.problem_count == 0) {
        result->http = problem.http;
    }
    result->may_hide = true;
    result->report.broken_lists++;
    if (others.failed || report_problem(&result->report, &problem, NULL, NULL) != 0) {
        rc = error_memory(err);
    }
    strbuf_clear(&others);
    return rc;
}

int offers_report_refusals(struct offers_result *result, struct error *err)
{
    const struct report *r = &result->report;
    bool alone = !api_set_has_several(session_apis(result->of->session));
    bool delivered = r->read > 0 || (r->problem_count == 0 && offers_apis_read(result) != 0);

    for (size_t i = 0; i < result->refusal_count; i++) {
        const struct refusal *refusal = &result->refusals[i];
        if (alone && refusal->why.code == ERR_NONE) {
            continue; /* having no offers is no problem */
        }
        if (delivered && !result->of->plan->check) {
            hint_at_refusal(result, refusal);
        } else if (report_refusal(result, refusal, err) != 0) {
            return -1;
        }
    }
    return 0;
}

/* offers_print.c - a finished read: its problems on stderr, its document on stdout. */
#include "offers_print.h"

#include "offers_judge.h"
#include "offers_suggest.h"
#include "options/api_choice.h"
#include "options/settings.h"
#include "output/ci_runner.h"
#include "output/output.h"
#include "session/ways.h"
#include "terminal/say.h"

#include "offerstat/outcome.h"
#include "offerstat/strbuf.h"

#include <string.h>
#include <unistd.h>

/* An outage makes hundreds of similar problems; the report has them all. */
#define PROBLEMS_SAID 20

/* A whole account with no more offers than this is suspicious. */
#define LITTLE_MAX 2

/* Nothing was asked for by name, and no offer was found. */
static bool is_empty(const struct offers_result *result)
{
    const struct report *r = &result->report;

    if (result->of->argument_count > 0 || result->filtered_out > 0 || result->ruled_out > 0) {
        return false;
    }
    return r->problem_count == 0 || /* for `check`, having nothing to check is a problem */
           (result->of->plan->check && r->problems[0].code == ERR_NOT_FOUND);
}

/* Hint at an API that may have what this one lacks.  False: there is none. */
static bool say_new_offers(const struct offers_result *result)
{
    const struct report *r = &result->report;
    bool forbidden = r->problem_count > 0 && result->http == 403;

    if (portal_traits(result->of->settings->api)->lacks_new_offers && r->read == 0 &&
        (forbidden || is_empty(result))) {
        say_hint("offers that were made in Partner Center are not in this API: --api ingestion, "
                 "graph or all reads them");
        return true;
    }
    return false;
}

static void say_seller_id(const struct report *r)
{
    for (size_t i = 0; i < r->problem_count; i++) {
        if (strstr(r->problems[i].text, "x-ms-publisherId") != NULL) {
            say_hint("--seller-id N sends the seller's number that the service asks for");
            return;
        }
    }
}

/* Whether so few offers were found that a user will ask which APIs were read: none, or hardly any
 * when several APIs were asked for everything.  What could not be read is reported elsewhere. */
static bool found_little(const struct offers_result *result)
{
    const struct report *r = &result->report;
    const struct offers_session *of = result->of;
    bool all_meant = of->settings->finds_apis && of->argument_count == 0 && !of->plan->check &&
                     of->settings->limit == 0 && result->filtered_out == 0 &&
                     result->ruled_out == 0;

    for (size_t i = 0; i < r->problem_count; i++) {
        const struct problem *p = &r->problems[i];
        if (p->code != ERR_NOT_FOUND || (p->publisher != NULL && p->offer == NULL)) {
            return false;
        }
    }
    return r->total == 0 || (all_meant && r->total <= LITTLE_MAX);
}

/* With `auto` nothing else shows which APIs were read. */
static void say_apis_read(const struct offers_result *result)
{
    const struct settings *s = result->of->settings;
    struct strbuf names = STRBUF_INIT(256);
    unsigned set = offers_apis_read(result);

    if (!s->is_auto || s->changed || set == 0 || !found_little(result)) {
        return;
    }
    api_set_print(&names, set, ", ");
    if (s->finds_apis) {
        say_hint("what was read: %s", strbuf_text(&names));
    } else if (s->token_api != NULL) {
        say_hint("what was read: %s, the API that the token is for", strbuf_text(&names));
    } else {
        say_hint("what was read: %s, since the token names no API (--api names another)",
                 strbuf_text(&names));
    }
    strbuf_clear(&names);
}

/* Only for a person at a terminal, like gh's notices: in a script stderr is for errors.  Not when a
 * recording is already being made. */
void offers_say_unplaced(const struct offers_session *o)
{
    const struct settings *s = o->settings;

    if (o->unplaced && o->plan->use == NULL && isatty(STDERR_FILENO) == 1 && s->har == NULL &&
        !ci_runner_is_here(s)) {
        say_hint("unknown and inferred states rest on answers without documentation: --har FILE "
                 "--har-names records them for a report");
    }
}

static void say_problems(const struct offers_result *result)
{
    const struct report *r = &result->report;

    for (size_t i = 0; i < r->problem_count && i < PROBLEMS_SAID; i++) {
        say_problem(&r->problems[i]);
    }
    if (r->problem_count > PROBLEMS_SAID) {
        say_warning("%zu more errors (-o json has them all)", r->problem_count - PROBLEMS_SAID);
    }
    if (r->problem_count > 0) {
        say_advice(result->of->settings->api, r->problems[0].code, result->http);
        if (result->of->session == NULL) {
            ways_say(result->of->settings, r->problems[0].code);
        }
    } else if (r->total == 0 && result->of->settings->changed) {
        say_hint("no offer differs from the record");
    } else if (r->total == 0 &&
               (result->filtered_out > 0 || result->ruled_out > 0 || result->selection.count > 0)) {
        say_hint("no offers match");
    } else if (r->total == 0) {
        say_hint("there are no offers");
    } else if (result->of->plan->depth == DEPTH_HISTORY && r->event_count == 0) {
        say_hint("nothing was ever submitted");
    }
    if (result->of->settings->quick && result->provisional > 0 &&
        !result->of->settings->format->machine) {
        say_hint("a ? marks states by the list alone, which may differ from the real ones; "
                 "without --quick they are read");
    } else {
        offers_say_unplaced(result->of);
    }
    offers_suggest(result);
    if (!say_new_offers(result)) {
        say_apis_read(result);
    }
    say_seller_id(r);
}

int offers_print(const struct offers_result *result)
{
    int code = outcome_of_report(&result->report);

    say_problems(result);
    if (result->of->plan->use != NULL || code == EXIT_OUTPUT || code == EXIT_USAGE) {
        return code; /* already printed, or not to be printed */
    }
    return output_finish(result->of->output, &result->report);
}

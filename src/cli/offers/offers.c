/* offers.c - a session of offers: open, read, close. */
#include "offers.h"

#include "offers_judge.h"
#include "offers_print.h"
#include "offers_sink.h"
#include "options/api_choice.h"
#include "options/settings.h"
#include "output/output.h"
#include "session/session.h"
#include "terminal/progress.h"
#include "terminal/say.h"

#include "offerstat/outcome.h"
#include "offerstat/strbuf.h"
#include "offerstat/text.h"
#include "offerstat/translate.h"

#include <string.h>

static int check_since(const struct settings *s, struct error *err)
{
    if (s->since_last) {
        return error_set(err, ERR_USAGE, "--since last is only for the command changes");
    }
    return 0;
}

/* A filter on what --quick does not read would hide offers, and only one API's list has states. */
static int check_quick(const struct settings *s, struct error *err)
{
    if (s->quick && strcmp(s->api, portal_default_api()) != 0) {
        return error_set(err, ERR_USAGE,
                         "--quick: only the list of --api %s has states; the lists that --api %s "
                         "reads do not",
                         portal_default_api(), s->api);
    }
    if (s->quick && (s->filter.states != 0 || s->filter.not_states != 0 || s->filter.lives != 0)) {
        return error_set(err, ERR_USAGE,
                         "--quick: states by the list alone are provisional, so that --state, "
                         "--not-state and --live would miss offers");
    }
    if (s->quick && s->changed) {
        return error_set(
            err, ERR_USAGE,
            "--quick: states by the list alone are provisional, so that --changed could compare "
            "none");
    }
    return 0;
}

int offers_open(struct offers_session *o, const struct settings *s, const struct offers_plan *plan,
                int count, const char *const *arguments, struct error *err)
{
    *o = (struct offers_session){
        .settings = s, .plan = plan, .arguments = arguments, .argument_count = (size_t)count
    };
    if (check_since(s, err) != 0 || check_quick(s, err) != 0) {
        return -1;
    }
    if (output_open(s, plan->view, &o->output, err) != 0) {
        return -1;
    }
    o->streams = output_streams(o->output);
    o->looks_ahead = plan->keeps_all || output_shows_outlook(o->output);
    return 0;
}

void offers_close(struct offers_session *o)
{
    session_close(o->session);
    output_close(o->output);
    arena_clear(&o->arena);
}

/* A check must not pass because a sign-in is missing: an API that --api names is required. */
static bool misses_what_is_left_out(const struct offers_session *o)
{
    return o->plan->check && !o->settings->finds_apis;
}

static void offers_on_left_out(void *user, const struct error *what)
{
    struct offers_session *o = user;

    if (what == NULL) {
        o->no_signin = true;
        return;
    }
    if (!misses_what_is_left_out(o)) {
        say_hint("%s", error_text(what));
    }
    if (o->left_out_count < PORTAL_APIS) {
        o->left_out[o->left_out_count++] = *what;
    }
}

static bool wants_witness(const struct offers_session *o)
{
    return o->settings->witness != WITNESS_NEVER && !o->settings->quick &&
           (o->plan->depth == DEPTH_STATE || o->plan->depth == DEPTH_STEPS);
}

static int open_session(struct offers_session *o, struct error *err)
{
    const struct settings *s = o->settings;
    struct portal *const *portals;
    size_t count;

    o->left_out_count = 0;
    if (session_open(s, &o->session, offers_on_left_out, o, err) != 0) {
        return -1;
    }
    if (wants_witness(o) && session_open_graph(s, o->session, err) != 0) {
        session_close(o->session);
        o->session = NULL;
        return -1;
    }
    count = session_portals(o->session, &portals);
    for (size_t i = 0; s->publishers.count == 0 && i < count; i++) {
        if (portal_has_publishers(portals[i])) {
            say_hint("no publisher given: reading every publisher of the account (-p ID reads "
                     "one)");
        }
    }
    return 0;
}

bool offers_are_named_by_id(const struct offers_session *o)
{
    for (size_t i = 0; i < o->argument_count; i++) {
        /* A blank is of a name: no offer id has one. */
        if (glob_has_magic(o->arguments[i]) || strpbrk(o->arguments[i], "/ ") != NULL) {
            return false;
        }
    }
    return o->plan->mode == SELECT_EXACT && o->settings->except.count == 0;
}

static int read_portals(struct offers_result *result, struct error *err)
{
    const struct offers_session *o = result->of;
    const struct settings *s = o->settings;
    const struct portal_sink sink = offers_sink(result);
    struct portal *const *portals;
    size_t count = session_portals(o->session, &portals);
    struct portal_query query = { .publishers = s->publishers.items,
                                  .publisher_count = s->publishers.count,
                                  .depth = s->quick ? DEPTH_LIST : o->plan->depth,
                                  .limit = s->sort == NULL ? s->limit : 0,
                                  .merge = api_set_has_several(s->apis),
                                  .witness = s->witness,
                                  .graph = session_graph(o->session) };

    if (offers_are_named_by_id(o) && (o->again == NULL || !o->again->fixed)) {
        query.ids = o->arguments;
        query.id_count = o->argument_count;
    }
    if (o->again != NULL && o->again->id_count > 0) {
        query.ids = o->again->ids;
        query.id_count = o->again->id_count;
    }
    if (o->again != NULL && o->again->publisher_count > 0) {
        query.publishers = o->again->publishers;
        query.publisher_count = o->again->publisher_count;
    }
    session_begin_run(o->session);
    if (o->plan->depth == DEPTH_HISTORY) {
        progress_doing(_("Reading the history"));
    } else {
        progress_doing(_("Reading the list of offers"));
    }
    return portal_read(portals, count, &query, &sink, err);
}

/* Order what was kept, cut it to the limit, and count it. */
static int arrange(struct offers_result *result, struct error *err)
{
    const struct settings *s = result->of->settings;
    struct offer_list *offers = &result->report.offers;
    struct offer scratch_offer;

    if (s->sort != NULL &&
        offer_list_sort(offers, offer_compare_by(s->sort), s->sort_descending) != 0) {
        return error_memory(err);
    }
    if (s->limit > 0 && offers->count > s->limit) {
        result->left_out += offers->count - s->limit;
        result->report.matching = offers->count;
        offers->count = s->limit;
    }
    if (s->limit > 0 && result->report.event_count > s->limit) {
        result->report.matching = result->report.event_count;
        result->report.event_count = s->limit;
        result->report.limited = true;
    }
    for (size_t i = 0; i < offers->count; i++) {
        offers_count(result, offer_list_at(offers, i, &scratch_offer));
    }
    result->report.limited = result->report.limited || result->left_out > 0;
    offers_count_excepted(result);
    return offers_check_sum(result, err);
}

/* Only once the lists are complete, since one that breaks off is read again. */
static int use_offers(struct offers_result *result, struct error *err)
{
    const struct offers_session *o = result->of;
    struct offer scratch_offer;

    for (size_t i = 0; o->plan->use != NULL && i < result->report.offers.count; i++) {
        const struct offer *offer = offer_list_at(&result->report.offers, i, &scratch_offer);
        if (o->plan->use(o->plan->user, o->settings, offer, err) != 0) {
            result->report.read = 0; /* no offer counts as read */
            return -1;
        }
    }
    return 0;
}

/* Report arguments that matched nothing, unless this read asked for less than the arguments
 * select. */
static int report_what_is_not_there(struct offers_result *result, struct error *err)
{
    const struct offers_again *again = result->of->again;

    if (again != NULL && again->fixed) {
        return 0;
    }
    return offers_report_missing(result, err);
}

/* Report that there is nothing to check.  A later read of a wait asks only for what is left, which
 * may be nothing. */
static int report_nothing(struct offers_result *result, struct error *err)
{
    const struct offers_again *again = result->of->again;

    if (again != NULL && again->fixed) {
        return 0;
    }
    return offers_report_empty(result, err);
}

/* Whether the read has everything that the services list, so that what is missing does not
 * exist. */
static bool is_whole_list(const struct offers_result *result)
{
    const struct offers_session *o = result->of;
    const struct settings *s = o->settings;
    const struct filter *f = &s->filter;

    return o->argument_count == 0 && o->again == NULL && !o->plan->approvals && s->limit == 0 &&
           s->except.count == 0 && f->states == 0 && f->not_states == 0 && f->lives == 0 &&
           f->type == NULL && result->filter.since_ms == 0 && result->report.problem_count == 0 &&
           result->refusal_count == 0 && o->left_out_count == 0;
}

static int read_once(struct offers_session *o, struct offers_result *result, struct error *err)
{
    int rc = o->session != NULL ? 0 : open_session(o, err);
    struct strbuf rest = STRBUF_INIT(256);

    if (o->session != NULL) {
        api_set_print(&rest, session_apis(o->session), ",");
    }
    for (size_t i = 0; i < o->left_out_count; i++) {
        result->no_memory |= report_note(&result->report, o->left_out[i].text) != 0;
        if (misses_what_is_left_out(o)) {
            struct error missed = o->left_out[i];
            error_append(&missed, "; if that is meant, --api %s leaves it out", strbuf_text(&rest));
            result->no_memory |= report_problem(&result->report, &missed, NULL, NULL) != 0;
            result->may_hide = true;
        }
    }
    result->no_memory |= rest.failed;
    strbuf_clear(&rest);
    if (rc != 0 || read_portals(result, err) != 0 || offers_report_refusals(result, err) != 0 ||
        report_what_is_not_there(result, err) != 0 || arrange(result, err) != 0 ||
        use_offers(result, err) != 0 || report_nothing(result, err) != 0) {
        return -1;
    }
    if (result->no_memory || o->no_memory) {
        return error_memory(err);
    }
    return 0;
}

/* Name the APIs that were read in the report; "all" stays "all". */
static int name_apis(struct offers_result *result)
{
    const struct settings *s = result->of->settings;
    struct strbuf names = STRBUF_INIT(256);
    unsigned set = offers_apis_read(result);
    int rc = 0;

    if (!api_set_has_several(s->apis) || strcmp(s->api, API_ALL) == 0 || set == 0) {
        return 0;
    }
    api_set_print(&names, set, ",");
    result->report.api = arena_strdup(&result->arena, strbuf_text(&names));
    if (names.failed || result->report.api == NULL) {
        result->report.api = s->api;
        rc = -1;
    }
    strbuf_clear(&names);
    return rc;
}

int offers_read(struct offers_session *o, struct offers_result *result, struct error *err)
{
    const struct settings *s = o->settings;
    struct error failure = ERROR_INIT;
    int64_t now_ms = output_now_ms();
    int rc = 0;

    *result = (struct offers_result){ .of = o, .filter = s->filter, .report = REPORT_INIT };
    result->filter.approvals = o->plan->approvals;
    if (s->since_age_ms > 0) {
        result->filter.since_ms = now_ms - s->since_age_ms;
    } else if (s->since_at_ms > 0) {
        result->filter.since_ms = s->since_at_ms;
    }
    result->report.generated_ms = now_ms;
    result->report.api = s->api;
    result->report.checked = o->plan->check;
    if (selection_init(&result->selection, o->plan->mode, o->arguments, o->argument_count) != 0 ||
        selection_init(&result->except, SELECT_EXACT, s->except.items, s->except.count) != 0) {
        return error_memory(err);
    }
    if (record_use_is_wanted(s) && o->plan->use == NULL && o->plan->depth != DEPTH_HISTORY) {
        rc = record_use_begin(&result->record_use, s, &failure);
    }
    if (rc == 0) {
        rc = read_once(o, result, &failure);
        progress_clear();
        o->unplaced = o->unplaced || result->unplaced > 0;
        record_use_finish(&result->record_use, rc == 0 && is_whole_list(result));
    }
    if (name_apis(result) != 0) {
        return error_memory(err);
    }
    if (rc != 0 && report_problem(&result->report, &failure, NULL, NULL) != 0) {
        return error_memory(err);
    }
    return 0;
}

void offers_result_clear(struct offers_result *result)
{
    selection_clear(&result->selection);
    selection_clear(&result->except);
    record_use_close(&result->record_use);
    outlooks_clear(&result->outlooks);
    arena_clear(&result->arena);
    report_clear(&result->report);
}

int offers_run(const struct settings *s, const struct offers_plan *plan, int count,
               const char *const *arguments)
{
    struct offers_session o;
    struct offers_result result;
    struct error err = ERROR_INIT;
    int code;

    if (offers_open(&o, s, plan, count, arguments, &err) != 0) {
        say_error(&err);
        return outcome_of_error(err.code);
    }
    if (offers_read(&o, &result, &err) == 0) {
        code = offers_print(&result);
    } else {
        say_error(&err);
        code = outcome_of_error(err.code);
    }
    offers_result_clear(&result);
    offers_close(&o);
    return code;
}

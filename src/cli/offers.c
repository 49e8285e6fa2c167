/* offers.c - what list, show and approvals have in common: select, read, filter, print, judge. */
#include "offers.h"

#include "output.h"
#include "progress.h"
#include "say.h"
#include "session.h"
#include "settings.h"

#include "offerstat/outcome.h"

#include "offerstat/portal.h"
#include "offerstat/text.h"

#include <stdlib.h>
#include <string.h>

/* One run, as the portal's callbacks see it. */
struct run {
    const struct settings *settings;
    const struct offers_plan *plan;
    const char *const *arguments;
    size_t argument_count;
    struct filter filter;
    struct selection selection;
    struct report report;
    struct render *render;
    bool streams;        /* offers are written as they come */
    bool no_memory;      /* for what the document should say beside the offers */
    bool may_hide;       /* something unreadable may hide an offer that an argument names */
    long http;           /* status of the first failed answer */
    size_t filtered_out; /* offers read that a filter kept back */
};

static enum selected select_offer(void *user, const struct offer *o)
{
    struct run *run = user;
    enum selected selected = selection_test(&run->selection, o->publisher, o->id, o->name);

    struct filter filter = run->filter;

    if (strcmp(run->settings->api, API_ALL) == 0) {
        filter.since_ms = 0; /* another API may know of a later change */
    }
    if (selected != SELECTED_NO && !filter_may_pass(&filter, o)) {
        run->filtered_out++;
        return SELECTED_NO;
    }
    return selected;
}

static bool select_by_unique_name(void *user, const struct offer *o)
{
    struct run *run = user;

    return selection_has_unique_name(&run->selection, o->name);
}

static void count_offer(struct run *run, const struct offer *o)
{
    for (size_t i = 0; i < o->note_count; i++) {
        if (o->notes[i].warning) {
            say_warning("offer %s: %s", o->id, o->notes[i].text);
        }
    }
    report_count(&run->report, o);
}

static int write_offer(struct run *run, const struct offer *o, struct error *err)
{
    count_offer(run, o);
    return run->streams ? render_offer(run->render, o, err) : 0;
}

/* Whether a judged offer passes: it is counted, and not shown. */
static bool passes(struct run *run, const struct offer *o)
{
    int verdict = verdict_of(&run->settings->policy, o);

    if (verdict == EXIT_OK) {
        count_offer(run, o);
        return true;
    }
    run->report.verdict = outcome_worse(run->report.verdict, verdict);
    run->report.offending++;
    return false;
}

/* The events of an offer are the report, the offer itself is not shown. */
static int take_events(struct run *run, const struct offer *o, struct error *err)
{
    count_offer(run, o);
    for (size_t i = 0; i < o->event_count; i++) {
        if (report_event(&run->report, o->id, &o->events[i]) != 0) {
            return error_memory(err);
        }
    }
    return 0;
}

static int take_offer(void *user, const struct offer *o, struct error *err)
{
    struct run *run = user;

    run->report.read++;
    if (run->plan->use != NULL) {
        count_offer(run, o);
        if (run->plan->use(run->settings, o, err) == 0) {
            return 0;
        }
        run->report.read = 0; /* nothing came of it */
        return -1;
    }
    if (run->plan->depth == DEPTH_HISTORY) {
        return take_events(run, o, err);
    }
    if (!filter_passes(&run->filter, o)) {
        run->filtered_out++;
        return 0;
    }
    if (run->plan->check && passes(run, o)) {
        return 0;
    }
    if (run->streams && run->settings->sort == NULL) {
        bool wanted = run->settings->limit == 0 || run->report.total < run->settings->limit;
        return wanted ? write_offer(run, o, err) : 0;
    }
    return offer_list_add(&run->report.offers, o) == 0 ? 0 : error_memory(err);
}

static bool forget_offers(void *user)
{
    struct run *run = user;

    if (run->streams && run->report.total > 0) {
        return false; /* written is written */
    }
    run->report.read = 0;
    run->filtered_out = 0;
    offer_list_clear(&run->report.offers);
    return true;
}

static int take_problem(void *user, const struct error *problem, const char *publisher,
                        const char *offer, struct error *err)
{
    struct run *run = user;

    run->may_hide = run->may_hide || offer == NULL;
    if (offer != NULL) { /* an argument that names it has found it, such as it is */
        selection_test(&run->selection, publisher, offer, NULL);
    }
    run->http = run->report.problem_count == 0 ? problem->http : run->http;
    return report_problem(&run->report, problem, publisher, offer) == 0 ? 0 : error_memory(err);
}

static void show_progress(void *user, size_t done, size_t total)
{
    (void)user;
    progress_count(done, total);
}

/* What arguments named and no list held. */
static int tell_missing(struct run *run, struct error *err)
{
    struct error missing = ERROR_INIT;

    for (size_t i = 0; selection_missing(&run->selection, i, &missing); i++) {
        if (run->may_hide) {
            say_warning("%s (it may be among what could not be read)", missing.text);
        } else if (report_problem(&run->report, &missing, NULL, NULL) != 0) {
            return error_memory(err);
        }
    }
    return 0;
}

/* Order what was kept, cut it to the limit, and write it where it was not written as it came. */
static int settle_order(struct run *run, struct error *err)
{
    const struct settings *s = run->settings;
    struct offer_list *offers = &run->report.offers;
    struct offer room;

    if (s->sort != NULL &&
        offer_list_sort(offers, offer_compare_by(s->sort), s->sort_descending) != 0) {
        return error_memory(err);
    }
    if (s->limit > 0 && offers->count > s->limit) {
        offers->count = s->limit;
    }
    for (size_t i = 0; i < offers->count; i++) {
        if (write_offer(run, offer_list_at(offers, i, &room), err) != 0) {
            return -1;
        }
    }
    return 0;
}

/* A check of nothing must not be green. */
static int tell_empty(struct run *run, struct error *err)
{
    const struct settings *s = run->settings;
    struct error empty = ERROR_INIT;

    if (!run->plan->check || s->allow_empty || run->report.problem_count > 0 ||
        run->report.total + run->report.offending > 0) {
        return 0;
    }
    error_set(&empty, ERR_NOT_FOUND,
              "there are no offers to check%s (--allow-empty makes "
              "that pass)",
              s->filter.type != NULL ? " of that type" : "");
    return report_problem(&run->report, &empty, NULL, NULL) == 0 ? 0 : error_memory(err);
}

static void tell(void *user, bool warning, const char *text)
{
    struct run *run = user;

    run->no_memory = run->no_memory || report_note(&run->report, text) != 0;
    if (warning) {
        say_warning("%s", text);
    } else {
        say_hint("%s", text);
    }
}

static void notice(void *user, enum message_level level, const char *text)
{
    tell(user, level == LEVEL_WARNING, text);
}

static void note_left_out(void *user, const char *text)
{
    tell(user, false, text);
}

/* Whether every argument is an offer's id as far as one can see: then it can be looked up. */
static bool are_ids(const struct offers_plan *plan, size_t count, const char *const *arguments)
{
    for (size_t i = 0; i < count; i++) {
        if (glob_has_magic(arguments[i]) || strchr(arguments[i], '/') != NULL) {
            return false;
        }
    }
    return plan->mode == SELECT_EXACT;
}

static bool wants_witness(const struct run *run)
{
    return run->settings->witness != WITNESS_NEVER && !run->settings->quick &&
           (run->plan->depth == DEPTH_STATE || run->plan->depth == DEPTH_STEPS);
}

static int read_offers(struct run *run, struct error *err)
{
    const struct settings *s = run->settings;
    struct portal_query query = { .publishers = s->publishers.items,
                                  .publisher_count = s->publishers.count,
                                  .depth = s->quick ? DEPTH_LIST : run->plan->depth,
                                  .merge = strcmp(s->api, API_ALL) == 0,
                                  .witness = s->witness };
    bool since_is_later = run->filter.since_ms != 0 && !portal_traits(s->api)->lists_changes;
    bool in_order = s->sort == NULL && filter_needs_list_alone(&run->filter) && !since_is_later;
    struct portal_sink sink = { .user = run,
                                .select = select_offer,
                                .select_by_unique_name = select_by_unique_name,
                                .offer = take_offer,
                                .forget = forget_offers,
                                .problem = take_problem,
                                .progress = show_progress,
                                .notice = notice };
    struct portal *const *portals;
    struct session *session = NULL;
    size_t count;
    int rc = -1;

    query.limit = in_order ? s->limit : 0;
    if (are_ids(run->plan, run->argument_count, run->arguments)) {
        query.ids = run->arguments;
        query.id_count = run->argument_count;
    }
    if (session_open(s, &session, note_left_out, run, err) != 0 ||
        (wants_witness(run) && session_open_graph(s, session, err) != 0)) {
        session_close(session);
        return -1;
    }
    query.graph = session_graph(session);
    count = session_portals(session, &portals);
    for (size_t i = 0; s->publishers.count == 0 && i < count; i++) {
        if (portal_has_publishers(portals[i])) {
            say_hint("no publisher given: reading every publisher of the account (-p ID reads "
                     "one)");
        }
    }
    if (portal_read(portals, count, &query, &sink, err) == 0 && tell_missing(run, err) == 0 &&
        settle_order(run, err) == 0 && tell_empty(run, err) == 0) {
        rc = run->no_memory ? error_memory(err) : 0;
    }
    session_close(session);
    progress_clear();
    return rc;
}

/* An outage makes hundreds of equal lines; the report has them all. */
#define PROBLEMS_SAID 20

/* What one API does not have, another may. */
static void say_other_apis(const struct run *run)
{
    const struct report *r = &run->report;
    bool forbidden = r->problem_count > 0 && run->http == 403;
    bool empty = run->argument_count == 0 && run->filtered_out == 0 &&
                 (r->problem_count == 0 || /* `check` makes one of having nothing to check */
                  (run->plan->check && r->problems[0].code == ERR_NOT_FOUND));

    if (portal_traits(run->settings->api)->lacks_new_offers && r->read == 0 &&
        (empty || forbidden)) {
        say_hint("offers that were made in Partner Center are not in this API: --api ingestion, "
                 "graph or all reads them");
    }
    for (size_t i = 0; i < r->problem_count; i++) {
        if (strstr(r->problems[i].text, "x-ms-publisherId") != NULL) {
            say_hint("--seller-id N sends the seller's number that the service asks for");
            return;
        }
    }
}

static void say_problems(const struct run *run)
{
    const struct report *r = &run->report;

    for (size_t i = 0; i < r->problem_count && i < PROBLEMS_SAID; i++) {
        say_problem(&r->problems[i]);
    }
    if (r->problem_count > PROBLEMS_SAID) {
        say_warning("%zu more errors (-o json has them all)", r->problem_count - PROBLEMS_SAID);
    }
    if (r->problem_count > 0) {
        say_advice(run->settings->api, r->problems[0].code, run->http);
    } else if (r->total == 0 && (run->filtered_out > 0 || run->selection.count > 0)) {
        say_hint("no offers match");
    } else if (r->total == 0) {
        say_hint("there are no offers");
    } else if (run->plan->depth == DEPTH_HISTORY && r->event_count == 0) {
        say_hint("nothing was ever submitted");
    }
    say_other_apis(run);
}

int offers_run(const struct settings *s, const struct offers_plan *plan, int count,
               const char *const *arguments)
{
    struct run run = { .settings = s,
                       .plan = plan,
                       .arguments = arguments,
                       .argument_count = (size_t)count,
                       .filter = s->filter,
                       .report = REPORT_INIT };
    struct render_options options;
    struct error err = ERROR_INIT;
    int code = EXIT_BUG;

    output_options(s, plan->view, &options);
    run.filter.approvals = plan->approvals;
    if (s->since_age_ms > 0) {
        run.filter.since_ms = options.now_ms - s->since_age_ms;
    }
    run.report.generated_ms = options.now_ms;
    run.report.api = s->api;
    run.report.checked = plan->check;
    if (render_open(s->format, &options, &run.render, &err) != 0 ||
        selection_init(&run.selection, plan->mode, arguments, (size_t)count) != 0) {
        code = outcome_of_error(err.code != ERR_NONE ? err.code : ERR_MEMORY);
        (void)(err.code == ERR_NONE ? error_memory(&err) : 0);
        say_error(&err);
        goto done;
    }
    run.streams = render_streams(run.render);
    if (read_offers(&run, &err) != 0 && report_problem(&run.report, &err, NULL, NULL) != 0) {
        error_memory(&err);
        say_error(&err);
        goto done;
    }
    say_problems(&run);
    code = outcome_of_report(&run.report);
    if (plan->use == NULL && code != EXIT_OUTPUT &&
        render_finish(run.render, &run.report, &err) != 0) {
        say_error(&err);
        code = outcome_of_error(err.code);
    }
done:
    render_close(run.render);
    selection_clear(&run.selection);
    report_clear(&run.report);
    return code;
}

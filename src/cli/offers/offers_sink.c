/* offers_sink.c - the sink of a portal's read: selecting, filtering and keeping offers. */
#include "offers_sink.h"

#include "offers_judge.h"
#include "options/api_choice.h"
#include "options/settings.h"
#include "output/output.h"
#include "terminal/progress.h"
#include "terminal/say.h"

#include <string.h>

/* Whether the offer may pass the filter, by what the list shows. */
static bool may_pass(const struct offers_result *result, const struct offer *o)
{
    const struct settings *s = result->of->settings;
    struct filter filter = result->filter;
    unsigned states = ALL_STATES;

    if (api_set_has_several(s->apis)) {
        filter.since_ms = 0; /* another API may report a later change */
    } else if (filter.states != 0 || filter.not_states != 0) {
        states = portal_possible_states(o, s->witness);
    }
    return filter_may_pass(&filter, o, states);
}

static enum selected offers_on_select(void *user, const struct offer *o)
{
    const struct offers_result *result = user;
    const struct offers_again *again = result->of->again;
    enum selected excepted = offers_excepts(result, o->publisher, o->id, o->name);

    if (again != NULL && !again->wants(again->user, o)) {
        return SELECTED_NO;
    }
    if (again != NULL && again->fixed) {
        return SELECTED_YES;
    }
    if (excepted == SELECTED_YES) {
        return SELECTED_NEVER;
    }
    if (excepted == SELECTED_IF_UNIQUE) {
        return SELECTED_IF_UNIQUE;
    }
    if (!may_pass(result, o)) {
        return SELECTED_NO;
    }
    return selection_test(&result->selection, o->publisher, o->id, o->name);
}

/* Without memory the offer is not counted, and the read ends as a bug. */
static void add_excepted(struct offers_result *result, const char *publisher, const char *id,
                         const char *name)
{
    struct excepted *items =
        arena_grow(&result->arena, result->excepted, result->excepted_count, sizeof(*items));

    if (items == NULL) {
        result->no_memory = true;
        return;
    }
    result->excepted = items;
    items += result->excepted_count;
    *items = (struct excepted){ .publisher = arena_strdup(&result->arena, publisher),
                                .id = arena_strdup(&result->arena, id),
                                .name = arena_strdup(&result->arena, name) };
    if (items->id == NULL) {
        result->no_memory = true;
        return;
    }
    result->excepted_count++;
}

static void offers_on_seen(void *user, const struct offer *o)
{
    struct offers_result *result = user;

    selection_see(&result->selection, o->publisher, o->id, o->name);
    result->no_memory |= report_saw_publisher(&result->report, o->publisher) != 0;
    selection_see(&result->except, o->publisher, o->id, o->name);
    if (!may_pass(result, o) &&
        selection_test(&result->selection, o->publisher, o->id, o->name) != SELECTED_NO) {
        result->ruled_out++;
    }
    if (offers_excepts(result, o->publisher, o->id, o->name) != SELECTED_NO) {
        add_excepted(result, o->publisher, o->id, o->name);
    }
}

static enum selected offers_on_resolve(void *user, const struct offer *o)
{
    const struct offers_result *result = user;

    if (result->except.count > 0 && selection_has(&result->except, o->publisher, o->id, o->name)) {
        return SELECTED_NEVER;
    }
    if (may_pass(result, o) && selection_has(&result->selection, o->publisher, o->id, o->name)) {
        return SELECTED_YES;
    }
    return SELECTED_NO;
}

/* For `history`: the offer's events go to the report, the offer itself is not shown. */
static int take_events(struct offers_result *result, const struct offer *o, struct error *err)
{
    offers_count(result, o);
    for (size_t i = 0; i < o->event_count; i++) {
        if (report_event(&result->report, o->id, &o->events[i]) != 0) {
            return error_memory(err);
        }
    }
    return 0;
}

static bool offers_on_full(void *user)
{
    const struct offers_result *result = user;
    const struct offers_session *of = result->of;
    size_t taken = result->report.total + result->report.offers.count; /* written, or kept */

    return of->settings->limit > 0 && taken >= of->settings->limit;
}

static int write_offer(struct offers_result *result, const struct offer *o, struct error *err)
{
    if (offers_on_full(result)) {
        result->left_out++;
        return 0;
    }
    offers_count(result, o);
    return output_offer(result->of->output, o, err);
}

static int keep_offer(struct offers_result *result, const struct offer *o, struct error *err)
{
    if (offer_list_add(&result->report.offers, o) != 0) {
        return error_memory(err);
    }
    return 0;
}

static int count_passing(struct offers_result *result, const struct offer *o, struct error *err)
{
    offers_count(result, o);
    if (output_shows_passing(result->of->output) &&
        offer_list_add(&result->report.passing, o) != 0) {
        return error_memory(err);
    }
    return 0;
}

static int take_offer(struct offers_result *result, const struct offer *o,
                      const struct recorded_memory *memory, struct error *err)
{
    const struct offers_session *of = result->of;
    struct filter filter = result->filter;

    if (api_set_has_several(of->settings->apis)) {
        filter.type = NULL; /* checked in the lists already: APIs have different words for a type */
    }
    if (!filter_passes(&filter, o) ||
        (of->settings->changed && memory->differs == 0 && !memory->is_new)) {
        result->filtered_out++;
        return 0;
    }
    if (of->plan->check && !of->plan->keeps_all && offers_pass(result, o)) {
        return count_passing(result, o, err);
    }
    if (of->streams && of->settings->sort == NULL && !of->plan->check) {
        return write_offer(result, o, err);
    }
    return keep_offer(result, o, err);
}

static int offers_on_offer(void *user, const struct offer *o, struct error *err)
{
    struct offers_result *result = user;
    struct recorded_memory memory;
    struct offer remembered = *o;

    result->report.read++;
    result->no_memory |= report_saw_publisher(&result->report, o->publisher) != 0;
    if (result->of->plan->depth == DEPTH_HISTORY) {
        return take_events(result, o, err);
    }
    if (record_use_see(&result->record_use, &remembered, &memory, &result->arena, err) != 0) {
        return -1;
    }
    if (result->of->looks_ahead && outlooks_set(&result->outlooks, &result->record_use, &remembered,
                                                result->report.generated_ms) != 0) {
        return error_memory(err);
    }
    return take_offer(result, &remembered, &memory, err);
}

static void offers_on_limited(void *user)
{
    struct offers_result *result = user;

    result->report.limited = true;
}

static bool offers_on_forget(void *user)
{
    struct offers_result *result = user;

    if (result->of->streams && result->report.total > 0) {
        return false; /* what was written cannot be undone */
    }
    record_use_forget(&result->record_use);
    result->report.read = 0;
    result->filtered_out = 0;
    result->left_out = 0;
    result->provisional = 0;
    result->unplaced = 0;
    offer_list_clear(&result->report.offers);
    offer_list_clear(&result->report.passing);
    return true;
}

static int offers_on_problem(void *user, const struct error *problem, const char *publisher,
                             const char *offer, struct error *err)
{
    struct offers_result *result = user;

    if (offer != NULL) { /* an argument that names it has matched, although it cannot be read */
        selection_see(&result->selection, publisher, offer, NULL);
        selection_see(&result->except, publisher, offer, NULL);
    } else {
        result->may_hide = true;
    }
    if (result->report.problem_count == 0) {
        result->http = problem->http;
    }
    if (report_problem(&result->report, problem, publisher, offer) != 0) {
        return error_memory(err);
    }
    return 0;
}

/* Called once for each offer that the API is asked for; noted once. */
static void offers_on_not_there(void *user, const char *api, const struct error *why)
{
    struct offers_result *result = user;
    struct refusal *refusal;

    for (size_t i = 0; i < result->refusal_count; i++) {
        if (strcmp(result->refusals[i].api, api) == 0) {
            return;
        }
    }
    refusal = &result->refusals[result->refusal_count++];
    *refusal = (struct refusal){ .api = api };
    if (why != NULL) {
        refusal->why = *why;
    }
}

static void offers_on_unread(void *user, const char *publisher, const char *offer)
{
    struct offers_result *result = user;

    (void)publisher;
    (void)offer;
    result->report.unread++;
}

static void offers_on_list_broken(void *user)
{
    struct offers_result *result = user;

    result->report.broken_lists++;
}

static void offers_on_progress(void *user, size_t done, size_t total)
{
    (void)user;
    progress_count(done, total);
}

static void offers_on_notice(void *user, enum message_level level, const struct error *what)
{
    struct offers_result *result = user;

    if (report_note(&result->report, what->text) != 0) {
        result->no_memory = true;
    }
    if (level == LEVEL_WARNING) {
        say_warning("%s", error_text(what));
    } else {
        say_hint("%s", error_text(what));
    }
}

/* Whether listed offers that are not read matter: to find arguments that match nothing, and to see
 * that a filter has left nothing. */
static bool needs_seen(const struct offers_result *result)
{
    const struct filter *f = &result->filter;

    return result->selection.count > 0 || result->except.count > 0 || f->type != NULL ||
           f->since_ms != 0 || f->states != 0 || f->not_states != 0;
}

struct portal_sink offers_sink(struct offers_result *result)
{
    bool finds_apis = result->of->settings->finds_apis;

    return (struct portal_sink){ .user = result,
                                 .select = offers_on_select,
                                 .select_by_unique_name = offers_on_resolve,
                                 .seen = needs_seen(result) ? offers_on_seen : NULL,
                                 .offer = offers_on_offer,
                                 .full = offers_on_full,
                                 .limited = offers_on_limited,
                                 .forget = offers_on_forget,
                                 .problem = offers_on_problem,
                                 .not_there = finds_apis ? offers_on_not_there : NULL,
                                 .unread = offers_on_unread,
                                 .list_broken = offers_on_list_broken,
                                 .progress = offers_on_progress,
                                 .notice = offers_on_notice };
}

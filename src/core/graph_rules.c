/* graph_rules.c - the Product Ingestion API's words and the rules over them. */
#include "offerstat/graph_rules.h"

#include "offerstat/text.h"
#include "offerstat/timestamp.h"
#include "offerstat/word.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* cloudpub's copies of the schemas; "cancelled" is a job's word, and a plausible one here. */
static const char *const statuses[] = { "notStarted", "running", "completed" };
static const char *const results[] = { "pending", "succeeded", "failed", "cancelled" };

static bool is_done(const struct graph_submission *s)
{
    return word_equal(s->status, "completed");
}

/* NULL has none. */
static bool has_result(const struct graph_submission *s, const char *result)
{
    return s != NULL && is_done(s) && word_equal(s->result, result);
}

static bool is_under_way(const struct graph_submission *s)
{
    return word_equal(s->status, "running") || word_equal(s->status, "notStarted");
}

static bool is_gone(const struct graph_submission *s)
{
    return word_equal(s->lifecycle, "deprecated");
}

static const char *const lifecycles[] = { "generallyAvailable", "deprecated", "notAvailable",
                                          "neverUsed",          "test",       "preview",
                                          "decommissioned",     "deleted" };
/* Targets that say nothing of the marketplace. */
static const char *const elsewhere[] = { "draft", "flight", "sandbox", "certification", "retail" };

bool graph_is_draft(const struct graph_submission *s)
{
    return word_equal(s->target, "draft") || (s->id != NULL && strcmp(s->id, "0") == 0) ||
           (s->target == NULL && s->status == NULL && s->result == NULL);
}

int graph_compare(const struct graph_submission *a, const struct graph_submission *b)
{
    int order = 0;

    if (digits_are(a->id) && digits_are(b->id)) {
        order = digits_compare(a->id, b->id);
    }
    if (order == 0 && a->created != NULL && b->created != NULL) {
        order = timestamp_compare(a->created, b->created);
    }
    return order;
}

/* Of two live entries that nothing else puts in order, the one that is not there yet is the newer:
 * what succeeded stays listed while its successor is on its way (azure-img-utils meets both). */
static int compare_live(const struct graph_submission *a, const struct graph_submission *b)
{
    int order = graph_compare(a, b);

    if (order != 0) {
        return order;
    }
    return has_result(b, "succeeded") - has_result(a, "succeeded");
}

static void add_preview(struct graph_facts *f, const struct graph_submission *s)
{
    if (is_under_way(s) && (!f->has_running_preview || graph_compare(s, &f->running_preview) > 0)) {
        f->running_preview = *s;
        f->has_running_preview = true;
    }
    if (!f->has_preview || graph_compare(s, &f->preview) > 0) {
        f->preview = *s;
        f->has_preview = true;
    }
}

void graph_add(struct graph_facts *f, const struct graph_submission *s)
{
    if (graph_is_draft(s)) {
        return;
    }
    if (word_equal(s->target, "preview")) {
        add_preview(f, s);
        return;
    }
    if (!word_equal(s->target, "live")) {
        if (!word_is_one_of(s->target, elsewhere, COUNT_OF(elsewhere))) {
            f->odd_target = s->target != NULL ? s->target : "(no target)";
        }
        return;
    }
    if (!f->has_live || compare_live(s, &f->live) > 0) {
        f->older_live = f->live;
        f->has_older_live = f->has_live;
        f->live = *s;
        f->has_live = true;
    } else if (!f->has_older_live || compare_live(s, &f->older_live) > 0) {
        f->older_live = *s;
        f->has_older_live = true;
    }
}

static bool same_id(const char *a, const char *b)
{
    if (digits_are(a) && digits_are(b)) {
        return digits_compare(a, b) == 0;
    }
    return strcmp(a, b) == 0;
}

/* Only another id means that something is in preview (cloudpub); without any, what has succeeded
 * like the live one is taken for it. */
static bool same_submission(const struct graph_submission *a, const struct graph_submission *b)
{
    if (a->id != NULL || b->id != NULL) {
        return a->id != NULL && b->id != NULL && same_id(a->id, b->id);
    }
    return graph_compare(a, b) == 0 && has_result(a, "succeeded") && has_result(b, "succeeded");
}

/* A preview entry counts unless it is what went live, or is older than that. */
static const struct graph_submission *if_it_counts(const struct graph_facts *f, bool there,
                                                   const struct graph_submission *preview)
{
    bool dropped = f->has_live &&
                   (same_submission(preview, &f->live) || graph_compare(preview, &f->live) < 0 ||
                    (f->has_older_live && same_submission(preview, &f->older_live)));

    return there && !dropped ? preview : NULL;
}

static const struct graph_submission *preview_of(const struct graph_facts *f)
{
    return if_it_counts(f, f->has_preview, &f->preview);
}

const struct graph_submission *graph_newest(const struct graph_facts *f)
{
    const struct graph_submission *preview = preview_of(f);

    if (preview != NULL) {
        return preview;
    }
    return f->has_live ? &f->live : NULL;
}

/* The live entry that the marketplace shows, or has shown until it was stopped. */
static const struct graph_submission *in_market(const struct graph_facts *f)
{
    if (f->has_live && has_result(&f->live, "succeeded")) {
        return &f->live;
    }
    if (f->has_older_live && has_result(&f->older_live, "succeeded")) {
        return &f->older_live;
    }
    return NULL;
}

/* What the rules ask. */

static bool any_under_way(const struct graph_facts *f)
{
    return if_it_counts(f, f->has_running_preview, &f->running_preview) != NULL ||
           (f->has_live && is_under_way(&f->live)) ||
           (f->has_older_live && is_under_way(&f->older_live));
}

static bool lacks_result(const struct graph_submission *s)
{
    return is_done(s) && (s->result == NULL || word_equal(s->result, "pending"));
}

static bool result_outstanding(const struct graph_facts *f)
{
    const struct graph_submission *preview = preview_of(f);

    return (preview != NULL && lacks_result(preview)) || (f->has_live && lacks_result(&f->live)) ||
           (f->has_older_live && lacks_result(&f->older_live));
}

static bool newest_failed(const struct graph_facts *f)
{
    return has_result(graph_newest(f), "failed");
}

static bool newest_canceled(const struct graph_facts *f)
{
    const struct graph_submission *newest = graph_newest(f);

    return newest != NULL && word_equal(newest->result, "cancelled");
}

static bool preview_ready(const struct graph_facts *f)
{
    return has_result(preview_of(f), "succeeded");
}

static bool is_odd(const char *lifecycle)
{
    return lifecycle != NULL && !word_is_one_of(lifecycle, lifecycles, COUNT_OF(lifecycles));
}

/* Whether a product may be judged as one that rests: all that could say otherwise is understood. */
static bool at_rest(const struct graph_facts *f)
{
    return (graph_newest(f) == NULL || has_result(graph_newest(f), "succeeded")) &&
           f->odd_target == NULL && !is_odd(f->lifecycle) &&
           !(in_market(f) != NULL && is_odd(in_market(f)->lifecycle));
}

static bool draft_deleted(const struct graph_facts *f)
{
    return at_rest(f) && word_equal(f->lifecycle, "deleted") && graph_newest(f) == NULL;
}

static bool was_deleted(const struct graph_facts *f)
{
    return at_rest(f) && word_equal(f->lifecycle, "deleted");
}

static bool was_deprecated(const struct graph_facts *f)
{
    const struct graph_submission *market = in_market(f);

    return at_rest(f) &&
           ((market != NULL && is_gone(market)) || word_equal(f->lifecycle, "deprecated"));
}

/* notAvailable could also be said of what was never there. */
static bool was_taken_down(const struct graph_facts *f)
{
    return at_rest(f) && (word_equal(f->lifecycle, "decommissioned") ||
                          (word_equal(f->lifecycle, "notAvailable") && in_market(f) != NULL));
}

static bool is_live(const struct graph_facts *f)
{
    return at_rest(f) && in_market(f) != NULL;
}

static bool nothing_submitted(const struct graph_facts *f)
{
    return at_rest(f) && graph_newest(f) == NULL;
}

/* First match wins. */
static const struct {
    const char *id;
    bool (*when)(const struct graph_facts *f);
    enum offer_state state;
    enum offer_basis basis;
} rules[] = {
    { "graph-G1", any_under_way, STATE_IN_PROGRESS, BASIS_CLIENT },
    { "graph-G1a", result_outstanding, STATE_IN_PROGRESS, BASIS_INFERRED },
    { "graph-G2", newest_failed, STATE_FAILED, BASIS_CLIENT },
    { "graph-G3", newest_canceled, STATE_CANCELED, BASIS_INFERRED },
    { "graph-G4", preview_ready, STATE_PENDING_SIGNOFF, BASIS_CLIENT },
    { "graph-G5", draft_deleted, STATE_NONE, BASIS_DOCUMENTED },
    { "graph-G5", was_deleted, STATE_NONE, BASIS_INFERRED },
    { "graph-G6", was_deprecated, STATE_DELISTED, BASIS_DOCUMENTED },
    { "graph-G6", was_taken_down, STATE_DELISTED, BASIS_INFERRED },
    { "graph-G7", is_live, STATE_NONE, BASIS_INFERRED },
    { "graph-G8", nothing_submitted, STATE_NONE, BASIS_DOCUMENTED },
};

bool graph_stops_distribution(const struct graph_facts *f)
{
    return f->has_live && is_under_way(&f->live) && is_gone(&f->live);
}

static const char *odd_word_of(const struct graph_submission *s)
{
    if (s->status != NULL && !word_is_one_of(s->status, statuses, COUNT_OF(statuses))) {
        return s->status;
    }
    if (s->result != NULL && !word_is_one_of(s->result, results, COUNT_OF(results))) {
        return s->result;
    }
    return is_odd(s->lifecycle) ? s->lifecycle : NULL;
}

const char *graph_odd_word(const struct graph_facts *f)
{
    const struct graph_submission *newest = graph_newest(f);
    const char *word = newest != NULL ? odd_word_of(newest) : NULL;

    if (word == NULL && f->has_live) {
        word = odd_word_of(&f->live);
    }
    if (word == NULL && is_odd(f->lifecycle)) {
        word = f->lifecycle;
    }
    return word != NULL ? word : f->odd_target;
}

/* A failed go-live of the only entry: nothing says whether something older is still up. */
static bool failed_alone(const struct graph_facts *f)
{
    return f->has_live && !f->has_older_live && has_result(&f->live, "failed");
}

static enum offer_live live_of(const struct graph_facts *f, enum offer_state state)
{
    const struct graph_submission *market = in_market(f);

    if (graph_stops_distribution(f)) {
        return LIVE_YES; /* what is on its way out is still there */
    }
    if (state == STATE_DELISTED || (market != NULL && is_gone(market)) ||
        word_equal(f->lifecycle, "deprecated")) {
        return LIVE_NO;
    }
    if (is_odd(f->lifecycle) || (market != NULL && is_odd(market->lifecycle))) {
        return LIVE_UNKNOWN; /* an unknown word may say that it is gone */
    }
    if (market != NULL) {
        return LIVE_YES;
    }
    if (failed_alone(f) || f->odd_target != NULL) {
        return LIVE_UNKNOWN;
    }
    return preview_ready(f) ? LIVE_PREVIEW : LIVE_NO;
}

struct ruling graph_decide(const struct graph_facts *f)
{
    struct ruling r = { .state = STATE_UNKNOWN, .word_is_known = graph_odd_word(f) == NULL };

    for (size_t i = 0; i < COUNT_OF(rules) && r.rule == NULL; i++) {
        if (rules[i].when(f)) {
            r.state = rules[i].state;
            r.rule = rules[i].id;
            r.basis = rules[i].basis;
        }
    }
    if (r.state == STATE_FAILED && failed_alone(f) && preview_of(f) == NULL) {
        r.basis = BASIS_INFERRED;
    }
    if (f->depth == DEPTH_LIST) {
        r.basis = BASIS_PROVISIONAL;
        if (r.state == STATE_DELISTED) {
            r.live = LIVE_NO;
        } else { /* the product alone tells of nothing else */
            r.state = STATE_UNKNOWN;
            r.rule = NULL;
        }
        return r;
    }
    r.live = live_of(f, r.state);
    return r;
}

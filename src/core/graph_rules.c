/* graph_rules.c - the Product Ingestion API's words and the rules over them. */
#include "offerstat/graph_rules.h"

#include "graph_order.h"
#include "offerstat/timestamp.h"
#include "offerstat/word.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* cloudpub's copies of the schemas; "cancelled" is a job's word, and a plausible one here. */
static const char *const statuses[] = { "notStarted", "running", "completed" };
static const char *const results[] = { "pending", "succeeded", "failed", "cancelled" };

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

static bool is_odd(const char *lifecycle)
{
    return lifecycle != NULL && !word_is_one_of(lifecycle, lifecycles, COUNT_OF(lifecycles));
}

static bool is_odd_target(const struct graph_submission *s)
{
    return s != NULL && !graph_is_preview(s) && !graph_is_live(s);
}

static bool lies_ahead(const struct graph_facts *f, const char *date)
{
    return date != NULL && f->now != NULL && timestamp_compare(date, f->now) > 0;
}

/* The product, or this entry of it, is taken out of the marketplace, at once or later. */
static bool is_deprecated(const struct graph_facts *f, const struct graph_submission *s)
{
    return (s != NULL && is_gone(s)) || word_equal(f->lifecycle, "deprecated");
}

const char *graph_delisted_from(const struct graph_facts *f)
{
    const struct graph_submission *market = graph_in_market(f);

    if (market != NULL && is_deprecated(f, market) && lies_ahead(f, market->deprecates_at)) {
        return market->deprecates_at;
    }
    return NULL;
}

/* Conditions of the rules about the product as a whole. */

static bool any_under_way(const struct graph_facts *f)
{
    for (size_t i = 0; i < f->count; i++) {
        const struct graph_submission *s = &f->entries[i];
        if ((graph_is_preview(s) || graph_is_live(s)) && is_under_way(s)) {
            return true;
        }
    }
    return false;
}

static bool result_outstanding(const struct graph_facts *f)
{
    for (size_t i = 0; i < f->count; i++) {
        const struct graph_submission *s = &f->entries[i];
        bool lacks_result =
            graph_is_done(s) && (s->result == NULL || word_equal(s->result, "pending"));
        if (lacks_result && (graph_is_live(s) || (graph_is_preview(s) && !graph_is_over(f, s)))) {
            return true;
        }
    }
    return false;
}

/* Conditions about the newest entry, which is NULL when there is none. */

static bool has_failed(const struct graph_submission *s)
{
    return !is_odd_target(s) && graph_has_result(s, "failed");
}

static bool was_canceled(const struct graph_submission *s)
{
    return !is_odd_target(s) && s != NULL && word_equal(s->result, "cancelled");
}

static bool preview_ready(const struct graph_submission *s)
{
    return s != NULL && graph_is_preview(s) && graph_has_result(s, "succeeded");
}

static bool has_odd_target(const struct graph_facts *f)
{
    for (size_t i = 0; i < f->count; i++) {
        if (is_odd_target(&f->entries[i])) {
            return true;
        }
    }
    return false;
}

/* Whether nothing is under way for sure: every word that could say otherwise is known. */
static bool at_rest(const struct graph_facts *f, const struct graph_submission *s)
{
    return (s == NULL ||
            (graph_is_live(s) && graph_has_result(s, "succeeded") && !is_odd(s->lifecycle))) &&
           !has_odd_target(f) && !is_odd(f->lifecycle);
}

static bool draft_deleted(const struct graph_facts *f, const struct graph_submission *s)
{
    return at_rest(f, s) && s == NULL && word_equal(f->lifecycle, "deleted");
}

static bool was_deleted(const struct graph_facts *f, const struct graph_submission *s)
{
    return at_rest(f, s) && word_equal(f->lifecycle, "deleted");
}

static bool will_be_delisted(const struct graph_facts *f, const struct graph_submission *s)
{
    return at_rest(f, s) && s != NULL && is_deprecated(f, s) && lies_ahead(f, s->deprecates_at);
}

static bool was_deprecated(const struct graph_facts *f, const struct graph_submission *s)
{
    return at_rest(f, s) && is_deprecated(f, s);
}

/* An offer that was never published may be notAvailable, too. */
static bool was_taken_down(const struct graph_facts *f, const struct graph_submission *s)
{
    return at_rest(f, s) && (word_equal(f->lifecycle, "decommissioned") ||
                             (word_equal(f->lifecycle, "notAvailable") && s != NULL));
}

static bool is_there(const struct graph_facts *f, const struct graph_submission *s)
{
    return at_rest(f, s) && s != NULL;
}

static bool nothing_submitted(const struct graph_facts *f, const struct graph_submission *s)
{
    return at_rest(f, s) && s == NULL;
}

/* First match wins: of the product as a whole, then of each entry that may be the newest. */
static const struct {
    const char *id;
    bool (*when)(const struct graph_facts *f);
    enum offer_state state;
    enum offer_basis basis;
} product_rules[] = {
    { "graph-G1", any_under_way, STATE_IN_PROGRESS, BASIS_CLIENT },
    { "graph-G1a", result_outstanding, STATE_IN_PROGRESS, BASIS_INFERRED },
};

static const struct {
    const char *id;
    bool (*entry)(const struct graph_submission *s); /* one of the two is set */
    bool (*rest)(const struct graph_facts *f, const struct graph_submission *s);
    enum offer_state state;
    enum offer_basis basis;
} entry_rules[] = {
    { "graph-G2", has_failed, NULL, STATE_FAILED, BASIS_CLIENT },
    { "graph-G3", was_canceled, NULL, STATE_CANCELED, BASIS_INFERRED },
    { "graph-G4", preview_ready, NULL, STATE_PENDING_SIGNOFF, BASIS_CLIENT },
    { "graph-G5", NULL, draft_deleted, STATE_NONE, BASIS_DOCUMENTED },
    { "graph-G5", NULL, was_deleted, STATE_NONE, BASIS_INFERRED },
    { "graph-G6a", NULL, will_be_delisted, STATE_NONE, BASIS_DOCUMENTED },
    { "graph-G6", NULL, was_deprecated, STATE_DELISTED, BASIS_DOCUMENTED },
    { "graph-G6", NULL, was_taken_down, STATE_DELISTED, BASIS_INFERRED },
    { "graph-G7", NULL, is_there, STATE_NONE, BASIS_INFERRED },
    { "graph-G8", NULL, nothing_submitted, STATE_NONE, BASIS_DOCUMENTED },
};

bool graph_stops_distribution(const struct graph_facts *f)
{
    for (size_t i = 0; i < f->count; i++) {
        const struct graph_submission *s = &f->entries[i];
        if (graph_is_live(s) && is_under_way(s) && is_gone(s)) {
            return true;
        }
    }
    return false;
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

    for (size_t i = 0; newest != NULL && i < f->count && word == NULL; i++) {
        word = odd_word_of(&f->entries[i]);
    }
    if (word == NULL && is_odd(f->lifecycle)) {
        word = f->lifecycle;
    }
    for (size_t i = 0; newest != NULL && i < f->count && word == NULL; i++) {
        if (is_odd_target(&f->entries[i])) {
            word = f->entries[i].target != NULL ? f->entries[i].target : "(no target)";
        }
    }
    return word;
}

/* The only entry is a go-live that failed: nothing says whether an older version is still live. */
static bool failed_alone(const struct graph_facts *f)
{
    size_t live = 0, failed = 0;

    for (size_t i = 0; i < f->count; i++) {
        if (graph_is_live(&f->entries[i])) {
            live++;
        }
        if (graph_is_live(&f->entries[i]) && graph_has_result(&f->entries[i], "failed")) {
            failed++;
        }
    }
    return live == 1 && failed == 1;
}

static enum offer_live live_of_market(const struct graph_facts *f)
{
    bool there = false, gone = false;

    for (size_t i = 0; i < f->count; i++) {
        const struct graph_submission *s = &f->entries[i];
        if (!graph_is_in_market(f, s)) {
            continue;
        }
        if (is_odd(s->lifecycle)) { /* an unknown word may say that it is gone */
            return LIVE_UNKNOWN;
        }
        if (is_deprecated(f, s) && !lies_ahead(f, s->deprecates_at)) {
            gone = true;
        } else {
            there = true;
        }
    }
    if (there && gone) { /* which of them is newer is not known */
        return LIVE_UNKNOWN;
    }
    return there ? LIVE_YES : LIVE_NO;
}

static enum offer_live live_of(const struct graph_facts *f, enum offer_state state)
{
    if (graph_stops_distribution(f)) {
        return LIVE_YES; /* what is on its way out is still there */
    }
    if (state == STATE_DELISTED) {
        return LIVE_NO;
    }
    if (is_odd(f->lifecycle)) {
        return LIVE_UNKNOWN;
    }
    if (graph_in_market(f) != NULL) {
        return live_of_market(f);
    }
    if (word_equal(f->lifecycle, "deprecated")) {
        return LIVE_NO;
    }
    if (failed_alone(f) || has_odd_target(f)) {
        return LIVE_UNKNOWN;
    }
    return preview_ready(graph_newest(f)) ? LIVE_PREVIEW : LIVE_NO;
}

static bool entry_rule_fits(size_t i, const struct graph_facts *f, const struct graph_submission *s)
{
    if (entry_rules[i].entry != NULL) {
        return entry_rules[i].entry(s);
    }
    return entry_rules[i].rest(f, s);
}

static struct ruling decide_one(const struct graph_facts *f, const struct graph_submission *s)
{
    struct ruling r = { .state = STATE_UNKNOWN };

    for (size_t i = 0; i < COUNT_OF(entry_rules) && r.rule == NULL; i++) {
        if (entry_rule_fits(i, f, s)) {
            r.state = entry_rules[i].state;
            r.rule = entry_rules[i].id;
            r.basis = entry_rules[i].basis;
        }
    }
    if (r.state == STATE_FAILED && s != NULL && graph_is_live(s) && failed_alone(f)) {
        r.basis = BASIS_INFERRED;
    }
    return r;
}

static struct ruling decide(const struct graph_facts *f)
{
    struct newest newest = graph_find_newest(f);
    struct ruling sum;

    for (size_t i = 0; i < COUNT_OF(product_rules); i++) {
        if (product_rules[i].when(f)) {
            return (struct ruling){ .state = product_rules[i].state,
                                    .rule = product_rules[i].id,
                                    .basis = product_rules[i].basis };
        }
    }
    sum = decide_one(f, graph_newest(f));
    for (size_t i = 0; i < f->count; i++) {
        if (newest_may_be(&newest, i)) {
            struct ruling one = decide_one(f, &f->entries[i]);
            ruling_join(&sum, &one);
        }
    }
    return sum;
}

struct ruling graph_decide(const struct graph_facts *f)
{
    struct ruling r = decide(f);

    r.word_is_known = graph_odd_word(f) == NULL;
    if (f->depth == DEPTH_LIST) {
        r.basis = BASIS_PROVISIONAL;
        if (r.state == STATE_DELISTED) {
            r.live = LIVE_NO;
        } else { /* the product alone shows nothing else */
            r.state = STATE_UNKNOWN;
            r.rule = NULL;
        }
        return r;
    }
    r.live = live_of(f, r.state);
    return r;
}

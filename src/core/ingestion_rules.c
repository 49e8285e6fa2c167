/* ingestion_rules.c - Partner Center's words and the rules over them. */
#include "offerstat/ingestion_rules.h"

#include "newest.h"
#include "offerstat/text.h"
#include "offerstat/timestamp.h"
#include "offerstat/word.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* The published schema has InProgress and Published; the others stand in PackageUploader's
 * enumeration. */
static const char *const states[] = { "InProgress", "Published",  "Cancelled", "Archived",
                                      "Deleted",    "RolledBack", "Shadow",    "ModularCert" };
/* Submissions in these say nothing about the offer (PackageUploader's enumeration, inferred). */
static const char *const skipped[] = { "Deleted", "Archived", "RolledBack", "Shadow",
                                       "ModularCert" };
/* Schema; Cancelled by StoreBroker and PackageUploader. */
static const char *const substates[] = { "InDraft",        "Submitted",  "Failed",
                                         "ReadyToPublish", "Publishing", "FailedInCertification",
                                         "Published",      "InStore",    "Cancelled" };
static const char *const update_types[] = { "Create", "Submit", "Promote", "Validate" };
static const char *const update_statuses[] = { "Running", "Failed", "Completed", "Cancelled",
                                               "PendingConfirmation" };

/* The id 0 is not a number: it means that the submission has none yet. */
static bool has_number(const struct ingestion_submission *s)
{
    return digits_are(s->id) && strcmp(s->id, "0") != 0;
}

int ingestion_compare(const struct ingestion_submission *a, const struct ingestion_submission *b)
{
    int order = 0;

    if (has_number(a) && has_number(b)) {
        order = digits_compare(a->id, b->id);
    }
    if (order == 0 && a->published_at != NULL && b->published_at != NULL) {
        order = timestamp_compare(a->published_at, b->published_at);
    }
    return order;
}

static bool state_is(const struct ingestion_submission *s, const char *state, const char *substate)
{
    return word_equal(s->state, state) && word_equal(s->substate, substate);
}

static bool ready(const struct ingestion_submission *s)
{
    return state_is(s, "Published", "ReadyToPublish");
}

static bool is_live(const struct ingestion_submission *s)
{
    return state_is(s, "Published", "InStore");
}

/* The id 0 is that of a draft, unless its words say more. */
bool ingestion_is_draft(const struct ingestion_submission *s)
{
    bool in_draft = s->substate == NULL || word_equal(s->substate, "InDraft");

    if (s->has_update) {
        return false;
    }
    return state_is(s, "InProgress", "InDraft") ||
           (s->id != NULL && strcmp(s->id, "0") == 0 && in_draft &&
            (s->state == NULL || word_equal(s->state, "InProgress")));
}

int ingestion_add(struct arena *a, struct ingestion_facts *f, const struct ingestion_submission *s)
{
    bool draft = ingestion_is_draft(s);
    struct ingestion_submission **to = draft ? &f->drafts : &f->counted;
    size_t *count = draft ? &f->draft_count : &f->count;
    struct ingestion_submission *grown;

    if (word_is_one_of(s->state, skipped, COUNT_OF(skipped))) {
        return 0;
    }
    grown = arena_grow(a, *to, *count, sizeof(*s));
    if (grown == NULL) {
        return -1;
    }
    grown[(*count)++] = *s;
    *to = grown;
    return 0;
}

/* Conditions of the rules about a submission that is newer than what is live. */

static bool canceled(const struct ingestion_submission *s)
{
    return word_equal(s->state, "Cancelled") || word_equal(s->substate, "Cancelled");
}

static bool update_failed(const struct ingestion_submission *s)
{
    return word_equal(s->update_status, "Failed");
}

/* Published, and nothing is under way; a failed update of it is a failure all the same. */
static bool rests(const struct ingestion_submission *s)
{
    return is_live(s) && !update_failed(s);
}

static bool failed(const struct ingestion_submission *s)
{
    return word_equal(s->substate, "Failed") || word_equal(s->substate, "FailedInCertification");
}

static bool update_canceled(const struct ingestion_submission *s)
{
    return word_equal(s->update_status, "Cancelled");
}

static bool promoting(const struct ingestion_submission *s)
{
    return ready(s) && word_equal(s->update_type, "Promote") &&
           word_equal(s->update_status, "Running");
}

static bool updating(const struct ingestion_submission *s)
{
    return word_equal(s->update_status, "Running");
}

static bool confirming(const struct ingestion_submission *s)
{
    return word_equal(s->update_status, "PendingConfirmation");
}

static bool publishing(const struct ingestion_submission *s)
{
    return state_is(s, "Published", "Publishing");
}

static bool published(const struct ingestion_submission *s)
{
    return state_is(s, "Published", "Published");
}

static bool under_way(const struct ingestion_submission *s)
{
    static const char *const going[] = { "Submitted", "ReadyToPublish", "Publishing", "Published",
                                         "InStore" };

    return word_equal(s->state, "InProgress") &&
           (word_is_one_of(s->substate, going, COUNT_OF(going)) ||
            (word_equal(s->substate, "InDraft") && s->has_update));
}

static bool submitted(const struct ingestion_submission *s)
{
    return state_is(s, "InProgress", "Submitted");
}

static bool submitted_or_publishing(const struct ingestion_submission *s)
{
    return submitted(s) || publishing(s);
}

/* Anything else that is under way and is no longer a draft. */
static bool past_draft(const struct ingestion_submission *s)
{
    return promoting(s) || published(s) || (under_way(s) && !word_equal(s->substate, "InDraft"));
}

/* Conditions about the steps of its workflow, as far as they are known. */

static bool step_failed(const struct ingestion_facts *f)
{
    if (f->push_failed) {
        return true;
    }
    for (size_t i = 0; i < f->step_count; i++) {
        if (f->steps[i].status == STEP_REJECTED) {
            return true;
        }
    }
    return false;
}

static bool signoff_waits(const struct ingestion_facts *f)
{
    for (size_t i = 0; i < f->step_count; i++) {
        if (f->steps[i].status != STEP_COMPLETE) {
            return f->steps[i].status == STEP_WAITING_SIGNOFF;
        }
    }
    return false;
}

/* The first row of which both conditions hold wins (steps NULL: no condition). */
static const struct {
    const char *id;
    bool (*when)(const struct ingestion_submission *s);
    bool (*steps)(const struct ingestion_facts *f);
    enum offer_state state;
    enum offer_basis basis;
} rules[] = {
    { "ingestion-1", canceled, NULL, STATE_CANCELED, BASIS_DOCUMENTED },
    { "ingestion-2", update_failed, NULL, STATE_FAILED, BASIS_CLIENT },
    { "ingestion-3", failed, NULL, STATE_FAILED, BASIS_CLIENT },
    { "ingestion-3a", submitted_or_publishing, step_failed, STATE_FAILED, BASIS_CLIENT },
    { "ingestion-3a", past_draft, step_failed, STATE_FAILED, BASIS_INFERRED },
    { "ingestion-3b", submitted, signoff_waits, STATE_PENDING_SIGNOFF, BASIS_INFERRED },
    { "ingestion-4", update_canceled, NULL, STATE_CANCELED, BASIS_INFERRED },
    { "ingestion-5", promoting, NULL, STATE_IN_PROGRESS, BASIS_INFERRED },
    { "ingestion-6", ready, NULL, STATE_PENDING_SIGNOFF, BASIS_CLIENT },
    { "ingestion-7", updating, NULL, STATE_IN_PROGRESS, BASIS_CLIENT },
    { "ingestion-7", confirming, NULL, STATE_IN_PROGRESS, BASIS_INFERRED },
    { "ingestion-8", publishing, NULL, STATE_IN_PROGRESS, BASIS_INFERRED },
    { "ingestion-9", published, NULL, STATE_IN_PROGRESS, BASIS_CLIENT },
    { "ingestion-10", under_way, NULL, STATE_IN_PROGRESS, BASIS_CLIENT },
};

/* navcontainerhelper treats any word but the first three as a failure; here an unknown word stays
 * unknown. */
enum step_status ingestion_step_status(const char *name, const char *word)
{
    static const char *const failures[] = { "Failed",   "Failure", "FailedInCertification",
                                            "Rejected", "Error",   "Timeout" };

    if (word_equal(word, "NotStarted")) {
        return STEP_NOT_STARTED;
    }
    if (word_equal(word, "InProgress")) {
        return word_equal(name, "Publisher Signoff") ? STEP_WAITING_SIGNOFF : STEP_IN_PROGRESS;
    }
    if (word_equal(word, "Success")) {
        return STEP_COMPLETE;
    }
    if (word_equal(word, "Canceled")) {
        return STEP_CANCELED;
    }
    return word_is_one_of(word, failures, COUNT_OF(failures)) ? STEP_REJECTED : STEP_UNKNOWN;
}

static int compare(const void *a, const void *b)
{
    return ingestion_compare(a, b);
}

static struct newest newest_of(const struct ingestion_facts *f)
{
    return newest_find(f->counted, f->count, sizeof(*f->counted), compare);
}

/* Whether it is certain which submission is the newest; one that is listed twice is one. */
static bool is_alone(const struct ingestion_facts *f, const struct newest *newest)
{
    for (size_t i = 0; i < f->count; i++) {
        if (newest_may_be(newest, i) && i != newest->top &&
            !text_equal_nocase(f->counted[i].id, f->counted[newest->top].id)) {
            return false;
        }
    }
    return true;
}

/* The steps belong to one submission: when others may be the newest as well, what is decided by
 * steps stays unknown. */
static struct ruling decide_one(const struct ingestion_facts *f,
                                const struct ingestion_submission *s, bool alone)
{
    struct ruling r = { .state = STATE_UNKNOWN };

    if (rests(s)) {
        r.state = STATE_NONE;
        r.rule = "ingestion-12";
        r.basis = BASIS_INFERRED;
        return r;
    }
    for (size_t i = 0; i < COUNT_OF(rules); i++) {
        if (!rules[i].when(s)) {
            continue;
        }
        if (rules[i].steps != NULL && !alone) {
            return r;
        }
        if (rules[i].steps == NULL || rules[i].steps(f)) {
            r.state = rules[i].state;
            r.rule = rules[i].id;
            r.basis = rules[i].basis;
            return r;
        }
    }
    return r;
}

static struct ruling decide_nothing_submitted(const struct ingestion_facts *f)
{
    if (f->draft_count > 0) {
        return (
            struct ruling){ .state = STATE_NONE, .rule = "ingestion-11", .basis = BASIS_INFERRED };
    }
    return (
        struct ruling){ .state = STATE_NONE, .rule = "ingestion-13", .basis = BASIS_DOCUMENTED };
}

static struct ruling decide_submitted(const struct ingestion_facts *f)
{
    struct newest newest = newest_of(f);
    bool alone = is_alone(f, &newest);
    struct ruling sum = decide_one(f, &f->counted[newest.top], alone);

    for (size_t i = 0; i < f->count; i++) {
        if (newest_may_be(&newest, i)) {
            struct ruling one = decide_one(f, &f->counted[i], alone);
            ruling_join(&sum, &one);
        }
    }
    sum.newest_unknown = sum.newest_unknown || (!alone && sum.rule == NULL);
    return sum;
}

/* Which of those that may be the newest stands for the offer: one that has failed, since it
 * explains the verdict, then one that is under way; else one that does not depend on the order of
 * the list. */
static bool goes_first(const struct ingestion_facts *f, const struct ingestion_submission *a,
                       const struct ingestion_submission *b)
{
    bool a_failed = decide_one(f, a, false).state == STATE_FAILED;
    bool b_failed = decide_one(f, b, false).state == STATE_FAILED;

    if (a_failed != b_failed) {
        return a_failed;
    }
    if (rests(a) != rests(b)) {
        return rests(b);
    }
    return a->id != NULL && (b->id == NULL || strcmp(a->id, b->id) > 0);
}

const struct ingestion_submission *ingestion_shown(const struct ingestion_facts *f)
{
    const struct ingestion_submission *shown = NULL;
    struct newest newest = newest_of(f);

    if (f->count == 0) {
        newest = newest_find(f->drafts, f->draft_count, sizeof(*f->drafts), compare);
        return f->draft_count > 0 ? &f->drafts[newest.top] : NULL;
    }
    for (size_t i = 0; i < f->count; i++) {
        const struct ingestion_submission *s = &f->counted[i];
        if (newest_may_be(&newest, i) && (shown == NULL || goes_first(f, s, shown))) {
            shown = s;
        }
    }
    return shown;
}

const struct ingestion_submission *ingestion_activity(const struct ingestion_facts *f)
{
    const struct ingestion_submission *shown = ingestion_shown(f);

    if (shown == NULL || f->count == 0 || rests(shown)) {
        return NULL;
    }
    return shown;
}

bool ingestion_has_newer_draft(const struct ingestion_facts *f)
{
    for (size_t i = 0; i < f->draft_count && f->count > 0; i++) {
        if (ingestion_compare(&f->drafts[i], ingestion_shown(f)) > 0) {
            return true;
        }
    }
    return false;
}

const char *ingestion_odd_word(const struct ingestion_facts *f)
{
    const struct ingestion_submission *s = ingestion_activity(f);

    if (s == NULL) {
        return NULL;
    }
    if (s->state != NULL && !word_is_one_of(s->state, states, COUNT_OF(states))) {
        return s->state;
    }
    if (s->substate != NULL && !word_is_one_of(s->substate, substates, COUNT_OF(substates))) {
        return s->substate;
    }
    if (s->update_status != NULL &&
        !word_is_one_of(s->update_status, update_statuses, COUNT_OF(update_statuses))) {
        return s->update_status;
    }
    if (s->update_type != NULL &&
        !word_is_one_of(s->update_type, update_types, COUNT_OF(update_types))) {
        return s->update_type;
    }
    return NULL;
}

static enum offer_live live_of(const struct ingestion_facts *f)
{
    enum offer_live live = LIVE_NO;

    for (size_t i = 0; i < f->count; i++) {
        if (is_live(&f->counted[i])) {
            return LIVE_YES;
        }
        if (ready(&f->counted[i])) {
            live = LIVE_PREVIEW;
        }
    }
    return live;
}

struct ruling ingestion_decide(const struct ingestion_facts *f)
{
    struct ruling r = { .state = STATE_UNKNOWN, .basis = BASIS_PROVISIONAL };

    if (f->depth == DEPTH_LIST) { /* a product in the list has no publishing state */
        r.word_is_known = true;
        return r;
    }
    r = f->count > 0 ? decide_submitted(f) : decide_nothing_submitted(f);
    r.word_is_known = ingestion_odd_word(f) == NULL;
    r.live = live_of(f);
    return r;
}

bool ingestion_rests_on_workflow(const struct ingestion_facts *f)
{
    return ingestion_decide(f).state == STATE_IN_PROGRESS;
}

bool ingestion_asks_extras(const struct ingestion_facts *f)
{
    return f->depth == DEPTH_STATE && ingestion_decide(f).state == STATE_FAILED;
}

unsigned ingestion_needs(const struct ingestion_facts *f)
{
    const struct ingestion_submission *shown = ingestion_shown(f);
    enum offer_state state = ingestion_decide(f).state;
    unsigned needs = 0;

    if (shown == NULL || shown->id == NULL || f->depth == DEPTH_LIST) {
        return 0;
    }
    if (f->depth == DEPTH_STEPS || state == STATE_IN_PROGRESS || state == STATE_FAILED) {
        needs |= INGESTION_GET_WORKFLOW;
    }
    if (state == STATE_FAILED) { /* the output must show where it failed */
        needs |= INGESTION_GET_VALIDATIONS;
    }
    return needs;
}

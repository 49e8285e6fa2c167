/* ingestion_rules.c - Partner Center's words and the rules over them. */
#include "offerstat/ingestion_rules.h"

#include "offerstat/text.h"
#include "offerstat/timestamp.h"
#include "offerstat/word.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* The published schema has InProgress and Published; the others stand in PackageUploader's
 * enumeration. */
static const char *const states[] = { "InProgress", "Published",  "Cancelled", "Archived",
                                      "Deleted",    "RolledBack", "Shadow",    "ModularCert" };
/* Submissions in these tell nothing of the offer (PackageUploader's enumeration, inferred). */
static const char *const skipped[] = { "Deleted", "Archived", "RolledBack", "Shadow",
                                       "ModularCert" };
/* Schema; Cancelled by StoreBroker and PackageUploader. */
static const char *const substates[] = { "InDraft",        "Submitted",  "Failed",
                                         "ReadyToPublish", "Publishing", "FailedInCertification",
                                         "Published",      "InStore",    "Cancelled" };
static const char *const update_types[] = { "Create", "Submit", "Promote", "Validate" };
static const char *const update_statuses[] = { "Running", "Failed", "Completed", "Cancelled",
                                               "PendingConfirmation" };

int ingestion_compare(const struct ingestion_submission *a, const struct ingestion_submission *b)
{
    int order = 0;

    if (digits_are(a->id) && digits_are(b->id)) {
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

void ingestion_add(struct ingestion_facts *f, const struct ingestion_submission *s)
{
    if (word_is_one_of(s->state, skipped, COUNT_OF(skipped))) {
        return;
    }
    if (!f->has_newest || ingestion_compare(s, &f->newest) > 0) {
        f->newest = *s;
        f->has_newest = true;
    }
    f->has_ready = f->has_ready || ready(s);
    if (is_live(s) && (!f->has_live || ingestion_compare(s, &f->live) > 0)) {
        f->live = *s;
        f->has_live = true;
    }
}

const struct ingestion_submission *ingestion_activity(const struct ingestion_facts *f)
{
    if (f->has_newest && (!f->has_live || ingestion_compare(&f->newest, &f->live) > 0)) {
        return &f->newest;
    }
    return NULL;
}

/* What the rules ask of the submission that is under way. */

static bool canceled(const struct ingestion_submission *s)
{
    return word_equal(s->state, "Cancelled") || word_equal(s->substate, "Cancelled");
}

static bool update_failed(const struct ingestion_submission *s)
{
    return word_equal(s->update_status, "Failed");
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

bool ingestion_is_draft(const struct ingestion_submission *s)
{
    return (state_is(s, "InProgress", "InDraft") && !s->has_update) ||
           (s->id != NULL && strcmp(s->id, "0") == 0);
}

/* First match wins. */
static const struct {
    const char *id;
    bool (*when)(const struct ingestion_submission *s);
    enum offer_state state;
    enum offer_basis basis;
} rules[] = {
    { "ingestion-1", canceled, STATE_CANCELED, BASIS_DOCUMENTED },
    { "ingestion-2", update_failed, STATE_FAILED, BASIS_CLIENT },
    { "ingestion-3", failed, STATE_FAILED, BASIS_CLIENT },
    { "ingestion-4", update_canceled, STATE_CANCELED, BASIS_INFERRED },
    { "ingestion-5", promoting, STATE_IN_PROGRESS, BASIS_INFERRED },
    { "ingestion-6", ready, STATE_PENDING_SIGNOFF, BASIS_CLIENT },
    { "ingestion-7", updating, STATE_IN_PROGRESS, BASIS_CLIENT },
    { "ingestion-7", confirming, STATE_IN_PROGRESS, BASIS_INFERRED },
    { "ingestion-8", publishing, STATE_IN_PROGRESS, BASIS_INFERRED },
    { "ingestion-9", published, STATE_IN_PROGRESS, BASIS_CLIENT },
    { "ingestion-10", under_way, STATE_IN_PROGRESS, BASIS_CLIENT },
    { "ingestion-11", ingestion_is_draft, STATE_NONE, BASIS_INFERRED },
};

enum step_status ingestion_step_status(const char *name, const char *word)
{
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
    if (word_contains(word, "fail") || word_contains(word, "error")) {
        return STEP_REJECTED;
    }
    return STEP_UNKNOWN;
}

/* What the steps say where the words of the submission do not: ingestion-14 and -15. */
static void decide_by_steps(const struct ingestion_facts *f, struct ruling *r)
{
    bool all_done = true, waits = false;

    for (size_t i = 0; i < f->step_count; i++) {
        enum step_status status = f->steps[i].status;
        bool odd = status == STEP_UNKNOWN && f->steps[i].raw_status != NULL;
        if (status == STEP_REJECTED || status == STEP_CANCELED || odd) {
            r->state = STATE_FAILED;
            r->rule = "ingestion-14";
            r->basis = BASIS_CLIENT;
            return;
        }
        waits = waits || (status == STEP_WAITING_SIGNOFF && all_done);
        all_done = all_done && status == STEP_COMPLETE;
    }
    if (waits) {
        r->state = STATE_PENDING_SIGNOFF;
        r->rule = "ingestion-15";
        r->basis = BASIS_INFERRED;
    }
}

static void decide_at_rest(const struct ingestion_facts *f, struct ruling *r)
{
    r->state = STATE_NONE;
    if (f->has_live) {
        r->rule = "ingestion-12";
        r->basis = BASIS_INFERRED;
    } else {
        r->rule = "ingestion-13";
        r->basis = BASIS_DOCUMENTED;
    }
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
    if (f->has_live) {
        return LIVE_YES;
    }
    return f->has_ready ? LIVE_PREVIEW : LIVE_NO;
}

struct ruling ingestion_decide(const struct ingestion_facts *f)
{
    const struct ingestion_submission *s = ingestion_activity(f);
    struct ruling r = { .state = STATE_UNKNOWN, .word_is_known = ingestion_odd_word(f) == NULL };

    if (f->depth == DEPTH_LIST) { /* a product tells nothing of its publishing */
        r.basis = BASIS_PROVISIONAL;
        return r;
    }
    if (s == NULL) {
        decide_at_rest(f, &r);
    }
    for (size_t i = 0; s != NULL && r.rule == NULL && i < COUNT_OF(rules); i++) {
        if (rules[i].when(s)) {
            r.state = rules[i].state;
            r.rule = rules[i].id;
            r.basis = rules[i].basis;
        }
    }
    if (r.rule == NULL) {
        decide_by_steps(f, &r);
    }
    r.live = live_of(f);
    return r;
}

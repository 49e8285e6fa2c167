/* cpp_rules.c - the Cloud Partner Portal's words and the rules over them. */
#include "offerstat/cpp_rules.h"

#include "newest.h"
#include "offerstat/text.h"
#include "offerstat/timestamp.h"
#include "offerstat/word.h"

#include <string.h>

enum kind {
    KIND_OTHER, /* not a word the API is known to use */
    KIND_NEVER, /* nothing was ever published */
    KIND_WAITING,
    KIND_RUNNING,
    KIND_DONE,
    KIND_CANCELED,
    KIND_FAILED
};

/* Retrieve offers / Retrieve offer status pages; neverPublished and waitingForPublisherReview were
 * also seen on the wire.  "published" stands only in a sample, "completed" in the operations page.
 */
static const struct {
    const char *word;
    enum kind kind;
} status_words[] = {
    { "neverPublished", KIND_NEVER },
    { "notStarted", KIND_NEVER },
    { "waitingForPublisherReview", KIND_WAITING },
    { "running", KIND_RUNNING },
    { "succeeded", KIND_DONE },
    { "published", KIND_DONE },
    { "completed", KIND_DONE },
    { "canceled", KIND_CANCELED },
    { "failed", KIND_FAILED },
};

/* Retrieve offer status page; "running", "failed" and "completed" are the operations page's. */
static const struct {
    const char *word;
    enum step_status status;
} step_words[] = {
    { "notStarted", STEP_NOT_STARTED },
    { "inProgress", STEP_IN_PROGRESS },
    { "running", STEP_IN_PROGRESS },
    { "waitingForPublisherReview", STEP_WAITING_SIGNOFF },
    { "waitingForApproval", STEP_WAITING_APPROVAL },
    { "blocked", STEP_BLOCKED },
    { "rejected", STEP_REJECTED },
    { "failed", STEP_REJECTED },
    { "complete", STEP_COMPLETE },
    { "completed", STEP_COMPLETE },
    { "canceled", STEP_CANCELED },
};

/* No documentation has these; they catch a value that may come one day. */
static const char *const gone_words[] = { "delist",   "stopsell", "stopsold",
                                          "deprecat", "terminat", "removed" };

static enum kind status_kind(const char *status)
{
    for (size_t i = 0; i < sizeof(status_words) / sizeof(status_words[0]); i++) {
        if (word_equal(status, status_words[i].word)) {
            return status_words[i].kind;
        }
    }
    return KIND_OTHER;
}

enum step_status cpp_step_status(const char *word)
{
    for (size_t i = 0; i < sizeof(step_words) / sizeof(step_words[0]); i++) {
        if (word_equal(word, step_words[i].word)) {
            return step_words[i].status;
        }
    }
    return STEP_UNKNOWN;
}

static bool has_step(const struct cpp_facts *f, enum step_status status)
{
    for (size_t i = 0; i < f->step_count; i++) {
        if (f->steps[i].status == status) {
            return true;
        }
    }
    return false;
}

/* What a rule asks for beyond the status word. */

static bool signoff_step_waits(const struct cpp_facts *f)
{
    for (size_t i = 0; i < f->step_count; i++) {
        const struct step *s = &f->steps[i];
        if (s->status == STEP_WAITING_SIGNOFF &&
            (word_equal(s->id, "publisher-signoff") || word_equal(s->name, "publisher-signoff"))) {
            return true;
        }
    }
    return false;
}

static bool other_step_waits(const struct cpp_facts *f)
{
    return has_step(f, STEP_WAITING_SIGNOFF);
}

static bool step_rejected(const struct cpp_facts *f)
{
    return has_step(f, STEP_REJECTED);
}

static bool preview_waits_for_golive(const struct cpp_facts *f)
{
    return f->preview == CPP_YES && f->production == CPP_NO && f->newest_is_publish &&
           !f->newest_may_have_failed;
}

static bool is_live(const struct cpp_facts *f)
{
    return f->production == CPP_YES;
}

static bool gone_after_golive(const struct cpp_facts *f)
{
    return f->production == CPP_NO && f->preview == CPP_NO && f->golive_completed &&
           !f->newest_may_have_failed;
}

static bool not_asked(const struct cpp_facts *f)
{
    return f->depth == DEPTH_LIST && f->production == CPP_UNASKED;
}

static bool says_gone(const struct cpp_facts *f)
{
    for (size_t i = 0; i < sizeof(gone_words) / sizeof(gone_words[0]); i++) {
        if (word_contains(f->status, gone_words[i])) {
            return true;
        }
    }
    return false;
}

/* The first row whose kind and condition (NULL: none) match wins.  `more` marks what the list alone
 * cannot decide. */
static const struct {
    const char *id;
    enum kind kind;
    bool (*when)(const struct cpp_facts *f);
    enum offer_state state;
    enum offer_basis basis;
    bool more;
} rules[] = {
    { "cpp-1", KIND_WAITING, NULL, STATE_PENDING_SIGNOFF, BASIS_DOCUMENTED, false },
    { "cpp-2", KIND_RUNNING, signoff_step_waits, STATE_PENDING_SIGNOFF, BASIS_CLIENT, true },
    { "cpp-3", KIND_RUNNING, step_rejected, STATE_FAILED, BASIS_INFERRED, true },
    { "cpp-3a", KIND_RUNNING, other_step_waits, STATE_PENDING_SIGNOFF, BASIS_INFERRED, true },
    { "cpp-4", KIND_RUNNING, NULL, STATE_IN_PROGRESS, BASIS_DOCUMENTED, true },
    { "cpp-5", KIND_FAILED, NULL, STATE_FAILED, BASIS_DOCUMENTED, false },
    { "cpp-6", KIND_CANCELED, step_rejected, STATE_FAILED, BASIS_INFERRED, true },
    { "cpp-7", KIND_CANCELED, NULL, STATE_CANCELED, BASIS_DOCUMENTED, true },
    { "cpp-8", KIND_NEVER, NULL, STATE_NONE, BASIS_DOCUMENTED, false },
    { "cpp-9", KIND_DONE, preview_waits_for_golive, STATE_PENDING_SIGNOFF, BASIS_INFERRED, true },
    { "cpp-10", KIND_DONE, is_live, STATE_NONE, BASIS_INFERRED, true },
    { "cpp-11", KIND_DONE, gone_after_golive, STATE_DELISTED, BASIS_INFERRED, true },
    { "cpp-12", KIND_DONE, not_asked, STATE_NONE, BASIS_INFERRED, true },
    { "cpp-13", KIND_OTHER, says_gone, STATE_DELISTED, BASIS_INFERRED, false },
};

static enum offer_live live_of(const struct cpp_facts *f, enum kind kind, enum offer_state state)
{
    if (state == STATE_DELISTED || kind == KIND_NEVER) {
        return LIVE_NO;
    }
    if (f->production == CPP_YES) {
        return LIVE_YES;
    }
    if (f->production == CPP_NO && f->preview == CPP_YES) {
        return LIVE_PREVIEW;
    }
    if (f->production == CPP_NO && f->preview == CPP_NO) {
        return LIVE_NO;
    }
    return LIVE_UNKNOWN;
}

struct ruling cpp_decide(const struct cpp_facts *f)
{
    enum kind kind = status_kind(f->status);
    struct ruling r = { .state = STATE_UNKNOWN, .word_is_known = kind != KIND_OTHER };

    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        if (rules[i].kind == kind && (rules[i].when == NULL || rules[i].when(f))) {
            r.state = rules[i].state;
            r.rule = rules[i].id;
            r.basis = rules[i].basis;
            /* rule 4 is documented for a process that runs; that a step of it blocks is inferred */
            if (r.state == STATE_IN_PROGRESS && has_step(f, STEP_BLOCKED)) {
                r.basis = BASIS_INFERRED;
            }
            if (f->depth == DEPTH_LIST && rules[i].more) {
                r.basis = BASIS_PROVISIONAL;
            }
            break;
        }
    }
    r.newest_unknown = f->newest_unknown && r.rule == NULL;
    r.live = live_of(f, kind, r.state);
    return r;
}

bool cpp_decides_without_status(const char *listed_status)
{
    return status_kind(listed_status) == KIND_FAILED;
}

unsigned cpp_possible_states(const char *listed_status)
{
    const struct cpp_facts listed = { .status = listed_status };
    enum kind kind = status_kind(listed_status);
    unsigned states = 0;
    bool some_rule_fits = false; /* whatever the other answers say */

    if (listed_status == NULL) {
        return ALL_STATES; /* /status has the word */
    }
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]) && !some_rule_fits; i++) {
        if (rules[i].kind != kind || (kind == KIND_OTHER && !rules[i].when(&listed))) {
            continue; /* rules for other kinds look at the word alone */
        }
        states |= 1u << rules[i].state;
        some_rule_fits = rules[i].when == NULL || kind == KIND_OTHER;
    }
    return some_rule_fits ? states : states | 1u << STATE_UNKNOWN;
}

static unsigned slots_needed(const struct cpp_facts *f)
{
    if (f->production == CPP_UNASKED) {
        return CPP_GET_PRODUCTION;
    }
    if (f->production == CPP_NO && f->preview == CPP_UNASKED) {
        return CPP_GET_PREVIEW;
    }
    return 0;
}

unsigned cpp_needs(const struct cpp_facts *f)
{
    unsigned needs = 0;

    if (f->depth == DEPTH_LIST) {
        return 0;
    }
    switch (status_kind(f->status)) {
    case KIND_NEVER:
        break;
    case KIND_WAITING:
        needs = slots_needed(f);
        break;
    case KIND_FAILED: /* the output must show where it failed */
    case KIND_RUNNING:
    case KIND_CANCELED:
        needs = slots_needed(f) | CPP_GET_STATUS;
        break;
    case KIND_DONE:
        needs = slots_needed(f);
        /* Rules 9 and 11 both look at the submissions once production is gone, so they are asked
         * side by side with the preview slot. */
        if (f->production == CPP_NO) {
            needs |= CPP_GET_SUBMISSIONS;
        }
        break;
    case KIND_OTHER:
        /* A list element without a status: /status is the other place that has it. */
        if (f->status == NULL) {
            needs = CPP_GET_STATUS;
        }
        break;
    }
    if (f->depth == DEPTH_STEPS) {
        needs |= CPP_GET_STATUS;
    }
    if (f->steps_answer != CPP_UNASKED) {
        needs &= ~(unsigned)CPP_GET_STATUS;
    }
    if (f->submissions != CPP_UNASKED) {
        needs &= ~(unsigned)CPP_GET_SUBMISSIONS;
    }
    return needs;
}

bool cpp_undecidable(const struct cpp_facts *f)
{
    switch (status_kind(f->status)) {
    case KIND_RUNNING:
    case KIND_CANCELED:
        return f->steps_answer == CPP_FAILED;
    case KIND_DONE:
        return f->production == CPP_FAILED ||
               (f->production == CPP_NO &&
                (f->preview == CPP_FAILED || f->submissions == CPP_FAILED));
    case KIND_OTHER:
        return f->status == NULL && f->steps_answer == CPP_FAILED;
    case KIND_NEVER:
    case KIND_WAITING:
    case KIND_FAILED:
        return false;
    }
    return false;
}

int cpp_submission_compare(const struct cpp_submission *a, const struct cpp_submission *b)
{
    int order = 0;

    if (digits_are(a->id) && digits_are(b->id)) {
        order = digits_compare(a->id, b->id);
    }
    if (order == 0 && digits_are(a->version) && digits_are(b->version)) {
        order = digits_compare(a->version, b->version);
    }
    if (order == 0 && a->changed_at != NULL && b->changed_at != NULL) {
        order = timestamp_compare(a->changed_at, b->changed_at);
    }
    return order;
}

bool cpp_submission_is_golive(const struct cpp_submission *s)
{
    return word_equal(s->type, "goLive");
}

bool cpp_is_done(const char *status)
{
    return status_kind(status) == KIND_DONE;
}

static int compare(const void *a, const void *b)
{
    return cpp_submission_compare(a, b);
}

/* A submission that is listed twice can still be the newest. */
static bool same_submission(const struct cpp_submission *a, const struct cpp_submission *b)
{
    return text_equal_nocase(a->id, b->id) && text_equal_nocase(a->type, b->type) &&
           text_equal_nocase(a->state, b->state);
}

void cpp_weigh_submissions(struct cpp_facts *f, const struct cpp_submission *all, size_t count)
{
    struct newest newest = newest_find(all, count, sizeof(*all), compare);
    bool publish = count > 0, failed = false;

    for (size_t i = 0; i < count; i++) {
        bool golive = cpp_submission_is_golive(&all[i]);
        f->golive_completed = f->golive_completed || (golive && cpp_is_done(all[i].state));
        if (!newest_may_be(&newest, i)) {
            continue;
        }
        publish = publish && !golive;
        failed = failed || status_kind(all[i].state) == KIND_FAILED;
        f->newest_unknown =
            f->newest_unknown || (i != newest.top && !same_submission(&all[i], &all[newest.top]));
    }
    f->newest_is_publish = publish;
    f->newest_may_have_failed = failed;
}

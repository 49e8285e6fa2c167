/* cpp_rules.h - Cloud Partner Portal: from raw values to a publishing state.
 *
 * Pure.  The rules are mapping rules cpp-1 to cpp-13 of docs/states.md, in their order. */
#ifndef OFFERSTAT_CPP_RULES_H
#define OFFERSTAT_CPP_RULES_H

#include "offerstat/offer.h"
#include "offerstat/rules.h"

/* How far one request about an offer has come. */
enum cpp_answer {
    CPP_UNASKED,
    CPP_ASKED, /* under way */
    CPP_YES,   /* 200 */
    CPP_NO,    /* 404: that slot was never filled, there is no status */
    CPP_FAILED /* could not be read */
};

struct cpp_facts {
    const char *status; /* raw word of the list, or of /status once that was read; may be NULL */
    enum read_depth depth;
    enum cpp_answer steps_answer, production, preview, submissions;
    const struct step *steps;
    size_t step_count;
    /* Of the submissions (cpp_weigh_submissions): */
    bool newest_is_publish;      /* the newest one publishes (it is no go-live) */
    bool newest_unknown;         /* which of several is the newest is not known */
    bool newest_may_have_failed; /* the newest, or one of them */
    bool golive_completed;       /* some go-live was completed */
};

/* Requests, as bits. */
enum cpp_request {
    CPP_GET_STATUS = 1,
    CPP_GET_PRODUCTION = 2,
    CPP_GET_PREVIEW = 4,
    CPP_GET_SUBMISSIONS = 8
};

/* Requests to send now (bits); 0 when nothing more is needed, or all of it is under way. */
unsigned cpp_needs(const struct cpp_facts *f);

/* A request that the state rests on has failed: no state may be given. */
bool cpp_undecidable(const struct cpp_facts *f);

/* Whether the list's word decides the state whatever /status answers, so that /status is asked for
 * the steps alone. */
bool cpp_decides_without_status(const char *listed_status);

/* First rule that matches; STATE_UNKNOWN where none does. */
struct ruling cpp_decide(const struct cpp_facts *f);

/* The states (bits of enum offer_state) that an offer with this word in the list may have once the
 * rules know all that they ask for. */
unsigned cpp_possible_states(const char *listed_status);

/* Whether the word says that a submission was processed to its end ("succeeded"). */
bool cpp_is_done(const char *status);

/* A step's status word ("notStarted", "running", "failed", ...), STEP_UNKNOWN for any other. */
enum step_status cpp_step_status(const char *word);

/* Facts of one submission; texts are raw words, NULL where the service said nothing. */
struct cpp_submission {
    const char *id, *version, *changed_at, *type, *state;
    const char *slot, *created_at; /* for `history` alone */
};

/* Which is the newest: numeric ids where both have them, else the service's tick counter `version`,
 * else the time of change.  Positive when a is newer, 0 when that is not known. */
int cpp_submission_compare(const struct cpp_submission *a, const struct cpp_submission *b);
bool cpp_submission_is_golive(const struct cpp_submission *s);

/* Set the facts that the submissions decide together.  Their order does not matter. */
void cpp_weigh_submissions(struct cpp_facts *f, const struct cpp_submission *all, size_t count);

#endif

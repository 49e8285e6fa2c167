/* ingestion_rules.h - Partner Center ingestion: from a product's submissions to a state.
 *
 * Pure.  The rules are ingestion-1 to ingestion-13 of docs/states.md, in their order. */
#ifndef OFFERSTAT_INGESTION_RULES_H
#define OFFERSTAT_INGESTION_RULES_H

#include "offerstat/offer.h"
#include "offerstat/rules.h"

/* A submission; texts are raw words, NULL where the service said nothing. */
struct ingestion_submission {
    const char *id; /* 64-bit decimal, "0" for a draft */
    const char *state, *substate;
    bool has_update; /* a pendingUpdateInfo is there */
    const char *update_type, *update_status, *failure_reason;
    const char *release, *published_at;
};

/* The submissions of one product, as the rules see them; all zero at the start. */
struct ingestion_facts {
    enum read_depth depth;
    struct ingestion_submission *counted, *drafts; /* in the arena of ingestion_add */
    size_t count, draft_count;
    const struct step *steps; /* of workflowdetails, where they were asked for */
    size_t step_count;
    bool push_failed; /* workflowdetails says so of a push as a whole */
};

/* Whether it is a draft, which was never submitted and is no activity. */
bool ingestion_is_draft(const struct ingestion_submission *s);

/* Add a submission; their order does not matter.  0, or -1 without memory. */
int ingestion_add(struct arena *a, struct ingestion_facts *f, const struct ingestion_submission *s);

/* The submission that stands for the offer: the newest one, a draft only where there is nothing
 * else, or NULL.  Of several that may be the newest one that has failed. */
const struct ingestion_submission *ingestion_shown(const struct ingestion_facts *f);

/* The same, where it is under way or has ended above what is live; else NULL. */
const struct ingestion_submission *ingestion_activity(const struct ingestion_facts *f);

/* A draft is newer than the submission that stands for the offer. */
bool ingestion_has_newer_draft(const struct ingestion_facts *f);

/* First rule that matches; STATE_UNKNOWN where none does. */
struct ruling ingestion_decide(const struct ingestion_facts *f);

/* What to ask about the submission that stands for the offer, once all are known; bits.  May grow
 * when the steps are known. */
enum ingestion_request { INGESTION_GET_WORKFLOW = 1, INGESTION_GET_VALIDATIONS = 2 };
unsigned ingestion_needs(const struct ingestion_facts *f);

/* Whether no state may be given without the workflow, since a step may have failed. */
bool ingestion_rests_on_workflow(const struct ingestion_facts *f);

/* Whether the submission itself says that it failed and only a list is wanted: workflow and
 * validations would add where, and may be missing. */
bool ingestion_asks_extras(const struct ingestion_facts *f);

/* The first word of the deciding submission that the API is not known to use, or NULL. */
const char *ingestion_odd_word(const struct ingestion_facts *f);

/* Positive when a is newer: by id, then by the time of publication; 0 when
 * that is not known. */
int ingestion_compare(const struct ingestion_submission *a, const struct ingestion_submission *b);

/* A step of workflowdetails; a word that the API is not known to use is STEP_UNKNOWN. */
enum step_status ingestion_step_status(const char *name, const char *word);

#endif

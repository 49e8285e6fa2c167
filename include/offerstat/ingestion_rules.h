/* ingestion_rules.h - Partner Center ingestion: from a product's submissions to a state.
 *
 * Pure.  The rules are ingestion-1 to ingestion-15 of docs/states.md, in their order. */
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

/* What the submissions of one product say together; all zero at the start. */
struct ingestion_facts {
    enum read_depth depth;
    bool has_newest, has_live, has_ready; /* ready: to be published, whatever came later */
    struct ingestion_submission newest;   /* of those that count */
    struct ingestion_submission live;     /* the newest that is in store */
    const struct step *steps;             /* of workflowdetails, where they were asked for */
    size_t step_count;
};

/* Nothing but a draft: it was never submitted. */
bool ingestion_is_draft(const struct ingestion_submission *s);

/* Take a submission into account, in whatever order they come. */
void ingestion_add(struct ingestion_facts *f, const struct ingestion_submission *s);

/* The submission that is under way or has ended above what is live, or NULL. */
const struct ingestion_submission *ingestion_activity(const struct ingestion_facts *f);

/* First rule that matches; STATE_UNKNOWN where none does. */
struct ruling ingestion_decide(const struct ingestion_facts *f);

/* The first word of the deciding submission that the API is not known to use, or NULL. */
const char *ingestion_odd_word(const struct ingestion_facts *f);

/* Positive when a is newer: by id, then by the time of publication. */
int ingestion_compare(const struct ingestion_submission *a, const struct ingestion_submission *b);

/* A step of workflowdetails.  What is neither of NotStarted, InProgress and Success counts as a
 * failure (navcontainerhelper does so); a word that is in no enumeration is STEP_UNKNOWN. */
enum step_status ingestion_step_status(const char *name, const char *word);

#endif

/* graph_rules.h - Product Ingestion on Graph: from a product's submissions to a state.
 *
 * Pure.  The rules are graph-G1 to graph-G8 of docs/states.md, in their order. */
#ifndef OFFERSTAT_GRAPH_RULES_H
#define OFFERSTAT_GRAPH_RULES_H

#include "offerstat/offer.h"
#include "offerstat/rules.h"

/* A submission; texts are raw words, NULL where the service said nothing. */
struct graph_submission {
    const char *id; /* the number after submission/<guid>/ */
    const char *target, *status, *result, *lifecycle, *created;
    const char *deprecates_at; /* RFC 3339 UTC: when a deprecated one leaves the marketplace */
    const struct message *messages;
    size_t message_count;
};

/* The submissions of one product, as the rules see them; all zero at the start. */
struct graph_facts {
    enum read_depth depth;
    const char *lifecycle;            /* the product's own lifecycleState */
    const char *now;                  /* RFC 3339 UTC; NULL: no date lies ahead */
    struct graph_submission *entries; /* those that count, in the arena of graph_add */
    size_t count;
};

/* Add a submission; their order does not matter.  Drafts, and targets that are known to be neither
 * preview nor live, say nothing of the marketplace.  0, or -1 without memory. */
int graph_add(struct arena *a, struct graph_facts *f, const struct graph_submission *s);

/* The draft of a product: its target says so, or its id is 0 and it has neither target nor status.
 */
bool graph_is_draft(const struct graph_submission *s);

/* Positive when a is newer: by id, then by creation; 0 when that is not known. */
int graph_compare(const struct graph_submission *a, const struct graph_submission *b);

/* The entry that stands for the offer: a preview above everything live, else the newest live one;
 * or NULL.  Of several that may be the newest one that has failed. */
const struct graph_submission *graph_newest(const struct graph_facts *f);

/* First rule that matches; STATE_UNKNOWN where none does. */
struct ruling graph_decide(const struct graph_facts *f);

/* A live submission that takes the offer out of the marketplace is on its way. */
bool graph_stops_distribution(const struct graph_facts *f);

/* A completed preview is still listed although something newer is live. */
bool graph_has_superseded_preview(const struct graph_facts *f);

/* The future date at which what is live leaves the marketplace, or NULL. */
const char *graph_delisted_from(const struct graph_facts *f);

/* The first word that the API is not known to use, or NULL. */
const char *graph_odd_word(const struct graph_facts *f);

#endif

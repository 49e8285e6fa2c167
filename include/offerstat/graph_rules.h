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
};

/* What the submissions of one product say together; all zero at the start. */
struct graph_facts {
    enum read_depth depth;
    const char *lifecycle; /* the product's own lifecycleState */
    bool has_preview, has_running_preview, has_live, has_older_live;
    struct graph_submission preview, running_preview, live,
        older_live;         /* the newest of each kind */
    const char *odd_target; /* of an entry whose target is unknown */
};

/* Take a submission into account, in whatever order they come.  Drafts, and targets that are
 * neither preview nor live, say nothing of the marketplace. */
void graph_add(struct graph_facts *f, const struct graph_submission *s);

/* The draft of a product, which has neither status nor result. */
bool graph_is_draft(const struct graph_submission *s);

/* Positive when a is newer: by id, then by creation. */
int graph_compare(const struct graph_submission *a, const struct graph_submission *b);

/* The entry that decides: a preview above everything live, else the newest live one; or NULL. */
const struct graph_submission *graph_newest(const struct graph_facts *f);

/* First rule that matches; STATE_UNKNOWN where none does. */
struct ruling graph_decide(const struct graph_facts *f);

/* A live submission that takes the offer out of the marketplace is on its way. */
bool graph_stops_distribution(const struct graph_facts *f);

/* The first word that the API is not known to use, or NULL. */
const char *graph_odd_word(const struct graph_facts *f);

#endif

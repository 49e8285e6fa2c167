/* graph_order.h - what the entries of a product say, and which of them is the newest. */
#ifndef CORE_GRAPH_ORDER_H
#define CORE_GRAPH_ORDER_H

#include "newest.h"
#include "offerstat/graph_rules.h"

bool graph_is_done(const struct graph_submission *s);

/* Whether it is completed with this result; false for NULL. */
bool graph_has_result(const struct graph_submission *s, const char *result);

bool graph_is_preview(const struct graph_submission *s);
bool graph_is_live(const struct graph_submission *s);

struct newest graph_find_newest(const struct graph_facts *f);

/* Whether something that is live is newer than this submission, or is the same one. */
bool graph_is_over(const struct graph_facts *f, const struct graph_submission *preview);

/* Whether it is a live entry that the marketplace shows, or showed until it was stopped. */
bool graph_is_in_market(const struct graph_facts *f, const struct graph_submission *s);

/* The first of those, or NULL. */
const struct graph_submission *graph_in_market(const struct graph_facts *f);

#endif

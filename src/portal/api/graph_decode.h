/* graph_decode.h - bodies of the Product Ingestion API as records. */
#ifndef API_GRAPH_DECODE_H
#define API_GRAPH_DECODE_H

#include "offerstat/graph_rules.h"
#include "offerstat/offer.h"
#include "json/json.h"

/* All: -1 with *err names the member and what it holds. */

/* An element of GET product, and the members that are read of it; texts point into item or the
 * arena.  raw_status is the product's own lifecycleState. */
extern const char *const graph_product_members[];
int graph_decode_product(const cJSON *item, const char *publisher, struct arena *a,
                         struct offer *out, struct error *err);

/* An element of GET submission/<guid>; texts are copied to the arena.  Its validations, where it
 * has any, become *messages. */
extern const char *const graph_submission_members[];
int graph_decode_submission(const cJSON *item, struct arena *a, struct graph_submission *out,
                            const struct message **messages, size_t *count, struct error *err);

/* The object of GET configure/<job>/status; texts are copied to the arena, nested errors become
 * messages. */
int graph_decode_job(const cJSON *item, struct arena *a, struct event *out, struct error *err);

#endif

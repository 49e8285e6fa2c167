/* graph_decode.h - from the Product Ingestion API's JSON to records. */
#ifndef API_GRAPH_DECODE_H
#define API_GRAPH_DECODE_H

#include "offerstat/graph_rules.h"
#include "offerstat/offer.h"
#include "json/json.h"

/* All return 0, or -1 with *err: no memory, or ERR_ANSWER naming the member and what it holds. A
 * member that decides nothing and cannot be read is left out, with a note on the offer. */

/* An element of GET product, and the names of the members that are read; texts point into item or
 * the arena.  raw_status is the product's own lifecycleState. */
extern const char *const graph_product_members[];
int graph_decode_product(const cJSON *item, const char *publisher, struct arena *a,
                         struct offer *out, struct error *err);

/* An element of GET submission/<guid>, and the names of the members that are read; texts are copied
 * to the arena.  Its validations, where it has any, become messages.  *o gets the notes. */
extern const char *const graph_submission_members[];
int graph_decode_submission(const cJSON *item, struct arena *a, struct offer *o,
                            struct graph_submission *out, struct error *err);

/* The object of GET configure/<job>/status; texts are copied to the arena, nested errors become
 * messages, and so do notes, for which an event has no other place. */
int graph_decode_job(const cJSON *item, struct arena *a, struct event *out, struct error *err);

#endif

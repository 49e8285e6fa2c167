/* ingestion_decode.h - bodies of the Partner Center ingestion API as records. */
#ifndef API_INGESTION_DECODE_H
#define API_INGESTION_DECODE_H

#include "offerstat/ingestion_rules.h"
#include "offerstat/offer.h"
#include "json/json.h"

/* All: -1 with *err names the member and what it holds. */

/* An element of GET /products, and the members that are read of it; texts point into item or the
 * arena. */
extern const char *const ingestion_product_members[];
int ingestion_decode_product(const cJSON *item, const char *publisher, struct arena *a,
                             struct offer *out, struct error *err);

/* An element of GET .../submissions; texts are copied to the arena. */
extern const char *const ingestion_submission_members[];
int ingestion_decode_submission(const cJSON *item, struct arena *a,
                                struct ingestion_submission *out, struct error *err);

/* An element of GET .../workflowdetails: one push to an environment.  Its steps are added to those
 * of *o, with notes where a word is unknown; the push itself is *out.  Copied to the arena. */
int ingestion_decode_workflow(const cJSON *item, struct arena *a, struct offer *o,
                              struct event *out, struct error *err);

/* An element of GET .../validations; texts are copied to the arena. */
int ingestion_decode_validation(const cJSON *item, struct arena *a, struct message *out,
                                struct error *err);

#endif

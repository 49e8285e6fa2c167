/* ingestion_decode.h - from the Partner Center ingestion API's JSON to records. */
#ifndef API_INGESTION_DECODE_H
#define API_INGESTION_DECODE_H

#include "offerstat/ingestion_rules.h"
#include "offerstat/offer.h"
#include "json/json.h"

/* All return 0, or -1 with *err: no memory, or ERR_ANSWER naming the member and what it holds. A
 * member that decides nothing and cannot be read is left out, with a note on the offer. */

/* An element of GET /products, and the names of the members that are read; texts point into item or
 * the arena. */
extern const char *const ingestion_product_members[];
int ingestion_decode_product(const cJSON *item, const char *publisher, struct arena *a,
                             struct offer *out, struct error *err);

/* An element of GET .../submissions, and the names of the members that are read; texts are copied
 * to the arena.  *o gets the notes. */
extern const char *const ingestion_submission_members[];
int ingestion_decode_submission(const cJSON *item, struct arena *a, struct offer *o,
                                struct ingestion_submission *out, struct error *err);

/* An element of GET .../workflowdetails: one push to an environment.  Its steps are added to those
 * of *o, with a note for each status that is unknown; the push itself goes to *out.  Texts are
 * copied to the arena. */
int ingestion_decode_workflow(const cJSON *item, struct arena *a, struct offer *o,
                              struct event *out, struct error *err);

/* An element of GET .../validations.  out->text is in the arena; it is unchanged when neither
 * message nor code can be read.  *o gets the notes. */
int ingestion_decode_validation(const cJSON *item, struct arena *a, struct offer *o,
                                struct message *out, struct error *err);

#endif

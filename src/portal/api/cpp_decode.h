/* cpp_decode.h - bodies of the Cloud Partner Portal as records. */
#ifndef API_CPP_DECODE_H
#define API_CPP_DECODE_H

#include "offerstat/cpp_rules.h"
#include "offerstat/offer.h"
#include "offerstat/report.h"
#include "json/json.h"

/* All: texts point into item or the arena; -1 with *err names the member and what it holds. */

/* An element of GET /api/publishers. */
int cpp_decode_publisher(const cJSON *item, struct arena *a, struct publisher *out,
                         struct error *err);

/* An element of GET .../offers, and the members that are read of it.  publisher stands in where the
 * element names none. */
extern const char *const cpp_offer_members[];
int cpp_decode_offer(const cJSON *item, const char *publisher, struct arena *a, struct offer *out,
                     struct error *err);

/* The object of GET .../offers/{o}/status into steps, messages and notes of *o; *status is the raw
 * word, NULL where there is none.  Everything is copied to the arena. */
int cpp_decode_status(const cJSON *item, struct arena *a, struct offer *o, const char **status,
                      struct error *err);

/* An element of GET .../submissions; texts are copied to the arena. */
int cpp_decode_submission(const cJSON *item, struct arena *a, struct cpp_submission *out,
                          struct error *err);

#endif

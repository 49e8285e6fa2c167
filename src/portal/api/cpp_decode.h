/* cpp_decode.h - from the Cloud Partner Portal's JSON to records. */
#ifndef API_CPP_DECODE_H
#define API_CPP_DECODE_H

#include "offerstat/cpp_rules.h"
#include "offerstat/offer.h"
#include "offerstat/report.h"
#include "json/json.h"

/* All return 0, or -1 with *err: no memory, or ERR_ANSWER naming the member and what it holds. A
 * member that decides nothing and cannot be read is left out, with a note on the offer. Texts point
 * into item, or are copied to the arena where a comment says so; numbers and times are always in
 * the arena. */

/* An element of GET /api/publishers. */
int cpp_decode_publisher(const cJSON *item, struct arena *a, struct publisher *out,
                         struct error *err);

/* An element of GET .../offers, and the names of the members that are read.  publisher: the
 * one asked for; NULL: the element's own. */
extern const char *const cpp_offer_members[];
int cpp_decode_offer(const cJSON *item, const char *publisher, struct arena *a, struct offer *out,
                     struct error *err);

/* The object of GET .../offers/{o}/status: sets steps and messages of *o and adds notes; *status is
 * the raw word, NULL where there is none.  Everything is copied to the arena. */
int cpp_decode_status(const cJSON *item, struct arena *a, struct offer *o, const char **status,
                      struct error *err);

/* An element of GET .../submissions; texts are copied to the arena.  *o gets the notes. */
int cpp_decode_submission(const cJSON *item, struct arena *a, struct offer *o,
                          struct cpp_submission *out, struct error *err);

/* The object of GET .../slot/{slot}, and the names of the members that are looked at.  Only the
 * presence of a slot matters, but an object that is no offer proves nothing. */
extern const char *const cpp_slot_members[];
int cpp_check_slot(const cJSON *item, struct error *err);

#endif

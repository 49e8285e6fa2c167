/* known.h - how the file has the offers that are being read. */
#ifndef RECORD_KNOWN_H
#define RECORD_KNOWN_H

#include "record_priv.h"

/* An offer as one API shows it, or several together. */
struct known_track {
    struct known_track *next; /* of the same bucket */
    uint64_t hash;            /* of the offer's id */
    struct recorded_offer offer;
    struct recorded_span span; /* the present one */
    int64_t offer_row, track_row, span_row;
    int64_t run_row; /* the publish that is under way; 0: none */
    int64_t last_seen_ms;
    int64_t listed_ms;  /* the complete list that had it last; 0: none */
    int64_t digest;     /* of the sighting that was written last; 0: not known */
    bool has_forgotten; /* nothing says how one of its publishes ended */
    bool is_noted;      /* it is among what is being written */
};

/* Look up the offers of that id.  Pointers to what was looked up before are void afterwards.  0, or
 * -1 with *err. */
int known_look_up(struct record *r, const char *id, struct error *err);

/* Look up all offers of the endpoint. */
int known_look_up_all(struct record *r, struct error *err);

/* Of what was looked up, in no order: the track after that one, of that id or of any (NULL), where
 * NULL stands for the first, and for none. */
struct known_track *known_next(const struct record *r, const char *id,
                               const struct known_track *after);

/* That of an offer and API; NULL: none. */
struct known_track *known_find(const struct record *r, const char *id, int64_t offer_row,
                               const char *api);

/* Add one that is being written; the texts are borrowed.  NULL without memory. */
struct known_track *known_add(struct record *r, const struct recorded_offer *o, const char *api);

/* Whether no other run has written since the first was looked up.  0, or -1 with *err. */
int known_is_current(struct record *r, bool *out, struct error *err);

/* Forget what was looked up. */
void known_drop(struct record *r);

#endif

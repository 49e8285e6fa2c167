/* offer_build.h - filling an offer's record while the answers about it come. */
#ifndef OFFERSTAT_OFFER_BUILD_H
#define OFFERSTAT_OFFER_BUILD_H

#include "offerstat/error.h"
#include "offerstat/offer.h"
#include "offerstat/rules.h"

/* What the rules decided becomes the offer's state.  Steps come first: a blocked one asks for
 * another action. */
void offer_apply_ruling(struct offer *o, const struct ruling *ruling);

/* Add a note, each text once.  The texts are not copied.  0, or -1 without memory. */
int offer_add_note(struct arena *a, struct offer *o, const struct note *note);

/* Add a note that the format makes, for machines in English and for people in their language: what
 * is passed for a %s stands in both.  0, or -1 without memory. */
int offer_note(struct arena *a, struct offer *o, bool warning, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Add what an error says as a note.  0, or -1 without memory. */
int offer_note_error(struct arena *a, struct offer *o, bool warning, const struct error *what);

/* The warning that goes with a ruling's newest_unknown.  0, or -1 without memory. */
int offer_note_newest_unknown(struct arena *a, struct offer *o);

/* The warning that a word which no documentation has was read as this state.  0, or -1 without
 * memory. */
int offer_note_odd_word(struct arena *a, struct offer *o, const char *word, enum offer_state state);

/* A product must have its GUID, which also stands in, with a note, for an offer id it does not
 * have.  -1 with *err. */
int offer_need_ids(struct arena *a, struct offer *o, struct error *err);

/* Add an event; its texts are not copied.  0, or -1 without memory. */
int offer_event(struct arena *a, struct offer *o, const struct event *e);

#endif

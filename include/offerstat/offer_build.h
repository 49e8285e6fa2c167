/* offer_build.h - filling an offer's record while the answers about it come. */
#ifndef OFFERSTAT_OFFER_BUILD_H
#define OFFERSTAT_OFFER_BUILD_H

#include "offerstat/error.h"
#include "offerstat/offer.h"
#include "offerstat/rules.h"

/* What the rules decided becomes the offer's state.  Steps come first: a blocked one asks for
 * another action. */
void offer_apply_ruling(struct offer *o, const struct ruling *ruling);

/* Add a note unless the offer has one of the same text.  The texts are not copied.  0, or -1
 * without memory. */
int offer_add_note(struct arena *a, struct offer *o, const struct note *note);

/* Format a note, in English for machines and in their language for people, and add it.  What is
 * passed for a %s stands in both.  0, or -1 without memory. */
int offer_note(struct arena *a, struct offer *o, bool warning, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Add the text of an error as a note.  0, or -1 without memory. */
int offer_note_error(struct arena *a, struct offer *o, bool warning, const struct error *what);

/* Add the warning that belongs to a ruling's newest_unknown.  0, or -1 without memory. */
int offer_note_newest_unknown(struct arena *a, struct offer *o);

/* Add the warning that a word without documentation was read as this state.  0, or -1 without
 * memory. */
int offer_note_odd_word(struct arena *a, struct offer *o, const char *word, enum offer_state state);

/* Check that a product has its GUID.  When it has no offer id the GUID takes its place, with a
 * note.  0, or -1 with *err. */
int offer_need_ids(struct arena *a, struct offer *o, struct error *err);

/* Add an event; its texts are not copied.  0, or -1 without memory. */
int offer_event(struct arena *a, struct offer *o, const struct event *e);

#endif

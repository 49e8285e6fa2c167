/* record_use.h - the record of this run: opened where it is wanted, and never in the way of a read.
 */
#ifndef OFFERS_RECORD_USE_H
#define OFFERS_RECORD_USE_H

#include "offerstat/arena.h"
#include "offerstat/error.h"
#include "offerstat/offer.h"
#include "offerstat/record.h"
#include "offerstat/strbuf.h"

#include <stdbool.h>

struct settings;

/* The record that one read goes to.  All zero: none. */
struct record_use {
    const struct settings *opens; /* it is opened with the first offer; NULL: it was, or is not */
    struct record *record;        /* NULL: there is none, or it could not be used, which was said */
    bool writes;                  /* else it is only looked at */
    bool failed; /* it broke during the read: from then on every offer may have changed */
};

/* Whether the settings ask for one. */
bool record_use_is_wanted(const struct settings *s);

/* Have it opened: with the first offer, while the answers of others are under way; where the run
 * cannot do without it, at once, or -1 with *err.  What keeps it from being used else is a warning.
 * The settings are borrowed. */
int record_use_begin(struct record_use *r, const struct settings *s, struct error *err);

/* An offer that was read, and what the record knew of it.  Its memory is *memory; a publish that
 * the services have forgotten is a note of *o, in the arena.  -1 with *err without memory; all else
 * that keeps the record from being used is a warning. */
int record_use_see(struct record_use *r, struct offer *o, struct recorded_memory *memory,
                   struct arena *a, struct error *err);

/* The read is begun once more, or over: is_complete as in record_write. */
void record_use_forget(struct record_use *r);
void record_use_finish(struct record_use *r, bool is_complete);

void record_use_close(struct record_use *r);

/* Whether a command that is about the record asks for this publisher's offers. */
bool record_use_asks_for(const struct settings *s, const char *publisher);

/* Append the path of the record.  0, or -1 with *err. */
int record_use_path(struct strbuf *path, struct error *err);

/* Open the record for a command that is about it: to read, or to change it.  NULL with *err. */
struct record *record_use_open_file(const struct settings *s, bool all_endpoints, bool writes,
                                    struct error *err);

/* Whether it could not be opened because there is none yet, which is an empty one; says how to
 * begin one. */
bool record_use_is_missing(const struct error *err);

#endif

/* record_use.h - the record as a read uses it.  Where it fails the read goes on without, with a
 * warning; only --changed wants it open before the read begins. */
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
    const struct settings *opens; /* by which the first offer opens it; NULL: nothing to open */
    struct record *record;        /* NULL: not open, or given up with a warning */
    bool writes;                  /* else it is only read */
    bool failed; /* it failed during the read: from then on every offer may have changed */
};

/* Whether the settings ask for one. */
bool record_use_is_wanted(const struct settings *s);

/* Have the record opened when the first offer comes, since the answers about others are under way
 * then; with --changed at once, and -1 with *err when that fails.  A record that does not exist yet
 * is no failure.  The settings are borrowed. */
int record_use_begin(struct record_use *r, const struct settings *s, struct error *err);

/* Look up an offer that was read, in *memory, and note it for record_use_finish.  A publish that
 * the services have forgotten becomes a note of *o, in the arena.  -1 with *err without memory; any
 * other failure is a warning. */
int record_use_see(struct record_use *r, struct offer *o, struct recorded_memory *memory,
                   struct arena *a, struct error *err);

/* The read begins once more: drop what was noted. */
void record_use_forget(struct record_use *r);

/* The read is over: write what was noted; is_complete as in record_write. */
void record_use_finish(struct record_use *r, bool is_complete);

void record_use_close(struct record_use *r);

/* Whether a command that is about the record asks for this publisher's offers. */
bool record_use_asks_for(const struct settings *s, const char *publisher);

/* Append the path of the record.  0, or -1 with *err. */
int record_use_path(struct strbuf *path, struct error *err);

/* Open the record for a command that is about it: to read, or to change it.  NULL with *err. */
struct record *record_use_open_file(const struct settings *s, bool all_endpoints, bool writes,
                                    struct error *err);

/* Whether opening failed with *err because there is no record yet, which a command treats as an
 * empty one; then prints a hint how to begin one. */
bool record_use_is_missing(const struct error *err);

#endif

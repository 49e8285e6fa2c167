/* record.h - what reads have found, kept in one SQLite file from run to run.
 *
 * A file that cannot be used never stops a read: whoever calls these says what *err has as a
 * warning and goes on.  Codes: ERR_NOT_FOUND: there is none; ERR_USAGE: the library is not
 * installed; ERR_MEMORY; ERR_OUTPUT: all else. */
#ifndef OFFERSTAT_RECORD_H
#define OFFERSTAT_RECORD_H

#include "offerstat/arena.h"
#include "offerstat/error.h"
#include "offerstat/recorded.h"

struct record;

struct record_options {
    const char *path;     /* of the file; its folder exists */
    const char *endpoint; /* see struct recorded_offer; NULL in a query: all of them */
    bool writes; /* it is made where it is missing, brought to the present version, and one that is
                  * broken is set aside */
    void (*warn)(void *user, const struct error *what); /* it was set aside */
    void *user;
};

/* Open the file.  The texts are copied.  0, or -1 with *err and *out untouched. */
int record_open(const struct record_options *options, struct record **out, struct error *err);
void record_close(struct record *r); /* NULL is fine */

/* What a read at that time has found out about an offer, to be written; what is provisional is left
 * out.  0, or -1 without memory. */
int record_note(struct record *r, const struct offer *o, int64_t seen_ms, struct error *err);

/* Forget what was noted and not written. */
void record_drop(struct record *r);

/* Write what was noted, in one transaction.  What the file knows from a later read stays.  0, or -1
 * with *err, and nothing was written. */
int record_write(struct record *r, int64_t now_ms, struct error *err);

/* Which publishes are wanted; all zero: all.  Texts are borrowed. */
struct record_query {
    const char *type;                                   /* as --type has it */
    const char *endpoint, *publisher, *id, *product_id; /* of one offer; case of ids is ignored */
};

/* The publishes that were recorded, in the order in which they were first seen, in memory of the
 * arena.  0, or -1 with *err. */
int record_runs(struct record *r, const struct record_query *query, struct arena *a,
                struct recorded_run **runs, size_t *count, struct error *err);

#endif

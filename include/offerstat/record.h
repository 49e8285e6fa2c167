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

/* The endpoint that it was opened for; NULL: all of them. */
const char *record_endpoint(const struct record *r);

/* What a read at that time has found out about an offer, to be written; what is provisional is left
 * out.  0, or -1 without memory. */
int record_note(struct record *r, const struct offer *o, int64_t seen_ms, struct error *err);

/* Forget what was noted and not written. */
void record_drop(struct record *r);

/* What the file knows of an offer, as it stood before this run wrote anything.  0, or -1 with *err.
 */
int record_recall(struct record *r, const struct offer *o, struct recorded_memory *out,
                  struct error *err);

/* Write what was noted, in one transaction.  What the file knows from a later read stays.
 * is_complete: what was noted is all that the services list, of these publishers or of all; then
 * what was in the list before and is not in this one is gone.  An offer counts as gone only where
 * another that was listed with it is listed again, and one of its publisher is: a list that
 * another account sees, or none, says nothing about it.  0, or -1 with *err, and nothing was
 * written. */
int record_write(struct record *r, bool is_complete, int64_t now_ms, struct error *err);

/* Where `changes` begins. */
struct record_since {
    int64_t time_ms; /* the first read that showed it was then or later; 0: at any time */
    int64_t serial;  /* after this change; 0: after none */
};

/* The changes since then, oldest first, in memory of the arena.  0, or -1 with *err. */
int record_changes(struct record *r, const struct record_since *since, struct arena *a,
                   struct recorded_change **changes, size_t *count, struct error *err);

/* Up to where changes have been shown (0: never) to those who ask under that name, and keep that
 * for the next run. */
int record_get_mark(struct record *r, const char *name, int64_t *serial, int64_t *at_ms,
                    struct error *err);
int record_set_mark(struct record *r, const char *name, int64_t serial, int64_t at_ms,
                    struct error *err);

/* The offers that the record has, each as its last read found it by each API, by id. */
struct recorded_entry {
    int64_t row; /* of the offer, for record_forget */
    struct recorded_offer offer;
    struct recorded_span span;
};
int record_entries(struct record *r, struct arena *a, struct recorded_entry **entries,
                   size_t *count, struct error *err);

/* Every span of every offer, the oldest first, one by one; texts are valid during the call.  A
 * callback that returns -1 with *err ends it. */
int record_spans(struct record *r,
                 int (*take)(void *user, const struct recorded_entry *entry, struct error *err),
                 void *user, struct error *err);

/* Forget an offer with all that was recorded of it; row 0: every offer, and the mark. record_shrink
 * gives the room back to the file system. */
int record_forget(struct record *r, int64_t row, struct error *err);
int record_shrink(struct record *r, struct error *err);

/* How much there is. */
struct record_size {
    int version; /* of the tables */
    int64_t offers, spans, changes, runs;
    int64_t first_ms, last_ms; /* the first and the last read; 0: none */
    int64_t bytes;
};
int record_measure(struct record *r, struct record_size *out, struct error *err);

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

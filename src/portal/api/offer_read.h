/* offer_read.h - one offer between the list and the sink, as the backends fill it. */
#ifndef API_OFFER_READ_H
#define API_OFFER_READ_H

#include "offerstat/arena.h"
#include "offerstat/error.h"
#include "offerstat/offer.h"
#include "offerstat/portal.h"
#include "offerstat/select.h"

struct offer_read;
struct reader; /* opaque here, see read/reader.h */

/* The reader's functions that backends call. */
struct read_host {
    /* An answer came: let the backend continue with the offer, unless the read has ended. */
    void (*step)(struct offer_read *read);
    /* All answers about the offer are there, or will not come. */
    void (*answered)(struct offer_read *read);
    /* End the read as a whole. */
    void (*abort)(struct reader *reader, const struct error *err);
};

struct offer_read {
    struct portal *portal;
    struct arena arena; /* this struct lives in it */
    struct offer offer;
    enum read_depth depth; /* how much is read of it */
    bool unreadable;       /* nothing of it can be shown */
    struct error *problem; /* in the arena; NULL when all went well */
    bool foreign;          /* the problem is that this API has no offers of this type */
    void *backend;         /* the backend's own record, in the arena */
    const struct read_host *host;
    /* The rest is the reader's. */
    struct reader *reader;
    struct offer_read *next;          /* in the server's order */
    struct offer_read *next_answered; /* in reader->answered */
    enum selected selected;
    bool is_duplicate; /* of an offer that this API lists earlier */
    bool started, done;
    struct offer_read *witness;    /* the same offer in the Graph API; NULL: not asked */
    struct offer_read *witness_of; /* the offer for which this one is the witness */
};

/* An answer came: continue with the offer. */
void offer_read_step(struct offer_read *read);

/* The offer is read, or cannot be. */
void offer_read_answered(struct offer_read *read);

/* Add the steps, notes and events of one answer, which are in the arena, to the record.  Answers
 * that come side by side each fill a part of their own, so that one that breaks off can be dropped.
 * 0, or -1 without memory. */
int offer_read_take(struct offer_read *read, const struct offer *part);

/* Keep a copy of the first thing that went wrong with this offer. */
void offer_read_problem(struct offer_read *read, const struct error *err);

/* The same for an answer to a request about it, `what` being its name ("status"). */
void offer_read_answer_failed(struct offer_read *read, const char *what, const struct error *err);

/* Free it, and its witness. */
void offer_read_free(struct offer_read *read);

#endif

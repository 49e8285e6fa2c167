/* job.h - one offer on its way from the list to the sink, as the backends fill it. */
#ifndef API_JOB_H
#define API_JOB_H

#include "offerstat/arena.h"
#include "offerstat/error.h"
#include "offerstat/offer.h"
#include "offerstat/portal.h"
#include "offerstat/select.h"

struct job;
struct reader; /* opaque here: whoever reads offers */

/* What the reader does for its jobs; the backends know no more of it. */
struct job_host {
    /* An answer came: let the backend advance the job, unless the read has ended. */
    void (*step)(struct job *job);
    /* The job has all its answers, or is not going to get them. */
    void (*answered)(struct job *job);
    /* End the read as a whole. */
    void (*abort)(struct reader *reader, const struct error *err);
};

struct job {
    struct portal *portal;
    struct arena arena; /* the job lives in it */
    struct offer offer;
    enum read_depth depth; /* how much is asked of it */
    bool unreadable;       /* there is nothing to show of it */
    struct error *problem; /* in the arena; NULL when all went well */
    bool others_read;      /* another API is read as well, and has what is foreign to this one */
    void *backend;         /* the backend's own record, in the arena */
    const struct job_host *host;
    /* The rest is the reader's. */
    struct reader *reader;
    struct job *next;          /* in the server's order */
    struct job *next_answered; /* in reader->answered */
    enum selected selected;
    bool started, done;
    struct job *witness;    /* the same offer as the Graph API knows it; NULL: not asked */
    struct job *witness_of; /* and this is it */
};

/* An answer came: go on with the job. */
void job_step(struct job *job);

/* The offer is read, or is not going to be. */
void job_done(struct job *job);

/* Keep a copy of the first thing that went wrong with this offer. */
void job_problem(struct job *job, const struct error *err);

/* The same for an answer to a request about it, `what` being its name ("status"). */
void job_answer_failed(struct job *job, const char *what, const struct error *err);

/* Free the job and its witness. */
void job_free(struct job *job);

#endif

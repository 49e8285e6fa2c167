/* portal_priv.h - what the front desk, the reader and the backends share. */
#ifndef PORTAL_PRIV_H
#define PORTAL_PRIV_H

#include "fetch.h"
#include "json_get.h"
#include "offerstat/portal.h"

struct portal {
    const struct portal_api *api;
    char *endpoint; /* without a slash at its end */
    struct fetcher fetcher;
};

/* One offer on its way from the list to the sink. */
struct job {
    struct reader *reader; /* see read.c */
    struct job *next;      /* in the server's order */
    struct arena arena;
    struct offer offer;
    enum selected selected;
    bool started, done;
    bool unreadable;       /* done, and there is nothing to show */
    struct error *problem; /* in the arena; NULL when all went well */
    void *backend;         /* the backend's own record, in the arena */
};

/* A backend: one row in portal.c, one file. */
struct portal_api {
    const char *name, *endpoint;
    /* Addresses below the endpoint, appended to url. */
    void (*publishers_url)(struct strbuf *url);
    void (*list_url)(struct strbuf *url, const char *publisher);
    /* What read_offer reads of an element, with a NULL at the end. */
    const char *const *list_members;
    /* Read one element; texts may point into item or the arena.  -1 with *err; where the id could
     * be read, it is set all the same. */
    int (*read_publisher)(const cJSON *item, struct arena *a, struct publisher *out,
                          struct error *err);
    int (*read_offer)(const cJSON *item, enum read_depth depth, const char *publisher,
                      struct arena *a, struct offer *out, struct error *err);
    /* Make the next requests of an offer; once nothing is missing, settle its record and call
     * job_done.  -1 with *err when the read as a whole has to end. */
    int (*advance)(struct job *job, struct error *err);
};

extern const struct portal_api api_cpp;

/* read.c, for the backends */

/* How much is asked of the job's offer, and by which portal. */
enum read_depth job_depth(const struct job *job);
struct portal *job_portal(const struct job *job);

/* An answer came: advance the job again.  It may be gone when this returns. */
void job_step(struct job *job);

/* The offer is read, or is not going to be. */
void job_done(struct job *job);

/* Keep a copy of the first thing that went wrong with this offer. */
void job_problem(struct job *job, const struct error *err);

/* A note on an offer that grows; texts are copied.  0, or -1 without memory. */
int offer_note(struct arena *a, struct offer *o, bool warning, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* publishers.c: read the account's publishers into report (publishers, problems, read), then call
 * done; failure is NULL unless the read has to end (no memory). */
int publishers_start(struct portal *p, struct report *report,
                     void (*done)(void *user, const struct error *failure), void *user,
                     struct error *err);

#endif

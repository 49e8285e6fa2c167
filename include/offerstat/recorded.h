/* recorded.h - what the record keeps: how an offer stood, what changed, how a publish went. */
#ifndef OFFERSTAT_RECORDED_H
#define OFFERSTAT_RECORDED_H

#include "offerstat/offer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Texts are NULL where they are not known, as in struct offer; times of our reads are Unix times,
 * 0: none; times of the service are RFC 3339 UTC. */

/* The offer that a record belongs to. */
struct recorded_offer {
    const char *endpoint; /* "": the services' own; "loopback"; else as --endpoint had it */
    const char *publisher, *id, *product_id, *name, *type;
};

/* The state of an offer from one change to the next, as one API shows it, or several together. */
struct recorded_span {
    const char *api; /* "cpp"; "graph,ingestion" */
    bool gone;       /* complete lists no longer have it; the other members are as before */
    bool appeared;   /* earlier complete lists did not have it */
    enum offer_state state;
    enum offer_live live; /* LIVE_UNKNOWN: never known */
    const char *raw_status, *submission, *version;
    const char *step_id, *step_name; /* of the step that it stood at */
    size_t step_index, step_total;   /* counted from 1; 0: at none */
    enum step_status step_status;    /* meaningless when it stood at none */
    const char *since;               /* when that began, by the service */
    int64_t first_seen_ms;           /* the first read that found it so */
    int64_t last_seen_ms;            /* and the last */
};

/* The members of a span in which two of them can differ. */
enum recorded_member {
    RECORDED_STATE = 1,
    RECORDED_LIVE = 2,
    RECORDED_STEP = 4,
    RECORDED_SUBMISSION = 8,
    RECORDED_VERSION = 16
};

/* From one span to the next. */
struct recorded_change {
    int64_t serial; /* grows with each change that is written */
    struct recorded_offer offer;
    struct recorded_span before; /* meaningless when the offer has appeared */
    struct recorded_span after;
    unsigned members; /* bits of enum recorded_member; none: it appeared, is gone, or is back */
};

/* What the record knows of an offer that has just been read. */
struct recorded_memory {
    bool known;           /* an earlier read had it */
    bool is_new;          /* none had it, though some had other offers */
    unsigned differs;     /* bits of enum recorded_member */
    int64_t forgotten_ms; /* the last read that found a publish under way which is over now, and
                             nothing says how it ended; 0: no such publish */
};

/* A step of a publish.  The service's own times are exact.  Where it gives none, the step began
 * between two reads: the last that showed it not started and the first that showed it begun; and
 * ended between two reads likewise. */
struct recorded_step {
    const char *id, *name;
    size_t index; /* counted from 1 */
    enum step_status status;
    const char *started_at, *completed_at;
    int64_t begun_after_ms, begun_seen_ms; /* 0: no such read */
    int64_t ended_after_ms, ended_seen_ms; /* complete, rejected or canceled */
};

/* A publish, from the first read that found it under way to the one that found it over. */
struct recorded_run {
    struct recorded_offer offer;
    const char *api;
    const char *submission, *version;
    const char *submitted_at, *ended_at; /* by the service */
    int64_t not_before_ms; /* the last read before it; 0: the record begins with it, so that it may
                              have begun long before first_seen_ms */
    int64_t first_seen_ms, last_seen_ms; /* the first and the last read that found it under way */
    int64_t ended_ms;                    /* the read that found it over; 0: it is not */
    enum offer_state state;              /* in which it ended; the latest while it is not over */
    bool forgotten;                      /* nothing says how it ended: canceled, most likely */
    const struct recorded_step *steps;
    size_t step_count;
};

/* Make the span that describes an offer, without its API and the times of reads.  Texts are
 * borrowed. */
void recorded_span_of(const struct offer *o, struct recorded_span *out);

/* Fill what a read did not find out with what was known before. */
void recorded_carry_over(const struct recorded_span *before, struct recorded_span *now);

/* In which members two spans differ: bits of enum recorded_member. */
unsigned recorded_differs(const struct recorded_span *before, const struct recorded_span *now);

/* Whether what has changed is no news: several APIs show the offer, and `other`, as one of them has
 * it, has changed to the same after the API of this change showed it as before. */
bool recorded_is_repeated(const struct recorded_change *c, const struct recorded_span *other);

/* Whether a publish in this state is under way, and whether it is over; STATE_UNKNOWN is
 * neither. */
bool recorded_is_under_way(enum offer_state state);
bool recorded_is_over(enum offer_state state);

/* Whether a publish that was under way before is now gone, with nothing that says how it ended. */
bool recorded_is_forgotten(const struct recorded_span *before, const struct recorded_span *now);

/* Whether a step in this status has begun, and whether it has ended. */
bool recorded_step_begun(enum step_status status);
bool recorded_step_ended(enum step_status status);

#endif

/* report.h - what one run found out, ready to be rendered and judged. */
#ifndef OFFERSTAT_REPORT_H
#define OFFERSTAT_REPORT_H

#include "offerstat/durations.h"
#include "offerstat/error.h"
#include "offerstat/offer.h"

#include <stdint.h>

struct publisher {
    const char *id, *name, *seller_id;
};

/* One thing that could not be read. */
struct problem {
    enum error_code code;
    long http;                     /* status of the answer, 0 where there was none */
    const char *text, *local_text; /* as in struct error; the second NULL where it is the same */
    const char *publisher, *offer; /* NULL where it is not about one */
    const char *request_id;        /* NULL where the service sent none */
};

struct recorded_change;
struct wait_ending;

struct report {
    int64_t generated_ms; /* Unix time */
    const char *api;      /* "cpp" */
    size_t counts[STATE_COUNT];
    size_t total;          /* offers shown, after selection */
    size_t read;           /* offers that could be read, selected or not */
    size_t unread;         /* offers that were wanted and could not be read */
    size_t broken_lists;   /* lists that could not be read whole: what they lack is not known */
    size_t excepted;       /* offers that were left out of the verdict */
    bool limited;          /* --limit left some out */
    size_t matching;       /* then: how many there are in all; 0: not known */
    bool checked;          /* offers were judged; `offers` has only those that offend */
    int verdict;           /* exit code of the worst of them (outcome.h) */
    const char *publisher; /* of the first offer that named one, selected or not; NULL: none did */
    bool several_publishers; /* more than one had offers: an id alone may name two of them */
    size_t offending;
    struct offer_list offers;
    struct offer_list passing; /* of a check, when a format shows them */
    struct publisher *publishers;
    size_t publisher_count;
    struct event *events; /* of VIEW_HISTORY */
    size_t event_count;
    const struct durations *durations; /* of VIEW_STATS; borrowed */
    size_t duration_count;
    const struct recorded_change *changes; /* of VIEW_CHANGES; borrowed */
    size_t change_count;
    struct problem *problems;
    size_t problem_count;
    const char **notes; /* what a reader of the report should know */
    size_t note_count;
    const struct wait_ending *ending; /* how a wait has ended (waiting.h); NULL: this is no wait */
    struct arena arena;               /* of publishers, events and problems */
};

#define REPORT_INIT                                                                                \
    {                                                                                              \
        .offers = OFFER_LIST_INIT, .passing = OFFER_LIST_INIT, .arena = ARENA_INIT                 \
    }

/* Count an offer in the tally.  It is not added to `offers`. */
void report_count(struct report *r, const struct offer *o);

/* Note the publisher of an offer that was seen.  0, or -1 without memory. */
int report_saw_publisher(struct report *r, const char *publisher);

/* The four below copy the texts they are given.  0, or -1 without memory, and nothing is added. */

/* Record a problem.  publisher and offer are ids, or NULL where it is not about one. */
int report_problem(struct report *r, const struct error *err, const char *publisher,
                   const char *offer);

/* The text of a problem for people; and the error it was made from. */
const char *problem_text(const struct problem *p);
void problem_error(const struct problem *p, struct error *err);

/* Record a publisher; its id must not be NULL. */
int report_publisher(struct report *r, const struct publisher *p);

/* Record a note, each text once. */
int report_note(struct report *r, const char *text);

/* Record an event of an offer (its id, or NULL). */
int report_event(struct report *r, const char *offer, const struct event *e);

/* Whether nothing that was asked for is missing. */
bool report_complete(const struct report *r);

/* Free what the report holds, its offers included. */
void report_clear(struct report *r);

#endif

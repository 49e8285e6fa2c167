/* waiting.h - what a wait reports: its events while it lasts, and how it has ended. */
#ifndef OFFERSTAT_WAITING_H
#define OFFERSTAT_WAITING_H

#include "offerstat/report.h"
#include "offerstat/strbuf.h"

enum wait_event_kind { WAIT_START, WAIT_CHANGE, WAIT_HEARTBEAT, WAIT_ERROR };

struct wait_event {
    enum wait_event_kind kind;
    int64_t at_ms;                 /* Unix time */
    const struct offer *before;    /* as it was read last; NULL: it was not, or it is as it was */
    const struct offer *now;       /* NULL: it is about no offer that was read */
    bool gone;                     /* it is no longer listed; now is as it was read last */
    int64_t standing_ms;           /* how long it is known to stand in its step */
    const struct problem *problem; /* of an error */
    int64_t next_ms; /* of an error: how long until the next look; -1: there is none */
};

/* An offer that was not where it was waited for when the wait ended. */
struct wait_late {
    const struct offer *offer;
    int64_t standing_ms;
    bool at_least; /* it may have stood there for longer */
};

/* What the last line says. */
struct wait_ending {
    int code, signal;                       /* the exit code; of a signal also which one, else 0 */
    const struct offer *offer;              /* that has decided; NULL: none has */
    enum offer_state from;                  /* where it was at the start */
    int64_t at_ms, took_ms;                 /* Unix time, and how long the wait lasted */
    size_t total, reached, ended, excepted; /* offers waited for */
    size_t withdrawn;                       /* of them: their submission was deleted */
    const struct wait_late *late;
    size_t late_count;
    const struct error *problem;  /* why nothing more could be read, or NULL */
    const char *const *arguments; /* the offers as they were named */
    size_t argument_count;
    const char *options;     /* what the next wait needs to be for the same, or NULL */
    const char *selection;   /* the same where offers are not named one by one, or NULL */
    bool several_publishers; /* an id alone may name two offers */
    bool any;                /* one offer was enough */
};

/* The word of an ending for machines: "reached", "failed", "deadline", "interrupted", ... */
const char *waiting_result(const struct wait_ending *e);

/* Append "publisher/id", or the id alone. */
void waiting_put_name(struct strbuf *out, const struct offer *o, bool with_publisher);

/* Append what an offer's state is for people, presence included where nothing is under way. */
void waiting_put_state(struct strbuf *out, const struct offer *o);

/* Append the state and the step: "Publish in progress, step 2/6 Certification"; the same with the
 * message that decided. */
void waiting_put_place(struct strbuf *out, const struct offer *o);
void waiting_put_standing(struct strbuf *out, const struct offer *o);

/* Append a blank and a word of a command, as a shell takes it. */
void waiting_put_argument(struct strbuf *out, const char *text);

/* Append how long something took. */
void waiting_put_duration(struct strbuf *out, int64_t ms);

/* The message that decided, in one line and no longer than a line may be: of the step that blocks,
 * else of the offer.  False, and nothing appended, where there is none. */
bool waiting_put_message(struct strbuf *out, const struct offer *o);

/* Append a line for people, without its end, of texts that are not yet safe. */
void waiting_put_event(struct strbuf *out, const struct wait_event *e, bool with_publisher);

/* Append offers that are not there, the first of them by name. */
#define LATE_NAMED 5
void waiting_put_late(struct strbuf *out, const struct wait_late *late, size_t count,
                      bool with_publisher);

/* A line for all that are waited for. */
void waiting_put_heartbeat(struct strbuf *out, const struct wait_late *late, size_t count,
                           bool with_publisher);

/* The last line, and of it the part that says what to do next, for people or for machines. */
void waiting_put_ending(struct strbuf *out, const struct wait_ending *e);
void waiting_put_next(struct strbuf *out, const struct wait_ending *e, bool for_people);

#endif

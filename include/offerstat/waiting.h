/* waiting.h - what a wait reports: its events, and how it has ended. */
#ifndef OFFERSTAT_WAITING_H
#define OFFERSTAT_WAITING_H

#include "offerstat/report.h"
#include "offerstat/strbuf.h"

enum wait_event_kind { WAIT_START, WAIT_CHANGE, WAIT_HEARTBEAT, WAIT_ERROR };

struct wait_event {
    enum wait_event_kind kind;
    int64_t at_ms; /* Unix time */
    const struct offer
        *before; /* as the previous read found it; NULL: there was none, or nothing has changed */
    const struct offer *now;       /* NULL: the event is about no offer that was read */
    bool gone;                     /* it is no longer listed; `now` is what the last read found */
    int64_t standing_ms;           /* how long it is known to have been in its step */
    const struct problem *problem; /* of an error */
    int64_t next_ms; /* of an error: how long until the next read; -1: there is none */
};

/* An offer that had not reached the state that was waited for. */
struct wait_late {
    const struct offer *offer;
    int64_t standing_ms;
    bool at_least; /* it may have been there for longer */
};

/* What the last line says. */
struct wait_ending {
    int code, signal;                       /* the exit code; which signal ended it, or 0 */
    const struct offer *offer;              /* the offer that decided the result, or NULL */
    enum offer_state from;                  /* its state at the start */
    int64_t at_ms, took_ms;                 /* Unix time, and how long the wait lasted */
    size_t total, reached, ended, excepted; /* offers waited for */
    size_t withdrawn;                       /* of them: their submission was deleted */
    const struct wait_late *late;
    size_t late_count;
    const struct error *problem;  /* why nothing could be read any more, or NULL */
    const char *const *arguments; /* the offers as they were named */
    size_t argument_count;
    bool some_unseen;        /* an offer that is waited for may never have been read */
    const char *options;     /* the options with which the wait can be repeated, or NULL */
    const char *selection;   /* the options that select offers when none are named, or NULL */
    bool several_publishers; /* an id alone may name two offers */
    bool any;                /* one offer was enough */
};

/* The word of an ending for machines: "reached", "failed", "deadline", "interrupted", ... */
const char *waiting_result(const struct wait_ending *e);

/* Append "publisher/id", or the id alone. */
void waiting_put_name(struct strbuf *out, const struct offer *o, bool with_publisher);

/* Append an offer's state for people, with its presence when nothing is under way. */
void waiting_put_state(struct strbuf *out, const struct offer *o);

/* Append the state and the step: "Publish in progress, step 2/6 Certification"; the same with the
 * message that decided. */
void waiting_put_place(struct strbuf *out, const struct offer *o);
void waiting_put_standing(struct strbuf *out, const struct offer *o);

/* Append a blank and a word of a command, quoted for a shell. */
void waiting_put_argument(struct strbuf *out, const char *text);

/* Append a duration. */
void waiting_put_duration(struct strbuf *out, int64_t ms);

/* Append the message that decided, made one line and cut: of the step that blocks, else of the
 * offer.  False, and nothing appended, where there is none. */
bool waiting_put_message(struct strbuf *out, const struct offer *o);

/* Append a line for people about the event, without a line end.  Texts of the service in it are not
 * yet made safe. */
void waiting_put_event(struct strbuf *out, const struct wait_event *e, bool with_publisher);

/* Append the offers that are late, the first LATE_NAMED of them by name. */
#define LATE_NAMED 5
void waiting_put_late(struct strbuf *out, const struct wait_late *late, size_t count,
                      bool with_publisher);

/* Append a line on all offers that are still waited for. */
void waiting_put_heartbeat(struct strbuf *out, const struct wait_late *late, size_t count,
                           bool with_publisher);

/* Append the last line of a wait; and the part of it that says what to do next, for people or for
 * machines. */
void waiting_put_ending(struct strbuf *out, const struct wait_ending *e);
void waiting_put_next(struct strbuf *out, const struct wait_ending *e, bool for_people);

#endif

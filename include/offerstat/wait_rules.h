/* wait_rules.h - what `wait` decides: which offers have reached the state that is waited for, and
 * when the wait is over. */
#ifndef OFFERSTAT_WAIT_RULES_H
#define OFFERSTAT_WAIT_RULES_H

#include "offerstat/offer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct wait_policy {
    unsigned states; /* a bit for each enum offer_state that is waited for; with live any of them */
    bool live;       /* an offer that is live, with nothing under way, counts as well */
    bool any;        /* one offer is enough */
    bool from_now;   /* the state that an offer has at the start does not count */
    bool goes_on;    /* one offer that ends in a different state does not end the wait */
    int64_t settle_ms; /* how long an offer must stay in such a state */
};

enum wait_standing {
    WAIT_UNDER_WAY,
    WAIT_REACHED, /* in a state that is waited for */
    WAIT_ENDED,   /* in a different state, which no offer leaves by itself */
    WAIT_GONE     /* no list has it any more */
};

/* The wait for one offer. */
struct wait_course {
    enum wait_standing standing;
    bool counts;            /* its present state was reached during the wait */
    int64_t ended_since_ms; /* since when it is in a state that would end it; -1: it is not */
    unsigned missed;        /* successive reads that did not find it */
    bool withdrawn;         /* its submission was deleted, with no new one since */
};

/* Successive reads that must say the same before an offer counts as gone, or a rejected sign-in or
 * an unreadable answer ends the wait. */
#define WAIT_READS_IN_A_ROW 5

/* Whether no particular state is waited for: any but in_progress will do. */
bool wait_is_open_ended(const struct wait_policy *p);

/* Whether no offer leaves this state by itself. */
bool wait_is_final(enum offer_state state);

/* An offer is seen for the first time.  appeared: it was not there when the wait began.  Times are
 * of a clock that never goes back. */
void wait_begin(const struct wait_policy *p, const struct offer *now, bool appeared, int64_t now_ms,
                struct wait_course *course);

/* It was read again; before is what the previous read found. */
void wait_update(const struct wait_policy *p, const struct offer *before, const struct offer *now,
                 int64_t now_ms, struct wait_course *course);

/* A read in which nothing failed did not find it in any list. */
void wait_miss(struct wait_course *course);

/* Whether another submission has taken the place of the one that was there before. */
bool wait_is_superseded(const struct offer *before, const struct offer *now);

/* Whether the submission was deleted, which is how a publish is canceled: an older one shows again,
 * or none does and nothing is live. */
bool wait_is_withdrawn(const struct offer *before, const struct offer *now);

/* Whether there is a change to report: of state, live, submission, or the step and its status. */
bool wait_has_changed(const struct offer *before, const struct offer *now);

/* The exit code of an offer if the wait ended now: EXIT_DEADLINE while it is still waited for. */
int wait_code(const struct wait_course *course, enum offer_state state);

/* The wait for several offers. */
struct wait_tally {
    size_t reached, ended, under_way;
    size_t withdrawn; /* of all of these */
    int worst;        /* exit code of all of them */
};
void wait_count(struct wait_tally *tally, const struct wait_course *course, enum offer_state state);

/* Whether the wait is over before its deadline, and with which exit code.  fixed: the tally has all
 * offers that were asked for, and no more can appear. */
bool wait_is_over(const struct wait_policy *p, const struct wait_tally *tally, bool fixed,
                  int *code);

#endif

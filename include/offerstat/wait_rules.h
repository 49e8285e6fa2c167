/* wait_rules.h - what `wait` decides: who is where it is waited for, and when a wait is over. */
#ifndef OFFERSTAT_WAIT_RULES_H
#define OFFERSTAT_WAIT_RULES_H

#include "offerstat/offer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct wait_policy {
    unsigned states; /* a bit for each enum offer_state that is waited for; with live any of them */
    bool live;       /* an offer with nothing under way that is live is there, too */
    bool any;        /* one offer is enough */
    bool from_now;   /* what is there at the start does not count */
    bool goes_on;    /* the end of one offer in a state that is not waited for does not end all */
    int64_t settle_ms; /* how long such a state must hold */
};

enum wait_standing {
    WAIT_UNDER_WAY,
    WAIT_REACHED, /* in a state that is waited for */
    WAIT_ENDED,   /* in one that is not, and that no offer leaves by itself */
    WAIT_GONE     /* no list has it any more */
};

/* What is known of one offer's wait. */
struct wait_course {
    enum wait_standing standing;
    bool counts;            /* what it is in now is of the time that is waited in */
    int64_t ended_since_ms; /* since when it is where it would end; -1: it is not */
    unsigned missed;        /* looks in a row that did not find it */
    bool withdrawn;         /* its submission was deleted, and none has come since */
};

/* Looks in a row that must say the same before an offer is taken for gone, or a sign-in or a
 * service that answers nonsense for lost. */
#define WAIT_LOOKS_IN_A_ROW 5

/* Whether states and live leave it to the wait: any state but in_progress is waited for. */
bool wait_is_open_ended(const struct wait_policy *p);

/* Whether no offer leaves this state by itself. */
bool wait_is_final(enum offer_state state);

/* An offer is seen for the first time.  appeared: it was not there when the wait began.  Times are
 * of a clock that only goes forward. */
void wait_begin(const struct wait_policy *p, const struct offer *now, bool appeared, int64_t now_ms,
                struct wait_course *course);

/* It was read again; before is what was read last. */
void wait_look(const struct wait_policy *p, const struct offer *before, const struct offer *now,
               int64_t now_ms, struct wait_course *course);

/* It was looked for, all that was asked could be read, and no list had it. */
void wait_miss(struct wait_course *course);

/* Whether another submission has taken the place of the one that was there before. */
bool wait_is_superseded(const struct offer *before, const struct offer *now);

/* Whether the submission was deleted, which is how a publish is canceled: an older one shows again,
 * or none does and nothing is live. */
bool wait_is_withdrawn(const struct offer *before, const struct offer *now);

/* Whether a reader of changes is told: state, live, submission, or the step and its status. */
bool wait_has_changed(const struct offer *before, const struct offer *now);

/* The exit code that an offer gives a wait that ends now: EXIT_DEADLINE where it is not there. */
int wait_code(const struct wait_course *course, enum offer_state state);

/* How a wait for several stands. */
struct wait_tally {
    size_t reached, ended, under_way;
    size_t withdrawn; /* of all of these */
    int worst;        /* exit code of all of them */
};
void wait_count(struct wait_tally *tally, const struct wait_course *course, enum offer_state state);

/* Whether the wait is over before its deadline, and with which exit code.  fixed: all that were
 * asked for are counted. */
bool wait_is_over(const struct wait_policy *p, const struct wait_tally *tally, bool fixed,
                  int *code);

#endif

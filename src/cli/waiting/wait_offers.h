/* wait_offers.h - the offers that are waited for, each with its latest record. */
#ifndef WAITING_WAIT_OFFERS_H
#define WAITING_WAIT_OFFERS_H

#include "offers/offers_session.h"

#include "offerstat/wait_rules.h"
#include "offerstat/waiting.h"

struct waited {
    struct arena arenas[2]; /* of the latest record and of the previous one, alternating */
    unsigned at_hand;       /* which of the arenas has the latest record */
    struct offer offer;     /* as the latest read found it */
    enum offer_state first; /* its state when it was first seen */
    struct wait_course course;
    int64_t step_since_ms; /* since when it is in its step, by the transport's clock */
    bool step_seen_begin;  /* step_since_ms is exact: a read saw it enter the step */
    bool found;            /* in the current read */
    bool changed_now,
        changed_ever; /* in the current read; in any (a new offer counts as changed) */
    bool gone;        /* reported as no longer there */
};

struct wait_offers {
    const struct wait_policy *policy;
    struct waited *items;
    size_t count;
    bool fixed;     /* a complete read has shown which they are */
    bool any_reads; /* not the first read: an offer that is new has appeared since */
    bool several_publishers;
    bool by_id; /* all were named by id, and each is looked up by it, however many they are */
    size_t excepted;
    struct waited *last_settled; /* the one that was the last to reach its end */
    /* Called for each offer that is new or has changed; before is NULL for a new one. */
    void (*notify)(void *user, const struct waited *w, const struct offer *before);
    bool notifies_gone; /* also for one that a complete read no longer shows: w->gone */
    void *user;
    size_t next;  /* where the search for the next offer begins: their order is stable */
    bool changed; /* the current read has found a change */
    /* For the next read; see wait_offers_again. */
    struct offers_again again;
    const char **names; /* publishers, then ids */
};

/* Take over what a read has found.  code: its outcome_of_report.  0, or -1 without memory. */
int wait_offers_take(struct wait_offers *all, const struct report *report, int code,
                     int64_t now_ms);

/* What the next read asks for: the offers that have not reached their end.  NULL without memory. */
const struct offers_again *wait_offers_again(struct wait_offers *all);

/* The entry of this offer, or NULL. */
struct waited *wait_offers_find(const struct wait_offers *all, const struct offer *o);

/* Count them by standing. */
void wait_offers_count(const struct wait_offers *all, struct wait_tally *out);

/* How long an offer is known to have been in its step; wall_ms is Unix time. */
int64_t waited_standing_ms(const struct waited *w, int64_t now_ms, int64_t wall_ms);

/* The offers that have not reached their state, in *out (to be freed).  Returns how many; 0 also
 * without memory. */
size_t wait_offers_late(const struct wait_offers *all, int64_t now_ms, int64_t wall_ms,
                        struct wait_late **out);

void wait_offers_clear(struct wait_offers *all);

#endif

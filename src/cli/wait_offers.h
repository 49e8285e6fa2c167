/* wait_offers.h - the offers that are waited for, each as it was read last. */
#ifndef CLI_WAIT_OFFERS_H
#define CLI_WAIT_OFFERS_H

#include "offers_session.h"

#include "offerstat/wait_rules.h"
#include "offerstat/waiting.h"

struct waited {
    struct arena arenas[2]; /* of the record at hand and of the one before, in turn */
    unsigned at_hand;
    struct offer offer;     /* as it was read last */
    enum offer_state first; /* its state when it was seen first */
    struct wait_course course;
    int64_t step_since_ms;          /* since when it stands in its step, by the transport's clock */
    bool step_seen_begin;           /* this is exact: it was seen to enter the step */
    bool found;                     /* in the read at hand */
    bool changed_now, changed_ever; /* in that read, in any; to be new there is to change */
    bool gone;                      /* reported as no longer there */
};

struct wait_offers {
    const struct wait_policy *policy;
    struct waited *items;
    size_t count;
    bool fixed;     /* a whole read has shown which they are */
    bool any_reads; /* there was a read before this one: what is new has appeared */
    bool several_publishers;
    bool by_id; /* all were named by their ids: each is looked up by it, however many they are */
    size_t excepted;
    struct waited *last_settled; /* the one that came to where it stays last */
    /* Called for each that is new or has changed; before is NULL for a new one. */
    void (*notify)(void *user, const struct waited *w, const struct offer *before);
    bool notifies_gone; /* also of one that a whole read does not show any more: w->gone */
    void *user;
    size_t next;  /* where the next offer is looked for first: they come in one order */
    bool changed; /* the read at hand has brought something new */
    /* Of the next read; see wait_offers_again. */
    struct offers_again again;
    const char **names; /* publishers, then ids */
};

/* Take what a read has found.  code: outcome_of_report of it.  0, or -1 without memory. */
int wait_offers_take(struct wait_offers *all, const struct report *report, int code,
                     int64_t now_ms);

/* What the next read asks for: what is not where it stays yet.  NULL without memory. */
const struct offers_again *wait_offers_again(struct wait_offers *all);

/* The one that this offer is, NULL: none. */
struct waited *wait_offers_find(const struct wait_offers *all, const struct offer *o);

/* How they stand. */
void wait_offers_count(const struct wait_offers *all, struct wait_tally *out);

/* How long an offer is known to stand in its step; wall_ms is Unix time. */
int64_t waited_standing_ms(const struct waited *w, int64_t now_ms, int64_t wall_ms);

/* Those that are not there; *out (to be freed) has them.  How many, 0 also without memory. */
size_t wait_offers_late(const struct wait_offers *all, int64_t now_ms, int64_t wall_ms,
                        struct wait_late **out);

void wait_offers_clear(struct wait_offers *all);

#endif

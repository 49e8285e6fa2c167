/* select.h - which offers the arguments of a command select. */
#ifndef OFFERSTAT_SELECT_H
#define OFFERSTAT_SELECT_H

#include "offerstat/arena.h"
#include "offerstat/error.h"
#include "offerstat/offer.h"

#include <stdint.h>

/* OFFER arguments are exact; PATTERN arguments may also be a plain part of an id or a name. */
enum select_mode { SELECT_EXACT, SELECT_PATTERN };

enum selected {
    SELECTED_NO,
    SELECTED_YES,
    SELECTED_IF_UNIQUE, /* matched by name alone: decided once all offers were seen */
    SELECTED_NEVER      /* not wanted, whatever other APIs' records of the offer say */
};

struct select_argument; /* see select.c */

struct selection {
    enum select_mode mode;
    struct select_argument *arguments;
    size_t count;
    struct arena arena;
};

/* Copies the texts.  No arguments: everything is selected.  0, or -1 without memory. */
int selection_init(struct selection *s, enum select_mode mode, const char *const *arguments,
                   size_t count);

/* Whether the arguments select this offer of a list.  Nothing is remembered: the list may break
 * off, and then what it has shown does not count. */
enum selected selection_test(const struct selection *s, const char *publisher, const char *id,
                             const char *name);

/* Remember which arguments this offer matches, once it is certain that the list has it. */
void selection_see(struct selection *s, const char *publisher, const char *id, const char *name);

/* For an offer with SELECTED_IF_UNIQUE, once every offer was seen: whether its name selects it.
 * False when an id matched the same argument, or when the name is not unique. */
bool selection_has_unique_name(const struct selection *s, const char *name);

/* Whether the arguments select this offer, once every offer was seen. */
bool selection_has(const struct selection *s, const char *publisher, const char *id,
                   const char *name);

/* For the i-th of the arguments that selected nothing, set *err (ERR_NOT_FOUND), with a "did you
 * mean".  False when there is no i-th. */
bool selection_missing(const struct selection *s, size_t i, struct error *err);

void selection_clear(struct selection *s);

/* What --state, --type and similar options let through, once an offer was read. */
struct filter {
    unsigned states;     /* bit per enum offer_state; 0: all */
    unsigned not_states; /* bit per enum offer_state */
    unsigned lives;      /* bit per enum offer_live; 0: all */
    const char *type;    /* NULL: all */
    int64_t since_ms; /* changed at or after this Unix time; 0: always.  An offer whose time is not
                         known passes unless it has nothing under way */
    bool approvals;   /* offer_needs_approval_view */
};

bool filter_passes(const struct filter *f, const struct offer *o);

/* Whether an offer of a list may pass the filter once it is read, so that offers which will not be
 * shown cost no further request.  states: those (bits) that it may have then. */
bool filter_may_pass(const struct filter *f, const struct offer *o, unsigned states);

#endif

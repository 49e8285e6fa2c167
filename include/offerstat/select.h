/* select.h - which offers the arguments of a command mean. */
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
    SELECTED_IF_UNIQUE, /* by name only: decided when all offers were seen */
    SELECTED_NEVER      /* not wanted, whatever another API's record of the same offer says */
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

/* Do the arguments mean this offer of a list?  Nothing is remembered: the list may break off, and
 * what it had shown does not count then. */
enum selected selection_test(const struct selection *s, const char *publisher, const char *id,
                             const char *name);

/* Remember what an offer says about the arguments, once it is sure that it is in the list. */
void selection_see(struct selection *s, const char *publisher, const char *id, const char *name);

/* For an offer that selection_test put off, once every offer was seen: does a unique exact name
 * select it?  False where an id matched the same argument, or the name is not unique. */
bool selection_has_unique_name(const struct selection *s, const char *name);

/* Go over the arguments that selected nothing: for the i-th of them *err says so with a "did you
 * mean" (code ERR_NOT_FOUND).  Returns false when there is no i-th. */
bool selection_missing(const struct selection *s, size_t i, struct error *err);

void selection_clear(struct selection *s);

/* What --state, --type and their kin let through, after an offer was read. */
struct filter {
    unsigned states;     /* bit per enum offer_state; 0: all */
    unsigned not_states; /* bit per enum offer_state */
    unsigned lives;      /* bit per enum offer_live; 0: all */
    const char *type;    /* NULL: all */
    int64_t since_ms; /* changed at or after this Unix time; 0: always.  An offer whose time is not
                       * known passes unless it is at rest */
    bool approvals;   /* offer_needs_approval_view */
};

bool filter_passes(const struct filter *f, const struct offer *o);

/* What of a filter can be decided from the list alone, so that offers which will not be shown cost
 * no further request.  states: those (bits) that the offer can turn out to have. */
bool filter_may_pass(const struct filter *f, const struct offer *o, unsigned states);

#endif

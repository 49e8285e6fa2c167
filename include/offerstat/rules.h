/* rules.h - what the rules of each API return. */
#ifndef OFFERSTAT_RULES_H
#define OFFERSTAT_RULES_H

#include "offerstat/state.h"

struct ruling {
    enum offer_state state;
    enum offer_live live;
    const char *rule; /* static, such as "cpp-5"; NULL where no rule matched */
    enum offer_basis basis;
    bool newest_unknown; /* it is not known which submission is the newest, and it matters */
    bool word_is_known;  /* every word that was looked at is one the API is known to use */
};

/* Join two rulings, on submissions each of which may be the newest, in *sum: a failure wins; a
 * state that both have stays; otherwise the state is unknown.  Several can be joined in any order.
 * `live` and `word_is_known` are left to the caller. */
void ruling_join(struct ruling *sum, const struct ruling *one);

#endif

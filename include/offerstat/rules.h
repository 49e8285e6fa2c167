/* rules.h - what the rules of every API give. */
#ifndef OFFERSTAT_RULES_H
#define OFFERSTAT_RULES_H

#include "offerstat/state.h"

struct ruling {
    enum offer_state state;
    enum offer_live live;
    const char *rule; /* static, such as "cpp-5"; NULL where no rule matched */
    enum offer_basis basis;
    bool newest_unknown; /* which submission is the newest is not known, and it mattered */
    bool word_is_known;  /* every word that was looked at is one the API is known to use */
};

/* Two rulings on submissions of which each may be the newest become one, in *sum: one that has
 * failed decides; what both say is the state; else it is unknown.  The order of many does not
 * matter. `live` and `word_is_known` are left to the caller. */
void ruling_join(struct ruling *sum, const struct ruling *one);

#endif

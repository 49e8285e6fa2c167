/* ruling.c - joining several rulings. */
#include "offerstat/rules.h"

#include <string.h>

/* Of two rules with the same state the first by name, and of one rule the weaker basis, so that the
 * result does not depend on the order of a list. */
static bool goes_first(const struct ruling *a, const struct ruling *b)
{
    int order = strcmp(a->rule, b->rule);

    return order < 0 || (order == 0 && a->basis > b->basis);
}

void ruling_join(struct ruling *sum, const struct ruling *one)
{
    bool unknown = sum->newest_unknown || sum->state != one->state;

    if (sum->state == one->state) {
        if (one->rule != NULL && goes_first(one, sum)) { /* an unknown state has none */
            *sum = *one;
        }
    } else if (one->state == STATE_FAILED) {
        *sum = *one;
    } else if (sum->state != STATE_FAILED) {
        sum->state = STATE_UNKNOWN;
        sum->rule = NULL;
        sum->basis = BASIS_NONE;
    }
    sum->newest_unknown = unknown;
    if (unknown && sum->state == STATE_FAILED) {
        sum->basis = BASIS_INFERRED;
    }
}

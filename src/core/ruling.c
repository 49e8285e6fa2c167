/* ruling.c - what several rulings say together. */
#include "offerstat/rules.h"

#include <string.h>

/* Of two rules with one state the first by name, and of one rule the weaker basis, so that the
 * order of a list decides nothing. */
static bool goes_first(const struct ruling *a, const struct ruling *b)
{
    int order = strcmp(a->rule, b->rule);

    return order < 0 || (order == 0 && a->basis > b->basis);
}

void ruling_join(struct ruling *sum, const struct ruling *one)
{
    bool unknown = sum->newest_unknown || sum->state != one->state;

    if (sum->state == one->state) {
        if (one->rule != NULL && goes_first(one, sum)) { /* what is unknown has none */
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

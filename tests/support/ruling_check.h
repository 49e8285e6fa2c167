/* ruling_check.h - a ruling beside the one that a row of a table wants. */
#ifndef RULING_CHECK_H
#define RULING_CHECK_H

#include "offerstat/rules.h"

struct wanted_ruling {
    const char *rule; /* NULL: none */
    enum offer_state state;
    enum offer_basis basis;
    enum offer_live live;
};

/* Fail the test, with the row's name, where they differ. */
void check_ruling(const char *name, struct ruling got, struct wanted_ruling want);

#endif

/* fault.h - answers spoiled on purpose (option --fault). */
#ifndef EMULATOR_FAULT_H
#define EMULATOR_FAULT_H

#include "offerstat/error.h"
#include "reply.h"

#include <stdbool.h>
#include <stdio.h>

#define FAULT_ALWAYS (-1)

struct fault {
    char route[24]; /* a reply's route, or the name of an API; "": any */
    const struct fault_kind *kind;
    long left; /* how many answers are still to be spoiled, or FAULT_ALWAYS */
};

/* "[ROUTE-]KIND[:COUNT]".  0, or -1 with *err. */
int fault_parse(const char *text, struct fault *out, struct error *err);

/* Spoil the reply if the fault is meant for its route and not used up; whether it was.  Only
 * replies that are spoiled are counted.  The caller locks. */
bool fault_apply(struct fault *fault, struct reply *reply);

void fault_print_kinds(FILE *out);

#endif

/* check.h - the verdict on offers. */
#ifndef CHECK_H
#define CHECK_H

#include "document.h"

/* Write the offers that offend, each with its reason, then how many pass.  0, or -1 (ERR_OUTPUT,
 * ERR_MEMORY). */
int check_write(struct render *r, const struct report *report, struct error *err);

/* Append the line that says how many were checked, and what came of it. */
void check_put_verdict(struct render *r, const struct report *report);

#endif

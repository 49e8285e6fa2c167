/* offers_judge.h - what a read says of what was asked for: tally, verdict, and what is not there. */
#ifndef CLI_OFFERS_JUDGE_H
#define CLI_OFFERS_JUDGE_H

#include "offers_session.h"

/* Count an offer in the tally, and warn of what its notes say. */
void offers_count(struct offers_result *result, const struct offer *o);

/* Whether a judged offer passes; one that does not makes the report's verdict worse. */
bool offers_pass(struct offers_result *result, const struct offer *o);

/* Report what arguments named and no list held.  -1 with *err. */
int offers_report_missing(struct offers_result *result, struct error *err);

/* Report a check that had nothing to check, which must not be green.  -1 with *err. */
int offers_report_empty(struct offers_result *result, struct error *err);

#endif

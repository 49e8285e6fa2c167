/* offers_judge.h - what a read found of what was asked for: tally, verdict, and what is missing. */
#ifndef OFFERS_OFFERS_JUDGE_H
#define OFFERS_OFFERS_JUDGE_H

#include "offers_session.h"

/* Whether the arguments select the offer and --except leaves it out of the verdict. */
enum selected offers_excepts(const struct offers_result *result, const char *publisher,
                             const char *id, const char *name);

/* Count those, each once, in the report. */
void offers_count_excepted(struct offers_result *result);

/* Check that every offer that was read was shown, passed, or left out.  -1 with *err (ERR_BUG) when
 * the numbers differ, which must not look like a successful read. */
int offers_check_sum(const struct offers_result *result, struct error *err);

/* Count an offer in the tally, and print those of its notes that are warnings. */
void offers_count(struct offers_result *result, const struct offer *o);

/* Whether a judged offer passes; one that does not makes the report's verdict worse. */
bool offers_pass(struct offers_result *result, const struct offer *o);

/* Report arguments that no listed offer matched.  -1 with *err. */
int offers_report_missing(struct offers_result *result, struct error *err);

/* Report a check that had nothing to check, which must not be green.  -1 with *err. */
int offers_report_empty(struct offers_result *result, struct error *err);

/* The set (api_choice.h) of the APIs that were read, without those that refuse the account. */
unsigned offers_apis_read(const struct offers_result *result);

/* Report the APIs that refuse the account: as a hint when another API was read, else as a problem.
 * In a check always as a problem, since a role that was taken away must not make it pass. */
int offers_report_refusals(struct offers_result *result, struct error *err);

#endif

/* offers_judge.h - what a read says of what was asked for: tally, verdict, and what is not there.
 */
#ifndef CLI_OFFERS_JUDGE_H
#define CLI_OFFERS_JUDGE_H

#include "offers_session.h"

/* Whether arguments mean an offer, once every list was seen. */
bool offers_mean(const struct selection *s, const char *publisher, const char *id,
                 const char *name);

/* Whether the offer is one of those that the arguments mean, and left out of the verdict. */
enum selected offers_excepts(const struct offers_result *result, const char *publisher,
                             const char *id, const char *name);

/* Count those, each once, in the report. */
void offers_count_excepted(struct offers_result *result);

/* Every offer that was read must have been shown, passed, or kept back: -1 with *err (ERR_BUG)
 * where the sum does not come out, which must not look like a read in which all is well. */
int offers_check_sum(const struct offers_result *result, struct error *err);

/* Count an offer in the tally, and warn of what its notes say. */
void offers_count(struct offers_result *result, const struct offer *o);

/* Whether a judged offer passes; one that does not makes the report's verdict worse. */
bool offers_pass(struct offers_result *result, const struct offer *o);

/* Report what arguments named and no list held.  -1 with *err. */
int offers_report_missing(struct offers_result *result, struct error *err);

/* Report a check that had nothing to check, which must not be green.  -1 with *err. */
int offers_report_empty(struct offers_result *result, struct error *err);

/* The set of the APIs (api_choice.h) that were read, those that refuse the account left out. */
unsigned offers_apis_read(const struct offers_result *result);

/* Of an API that refuses the account: a hint where another has delivered, else a problem.  In a
 * check it is always a problem, since a role that was taken away must not make it pass. */
int offers_report_refusals(struct offers_result *result, struct error *err);

#endif

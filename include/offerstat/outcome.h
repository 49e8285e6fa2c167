/* outcome.h - the one place where a run turns into an exit code. */
#ifndef OFFERSTAT_OUTCOME_H
#define OFFERSTAT_OUTCOME_H

#include "offerstat/error.h"
#include "offerstat/report.h"

enum exit_code {
    EXIT_OK = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_NOT_FOUND = 3,
    EXIT_AUTH = 4,
    EXIT_SERVICE = 5,
    EXIT_ANSWER = 6,
    EXIT_PARTIAL = 7,
    EXIT_BUG = 70,
    EXIT_OUTPUT = 74
};

/* One row of the table that is the contract, the help page and the man page. */
struct exit_meaning {
    int code;
    const char *meaning;
};
extern const struct exit_meaning exit_meanings[];
extern const size_t exit_meaning_count;

/* The exit code of a single failure that ends the run. */
int outcome_of_error(enum error_code code);

/* The exit code of a finished read: 0, 3, 4, 5, 6, 7 or 70; where several apply, the first of
 * 70, 4, 5, 6, 3, 7, 0.  4, 5 and 6 only where no offer could be read at all. */
int outcome_of_report(const struct report *r);

#endif

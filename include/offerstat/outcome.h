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
    EXIT_IN_PROGRESS = 8,
    EXIT_SIGNOFF = 9,
    EXIT_CANCELED = 10,
    EXIT_DELISTED = 11,
    EXIT_UNKNOWN = 12,
    EXIT_CHANGED = 13,
    EXIT_NOT_LIVE = 14,
    EXIT_BUG = 70,
    EXIT_OUTPUT = 74,
    EXIT_DEADLINE = 124,
    EXIT_HANGUP = 129,
    EXIT_INTERRUPTED = 130,
    EXIT_TERMINATED = 143
};

/* One row of the table that is the contract, the help page and the man page.  Where several codes
 * apply, the one with the lowest rank is the outcome. */
struct exit_meaning {
    int code;
    unsigned rank;
    const char *meaning;
};
extern const struct exit_meaning exit_meanings[];
extern const size_t exit_meaning_count;

/* The exit code of a single failure that ends the run. */
int outcome_of_error(enum error_code code);

/* What `check` asks of an offer beside the two states that always offend. */
enum verdict_require {
    REQUIRE_NOTHING,
    REQUIRE_IDLE, /* nothing under way, nothing asked of the publisher */
    REQUIRE_LIVE  /* nothing under way, and live */
};
/* Whatever asks the publisher to fix something offends, such as a blocked step. */
#define FAIL_ON_FIX (1u << STATE_COUNT)

struct verdict_policy {
    unsigned fail_on;    /* a bit for each enum offer_state that offends as well, and FAIL_ON_FIX */
    bool ignore_unknown; /* STATE_UNKNOWN passes, unless it is in fail_on */
    enum verdict_require require;
};

/* EXIT_OK where the offer passes, else the code of its state (1, 8 to 12).  An offer with nothing
 * under way that is not live where it must be is 14, and 12 where that is not known. */
int verdict_of(const struct verdict_policy *policy, const struct offer *o);

/* The exit code of an offer that ends in this state: EXIT_OK for STATE_NONE. */
int outcome_of_state(enum offer_state state);

/* In words, what an offer lacks that offends only because of `require`; NULL when its state already
 * says why it offends. */
const char *verdict_lacks(const struct verdict_policy *policy, const struct offer *o);

/* The result of a check as a word for machines: "passed", "failed", "partial". */
const char *outcome_word(int code);

/* The code that wins of two. */
int outcome_worse(int a, int b);

/* Whether a is graver than b: the code of its state wins. */
bool outcome_is_graver(enum offer_state a, enum offer_state b);

/* The exit code of a finished read, from its problems and its verdict.  4, 5 and 6 only when no
 * offer at all could be read, otherwise 7. */
int outcome_of_report(const struct report *r);

#endif

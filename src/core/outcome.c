/* outcome.c - exit codes and which of several wins. */
#include "offerstat/outcome.h"

const struct exit_meaning exit_meanings[] = {
    { EXIT_OK, "data delivered; an account or a filter that yields nothing is 0 too" },
    { EXIT_USAGE, "usage or configuration; nothing was sent" },
    { EXIT_NOT_FOUND, "no such publisher or offer" },
    { EXIT_AUTH, "sign-in: no token, rejected (401), forbidden (403), expired" },
    { EXIT_SERVICE, "service unreachable after retries: DNS, TLS, timeout, 429, 5xx" },
    { EXIT_ANSWER, "unreadable answer: not JSON, wrong shape, over a limit, other 4xx, a redirect "
                   "to another origin" },
    { EXIT_PARTIAL, "partial: some offers unreadable, the rest printed" },
    { EXIT_BUG, "a bug in offerstat, or out of memory" },
    { EXIT_OUTPUT, "stdout could not be written" },
};
const size_t exit_meaning_count = sizeof(exit_meanings) / sizeof(exit_meanings[0]);

int outcome_of_error(enum error_code code)
{
    switch (code) {
    case ERR_NONE:
        return EXIT_OK;
    case ERR_USAGE:
        return EXIT_USAGE;
    case ERR_NOT_FOUND:
        return EXIT_NOT_FOUND;
    case ERR_AUTH:
        return EXIT_AUTH;
    case ERR_SERVICE:
        return EXIT_SERVICE;
    case ERR_ANSWER:
        return EXIT_ANSWER;
    case ERR_OUTPUT:
        return EXIT_OUTPUT;
    case ERR_MEMORY:
    case ERR_BUG:
        return EXIT_BUG;
    }
    return EXIT_BUG;
}

/* First wins. */
static const int order[] = { EXIT_BUG,     EXIT_OUTPUT, EXIT_USAGE,     EXIT_AUTH,
                             EXIT_SERVICE, EXIT_ANSWER, EXIT_NOT_FOUND, EXIT_PARTIAL };

static size_t rank(int code)
{
    size_t i = 0;

    while (i < sizeof(order) / sizeof(order[0]) && order[i] != code) {
        i++;
    }
    return i;
}

int outcome_of_report(const struct report *r)
{
    int best = EXIT_OK;

    for (size_t i = 0; i < r->problem_count; i++) {
        int code = outcome_of_error(r->problems[i].code);
        if (r->read > 0 && (code == EXIT_AUTH || code == EXIT_SERVICE || code == EXIT_ANSWER)) {
            code = EXIT_PARTIAL;
        }
        if (rank(code) < rank(best)) {
            best = code;
        }
    }
    return best;
}

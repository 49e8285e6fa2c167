/* outcome.c - exit codes, which of several wins, and the verdict of `check` on an offer. */
#include "offerstat/outcome.h"

#include "offerstat/translate.h"

const struct exit_meaning exit_meanings[] = {
    { EXIT_OK, 21,
      N_("data delivered, also when there is none; check, wait: every selected offer passes") },
    { EXIT_FAILED, 11, N_("check, wait: at least one offer failed; never anything else") },
    { EXIT_USAGE, 6, N_("usage or configuration; nothing was sent") },
    { EXIT_NOT_FOUND, 10,
      N_("no such publisher or offer; check, wait: there is nothing to check") },
    { EXIT_AUTH, 7, N_("sign-in: no token, rejected (401), forbidden (403), expired") },
    { EXIT_SERVICE, 8, N_("service unreachable after retries: DNS, TLS, timeout, 429, 5xx") },
    { EXIT_ANSWER, 9,
      N_("unreadable answer: not JSON, wrong shape, over a limit, other 4xx, a redirect to a "
         "different origin") },
    { EXIT_PARTIAL, 19, N_("partial: some offers unreadable, the rest printed") },
    { EXIT_IN_PROGRESS, 18, N_("check: in progress") },
    { EXIT_SIGNOFF, 16, N_("check: awaits the publisher's sign-off") },
    { EXIT_CANCELED, 13, N_("check, wait: canceled") },
    { EXIT_DELISTED, 14, N_("check, wait: delisted") },
    { EXIT_UNKNOWN, 12, N_("check, wait: unknown, none of the six states could be established") },
    { EXIT_CHANGED, 20, N_("changes --exit-code: something changed") },
    { EXIT_NOT_LIVE, 15, N_("check --require live: nothing under way, and not live") },
    { EXIT_BUG, 4, N_("a bug in offerstat, or out of memory") },
    { EXIT_OUTPUT, 5, N_("stdout could not be written") },
    { EXIT_DEADLINE, 17, N_("wait: the deadline passed") },
    { EXIT_HANGUP, 1, N_("ended by SIGHUP") },
    { EXIT_INTERRUPTED, 2, N_("ended by SIGINT") },
    { EXIT_TERMINATED, 3, N_("ended by SIGTERM") },
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

const char *outcome_word(int code)
{
    static const struct {
        int code;
        const char *word;
    } words[] = {
        { EXIT_OK, "passed" },
        { EXIT_FAILED, "failed" },
        { EXIT_NOT_FOUND, "not_found" },
        { EXIT_AUTH, "auth" },
        { EXIT_SERVICE, "service" },
        { EXIT_ANSWER, "answer" },
        { EXIT_PARTIAL, "partial" },
        { EXIT_IN_PROGRESS, "in_progress" },
        { EXIT_SIGNOFF, "pending_signoff" },
        { EXIT_CANCELED, "canceled" },
        { EXIT_DELISTED, "delisted" },
        { EXIT_UNKNOWN, "unknown" },
        { EXIT_NOT_LIVE, "not_live" },
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (words[i].code == code) {
            return words[i].word;
        }
    }
    return "error";
}

static unsigned rank(int code)
{
    for (size_t i = 0; i < exit_meaning_count; i++) {
        if (exit_meanings[i].code == code) {
            return exit_meanings[i].rank;
        }
    }
    return 0;
}

int outcome_worse(int a, int b)
{
    return rank(a) <= rank(b) ? a : b;
}

int outcome_of_state(enum offer_state state)
{
    switch (state) {
    case STATE_NONE:
        return EXIT_OK;
    case STATE_IN_PROGRESS:
        return EXIT_IN_PROGRESS;
    case STATE_FAILED:
        return EXIT_FAILED;
    case STATE_CANCELED:
        return EXIT_CANCELED;
    case STATE_PENDING_SIGNOFF:
        return EXIT_SIGNOFF;
    case STATE_DELISTED:
        return EXIT_DELISTED;
    case STATE_UNKNOWN:
        return EXIT_UNKNOWN;
    }
    return EXIT_UNKNOWN;
}

bool outcome_is_graver(enum offer_state a, enum offer_state b)
{
    return rank(outcome_of_state(a)) < rank(outcome_of_state(b));
}

static int code_of_presence(enum offer_live live)
{
    switch (live) {
    case LIVE_YES:
        return EXIT_OK;
    case LIVE_NO:
    case LIVE_PREVIEW:
        return EXIT_NOT_LIVE;
    case LIVE_UNKNOWN:
        return EXIT_UNKNOWN;
    }
    return EXIT_UNKNOWN;
}

static bool is_to_be_fixed(const struct offer *o)
{
    return state_action(o->state, offer_is_blocked(o)) == ACTION_FIX;
}

int verdict_of(const struct verdict_policy *policy, const struct offer *o)
{
    int code = outcome_of_state(o->state);

    if (o->state == STATE_FAILED || (policy->fail_on & 1u << o->state) != 0 ||
        ((policy->fail_on & FAIL_ON_FIX) != 0 && is_to_be_fixed(o))) {
        return code;
    }
    if (o->state == STATE_UNKNOWN) {
        return policy->ignore_unknown ? EXIT_OK : EXIT_UNKNOWN;
    }
    switch (policy->require) {
    case REQUIRE_NOTHING:
        return EXIT_OK;
    case REQUIRE_IDLE:
        if (state_action(o->state, false) == ACTION_NONE) {
            return EXIT_OK;
        }
        return code;
    case REQUIRE_LIVE:
        if (code != EXIT_OK) {
            return code;
        }
        return code_of_presence(o->live);
    }
    return code;
}

const char *verdict_lacks(const struct verdict_policy *policy, const struct offer *o)
{
    struct verdict_policy without = *policy;

    without.require = REQUIRE_NOTHING;
    if (verdict_of(policy, o) == EXIT_OK || verdict_of(&without, o) != EXIT_OK) {
        return NULL;
    }
    if (policy->require == REQUIRE_IDLE) {
        return _("must have nothing under way or due");
    }
    if (outcome_of_state(o->state) != EXIT_OK) {
        return _("must be live, with nothing under way or due");
    }
    switch (o->live) {
    case LIVE_PREVIEW:
        return _("must be live; only its preview is");
    case LIVE_UNKNOWN:
        return _("must be live; whether it is, is not known");
    case LIVE_YES:
    case LIVE_NO:
        break;
    }
    return _("must be live; it is not in the marketplace");
}

int outcome_of_report(const struct report *r)
{
    int outcome = r->verdict;

    for (size_t i = 0; i < r->problem_count; i++) {
        int code = outcome_of_error(r->problems[i].code);
        if (r->read > 0 && (code == EXIT_AUTH || code == EXIT_SERVICE || code == EXIT_ANSWER)) {
            code = EXIT_PARTIAL;
        }
        outcome = outcome_worse(outcome, code);
    }
    return outcome;
}

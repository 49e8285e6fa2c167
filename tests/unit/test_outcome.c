/* test_outcome.c - from what went wrong to the exit code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/outcome.h"

#include <string.h>

static void every_error_has_its_code_and_word(void **state)
{
    static const struct {
        enum error_code code;
        int exit;
        const char *word;
    } rows[] = {
        { ERR_NONE, 0, NULL },    { ERR_USAGE, 2, "usage" },     { ERR_NOT_FOUND, 3, "not_found" },
        { ERR_AUTH, 4, "auth" },  { ERR_SERVICE, 5, "service" }, { ERR_ANSWER, 6, "answer" },
        { ERR_OUTPUT, 74, NULL }, { ERR_MEMORY, 70, NULL },      { ERR_BUG, 70, NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(outcome_of_error(rows[i].code), rows[i].exit);
        if (rows[i].word != NULL) {
            assert_string_equal(error_word(rows[i].code), rows[i].word);
        }
    }
}

/* The states and problems have the words that they have everywhere. */
static void every_code_has_its_word(void **state)
{
    static const enum error_code errors[] = { ERR_NOT_FOUND, ERR_AUTH, ERR_SERVICE, ERR_ANSWER };
    static const int others[] = { EXIT_USAGE,    EXIT_CHANGED, EXIT_BUG,         EXIT_OUTPUT,
                                  EXIT_DEADLINE, EXIT_HANGUP,  EXIT_INTERRUPTED, EXIT_TERMINATED };

    (void)state;
    assert_string_equal(outcome_word(EXIT_OK), "passed");
    assert_string_equal(outcome_word(EXIT_PARTIAL), "partial");
    assert_string_equal(outcome_word(EXIT_NOT_LIVE), "not_live");
    for (int s = 0; s < STATE_COUNT; s++) {
        if (s != STATE_NONE) {
            assert_string_equal(outcome_word(outcome_of_state((enum offer_state)s)),
                                state_token((enum offer_state)s));
        }
    }
    for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
        assert_string_equal(outcome_word(outcome_of_error(errors[i])), error_word(errors[i]));
    }
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        assert_string_equal(outcome_word(others[i]), "error");
    }
}

static int outcome_with(size_t read, const enum error_code *codes, size_t count)
{
    struct report r = REPORT_INIT;
    int code;

    r.read = read;
    for (size_t i = 0; i < count; i++) {
        struct error err = ERROR_INIT;
        error_set(&err, codes[i], "x");
        assert_int_equal(report_problem(&r, &err, NULL, NULL), 0);
    }
    assert_int_equal(report_complete(&r), count == 0);
    code = outcome_of_report(&r);
    report_clear(&r);
    return code;
}

static void a_report_without_problems_is_zero(void **state)
{
    (void)state;
    assert_int_equal(outcome_with(0, NULL, 0), 0);
    assert_int_equal(outcome_with(5, NULL, 0), 0);
}

/* 70, 74, 2, 4, 5, 6, 3: the first wins, in whatever order they came. */
static void the_first_of_several_wins(void **state)
{
    static const enum error_code order[] = { ERR_BUG,     ERR_OUTPUT, ERR_USAGE,    ERR_AUTH,
                                             ERR_SERVICE, ERR_ANSWER, ERR_NOT_FOUND };

    (void)state;
    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
        for (size_t j = i; j < sizeof(order) / sizeof(order[0]); j++) {
            const enum error_code one[] = { order[i], order[j] }, other[] = { order[j], order[i] };
            assert_int_equal(outcome_with(0, one, 2), outcome_of_error(order[i]));
            assert_int_equal(outcome_with(0, other, 2), outcome_of_error(order[i]));
        }
    }
}

static void once_an_offer_was_read_its_fellows_errors_are_partial(void **state)
{
    static const struct {
        enum error_code code;
        int exit;
    } rows[] = {
        { ERR_AUTH, 7 },      { ERR_SERVICE, 7 }, { ERR_ANSWER, 7 },
        { ERR_NOT_FOUND, 3 }, { ERR_MEMORY, 70 }, { ERR_OUTPUT, 74 },
    };
    static const enum error_code both[] = { ERR_SERVICE, ERR_NOT_FOUND };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(outcome_with(1, &rows[i].code, 1), rows[i].exit);
    }
    assert_int_equal(outcome_with(1, both, 2), 3);
}

static void verdicts_follow_state_and_policy(void **state)
{
    static const struct verdict_policy plain = { 0 }, idle = { .require = REQUIRE_IDLE },
                                       live = { .require = REQUIRE_LIVE },
                                       ignoring = { .ignore_unknown = true };
    static const struct {
        const struct verdict_policy *policy;
        int exits[STATE_COUNT]; /* none in_progress failed canceled signoff delisted unknown */
    } rows[] = {
        { &plain, { 0, 0, 1, 0, 0, 0, 12 } },
        { &ignoring, { 0, 0, 1, 0, 0, 0, 0 } },
        { &idle, { 0, 8, 1, 10, 9, 0, 12 } },
        { &live, { 0, 8, 1, 10, 9, 11, 12 } },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (int s = 0; s < STATE_COUNT; s++) {
            const struct offer o = { .state = (enum offer_state)s, .live = LIVE_YES };
            assert_int_equal(verdict_of(rows[i].policy, &o), rows[i].exits[s]);
        }
    }
}

static void fail_on_adds_states(void **state)
{
    static const struct {
        enum offer_state state;
        int exit;
    } rows[] = {
        { STATE_IN_PROGRESS, 8 }, { STATE_PENDING_SIGNOFF, 9 }, { STATE_CANCELED, 10 },
        { STATE_DELISTED, 11 },   { STATE_UNKNOWN, 12 },        { STATE_FAILED, 1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct verdict_policy policy = { .fail_on = 1u << rows[i].state,
                                               .ignore_unknown = true };
        const struct offer o = { .state = rows[i].state }, idle = { .state = STATE_NONE };
        assert_int_equal(verdict_of(&policy, &o), rows[i].exit);
        assert_int_equal(verdict_of(&policy, &idle), 0);
    }
}

/* The code is that of the offer's state, whatever made it offend. */
static void what_asks_for_a_fix_offends_where_that_is_asked(void **state)
{
    static const struct step going[] = { { .status = STEP_COMPLETE },
                                         { .status = STEP_IN_PROGRESS } },
                             blocked[] = { { .status = STEP_COMPLETE },
                                           { .status = STEP_BLOCKED } };
    static const struct verdict_policy plain = { 0 }, fix = { .fail_on = FAIL_ON_FIX };
    static const struct {
        struct offer offer;
        int plain, fix;
    } rows[] = {
        { { .state = STATE_IN_PROGRESS, .steps = blocked, .step_count = 2 }, 0, 8 },
        { { .state = STATE_IN_PROGRESS, .steps = going, .step_count = 2 }, 0, 0 },
        { { .state = STATE_IN_PROGRESS }, 0, 0 },
        { { .state = STATE_FAILED }, 1, 1 },
        { { .state = STATE_PENDING_SIGNOFF, .steps = blocked, .step_count = 2 }, 0, 0 },
        { { .state = STATE_NONE }, 0, 0 },
        { { .state = STATE_CANCELED }, 0, 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(verdict_of(&plain, &rows[i].offer), rows[i].plain);
        assert_int_equal(verdict_of(&fix, &rows[i].offer), rows[i].fix);
    }
}

/* The examples of the contract. */
static void one_failed_and_one_still_running_at_the_deadline_is_failed(void **state)
{
    (void)state;
    assert_int_equal(outcome_worse(outcome_worse(EXIT_FAILED, EXIT_IN_PROGRESS), EXIT_DEADLINE), 1);
    assert_int_equal(outcome_worse(EXIT_IN_PROGRESS, EXIT_DEADLINE), 124);
    assert_int_equal(outcome_worse(EXIT_INTERRUPTED, EXIT_FAILED), 130);
}

static void what_must_be_live_is_live_or_offends(void **state)
{
    static const struct verdict_policy live = { .require = REQUIRE_LIVE };
    static const int exits[LIVE_COUNT] = {
        [LIVE_YES] = 0, [LIVE_NO] = 14, [LIVE_PREVIEW] = 14, [LIVE_UNKNOWN] = 12
    };

    (void)state;
    for (int i = 0; i < LIVE_COUNT; i++) {
        const struct offer o = { .state = STATE_NONE, .live = (enum offer_live)i };
        assert_int_equal(verdict_of(&live, &o), exits[i]);
    }
}

/* The whole contract, pair by pair. */
static void of_two_codes_the_contract_names_the_worse(void **state)
{
    static const int order[] = { 129, 130, 143, 70, 74, 2,   4, 5, 6,  3, 1,
                                 12,  10,  11,  14, 9,  124, 8, 7, 13, 0 };
    const size_t count = sizeof(order) / sizeof(order[0]);

    (void)state;
    assert_int_equal(count, exit_meaning_count);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i; j < count; j++) {
            assert_int_equal(outcome_worse(order[i], order[j]), order[i]);
            assert_int_equal(outcome_worse(order[j], order[i]), order[i]);
        }
    }
}

static void a_verdict_and_problems_make_one_code(void **state)
{
    static const struct {
        int verdict;
        enum error_code problem;
        int exit;
    } rows[] = {
        { 1, ERR_SERVICE, 1 },   /* one failed, one unreadable */
        { 0, ERR_SERVICE, 7 },   /* all pass but one unreadable */
        { 1, ERR_NOT_FOUND, 3 }, /* one misspelt name beside a failed offer */
        { 8, ERR_ANSWER, 8 },    { 12, ERR_AUTH, 12 },
        { 1, ERR_MEMORY, 70 },   { 14, ERR_SERVICE, 14 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct report r = REPORT_INIT;
        struct error err = ERROR_INIT;
        r.read = 1;
        r.verdict = rows[i].verdict;
        error_set(&err, rows[i].problem, "x");
        assert_int_equal(report_problem(&r, &err, NULL, NULL), 0);
        assert_int_equal(outcome_of_report(&r), rows[i].exit);
        report_clear(&r);
    }
}

static void every_code_has_a_meaning(void **state)
{
    static const int codes[] = { 0,  1,  2,  3,  4,  5,  6,   7,   8,   9,  10,
                                 11, 12, 13, 14, 70, 74, 124, 129, 130, 143 };

    (void)state;
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        bool found = false;
        for (size_t j = 0; j < exit_meaning_count; j++) {
            found = found ||
                    (exit_meanings[j].code == codes[i] && strlen(exit_meanings[j].meaning) > 0);
        }
        assert_true(found);
    }
}

/* Whatever stands beside it, the gravest decides. */
static void three_problems_give_the_code_of_the_gravest(void **state)
{
    static const enum error_code order[] = { ERR_BUG,     ERR_OUTPUT, ERR_USAGE,    ERR_AUTH,
                                             ERR_SERVICE, ERR_ANSWER, ERR_NOT_FOUND };

    (void)state;
    for (size_t i = 0; i + 2 < sizeof(order) / sizeof(order[0]); i++) {
        const enum error_code three[] = { order[i + 2], order[i], order[i + 1] };
        assert_int_equal(outcome_with(0, three, 3), outcome_of_error(order[i]));
    }
}

static void partial_gives_way_to_all_but_zero(void **state)
{
    static const enum error_code above[] = { ERR_BUG, ERR_MEMORY, ERR_OUTPUT, ERR_USAGE,
                                             ERR_NOT_FOUND };
    static const enum error_code fellows[] = { ERR_AUTH, ERR_SERVICE, ERR_ANSWER };

    (void)state;
    assert_int_equal(outcome_with(3, fellows, 3), 7);
    for (size_t i = 0; i < sizeof(above) / sizeof(above[0]); i++) {
        for (size_t j = 0; j < sizeof(fellows) / sizeof(fellows[0]); j++) {
            const enum error_code both[] = { fellows[j], above[i] };
            assert_int_equal(outcome_with(1, both, 2), outcome_of_error(above[i]));
        }
    }
}

/* Only where it is the requirement that makes the offer offend. */
static void what_a_requirement_misses_is_told(void **state)
{
    static const struct {
        unsigned fail_on;
        enum verdict_require require;
        enum offer_state state;
        enum offer_live live;
        const char *lacks; /* a part of it */
    } rows[] = {
        { 0, REQUIRE_NOTHING, STATE_IN_PROGRESS, LIVE_NO, NULL },
        { 0, REQUIRE_LIVE, STATE_NONE, LIVE_YES, NULL },
        { 0, REQUIRE_LIVE, STATE_NONE, LIVE_NO, "not in the marketplace" },
        { 0, REQUIRE_LIVE, STATE_NONE, LIVE_PREVIEW, "only its preview" },
        { 0, REQUIRE_LIVE, STATE_NONE, LIVE_UNKNOWN, "is not known" },
        { 0, REQUIRE_LIVE, STATE_IN_PROGRESS, LIVE_YES, "must be live, with nothing" },
        { 0, REQUIRE_IDLE, STATE_CANCELED, LIVE_NO, "must have nothing under way" },
        { 0, REQUIRE_LIVE, STATE_FAILED, LIVE_NO, NULL },
        { 0, REQUIRE_LIVE, STATE_UNKNOWN, LIVE_NO, NULL },
        { 1u << STATE_CANCELED, REQUIRE_LIVE, STATE_CANCELED, LIVE_NO, NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct verdict_policy policy = { rows[i].fail_on, false, rows[i].require };
        const struct offer o = { .state = rows[i].state, .live = rows[i].live };
        const char *lacks = verdict_lacks(&policy, &o);
        assert_int_equal(lacks == NULL, rows[i].lacks == NULL);
        if (lacks != NULL) {
            assert_non_null(strstr(lacks, rows[i].lacks));
        }
    }
}

static void codes_are_listed_once_and_in_order(void **state)
{
    (void)state;
    for (size_t i = 1; i < exit_meaning_count; i++) {
        assert_true(exit_meanings[i - 1].code < exit_meanings[i].code);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_error_has_its_code_and_word),
        cmocka_unit_test(every_code_has_its_word),
        cmocka_unit_test(a_report_without_problems_is_zero),
        cmocka_unit_test(the_first_of_several_wins),
        cmocka_unit_test(once_an_offer_was_read_its_fellows_errors_are_partial),
        cmocka_unit_test(verdicts_follow_state_and_policy),
        cmocka_unit_test(fail_on_adds_states),
        cmocka_unit_test(what_asks_for_a_fix_offends_where_that_is_asked),
        cmocka_unit_test(one_failed_and_one_still_running_at_the_deadline_is_failed),
        cmocka_unit_test(what_must_be_live_is_live_or_offends),
        cmocka_unit_test(of_two_codes_the_contract_names_the_worse),
        cmocka_unit_test(a_verdict_and_problems_make_one_code),
        cmocka_unit_test(every_code_has_a_meaning),
        cmocka_unit_test(three_problems_give_the_code_of_the_gravest),
        cmocka_unit_test(partial_gives_way_to_all_but_zero),
        cmocka_unit_test(what_a_requirement_misses_is_told),
        cmocka_unit_test(codes_are_listed_once_and_in_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

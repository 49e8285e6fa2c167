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

static int outcome_with(size_t read, const enum error_code *codes, size_t count)
{
    struct report r = REPORT_INIT;
    int code;

    r.read = read;
    for (size_t i = 0; i < count; i++) {
        struct error err = ERROR_INIT;
        (void)error_set(&err, codes[i], "x");
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

/* 70, 74, 2, 4, 5, 6, 3, 7, 0: the first wins, in whatever order they came. */
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

static void every_code_has_a_meaning(void **state)
{
    static const int codes[] = { 0, 2, 3, 4, 5, 6, 7, 70, 74 };

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_error_has_its_code_and_word),
        cmocka_unit_test(a_report_without_problems_is_zero),
        cmocka_unit_test(the_first_of_several_wins),
        cmocka_unit_test(once_an_offer_was_read_its_fellows_errors_are_partial),
        cmocka_unit_test(every_code_has_a_meaning),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

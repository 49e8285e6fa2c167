/* test_report.c - gathering what a run finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/report.h"

#include <string.h>

static void offers_are_counted_by_state(void **state)
{
    struct report r = REPORT_INIT;

    (void)state;
    for (int i = 0; i < STATE_COUNT; i++) {
        const struct offer o = { .id = "x", .state = (enum offer_state)i };
        report_count(&r, &o);
        report_count(&r, &o);
        assert_int_equal(r.counts[i], 2);
    }
    assert_int_equal(r.total, 2 * STATE_COUNT);
    assert_int_equal(r.offers.count, 0);
    report_clear(&r);
}

static void problems_are_copies(void **state)
{
    struct report r = REPORT_INIT;
    struct error err = ERROR_INIT;
    char offer[] = "vm";

    (void)state;
    assert_true(report_complete(&r));
    for (int i = 0; i < 20; i++) {
        error_set(&err, ERR_SERVICE, "problem %d", i);
        strcpy(err.request_id, i == 0 ? "" : "id");
        assert_int_equal(report_problem(&r, &err, NULL, offer), 0);
    }
    offer[0] = 'x';
    assert_int_equal(r.problem_count, 20);
    assert_string_equal(r.problems[19].text, "problem 19");
    assert_string_equal(r.problems[0].offer, "vm");
    assert_null(r.problems[0].publisher);
    assert_null(r.problems[0].request_id);
    assert_string_equal(r.problems[1].request_id, "id");
    assert_false(report_complete(&r));
    report_clear(&r);
    assert_true(report_complete(&r));
}

static void a_problem_is_an_error_again(void **state)
{
    struct report r = REPORT_INIT;
    struct error err = { .code = ERR_AUTH, .http = 403, .request_id = "r-1", .text = "forbidden" };
    struct error without = { .code = ERR_ANSWER, .text = "cut" };

    (void)state;
    assert_int_equal(report_problem(&r, &err, NULL, NULL), 0);
    assert_int_equal(report_problem(&r, &without, NULL, NULL), 0);
    problem_error(&r.problems[1], &err);
    assert_int_equal(err.code, ERR_ANSWER);
    assert_int_equal(err.http, 0);
    assert_string_equal(err.text, "cut");
    assert_string_equal(err.request_id, "");
    problem_error(&r.problems[0], &err);
    assert_int_equal(err.code, ERR_AUTH);
    assert_int_equal(err.http, 403);
    assert_string_equal(err.text, "forbidden");
    assert_string_equal(err.request_id, "r-1");
    report_clear(&r);
}

static void publishers_are_copies(void **state)
{
    static const struct publisher p = { "contoso", NULL, "42" };
    struct report r = REPORT_INIT;

    (void)state;
    for (int i = 0; i < 10; i++) {
        assert_int_equal(report_publisher(&r, &p), 0);
    }
    assert_int_equal(r.publisher_count, 10);
    assert_string_equal(r.publishers[9].id, "contoso");
    assert_null(r.publishers[9].name);
    assert_ptr_not_equal(r.publishers[9].id, p.id);
    report_clear(&r);
}

static void texts_of_a_problem_outlive_their_source(void **state)
{
    struct report r = REPORT_INIT;
    struct error err = { .code = ERR_AUTH, .request_id = "r-1", .text = "forbidden" };
    char publisher[] = "contoso";

    (void)state;
    assert_int_equal(report_problem(&r, &err, publisher, NULL), 0);
    memset(publisher, 'x', sizeof(publisher) - 1);
    error_set(&err, ERR_BUG, "other");
    assert_int_equal(r.problems[0].code, ERR_AUTH);
    assert_string_equal(r.problems[0].text, "forbidden");
    assert_string_equal(r.problems[0].publisher, "contoso");
    assert_string_equal(r.problems[0].request_id, "r-1");
    assert_null(r.problems[0].offer);
    report_clear(&r);
}

static void a_cleared_report_serves_again(void **state)
{
    static const struct publisher p = { "contoso", "Contoso", "42" };
    static const struct offer o = { .id = "vm" };
    struct report r = REPORT_INIT;
    struct error err = ERROR_INIT;

    (void)state;
    error_set(&err, ERR_SERVICE, "x");
    report_clear(&r); /* an empty one may be cleared */
    for (int round = 0; round < 2; round++) {
        assert_int_equal(report_problem(&r, &err, NULL, NULL), 0);
        assert_int_equal(report_publisher(&r, &p), 0);
        assert_int_equal(offer_list_add(&r.offers, &o), 0);
        assert_string_equal(r.publishers[0].name, "Contoso");
        assert_string_equal(r.publishers[0].seller_id, "42");
        report_clear(&r);
        assert_int_equal(r.problem_count + r.publisher_count + r.offers.count, 0);
    }
}

static void two_names_make_several_publishers(void **state)
{
    struct report r = REPORT_INIT;

    (void)state;
    assert_int_equal(report_saw_publisher(&r, NULL), 0);
    assert_int_equal(report_saw_publisher(&r, "contoso"), 0);
    assert_int_equal(report_saw_publisher(&r, "Contoso"), 0);
    assert_int_equal(report_saw_publisher(&r, NULL), 0);
    assert_false(r.several_publishers);
    assert_int_equal(report_saw_publisher(&r, "fabrikam"), 0);
    assert_true(r.several_publishers);
    assert_int_equal(report_saw_publisher(&r, "contoso"), 0);
    assert_true(r.several_publishers);
    report_clear(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offers_are_counted_by_state),
        cmocka_unit_test(problems_are_copies),
        cmocka_unit_test(a_problem_is_an_error_again),
        cmocka_unit_test(publishers_are_copies),
        cmocka_unit_test(texts_of_a_problem_outlive_their_source),
        cmocka_unit_test(a_cleared_report_serves_again),
        cmocka_unit_test(two_names_make_several_publishers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_moment.c - when publishes and their steps began and ended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/moment.h"

#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define START INT64_C(1700000000000)
#define START_TEXT "2023-11-14T22:13:20Z"

static void reads_leave_the_middle(void **state)
{
    struct duration d = { 0 };
    const struct moment began = { START, START + 10 * MINUTE };
    const struct moment ended = { START + HOUR, START + HOUR + 10 * MINUTE };
    const struct moment soon = { START, START + 10 * MINUTE };

    (void)state;
    assert_true(moment_between(began, ended, &d)); /* from 50 to 70 minutes */
    assert_int_equal(d.ms, HOUR);
    assert_int_equal(d.within_ms, 10 * MINUTE);
    assert_true(moment_between(began, soon, &d)); /* between two reads: from 0 to 10 */
    assert_int_equal(d.ms, 5 * MINUTE);
    assert_int_equal(d.within_ms, 5 * MINUTE);
}

static void what_no_read_bounds_is_no_duration(void **state)
{
    struct duration d = { 0 };
    const struct moment known = { START, START };
    const struct moment open = { 0, START }, never = { 0, 0 };
    const struct moment before = { START - HOUR, START - HOUR };

    (void)state;
    assert_false(moment_between(open, known, &d));
    assert_false(moment_between(known, never, &d));
    assert_false(moment_between(known, before, &d)); /* it would have ended before it began */
}

static void a_publish_begins_with_its_first_step(void **state)
{
    struct recorded_step step = { .id = "certify", .started_at = START_TEXT };
    struct recorded_run run = { .submitted_at = "2023-11-14T21:13:20Z",
                                .not_before_ms = START - 5 * HOUR,
                                .first_seen_ms = START + HOUR,
                                .steps = &step,
                                .step_count = 1 };

    (void)state;
    assert_int_equal(moment_run_began(&run).latest_ms, START - HOUR);
    run.submitted_at = NULL;
    assert_int_equal(moment_run_began(&run).latest_ms, START);
    assert_int_equal(moment_run_began(&run).earliest_ms, START);
    step.started_at = NULL;
    assert_int_equal(moment_run_began(&run).earliest_ms, START - 5 * HOUR);
    assert_int_equal(moment_run_began(&run).latest_ms, START + HOUR);
}

static void the_middle_needs_two_reads(void **state)
{
    const struct moment m = { START, START + HOUR }, open = { 0, START };

    (void)state;
    assert_int_equal(moment_middle(m), START + HOUR / 2);
    assert_int_equal(moment_middle(open), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_leave_the_middle),
        cmocka_unit_test(what_no_read_bounds_is_no_duration),
        cmocka_unit_test(a_publish_begins_with_its_first_step),
        cmocka_unit_test(the_middle_needs_two_reads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

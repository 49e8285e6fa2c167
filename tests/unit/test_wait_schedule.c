/* test_wait_schedule.c - when to look again, and when to give up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/outcome.h"
#include "offerstat/wait_schedule.h"

#define SECOND_MS INT64_C(1000)
#define MINUTE_MS (60 * SECOND_MS)

/* The random value in the middle of the jitter of a pause, which leaves the pause as it is. */
static uint32_t no_jitter(int64_t pause_ms)
{
    return (uint32_t)(pause_ms / 10);
}

static void the_pause_grows_to_five_minutes(void **state)
{
    static const int64_t want_s[] = { 30, 45, 67, 101, 151, 227, 300, 300 };
    struct wait_schedule s = { .interval_ms = 30 * SECOND_MS };

    (void)state;
    for (size_t i = 0; i < sizeof(want_s) / sizeof(want_s[0]); i++) {
        int64_t low = s.pause_ms, pause_ms = wait_pause_ms(&s, false, 0, 0);
        assert_true(s.pause_ms >= low);
        assert_int_equal(s.pause_ms / SECOND_MS, want_s[i]);
        assert_int_equal(pause_ms, s.pause_ms - s.pause_ms / 10); /* the earliest of the jitter */
    }
    wait_pause_ms(&s, true, 0, 0);
    assert_int_equal(s.pause_ms, 30 * SECOND_MS);
}

/* By half, rounded up, up to ten times the interval. */
static void the_shortest_pause_grows_as_well(void **state)
{
    static const int64_t want_ms[] = { 1, 2, 3, 5, 8, 10, 10 };
    struct wait_schedule s = { .interval_ms = 1 };

    (void)state;
    for (size_t i = 0; i < sizeof(want_ms) / sizeof(want_ms[0]); i++) {
        assert_int_equal(wait_pause_ms(&s, false, 0, 0), want_ms[i] - want_ms[i] / 10);
        assert_int_equal(s.pause_ms, want_ms[i]);
    }
}

static void the_pause_grows_with_its_interval(void **state)
{
    static const struct {
        int64_t interval_ms, most_ms;
    } rows[] = {
        { 1, 10 },
        { 8, 80 },
        { 30 * SECOND_MS, 5 * MINUTE_MS },
        { 2 * MINUTE_MS, 5 * MINUTE_MS },
        { 10 * MINUTE_MS, 10 * MINUTE_MS }, /* asked for: nothing to grow */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct wait_schedule s = { .interval_ms = rows[i].interval_ms };
        for (int times = 0; times < 30; times++) {
            wait_pause_ms(&s, false, 0, 0);
        }
        assert_int_equal(s.pause_ms, rows[i].most_ms);
    }
}

static void jitter_is_a_tenth_either_way(void **state)
{
    static const struct {
        uint32_t random;
        int64_t want_ms;
    } rows[] = { { 0, 900 }, { 100, 1000 }, { 200, 1100 }, { 201, 900 } };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct wait_schedule s = { .interval_ms = 1000 };
        assert_int_equal(wait_pause_ms(&s, true, 0, rows[i].random), rows[i].want_ms);
    }
}

static void what_the_service_asks_for_wins(void **state)
{
    struct wait_schedule s = { .interval_ms = 30 * SECOND_MS };

    (void)state;
    assert_int_equal(wait_pause_ms(&s, false, 7 * SECOND_MS, 5), 7 * SECOND_MS);
    assert_int_equal(wait_pause_ms(&s, true, 20 * MINUTE_MS, 5), 20 * MINUTE_MS);
    assert_int_equal(wait_pause_ms(&s, true, 1, 5), 1);
    assert_int_equal(wait_pause_ms(&s, true, -1, no_jitter(s.interval_ms)), s.interval_ms);
}

/* Each look a minute after the one before it; --max-outage 3m. */
static void how_long_nothing_may_be_readable(void **state)
{
    static const struct {
        int codes[8];
        int gives_up_at; /* the look, from 0; -1: never */
    } rows[] = {
        { { 5, 5, 5, 5, 5, 5, 5, 5 }, 3 },  { { 0, 5, 5, 5, 0, 5, 5, 5 }, -1 },
        { { 0, 5, 5, 5, 7, 5, 5, 5 }, -1 }, /* some could be read */
        { { 0, 5, 4, 6, 5, 0, 0, 0 }, 4 },  { { 0, 3, 3, 3, 3, 3, 3, 3 }, -1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct wait_schedule s = { .max_outage_ms = 3 * MINUTE_MS, .dark_since_ms = -1 };
        int gave_up = -1;
        for (int look = 0; look < 8 && gave_up < 0; look++) {
            if (wait_gives_up(&s, rows[i].codes[look], look * MINUTE_MS)) {
                gave_up = look;
            }
        }
        assert_int_equal(gave_up, rows[i].gives_up_at);
    }
}

/* A refused sign-in and nonsense do not get better by themselves: five looks in a row. */
static void five_refusals_in_a_row(void **state)
{
    static const struct {
        int codes[10];
        int gives_up_at;
    } rows[] = {
        { { 4, 4, 4, 4, 4, 0, 0, 0, 0, 0 }, 4 },  { { 6, 6, 6, 6, 6, 0, 0, 0, 0, 0 }, 4 },
        { { 4, 4, 4, 4, 0, 4, 4, 4, 4, 4 }, 9 },  { { 4, 4, 4, 4, 5, 4, 4, 4, 4, 0 }, -1 },
        { { 4, 6, 4, 6, 4, 6, 4, 6, 4, 6 }, -1 }, { { 7, 7, 7, 7, 7, 7, 7, 7, 7, 7 }, -1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct wait_schedule s = { .max_outage_ms = 30 * MINUTE_MS, .dark_since_ms = -1 };
        int gave_up = -1;
        for (int look = 0; look < 10 && gave_up < 0; look++) {
            if (wait_gives_up(&s, rows[i].codes[look], look * MINUTE_MS)) {
                gave_up = look;
            }
        }
        assert_int_equal(gave_up, rows[i].gives_up_at);
    }
}

static void no_outage_at_all(void **state)
{
    struct wait_schedule s = { .max_outage_ms = 0, .dark_since_ms = -1 };

    (void)state;
    assert_false(wait_gives_up(&s, EXIT_OK, 0));
    assert_true(wait_gives_up(&s, EXIT_SERVICE, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pause_grows_to_five_minutes),
        cmocka_unit_test(the_shortest_pause_grows_as_well),
        cmocka_unit_test(the_pause_grows_with_its_interval),
        cmocka_unit_test(jitter_is_a_tenth_either_way),
        cmocka_unit_test(what_the_service_asks_for_wins),
        cmocka_unit_test(how_long_nothing_may_be_readable),
        cmocka_unit_test(five_refusals_in_a_row),
        cmocka_unit_test(no_outage_at_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

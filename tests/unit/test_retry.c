/* test_retry.c - whether and when a failed request is tried again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "http/retry.h"

#define MINUTE_MS INT64_C(60000)
#define RUN_BUDGET_MS (10 * MINUTE_MS)

/* Sun, 06 Nov 1994 08:49:37 GMT */
#define DATE_MS INT64_C(784111777000)

static void transient_statuses_are_the_six(void **state)
{
    (void)state;
    for (long status = 100; status < 600; status++) {
        bool want = status == 408 || status == 429 || status == 500 || status == 502 ||
                    status == 503 || status == 504;
        if (retry_status_is_transient(status) != want) {
            fail_msg("status %ld", status);
        }
    }
}

static void retry_after_is_seconds_or_a_date(void **state)
{
    static const struct {
        const char *header;
        int64_t wall_ms, want_ms;
    } rows[] = {
        { "0", DATE_MS, 0 },
        { "1", DATE_MS, 1000 },
        { "120", DATE_MS, 120000 },
        { "007", DATE_MS, 7000 },
        { "Sun, 06 Nov 1994 08:49:37 GMT", DATE_MS - 30000, 30000 },
        { "Sun, 06 Nov 1994 08:49:37 GMT", DATE_MS - 1, 1 },
        { "Sun, 06 Nov 1994 08:49:37 GMT", DATE_MS, 0 },
        { "Sun, 06 Nov 1994 08:49:37 GMT", DATE_MS + MINUTE_MS, 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int64_t got_ms = retry_after_ms(rows[i].header, NULL, rows[i].wall_ms);
        if (got_ms != rows[i].want_ms) {
            fail_msg("row %zu, \"%s\": %lld ms", i, rows[i].header, (long long)got_ms);
        }
    }
}

static void retry_after_without_sense_counts_as_absent(void **state)
{
    static const char *const rows[] = {
        "",    "-1",  "-99999999999", "1.5",
        "5 s", "0x5", "soon",         "Sun, 99 Nov 1994 08:49:37 GMT",
        " ",   "+3",  "1e9",          "Sun, 06 Nov 1994",
    };

    (void)state;
    assert_int_equal(retry_after_ms(NULL, NULL, DATE_MS), -1);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (retry_after_ms(rows[i], NULL, DATE_MS) != -1) {
            fail_msg("\"%s\" was believed", rows[i]);
        }
    }
}

static void absurd_retry_after_is_longer_than_any_run(void **state)
{
    static const char *const rows[] = {
        "31536000",
        "4294967296",
        "9223372036854775807",
        "9223372036854775808",
        "99999999999999999999999999999999999999999999999",
        "Fri, 31 Dec 9999 23:59:59 GMT",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct retry_policy policy = { 4, 500, 30000 };
        int64_t after_ms = retry_after_ms(rows[i], NULL, DATE_MS);
        if (after_ms <= RUN_BUDGET_MS) {
            fail_msg("%s: %lld ms", rows[i], (long long)after_ms);
        }
        assert_int_equal(retry_delay_ms(&policy, 1, after_ms, RUN_BUDGET_MS, 0), -1);
    }
}

static void wait_doubles_up_to_the_cap(void **state)
{
    static const int64_t bounds_ms[] = { 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000 };
    const struct retry_policy policy = { 40, 500, 30000 };

    (void)state;
    for (unsigned i = 0; i < sizeof(bounds_ms) / sizeof(bounds_ms[0]); i++) {
        uint32_t longest = (uint32_t)bounds_ms[i];
        assert_int_equal(retry_delay_ms(&policy, i + 1, -1, RUN_BUDGET_MS, longest), bounds_ms[i]);
        /* one more does not fit below the bound and comes round to its start */
        assert_int_equal(retry_delay_ms(&policy, i + 1, -1, RUN_BUDGET_MS, longest + 1), 0);
    }
    assert_in_range(retry_delay_ms(&policy, 40, -1, RUN_BUDGET_MS, UINT32_MAX), 0, 30000);
}

static void jitter_is_full(void **state)
{
    const struct retry_policy policy = { 4, 500, 30000 };

    (void)state;
    for (uint32_t random = 0; random <= 1000; random++) {
        assert_int_equal(retry_delay_ms(&policy, 2, -1, RUN_BUDGET_MS, random), random);
    }
}

static void base_over_the_cap_is_the_cap(void **state)
{
    const struct retry_policy policy = { 4, 60000, 30000 };

    (void)state;
    assert_int_equal(retry_delay_ms(&policy, 1, -1, RUN_BUDGET_MS, 30000), 30000);
    assert_int_equal(retry_delay_ms(&policy, 1, -1, RUN_BUDGET_MS, 30001), 0);
}

static void retry_after_wins_over_the_doubling(void **state)
{
    const struct retry_policy policy = { 4, 500, 30000 };

    (void)state;
    assert_int_equal(retry_delay_ms(&policy, 1, 45000, RUN_BUDGET_MS, 17), 45000);
    assert_int_equal(retry_delay_ms(&policy, 1, 1, RUN_BUDGET_MS, 17), 1);
}

/* "At once" would use up every try before the service has had time to recover. */
static void no_wait_at_all_still_backs_off(void **state)
{
    const struct retry_policy policy = { 4, 500, 30000 };

    (void)state;
    assert_int_equal(retry_delay_ms(&policy, 1, 0, RUN_BUDGET_MS, 333), 333);
    assert_int_equal(retry_delay_ms(&policy, 4, 0, RUN_BUDGET_MS, 4000), 4000);
}

static void a_date_counts_from_the_answers_own(void **state)
{
    static const struct {
        const char *header, *date;
        int64_t want_ms;
    } rows[] = {
        /* our clock is at 08:49:37; theirs is an hour ahead, and one behind */
        { "Sun, 06 Nov 1994 09:50:07 GMT", "Sun, 06 Nov 1994 09:49:37 GMT", 30000 },
        { "Sun, 06 Nov 1994 07:50:07 GMT", "Sun, 06 Nov 1994 07:49:37 GMT", 30000 },
        { "Sun, 06 Nov 1994 08:50:07 GMT", "Sun, 06 Nov 1994 08:50:07 GMT", 0 },
        { "Sun, 06 Nov 1994 08:50:07 GMT", "yesterday", 30000 },
        { "Sun, 06 Nov 1994 08:50:07 GMT", NULL, 30000 },
        { "5", "Sun, 06 Nov 1994 09:49:37 GMT", 5000 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int64_t got_ms = retry_after_ms(rows[i].header, rows[i].date, DATE_MS);
        if (got_ms != rows[i].want_ms) {
            fail_msg("row %zu: %lld ms", i, (long long)got_ms);
        }
    }
}

static void retries_are_counted(void **state)
{
    const struct retry_policy four = { 4, 500, 30000 }, none = { 0, 500, 30000 };

    (void)state;
    assert_int_equal(retry_delay_ms(&four, 4, -1, RUN_BUDGET_MS, 3), 3);
    assert_int_equal(retry_delay_ms(&four, 5, -1, RUN_BUDGET_MS, 3), -1);
    assert_int_equal(retry_delay_ms(&four, 5, 0, RUN_BUDGET_MS, 3), -1);
    assert_int_equal(retry_delay_ms(&none, 1, -1, RUN_BUDGET_MS, 3), -1);
}

static void no_wait_passes_the_budget(void **state)
{
    const struct retry_policy policy = { 4, 500, 30000 };

    (void)state;
    /* some time must be left for the try itself */
    assert_int_equal(retry_delay_ms(&policy, 1, -1, 101, 100), 100);
    assert_int_equal(retry_delay_ms(&policy, 1, -1, 100, 100), -1);
    assert_int_equal(retry_delay_ms(&policy, 1, 5000, 5001, 0), 5000);
    assert_int_equal(retry_delay_ms(&policy, 1, 5000, 5000, 0), -1);
    assert_int_equal(retry_delay_ms(&policy, 1, -1, 0, 0), -1);
    assert_int_equal(retry_delay_ms(&policy, 1, -1, -1, 0), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(transient_statuses_are_the_six),
        cmocka_unit_test(retry_after_is_seconds_or_a_date),
        cmocka_unit_test(retry_after_without_sense_counts_as_absent),
        cmocka_unit_test(absurd_retry_after_is_longer_than_any_run),
        cmocka_unit_test(wait_doubles_up_to_the_cap),
        cmocka_unit_test(jitter_is_full),
        cmocka_unit_test(base_over_the_cap_is_the_cap),
        cmocka_unit_test(retry_after_wins_over_the_doubling),
        cmocka_unit_test(no_wait_at_all_still_backs_off),
        cmocka_unit_test(a_date_counts_from_the_answers_own),
        cmocka_unit_test(retries_are_counted),
        cmocka_unit_test(no_wait_passes_the_budget),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

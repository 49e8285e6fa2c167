/* test_filter.c - what the options of a list let through. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/select.h"

static const struct offer offer = { .id = "x",
                                    .type = "microsoft-azure-virtualmachines",
                                    .changed_at = "2026-01-02T00:00:00Z",
                                    .state = STATE_FAILED,
                                    .live = LIVE_PREVIEW };
#define CHANGED_MS INT64_C(1767312000000)

static void each_option_is_a_condition_of_its_own(void **state)
{
    static const struct {
        struct filter filter;
        bool passes, may_pass;
    } rows[] = {
        { { 0 }, true, true },
        { { .states = 1u << STATE_FAILED }, true, true },
        { { .states = 1u << STATE_FAILED | 1u << STATE_NONE }, true, true },
        { { .states = 1u << STATE_NONE }, false, true },
        { { .not_states = 1u << STATE_FAILED }, false, true },
        { { .not_states = 1u << STATE_NONE }, true, true },
        { { .lives = 1u << LIVE_PREVIEW }, true, true },
        { { .lives = 1u << LIVE_YES }, false, true },
        { { .type = "vm" }, true, true },
        { { .type = "container" }, false, false },
        { { .since_ms = CHANGED_MS }, true, true },
        { { .since_ms = CHANGED_MS + 1 }, false, false },
        { { .approvals = true }, true, true },
        { { .states = 1u << STATE_FAILED, .type = "container" }, false, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(filter_passes(&rows[i].filter, &offer), rows[i].passes);
        assert_int_equal(filter_may_pass(&rows[i].filter, &offer), rows[i].may_pass);
    }
}

static void without_a_time_nothing_was_changed_since(void **state)
{
    static const struct offer timeless = { .id = "x" };
    static const struct filter since = { .since_ms = 1 };

    (void)state;
    assert_false(filter_passes(&since, &timeless));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_option_is_a_condition_of_its_own),
        cmocka_unit_test(without_a_time_nothing_was_changed_since),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

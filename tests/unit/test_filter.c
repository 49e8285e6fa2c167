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
        assert_int_equal(filter_may_pass(&rows[i].filter, &offer, ALL_STATES), rows[i].may_pass);
    }
}

static void without_a_time_only_what_is_at_rest_was_not_changed_since(void **state)
{
    static const struct filter since = { .since_ms = 1 };

    (void)state;
    for (int i = 0; i < STATE_COUNT; i++) {
        const struct offer timeless = { .id = "x", .state = (enum offer_state)i };
        bool at_rest = i == STATE_NONE || i == STATE_DELISTED;
        assert_true(
            filter_may_pass(&since, &timeless, ALL_STATES)); /* its state is not known yet */
        assert_int_equal(filter_passes(&since, &timeless), !at_rest);
    }
}

/* The list alone tells of some offers that they cannot turn out to be what is asked for. */
static void states_that_an_offer_cannot_have_rule_it_out(void **state)
{
    static const unsigned failed = 1u << STATE_FAILED, none = 1u << STATE_NONE;
    static const struct {
        struct filter filter;
        unsigned possible;
        bool may_pass;
    } rows[] = {
        { { .states = 1u << STATE_FAILED }, failed, true },
        { { .states = 1u << STATE_FAILED }, failed | none, true },
        { { .states = 1u << STATE_FAILED }, none, false },
        { { .not_states = 1u << STATE_FAILED }, failed, false },
        { { .not_states = 1u << STATE_FAILED }, failed | none, true },
        { { .not_states = 1u << STATE_NONE }, failed, true },
        { { .states = failed | none, .not_states = failed }, failed, false },
        { { .states = failed | none, .not_states = failed }, failed | none, true },
        { { 0 }, none, true },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(filter_may_pass(&rows[i].filter, &offer, rows[i].possible),
                         rows[i].may_pass);
    }
}

static void every_state_and_presence_has_its_own_bit(void **state)
{
    (void)state;
    for (int i = 0; i < STATE_COUNT; i++) {
        for (int j = 0; j < STATE_COUNT; j++) {
            const struct offer o = { .id = "x", .state = (enum offer_state)i };
            const struct filter only = { .states = 1u << j }, but = { .not_states = 1u << j };
            assert_int_equal(filter_passes(&only, &o), i == j);
            assert_int_equal(filter_passes(&but, &o), i != j);
        }
    }
    for (int i = 0; i < LIVE_COUNT; i++) {
        for (int j = 0; j < LIVE_COUNT; j++) {
            const struct offer o = { .id = "x", .live = (enum offer_live)i };
            const struct filter only = { .lives = 1u << j };
            assert_int_equal(filter_passes(&only, &o), i == j);
        }
    }
}

static void conditions_hold_together(void **state)
{
    static const struct {
        struct filter filter;
        bool passes;
    } rows[] = {
        { { .states = 1u << STATE_FAILED, .not_states = 1u << STATE_FAILED }, false },
        { { .states = 1u << STATE_FAILED,
            .lives = 1u << LIVE_PREVIEW,
            .type = "Virtual Machine",
            .since_ms = CHANGED_MS - 1,
            .approvals = true },
          true },
        { { .states = 1u << STATE_FAILED, .lives = 1u << LIVE_NO, .type = "vm" }, false },
        { { .type = "vm", .since_ms = CHANGED_MS + 1 }, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(filter_passes(&rows[i].filter, &offer), rows[i].passes);
    }
}

static void approvals_hide_what_was_never_published(void **state)
{
    static const struct offer never = { .id = "x", .state = STATE_NONE, .live = LIVE_NO };
    static const struct filter approvals = { .approvals = true }, all = { 0 };

    (void)state;
    assert_false(filter_passes(&approvals, &never));
    assert_true(filter_may_pass(&approvals, &never, ALL_STATES)); /* the list alone does not tell */
    assert_true(filter_passes(&all, &never));
}

static void an_offer_without_type_is_of_no_type(void **state)
{
    static const struct offer bare = { .id = "x" };
    static const struct filter vm = { .type = "vm" };

    (void)state;
    assert_false(filter_may_pass(&vm, &bare, ALL_STATES));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_option_is_a_condition_of_its_own),
        cmocka_unit_test(without_a_time_only_what_is_at_rest_was_not_changed_since),
        cmocka_unit_test(states_that_an_offer_cannot_have_rule_it_out),
        cmocka_unit_test(every_state_and_presence_has_its_own_bit),
        cmocka_unit_test(conditions_hold_together),
        cmocka_unit_test(approvals_hide_what_was_never_published),
        cmocka_unit_test(an_offer_without_type_is_of_no_type),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

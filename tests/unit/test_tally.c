/* test_tally.c - how many offers are in which state. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tally.h"

static void check(size_t width, bool color, const struct report *report, size_t used,
                  const char *wanted)
{
    struct render r = { .options = { .width = width, .color = color }, .text = STRBUF_INIT(1000) };

    tally_put(&r, report, ": ", used);
    assert_false(r.text.failed);
    assert_string_equal(strbuf_text(&r.text), wanted);
    strbuf_clear(&r.text);
}

static void what_needs_a_look_comes_first_and_nothing_is_named_for_none(void **state)
{
    const struct report report = { .counts = { [STATE_NONE] = 7,
                                               [STATE_IN_PROGRESS] = 6,
                                               [STATE_FAILED] = 5,
                                               [STATE_CANCELED] = 4,
                                               [STATE_PENDING_SIGNOFF] = 3,
                                               [STATE_DELISTED] = 2,
                                               [STATE_UNKNOWN] = 1 } };
    const struct report one = { .counts = { [STATE_CANCELED] = 1 } };
    const struct report none = { .total = 0 };

    (void)state;
    check(0, false, &report, 0,
          ": 5 Publish failed, 1 Unknown, 3 Pending publisher sign-off, 6 Publish in progress, "
          "4 Publish canceled, 2 Delisted, 7 with nothing under way\n");
    check(0, false, &one, 0, ": 1 Publish canceled\n");
    check(0, false, &none, 0, "\n");
}

/* The last column stays free: a terminal would break the line after it. */
static void a_line_is_broken_before_the_window_ends(void **state)
{
    const struct report report = { .counts = { [STATE_FAILED] = 1, [STATE_UNKNOWN] = 2 } };

    (void)state;
    /* 8 columns taken, ": 1 Publish failed" is 18, ", 2 Unknown" is 11: 37 together */
    check(38, false, &report, 8, ": 1 Publish failed, 2 Unknown\n");
    check(37, false, &report, 8, ": 1 Publish failed,\n  2 Unknown\n");
    check(26, false, &report, 8, ":\n  1 Publish failed,\n  2 Unknown\n");
}

static void each_state_has_its_colour(void **state)
{
    const struct report report = { .counts = { [STATE_FAILED] = 1, [STATE_NONE] = 2 } };

    (void)state;
    check(0, true, &report, 0, ": \033[31m1 Publish failed\033[0m, 2 with nothing under way\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_needs_a_look_comes_first_and_nothing_is_named_for_none),
        cmocka_unit_test(a_line_is_broken_before_the_window_ends),
        cmocka_unit_test(each_state_has_its_colour),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

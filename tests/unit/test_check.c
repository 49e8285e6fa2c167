/* test_check.c - offers that offend, and how many pass. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "check.h"
#include "sample.h"

#include <stdlib.h>

static void check(struct render_options options, const struct report *report, const char *wanted)
{
    struct render r = { .options = options,
                        .text = STRBUF_INIT(8000),
                        .value = STRBUF_INIT(8000),
                        .safe = STRBUF_INIT(8000) };
    struct error err = ERROR_INIT;

    assert_int_equal(check_write(&r, report, &err), 0);
    assert_false(r.text.failed);
    assert_string_equal(strbuf_text(&r.text), wanted);
    strbuf_clear(&r.text);
    strbuf_clear(&r.value);
    strbuf_clear(&r.safe);
}

static void an_offender_is_printed_with_the_step_that_blocks(void **state)
{
    const struct render_options options = { .view = VIEW_CHECK, .ascii = true, .header = true };
    struct report r;

    (void)state;
    sample_report(&r);
    r.offending = 1;
    check(options, &r,
          "contoso/contoso-vm: Publish failed, live yes (cpp-5, documented)\n"
          "  2/3 Certification, rejected\n"
          "    x See item 42.\n"
          "      Then try again. (2026-01-02T03:04:05Z)\n"
          "      item 42: https://example.com/42\n"
          "      https://example.com/x\n"
          "    ! A warning.\n"
          "  a note\n"
          "\n1 offer checked: 1 offends, 0 pass\n  1 Publish failed\n");
    report_clear(&r);
}

/* An offer that waits offends too where the policy says so, and nothing blocks it. */
static void without_a_blocking_step_the_current_one_is_told(void **state)
{
    static const struct step steps[] = { { .name = "Validate", .status = STEP_COMPLETE },
                                         { .name = "Certify", .status = STEP_IN_PROGRESS } };
    static const struct offer o = {
        .id = "x", .state = STATE_IN_PROGRESS, .rule = "cpp-3", .steps = steps, .step_count = 2
    };
    const struct render_options options = { .view = VIEW_CHECK, .ascii = true };
    struct report r = REPORT_INIT;

    (void)state;
    assert_int_equal(offer_list_add(&r.offers, &o), 0);
    check(options, &r,
          "x: Publish in progress, live unknown (cpp-3)\n"
          "  2/2 Certify, in progress\n");
    report_clear(&r);
}

static void messages_of_the_offer_are_the_reason_where_no_step_blocks(void **state)
{
    static const struct message message = { .level = LEVEL_ERROR, .text = "bad" };
    static const struct offer o = {
        .id = "x", .state = STATE_FAILED, .messages = &message, .message_count = 1
    };
    const struct render_options options = { .view = VIEW_CHECK, .ascii = true };
    struct report r = REPORT_INIT;

    (void)state;
    assert_int_equal(offer_list_add(&r.offers, &o), 0);
    check(options, &r, "x: Publish failed, live unknown\n  x bad\n");
    report_clear(&r);
}

static void the_verdict_counts_what_passes(void **state)
{
    const struct render_options options = { .view = VIEW_CHECK, .header = true };
    const struct render_options quiet = { .view = VIEW_CHECK };
    struct report r = REPORT_INIT;

    (void)state;
    check(options, &r, "0 offers checked\n");
    r.total = 1;
    r.counts[STATE_NONE] = 1;
    check(options, &r, "1 offer checked: it passes\n  1 with nothing under way\n");
    check(quiet, &r, "");
    r.total = 3;
    r.counts[STATE_NONE] = 3;
    check(options, &r, "3 offers checked: all pass\n  3 with nothing under way\n");
    r.offending = 2;
    r.counts[STATE_NONE] = 1;
    r.counts[STATE_FAILED] = 2;
    check(options, &r,
          "\n3 offers checked: 2 offend, 1 passes\n  2 Publish failed, "
          "1 with nothing under way\n");
}

static void the_verdict_says_what_could_not_be_read(void **state)
{
    const struct render_options options = { .view = VIEW_CHECK, .header = true };
    struct report r = REPORT_INIT;

    (void)state;
    r.unread = 6;
    check(options, &r, "0 of 6 offers checked, 6 could not be read\n");
    r.total = 6;
    r.counts[STATE_NONE] = 6;
    check(options, &r,
          "6 of 12 offers checked, 6 could not be read: 6 pass\n  6 with nothing under way\n");
    r.unread = 0;
    r.broken_lists = 1;
    check(options, &r,
          "6 offers checked, 1 list could not be read whole: 6 pass\n"
          "  6 with nothing under way\n");
}

/* The exit code is 7 or 3 then: "it passes" would contradict it. */
static void the_verdict_does_not_pass_what_is_incomplete(void **state)
{
    const struct render_options options = { .view = VIEW_CHECK, .header = true };
    struct problem problems[] = { { .code = ERR_SERVICE, .text = "x", .offer = "vm" },
                                  { .code = ERR_NOT_FOUND, .text = "no offer \"vn\"" } };
    struct report r = REPORT_INIT;

    (void)state;
    r.total = 1;
    r.counts[STATE_NONE] = 1;
    r.problems = problems;
    r.problem_count = 1;
    check(options, &r,
          "1 offer checked, not everything could be read: 1 passes\n  1 with nothing under way\n");
    r.problem_count = 2;
    check(options, &r,
          "1 offer checked, not everything could be read, 1 not found: 1 passes\n"
          "  1 with nothing under way\n");
    r.problems = problems + 1;
    r.problem_count = 1;
    check(options, &r, "1 offer checked, 1 not found: 1 passes\n  1 with nothing under way\n");
    r.unread = 1; /* says already that something is missing */
    r.problems = problems;
    check(options, &r,
          "1 of 2 offers checked, 1 could not be read: 1 passes\n  1 with nothing under way\n");
}

static void the_verdict_is_broken_where_the_window_ends(void **state)
{
    const struct render_options options = { .view = VIEW_CHECK, .header = true, .width = 40 };
    struct problem problems[] = { { .code = ERR_SERVICE, .text = "x", .offer = "vm" },
                                  { .code = ERR_NOT_FOUND, .text = "no offer \"vn\"" } };
    struct report r = REPORT_INIT;

    (void)state;
    r.total = 2;
    r.unread = 1;
    r.excepted = 3;
    r.offending = 1;
    r.counts[STATE_FAILED] = 1;
    r.counts[STATE_NONE] = 1;
    r.problems = problems;
    r.problem_count = 2;
    check(options, &r,
          "\n2 of 3 offers checked,\n"
          "  1 could not be read, 1 not found,\n"
          "  3 excepted: 1 offends, 1 passes\n"
          "  1 Publish failed,\n"
          "  1 with nothing under way\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_offender_is_printed_with_the_step_that_blocks),
        cmocka_unit_test(without_a_blocking_step_the_current_one_is_told),
        cmocka_unit_test(messages_of_the_offer_are_the_reason_where_no_step_blocks),
        cmocka_unit_test(the_verdict_counts_what_passes),
        cmocka_unit_test(the_verdict_says_what_could_not_be_read),
        cmocka_unit_test(the_verdict_does_not_pass_what_is_incomplete),
        cmocka_unit_test(the_verdict_is_broken_where_the_window_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_render_detail.c - one offer at length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render_to.h"
#include "sample.h"

#include <stdlib.h>
#include <string.h>

static char *must_render(struct render_options options, const struct report *r)
{
    struct error err = ERROR_INIT;
    char *text = render_to_text("table", &options, r, &err);

    assert_string_equal(err.text, "");
    assert_non_null(text);
    return text;
}

static void what_blocks_comes_last(void **state)
{
    const struct render_options options = { .view = VIEW_SHOW, .ascii = true, .ci = true };
    struct report r;
    char *text;

    (void)state;
    sample_report(&r);
    text = must_render(options, &r);
    assert_string_equal(
        text, "Contoso VM\n"
              "  State      Publish failed\n"
              "  Live       yes\n"
              "  Action     fix what blocks publishing\n"
              "  Offer      contoso-vm\n"
              "  Publisher  contoso\n"
              "  Type       Virtual machine\n"
              "  Version    9\n"
              "  Changed    2026-01-02T03:04:05Z\n"
              "  Page       https://partner.microsoft.com/dashboard/commercial-marketplace/offers/"
              "1a2b3c4d-0000-4000-8000-00000000abcd/overview\n"
              "  Rule       cpp-5 (documented)\n"
              "  Note       a note\n"
              "\nSteps\n"
              "  + 1  Validate       complete  2026-01-01T00:00:00Z\n"
              "      i Step completed.\n"
              "  x 2  Certification  rejected\n"
              "  . 3  live           not started  < 1 day\n"
              "\nWhat blocks publishing\n"
              "  2/3 Certification, rejected\n"
              "    x See item 42.\n"
              "      Then try again.\n"
              "      item 42: https://example.com/42\n"
              "      https://example.com/x\n"
              "    ! A warning.\n");
    free(text);
    report_clear(&r);
}

static void progress_estimate_and_raw_words_stand_behind_the_status(void **state)
{
    static const struct step steps[] = {
        { .id = "a", .status = STEP_IN_PROGRESS, .progress = 45, .estimated = "~2 days" },
        { .id = "b", .status = STEP_UNKNOWN, .raw_status = "napping", .progress = -1 },
        { .status = STEP_BLOCKED, .progress = -1 },
        { .id = "d", .status = STEP_WAITING_SIGNOFF, .progress = -1 },
        { .id = "e", .status = STEP_WAITING_APPROVAL, .progress = -1 },
        { .id = "f", .status = STEP_CANCELED, .progress = -1 },
    };
    static const struct offer o = {
        .id = "x", .state = STATE_IN_PROGRESS, .steps_known = true, .steps = steps, .step_count = 6
    };
    const struct render_options options = { .view = VIEW_SHOW };
    struct report r = REPORT_INIT;
    char *text;

    (void)state;
    assert_int_equal(offer_list_add(&r.offers, &o), 0);
    text = must_render(options, &r);
    assert_non_null(strstr(text, "  \xE2\x97\x8F 1  a          in progress  45 %  ~2 days\n"));
    assert_non_null(strstr(text, "  ? 2  b          unknown  \"napping\"\n"));
    assert_non_null(strstr(text, "  ! 3  (no name)  blocked\n"));
    assert_non_null(strstr(text, "  \xE2\x97\x86 4  d          waiting for sign-off\n"));
    assert_non_null(strstr(text, "  \xE2\x97\x87 5  e          waiting for approval\n"));
    assert_non_null(strstr(text, "  - 6  f          canceled\n"));
    assert_non_null(
        strstr(text, "  3/6 (no name), blocked\n    (the service says nothing more)\n"));
    free(text);
    report_clear(&r);
}

static void an_offer_without_steps_says_so(void **state)
{
    static const struct offer offers[] = {
        { .id = "quiet", .state = STATE_NONE },
        { .id = "empty", .state = STATE_FAILED, .steps_known = true },
    };
    const struct render_options options = { .view = VIEW_SHOW };
    struct report r = REPORT_INIT;
    char *text;

    (void)state;
    assert_int_equal(offer_list_add(&r.offers, &offers[0]), 0);
    assert_int_equal(offer_list_add(&r.offers, &offers[1]), 0);
    text = must_render(options, &r);
    assert_string_equal(text, "quiet\n"
                              "  State      - (nothing under way)\n"
                              "  Live       unknown\n"
                              "  Action     none\n"
                              "  Offer      quiet\n"
                              "\n"
                              "empty\n"
                              "  State      Publish failed\n"
                              "  Live       unknown\n"
                              "  Action     none\n"
                              "  Offer      empty\n"
                              "\nThe service lists no publishing steps.\n"
                              "\nNo step says what blocks publishing.\n");
    free(text);
    report_clear(&r);
}

/* Wrapping must not put a runner's command first in a line. */
static void wrapped_lines_are_looked_at_again(void **state)
{
    static const struct message message = { LEVEL_ERROR, "twenty letters here  ::error::x", NULL,
                                            NULL, 0 };
    static const struct offer o = { .id = "x", .messages = &message, .message_count = 1 };
    const struct render_options options = { .view = VIEW_SHOW, .ci = true, .width = 24 };
    struct report r = REPORT_INIT;
    char *text;

    (void)state;
    assert_int_equal(offer_list_add(&r.offers, &o), 0);
    text = must_render(options, &r);
    assert_non_null(strstr(text, "Messages\n  \xE2\x9C\x97 twenty letters here"));
    assert_null(strstr(text, "\n    ::error"));
    assert_non_null(strstr(text, "    : :error::x\n"));
    free(text);
    report_clear(&r);
}

static void colour_marks_state_and_steps(void **state)
{
    const struct render_options options = { .view = VIEW_SHOW, .color = true };
    struct report r;
    char *text;

    (void)state;
    sample_report(&r);
    text = must_render(options, &r);
    assert_non_null(strstr(text, "State      \033[31mPublish failed\033[0m\n"));
    assert_non_null(strstr(text, "\033[32m\xE2\x9C\x93\033[0m 1  Validate"));
    assert_non_null(strstr(text, "\033[31mrejected\033[0m"));
    free(text);
    report_clear(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_blocks_comes_last),
        cmocka_unit_test(progress_estimate_and_raw_words_stand_behind_the_status),
        cmocka_unit_test(an_offer_without_steps_says_so),
        cmocka_unit_test(wrapped_lines_are_looked_at_again),
        cmocka_unit_test(colour_marks_state_and_steps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_render_detail.c - one offer at length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render_to.h"
#include "sample.h"

#include "offerstat/width.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static void what_blocks_comes_last(void **state)
{
    const struct render_options options = { .view = VIEW_SHOW, .ascii = true, .ci = true };
    struct report r;
    char *text;

    (void)state;
    sample_report(&r);
    text = must_render("table", options, &r);
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
              "  x 2  Certification  rejected\n"
              "  . 3  live           not started  < 1 day\n"
              "\nWhat blocks publishing\n"
              "  2/3 Certification, rejected\n"
              "    x See item 42.\n"
              "      Then try again. (2026-01-02T03:04:05Z)\n"
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
    text = must_render("table", options, &r);
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
    text = must_render("table", options, &r);
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
    text = must_render("table", options, &r);
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
    text = must_render("table", options, &r);
    assert_non_null(strstr(text, "State      \033[31mPublish failed\033[0m\n"));
    assert_non_null(strstr(text, "\033[32m\xE2\x9C\x93\033[0m 1  Validate"));
    assert_non_null(strstr(text, "\033[31mrejected\033[0m"));
    free(text);
    report_clear(&r);
}

/* Every line but that of an address fits, and no address is broken. */
static void all_but_addresses_is_wrapped(void **state)
{
    static const struct link link = { "work item",
                                      "https://example.com/a/long/address/of/an/item" };
    static const struct message said[] = {
        { LEVEL_ERROR, "See https://example.com/an/address/that/is/far/longer for more of it.",
          "2026-01-02T03:04:05Z", &link, 1 },
    };
    static const struct step steps[] = {
        { .name = "A step with a name that is longer than a narrow window",
          .status = STEP_COMPLETE,
          .completed_at = "2026-01-02T03:04:05Z" },
        { .name = "Certification", .status = STEP_BLOCKED, .messages = said, .message_count = 1 },
    };
    static const struct offer o = { .id = "an-id-of-thirty-six-letters-as-some-a",
                                    .name =
                                        "A name of an offer that is longer than a narrow window is",
                                    .product_id = "1a2b3c4d-0000-4000-8000-00000000abcd",
                                    .changed_at = "2026-01-02T03:04:05Z",
                                    .state = STATE_PENDING_SIGNOFF,
                                    .action = ACTION_SIGN_OFF,
                                    .steps_known = true,
                                    .steps = steps,
                                    .step_count = 2 };
    struct report r = REPORT_INIT;

    (void)state;
    assert_int_equal(offer_list_add(&r.offers, &o), 0);
    for (size_t width = 40; width <= 200; width++) {
        const struct render_options options = { .view = VIEW_SHOW,
                                                .width = width,
                                                .time = RENDER_TIME_RELATIVE,
                                                .now_ms = INT64_C(1767582246000) };
        char *text = must_render("table", options, &r), *rest = NULL;
        assert_non_null(strstr(text, "an-id-of-thirty-six-letters-as-some-a\n"));
        assert_non_null(strstr(text, "https://example.com/an/address/that/is/far/longer"));
        assert_non_null(strstr(text, "https://example.com/a/long/address/of/an/item"));
        assert_non_null(strstr(text, "1a2b3c4d-0000-4000-8000-00000000abcd/overview"));
        for (char *line = strtok_r(text, "\n", &rest); line != NULL;
             line = strtok_r(NULL, "\n", &rest)) {
            const char *address = strstr(line, "https://");
            if (address == NULL || strchr(address, ' ') != NULL) {
                if (width_of(line) > width) {
                    print_error("%zu columns in %zu: %s\n", width_of(line), width, line);
                    fail();
                }
            }
        }
        free(text);
    }
    report_clear(&r);
}

static void times_are_told_as_such_and_as_distances(void **state)
{
    static const struct message said = { LEVEL_INFORMATION, "Step completed.",
                                         "2026-01-01T03:04:05Z", NULL, 0 };
    static const struct step step = {
        .name = "Validate", .status = STEP_COMPLETE, .messages = &said, .message_count = 1
    };
    static const struct offer o = { .id = "x",
                                    .changed_at = "2026-01-02T03:04:05Z",
                                    .steps_known = true,
                                    .steps = &step,
                                    .step_count = 1 };
    const struct render_options options = { .view = VIEW_SHOW,
                                            .time = RENDER_TIME_RELATIVE,
                                            .now_ms = INT64_C(1767582246000) };
    struct report r = REPORT_INIT;
    char *text;

    (void)state;
    assert_int_equal(setenv("TZ", "KST-9", 1), 0);
    tzset();
    assert_int_equal(offer_list_add(&r.offers, &o), 0);
    text = must_render("table", options, &r);
    assert_non_null(strstr(text, "  Changed    2026-01-02 12:04:05 +0900, 3 days ago\n"));
    /* a message that says no more than the status has the time at which it was reached */
    assert_non_null(strstr(text, "1  Validate  complete  2026-01-01 12:04:05 +0900, 4 days ago\n"));
    assert_null(strstr(text, "Step completed"));
    free(text);
    report_clear(&r);
}

static void what_failed_stands_where_steps_are_missing(void **state)
{
    static const struct offer offers[] = {
        { .id = "broken", .publisher = "contoso", .state = STATE_FAILED },
        { .id = "other", .state = STATE_FAILED }
    };
    const struct render_options options = { .view = VIEW_SHOW };
    struct error problem = ERROR_INIT;
    struct report r = REPORT_INIT;
    char *text;

    (void)state;
    error_set(&problem, ERR_SERVICE, "offer broken: status: HTTP 500");
    assert_int_equal(report_problem(&r, &problem, "contoso", "broken"), 0);
    assert_int_equal(offer_list_add(&r.offers, &offers[0]), 0);
    assert_int_equal(offer_list_add(&r.offers, &offers[1]), 0);
    text = must_render("table", options, &r);
    assert_non_null(strstr(
        text,
        "\nThe publishing steps could not be read: offer broken: status: HTTP 500\n\nother\n"));
    assert_non_null(strstr(text, "\nThis API has no publishing steps"));
    free(text);
    report_clear(&r);
}

static void addresses_are_links_where_wanted(void **state)
{
    const struct render_options options = { .view = VIEW_SHOW, .links = true };
    static const struct link odd[] = { { "x", "https://example.com/\033]8" },
                                       { "y", "javascript:1" } };
    static const struct message said = { LEVEL_ERROR, "t", NULL, odd, 2 };
    static const struct offer o = { .id = "x", .messages = &said, .message_count = 1 };
    struct report r, of_odd = REPORT_INIT;
    char *text;

    (void)state;
    sample_report(&r);
    text = must_render("table", options, &r);
    assert_non_null(strstr(text,
                           "item 42: \033]8;;https://example.com/42\033\\https://example.com/42"
                           "\033]8;;\033\\\n"));
    assert_non_null(strstr(text, "Page       \033]8;;https://partner.microsoft.com/"));
    free(text);
    assert_int_equal(offer_list_add(&of_odd.offers, &o), 0);
    text = must_render("table", options, &of_odd);
    assert_null(strchr(text, '\033'));
    free(text);
    report_clear(&r);
    report_clear(&of_odd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_blocks_comes_last),
        cmocka_unit_test(progress_estimate_and_raw_words_stand_behind_the_status),
        cmocka_unit_test(an_offer_without_steps_says_so),
        cmocka_unit_test(wrapped_lines_are_looked_at_again),
        cmocka_unit_test(colour_marks_state_and_steps),
        cmocka_unit_test(all_but_addresses_is_wrapped),
        cmocka_unit_test(times_are_told_as_such_and_as_distances),
        cmocka_unit_test(what_failed_stands_where_steps_are_missing),
        cmocka_unit_test(addresses_are_links_where_wanted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

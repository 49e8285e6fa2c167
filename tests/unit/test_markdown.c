/* test_markdown.c - a report for a job's summary: what blocks first, and never too long. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render_to.h"
#include "sample.h"

#include <stdlib.h>
#include <string.h>

static void what_blocks_stands_before_the_table(void **state)
{
    const struct render_options options = { .view = VIEW_LIST };
    struct report r;
    char *text;

    (void)state;
    sample_report(&r);
    text = must_render("markdown", options, &r);
    assert_string_equal(
        text, "**offerstat**: 1 offer: 1 Publish failed\n"
              "\n### What blocks publishing\n\n"
              "- **`contoso-vm`**: 2/3 Certification, rejected\n"
              "  - \xE2\x9C\x97 See item 42.\\\n    Then try again.\\\n"
              "    [item 42](https://example.com/42)\\\n"
              "    [https://example.com/x](https://example.com/x)\n"
              "  - ! A warning.\n"
              "\n| STATE | LIVE | OFFER | NAME | TYPE | STEP | CHANGED |\n"
              "| --- | --- | --- | --- | --- | --- | --- |\n"
              "| **Publish failed** | yes | `contoso-vm` | Contoso VM | Virtual machine | "
              "2/3 Certification | 2026-01-02T03:04:05Z |\n");
    free(text);
    report_clear(&r);
}

/* Nothing of a service is markup, mentions anybody, or leads elsewhere than to the web. */
static void text_of_a_service_stays_text(void **state)
{
    static const struct link links[] = {
        { "](javascript:x)", "https://example.com/a(b)|c&d=<e>" },
        { "run", "javascript:alert(1)" },
    };
    static const struct message said = { LEVEL_ERROR,
                                         "@team <script>alert(1)</script>\n# title\n- #12", NULL,
                                         links, 2 };
    static const struct step step = {
        .name = "a|b", .status = STEP_REJECTED, .messages = &said, .message_count = 1
    };
    static const struct offer o = { .id = "a`b|c",
                                    .name = "| x | `y`\n**z**",
                                    .state = STATE_FAILED,
                                    .steps = &step,
                                    .step_count = 1 };
    const struct render_options options = { .view = VIEW_LIST };
    struct report r = REPORT_INIT;
    char *text;

    (void)state;
    assert_int_equal(offer_list_add(&r.offers, &o), 0);
    report_count(&r, &o);
    text = must_render("markdown", options, &r);
    assert_non_null(strstr(text, "- **a&#96;b&#124;c**: 1/1 a&#124;b, rejected\n"));
    assert_non_null(strstr(text, "&#64;<!-- -->team &#60;script&#62;alert(1)&#60;/script&#62;\\\n"
                                 "    &#35; title\\\n    &#45; &#35;<!-- -->12\\\n"));
    assert_non_null(strstr(text, "[&#93;(javascript:x)]"
                                 "(https://example.com/a%28b%29%7Cc&amp;d=%3Ce%3E)\\\n    run\n"));
    assert_non_null(
        strstr(text, "| &#124; x &#124; &#96;y&#96;&#60;U+000A&#62;&#42;&#42;z&#42;&#42; |"));
    free(text);
    report_clear(&r);
}

static void what_has_no_room_is_counted(void **state)
{
    struct render_options options = { .view = VIEW_LIST, .max_bytes = 20000 };
    const struct offer *o = sample_offer();
    struct report r = REPORT_INIT;
    char *text, *title, *rest;
    size_t blockers = 0, rows = 0, left_out[2];

    (void)state;
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(offer_list_add(&r.offers, o), 0);
        report_count(&r, o);
    }
    text = must_render("markdown", options, &r);
    assert_true(strlen(text) > 15000);
    assert_true(strlen(text) < 20200);
    for (rest = text; (rest = strstr(rest, "- **`")) != NULL; rest++) {
        blockers++;
    }
    for (rest = text; (rest = strstr(rest, "| **Publish")) != NULL; rest++) {
        rows++;
    }
    title = strstr(text, "\n*");
    assert_non_null(title);
    left_out[0] = strtoul(title + 2, NULL, 10);
    title = strstr(title + 2, "\n*");
    assert_non_null(title);
    left_out[1] = strtoul(title + 2, NULL, 10);
    assert_int_equal(blockers + left_out[0], 1000);
    assert_int_equal(rows + left_out[1], 1000);
    assert_true(rows > 10);
    free(text);

    options.max_bytes = 0;
    text = must_render("markdown", options, &r);
    assert_null(strstr(text, "not shown"));
    free(text);
    report_clear(&r);
}

static void no_document_reaches_a_mebibyte(void **state)
{
    static const enum render_view views[] = { VIEW_LIST, VIEW_SHOW, VIEW_CHECK };
    struct report r = REPORT_INIT;

    (void)state;
    for (size_t i = 0; i < 6000; i++) {
        assert_int_equal(offer_list_add(&r.offers, sample_offer()), 0);
        report_count(&r, sample_offer());
    }
    for (size_t i = 0; i < sizeof(views) / sizeof(views[0]); i++) {
        const struct render_options options = { .view = views[i] };
        char *text = must_render("markdown", options, &r);
        assert_true(strlen(text) > (size_t)900 * 1000);
        assert_true(strlen(text) < (size_t)1024 * 1024);
        assert_non_null(strstr(text, "not shown: there is no room for more.*\n"));
        free(text);
    }
    report_clear(&r);
}

static void check_beginning(enum render_view view, const struct report *r, const char *wanted)
{
    const struct render_options options = { .view = view };
    char *text = must_render("markdown", options, r);

    assert_int_equal(strncmp(text, wanted, strlen(wanted)), 0);
    free(text);
}

static void no_document_begins_with_a_blank_line(void **state)
{
    struct publisher publisher = { .id = "contoso" };
    struct event event = { .api = "cpp", .kind = "submission", .state = "succeeded" };
    struct report r = REPORT_INIT;
    struct error err = ERROR_INIT;

    (void)state;
    r.publishers = &publisher;
    r.publisher_count = 1;
    r.events = &event;
    r.event_count = 1;
    check_beginning(VIEW_PUBLISHERS, &r, "| PUBLISHER ");
    check_beginning(VIEW_HISTORY, &r, "| STARTED ");
    error_set(&err, ERR_SERVICE, "HTTP 500");
    assert_int_equal(report_problem(&r, &err, NULL, NULL), 0);
    check_beginning(VIEW_PUBLISHERS, &r,
                    "### What could not be read\n\n- HTTP 500\n\n| PUBLISHER ");
    r.publisher_count = 0;
    r.event_count = 0;
    check_beginning(VIEW_SHOW, &r, "### What could not be read\n");
    r.publishers = NULL;
    r.events = NULL;
    report_clear(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_blocks_stands_before_the_table),
        cmocka_unit_test(text_of_a_service_stays_text),
        cmocka_unit_test(what_has_no_room_is_counted),
        cmocka_unit_test(no_document_reaches_a_mebibyte),
        cmocka_unit_test(no_document_begins_with_a_blank_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

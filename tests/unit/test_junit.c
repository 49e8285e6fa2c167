/* test_junit.c - offers as test cases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render_to.h"
#include "sample.h"

#include "offerstat/outcome.h"

#include <stdlib.h>
#include <string.h>

static char *render(enum render_view view, const struct report *r)
{
    return must_render("junit", (struct render_options){ .view = view }, r);
}

static void add(struct report *r, struct offer_list *to, const struct offer *o)
{
    assert_int_equal(offer_list_add(to, o), 0);
    report_count(r, o);
}

static void a_failure_has_step_message_and_link(void **state)
{
    struct report r;
    char *text;

    (void)state;
    sample_report(&r);
    text = render(VIEW_LIST, &r);
    assert_string_equal(
        text,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"offerstat\" tests=\"1\" failures=\"1\" errors=\"0\">\n"
        "<testsuite name=\"offerstat\" tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\" "
        "timestamp=\"2026-01-02T03:00:00\">\n"
        "<testcase classname=\"offerstat.contoso\" name=\"contoso-vm\">"
        "<failure type=\"failed\" message=\"Publish failed: 2/3 Certification\">"
        "2/3 Certification&#10;See item 42.&#10;Then try again.&#10;https://example.com/42&#10;"
        "https://example.com/x&#10;A warning.&#10;a note&#10;"
        "https://partner.microsoft.com/dashboard/commercial-marketplace/offers/"
        "1a2b3c4d-0000-4000-8000-00000000abcd/overview&#10;</failure></testcase>\n"
        "</testsuite>\n</testsuites>\n");
    free(text);
    report_clear(&r);
}

/* Outside of a check those fail that offend in any check: failed and unknown. */
static void a_list_fails_by_the_usual_verdict(void **state)
{
    struct report r = REPORT_INIT;
    char *text;

    (void)state;
    for (size_t i = 0; i < STATE_COUNT; i++) {
        struct offer o = { .id = state_token((enum offer_state)i), .state = (enum offer_state)i };
        add(&r, &r.offers, &o);
    }
    text = render(VIEW_LIST, &r);
    assert_non_null(strstr(text, "tests=\"7\" failures=\"2\" errors=\"0\""));
    assert_non_null(strstr(text, "name=\"failed\"><failure type=\"failed\""));
    assert_non_null(strstr(text, "name=\"unknown\"><failure type=\"unknown\""));
    assert_non_null(strstr(text, "name=\"canceled\"/>"));
    free(text);
    report_clear(&r);
}

static void a_check_has_offenders_and_those_that_pass(void **state)
{
    static const struct offer waits = { .id = "waits", .state = STATE_PENDING_SIGNOFF };
    static const struct offer passes = { .id = "passes" };
    struct error problem = ERROR_INIT;
    struct report r = REPORT_INIT;
    char *text;

    (void)state;
    r.checked = true;
    r.verdict = EXIT_SIGNOFF;
    add(&r, &r.offers, &waits);
    add(&r, &r.passing, &passes);
    error_set(&problem, ERR_SERVICE, "offer <x>: HTTP 500");
    assert_int_equal(report_problem(&r, &problem, "contoso", "x"), 0);
    assert_int_equal(report_problem(&r, &problem, NULL, NULL), 0);
    text = render(VIEW_CHECK, &r);
    assert_non_null(strstr(text, "tests=\"4\" failures=\"1\" errors=\"2\""));
    assert_non_null(strstr(text, "name=\"waits\"><failure type=\"pending_signoff\""));
    assert_non_null(strstr(text, "name=\"passes\"/>"));
    assert_non_null(strstr(text, "<testcase classname=\"offerstat.contoso\" name=\"x\"><error "
                                 "type=\"service\" message=\"offer &lt;x&gt;: HTTP 500\">"));
    assert_non_null(strstr(text, "<testcase classname=\"offerstat\" name=\"(what was read)\">"));
    free(text);
    report_clear(&r);
}

static void time_is_that_of_the_steps(void **state)
{
    static const struct step steps[] = {
        { .id = "a",
          .status = STEP_COMPLETE,
          .started_at = "2026-01-01T00:00:10Z",
          .completed_at = "2026-01-01T00:01:00Z" },
        { .id = "b",
          .status = STEP_COMPLETE,
          .started_at = "2026-01-01T00:01:00Z",
          .completed_at = "2026-01-01T01:00:10Z" },
    };
    static const struct offer offers[] = {
        { .id = "told", .steps = steps, .step_count = 2 },
        { .id = "not-told", .steps = steps + 1, .step_count = 0 },
    };
    struct report r = REPORT_INIT;
    char *text;

    (void)state;
    add(&r, &r.offers, &offers[0]);
    add(&r, &r.offers, &offers[1]);
    text = render(VIEW_SHOW, &r);
    assert_non_null(strstr(text, "name=\"told\" time=\"3600\"/>"));
    assert_non_null(strstr(text, "name=\"not-told\"/>"));
    free(text);
    report_clear(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_has_step_message_and_link),
        cmocka_unit_test(a_list_fails_by_the_usual_verdict),
        cmocka_unit_test(a_check_has_offenders_and_those_that_pass),
        cmocka_unit_test(time_is_that_of_the_steps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_prometheus.c - metrics of offers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render_to.h"
#include "sample.h"

#include <stdlib.h>
#include <string.h>

static char *render(enum render_view view, const struct report *r)
{
    return must_render("prometheus", (struct render_options){ .view = view }, r);
}

static void has(const char *text, const char *line)
{
    if (strstr(text, line) == NULL) {
        print_error("%s", line);
    }
    assert_non_null(strstr(text, line));
}

static void one_state_of_each_offer_is_1(void **state)
{
    struct report r;
    char *text;

    (void)state;
    sample_report(&r);
    text = render(VIEW_LIST, &r);
    has(text,
        "# TYPE offerstat_offer_state gauge\n"
        "offerstat_offer_state{publisher=\"contoso\",offer=\"contoso-vm\",state=\"none\"} 0\n");
    has(text,
        "offerstat_offer_state{publisher=\"contoso\",offer=\"contoso-vm\",state=\"failed\"} 1\n");
    has(text, "offerstat_offer_live{publisher=\"contoso\",offer=\"contoso-vm\"} 1\n");
    has(text, "offerstat_offer_step_index{publisher=\"contoso\",offer=\"contoso-vm\"} 2\n");
    has(text, "offerstat_offer_steps{publisher=\"contoso\",offer=\"contoso-vm\"} 3\n");
    /* from the end of the step before, 2026-01-01T00:00:00Z, to 2026-01-02T03:00:00Z */
    has(text, "offerstat_offer_step_seconds{publisher=\"contoso\",offer=\"contoso-vm\"} 97200\n");
    has(text,
        "offerstat_offer_changed_timestamp_seconds{publisher=\"contoso\",offer=\"contoso-vm\"} "
        "1767323045\n");
    has(text, "\nofferstat_read_success 1\n");
    has(text, "\nofferstat_read_timestamp_seconds 1767322800\n");
    has(text, "\nofferstat_read_errors 0\n");
    free(text);
    report_clear(&r);
}

/* The exporter drops a file in which a line's labels come twice. */
static void no_labels_come_twice(void **state)
{
    static const struct offer offers[] = {
        { .id = "a", .publisher = "x" }, { .id = "a" },
        { .id = "a", .publisher = "x" }, { .id = "b", .publisher = "x" },
        { .id = "a", .publisher = "x" },
    };
    struct report r = REPORT_INIT;
    char *text;

    (void)state;
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(offer_list_add(i < 3 ? &r.offers : &r.passing, &offers[i]), 0);
    }
    text = render(VIEW_CHECK, &r);
    has(text, "_state{publisher=\"x\",offer=\"a\",state=\"none\"} 1\n");
    has(text, "_state{publisher=\"\",offer=\"a\",state=\"none\"} 1\n");
    has(text, "_state{publisher=\"x\",offer=\"a\",nth=\"2\",state=\"none\"} 1\n");
    has(text, "_state{publisher=\"x\",offer=\"b\",state=\"none\"} 1\n");
    has(text, "_state{publisher=\"x\",offer=\"a\",nth=\"3\",state=\"none\"} 1\n");
    free(text);
    report_clear(&r);
}

static void what_is_not_known_has_no_line(void **state)
{
    static const struct offer offers[] = {
        { .id = "q\"\\\n\033", .live = LIVE_UNKNOWN, .changed_at = "soon" },
        { .id = "p", .live = LIVE_PREVIEW },
    };
    struct error problem = ERROR_INIT;
    struct report r = REPORT_INIT;
    char *text;

    (void)state;
    assert_int_equal(offer_list_add(&r.offers, &offers[0]), 0);
    assert_int_equal(offer_list_add(&r.offers, &offers[1]), 0);
    error_set(&problem, ERR_SERVICE, "x");
    assert_int_equal(report_problem(&r, &problem, NULL, NULL), 0);
    r.unread = 4;
    text = render(VIEW_LIST, &r);
    has(text, "_state{publisher=\"\",offer=\"q\\\"\\\\\\n<U+001B>\",state=\"none\"} 1\n");
    has(text, "# TYPE offerstat_offer_live gauge\n"
              "offerstat_offer_live{publisher=\"\",offer=\"p\"} 0\n");
    has(text, "# TYPE offerstat_offer_changed_timestamp_seconds gauge\n# HELP");
    has(text, "\nofferstat_read_success 0\n");
    has(text, "\nofferstat_read_errors 1\n");
    has(text, "\nofferstat_offers_unread 4\n");
    free(text);
    report_clear(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_state_of_each_offer_is_1),
        cmocka_unit_test(no_labels_come_twice),
        cmocka_unit_test(what_is_not_known_has_no_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

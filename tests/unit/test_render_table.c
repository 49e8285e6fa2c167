/* test_render_table.c - columns, widths, colours, the tally. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render_to.h"
#include "sample.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static int use_utf8(void **state)
{
    (void)state;
    return setlocale(LC_CTYPE, "C.UTF-8") != NULL ? 0 : -1;
}

static void check(const char *format, struct render_options options, const struct report *r,
                  const char *wanted)
{
    struct error err = ERROR_INIT;
    char *text = render_to_text(format, &options, r, &err);

    assert_string_equal(err.text, "");
    assert_string_equal(text != NULL ? text : "", wanted);
    free(text);
}

static void a_table_has_titles_rows_and_a_tally(void **state)
{
    const struct render_options options = { .view = VIEW_LIST, .header = true };
    struct report r;

    (void)state;
    sample_report(&r);
    check("table", options, &r,
          "STATE           LIVE  OFFER       NAME        TYPE             STEP               "
          "CHANGED\n"
          "Publish failed  yes   contoso-vm  Contoso VM  Virtual machine  2/3 Certification  "
          "2026-01-02T03:04:05Z\n"
          "\n1 offer: 1 Publish failed\n");
    report_clear(&r);
}

static void without_header_there_are_rows_alone(void **state)
{
    static const char *const fields[] = { "id", "state", "basis", "url" };
    const struct render_options options = { .fields = fields, .field_count = 4 };
    struct report r;

    (void)state;
    sample_report(&r);
    check("table", options, &r,
          "contoso-vm  failed  documented  "
          "https://partner.microsoft.com/dashboard/commercial-marketplace/offers/"
          "1a2b3c4d-0000-4000-8000-00000000abcd/overview\n");
    report_clear(&r);
}

static void nothing_is_printed_for_no_offers(void **state)
{
    const struct render_options options = { .header = true };
    struct report r = REPORT_INIT;

    (void)state;
    check("table", options, &r, "");
    check("wide", options, &r, "");
}

static void approvals_show_the_action(void **state)
{
    const struct render_options options = { .view = VIEW_APPROVALS };
    struct report r;

    (void)state;
    sample_report(&r);
    check("table", options, &r,
          "Publish failed  yes  contoso-vm  Contoso VM  fix  2/3 Certification  "
          "2026-01-02T03:04:05Z\n");
    check("wide", options, &r,
          "Publish failed  yes  contoso-vm  Contoso VM  fix  2/3 Certification  "
          "2026-01-02T03:04:05Z  Virtual machine  contoso  9  cpp-5\n");
    report_clear(&r);
}

static void names_are_cut_before_all_else_ids_never(void **state)
{
    static const char *const fields[] = { "id", "name", "publisher" };
    static const struct offer o = { .id = "a-very-long-offer-id",
                                    .name = "A name that is far longer than that",
                                    .publisher = "contoso" };
    struct render_options options = { .fields = fields, .field_count = 3, .width = 50 };
    struct report r = REPORT_INIT;

    (void)state;
    assert_int_equal(offer_list_add(&r.offers, &o), 0);
    check("table", options, &r, "a-very-long-offer-id  A name that is far\xE2\x80\xA6  contoso\n");
    options.ascii = true;
    check("table", options, &r, "a-very-long-offer-id  A name that is fa..  contoso\n");
    options.width = 10;
    check("table", options, &r, "a-very-long-offer-id  A ..  co..\n");
    report_clear(&r);
}

static void what_is_missing_is_a_dash(void **state)
{
    static const char *const fields[] = { "name", "id", "step" };
    static const struct offer o = { .id = "x" };
    const struct render_options options = { .fields = fields, .field_count = 3 };
    struct report r = REPORT_INIT;

    (void)state;
    assert_int_equal(offer_list_add(&r.offers, &o), 0);
    check("table", options, &r, "-  x  -\n");
    report_clear(&r);
}

static void states_have_colours(void **state)
{
    static const char *const fields[] = { "label" };
    static const struct {
        enum offer_state state;
        const char *wanted;
    } rows[] = {
        { STATE_NONE, "-\n" },
        { STATE_IN_PROGRESS, "\033[36mPublish in progress\033[0m\n" },
        { STATE_FAILED, "\033[31mPublish failed\033[0m\n" },
        { STATE_CANCELED, "\033[33mPublish canceled\033[0m\n" },
        { STATE_PENDING_SIGNOFF, "\033[33mPending publisher sign-off\033[0m\n" },
        { STATE_DELISTED, "\033[2mDelisted\033[0m\n" },
        { STATE_UNKNOWN, "\033[31mUnknown\033[0m\n" },
    };
    const struct render_options options = { .fields = fields, .field_count = 1, .color = true };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct offer o = { .id = "x", .state = rows[i].state };
        struct report r = REPORT_INIT;
        assert_int_equal(offer_list_add(&r.offers, &o), 0);
        check("table", options, &r, rows[i].wanted);
        report_clear(&r);
    }
}

static void the_tally_wraps_in_a_narrow_window(void **state)
{
    static const char *const fields[] = { "id" };
    const struct render_options options = {
        .fields = fields, .field_count = 1, .header = true, .width = 40
    };
    static const struct offer o = { .id = "x" };
    struct report r = REPORT_INIT;

    (void)state;
    assert_int_equal(offer_list_add(&r.offers, &o), 0);
    r.total = 6;
    r.counts[STATE_FAILED] = 1;
    r.counts[STATE_IN_PROGRESS] = 2;
    r.counts[STATE_NONE] = 3;
    check("table", options, &r,
          "OFFER\nx\n\n6 offers: 1 Publish failed,\n  2 Publish in progress,\n"
          "  3 with nothing under way\n");
    report_clear(&r);
}

static void times_are_told_as_asked(void **state)
{
    static const char *const fields[] = { "changedAt" };
    struct render_options options = { .fields = fields,
                                      .field_count = 1,
                                      .time = RENDER_TIME_RELATIVE,
                                      .now_ms = INT64_C(1767582246000) }; /* three days later */
    struct report r;

    (void)state;
    sample_report(&r);
    check("table", options, &r, "3 days ago\n");
    options.time = RENDER_TIME_LOCAL;
    assert_int_equal(setenv("TZ", "KST-9", 1), 0);
    check("table", options, &r, "2026-01-02 12:04:05 +0900\n");
    report_clear(&r);
}

static void rows_behind_the_first_thousand_stay_in_line(void **state)
{
    static const char *const fields[] = { "id", "name" };
    const struct render_options options = { .fields = fields, .field_count = 2 };
    struct error err = ERROR_INIT;
    struct render_options copy = options;
    struct report r = REPORT_INIT;
    struct offer o = { .id = "x", .name = "n" };
    char *text;

    (void)state;
    for (int i = 0; i < 2500; i++) {
        o.id = i == 2499 ? "the-longest" : "x";
        assert_int_equal(offer_list_add(&r.offers, &o), 0);
    }
    text = render_to_text("table", &copy, &r, &err);
    assert_non_null(text);
    for (int i = 0; i < 2499; i++) {
        assert_memory_equal(text + (size_t)i * 15, "x            n\n", 15);
    }
    assert_string_equal(text + (size_t)2499 * 15, "the-longest  n\n");
    free(text);
    report_clear(&r);
}

/* Two hands write them: cut cells, colours and wide letters must come out the same. */
static void rows_behind_the_first_thousand_look_like_those_before(void **state)
{
    struct render_options options = {
        .view = VIEW_LIST, .header = true, .color = true, .width = 90, .now_ms = 1767323045000
    };
    static const struct offer kinds[] = {
        { .id = "vm-kr",
          .name = "\xEC\xBD\x98\xED\x86\xA0\xEC\x86\x8C \xEB\xB0\xB1\xEC\x97\x85 VM for all",
          .type = "microsoft-azure-virtualmachines",
          .state = STATE_PENDING_SIGNOFF,
          .changed_at = "2026-01-02T03:04:05Z" },
        { .id = "rocket",
          .name = "Rocket \xF0\x9F\x9A\x80 launcher with a long name",
          .state = STATE_FAILED },
        { .id = "none" },
    };
    struct error err = ERROR_INIT;
    struct report r = REPORT_INIT;
    char *text, *line, *first[3] = { NULL };

    (void)state;
    for (size_t i = 0; i < 1500; i++) {
        assert_int_equal(offer_list_add(&r.offers, &kinds[i % 3]), 0);
    }
    text = render_to_text("table", &options, &r, &err);
    assert_non_null(text);
    line = strtok(text, "\n"); /* the titles */
    for (size_t i = 0; i < 1500; i++) {
        line = strtok(NULL, "\n");
        assert_non_null(line);
        if (i < 3) {
            first[i] = line;
        } else {
            assert_string_equal(line, first[i % 3]);
        }
    }
    free(text);
    report_clear(&r);
}

static void an_unknown_field_is_refused_with_a_hint(void **state)
{
    static const char *const slip[] = { "publsher" };
    static const char *const deep[] = { "steps" };
    struct render_options options = { .fields = slip, .field_count = 1 };
    struct error err = ERROR_INIT;
    struct report r = REPORT_INIT;

    (void)state;
    assert_null(render_to_text("table", &options, &r, &err));
    assert_int_equal(err.code, ERR_USAGE);
    assert_non_null(strstr(err.text, "did you mean \"publisher\"?"));
    options.fields = deep;
    assert_null(render_to_text("table", &options, &r, &err));
    assert_non_null(strstr(err.text, "-o json has it"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_has_titles_rows_and_a_tally),
        cmocka_unit_test(without_header_there_are_rows_alone),
        cmocka_unit_test(nothing_is_printed_for_no_offers),
        cmocka_unit_test(approvals_show_the_action),
        cmocka_unit_test(names_are_cut_before_all_else_ids_never),
        cmocka_unit_test(what_is_missing_is_a_dash),
        cmocka_unit_test(states_have_colours),
        cmocka_unit_test(the_tally_wraps_in_a_narrow_window),
        cmocka_unit_test(times_are_told_as_asked),
        cmocka_unit_test(rows_behind_the_first_thousand_stay_in_line),
        cmocka_unit_test(rows_behind_the_first_thousand_look_like_those_before),
        cmocka_unit_test(an_unknown_field_is_refused_with_a_hint),
    };

    return cmocka_run_group_tests(tests, use_utf8, NULL);
}

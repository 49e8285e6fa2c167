/* test_render_table.c - columns, widths, colours, the tally. */
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

static void check(const char *format, struct render_options options, const struct report *r,
                  const char *wanted)
{
    char *text = must_render(format, options, r);

    assert_string_equal(text, wanted);
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

static void texts_are_cut_and_ids_never(void **state)
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
    /* What was asked for by name does not leave: each on a line of its own, and nothing is cut to
     * fewer letters than tell something. */
    options.width = 20;
    check("table", options, &r, "a-very-long-offer-id\n  A name that is..\n  contoso\n");
    options.width = 10;
    check("table", options, &r, "a-very-long-offer-id\n  A name that is..\n  contoso\n");
    report_clear(&r);
}

/* An id that leaves no room beside it, and all that may not be cut: two lines all the same. */
static void a_record_takes_two_lines_in_a_narrow_window(void **state)
{
    static const struct {
        enum render_view view;
        enum render_time time;
    } rows[] = {
        { VIEW_LIST, RENDER_TIME_RELATIVE }, { VIEW_LIST, RENDER_TIME_UTC },
        { VIEW_LIST, RENDER_TIME_LOCAL },    { VIEW_APPROVALS, RENDER_TIME_RELATIVE },
        { VIEW_APPROVALS, RENDER_TIME_UTC },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct render_options options = { .view = rows[i].view,
                                          .time = rows[i].time,
                                          .header = true,
                                          .width = 40,
                                          .now_ms = 1767409445000 };
        const struct offer o = { .id = "an-id-of-thirty-six-letters-as-some-a",
                                 .state = STATE_PENDING_SIGNOFF,
                                 .live = LIVE_YES,
                                 .changed_at = "2026-01-02T03:04:05Z" };
        struct report r = REPORT_INIT;
        report_count(&r, &o);
        assert_int_equal(offer_list_add(&r.offers, &o), 0);
        check("table", options, &r,
              "OFFER\n"
              "  STATE                       LIVE  AGE\n"
              "an-id-of-thirty-six-letters-as-some-a\n"
              "  Pending publisher sign-off  yes   1d\n"
              "\n1 offer: 1 Pending publisher sign-off\n");
        report_clear(&r);
    }
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
    tzset();
    check("table", options, &r, "2026-01-02 12:04:05 +0900\n");
    report_clear(&r);
}

static void all_rows_stay_in_line(void **state)
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

#define KOREAN "\xEC\xBD\x98\xED\x86\xA0\xEC\x86\x8C \xEB\xB0\xB1\xEC\x97\x85"
#define FAMILY "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7"
#define FLAG "\xF0\x9F\x87\xB0\xF0\x9F\x87\xB7"
#define THUMB "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD"
#define LETTERS_50 "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwx"

static const struct step waiting[] = {
    { .name = "Publisher signoff", .status = STEP_WAITING_SIGNOFF, .progress = -1 },
};
static const struct offer odd_offers[] = {
    { .id = "vm-kr",
      .name = KOREAN " VM for all",
      .type = "microsoft-azure-virtualmachines",
      .publisher = "contoso",
      .changed_at = "2026-01-02T03:04:05Z",
      .state = STATE_PENDING_SIGNOFF,
      .live = LIVE_PREVIEW,
      .steps_known = true,
      .steps = waiting,
      .step_count = 1 },
    { .id = "families",
      .name = FAMILY " " FAMILY " " FAMILY " " FLAG THUMB,
      .publisher = "contoso",
      .state = STATE_FAILED,
      .live = LIVE_YES,
      .changed_at = "2024-01-02T03:04:05Z" },
    { .id = "marks",
      .name = "e\xCC\x81\xCC\xA3"
              "clair 1\xEF\xB8\x8F\xE2\x83\xA3 \xE2\x9D\xA4\xEF\xB8\x8F",
      .publisher = "contoso" },
    { .id = "long-name",
      .name = LETTERS_50 LETTERS_50 LETTERS_50 LETTERS_50,
      .publisher = "contoso",
      .type = "microsoft-azure-corevm" },
    { .id = "an-id-of-36-letters-as-some-have-them",
      .name = "n",
      .publisher = "contoso",
      .live = LIVE_UNKNOWN,
      .changed_at = "2025-12-31T23:04:05Z" },
};

/* Whether a cell begins at that column of the line, with a blank before it. */
static bool begins_at(const char *line, size_t column)
{
    const char *end = line + strlen(line);
    size_t used = 0, one;
    char before = ' ';

    while (line < end && used < column) {
        before = *line;
        line += width_cluster(line, end, &one, NULL);
        used += one;
    }
    return used == column && before == ' ' && line < end && *line != ' ';
}

/* Each line of a record begins its cells where its titles do. */
static void check_columns(const char *titles, const char *line)
{
    for (size_t i = 0; titles[i] != '\0'; i++) {
        if (titles[i] != ' ' && (i == 0 || titles[i - 1] == ' ') && !begins_at(line, i)) {
            print_error("column %zu:\n%s\n%s\n", i, titles, line);
            fail();
        }
    }
}

static bool has_text(const char *const *lines, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++) {
        if (strstr(lines[i], text) != NULL) {
            return true;
        }
    }
    return false;
}

/* One table: its width, its columns, and what must never leave it.  A record takes two lines in a
 * narrow window, and `most` where what never leaves is wider than that. */
static void check_table(char *text, size_t window, size_t most)
{
    const char *lines[64];
    char *rest = NULL;
    size_t count = 0, titles; /* lines of a record, and of the titles */
    const size_t rows = sizeof(odd_offers) / sizeof(odd_offers[0]);

    for (size_t i = 0; i < 64; i++) {
        lines[i] = "";
    }
    for (char *line = strtok_r(text, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        if (width_of(line) > window) {
            print_error("%zu columns in %zu: %s\n", width_of(line), window, line);
            fail();
        }
        assert_true(count < 64);
        lines[count++] = line;
    }
    titles = count / (rows + 1);
    assert_int_equal(count, titles * (rows + 1));
    assert_true(titles <= most);
    assert_true(window >= 60 || titles >= 2);
    for (size_t i = titles; i < count; i++) {
        check_columns(lines[i % titles], lines[i]);
    }
    for (size_t row = 0; row < rows; row++) {
        const char *const *first = &lines[titles + row * titles];
        assert_true(strstr(first[0], odd_offers[row].id) != NULL);
        assert_true(has_text(first, titles, live_token(odd_offers[row].live)));
        assert_true(has_text(first, titles, state_label(odd_offers[row].state)));
    }
    assert_true(has_text(&lines[titles], titles, "3d") ||
                has_text(&lines[titles], titles, "3 days ago"));
}

static void no_line_is_longer_than_the_window(void **state)
{
    static const enum render_view views[] = { VIEW_LIST, VIEW_APPROVALS };
    static const char *const formats[] = { "table", "wide" };
    struct error err = ERROR_INIT;
    struct report r = REPORT_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof(odd_offers) / sizeof(odd_offers[0]); i++) {
        assert_int_equal(offer_list_add(&r.offers, &odd_offers[i]), 0);
    }
    for (size_t i = 0; i < 4; i++) {
        for (size_t width = 40; width <= 200; width++) {
            struct render_options options = { .view = views[i / 2],
                                              .header = true,
                                              .width = width,
                                              .time = RENDER_TIME_RELATIVE,
                                              .now_ms = INT64_C(1767582246000) };
            char *text = render_to_text(formats[i % 2], &options, &r, &err), *tally;
            assert_non_null(text);
            tally = strstr(text, "\n\n"); /* test_tally.c has it */
            assert_non_null(tally);
            *tally = '\0';
            check_table(text, width, views[i / 2] == VIEW_APPROVALS ? 3 : 2);
            free(text);
        }
    }
    report_clear(&r);
}

/* Terminals differ about some texts, so the cursor is put where the next column begins. */
static void columns_are_reached_whatever_the_terminal_counts(void **state)
{
    static const char *const fields[] = { "name", "id" };
    static const struct offer offers[] = { { .id = "a", .name = THUMB },
                                           { .id = "b", .name = "plain" } };
    struct render_options options = { .fields = fields, .field_count = 2, .positions = true };
    struct report r = REPORT_INIT;

    (void)state;
    assert_int_equal(offer_list_add(&r.offers, &offers[0]), 0);
    assert_int_equal(offer_list_add(&r.offers, &offers[1]), 0);
    check("table", options, &r, THUMB " \033[8Ga\nplain  b\n");
    options.positions = false;
    check("table", options, &r, THUMB "     a\nplain  b\n");
    report_clear(&r);
}

static void the_publisher_stands_before_the_id_where_there_are_several(void **state)
{
    static const struct offer offers[] = { { .id = "shared", .publisher = "a" },
                                           { .id = "shared", .publisher = "b" } };
    const struct render_options options = { .view = VIEW_LIST };
    struct report r = REPORT_INIT;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(offer_list_add(&r.offers, &offers[i]), 0);
        assert_int_equal(report_saw_publisher(&r, offers[i].publisher), 0);
    }
    check("table", options, &r,
          "-  unknown  a  shared  -  -  -  -\n-  unknown  b  shared  -  -  -  -\n");
    check("wide", options, &r,
          "-  unknown  a  shared  -  -  -  -  -  none  -  -  -\n"
          "-  unknown  b  shared  -  -  -  -  -  none  -  -  -\n");
    check("name", options, &r, "a/shared\nb/shared\n");
    r.several_publishers = false;
    check("name", options, &r, "shared\nshared\n");
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
        cmocka_unit_test(texts_are_cut_and_ids_never),
        cmocka_unit_test(a_record_takes_two_lines_in_a_narrow_window),
        cmocka_unit_test(what_is_missing_is_a_dash),
        cmocka_unit_test(states_have_colours),
        cmocka_unit_test(the_tally_wraps_in_a_narrow_window),
        cmocka_unit_test(times_are_told_as_asked),
        cmocka_unit_test(all_rows_stay_in_line),
        cmocka_unit_test(no_line_is_longer_than_the_window),
        cmocka_unit_test(columns_are_reached_whatever_the_terminal_counts),
        cmocka_unit_test(the_publisher_stands_before_the_id_where_there_are_several),
        cmocka_unit_test(an_unknown_field_is_refused_with_a_hint),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_layout.c - cut and pad by display width, and choose columns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layout.h"

#include <stdio.h>
#include <string.h>

#define KOREAN "\xEC\xBD\x98\xED\x86\xA0\xEC\x86\x8C" /* three syllables, six columns */

static void a_cut_text_ends_with_the_mark_and_fits(void **state)
{
    static const struct {
        const char *text;
        size_t width;
        const char *ellipsis, *cut;
    } rows[] = {
        { "short", 5, "~", "short" },
        { "longer", 5, "~", "long~" },
        { "longer", 5, "..", "lon.." },
        { "longer", 1, "..", "l" },
        { "", 3, "~", "" },
        { KOREAN, 6, "~", KOREAN },
        { KOREAN, 5, "~", "\xEC\xBD\x98\xED\x86\xA0~" },
        { KOREAN, 4, "~", "\xEC\xBD\x98~" }, /* half a syllable is none */
        { "ae\xCC\x81xyz", 3, "~", "ae\xCC\x81~" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct strbuf out = STRBUF_INIT(256);
        layout_cut(&out, rows[i].text, rows[i].width, rows[i].ellipsis);
        assert_string_equal(strbuf_text(&out), rows[i].cut);
        strbuf_clear(&out);
    }
}

static void padding_counts_columns(void **state)
{
    struct strbuf out = STRBUF_INIT(256);

    (void)state;
    layout_pad(&out, KOREAN, 8);
    assert_string_equal(strbuf_text(&out), KOREAN "  ");
    strbuf_reset(&out);
    layout_pad(&out, "longer", 3);
    assert_string_equal(strbuf_text(&out), "longer");
    strbuf_clear(&out);
}

enum { STATE, LIVE, ID, NAME, TYPE, STEP, TIME };

/* The columns of a list: 26, 7 and 19, 25 and 20, 23, then 12 (3 as an age). */
static const struct layout_column list[] = {
    [STATE] = { 26, 26, 0, 0, false }, [LIVE] = { 7, 7, 0, 0, false },
    [ID] = { 19, 19, 0, 0, true },     [NAME] = { 25, 25, 16, 2, true },
    [TYPE] = { 20, 20, 16, 1, false }, [STEP] = { 23, 23, 14, 7, false },
    [TIME] = { 12, 3, 0, 0, false },
};

/* The plan as "STATE 26, LIVE 7 | ...": places with their widths, '|' where a line ends. */
static void check_plan(const struct layout_column *columns, size_t count, size_t width,
                       bool short_ages, const char *wanted)
{
    struct layout_plan plan;
    char text[200] = "";

    layout_plan(columns, count, width, &plan);
    for (size_t i = 0; i < plan.count; i++) {
        const char *sign = " ";
        if (plan.places[i].breaks) {
            sign = i > 0 ? " | " : "";
        }
        snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%zu:%zu", sign,
                 plan.places[i].column, plan.places[i].width);
    }
    assert_string_equal(text, wanted);
    assert_int_equal(plan.short_ages, short_ages);
}

static void columns_leave_whole_in_their_order(void **state)
{
    (void)state;
    /* 132 columns of cells, 6 gaps of 2 */
    check_plan(list, 7, 0, false, "0:26 1:7 2:19 3:25 4:20 5:23 6:12");
    check_plan(list, 7, 144, false, "0:26 1:7 2:19 3:25 4:20 5:23 6:12");
    check_plan(list, 7, 143, true, "0:26 1:7 2:19 3:25 4:20 5:23 6:3");
    check_plan(list, 7, 135, true, "0:26 1:7 2:19 3:25 4:20 5:23 6:3");
    /* then texts are cut, the longest first ... */
    check_plan(list, 7, 134, true, "0:26 1:7 2:19 3:24 4:20 5:23 6:3");
    check_plan(list, 7, 113, true, "0:26 1:7 2:19 3:16 4:16 5:14 6:3");
    /* ... and TYPE leaves, NAME after it, STEP last */
    check_plan(list, 7, 112, true, "0:26 1:7 2:19 3:24 5:23 6:3");
    check_plan(list, 7, 95, true, "0:26 1:7 2:19 3:16 5:14 6:3");
    check_plan(list, 7, 94, true, "0:26 1:7 2:19 5:23 6:3");
    check_plan(list, 7, 77, true, "0:26 1:7 2:19 5:14 6:3");
    check_plan(list, 7, 76, true, "0:26 1:7 2:19 6:3");
    check_plan(list, 7, 61, true, "0:26 1:7 2:19 6:3");
}

static void what_does_not_fit_takes_two_lines(void **state)
{
    struct layout_plan plan;

    (void)state;
    /* 60 is too little for what stays: 26 + 7 + 19 + 3 and 3 gaps */
    check_plan(list, 7, 60, true, "2:19 3:25 | 0:26 1:7 5:16 6:3");
    check_plan(list, 7, 40, true, "2:19 3:20 | 0:26 1:7 6:3");
    layout_plan(list, 7, 42, &plan);
    assert_int_equal(plan.gap, 2); /* 2 + 26 + 2 + 7 + 2 + 3 */
    assert_int_equal(plan.indent, 2);
    layout_plan(list, 7, 41, &plan);
    assert_int_equal(plan.gap, 1);
    assert_int_equal(plan.indent, 1);
}

/* A time in full and a state are too much for one line: the time goes up, and NAME leaves for it.
 */
static void a_time_in_full_goes_up(void **state)
{
    static const struct layout_column in_full[] = {
        [STATE] = { 26, 26, 0, 0, false }, [LIVE] = { 7, 7, 0, 0, false },
        [ID] = { 19, 19, 0, 0, true },     [NAME] = { 25, 25, 16, 2, true },
        [TYPE] = { 20, 20, 16, 1, false }, [STEP] = { 23, 23, 14, 7, false },
        [TIME] = { 20, 20, 0, 0, false },
    };

    (void)state;
    check_plan(in_full, 7, 59, true, "2:19 3:25 | 0:26 1:7 6:20"); /* 2 + 26 + 2 + 7 + 2 + 20 */
    check_plan(in_full, 7, 58, true, "2:19 3:25 | 0:26 1:7 6:20"); /* with gaps of 1: 56 */
    check_plan(in_full, 7, 55, true, "2:19 6:20 | 0:26 1:7");
    check_plan(in_full, 7, 40, true, "2:19 6:20 | 0:26 1:7");
    check_plan(in_full, 7, 39, true, "2:19 3:19 | 0:26 1:7 | 6:20"); /* there is no room above */
}

/* What a view is for never leaves: it goes up in the place of NAME.  So does a time in full that is
 * too much as well. */
static void an_action_goes_up(void **state)
{
    static const struct layout_column approvals[] = {
        { 26, 26, 0, 0, false }, { 7, 7, 0, 0, false }, { 19, 19, 0, 0, true },
        { 25, 25, 16, 2, true }, { 9, 9, 0, 0, false }, { 23, 23, 14, 7, false },
        { 12, 3, 0, 0, false },
    };
    static const struct layout_column in_full[] = {
        { 26, 26, 0, 0, false }, { 7, 7, 0, 0, false },   { 19, 19, 0, 0, true },
        { 9, 9, 0, 0, false },   { 20, 20, 0, 0, false },
    };

    (void)state;
    check_plan(approvals, 7, 59, true, "2:19 3:25 | 0:26 1:7 4:9 6:3"); /* 2 + 45 and 3 gaps: 53 */
    check_plan(approvals, 7, 49, true, "2:19 3:25 | 0:26 1:7 4:9 6:3"); /* with gaps of 1: 49 */
    check_plan(approvals, 7, 48, true, "2:19 3:24 6:3 | 0:26 1:7 4:9");
    check_plan(approvals, 7, 40, true, "2:19 4:9 | 0:26 1:7 6:3");
    check_plan(approvals, 7, 38, true, "2:19 4:9 6:3 | 0:26 1:7");
    check_plan(in_full, 5, 55, true, "2:19 4:20 | 0:26 1:7 3:9");
    check_plan(in_full, 5, 45, true, "2:19 4:20 | 0:26 1:7 3:9");   /* 1 + 42 and 2 gaps */
    check_plan(in_full, 5, 44, true, "2:19 | 0:26 1:7 | 3:9 4:20"); /* both above: 50 */
}

/* Where all of it fits, one line is enough in the narrowest window; where what stays would fit but
 * other columns do not, a narrow window has two. */
static void a_narrow_window_has_one_line_for_few_columns(void **state)
{
    static const struct layout_column few[] = { { 7, 7, 0, 0, false },
                                                { 10, 10, 0, 0, true },
                                                { 30, 30, 16, 1, true } };

    (void)state;
    check_plan(few, 2, 40, false, "0:7 1:10");
    check_plan(few, 3, 51, false, "0:7 1:10 2:30");
    check_plan(few, 3, 50, true, "1:10 2:30 | 0:7");
    check_plan(few, 3, 40, true, "1:10 2:28 | 0:7");
}

/* An id or an address alone may pass the end of a line. */
static void nothing_that_stays_is_cut(void **state)
{
    static const struct layout_column stay[] = { { 70, 70, 0, 0, true },
                                                 { 20, 20, 0, 0, false },
                                                 { 20, 20, 0, 0, false } };

    (void)state;
    check_plan(stay, 3, 60, true, "0:70 | 1:20 2:20");
    check_plan(stay, 3, 30, true, "0:70 | 1:20 | 2:20");
    check_plan(stay + 1, 2, 30, true, "0:20 | 1:20");
    check_plan(stay, 3, 1, true, "0:70 | 1:20 | 2:20");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cut_text_ends_with_the_mark_and_fits),
        cmocka_unit_test(padding_counts_columns),
        cmocka_unit_test(columns_leave_whole_in_their_order),
        cmocka_unit_test(what_does_not_fit_takes_two_lines),
        cmocka_unit_test(a_time_in_full_goes_up),
        cmocka_unit_test(an_action_goes_up),
        cmocka_unit_test(a_narrow_window_has_one_line_for_few_columns),
        cmocka_unit_test(nothing_that_stays_is_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

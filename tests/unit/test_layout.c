/* test_layout.c - cut, pad and wrap by display width. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layout.h"

#include <locale.h>

#define KOREAN "\xEC\xBD\x98\xED\x86\xA0\xEC\x86\x8C" /* three syllables, six columns */

static int use_utf8(void **state)
{
    (void)state;
    return setlocale(LC_CTYPE, "C.UTF-8") != NULL ? 0 : -1;
}

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

static void lines_break_at_blanks_and_line_ends(void **state)
{
    static const struct {
        const char *text;
        size_t width, len;
    } rows[] = {
        { "one two three", 0, 13 }, /* no width: the whole line */
        { "one\ntwo", 0, 3 },
        { "one two three", 7, 7 },
        { "one two three", 6, 3 },
        { "one two three", 20, 13 },
        { "one\ntwo", 20, 3 },
        { "unbreakable", 4, 4 },
        { KOREAN, 4, 6 },
        { KOREAN, 1, 3 }, /* at least one character, or it would never end */
        { "", 5, 0 },
        { "\nx", 5, 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(layout_line(rows[i].text, rows[i].width), rows[i].len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cut_text_ends_with_the_mark_and_fits),
        cmocka_unit_test(padding_counts_columns),
        cmocka_unit_test(lines_break_at_blanks_and_line_ends),
    };

    return cmocka_run_group_tests(tests, use_utf8, NULL);
}

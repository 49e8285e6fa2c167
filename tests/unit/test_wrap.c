/* test_wrap.c - text broken into lines of a terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/wrap.h"

#define KOREAN "\xEC\xBD\x98\xED\x86\xA0\xEC\x86\x8C" /* three syllables, six columns */

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
        { "https://example.com/a/b c", 10, 23 }, /* an address is never broken */
        { "see (https://example.com/a/b), c", 10, 3 },
        { "(https://example.com/a/b), c", 10, 26 },
        { "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBDx", 3, 8 }, /* nor is a sign of two characters */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(wrap_line(rows[i].text, rows[i].width), rows[i].len);
    }
}

static void further_lines_are_indented(void **state)
{
    static const struct {
        const char *text;
        size_t width, used, indent;
        const char *wrapped;
    } rows[] = {
        { "one two three", 0, 6, 2, "one two three" },
        { "one two three", 19, 6, 2, "one two three" },
        { "one two three", 18, 6, 2, "one two\n  three" },
        { "one two three", 10, 6, 2, "one\n  two\n  three" },
        { "one two three", 8, 6, 2, "\n  one\n  two\n  three" }, /* not even "one" has room */
        { "one two three", 7, 7, 2, "\n  one\n  two\n  three" },
        { "one two three", 10, 2, 2, "one two\n  three" },
        { "see https://example.com/a b", 12, 6, 2, "see\n  https://example.com/a\n  b" },
        { "https://example.com/a", 12, 6, 2, "\n  https://example.com/a" },
        { "one two", 2, 6, 2, "one two" }, /* no room beside the indent: the terminal's affair */
        { KOREAN " " KOREAN, 10, 0, 2, KOREAN "\n  " KOREAN },
        { "", 10, 6, 2, "" },
        { "", 4, 6, 2, "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct strbuf out = STRBUF_INIT(256);
        wrap_put(&out, rows[i].text, rows[i].width, rows[i].used, rows[i].indent);
        assert_string_equal(strbuf_text(&out), rows[i].wrapped);
        strbuf_clear(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_break_at_blanks_and_line_ends),
        cmocka_unit_test(further_lines_are_indented),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_escape.c - what no terminal, no CI runner and no JSON reader may obey. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/escape.h"

#include <string.h>

struct row {
    const char *text, *safe;
};

static void check_rows(const struct row *rows, size_t count, unsigned flags)
{
    for (size_t i = 0; i < count; i++) {
        struct strbuf out = STRBUF_INIT(4096);
        escape_text(&out, rows[i].text, flags);
        assert_false(out.failed);
        assert_string_equal(strbuf_text(&out), rows[i].safe);
        strbuf_clear(&out);
    }
}

static void controls_become_visible(void **state)
{
    static const struct row rows[] = {
        { "plain", "plain" },
        { "", "" },
        { "a\x1b[31m", "a<U+001B>[31m" },
        { "a\x01\x7f", "a<U+0001><U+007F>" },
        { "tab\there", "tab<U+0009>here" },
        { "c1 \xC2\x9B", "c1 <U+009B>" },
        { "lone\rreturn", "lone<U+000D>return" },
        { "line\nfeed", "line<U+000A>feed" },
        { "right \xE2\x80\xAE left", "right <U+202E> left" },
        { "iso \xE2\x81\xA6x\xE2\x81\xA9", "iso <U+2066>x<U+2069>" },
        { "mark \xD8\x9C\xE2\x80\x8E\xE2\x80\x8F", "mark <U+061C><U+200E><U+200F>" },
        { "\xE2\x80\xA8\xE2\x80\xA9", "<U+2028><U+2029>" },
        { "\xEF\xBB\xBFx", "<U+FEFF>x" },
        { "\xEC\xBD\x98\xED\x86\xA0 \xF0\x9F\x9A\x80",
          "\xEC\xBD\x98\xED\x86\xA0 \xF0\x9F\x9A\x80" },
    };

    (void)state;
    check_rows(rows, sizeof(rows) / sizeof(rows[0]), 0);
}

static void invalid_utf8_becomes_the_replacement_character(void **state)
{
    static const struct row rows[] = {
        { "a\xFFz", "a\xEF\xBF\xBDz" },
        { "cut \xE2\x82", "cut \xEF\xBF\xBD\xEF\xBF\xBD" },
        { "overlong \xC0\xAF", "overlong \xEF\xBF\xBD\xEF\xBF\xBD" },
        { "surrogate \xED\xA0\x80", "surrogate \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
    };

    (void)state;
    check_rows(rows, sizeof(rows) / sizeof(rows[0]), 0);
}

static void lines_stay_where_they_are_wanted(void **state)
{
    static const struct row rows[] = {
        { "a\nb", "a\nb" },
        { "a\r\nb", "a\nb" },
        { "a\rb", "a<U+000D>b" },
    };

    (void)state;
    check_rows(rows, sizeof(rows) / sizeof(rows[0]), ESCAPE_LINES);
}

static void commands_of_ci_runners_are_broken_up(void **state)
{
    static const struct row rows[] = {
        { "##[error]x", "# #[error]x" },
        { "in ##[group] it", "in # #[group] it" },
        { "###[x]", "## #[x]" },
        { "##vso[task.complete]", "# #vso[task.complete]" },
        { "##VSO[x]", "# #VSO[x]" },
        { "::error::x", ": :error::x" },
        { "  ::error::x", "  : :error::x" },
        { "\xC2\xA0::x", "\xC2\xA0: :x" }, /* blanks that a runner trims as well */
        { "\xE3\x80\x80 ::x", "\xE3\x80\x80 : :x" },
        { "a ::b", "a ::b" },
        { "a\n::b", "a\n: :b" },
        { "#1 is fine: ok", "#1 is fine: ok" },
    };

    (void)state;
    check_rows(rows, sizeof(rows) / sizeof(rows[0]), ESCAPE_CI | ESCAPE_LINES);
}

static void a_terminal_gets_ci_commands_as_they_are(void **state)
{
    static const struct row rows[] = { { "##[error] ::x", "##[error] ::x" } };

    (void)state;
    check_rows(rows, 1, 0);
}

static void json_keeps_all_but_number_signs_and_controls(void **state)
{
    static const struct row rows[] = {
        { "", "\"\"" },
        { "a\"b\\c", "\"a\\\"b\\\\c\"" },
        { "\n\t\x1b\x7f", "\"\\u000a\\u0009\\u001b\\u007f\"" },
        { "##[x]", "\"\\u0023\\u0023[x]\"" },
        { "\xEC\xBD\x98/", "\"\xEC\xBD\x98/\"" },
        { "\xC2\x9B[2J", "\"\\u009b[2J\"" }, /* CSI in one character */
        { "a\xE2\x80\xAE"
          "b",
          "\"a\\u202eb\"" }, /* right-to-left override */
        { "\xE2\x81\xA6\xEF\xBB\xBF", "\"\\u2066\\ufeff\"" },
        { "\xC2\xA0\xF0\x9F\x9A\x80", "\"\xC2\xA0\xF0\x9F\x9A\x80\"" },
        { "\xFF", "\"\xEF\xBF\xBD\"" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct strbuf out = STRBUF_INIT(4096);
        escape_json(&out, rows[i].text);
        assert_false(out.failed);
        assert_string_equal(strbuf_text(&out), rows[i].safe);
        strbuf_clear(&out);
    }
}

static void a_full_buffer_is_told(void **state)
{
    struct strbuf out = STRBUF_INIT(4);

    (void)state;
    escape_text(&out, "12345", 0);
    assert_true(out.failed);
    strbuf_clear(&out);
    assert_false(out.failed);
    escape_json(&out, "12345");
    assert_true(out.failed);
    strbuf_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(controls_become_visible),
        cmocka_unit_test(invalid_utf8_becomes_the_replacement_character),
        cmocka_unit_test(lines_stay_where_they_are_wanted),
        cmocka_unit_test(commands_of_ci_runners_are_broken_up),
        cmocka_unit_test(a_terminal_gets_ci_commands_as_they_are),
        cmocka_unit_test(json_keeps_all_but_number_signs_and_controls),
        cmocka_unit_test(a_full_buffer_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

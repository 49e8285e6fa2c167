/* test_escape_cell.c - text as a cell of CSV and TSV. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/escape.h"

struct fact {
    const char *text, *want;
};

static void csv_is_quoted_where_it_must_be(void **state)
{
    static const struct fact facts[] = {
        { "", "" },
        { "plain text", "plain text" },
        { "a,b", "\"a,b\"" },
        { "say \"hi\"", "\"say \"\"hi\"\"\"" },
        { "two\nlines", "\"two\nlines\"" },
        { "two\r\nlines", "\"two\nlines\"" },
        { " blank first", "\" blank first\"" },
        { "esc \033[31m", "esc <U+001B>[31m" },
        { "tab\there", "tab<U+0009>here" },
        { "bad \xFF byte", "bad \xEF\xBF\xBD byte" },
        { "##vso[task.x]y", "# #vso[task.x]y" },
        { "##[error]x", "# #[error]x" },
        { "\xED\x95\x9C\xEA\xB8\x80", "\xED\x95\x9C\xEA\xB8\x80" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        struct strbuf out = STRBUF_INIT(4096);
        escape_csv(&out, facts[i].text);
        assert_string_equal(strbuf_text(&out), facts[i].want);
        strbuf_clear(&out);
    }
}

static void a_formula_is_defused(void **state)
{
    static const struct fact facts[] = {
        { "=1+1", "'=1+1" },
        { "+1", "'+1" },
        { "-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0" },
        { "@SUM(A1)", "'@SUM(A1)" },
        { "=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"" },
        { "  =1", "\"'  =1\"" },
        { "\n=1", "\"'\n=1\"" },
        { "\xEF\xBC\x9D"
          "1",
          "'\xEF\xBC\x9D"
          "1" },
        { "-", "-" },
        { "2/6 Certification", "2/6 Certification" },
        { "a=b", "a=b" },
        { "\t=1", "<U+0009>=1" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        struct strbuf out = STRBUF_INIT(4096);
        escape_csv(&out, facts[i].text);
        assert_string_equal(strbuf_text(&out), facts[i].want);
        strbuf_clear(&out);
    }
}

static void a_backslash_stands_before_what_is_special(void **state)
{
    static const struct fact facts[] = {
        { "", "" },
        { "a\tb\nc\rd\\e", "a\\tb\\nc\\rd\\\\e" },
        { "\033", "<U+001B>" },
        { "\\", "\\\\" },
        { "\xC3", "\xEF\xBF\xBD" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        struct strbuf out = STRBUF_INIT(4096);
        escape_backslash(&out, facts[i].text, "\t\n\r\\");
        assert_string_equal(strbuf_text(&out), facts[i].want);
        strbuf_clear(&out);
    }
}

static void a_full_buffer_is_told(void **state)
{
    struct strbuf small = STRBUF_INIT(4), other = STRBUF_INIT(4);

    (void)state;
    escape_csv(&small, "a,b,c");
    assert_true(small.failed);
    escape_backslash(&other, "longer", "\n");
    assert_true(other.failed);
    strbuf_clear(&small);
    strbuf_clear(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_is_quoted_where_it_must_be),
        cmocka_unit_test(a_formula_is_defused),
        cmocka_unit_test(a_backslash_stands_before_what_is_special),
        cmocka_unit_test(a_full_buffer_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

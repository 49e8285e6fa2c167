/* test_escape_markup.c - text in XML, HTML and Markdown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/escape.h"

struct fact {
    const char *text, *want;
};

static void markup_is_taken_for_text(void **state)
{
    static const struct fact facts[] = {
        { "", "" },
        { "<b class=\"x\" id='y'>&amp;", "&lt;b class=&#34;x&#34; id=&#39;y&#39;&gt;&amp;amp;" },
        { "]]>", "]]&gt;" },
        { "two\nlines", "two&#10;lines" },
        { "##vso[x]", "&#35;&#35;vso[x]" },
        { "\033\x01", "&lt;U+001B&gt;&lt;U+0001&gt;" },
        { "\xEF\xBF\xBE", "&lt;U+FFFE&gt;" },      /* U+FFFE, which XML forbids */
        { "\xEF\xB7\x90", "&lt;U+FDD0&gt;" },      /* U+FDD0, which HTML forbids */
        { "\xF0\x9F\xBF\xBF", "&lt;U+1FFFF&gt;" }, /* a noncharacter of a later plane */
        { "\xE2\x80\xAE", "&lt;U+202E&gt;" },      /* turns round what follows */
        { "bad \xFF", "bad \xEF\xBF\xBD" },
        { "\xF0\x9F\x9A\x80", "\xF0\x9F\x9A\x80" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        struct strbuf out = STRBUF_INIT(4096);
        escape_markup(&out, facts[i].text);
        assert_string_equal(strbuf_text(&out), facts[i].want);
        strbuf_clear(&out);
    }
}

static void markdown_is_taken_for_text(void **state)
{
    static const struct fact facts[] = {
        { "plain (text), it's - here: 1.5", "plain (text), it's - here: 1.5" },
        { "*a* _b_ `c` [d](e) <f> ~g~ |h| \\i &j; $k$ !l ^m",
          "&#42;a&#42; &#95;b&#95; &#96;c&#96; &#91;d&#93;(e) &#60;f&#62; &#126;g&#126; "
          "&#124;h&#124; &#92;i &#38;j; &#36;k&#36; &#33;l &#94;m" },
        { "@team see #12", "&#64;<!-- -->team see &#35;<!-- -->12" },
        { "a @ b # c", "a &#64; b &#35; c" },
        { "- item", "&#45; item" },
        { "  + item", "  &#43; item" },
        { "12. item", "12&#46; item" },
        { "3) item", "3&#41; item" },
        { "a 12. item", "a 12. item" },
        { "::error::x", "&#58;:error::x" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        struct strbuf out = STRBUF_INIT(4096);
        escape_markdown(&out, facts[i].text, NULL);
        assert_string_equal(strbuf_text(&out), facts[i].want);
        strbuf_clear(&out);
    }
}

static void a_line_of_markdown_begins_after_each_end(void **state)
{
    struct strbuf out = STRBUF_INIT(4096), one = STRBUF_INIT(4096);

    (void)state;
    escape_markdown(&out, "a\n- b\n1. c\n=d", "\\\n");
    assert_string_equal(strbuf_text(&out), "a\\\n&#45; b\\\n1&#46; c\\\n&#61;d");
    escape_markdown(&one, "two\nlines", NULL);
    assert_string_equal(strbuf_text(&one), "two&#60;U+000A&#62;lines");
    strbuf_clear(&out);
    strbuf_clear(&one);
}

static void a_full_buffer_is_told(void **state)
{
    struct strbuf small = STRBUF_INIT(4), other = STRBUF_INIT(4);

    (void)state;
    escape_markup(&small, "<<<");
    assert_true(small.failed);
    escape_markdown(&other, "longer", NULL);
    assert_true(other.failed);
    strbuf_clear(&small);
    strbuf_clear(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup_is_taken_for_text),
        cmocka_unit_test(markdown_is_taken_for_text),
        cmocka_unit_test(a_line_of_markdown_begins_after_each_end),
        cmocka_unit_test(a_full_buffer_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

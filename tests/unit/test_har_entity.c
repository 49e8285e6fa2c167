/* test_har_entity.c - HTML in which each character has one spelling still means the same. */
#include "har/har_entity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void check(const char *html, const char *wanted)
{
    struct strbuf out = STRBUF_INIT((size_t)1024);

    har_entity_unify(html, &out);
    assert_string_equal(strbuf_text(&out), wanted);
    strbuf_clear(&out);
}

static void references_become_characters(void **state)
{
    (void)state;
    check("&nbsp;&yuml;&Auml;&times;", "\xC2\xA0\xC3\xBF\xC3\x84\xC3\x97"); /* A0, FF, C4, D7 */
    check("&#246;&#xF6;&#Xf6;&#0246;", "\xC3\xB6\xC3\xB6\xC3\xB6\xC3\xB6");
    check("&#0000000000246;&#x000000000F6;", "\xC3\xB6\xC3\xB6");
    check("&#128512;&trade;", "\xF0\x9F\x98\x80\xE2\x84\xA2");
    check("a&#43;b", "a+b");
}

static void markup_and_quotes_stay_references(void **state)
{
    (void)state;
    check("&amp;&#38;&#x26;", "&amp;&amp;&amp;");
    check("&lt;b&#62; &#60;b&gt;", "&lt;b&gt; &lt;b&gt;");
    check("&quot;&#34;&apos;&#39;&#x27;", "&quot;&quot;&#39;&#39;&#39;");
    check("&amp;ouml; &#38;ouml;", "&amp;ouml; &amp;ouml;");
}

static void what_is_no_known_reference_stays(void **state)
{
    (void)state;
    check("a & b &; &ouml &OUML; &zwj; &# &#x; &#;", "a & b &; &ouml &OUML; &zwj; &# &#x; &#;");
    check("&#0; &#x00000000000; &#000000001234567890;",
          "&#0; &#x00000000000; &#000000001234567890;");
    check("&#10;&#32;&#150;&#xD800;&#x110000;&#99999999999;&#12a;",
          "&#10;&#32;&#150;&#xD800;&#x110000;&#99999999999;&#12a;");
    check("<p class=\"x\">&", "<p class=\"x\">&");
}

/* "<&#97;" is no tag, and "&am&#112;;" no ampersand. */
static void no_tag_and_no_reference_comes_about(void **state)
{
    (void)state;
    check("<&#97;> <!&#45;- &am&#112;; &amp&#59;", "<&#97;> <!&#45;- &am&#112;; &amp&#59;");
    check("R&D&ouml; <&ouml;", "R&D\xC3\xB6 <\xC3\xB6"); /* no name begins like this */
    check("<b>&#97;</b>&#97;", "<b>a</b>a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(references_become_characters),
        cmocka_unit_test(markup_and_quotes_stay_references),
        cmocka_unit_test(what_is_no_known_reference_stays),
        cmocka_unit_test(no_tag_and_no_reference_comes_about),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_html_text.c - the service's HTML as lines of text and a list of links. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "api/html_text.h"

#include "offerstat/strbuf.h"

#include <stdlib.h>
#include <string.h>

static void expect_text(const char *html, const char *want)
{
    struct arena arena = ARENA_INIT;
    struct message m = { 0 };
    struct error err = ERROR_INIT;

    if (html_to_message(html, &arena, &m, &err) != 0) {
        fail_msg("%s: %s", html, err.text);
    }
    if ((m.text == NULL) != (want == NULL) || (want != NULL && strcmp(m.text, want) != 0)) {
        fail_msg("%s: found \"%s\", expected \"%s\"", html, m.text != NULL ? m.text : "(nothing)",
                 want != NULL ? want : "(nothing)");
    }
    arena_clear(&arena);
}

/* links: "text|href" of each, one a line. */
static void expect_links(const char *html, const char *want)
{
    struct arena arena = ARENA_INIT;
    struct message m = { 0 };
    struct error err = ERROR_INIT;
    char got[1024] = "";

    if (html_to_message(html, &arena, &m, &err) != 0) {
        fail_msg("%s: %s", html, err.text);
    }
    for (size_t i = 0; i < m.link_count; i++) {
        assert_non_null(m.links[i].text);
        assert_non_null(m.links[i].href);
        strcat(got, m.links[i].text);
        strcat(got, "|");
        strcat(got, m.links[i].href);
        strcat(got, "\n");
    }
    if (strcmp(got, want) != 0) {
        fail_msg("%s: found\n%sexpected\n%s", html, got, want);
    }
    arena_clear(&arena);
}

static void plain_sentence_stays(void **state)
{
    static const struct {
        const char *html, *want;
    } rows[] = {
        { "Certification has begun.", "Certification has begun." },
        { "  two   words\r\n\tfolded ", "two words folded" },
        { "5 > 4", "5 > 4" },
        { "\xEA\xB2\x8C\xEC\x8B\x9C \xC3\xA9", "\xEA\xB2\x8C\xEC\x8B\x9C \xC3\xA9" },
        { "no\xC2\xA0"
          "break",
          "no break" },
        { "\xC2\xA9 \xC2\xA0", "\xC2\xA9" },
        { "", NULL },
        { " \r\n\t ", NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_text(rows[i].html, rows[i].want);
    }
}

static void tags_are_dropped_and_blocks_begin_lines(void **state)
{
    static const struct {
        const char *html, *want;
    } rows[] = {
        { "<p>one</p><p>two</p>", "one\ntwo" },
        { "<div>one<div>two</div>three</div>", "one\ntwo\nthree" },
        { "one<br>two<br/>three<BR />four", "one\ntwo\nthree\nfour" },
        { "<ul><li>one</li><li>two</li></ul>", "one\ntwo" },
        { "<b>bo</b>ld and <i>italic</i>", "bold and italic" },
        { "one <!-- not seen --> two", "one two" },
        { "<p>  </p><p></p><p>one</p>\n<p> </p>", "one" },
        { "<h1>Title</h1>text<hr>more", "Title\ntext\nmore" },
        { "<table><tr><td>a</td> <td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc" },
        { "<html><head><title>not this</title></head><body>this</body></html>", "this" },
        { "<p>one", "one" },
        { "one</p></div>two", "one\ntwo" },
        { "<unknown-tag>words</unknown-tag>", "words" },
        { "<br><br>", NULL },
        { "<img src=\"https://h.example/x.png\" alt=\"x\">", NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_text(rows[i].html, rows[i].want);
    }
}

static void entities_are_characters(void **state)
{
    static const struct {
        const char *html, *want;
    } rows[] = {
        { "Tom &amp; Jerry", "Tom & Jerry" },
        { "5 &lt; 6 &gt; 4", "5 < 6 > 4" },
        { "&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>" },
        { "&quot;q&quot; &#39;a&#39; &#x27;h&#x27;", "\"q\" 'a' 'h'" },
        { "a&nbsp;b&#160;c", "a b c" },
        { "&eacute;&#233;&#xE9;", "\xC3\xA9\xC3\xA9\xC3\xA9" },
        { "&#x1F600;", "\xF0\x9F\x98\x80" },
        { "AT&T and R&D", "AT&T and R&D" },
        { "&amp;lt;", "&lt;" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_text(rows[i].html, rows[i].want);
    }
}

static void characters_that_do_not_exist_are_no_trouble(void **state)
{
    static const char *const rows[] = {
        "a&#0;b", "a&#xD800;b", "a&#x110000;b", "a&#99999999999;b", "a&#;b", "a&#x;b",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena arena = ARENA_INIT;
        struct message m = { 0 };
        struct error err = ERROR_INIT;
        assert_int_equal(html_to_message(rows[i], &arena, &m, &err), 0);
        assert_non_null(m.text);
        assert_int_equal(m.text[0], 'a');
        assert_int_equal(m.text[strlen(m.text) - 1], 'b');
        assert_null(strstr(m.text, "\xED\xA0\x80"));
        arena_clear(&arena);
    }
}

static void scripts_and_styles_are_skipped(void **state)
{
    static const struct {
        const char *html, *want;
    } rows[] = {
        { "<p>a</p><script>alert('x')</script><p>b</p>", "a\nb" },
        { "<script>alert('x')</script>after", "after" },
        { "<SCRIPT type='text/javascript'>if (a < b) {}</SCRIPT>after", "after" },
        { "<style>p { color: red }</style><p>after</p>", "after" },
        { "<p>a<style>b{}</style>c</p>", "ac" },
        { "<template><p>hidden</p></template>shown", "shown" },
        { "<script>never closed", NULL },
        { "<p>a</p><style>never closed <p>b</p>", "a" },
        { "<script>var s = '<p>x</p>';</script><p>after</p>", "after" },
        { "before<script></script></script>after", "beforeafter" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_text(rows[i].html, rows[i].want);
    }
}

static void a_meta_element_does_not_change_the_encoding(void **state)
{
    static const char *const rows[] = {
        "<meta charset=\"iso-8859-1\"><p>Gr\xC3\xB6\xC3\x9F"
        "e</p>",
        "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1252\">"
        "<p>Gr\xC3\xB6\xC3\x9F"
        "e</p>",
        "<head><meta charset=\"utf-16\"></head><p>Gr\xC3\xB6\xC3\x9F"
        "e</p>",
        "<meta charset=\"nonsense\"><p>Gr\xC3\xB6\xC3\x9F"
        "e</p>",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_text(rows[i], "Gr\xC3\xB6\xC3\x9F"
                             "e");
    }
}

static void text_and_links_come_apart(void **state)
{
    const char html[] = "<p>See <a href=\"https://dev.azure.com/o/p/_git/r/pullrequest/1\">pull "
                        "request <b>1</b></a> and <a href='http://h.example/2'>item 2</a>.</p>";

    (void)state;
    expect_text(html, "See pull request 1 and item 2.");
    expect_links(html, "pull request 1|https://dev.azure.com/o/p/_git/r/pullrequest/1\n"
                       "item 2|http://h.example/2\n");
}

static void links_are_http_and_https_only(void **state)
{
    static const struct {
        const char *html, *want;
    } rows[] = {
        { "<a href=\"https://h.example/\">x</a>", "x|https://h.example/\n" },
        { "<a href=\"http://h.example/\">x</a>", "x|http://h.example/\n" },
        { "<a href=\"HTTPS://h.example/\">x</a>", "x|HTTPS://h.example/\n" },
        { "<A HREF=\"https://h.example/\">x</A>", "x|https://h.example/\n" },
        { "<a href=\" \t https://h.example/ \">x</a>", "x|https://h.example/\n" },
        { "<a href=\"https://h.example/a b?x=1&amp;y= 2 \">x</a>",
          "x|https://h.example/a%20b?x=1&y=%202\n" },
        { "<a href=\"https://h.ex\n  ample/a\tb\">x</a>", "x|https://h.ex%20%20ample/ab\n" },
        { "<a target=\"_blank\" href=\"https://h.example/\" rel=x>x</a>",
          "x|https://h.example/\n" },
        { "<a href=\"https://h.example/?a=1&amp;b=2\">x</a>", "x|https://h.example/?a=1&b=2\n" },
        { "<a href=\"javascript:alert(1)\">x</a>", "" },
        { "<a href=\" javascript:alert(1)\">x</a>", "" },
        { "<a href=\"JaVaScRiPt:alert(1)\">x</a>", "" },
        { "<a href=\"&#106;avascript:alert(1)\">x</a>", "" },
        { "<a href=\"data:text/html,https://h.example\">x</a>", "" },
        { "<a href=\"vbscript:x\">x</a>", "" },
        { "<a href=\"file:///etc/passwd\">x</a>", "" },
        { "<a href=\"ftp://h.example/\">x</a>", "" },
        { "<a href=\"mailto:a@h.example\">x</a>", "" },
        { "<a href=\"//h.example/\">x</a>", "" },
        { "<a href=\"/relative\">x</a>", "" },
        { "<a href=\"https:h.example\">x</a>", "" },
        { "<a href=\"httpsx://h.example\">x</a>", "" },
        { "<a href=\"\">x</a>", "" },
        { "<a href>x</a>", "" },
        { "<a>x</a>", "" },
        { "<a name=\"https://h.example/\">x</a>", "" },
        { "<script><a href=\"https://h.example/\">x</a></script>", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_links(rows[i].html, rows[i].want);
    }
    expect_text("<a href=\"javascript:alert(1)\">the words stay</a>", "the words stay");
}

static void link_without_words_is_its_address(void **state)
{
    (void)state;
    expect_links("<a href=\"https://h.example/1\"></a>",
                 "https://h.example/1|https://h.example/1\n");
    expect_links("<a href=\"https://h.example/1\"><img src=\"x\"></a> text",
                 "https://h.example/1|https://h.example/1\n");
    expect_text("<a href=\"https://h.example/1\"></a>", NULL);
}

static void anchors_do_not_nest_and_need_no_end(void **state)
{
    (void)state;
    expect_links(
        "<a href=\"https://h.example/1\">one <a href=\"https://h.example/2\">two</a> three",
        "one|https://h.example/1\ntwo|https://h.example/2\n");
    expect_links("<a href=\"https://h.example/1\">one", "one|https://h.example/1\n");
    expect_links("</a>x</a>", "");
}

static void many_links_are_all_kept(void **state)
{
    struct strbuf html = STRBUF_INIT(65536);
    struct arena arena = ARENA_INIT;
    struct message m = { 0 };
    struct error err = ERROR_INIT;

    (void)state;
    for (int i = 0; i < 100; i++) {
        strbuf_printf(&html, "<a href=\"https://h.example/%d\">link %d</a> ", i, i);
    }
    assert_int_equal(html_to_message(strbuf_text(&html), &arena, &m, &err), 0);
    assert_int_equal(m.link_count, 100);
    assert_string_equal(m.links[0].text, "link 0");
    assert_string_equal(m.links[99].text, "link 99");
    assert_string_equal(m.links[99].href, "https://h.example/99");
    arena_clear(&arena);
    strbuf_clear(&html);
}

static void nothing_left_of_an_earlier_message(void **state)
{
    struct arena arena = ARENA_INIT;
    const struct link old = { "old", "https://old.example" };
    struct message m = { .text = "old", .links = &old, .link_count = 1, .at = "kept" };
    struct error err = ERROR_INIT;

    (void)state;
    assert_int_equal(html_to_message("<br>", &arena, &m, &err), 0);
    assert_null(m.text);
    assert_int_equal(m.link_count, 0);
    assert_string_equal(m.at, "kept");
    arena_clear(&arena);
}

/* `size` bytes, made of a repeated part and filled up with blanks. */
static char *repeated(const char *part, size_t size)
{
    size_t len = strlen(part), at = 0;
    char *text = malloc(size + 1);

    assert_non_null(text);
    memset(text, ' ', size);
    for (; at + len <= size; at += len) {
        memcpy(text + at, part, len);
    }
    text[size] = '\0';
    return text;
}

static void message_is_limited_to_one_mebibyte(void **state)
{
    static const char *const parts[] = { "word ", "<p>word</p>", "a<b>x</b>", "&#233;",
                                         "<a href=\"https://h.example/\">x</a>" };

    (void)state;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        char *fits = repeated(parts[i], HTML_MAX), *large = repeated(parts[i], HTML_MAX + 1);
        struct arena arena = ARENA_INIT;
        struct message m = { 0 };
        struct error err = ERROR_INIT;
        if (html_to_message(fits, &arena, &m, &err) != 0) {
            fail_msg("%s: %s", parts[i], err.text);
        }
        assert_non_null(m.text);
        assert_int_equal(html_to_message(large, &arena, &m, &err), -1);
        assert_int_equal(err.code, ERR_ANSWER);
        assert_non_null(strstr(err.text, "1024 KiB"));
        arena_clear(&arena);
        free(fits);
        free(large);
    }
}

static void depth_does_not_lose_text(void **state)
{
    struct strbuf html = STRBUF_INIT(65536);

    (void)state;
    for (int i = 0; i < 2000; i++) {
        strbuf_puts(&html, "<span>");
    }
    strbuf_puts(&html, "at the bottom");
    expect_text(strbuf_text(&html), "at the bottom");
    strbuf_clear(&html);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_sentence_stays),
        cmocka_unit_test(tags_are_dropped_and_blocks_begin_lines),
        cmocka_unit_test(entities_are_characters),
        cmocka_unit_test(characters_that_do_not_exist_are_no_trouble),
        cmocka_unit_test(scripts_and_styles_are_skipped),
        cmocka_unit_test(a_meta_element_does_not_change_the_encoding),
        cmocka_unit_test(text_and_links_come_apart),
        cmocka_unit_test(links_are_http_and_https_only),
        cmocka_unit_test(link_without_words_is_its_address),
        cmocka_unit_test(anchors_do_not_nest_and_need_no_end),
        cmocka_unit_test(many_links_are_all_kept),
        cmocka_unit_test(nothing_left_of_an_earlier_message),
        cmocka_unit_test(message_is_limited_to_one_mebibyte),
        cmocka_unit_test(depth_does_not_lose_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_har_class.c - what becomes of a text while it is recorded, and of names when it is written.
 */
#include "har/har_class.h"

#include "har/har_body.h"
#include "offerstat/redact.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct har_names *names;

static int open_names(void **state)
{
    struct error err = ERROR_INIT;

    (void)state;
    return har_names_open(&names, &err);
}

static int close_names(void **state)
{
    (void)state;
    har_names_close(names);
    redact_clear();
    return 0;
}

static void check_recorded(enum har_class class, const char *text, const char *wanted)
{
    struct har_context context = { .names = names, .kind = HAR_KIND_OFFER, .learn = true };
    struct strbuf value = STRBUF_INIT((size_t)1024 * 1024);

    strbuf_puts(&value, text);
    har_on_record(&context, class, &value);
    assert_string_equal(strbuf_text(&value), wanted);
    assert_false(value.failed);
    strbuf_clear(&value);
}

static void check_replaced(enum har_class class, const char *text, const char *wanted)
{
    struct har_context context = { .names = names, .kind = HAR_KIND_ID };
    struct strbuf value = STRBUF_INIT((size_t)1024 * 1024);

    strbuf_puts(&value, text);
    har_on_replace(&context, class, &value);
    assert_string_equal(strbuf_text(&value), wanted);
    assert_false(value.failed);
    strbuf_clear(&value);
}

static void an_object_in_a_sentence_is_filtered_too(void **state)
{
    (void)state;
    check_recorded(
        HAR_TEXT, "ICH50400 - Unable. {\"reasonPhrase\":\"Bad\",\"secret\":\"x\"} at last",
        "ICH50400 - Unable. {\"reasonPhrase\":\"Bad\",\"secret\":\"(removed)\"} at last");
    check_recorded(HAR_TEXT, "plan {0} of {name} is bad", "plan {0} of {name} is bad");
}

static void of_html_only_text_and_links_stay(void **state)
{
    (void)state;
    check_recorded(HAR_HTML,
                   "<p class=\"x\">See <A title='t' HREF = \"https://e/?a=1\">this</A>"
                   "<img src=\"https://e/i.png?sig=s\"/><script>steal()</script><!-- c -->.</p>",
                   "<p>See <A href=\"https://e/?a=1\">this</A><img><script></script>.</p>");
    check_recorded(HAR_HTML, "1 < 2 <a href=x", "1 < 2 <a href=x");
    check_recorded(HAR_HTML, "<abcdefghijklmnopqrstuvwxyzabcdefghijklmnop src='https://e/i.png'>x",
                   "<abcdefghijklmnopqrstuvwxyzabcdefghijklmnop>x");
    check_recorded(HAR_HTML, "<a href=\"https://e/?sig=abc&x=1\">l</a>",
                   "<a href=\"https://e/?sig=***&x=1\">l</a>");
    check_recorded(HAR_HTML, "<a href=\"https://e/?to=f%253Fsig%253Dabc&#38;design=1\">l</a>",
                   "<a href=\"https://e/?to=f%253Fsig%253D***&amp;design=1\">l</a>");
    check_recorded(HAR_HTML, "<a href=\"https&#x3a;&#x2f;&#x2f;e&#x3f;s&#105;g&#x3d;abc\">l</a>",
                   "<a href=\"https://e?sig=***\">l</a>");
}

static void known_secrets_are_hidden_in_every_class(void **state)
{
    struct error err = ERROR_INIT;

    (void)state;
    assert_int_equal(redact_add("hunter2-hunter2", &err), 0);
    check_recorded(HAR_WORD, "a hunter2-hunter2", "a ***************");
    check_recorded(HAR_ID, "hunter2-hunter2", "***************");
    check_recorded(HAR_TEXT, "{\"message\":\"hunter2-hunter2\"}",
                   "{\"message\":\"***************\"}");
    check_recorded(HAR_LINK, "v1/p?$skipToken=hunter2-hunter2", "v1/p?$skipToken=***************");
}

static void what_was_learned_gets_a_stand_in_in_every_text(void **state)
{
    (void)state;
    check_recorded(HAR_ID, "contoso-vm", "contoso-vm");
    check_recorded(HAR_NAME, "Contoso VM", "Contoso VM");
    check_recorded(HAR_PUBLISHER, "contoso", "contoso");
    check_replaced(HAR_ID, "contoso-vm", "offer-1");
    check_replaced(HAR_TEXT, "contoso VM (CONTOSO-VM) of contoso",
                   "Name 1 (offer-1) of publisher-1");
    check_replaced(HAR_HTML, "<a href=\"https://contoso.blob.example/contoso-vm\">contoso-vm</a>",
                   "<a href=\"https://host-1.example/offer-1\">offer-1</a>");
    check_replaced(HAR_WORD, "contoso", "contoso"); /* a word of the service */
}

/* As a recording keeps it, and then with its names replaced. */
static void check_html(const char *html, const char *wanted)
{
    struct har_context context = { .names = names, .kind = HAR_KIND_ID };
    struct strbuf value = STRBUF_INIT((size_t)1024 * 1024);

    strbuf_puts(&value, html);
    har_on_record(&context, HAR_HTML, &value);
    har_on_replace(&context, HAR_HTML, &value);
    assert_string_equal(strbuf_text(&value), wanted);
    strbuf_clear(&value);
}

/* Each encoder has references of its own, and people write them by hand. */
static void a_name_is_found_in_html_whatever_references_it_has(void **state)
{
    (void)state;
    check_recorded(HAR_NAME,
                   "Gr\xC3\xB6\xC3\x9F"
                   "e & Co \xE2\x80\x93 \xED\x95\x9C",
                   "Gr\xC3\xB6\xC3\x9F"
                   "e & Co \xE2\x80\x93 \xED\x95\x9C");
    check_html("<p>Gr&ouml;&szlig;e &amp; Co &ndash; &#54620;</p>", "<p>Name 1</p>");
    check_html("<p>Gr&#246;&#xdf;e &#38; Co &#8211; &#xD55C;.</p>", "<p>Name 1.</p>");
    check_html("<a href=\"/?n=Gr&ouml;&#xDF;e &#x26; C&#111; \xE2\x80\x93 \xED\x95\x9C\">",
               "<a href=\"/?n=Name 1\">");
    check_recorded(HAR_NAME, "Jane's", "Jane's");
    check_html("Jane&apos;s, Jane&#039;s, Jane&#x27;s", "Name 2, Name 2, Name 2");
    check_html("by &#106;ane&#64;contoso&#46;test", "by person-1@mail.example");
}

static void an_id_that_is_a_path_keeps_its_form(void **state)
{
    (void)state;
    check_recorded(HAR_ID, "submission/9d6fbbf4-0000-4000-8000-00000000abcd/1152921505697719189",
                   "submission/9d6fbbf4-0000-4000-8000-00000000abcd/1152921505697719189");
    har_names_sort_numbers(names);
    check_replaced(HAR_ID, "submission/9D6FBBF4-0000-4000-8000-00000000ABCD/1152921505697719189",
                   "submission/00000000-0000-4000-8000-000000000001/1000000000000000001");
    check_replaced(HAR_ID, "submission/9d6fbbf4-0000-4000-8000-00000000abcd/0",
                   "submission/00000000-0000-4000-8000-000000000001/0");
    check_replaced(HAR_NUMBER, "9", "9"); /* a version names nothing */
}

/* An offer may be called as a version is. */
static void a_version_is_no_name(void **state)
{
    (void)state;
    check_recorded(HAR_ID, "v1234", "v1234");
    check_recorded(HAR_OFFER, "1234", "1234");
    check_recorded(HAR_NUMBER, "1234", "1234");
    check_replaced(HAR_NUMBER, "1234", "1234");
    check_replaced(HAR_OFFER, "1234", "offer-2");
}

/* Longer than the table searches for, or never learned. */
static void an_offer_a_publisher_and_a_name_are_replaced_in_any_case(void **state)
{
    struct error err = ERROR_INIT;
    char name[40000]; /* more than the room for one of its spellings */

    (void)state;
    memset(name, '&', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    check_recorded(HAR_NAME, name, name);
    check_replaced(HAR_NAME, name, "Name 1");
    assert_int_equal(har_names_check(names, &err), 0);
    check_replaced(HAR_OFFER, "new", "offer-1");
    check_replaced(HAR_PUBLISHER, "new too", "publisher-1");
    check_replaced(HAR_OFFER, "9D6FBBF4-0000-4000-8000-00000000ABCD",
                   "00000000-0000-4000-8000-000000000001");
}

static void an_offer_may_be_called_as_a_tag_is(void **state)
{
    (void)state;
    check_recorded(HAR_OFFER, "a", "a");
    check_recorded(HAR_OFFER, "table", "table");
    check_recorded(HAR_OFFER, "amp", "amp");
    check_recorded(HAR_OFFER, "zebra", "zebra");
    check_replaced(HAR_HTML,
                   "<table><a href=\"https://aka.ms/a\">a &amp; amp</a></table> <zebra> 1 < a",
                   "<table><a href=\"https://aka.ms/offer-1\">offer-1 &amp; offer-3</a></table> "
                   "<offer-4> 1 < offer-1");
    check_replaced(HAR_TEXT, "<a> table", "<offer-1> offer-2");
    check_recorded(HAR_OFFER, "2f", "2f");
    check_replaced(HAR_TEXT, "%2f2f %2F", "%2foffer-5 %2F");
}

static void a_long_address_is_replaced(void **state)
{
    static char address[200000];
    struct error err = ERROR_INIT;

    (void)state;
    snprintf(address, sizeof(address), "https://contoso.test/?$skipToken=%0100000d", 7);
    check_replaced(HAR_LINK, address, "https://host-1.example/?$skipToken=page-1");
    assert_int_equal(har_names_check(names, &err), 0);
}

static void a_host_is_known_before_it_is_met_without_a_scheme(void **state)
{
    (void)state;
    check_recorded(HAR_TEXT, "from https://u@portal.contoso.test:8443/x",
                   "from https://*@portal.contoso.test:8443/x");
    check_replaced(HAR_TEXT, "portal.contoso.test is down, see https://*@portal.contoso.test/",
                   "host-1.example is down, see https://host-1.example/");
}

static void pages_requests_and_unread_members_are_counted(void **state)
{
    (void)state;
    check_replaced(HAR_PAGE, "eyJMYXN0SWQi", "page-1");
    check_replaced(HAR_LINK, "v1.0/ingestion/products?$skipToken=eyJMYXN0SWQi",
                   "v1.0/ingestion/products?$skipToken=page-1");
    check_replaced(HAR_REQUEST, "20250418T153446Z-16b6", "request-1");
    check_replaced(HAR_DEEP_KEY, "goldPlan", "member-1");
    check_replaced(HAR_DEEP_KEY, "goldPlan", "member-1");
    check_replaced(HAR_KEY, "newMember", "newMember");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_names, close_names)
    const struct CMUnitTest tests[] = {
        TEST(an_object_in_a_sentence_is_filtered_too),
        TEST(of_html_only_text_and_links_stay),
        TEST(known_secrets_are_hidden_in_every_class),
        TEST(what_was_learned_gets_a_stand_in_in_every_text),
        TEST(a_name_is_found_in_html_whatever_references_it_has),
        TEST(an_id_that_is_a_path_keeps_its_form),
        TEST(a_version_is_no_name),
        TEST(an_offer_a_publisher_and_a_name_are_replaced_in_any_case),
        TEST(an_offer_may_be_called_as_a_tag_is),
        TEST(a_long_address_is_replaced),
        TEST(a_host_is_known_before_it_is_met_without_a_scheme),
        TEST(pages_requests_and_unread_members_are_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

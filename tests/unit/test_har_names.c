/* test_har_names.c - stand-ins, and where a text has what they stand for. */
#include "har/har_names.h"

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
    return 0;
}

static void learn(enum har_kind kind, const char *name)
{
    har_names_learn(names, kind, name, strlen(name));
}

static void check(const char *text, const char *wanted)
{
    struct strbuf value = STRBUF_INIT((size_t)64 * 1024);

    strbuf_puts(&value, text);
    har_names_replace(names, &value);
    assert_string_equal(strbuf_text(&value), wanted);
    strbuf_clear(&value);
}

static void the_longest_name_wins_and_case_does_not_matter(void **state)
{
    (void)state;
    learn(HAR_KIND_PUBLISHER, "contoso");
    learn(HAR_KIND_OFFER, "contoso-vm");
    learn(HAR_KIND_OFFER, "Contoso-VM"); /* the same */
    learn(HAR_KIND_OFFER, "contoso-vm-2");
    check("contoso-vm-2, CONTOSO-VM, contoso-vm-3, aContosoB",
          "offer-2, offer-1, offer-1-3, apublisher-1B");
}

static void a_short_name_is_one_only_where_it_stands_alone(void **state)
{
    (void)state;
    learn(HAR_KIND_OFFER, "vm");
    learn(HAR_KIND_OFFER, "1234567");
    check("vm of svm, vms; 1234567 in 12345678", "offer-1 of svm, vms; offer-2 in 12345678");
}

static void numbers_keep_their_order_and_length(void **state)
{
    (void)state;
    har_names_learn_numbers(names, "1152921505697719189 and 1152921505697719188");
    har_names_learn_numbers(names, "10000000000, 9999999999; 123456789");
    har_names_sort_numbers(names);
    check("1152921505697719189 > 1152921505697719188 > 10000000000 > 9999999999 > 123456789",
          "1000000000000000004 > 1000000000000000003 > 10000000002 > 1000000001 > 123456789");
}

static void guids_hosts_and_mail_are_known_by_their_shape(void **state)
{
    (void)state;
    check("ask Jane.Doe@contoso.com. or https://portal.contoso.com:8443/x?y, not "
          "https://partner.microsoft.com/z",
          "ask person-1@mail.example. or https://host-1.example:8443/x?y, not "
          "https://partner.microsoft.com/z");
    check("9d6fbbf4-70fa-4c02-a1a0-7ac53b0a8b6d x9d6fbbf4-70fa-4c02-a1a0-7ac53b0a8b6d",
          "00000000-0000-4000-8000-000000000001 x00000000-0000-4000-8000-000000000001");
    check("https://evilmicrosoft.com/", "https://host-2.example/");
}

static void a_guid_has_the_same_stand_in_in_each_form(void **state)
{
    (void)state;
    check("9d6fbbf470fa4c02a1a07ac53b0a8b6d {9D6FBBF4-70FA-4C02-A1A0-7AC53B0A8B6D} "
          "%2F9d6fbbf4-70fa-4c02-a1a0-7ac53b0a8b6d",
          "00000000000040008000000000000001 {00000000-0000-4000-8000-000000000001} "
          "%2F00000000-0000-4000-8000-000000000001");
    check("9d6fbbf4-70fa4c02a1a07ac53b0a8b6d 9d6fbbf470fa4c02a1a07ac53b0a8b6da",
          "9d6fbbf4-70fa4c02a1a07ac53b0a8b6d 9d6fbbf470fa4c02a1a07ac53b0a8b6da");
}

static void a_name_is_found_as_encoders_write_it(void **state)
{
    (void)state;
    learn(HAR_KIND_NAME, "S\xC3\xB6hne & Co's (\xED\x95\x9C)");
    check("?n=S%C3%B6hne%20%26%20Co%27s%20%28%ED%95%9C%29&m=s%c3%b6hne%20%26%20Co's%20(%ED%95%9C)",
          "?n=Name 1&m=Name 1");
    check("?n=S%C3%B6hne+%26+Co%27s+%28%ED%95%9C%29", "?n=Name 1");
    check("<b>S\xC3\xB6hne &amp; Co's (\xED\x95\x9C)</b> S&#246;hne &amp; Co&#39;s (\xED\x95\x9C) "
          "S&#xF6;hne &amp; Co&#x27;s (&#xD55C;)",
          "<b>Name 1</b> Name 1 Name 1");
    learn(HAR_KIND_OFFER, "vm");
    check("%2Fvm%2F offers%2fvm", "%2Foffer-1%2F offers%2foffer-1");
}

/* A search for a long one does not begin with the short ones. */
static void a_long_name_is_found(void **state)
{
    char name[1020], text[1100];

    (void)state;
    memset(name, 'x', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    learn(HAR_KIND_NAME, name);
    learn(HAR_KIND_NAME, "xxxxx");
    snprintf(text, sizeof(text), "a %s b", name);
    check(text, "a Name 1 b");
    check("xxxxxx", "Name 2x");
}

static void an_address_of_mail_may_be_encoded(void **state)
{
    (void)state;
    check("mailto:jane%40contoso.test, jane@contoso.test 5%40 @contoso.test %40x.test",
          "mailto:person-1@mail.example, person-1@mail.example 5%40 @contoso.test %40x.test");
    check("9d6fbbf4-70fa-4c02-a1a0-7ac53b0a8b6d@contoso.test", "person-2@mail.example");
}

static void an_address_of_mail_may_have_any_letters(void **state)
{
    (void)state;
    check("bob.m\xC3\xBCller@contoso.test, \xC3\xB6@contoso.test",
          "person-1@mail.example, person-2@mail.example");
    check("ask jane@m\xC3\xBCller.test", "ask person-3@mail.example");
    /* Korean has no blank before a particle, Chinese none after a comma. */
    check("jane@contoso.test\xEB\xA1\x9C, jane@contoso.test",
          "person-4@mail.example\xEB\xA1\x9C, person-4@mail.example");
    check("jane@contoso.test\xE3\x80\x81"
          "bob@contoso.test",
          "person-4@mail.exampleperson-5@mail.example");
}

static void hosts_may_be_numbers(void **state)
{
    (void)state;
    check("http://[2001:db8::1]:80/ http://[::1]:80/ http://10.1.2.3/ http://127.0.0.1:1/",
          "http://host-1.example:80/ http://[::1]:80/ http://host-2.example/ http://127.0.0.1:1/");
}

static void many_names_are_all_found(void **state)
{
    char name[32], wanted[32];

    (void)state;
    for (int i = 1; i <= 5000; i++) {
        snprintf(name, sizeof(name), "contoso-offer-%d", i);
        learn(HAR_KIND_OFFER, name);
    }
    for (int i = 1; i <= 5000; i += 7) {
        snprintf(name, sizeof(name), "contoso-offer-%d", i);
        snprintf(wanted, sizeof(wanted), "offer-%d", i);
        check(name, wanted);
    }
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_names, close_names)
    const struct CMUnitTest tests[] = {
        TEST(the_longest_name_wins_and_case_does_not_matter),
        TEST(a_short_name_is_one_only_where_it_stands_alone),
        TEST(numbers_keep_their_order_and_length),
        TEST(guids_hosts_and_mail_are_known_by_their_shape),
        TEST(a_guid_has_the_same_stand_in_in_each_form),
        TEST(a_name_is_found_as_encoders_write_it),
        TEST(a_long_name_is_found),
        TEST(an_address_of_mail_may_be_encoded),
        TEST(an_address_of_mail_may_have_any_letters),
        TEST(hosts_may_be_numbers),
        TEST(many_names_are_all_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

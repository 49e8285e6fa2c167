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
        TEST(many_names_are_all_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

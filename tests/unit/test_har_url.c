/* test_har_url.c - addresses as a recording shows them. */
#include "har/har_url.h"

#include "har/har_names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
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

static void check_put(const char *url, const char *wanted)
{
    struct strbuf out = STRBUF_INIT((size_t)64 * 1024);

    har_url_put(names, url, &out);
    assert_string_equal(strbuf_text(&out), wanted);
    strbuf_clear(&out);
}

static void check_replaced(const char *url, const char *wanted)
{
    struct strbuf value = STRBUF_INIT((size_t)64 * 1024);

    strbuf_puts(&value, url);
    har_url_learn(names, url);
    har_url_replace(names, &value);
    assert_string_equal(strbuf_text(&value), wanted);
    strbuf_clear(&value);
}

static void known_parameters_keep_their_value(void **state)
{
    (void)state;
    check_put(
        "https://h/a?api-version=2017-10-31&%24skipToken=a%3D&$filter=x%20eq%20'y'&EXTERNALID=z",
        "https://h/a?api-version=2017-10-31&%24skipToken=a%3D&$filter=x%20eq%20'y'&EXTERNALID=z");
}

/* Two pages that differ in such a value alone stay two. */
static void others_get_a_stand_in_for_it(void **state)
{
    (void)state;
    check_put("https://h/a?cursor=abc&sig=s", "https://h/a?cursor=removed-1&sig=removed-2");
    check_put("a?cursor=def#top", "a?cursor=removed-3");
    check_put("a?cursor=abc", "a?cursor=removed-1");
    check_put("a?0123456789abcdef&x=", "a?removed-4&x=");
}

static void user_and_password_go(void **state)
{
    (void)state;
    check_put("https://jane:pw@h:8/a@b", "https://h:8/a@b");
    check_put("//jane:pw@h/a", "//h/a");
    check_put("v1.0/a@b?type=c", "v1.0/a@b?type=c");
    check_put("v1.0//a@b?x:=//c@d", "v1.0//a@b?removed-1");
}

static void publishers_offers_tenants_and_hosts_are_replaced(void **state)
{
    (void)state;
    check_replaced("https://portal.contoso.com/api/publishers/contoso/offers/contoso%2Dvm/status?"
                   "api-version=1",
                   "https://host-1.example/api/publishers/publisher-1/offers/offer-1/status?"
                   "api-version=1");
    check_replaced("https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/token",
                   "https://login.microsoftonline.com/tenant-1/oauth2/v2.0/token");
    check_replaced("https://graph.microsoft.com/rp/product-ingestion/product?externalId=contoso-vm",
                   "https://graph.microsoft.com/rp/product-ingestion/product?externalId=offer-1");
}

/* A publisher may be called as a part of the path is. */
static void words_of_the_path_stay(void **state)
{
    (void)state;
    check_replaced("https://cloudpartner.azure.com/api/publishers/offers/offers/status/status",
                   "https://cloudpartner.azure.com/api/publishers/offers/offers/status/status");
}

/* Also where the answer, that there is none, does not name it. */
static void the_offer_that_was_looked_for_is_replaced(void **state)
{
    (void)state;
    check_replaced("https://graph.microsoft.com/rp/product-ingestion/product?$version=2022-07-01&"
                   "externalId=gone%2Dvm",
                   "https://graph.microsoft.com/rp/product-ingestion/product?$version=2022-07-01&"
                   "externalId=offer-1");
    check_replaced(
        "https://api.partner.microsoft.com/v1.0/ingestion/products?$filter="
        "externalIDs/Any(i:i/type%20eq%20'AzureOfferId'%20and%20i/value%20eq%20'gone')",
        "https://api.partner.microsoft.com/v1.0/ingestion/products?$filter="
        "externalIDs/Any(i:i/type%20eq%20'AzureOfferId'%20and%20i/value%20eq%20'offer-2')");
}

/* So that a replay is asked what was recorded. */
static void words_of_a_query_stay(void **state)
{
    static const char url[] =
        "https://api.partner.microsoft.com/v1.0/ingestion/products?$filter=externalIDs/Any(i:i/"
        "type%20eq%20'AzureOfferId'%20and%20i/value%20eq%20'offer-1')";

    (void)state;
    har_names_learn(names, HAR_KIND_OFFER, "value", 5);
    har_names_learn(names, HAR_KIND_OFFER, "azure", 5);
    har_names_learn(names, HAR_KIND_OFFER, "2017", 4);
    check_replaced("https://api.partner.microsoft.com/v1.0/ingestion/products?$filter=externalIDs/"
                   "Any(i:i/type%20eq%20'AzureOfferId'%20and%20i/value%20eq%20'VALUE')",
                   url);
    check_replaced("a?$filter=resourceType%20eq%20'AzureVirtualMachine'&api-version=2017-10-31",
                   "a?$filter=resourceType%20eq%20'AzureVirtualMachine'&api-version=2017-10-31");
    check_replaced("a?%24filter=name%20eq%20'azure'&2017",
                   "a?%24filter=name%20eq%20'offer-2'&offer-3");
}

static void hosts_of_numbers_are_replaced(void **state)
{
    (void)state;
    check_replaced("https://[2001:db8::1]:8443/a", "https://host-1.example:8443/a");
    check_replaced("//portal.contoso.test/a", "//host-2.example/a");
}

static void the_end_of_a_path_is_known(void **state)
{
    (void)state;
    assert_true(har_url_ends_with("https://h/api/publishers?api-version=1", "publishers"));
    assert_true(har_url_ends_with("https://h/a/submissions/?x", "submissions"));
    assert_false(har_url_ends_with("https://h/api/mypublishers", "publishers"));
    assert_false(har_url_ends_with("publishers", "publishers"));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_names, close_names)
    const struct CMUnitTest tests[] = {
        TEST(known_parameters_keep_their_value),
        TEST(others_get_a_stand_in_for_it),
        TEST(user_and_password_go),
        TEST(publishers_offers_tenants_and_hosts_are_replaced),
        TEST(words_of_the_path_stay),
        TEST(the_offer_that_was_looked_for_is_replaced),
        TEST(words_of_a_query_stay),
        TEST(hosts_of_numbers_are_replaced),
        TEST(the_end_of_a_path_is_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_offer_list.c - keeping and ordering offers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/offer.h"

#include <string.h>

static const struct offer offers[] = {
    { .id = "b",
      .name = "Zeta",
      .version = "9",
      .state = STATE_FAILED,
      .changed_at = "2026-01-02T00:00:00Z" },
    { .id = "A",
      .name = NULL,
      .version = "10",
      .state = STATE_NONE,
      .changed_at = "2026-01-03T00:00:00Z" },
    { .id = "c", .name = "alpha", .version = NULL, .state = STATE_FAILED, .changed_at = NULL },
};

static void check_order(const char *field, bool descending, const char *wanted)
{
    struct offer_list list = OFFER_LIST_INIT;
    char found[4] = "";

    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(offer_list_add(&list, &offers[i]), 0);
    }
    assert_non_null(offer_compare_by(field));
    assert_int_equal(offer_list_sort(&list, offer_compare_by(field), descending), 0);
    for (size_t i = 0; i < 3; i++) {
        found[i] = list.items[i].id[0];
    }
    assert_string_equal(found, wanted);
    offer_list_clear(&list);
}

static void orders_are_by_field_and_stable(void **state)
{
    (void)state;
    check_order("id", false, "Abc");
    check_order("id", true, "cbA");
    check_order("name", false, "cbA");    /* no name comes last */
    check_order("version", false, "bAc"); /* 9 before 10 */
    check_order("changedAt", false, "bAc");
    check_order("changed_at", false, "bAc");
    check_order("state", false, "Abc"); /* equals keep their order */
    check_order("state", true, "bcA");
}

static void every_plain_field_has_an_order(void **state)
{
    static const char *const fields[] = { "id",        "name",    "type",      "publisher", "state",
                                          "label",     "live",    "action",    "rule",      "basis",
                                          "rawStatus", "version", "changedAt", "productId" };

    (void)state;
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        offer_compare by = offer_compare_by(fields[i]);
        assert_non_null(by);
        assert_int_equal(by(&offers[0], &offers[0]), 0);
    }
    assert_null(offer_compare_by("steps"));
    assert_null(offer_compare_by("nothing"));
}

static void many_offers_are_kept(void **state)
{
    struct offer_list list = OFFER_LIST_INIT;

    (void)state;
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(offer_list_add(&list, &offers[i % 3]), 0);
    }
    assert_int_equal(list.count, 1000);
    assert_string_equal(list.items[999].id, "b");
    assert_int_equal(offer_list_sort(&list, offer_compare_by("id"), false), 0);
    assert_string_equal(list.items[0].id, "A");
    assert_string_equal(list.items[999].id, "c");
    offer_list_clear(&list);
    assert_int_equal(list.count, 0);
    assert_int_equal(offer_list_sort(&list, offer_compare_by("id"), false), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(orders_are_by_field_and_stable),
        cmocka_unit_test(every_plain_field_has_an_order),
        cmocka_unit_test(many_offers_are_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

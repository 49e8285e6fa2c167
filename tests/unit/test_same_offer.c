/* test_same_offer.c - what selects or excepts one record of an offer holds for those of all APIs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "products.h"

#include <stdio.h>
#include <string.h>

/* Records whose name says whether the sink wants them: "yes", "no" or "never". */
#define CPP(id, wanted)                                                                            \
    "{\"id\":\"" id "\",\"status\":\"neverPublished\",\"definition\":{\"displayText\":\"" wanted   \
    "\"}}"
#define INGESTION(guid, id, wanted)                                                                \
    "{\"id\":\"" guid "\",\"resourceType\":\"AzureContainer\",\"name\":\"" wanted                  \
    "\",\"externalIDs\":[{\"type\":\"AzureOfferId\",\"value\":\"" id "\"}]}"
#define GRAPH(guid, id, wanted)                                                                    \
    "{\"id\":\"product/" guid "\",\"identity\":{\"externalId\":\"" id                              \
    "\"},\"type\":\"azureContainer\",\"alias\":\"" wanted "\"}"

static enum selected choose_by_name(const struct offer *o)
{
    if (strcmp(o->name, "yes") == 0) {
        return SELECTED_YES;
    }
    return strcmp(o->name, "never") == 0 ? SELECTED_NEVER : SELECTED_NO;
}

/* "id:records " of each offer that was given. */
static const char *given(const struct read_bench *b, char out[256])
{
    size_t len = 0;

    out[0] = '\0';
    for (size_t i = 0; i < b->offer_count; i++) {
        const struct offer *o = b->offers[i];
        len += (size_t)snprintf(out + len, 256 - len, "%s:%zu ", o->id, o->source_count);
    }
    return out;
}

/* Each row with the answers in both orders: a list that comes last counts as well. */
static void what_selects_one_record_selects_the_offer(void **state)
{
    static const struct {
        const char *name, *cpp, *ingestion, *graph, *given;
    } rows[] = {
        { "one that is wanted brings the other", CPP("a", "no"), INGESTION(GUID("01"), "a", "yes"),
          "", "a:2 " },
        { "whatever the case", CPP("A", "yes"), INGESTION(GUID("01"), "a", "no"), "", "a:2 " },
        { "all three", CPP("a", "no"), INGESTION(GUID("01"), "a", "no"),
          GRAPH(GUID("01"), "a", "yes"), "a:3 " },
        { "none is wanted", CPP("a", "no"), INGESTION(GUID("01"), "a", "no"),
          GRAPH(GUID("01"), "a", "no"), "" },
        { "another offer is wanted", CPP("a", "yes") "," CPP("b", "no"),
          INGESTION(GUID("02"), "b", "no") "," INGESTION(GUID("03"), "c", "no"),
          GRAPH(GUID("03"), "c", "no"), "a:1 " },
        { "without GUIDs two ids are two offers", CPP("a", "yes") "," CPP("b", "no"), "", "",
          "a:1 " },
        { "one that is refused takes the other with it", CPP("a", "yes"),
          INGESTION(GUID("01"), "a", "never"), "", "" },
        { "one that is refused takes two with it", CPP("a", "yes"),
          INGESTION(GUID("01"), "a", "never"), GRAPH(GUID("01"), "a", "yes"), "" },
        { "refused and wanted nowhere", CPP("a", "never"), INGESTION(GUID("01"), "a", "no"), "",
          "" },
        { "another offer is refused", CPP("a", "yes") "," CPP("b", "never"),
          INGESTION(GUID("01"), "a", "no") "," INGESTION(GUID("02"), "b", "yes"), "", "a:2 " },
        { "one product under two ids", "", INGESTION(GUID("01"), "a", "yes"),
          GRAPH(GUID("01"), "b", "no"), "b:2 " },
        { "one product under two ids, of which the other is refused", "",
          INGESTION(GUID("01"), "a", "yes"), GRAPH(GUID("01"), "b", "never"), "" },
        { "a GUID in capitals", "", INGESTION("ABCDEF99-1CB3-4CF6-9B5B-000000000001", "a", "yes"),
          GRAPH("abcdef99-1cb3-4cf6-9b5b-000000000001", "b", "no"), "b:2 " },
        { "by the id of one and the GUID of another", CPP("a", "no"),
          INGESTION(GUID("01"), "a", "no"), GRAPH(GUID("01"), "b", "yes"), "b:3 " },
        { "two products with one id, of which one is refused", "",
          INGESTION(GUID("01"), "a", "never") "," INGESTION(GUID("02"), "a", "yes"), "", "a:1 " },
        { "two products with one id, of which one is wanted", "",
          INGESTION(GUID("01"), "a", "no") "," INGESTION(GUID("02"), "a", "yes"), "", "a:1 a:1 " },
        { "one that is listed twice is no other", "",
          INGESTION(GUID("01"), "a", "yes") "," INGESTION(GUID("01"), "a", "yes"),
          GRAPH(GUID("01"), "a", "never"), "" },
        { "one that is listed twice, and is given once", "",
          INGESTION(GUID("01"), "a", "no") "," INGESTION(GUID("01"), "a", "no"),
          GRAPH(GUID("01"), "a", "yes"), "a:2 " },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        for (int last_first = 0; last_first < 2; last_first++) {
            char text[256];
            read_bench_renew(b);
            b->choose = choose_by_name;
            b->net.last_first = last_first != 0;
            read_bench_script(b, "/offers?", 200, read_bench_text(b, "[%s]", rows[i].cpp));
            read_bench_script(b, "/ingestion/products", 200,
                              read_bench_text(b, VALUE("%s"), rows[i].ingestion));
            read_bench_script(b, "/product?", 200, read_bench_text(b, VALUE("%s"), rows[i].graph));
            read_bench_read(b, "cpp ingestion graph", DEPTH_LIST);
            if (b->rc != 0 || strcmp(given(b, text), rows[i].given) != 0) {
                fail_msg("%s: %s%s", rows[i].name, text, b->err.text);
            }
        }
    }
}

/* Another API's list may refuse it: nothing is asked about an offer before all lists are there. */
static void refused_offer_costs_no_request(void **state)
{
    struct read_bench *b = *state;
    char text[256];

    for (int last_first = 0; last_first < 2; last_first++) {
        read_bench_renew(b);
        b->choose = choose_by_name;
        b->net.last_first = last_first != 0;
        read_bench_script(b, "/offers?", 200,
                          "[{\"id\":\"a\",\"status\":\"running\",\"definition\":{\"displayText\":"
                          "\"yes\"}}]");
        read_bench_script(b, "/ingestion/products", 200,
                          VALUE(INGESTION(GUID("01"), "a", "never")));
        read_bench_read(b, "cpp ingestion", DEPTH_STATE);
        assert_int_equal(b->rc, 0);
        assert_string_equal(given(b, text), "");
        assert_int_equal(b->net.request_count, 2);
    }
}

/* What the first try had shown is forgotten, also of what was not wanted. */
static void list_that_broke_off_is_read_again(void **state)
{
    struct read_bench *b = *state;
    char text[256];

    b->choose = choose_by_name;
    read_bench_cut(b, "/offers?", "[" CPP("a", "no") "," CPP("b", "yes") "," CPP("c", "no") ",");
    read_bench_script(b, "/offers?", 200, "[" CPP("a", "no") "," CPP("b", "yes") "]");
    read_bench_script(b, "/ingestion/products", 200, VALUE(INGESTION(GUID("01"), "c", "yes")));
    read_bench_read(b, "cpp ingestion", DEPTH_LIST);
    assert_int_equal(b->rc, 0);
    assert_string_equal(given(b, text), "b:1 c:1 ");
}

/* One API alone has one record of each offer, and no other whose word would count. */
static void in_one_api_alone_each_record_is_an_offer(void **state)
{
    struct read_bench *b = *state;
    char text[256];

    b->choose = choose_by_name;
    read_bench_script(b, "/ingestion/products", 200,
                      VALUE(INGESTION(GUID("01"), "a", "no") "," INGESTION(
                          GUID("02"), "a", "yes") "," INGESTION(GUID("03"), "b", "never")));
    read_bench_read(b, "ingestion", DEPTH_LIST);
    assert_int_equal(b->rc, 0);
    assert_string_equal(given(b, text), "a:0 ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_selects_one_record_selects_the_offer,
                                        read_bench_set_up, read_bench_tear_down),
        cmocka_unit_test_setup_teardown(refused_offer_costs_no_request, read_bench_set_up,
                                        read_bench_tear_down),
        cmocka_unit_test_setup_teardown(list_that_broke_off_is_read_again, read_bench_set_up,
                                        read_bench_tear_down),
        cmocka_unit_test_setup_teardown(in_one_api_alone_each_record_is_an_offer, read_bench_set_up,
                                        read_bench_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_duplicates.c - a product that is listed more than once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "products.h"

static void product_on_two_pages_is_given_once(void **state)
{
    struct read_bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        for (int cut = 0; cut < 2; cut++) { /* the page is read twice */
            read_bench_renew(b);
            if (cut != 0) {
                read_bench_cut(b, "P2",
                               i == 0 ? "{\"value\":[" PRODUCT("02", "b") "," PRODUCT("03", "c") ","
                                      : "{\"value\":[" GRAPH_PRODUCT("02", "b") "," GRAPH_PRODUCT(
                                            "03", "c") ",");
            }
            read_bench_script(b, "P2", 200,
                              i == 0
                                  ? VALUE(PRODUCT("02", "b") "," PRODUCT("03", "c"))
                                  : VALUE(GRAPH_PRODUCT("02", "b") "," GRAPH_PRODUCT("03", "c")));
            read_bench_script(
                b, "/ingestion/products", 200,
                "{\"nextLink\":\"v1.0/ingestion/products?$skipToken=P2\",\"value\":[" PRODUCT(
                    "01", "a") "," PRODUCT("02", "b") "]}");
            read_bench_script(b, "/product?", 200,
                              "{\"@nextLink\":\"" BENCH_GRAPH
                              "/product?P2\",\"value\":[" GRAPH_PRODUCT(
                                  "01", "a") "," GRAPH_PRODUCT("02", "b") "]}");
            read_bench_read(b, product_apis[i], DEPTH_LIST);
            expect_log(b, "+ contoso/a\n+ contoso/b\n+ contoso/c\n");
            assert_int_equal(read_bench_offer(b, 1)->note_count, 1);
        }
    }
}

/* It counts once, also while it is not known whether its name is unique. */
static void product_on_two_pages_is_selected_by_its_name(void **state)
{
    static const char *const argument[] = { "Name of b" };
    struct read_bench *b = *state;

    for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
        read_bench_renew(b);
        assert_int_equal(selection_init(&b->selection, SELECT_EXACT, argument, 1), 0);
        read_bench_script(b, "P2", 200, VALUE(PRODUCT("02", "b") "," PRODUCT("03", "c")));
        read_bench_script(
            b, "/ingestion/products?", 200,
            "{\"nextLink\":\"v1.0/ingestion/products?$skipToken=P2\",\"value\":[" PRODUCT(
                "01", "a") "," PRODUCT("02", "b") "]}");
        products_script_rest(b);
        read_bench_read(b, "ingestion", depth);
        assert_int_equal(b->rc, 0);
        expect_log(b, "+ contoso/b\n");
    }
}

static void first_page_that_was_cut_is_read_again(void **state)
{
    struct read_bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        read_bench_renew(b);
        read_bench_cut(b, "/ingestion/products",
                       "{\"value\":[" PRODUCT("01", "a") "," PRODUCT("02", "b") ",");
        read_bench_cut(b, "/product?", "{\"value\":[" GRAPH_PRODUCT("01", "a") ",7,");
        products_script_rest(b);
        read_bench_read(b, product_apis[i], DEPTH_LIST);
        expect_log(b, "+ contoso/a\n+ contoso/b\n+ contoso/c\n");
    }
}

static void product_in_two_lists_of_types_is_given_once(void **state)
{
    struct read_bench *b = *state;

    for (int cut = 0; cut < 3; cut++) { /* neither, the first, the second list */
        for (int reversed = 0; reversed < 2; reversed++) {
            read_bench_renew(b);
            b->net.last_first = reversed != 0;
            if (cut > 0) {
                read_bench_cut(b, cut == 1 ? "'AzureContainer'" : "'SoftwareAsAService'",
                               "{\"value\":[" PRODUCT("01", "a") ",");
            }
            read_bench_script(b, "'AzureContainer'", 200,
                              VALUE(PRODUCT("01", "a") "," PRODUCT("02", "b")));
            read_bench_script(b, "'SoftwareAsAService'", 200,
                              VALUE(PRODUCT("01", "a") "," PRODUCT("03", "c")));
            read_bench_script(b, "filter=", 200, "{\"value\":[]}");
            read_bench_script(b, "/products", 400, REFUSED);
            read_bench_read(b, "ingestion", DEPTH_LIST);
            assert_int_equal(b->problem_count, 0);
            assert_int_equal(b->offer_count, 3);
            expect_line(b, "+ contoso/a");
            expect_line(b, "+ contoso/b");
            expect_line(b, "+ contoso/c");
        }
    }
}

/* A whole list that has it tells of it, whatever becomes of the other. */
static void product_of_a_list_that_broke_off_is_taken_from_the_other(void **state)
{
    struct read_bench *b = *state;

    read_bench_script(b, "P2", 500, ""); /* tried for long: the other list is whole by then */
    read_bench_script(b, "'AzureContainer'", 200,
                      "{\"nextLink\":\"v1.0/ingestion/products?$skipToken=P2\",\"value\":[" PRODUCT(
                          "01", "a") "]}");
    read_bench_script(b, "'SoftwareAsAService'", 200,
                      VALUE(PRODUCT("01", "a") "," PRODUCT("03", "c")));
    read_bench_script(b, "filter=", 200, "{\"value\":[]}");
    read_bench_script(b, "/products", 400, REFUSED);
    read_bench_read(b, "ingestion", DEPTH_LIST);
    assert_int_equal(b->problem_count, 1);
    expect_line(b, "+ contoso/c");
    expect_line(b, "+ contoso/a");
}

static void two_products_of_one_id_are_both_given_with_a_warning(void **state)
{
    struct read_bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STEPS; depth++) {
            read_bench_renew(b);
            read_bench_script(b, "/workflowdetails", 404, "");
            read_bench_script(b, "/submissions", 200, "{\"value\":[]}");
            read_bench_script(b, "/submission/", 200, "{\"value\":[]}");
            read_bench_script(b, "/product?", 200,
                              VALUE(GRAPH_PRODUCT("01", "same") "," GRAPH_PRODUCT(
                                  "02", "other") "," GRAPH_PRODUCT("03", "SAME")));
            read_bench_script(
                b, "/ingestion/products", 200,
                VALUE(PRODUCT("01", "same") "," PRODUCT("02", "other") "," PRODUCT("03", "SAME")));
            read_bench_read(b, product_apis[i], depth);
            expect_log(b, "+ contoso/same\n+ contoso/other\n+ contoso/SAME\n");
            assert_true(has_note(read_bench_offer(b, 0), true, GUID("03")));
            assert_true(has_note(read_bench_offer(b, 2), true, GUID("01")));
            assert_false(has_note(read_bench_offer(b, 1), true, ""));
        }
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, read_bench_set_up, read_bench_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(product_on_two_pages_is_given_once),
        CASE(product_on_two_pages_is_selected_by_its_name),
        CASE(first_page_that_was_cut_is_read_again),
        CASE(product_in_two_lists_of_types_is_given_once),
        CASE(product_of_a_list_that_broke_off_is_taken_from_the_other),
        CASE(two_products_of_one_id_are_both_given_with_a_warning),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_duplicates_choices.c - products that are listed twice, and several of one offer id. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "read_bench.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define GUID(n) "00000000-0000-4000-8000-0000000000" n
#define VALUE(elements) "{\"value\":[" elements "]}"
#define PRODUCT(n, id)                                                                             \
    "{\"externalIDs\":[{\"type\":\"AzureOfferId\",\"value\":\"" id "\"}],\"id\":\"" GUID(n) "\"}"
#define SAME_ID "another product (" GUID("%s") ") has the same offer id"

/* Which of them is meant is not known, so that each names another one. */
static void products_of_one_id_name_each_other(void **state)
{
    static const struct {
        const char *products;
        size_t count;
        bool noted[4];
        const char *others[4]; /* the numbers that may be named */
    } rows[] = {
        { PRODUCT("01", "a"), 1, { false }, { "" } },
        { PRODUCT("01", "a") "," PRODUCT("02", "b"), 2, { false }, { "" } },
        { PRODUCT("01", "a") "," PRODUCT("02", "a"), 2, { true, true }, { "02", "01" } },
        { PRODUCT("01", "a") "," PRODUCT("02", "A"), 2, { true, true }, { "02", "01" } },
        { PRODUCT("01", "b") "," PRODUCT("02", "a") "," PRODUCT("03", "b"),
          3,
          { true, false, true },
          { "03", "", "01" } },
        { PRODUCT("01", "b") "," PRODUCT("02", "c") "," PRODUCT("03", "b") "," PRODUCT("04", "a"),
          4,
          { true, false, true, false },
          { "03", "", "01", "" } },
        { PRODUCT("01", "b") "," PRODUCT("02", "a") "," PRODUCT("03", "b") "," PRODUCT("04", "b"),
          4,
          { true, false, true, true },
          { "03 04", "", "01 04", "01 03" } },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        read_bench_renew(b);
        read_bench_script(b, "/products", 200, read_bench_text(b, VALUE("%s"), rows[i].products));
        read_bench_read(b, "ingestion", DEPTH_LIST);
        assert_int_equal(b->offer_count, rows[i].count);
        for (size_t j = 0; j < rows[i].count; j++) {
            const struct offer *o = read_bench_offer(b, j);
            bool found = false;
            char number[3] = "";
            assert_int_equal(has_note(o, true, "has the same offer id"), rows[i].noted[j]);
            for (size_t k = 0; rows[i].noted[j] && k + 2 <= strlen(rows[i].others[j]); k += 3) {
                memcpy(number, rows[i].others[j] + k, 2);
                found = found || has_note(o, true, read_bench_text(b, SAME_ID, number));
            }
            assert_int_equal(found, rows[i].noted[j]);
        }
    }
}

/* Each publisher has its own ids, and several APIs have one product each. */
static void one_id_elsewhere_is_no_second_product(void **state)
{
    static const char *const publishers[] = { "alpha", "beta" };
    struct read_bench *b = *state;

    b->query.publishers = publishers;
    b->query.publisher_count = 2;
    read_bench_script(b, "/offers?", 200, "[{\"id\":\"a\",\"status\":\"neverPublished\"}]");
    read_bench_read(b, "cpp", DEPTH_LIST);
    expect_log(b, "+ alpha/a\n+ beta/a\n");
    assert_false(has_note(read_bench_offer(b, 0), true, "has the same offer id"));
    assert_false(has_note(read_bench_offer(b, 1), true, "has the same offer id"));

    read_bench_renew(b);
    read_bench_script(b, "/products", 200, VALUE(PRODUCT("01", "a")));
    read_bench_script(b, "/product?", 200,
                      VALUE("{\"id\":\"product/" GUID("01") "\",\"identity\":{\"externalId\":"
                                                            "\"a\"}}"));
    read_bench_read(b, "ingestion graph", DEPTH_LIST);
    expect_log(b, "+ contoso/a\n");
    assert_false(has_note(read_bench_offer(b, 0), true, "has the same offer id"));
}

/* What is listed once more is neither another product, nor counted. */
static void a_product_that_is_listed_again_is_dropped(void **state)
{
    struct read_bench *b = *state;

    read_bench_script(b, "/submissions", 200, VALUE(""));
    read_bench_script(b, "/products", 200,
                      VALUE(PRODUCT("01", "a") "," PRODUCT("02", "b") "," PRODUCT(
                          "01", "a") "," PRODUCT("02", "b") "," PRODUCT("01", "a")));
    read_bench_read(b, "ingestion", DEPTH_STATE);
    assert_int_equal(b->rc, 0);
    expect_log(b, "+ contoso/a\n+ contoso/b\n");
    assert_int_equal(b->net.request_count, 3);
    assert_int_equal(b->finished, 2);
    assert_false(has_note(read_bench_offer(b, 0), true, "has the same offer id"));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, read_bench_set_up, read_bench_tear_down)
    const struct CMUnitTest tests[] = {
        CASE(products_of_one_id_name_each_other),
        CASE(one_id_elsewhere_is_no_second_product),
        CASE(a_product_that_is_listed_again_is_dropped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

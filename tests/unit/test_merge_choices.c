/* test_merge_choices.c - which records of several APIs are one offer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "api/api.h"
#include "read_bench.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define GUID(n) "00000000-0000-4000-8000-0000000000" n
#define VALUE(elements) "{\"value\":[" elements "]}"
#define PRODUCT(n, id)                                                                             \
    "{\"externalIDs\":[{\"type\":\"AzureOfferId\",\"value\":\"" id "\"}],\"id\":\"" GUID(n) "\"}"
#define GRAPH_PRODUCT(n, id)                                                                       \
    "{\"id\":\"product/" GUID(n) "\",\"identity\":{\"externalId\":\"" id "\"}}"
#define OFFER(id) "{\"id\":\"" id "\",\"status\":\"neverPublished\"}"
#define APART "several products have this offer id"

/* Offers of two publishers may have one id, and the old portal tells no GUID. */
static void two_offers_of_one_api_are_never_one(void **state)
{
    static const char *const publishers[] = { "alpha", "beta" };
    struct read_bench *b = *state;

    b->query.publishers = publishers;
    b->query.publisher_count = 2;
    b->query.merge = true;
    read_bench_script(b, "/alpha/offers?", 200, "[" OFFER("a") "," OFFER("one") "]");
    read_bench_script(b, "/beta/offers?", 200, "[" OFFER("two") "," OFFER("A") "]");
    read_bench_read(b, "cpp", DEPTH_LIST);
    /* In the order in which their ids came. */
    expect_log(b, "+ alpha/a\n+ beta/A\n+ alpha/one\n+ beta/two\n");
    for (size_t i = 0; i < 4; i++) {
        const struct offer *o = read_bench_offer(b, i);
        assert_int_equal(o->source_count, 1);
        assert_int_equal(has_note(o, true, APART), i < 2);
    }
}

/* A product that has come under another id is told of this one. */
static void a_product_does_not_join_two_offers_of_its_id(void **state)
{
    static const char *const publishers[] = { "alpha", "beta" };
    struct read_bench *b = *state;

    b->query.publishers = publishers;
    b->query.publisher_count = 2;
    read_bench_script(b, "/offers?", 200, "[" OFFER("b") "]");
    read_bench_script(b, "/product?", 200, VALUE(GRAPH_PRODUCT("01", "b")));
    read_bench_script(b, "/products", 200, VALUE(PRODUCT("01", "a")));
    read_bench_read(b, "cpp ingestion graph", DEPTH_LIST);
    assert_int_equal(b->rc, 0);
    expect_log(b, "+ -/b\n+ alpha/b\n+ beta/b\n");
    for (size_t i = 0; i < 3; i++) {
        const struct offer *o = read_bench_offer(b, i);
        assert_int_equal(o->source_count, i == 0 ? 2 : 1);
        assert_int_equal(has_note(o, true, APART), i > 0);
    }
}

static void each_product_of_an_id_is_one_offer(void **state)
{
    static const struct {
        const char *apis, *ingestion, *graph;
        const char *products; /* a letter each: i of ingestion, g of graph, b of both; by GUID */
    } rows[] = {
        { "ingestion graph", PRODUCT("01", "x"), GRAPH_PRODUCT("01", "x"), "b" },
        { "ingestion graph", PRODUCT("01", "x"), GRAPH_PRODUCT("02", "x"), "ig" },
        { "ingestion graph", PRODUCT("01", "x") "," PRODUCT("02", "x") "," PRODUCT("03", "x"),
          GRAPH_PRODUCT("02", "x"), "ibi" },
        { "graph ingestion", PRODUCT("01", "x") "," PRODUCT("02", "x") "," PRODUCT("03", "x"),
          GRAPH_PRODUCT("03", "x") "," GRAPH_PRODUCT("01", "X"), "bib" },
        { "graph ingestion", PRODUCT("03", "x"), GRAPH_PRODUCT("01", "x"), "g-i" },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char found[] = "---";
        size_t count = strlen(rows[i].products);
        read_bench_renew(b);
        read_bench_script(b, "/product?", 200, read_bench_text(b, VALUE("%s"), rows[i].graph));
        read_bench_script(b, "/products", 200, read_bench_text(b, VALUE("%s"), rows[i].ingestion));
        read_bench_read(b, rows[i].apis, DEPTH_LIST);
        assert_int_equal(b->rc, 0);
        for (size_t j = 0; j < b->offer_count; j++) {
            const struct offer *o = read_bench_offer(b, j);
            size_t nth = (size_t)(o->product_id[strlen(o->product_id) - 1] - '1');
            assert_true(nth < count);
            assert_int_equal(found[nth], '-');
            if (o->source_count == 2) {
                found[nth] = 'b';
            } else {
                found[nth] = o->sources[0].api[0];
            }
            assert_false(has_note(o, true, APART));
        }
        found[count] = '\0';
        assert_string_equal(found, rows[i].products);
    }
}

/* The old portal's record could be of either product, so that it is of none. */
static void a_record_without_a_guid_joins_the_only_product(void **state)
{
    static const struct {
        const char *ingestion, *graph;
        size_t offers;
    } rows[] = {
        { PRODUCT("01", "x"), GRAPH_PRODUCT("01", "x"), 1 },
        { PRODUCT("01", "x"), GRAPH_PRODUCT("02", "x"), 3 },
        { PRODUCT("01", "x"), GRAPH_PRODUCT("02", "y"), 2 },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        read_bench_renew(b);
        read_bench_script(b, "/offers?", 200, "[" OFFER("x") "]");
        read_bench_script(b, "/product?", 200, read_bench_text(b, VALUE("%s"), rows[i].graph));
        read_bench_script(b, "/products", 200, read_bench_text(b, VALUE("%s"), rows[i].ingestion));
        read_bench_read(b, "cpp ingestion graph", DEPTH_LIST);
        assert_int_equal(b->rc, 0);
        assert_int_equal(b->offer_count, rows[i].offers);
        assert_int_equal(has_note(read_bench_offer(b, 0), true, APART), rows[i].offers == 3);
    }
}

/* Also what a list has that is asked for later than those of the portals after it. */
static void offers_come_in_the_order_of_the_portals(void **state)
{
    static const char *const ids[] = { "Second", "z" };
    struct read_bench *b = *state;

    b->query.ids = ids;
    b->query.id_count = 2;
    assert_int_equal(selection_init(&b->selection, SELECT_EXACT, ids, 2), 0);
    read_bench_script(b, "/offers?", 200, "[" OFFER("z") "]");
    read_bench_script(b, "/product?", 200, VALUE(""));
    read_bench_script(b, "filter=", 200, VALUE(""));
    read_bench_script(b, "/products", 200,
                      VALUE("{\"name\":\"Second\",\"externalIDs\":[{\"type\":\"AzureOfferId\","
                            "\"value\":\"b\"}],\"id\":\"" GUID("02") "\"}"));
    read_bench_read(b, "graph ingestion cpp", DEPTH_LIST);
    expect_log(b, "+ contoso/b\n+ contoso/z\n");
}

/* A GUID for all, as no API tells it of one product twice. */
static int read_one_product(const cJSON *item, enum read_depth depth, const char *publisher,
                            struct arena *a, struct offer *out, struct error *err)
{
    int rc = api_cpp.read_offer(item, depth, publisher, a, out, err);

    out->product_id = GUID("01");
    return rc;
}

static void records_that_are_lost_are_a_bug(void **state)
{
    static const struct {
        const char *list;
        int rc;
    } rows[] = {
        { "[" OFFER("a") "," OFFER("a") "," OFFER("a") "]", 0 },
        { "[" OFFER("a") "," OFFER("a") "," OFFER("a") "," OFFER("a") "]", -1 },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct portal_api one = api_cpp;
        read_bench_renew(b);
        one.read_offer = read_one_product;
        b->api = &one;
        b->query.merge = true;
        read_bench_script(b, "/offers?", 200, rows[i].list);
        read_bench_read(b, "cpp", DEPTH_LIST);
        expect_log(b, "+ contoso/a\n");
        assert_int_equal(b->rc, rows[i].rc);
        if (rows[i].rc != 0) {
            assert_int_equal(b->err.code, ERR_BUG);
            assert_non_null(strstr(b->err.text, "of 4 records of offers 3 were merged"));
        }
    }
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, read_bench_set_up, read_bench_tear_down)
    const struct CMUnitTest tests[] = {
        CASE(two_offers_of_one_api_are_never_one),
        CASE(a_product_does_not_join_two_offers_of_its_id),
        CASE(each_product_of_an_id_is_one_offer),
        CASE(offers_come_in_the_order_of_the_portals),
        CASE(records_that_are_lost_are_a_bug),
        CASE(a_record_without_a_guid_joins_the_only_product),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

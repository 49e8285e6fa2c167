/* test_merge.c - several APIs read as one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "products.h"

#include <stdlib.h>
#include <string.h>

static void offers_of_one_id_become_one_without_case(void **state)
{
    struct read_bench *b = *state;
    const struct offer *o;

    read_bench_script(b, "/offers?", 200, "[" OFFER("CONTOSO-VM", "failed") "]");
    read_bench_script(b, "/slot/production?", 200, "{\"id\":\"x\"}");
    read_bench_script(b, "/product?", 200, VALUE(GRAPH_PRODUCT("01", "contoso-vm")));
    read_bench_script(b, "/submissions", 200, VALUE(IN_STORE("5")));
    read_bench_script(b, "/ingestion/products", 200, VALUE(PRODUCT("01", "Contoso-VM")));
    products_script_rest(b);
    read_bench_read(b, "cpp ingestion graph", DEPTH_STATE);
    expect_log(b, "+ contoso/contoso-vm\n");
    o = read_bench_offer(b, 0);
    assert_int_equal(o->source_count, 3);
    assert_string_equal(o->sources[0].api, "graph");
    assert_string_equal(o->sources[1].api, "ingestion");
    assert_string_equal(o->sources[2].api, "cpp");
    assert_string_equal(o->rule, "cpp-5"); /* the graver state */
}

static void guid_tells_two_products_of_one_id_apart(void **state)
{
    static const char *const orders[] = { "ingestion graph", "graph ingestion",
                                          "cpp ingestion graph", "graph ingestion cpp" };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(orders); i++) {
        size_t joined = 0, apart = 0;
        read_bench_renew(b);
        read_bench_script(b, "/offers?", 200, "[" OFFER("same", "neverPublished") "]");
        read_bench_script(b, "/product?", 200, VALUE(GRAPH_PRODUCT("02", "same")));
        read_bench_script(b, "/ingestion/products", 200,
                          VALUE(PRODUCT("01", "same") "," PRODUCT("02", "same")));
        read_bench_read(b, orders[i], DEPTH_LIST);
        for (size_t j = 0; j < b->offer_count; j++) {
            const struct offer *o = read_bench_offer(b, j);
            bool both = o->source_count > 1 && strcmp(o->sources[0].api, "graph") == 0 &&
                        strcmp(o->sources[1].api, "ingestion") == 0;
            if (o->product_id == NULL) { /* cpp has no GUID: it may be either of the two */
                assert_string_equal(o->sources[0].api, "cpp");
                assert_int_equal(o->source_count, 1);
                assert_true(has_note(o, true, "several products have this offer id"));
                apart++;
                continue;
            }
            joined += both ? 1 : 0;
            assert_string_equal(o->product_id, both ? GUID("02") : GUID("01"));
            assert_true(has_note(o, true, "has the same offer id"));
        }
        assert_int_equal(joined, 1);
        assert_int_equal(apart, strstr(orders[i], "cpp") != NULL ? 1 : 0);
        assert_int_equal(b->offer_count, 2 + apart);
    }
}

/* And joins records that have other ids: those of an API without GUIDs come with their id. */
static void guid_joins_records_of_other_ids(void **state)
{
    static const struct {
        const char *apis, *cpp, *ingestion, *graph;
        const char *given, *notes; /* "id:records ", and of the first */
    } rows[] = {
        { "cpp ingestion graph", "", PRODUCT("01", "a"), GRAPH_PRODUCT("01", "b"), "b:2 ",
          "its offer id is a in the ingestion API" },
        { "graph ingestion", "", PRODUCT("01", "a"), GRAPH_PRODUCT("01", "b"), "b:2 ",
          "its offer id is a in the ingestion API" },
        { "cpp ingestion graph", OFFER("a", "neverPublished"), PRODUCT("01", "a"),
          GRAPH_PRODUCT("01", "b"), "b:3 ", "its offer id is a in the cpp API" },
        { "cpp ingestion graph", OFFER("b", "neverPublished"), PRODUCT("01", "a"),
          GRAPH_PRODUCT("01", "b"), "b:3 ", "its offer id is a in the ingestion API" },
        { "cpp ingestion graph", OFFER("a", "neverPublished") "," OFFER("b", "neverPublished"),
          PRODUCT("01", "a"), GRAPH_PRODUCT("01", "b"), "b:3 b:1 ",
          "its offer id is a in the cpp API" },
        { "ingestion cpp graph", OFFER("a", "neverPublished") "," OFFER("b", "neverPublished"),
          PRODUCT("01", "a"), GRAPH_PRODUCT("01", "b"), "b:3 b:1 ",
          "its offer id is a in the cpp API" },
        /* an id stays with the product that had it first */
        { "cpp ingestion graph", OFFER("b", "neverPublished"),
          PRODUCT("01", "a") "," PRODUCT("02", "b"), GRAPH_PRODUCT("01", "b"), "b:2 b:2 ", NULL },
        { "ingestion graph cpp", OFFER("b", "neverPublished"), PRODUCT("01", "a"),
          GRAPH_PRODUCT("02", "b") "," GRAPH_PRODUCT("01", "b"), "b:2 b:2 ", NULL },
        { "cpp ingestion graph", "", PRODUCT("01", "a"), GRAPH_PRODUCT("01", "A"), "A:2 ", NULL },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char given[64] = "";
        read_bench_renew(b);
        read_bench_script(b, "/offers?", 200, read_bench_text(b, "[%s]", rows[i].cpp));
        read_bench_script(b, "/product?", 200, read_bench_text(b, VALUE("%s"), rows[i].graph));
        read_bench_script(b, "/ingestion/products", 200,
                          read_bench_text(b, VALUE("%s"), rows[i].ingestion));
        read_bench_read(b, rows[i].apis, DEPTH_LIST);
        assert_int_equal(b->rc, 0);
        for (size_t k = 0; k < b->offer_count; k++) {
            const struct offer *o = read_bench_offer(b, k);
            strcat(given, read_bench_text(b, "%s:%zu ", o->id, o->source_count));
        }
        if (strcmp(given, rows[i].given) != 0) {
            fail_msg("%zu: %s", i, given);
        }
        if (rows[i].notes != NULL) {
            assert_true(has_note(read_bench_offer(b, 0), false, rows[i].notes));
        }
    }
}

static void publisher_and_type_come_from_who_knows(void **state)
{
    struct read_bench *b = *state;
    const struct offer *o;

    b->query.publisher_count = 0;
    read_bench_script(b, "/api/publishers?", 200, "[{\"id\":\"contoso\"}]");
    read_bench_script(b, "/offers?", 200,
                      "[" OFFER("a", "neverPublished") "," OFFER("z", "neverPublished") "]");
    read_bench_script(
        b, "/product?", 200,
        VALUE("{\"id\":\"product/" GUID("01") "\",\"identity\":{\"externalId\":\"a\"}}"));
    read_bench_script(b, "/ingestion/products", 200,
                      VALUE(PRODUCT("01", "a") "," PRODUCT("02", "b")));
    read_bench_read(b, "cpp ingestion graph", DEPTH_LIST);
    assert_int_equal(b->offer_count, 3);
    expect_line(b, "+ -/b");
    o = read_bench_offer(b, 0);
    assert_string_equal(o->publisher, "contoso");
    assert_string_equal(o->type, "AzureContainer");
    assert_string_equal(o->name, "Name of a");
    assert_string_equal(o->product_id, GUID("01"));
    o = read_bench_offer(b, 1); /* what the first portal has comes first */
    assert_string_equal(o->publisher, "contoso");
    assert_string_equal(o->type, "microsoft-azure-container");
    assert_int_equal(o->source_count, 1);
}

static void problem_tells_which_api_it_was(void **state)
{
    struct read_bench *b = *state;

    read_bench_script(b, "/offers?", 403, "");
    read_bench_script(b, GUID("02") "/submissions", 403, "");
    read_bench_script(b, "/submission/" GUID("03"), 500, "");
    products_script_rest(b);
    b->net.random = 0;
    read_bench_read(b, "cpp ingestion graph", DEPTH_STATE);
    assert_int_equal(b->problem_count, 3);
    expect_line(b, "! contoso/- auth: cpp: offers of contoso: HTTP 403");
    expect_line(b, "! contoso/b auth: ingestion: offer b: submissions: HTTP 403");
    assert_non_null(
        strstr(strbuf_text(&b->log), "! contoso/c service: graph: offer c: submissions: HTTP 500"));
    expect_line(b, "+ contoso/a"); /* each by who could read it */
    expect_line(b, "+ contoso/b");
    expect_line(b, "+ contoso/c");
}

static void failed_list_of_graph_is_a_problem_whatever_the_others_have(void **state)
{
    static const struct {
        const char *apis;
        long ingestion; /* status of its list; 400: by type, -400: one of these fails */
        const char *told;
        size_t problems;
    } rows[] = {
        { "ingestion graph", 200, "auth: graph: products of this account: HTTP 403", 1 },
        { "graph ingestion cpp", 200, "auth: graph: products of this account: HTTP 403", 1 },
        { "ingestion graph", 400, "auth: graph: products of this account: HTTP 403", 1 },
        { "ingestion graph", 403, "auth: graph: products of this account: HTTP 403", 2 },
        { "ingestion graph", -400, "auth: graph: products of this account: HTTP 403", 2 },
        { "cpp graph", 200, "auth: graph: products of this account: HTTP 403", 1 },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        long status = rows[i].ingestion;
        read_bench_renew(b);
        read_bench_script(b, "/product?", 403, "");
        read_bench_script(b, "/offers?", 200, "[]");
        read_bench_script(b, "'AzureContainer'", status < 0 ? 403 : 200, VALUE(PRODUCT("01", "a")));
        read_bench_script(b, "filter=", 200, "{\"value\":[]}");
        read_bench_script(b, "/ingestion/products", labs(status),
                          status == 200 ? VALUE(PRODUCT("01", "a")) : "");
        read_bench_read(b, rows[i].apis, DEPTH_LIST);
        assert_int_equal(b->rc, 0);
        assert_non_null(strstr(strbuf_text(&b->log), rows[i].told));
        assert_int_equal(b->problem_count, rows[i].problems);
    }
}

static void every_lookup_of_graph_that_failed_is_told(void **state)
{
    static const char *const ids[] = { "a", "b" };
    struct read_bench *b = *state;

    products_query_ids(b, ids, 2);
    read_bench_script(b, "externalId=", 403, "");
    read_bench_script(b, "/offers?", 200, "[]");
    read_bench_read(b, "cpp graph", DEPTH_LIST);
    assert_non_null(strstr(strbuf_text(&b->log), "auth: graph: offer a: HTTP 403"));
    assert_non_null(strstr(strbuf_text(&b->log), "auth: graph: offer b: HTTP 403"));
}

static void failed_list_of_another_is_a_problem(void **state)
{
    struct read_bench *b = *state;

    read_bench_script(b, "/offers?", 403, "");
    products_script_rest(b);
    read_bench_read(b, "cpp ingestion graph", DEPTH_LIST);
    expect_log(b, "! contoso/- auth: cpp: offers of contoso: HTTP 403\n"
                  "+ contoso/a\n+ contoso/b\n+ contoso/c\n");

    read_bench_renew(b);
    read_bench_script(b, "/ingestion/products", 403, "");
    products_script_rest(b);
    read_bench_read(b, "ingestion graph", DEPTH_LIST);
    expect_log(b, "! contoso/- auth: ingestion: products of this account: HTTP 403\n"
                  "+ contoso/a\n+ contoso/b\n+ contoso/c\n");
}

static void limit_is_for_one_api_alone(void **state)
{
    static const struct {
        const char *apis;
        bool merge;
        size_t offers;
    } rows[] = {
        { "ingestion", false, 1 },
        { "graph", false, 1 },
        { "ingestion", true, 3 },
        { "ingestion graph", false, 3 },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        read_bench_renew(b);
        b->query.limit = 1;
        b->query.merge = rows[i].merge;
        products_script_rest(b);
        read_bench_read(b, rows[i].apis, DEPTH_STATE);
        assert_int_equal(b->offer_count, rows[i].offers);
        assert_int_equal(read_bench_offer(b, 0)->source_count, rows[i].offers == 1 ? 0
                                                               : strchr(rows[i].apis, ' ') != NULL
                                                                   ? 2
                                                                   : 1);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, read_bench_set_up, read_bench_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(offers_of_one_id_become_one_without_case),
        CASE(guid_tells_two_products_of_one_id_apart),
        CASE(guid_joins_records_of_other_ids),
        CASE(publisher_and_type_come_from_who_knows),
        CASE(problem_tells_which_api_it_was),
        CASE(failed_list_of_graph_is_a_problem_whatever_the_others_have),
        CASE(every_lookup_of_graph_that_failed_is_told),
        CASE(failed_list_of_another_is_a_problem),
        CASE(limit_is_for_one_api_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

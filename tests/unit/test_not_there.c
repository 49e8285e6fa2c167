/* test_not_there.c - when an API is not there for an account, and when it is only not to be had. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "products.h"

#include <string.h>

#define PUBLISHERS BENCH_CPP "/publishers?"
#define FORBIDDEN "{\"message\":\"no\"}"

/* What the service answers to the first list of each API. */
static void first_list_that_is_forbidden_is_an_api_that_is_not_there(void **state)
{
    static const struct {
        long status;
        enum transport_result result;
        bool not_there;
    } rows[] = {
        { 403, TRANSPORT_OK, true },     { 401, TRANSPORT_OK, false },
        { 404, TRANSPORT_OK, false },    { 429, TRANSPORT_OK, false },
        { 500, TRANSPORT_OK, false },    { 503, TRANSPORT_OK, false },
        { 0, TRANSPORT_CONNECT, false }, { 0, TRANSPORT_TIMEOUT, false },
        { 0, TRANSPORT_TLS, false },     { 0, TRANSPORT_PROXY, false },
        { 0, TRANSPORT_CUT, false },     { 407, TRANSPORT_OK, false },
    };
    static const struct {
        const char *api, *path, *list;
    } apis[] = {
        { "cpp", PUBLISHERS, "publishers of this account" },
        { "ingestion", "/ingestion/products", "products of this account" },
        { "graph", "/product?", "products of this account" },
    };
    struct read_bench *b = *state;

    for (size_t a = 0; a < COUNT_OF(apis); a++) {
        for (size_t i = 0; i < COUNT_OF(rows); i++) {
            read_bench_renew(b);
            b->finds_apis = true;
            b->query.publisher_count = 0;
            fake_answer(&b->net, (struct fake_answer){ .path = apis[a].path,
                                                       .status = rows[i].status,
                                                       .result = rows[i].result,
                                                       .body = FORBIDDEN });
            read_bench_read(b, apis[a].api, DEPTH_LIST);
            assert_int_equal(b->rc, 0);
            assert_int_equal(b->problem_count, rows[i].not_there ? 0 : 1);
            if (rows[i].not_there) {
                expect_log(
                    b, read_bench_text(b, "? %s: %s: HTTP 403: no\n", apis[a].api, apis[a].list));
            }
        }
    }
}

static void cpp_without_a_publisher_of_the_account_is_not_there(void **state)
{
    struct read_bench *b = *state;

    for (int wanted = 0; wanted < 2; wanted++) {
        read_bench_renew(b);
        b->finds_apis = wanted != 0;
        b->query.publisher_count = 0;
        read_bench_script(b, PUBLISHERS, 200, "[]");
        read_bench_read(b, "cpp", DEPTH_LIST);
        expect_log(b, wanted ? "? cpp: no publisher\n" : "");
    }
}

/* The account may lack one publisher of several; the only one that is asked for is all there is. */
static void publisher_that_is_forbidden_is_all_that_is_asked_for_or_a_problem(void **state)
{
    static const char *const publishers[] = { "contoso", "fabrikam" };
    static const char *const logs[] = {
        "! contoso/- auth: offers of contoso: HTTP 403: no\n", /* which the account has */
        "? cpp: offers of contoso: HTTP 403: no\n",
        ("! contoso/- auth: offers of contoso: HTTP 403: no\n"
         "! fabrikam/- auth: offers of fabrikam: HTTP 403: no\n"),
    };
    struct read_bench *b = *state;

    for (size_t named = 0; named < COUNT_OF(logs); named++) {
        read_bench_renew(b);
        b->finds_apis = true;
        b->query.publishers = publishers;
        b->query.publisher_count = named;
        read_bench_script(b, "/offers", 403, FORBIDDEN);
        read_bench_script(b, PUBLISHERS, 200, "[{\"id\":\"contoso\"}]");
        read_bench_read(b, "cpp", DEPTH_LIST);
        expect_log(b, logs[named]);
    }
}

/* An account of which one publisher or more cannot be read has some. */
static void publishers_that_cannot_be_read_are_problems(void **state)
{
    static const struct {
        const char *body, *log;
    } rows[] = {
        { "[7]", "! -/- answer: publishers: element [0]: expected an object, found a number\n" },
        { "[7,8]", "! -/- answer: publishers: element [0]: expected an object, found a number\n"
                   "! -/- answer: publishers: element [1]: expected an object, found a number\n" },
        { "[7,{\"id\":\"contoso\"}]",
          "! -/- answer: publishers: element [0]: expected an object, found a number\n"
          "+ contoso/a\n" },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        read_bench_renew(b);
        b->finds_apis = true;
        b->query.publisher_count = 0;
        read_bench_script(b, PUBLISHERS, 200, rows[i].body);
        read_bench_script(b, "/offers", 200, "[" OFFER("a", "failed") "]");
        read_bench_read(b, "cpp", DEPTH_LIST);
        expect_log(b, rows[i].log);
    }
}

/* The lookup is the first that is asked then; a list of one type is one of many. */
static void lookup_that_is_forbidden_and_a_type_that_is(void **state)
{
    static const char *const ids[] = { "a" };
    struct read_bench *b = *state;

    b->finds_apis = true;
    products_query_ids(b, ids, 1);
    read_bench_script(b, "/ingestion/products", 403, FORBIDDEN);
    read_bench_read(b, "ingestion", DEPTH_LIST);
    expect_log(b, "? ingestion: offer a: HTTP 403: no\n");

    read_bench_renew(b);
    b->finds_apis = true;
    read_bench_script(b, "'AzureApplication'", 403, FORBIDDEN);
    read_bench_script(b, "filter=", 200, VALUE(""));
    read_bench_script(b, "/ingestion/products", 400, REFUSED);
    read_bench_read(b, "ingestion", DEPTH_LIST);
    assert_int_equal(b->problem_count, 1);
    assert_null(strstr(strbuf_text(&b->log), "? "));
}

/* What has begun to answer is there. */
static void later_page_that_is_forbidden_is_a_problem(void **state)
{
    struct read_bench *b = *state;

    b->finds_apis = true;
    read_bench_script(b, "$skipToken=P2", 403, FORBIDDEN);
    read_bench_script(b, "/ingestion/products", 200,
                      "{\"nextLink\":\"v1.0/ingestion/products?$skipToken=P2\",\"value\":[" PRODUCT(
                          "01", "a") "]}");
    read_bench_read(b, "ingestion", DEPTH_LIST);
    assert_int_equal(b->problem_count, 1);
    expect_line(b, "+ contoso/a");
}

/* Nor is one that refuses what is below its list. */
static void detail_that_is_forbidden_is_a_problem(void **state)
{
    struct read_bench *b = *state;

    b->finds_apis = true;
    read_bench_script(b, "/submissions", 403, FORBIDDEN);
    read_bench_script(b, "/ingestion/products", 200, VALUE(PRODUCT("01", "a")));
    read_bench_read(b, "ingestion", DEPTH_STATE);
    assert_int_equal(b->problem_count, 1);
    assert_null(strstr(strbuf_text(&b->log), "? "));
}

static void one_of_several_leaves_the_others(void **state)
{
    struct read_bench *b = *state;

    b->finds_apis = true;
    b->query.merge = true;
    read_bench_script(b, "/ingestion/products", 403, FORBIDDEN);
    read_bench_script(b, "/product?", 200, VALUE(GRAPH_PRODUCT("01", "a")));
    read_bench_read(b, "ingestion graph", DEPTH_LIST);
    assert_int_equal(b->problem_count, 0);
    expect_line(b, "? ingestion: products of this account: HTTP 403: no");
    expect_line(b, "+ contoso/a");
}

static void cpp_without_a_publisher_leaves_the_others(void **state)
{
    struct read_bench *b = *state;

    b->finds_apis = true;
    b->query.publisher_count = 0;
    read_bench_script(b, PUBLISHERS, 200, "[]");
    read_bench_script(b, "/ingestion/products", 200, VALUE(PRODUCT("01", "a")));
    read_bench_read(b, "cpp ingestion", DEPTH_LIST);
    expect_log(b, "? cpp: no publisher\n+ -/a\n");
}

/* A sink that does not ask for it is told as ever. */
static void refusal_is_a_problem_where_the_api_was_named(void **state)
{
    struct read_bench *b = *state;

    read_bench_script(b, "/product?", 403, FORBIDDEN);
    read_bench_read(b, "graph", DEPTH_LIST);
    expect_log(b, "! contoso/- auth: products of this account: HTTP 403: no\n");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, read_bench_set_up, read_bench_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(first_list_that_is_forbidden_is_an_api_that_is_not_there),
        CASE(cpp_without_a_publisher_of_the_account_is_not_there),
        CASE(publisher_that_is_forbidden_is_all_that_is_asked_for_or_a_problem),
        CASE(publishers_that_cannot_be_read_are_problems),
        CASE(lookup_that_is_forbidden_and_a_type_that_is),
        CASE(later_page_that_is_forbidden_is_a_problem),
        CASE(detail_that_is_forbidden_is_a_problem),
        CASE(one_of_several_leaves_the_others),
        CASE(cpp_without_a_publisher_leaves_the_others),
        CASE(refusal_is_a_problem_where_the_api_was_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_list_plan.c - which lists of products are asked for, and what takes the place of one that is
 * refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "products.h"

#include <string.h>

/* Lists. */

static void plain_list_is_one_request(void **state)
{
    static const char *const ingestion[] = { PRODUCTS }, *const graph[] = { GRAPH_LIST };
    struct read_bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        read_bench_renew(b);
        products_script_rest(b);
        read_bench_read(b, product_apis[i], DEPTH_LIST);
        expect_urls(b, i == 0 ? ingestion : graph, 1);
        expect_log(b, "+ contoso/a\n+ contoso/b\n+ contoso/c\n");
        assert_string_equal(read_bench_offer(b, 2)->product_id, GUID("03"));
        assert_string_equal(read_bench_offer(b, 2)->name, i == 0 ? "Name of c" : "Alias of c");
        assert_string_equal(read_bench_offer(b, 2)->api, product_apis[i]);
    }
}

static void publisher_is_the_one_that_was_given_alone(void **state)
{
    static const char *const two[] = { "contoso", "alpha" };
    static const char *const logs[] = { "+ -/a\n", "+ contoso/a\n", "+ -/a\n" };
    struct read_bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        for (size_t named = 0; named <= 2; named++) {
            read_bench_renew(b);
            b->query.publishers = two;
            b->query.publisher_count = named;
            read_bench_script(b, "/product", 200,
                              i == 0 ? VALUE(PRODUCT("01", "a")) : VALUE(GRAPH_PRODUCT("01", "a")));
            read_bench_read(b, product_apis[i], DEPTH_LIST);
            expect_log(b, logs[named]);
        }
    }
}

static void list_alone_tells_nothing_of_publishing(void **state)
{
    struct read_bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        read_bench_renew(b);
        products_script_rest(b);
        read_bench_read(b, product_apis[i], DEPTH_LIST);
        assert_int_equal(b->offer_count, 3);
        for (size_t j = 0; j < b->offer_count; j++) {
            const struct offer *o = read_bench_offer(b, j);
            assert_int_equal(o->state, STATE_UNKNOWN);
            assert_int_equal(o->live, LIVE_UNKNOWN);
            assert_int_equal(o->basis, BASIS_PROVISIONAL);
            assert_false(o->steps_known);
            assert_true(has_note(o, false, "says nothing about publishing"));
        }
        assert_int_equal(b->net.request_count, 1);
    }
}

/* Sizes of the recorded list of 27, here with an empty page among them. */
static const int page_sizes[] = { 1, 4, 5, 2, 1, 0, 4, 5, 3, 2 };

static void script_pages(struct read_bench *b, bool graph)
{
    int next = 1;

    for (size_t i = 0; i < COUNT_OF(page_sizes); i++) {
        const char *list = "", *path = i == 0 ? "" : read_bench_text(b, "$skipToken=P%zu&", i + 1);
        const char *link = "";
        for (int j = 0; j < page_sizes[i]; j++, next++) {
            list = read_bench_text(
                b,
                graph ? "%s%s{\"id\":\"product/" GUID("%02d") "\",\"identity\":{\"externalId\":"
                                                              "\"offer-%02d\"}}"
                      : "%s%s{\"id\":\"" GUID(
                            "%02d") "\",\"externalIDs\":[{\"type\":\"AzureOfferId\",\"value\":"
                                    "\"offer-%02d\"}]}",
                list, *list != '\0' ? "," : "", next, next);
        }
        if (i + 1 < COUNT_OF(page_sizes)) {
            link = read_bench_text(b,
                                   graph ? "\"@nextLink\":\"" BENCH_GRAPH
                                           "/product?$skipToken=P%zu&" VERSION "\","
                                         : "\"nextLink\":\"v1.0/ingestion/"
                                           "products?$skipToken=P%zu&x=\",",
                                   i + 2);
        }
        read_bench_once(b,
                        *path != '\0' ? path
                        : graph       ? "/product?" VERSION
                                      : "/ingestion/products",
                        200, read_bench_text(b, "{%s\"value\":[%s]}", link, list));
    }
}

static void list_of_many_pages_is_read_to_its_end_in_order(void **state)
{
    struct read_bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        for (int reversed = 0; reversed < 2; reversed++) {
            read_bench_renew(b);
            b->net.last_first = reversed != 0;
            script_pages(b, i == 1);
            products_script_rest(b);
            read_bench_read(b, product_apis[i], DEPTH_STATE);
            assert_int_equal(b->rc, 0);
            assert_int_equal(b->problem_count, 0);
            assert_int_equal(b->offer_count, 27);
            for (size_t j = 0; j < 27; j++) {
                assert_string_equal(read_bench_offer(b, j)->id,
                                    read_bench_text(b, "offer-%02zu", j + 1));
            }
            assert_string_equal(b->net.urls[1], i == 0 ? PRODUCTS "?$skipToken=P2&x="
                                                       : BENCH_GRAPH
                                                    "/product?$skipToken=P2&" VERSION);
            assert_int_equal(b->net.request_count, COUNT_OF(page_sizes) + 27);
        }
    }
}

/* docs/apis.md: a followed nextLink may answer 404, meaning the end. */
static void page_that_is_not_there_ends_the_list_with_a_warning(void **state)
{
    struct read_bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        read_bench_renew(b);
        read_bench_script(b, "P2", 404, "");
        read_bench_script(
            b, "/ingestion/products", 200,
            "{\"nextLink\":\"v1.0/ingestion/products?$skipToken=P2\",\"value\":[" PRODUCT(
                "01", "a") "]}");
        read_bench_script(b, "/product?", 200,
                          "{\"@nextLink\":\"" BENCH_GRAPH
                          "/product?P2\",\"value\":[" GRAPH_PRODUCT("01", "a") "]}");
        read_bench_read(b, product_apis[i], DEPTH_LIST);
        expect_log(b,
                   "W products of this account: page 2: HTTP 404, treated as the end of the list\n"
                   "+ contoso/a\n");
    }
    read_bench_renew(b); /* of several APIs it says whose list it was */
    read_bench_script(b, "P2", 404, "");
    read_bench_script(b, "/ingestion/products", 200,
                      "{\"nextLink\":\"v1.0/ingestion/products?$skipToken=P2\",\"value\":[" PRODUCT(
                          "01", "a") "]}");
    read_bench_script(b, "/product?", 200, VALUE(GRAPH_PRODUCT("01", "a")));
    read_bench_read(b, "ingestion graph", DEPTH_LIST);
    expect_log(b,
               "W ingestion: products of this account: page 2: HTTP 404, treated as the end of the "
               "list\n+ contoso/a\n");
}

static void list_that_cannot_be_had_is_a_problem(void **state)
{
    static const struct {
        long status;
        const char *body, *log;
    } rows[] = {
        { 401, "", "! contoso/- auth: products of this account: HTTP 401\n" },
        { 403, "", "! contoso/- auth: products of this account: HTTP 403\n" },
        { 404, "", "! contoso/- answer: products of this account: HTTP 404\n" },
        { 500, "", "! contoso/- service: products of this account: HTTP 500 (5 tries in " },
        { 200, "", "! contoso/- answer: products of this account: " },
        { 200, "{}", "! contoso/- answer: products of this account: value: is missing\n" },
        { 200, "{\"value\":{}}",
          "! contoso/- answer: products of this account: value: expected an array, found an "
          "object\n" },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; j < COUNT_OF(rows); j++) {
            read_bench_renew(b);
            read_bench_script(b, "/product", rows[j].status, rows[j].body);
            read_bench_read(b, product_apis[i], DEPTH_STATE);
            assert_int_equal(b->problem_count, 1);
            assert_int_equal(b->offer_count, 0);
            if (strncmp(strbuf_text(&b->log), rows[j].log, strlen(rows[j].log)) != 0) {
                fail_msg("%s: found %s expected %s", product_apis[i], strbuf_text(&b->log),
                         rows[j].log);
            }
        }
    }
}

/* Looking up. */

static void offer_is_looked_up_by_its_id(void **state)
{
    static const struct {
        const char *id, *ingestion, *graph;
    } rows[] = {
        { "contoso-vm", "contoso-vm", "contoso-vm" },
        { "a.b_c", "a.b_c", "a.b_c" },
        { "o'brien's", "o%27%27brien%27%27s", "o%27brien%27s" },
        { "a b&c=d+e#f", "a%20b%26c%3Dd%2Be%23f", "a%20b%26c%3Dd%2Be%23f" },
        { "100%", "100%25", "100%25" },
        { "\xC3\xA9", "%C3%A9", "%C3%A9" },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        for (size_t j = 0; j < 2; j++) {
            const char *url, *body;
            read_bench_renew(b);
            products_query_ids(b, &rows[i].id, 1);
            url = j == 0
                      ? read_bench_text(b,
                                        PRODUCTS "?$filter=externalIDs/Any(i:i/type%%20eq%%20'"
                                                 "AzureOfferId'%%20and%%20i/value%%20eq%%20'%s')",
                                        rows[i].ingestion)
                      : read_bench_text(b, BENCH_GRAPH "/product?externalId=%s&" VERSION,
                                        rows[i].graph);
            body = j == 0 ? read_bench_text(b, VALUE(PRODUCT("01", "%s")), rows[i].id, rows[i].id)
                          : read_bench_text(b, VALUE(GRAPH_PRODUCT("01", "%s")), rows[i].id,
                                            rows[i].id);
            read_bench_script(b, "/product", 200, body);
            read_bench_read(b, product_apis[j], DEPTH_LIST);
            expect_urls(b, &url, 1);
            expect_log(b, read_bench_text(b, "+ contoso/%s\n", rows[i].id));
        }
    }
}

/* "value": [] (ingestion) or 404: no such offer. */
static void lookup_that_finds_nothing_falls_back_to_the_list_once(void **state)
{
    static const char *const ids[] = { "x", "y", "X" };
    static const struct {
        long status;
        const char *body;
    } nothing[] = { { 200, "{\"value\":[]}" }, { 404, "" } };
    struct read_bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        for (size_t count = 1; count <= 3; count++) {
            for (size_t j = 0; j < COUNT_OF(nothing); j++) {
                size_t lookups = count < 3 ? count : 2; /* X is x */
                read_bench_renew(b);
                products_query_ids(b, ids, count);
                read_bench_script(b, "filter=", nothing[j].status, nothing[j].body);
                read_bench_script(b, "externalId=", nothing[j].status, nothing[j].body);
                products_script_rest(b);
                read_bench_read(b, product_apis[i], DEPTH_LIST);
                assert_int_equal(b->net.request_count, lookups + 1);
                assert_string_equal(b->net.urls[lookups], i == 0 ? PRODUCTS : GRAPH_LIST);
                expect_log(b, "+ contoso/a\n+ contoso/b\n+ contoso/c\n");
            }
        }
    }
}

static void lookup_beside_one_that_finds_nothing_is_given_once(void **state)
{
    static const char *const ids[] = { "x", "b" };
    struct read_bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        for (int reversed = 0; reversed < 2; reversed++) {
            read_bench_renew(b);
            b->net.last_first = reversed != 0;
            products_query_ids(b, ids, 2);
            read_bench_script(b, "eq%20'x')", 200, "{\"value\":[]}");
            read_bench_script(b, "externalId=x", 200, "{\"value\":[]}");
            read_bench_script(b, "eq%20'b')", 200, VALUE(PRODUCT("02", "b")));
            read_bench_script(b, "externalId=b", 200, VALUE(GRAPH_PRODUCT("02", "b")));
            products_script_rest(b);
            read_bench_read(b, product_apis[i], DEPTH_LIST);
            assert_int_equal(b->offer_count, 3);
            expect_line(b, "+ contoso/a");
            expect_line(b, "+ contoso/b");
            expect_line(b, "+ contoso/c");
        }
    }
}

/* The offer was looked up and found; that the list after another lookup breaks off is no reason to
 * lose it. */
static void offer_that_was_found_outlives_the_list_that_another_fell_back_to(void **state)
{
    static const char *const ids[] = { "x", "b" };
    struct read_bench *b = *state;

    products_query_ids(b, ids, 2);
    read_bench_script(b, "eq%20'x')", 200, "{\"value\":[]}");
    /* answered after the first page of the list, and before that list is given up */
    read_bench_once(b, "eq%20'b')", 503, "");
    read_bench_script(b, "eq%20'b')", 200, VALUE(PRODUCT("02", "b")));
    read_bench_script(b, "P2", 500, "");
    read_bench_script(b, "/ingestion/products", 200,
                      "{\"nextLink\":\"v1.0/ingestion/products?$skipToken=P2\",\"value\":[" PRODUCT(
                          "02", "b") "]}");
    read_bench_read(b, "ingestion", DEPTH_LIST);
    assert_int_equal(b->problem_count, 1);
    expect_line(b, "+ contoso/b");
}

static void lookup_may_answer_the_product_itself(void **state)
{
    static const char *const ids[] = { "a" };
    struct read_bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        read_bench_renew(b);
        products_query_ids(b, ids, 1);
        read_bench_script(b, "filter=", 200, PRODUCT("01", "a"));
        read_bench_script(b, "externalId=", 200, GRAPH_PRODUCT("01", "a"));
        products_script_rest(b);
        read_bench_read(b, product_apis[i], DEPTH_STATE);
        expect_log(b, "+ contoso/a\n");
        assert_int_equal(b->net.request_count, 2);
    }
    read_bench_renew(b);
    products_query_ids(b, ids, 1);
    read_bench_script(b, "externalId=", 200, "{\"message\":\"hello\"}");
    read_bench_read(b, "graph", DEPTH_STATE);
    expect_log(b, "! contoso/a answer: offer a: expected a page, found an error document\n");
}

static void lookup_that_fails_is_a_problem(void **state)
{
    static const char *const ids[] = { "a" };
    struct read_bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        read_bench_renew(b);
        products_query_ids(b, ids, 1);
        read_bench_script(b, "/product", 403, "");
        read_bench_read(b, product_apis[i], DEPTH_STATE);
        expect_log(b, "! contoso/a auth: offer a: HTTP 403\n");
        assert_int_equal(b->net.request_count, 1);
    }
}

/* The list by types (docs/apis.md: since 2026-04-22 the plain list may be refused). */

static void refused_list_is_asked_for_by_type(void **state)
{
    static const char *const types[] = { "AzureApplication",
                                         "AzureContainer",
                                         "AzureThirdPartyVirtualMachine",
                                         "SoftwareAsAService",
                                         "AzureDynamics365BusinessCentral",
                                         "AzureConsultingService",
                                         "AzureDynamics365ForCustomerEngagement",
                                         "AzureDynamics365ForOperations",
                                         "AzureIoTEdgeModule",
                                         "AzureManagedService",
                                         "AzurePowerBIApp",
                                         "AzurePowerBIVisual" };
    struct read_bench *b = *state;

    read_bench_script(b, "eq%20'AzureContainer'", 200, VALUE(PRODUCT("01", "a")));
    read_bench_script(b, "eq%20'AzurePowerBIVisual'", 200, VALUE(PRODUCT("02", "b")));
    read_bench_script(b, "filter=", 200, "{\"value\":[]}");
    read_bench_script(b, "/products", 400, REFUSED);
    read_bench_read(b, "ingestion", DEPTH_LIST);
    expect_log(b, TYPE_HINT "\n+ contoso/a\n+ contoso/b\n");
    assert_int_equal(b->net.request_count, 1 + COUNT_OF(types));
    for (size_t i = 0; i < COUNT_OF(types); i++) {
        assert_string_equal(
            b->net.urls[1 + i],
            read_bench_text(b, PRODUCTS "?$filter=resourceType%%20eq%%20'%s'", types[i]));
    }
}

static void type_that_the_service_does_not_know_is_none_unless_it_was_recorded(void **state)
{
    static const struct {
        const char *type;
        bool recorded;
    } rows[] = {
        { "AzureApplication", true },
        { "AzureContainer", true },
        { "AzureThirdPartyVirtualMachine", true },
        { "SoftwareAsAService", true },
        { "AzureDynamics365BusinessCentral", true },
        { "AzureConsultingService", false },
        { "AzurePowerBIVisual", false },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        read_bench_renew(b);
        read_bench_script(b, read_bench_text(b, "'%s'", rows[i].type), 400, REFUSED);
        read_bench_script(b, rows[i].recorded ? "'AzurePowerBIApp'" : "'AzureContainer'", 200,
                          VALUE(PRODUCT("01", "a")));
        read_bench_script(b, "filter=", 200, "{\"value\":[]}");
        read_bench_script(b, "/products", 400, REFUSED);
        read_bench_read(b, "ingestion", DEPTH_LIST);
        expect_line(b, "+ contoso/a");
        assert_int_equal(b->problem_count, rows[i].recorded ? 1 : 0);
        if (rows[i].recorded) {
            expect_line(b, read_bench_text(b,
                                           "! contoso/- answer: products of type %s: HTTP 400: "
                                           "ICH50400 - Unable to complete request; Request "
                                           "validation failed.; ProductTypeFilter[0]: The field "
                                           "is invalid (value 'Application').",
                                           rows[i].type));
        }
    }
}

/* Only "no such type" is nothing. */
static void type_that_is_refused_otherwise_is_a_problem(void **state)
{
    static const char *const bodies[] = {
        "\"ICH50400 - Unable to complete request.\"",
        "{\"message\":\"PublisherId is a required header\"}",
        "",
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(bodies); i++) {
        read_bench_renew(b);
        read_bench_script(b, "'AzureIoTEdgeModule'", 400, bodies[i]);
        read_bench_script(b, "'AzureContainer'", 200, VALUE(PRODUCT("01", "a")));
        read_bench_script(b, "filter=", 200, "{\"value\":[]}");
        read_bench_script(b, "/products", 400, REFUSED);
        read_bench_read(b, "ingestion", DEPTH_LIST);
        expect_line(b, "+ contoso/a");
        assert_int_equal(b->problem_count, 1);
        assert_non_null(
            strstr(strbuf_text(&b->log),
                   "! contoso/- answer: products of type AzureIoTEdgeModule: HTTP 400"));
    }
}

static void types_that_are_all_refused_are_not_an_empty_account(void **state)
{
    struct read_bench *b = *state;

    read_bench_script(b, "/products", 400, REFUSED);
    read_bench_read(b, "ingestion", DEPTH_STATE);
    assert_int_equal(b->problem_count, 5);
    assert_int_equal(b->offer_count, 0);
    expect_line(b, TYPE_HINT);
}

/* Other failures of a type are problems whichever it is, and the plain list's own are, too. */
static void failures_other_than_a_refusal_are_problems(void **state)
{
    struct read_bench *b = *state;

    read_bench_script(b, "'AzurePowerBIVisual'", 403, "");
    read_bench_script(b, "filter=", 200, "{\"value\":[]}");
    read_bench_script(b, "/products", 400, REFUSED);
    read_bench_read(b, "ingestion", DEPTH_LIST);
    expect_log(b, TYPE_HINT "\n! contoso/- auth: products of type AzurePowerBIVisual: HTTP 403\n");

    read_bench_renew(b); /* graph has no types */
    read_bench_script(b, "/product?", 400, "{\"error\":{\"code\":\"badRequest\"}}");
    read_bench_read(b, "graph", DEPTH_LIST);
    expect_log(b, "! contoso/- answer: products of this account: HTTP 400: badRequest\n");
}

/* AL-Go issue 2278: what is refused then is every request. */
static void missing_seller_id_is_not_a_refused_list(void **state)
{
    struct read_bench *b = *state;

    read_bench_script(b, "/products", 400,
                      "{\"errors\":{\"x-ms-publisherId\":[\"PublisherId is a required header, and "
                      "must be a positive number.\"]},\"title\":\"One or more validation errors "
                      "occurred.\",\"status\":400}");
    read_bench_read(b, "ingestion", DEPTH_LIST);
    assert_int_equal(b->net.request_count, 1);
    assert_int_equal(b->problem_count, 1);
    assert_non_null(strstr(strbuf_text(&b->log), "x-ms-publisherId"));
}

static void seller_id_goes_to_partner_center_with_every_request(void **state)
{
    struct read_bench *b = *state;

    b->seller_id = "12345";
    read_bench_once(b, "P2", 500, "");
    read_bench_script(b, "P2", 200, VALUE(PRODUCT("02", "b")));
    read_bench_script(b, "/validations", 200, "{\"value\":[]}");
    read_bench_script(b, "/workflowdetails", 200, "{\"value\":[]}");
    read_bench_script(b, "/submissions", 200, VALUE(SUBMISSION("5", "InProgress", "Failed", "")));
    read_bench_script(b, "/ingestion/products", 200,
                      "{\"nextLink\":\"v1.0/ingestion/products?$skipToken=P2\",\"value\":[" PRODUCT(
                          "01", "a") "]}");
    read_bench_script(b, "/offers?", 200, "[]");
    products_script_rest(b);
    read_bench_read(b, "ingestion graph cpp", DEPTH_STEPS);
    assert_true(b->net.request_count > 12);
    for (size_t i = 0; i < b->net.request_count; i++) {
        bool ingestion = strncmp(b->net.urls[i], BENCH_INGESTION, strlen(BENCH_INGESTION)) == 0;
        assert_string_equal(b->net.headers[i], ingestion ? "x-ms-publisherId: 12345" : "");
    }
    read_bench_renew(b);
    products_script_rest(b);
    read_bench_read(b, "ingestion", DEPTH_STATE);
    for (size_t i = 0; i < b->net.request_count; i++) {
        assert_string_equal(b->net.headers[i], "");
    }
}

/* One product more than once. */

static void nothing_is_given_before_all_lists_are_whole(void **state)
{
    struct read_bench *b = *state;

    script_pages(b, false);
    read_bench_read(b, "ingestion", DEPTH_LIST);
    assert_int_equal(b->offer_count, 27);
    assert_false(b->given_early);

    read_bench_renew(b);
    read_bench_once(b, "'AzurePowerBIVisual'", 500, "");
    read_bench_script(b, "'AzureApplication'", 200, VALUE(PRODUCT("01", "a")));
    read_bench_script(b, "filter=", 200, "{\"value\":[]}");
    read_bench_script(b, "/products", 400, REFUSED);
    read_bench_read(b, "ingestion", DEPTH_LIST);
    expect_log(b, TYPE_HINT "\n+ contoso/a\n");
    assert_false(b->given_early);

    read_bench_renew(b);
    read_bench_once(b, "/product?", 500, "");
    read_bench_script(b, "/offers?", 200, "[" OFFER("a", "failed") "]");
    products_script_rest(b);
    read_bench_read(b, "cpp ingestion graph", DEPTH_LIST);
    assert_int_equal(b->offer_count, 3);
    assert_false(b->given_early);
}

/* The first fifty one by one, the others as a number. */
static void every_broken_element_counts_as_unread(void **state)
{
    static const struct {
        size_t broken, told;
    } rows[] = { { 49, 49 }, { 50, 50 }, { 51, 51 }, { 53, 51 } };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char elements[2 * 53 + 1] = "7";
        read_bench_renew(b);
        for (size_t k = 1; k < rows[i].broken; k++) {
            strcat(elements, ",7");
        }
        read_bench_script(b, "/products", 200, read_bench_text(b, VALUE("%s"), elements));
        read_bench_read(b, "ingestion", DEPTH_LIST);
        assert_int_equal(b->problem_count, rows[i].told);
        assert_int_equal(b->unread_count, rows[i].broken);
        assert_int_equal(strstr(strbuf_text(&b->log), "more elements cannot be read") != NULL,
                         rows[i].broken > 50);
    }
}

static void broken_element_is_told_with_its_place_over_all_pages(void **state)
{
    struct read_bench *b = *state;

    read_bench_cut(b, "P2", "{\"value\":[7,");
    read_bench_script(b, "P2", 200, VALUE(PRODUCT("02", "b") ",{\"name\":\"no id\"}"));
    read_bench_script(b, "/ingestion/products", 200,
                      "{\"nextLink\":\"v1.0/ingestion/products?$skipToken=P2\",\"value\":[" PRODUCT(
                          "01", "a") "]}");
    read_bench_read(b, "ingestion", DEPTH_LIST);
    expect_log(
        b,
        "! contoso/- answer: products of this account: element [2]: expected a product, found an "
        "object without its members\n"
        "+ contoso/a\n+ contoso/b\n");
}

static void only_selected_products_are_asked_about(void **state)
{
    static const char *const argument[] = { "Name of b" };
    struct read_bench *b = *state;

    products_script_rest(b);
    assert_int_equal(selection_init(&b->selection, SELECT_EXACT, argument, 1), 0);
    read_bench_read(b, "ingestion", DEPTH_STATE);
    expect_log(b, "+ contoso/b\n");
    assert_int_equal(fake_requests(&b->net, "/submissions"), 1);
    assert_int_equal(fake_requests(&b->net, GUID("02") "/submissions"), 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, read_bench_set_up, read_bench_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(plain_list_is_one_request),
        CASE(publisher_is_the_one_that_was_given_alone),
        CASE(list_alone_tells_nothing_of_publishing),
        CASE(list_of_many_pages_is_read_to_its_end_in_order),
        CASE(page_that_is_not_there_ends_the_list_with_a_warning),
        CASE(list_that_cannot_be_had_is_a_problem),
        CASE(offer_is_looked_up_by_its_id),
        CASE(lookup_that_finds_nothing_falls_back_to_the_list_once),
        CASE(lookup_beside_one_that_finds_nothing_is_given_once),
        CASE(offer_that_was_found_outlives_the_list_that_another_fell_back_to),
        CASE(lookup_may_answer_the_product_itself),
        CASE(lookup_that_fails_is_a_problem),
        CASE(refused_list_is_asked_for_by_type),
        CASE(type_that_the_service_does_not_know_is_none_unless_it_was_recorded),
        CASE(type_that_is_refused_otherwise_is_a_problem),
        CASE(types_that_are_all_refused_are_not_an_empty_account),
        CASE(failures_other_than_a_refusal_are_problems),
        CASE(missing_seller_id_is_not_a_refused_list),
        CASE(seller_id_goes_to_partner_center_with_every_request),
        CASE(nothing_is_given_before_all_lists_are_whole),
        CASE(every_broken_element_counts_as_unread),
        CASE(broken_element_is_told_with_its_place_over_all_pages),
        CASE(only_selected_products_are_asked_about),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_read_products.c - what a read of the two newer APIs asks and gives, alone and with others.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "read_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#define GUID(n) "4b8c7499-1cb3-4cf6-9b5b-0000000000" n
#define PRODUCTS BENCH_INGESTION "/products"
#define VERSION "$version=2022-07-01"
#define PAGE "&$maxpagesize=200"
#define GRAPH_LIST BENCH_GRAPH "/product?" VERSION PAGE

#define VALUE(elements) "{\"value\":[" elements "]}"
/* Products of ingestion and of graph; n is two digits of its GUID. */
#define PRODUCT(n, id)                                                                             \
    "{\"resourceType\":\"AzureContainer\",\"name\":\"Name of " id                                  \
    "\",\"externalIDs\":[{\"type\":\"AzureOfferId\",\"value\":\"" id "\"}],"                       \
    "\"isModularPublishing\":true,\"id\":\"" GUID(n) "\"}"
#define GRAPH_PRODUCT(n, id)                                                                       \
    "{\"id\":\"product/" GUID(n) "\",\"identity\":{\"externalId\":\"" id                           \
                                 "\"},\"type\":\"azureContainer\",\"alias\":\"Alias of " id "\"}"
#define SUBMISSION(id, state, substate, more)                                                      \
    "{\"resourceType\":\"Submission\",\"state\":\"" state "\",\"substate\":\"" substate "\"," more \
    "\"id\":\"" id "\"}"
#define IN_STORE(id) SUBMISSION(id, "Published", "InStore", "")
#define ENTRY(n, id, target, status, result)                                                       \
    "{\"id\":\"submission/" GUID(n) "/" id "\",\"target\":{\"targetType\":\"" target               \
                                    "\"},\"status\":\"" status "\",\"result\":\"" result "\"}"
#define ON_SALE(n, id) ENTRY(n, id, "live", "completed", "succeeded")
#define UNSUPPORTED                                                                                \
    "{\"error\":{\"code\":\"badRequest\",\"message\":\"Type AzureApplication is not supported\"}}"
#define REFUSED                                                                                    \
    "\"ICH50400 - Unable to complete request. {\\\"faultCode\\\":50400,\\\"reasonPhrase\\\":"      \
    "\\\"Request validation failed.\\\",\\\"data\\\":{\\\"ProductTypeFilter[0]\\\":[\\\"The "      \
    "field is invalid (value 'Application').\\\"]}}\""
#define OFFER(id, status)                                                                          \
    "{\"id\":\"" id "\",\"publisherId\":\"contoso\",\"status\":\"" status                          \
    "\",\"offerTypeId\":\"microsoft-azure-container\"}"
#define TYPE_HINT                                                                                  \
    "H the service refuses the list of all products, so that each known type is asked for; an "    \
    "offer of another type would be missing"

static const char *const apis[] = { "ingestion", "graph" };

/* What is below every product that was not scripted before: something live. */
static void script_rest(struct read_bench *b)
{
    read_bench_script(b, "/workflowdetails", 200, "{\"value\":[]}");
    read_bench_script(b, "/submissions/?", 200, "[]");
    read_bench_script(b, "/submissions", 200, VALUE(IN_STORE("5")));
    read_bench_script(b, "/product-ingestion/submission/", 200, VALUE(ON_SALE("01", "5")));
    read_bench_script(b, "/ingestion/products", 200,
                      VALUE(PRODUCT("01", "a") "," PRODUCT("02", "b") "," PRODUCT("03", "c")));
    read_bench_script(
        b, "/product-ingestion/product?", 200,
        VALUE(GRAPH_PRODUCT("01", "a") "," GRAPH_PRODUCT("02", "b") "," GRAPH_PRODUCT("03", "c")));
}

static void query_ids(struct read_bench *b, const char *const *ids, size_t count)
{
    b->query.ids = ids;
    b->query.id_count = count;
}

/* Lists. */

static void plain_list_is_one_request(void **state)
{
    static const char *const ingestion[] = { PRODUCTS }, *const graph[] = { GRAPH_LIST };
    struct read_bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        read_bench_renew(b);
        script_rest(b);
        read_bench_read(b, apis[i], DEPTH_LIST);
        expect_urls(b, i == 0 ? ingestion : graph, 1);
        expect_log(b, "+ contoso/a\n+ contoso/b\n+ contoso/c\n");
        assert_string_equal(read_bench_offer(b, 2)->product_id, GUID("03"));
        assert_string_equal(read_bench_offer(b, 2)->name, i == 0 ? "Name of c" : "Alias of c");
        assert_string_equal(read_bench_offer(b, 2)->api, apis[i]);
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
            read_bench_read(b, apis[i], DEPTH_LIST);
            expect_log(b, logs[named]);
        }
    }
}

static void list_alone_tells_nothing_of_publishing(void **state)
{
    struct read_bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        read_bench_renew(b);
        script_rest(b);
        read_bench_read(b, apis[i], DEPTH_LIST);
        assert_int_equal(b->offer_count, 3);
        for (size_t j = 0; j < b->offer_count; j++) {
            const struct offer *o = read_bench_offer(b, j);
            assert_int_equal(o->state, STATE_UNKNOWN);
            assert_int_equal(o->live, LIVE_UNKNOWN);
            assert_int_equal(o->basis, BASIS_PROVISIONAL);
            assert_false(o->steps_known);
            assert_true(has_note(o, false, "tells nothing of publishing"));
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
            script_rest(b);
            read_bench_read(b, apis[i], DEPTH_STATE);
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
        read_bench_read(b, apis[i], DEPTH_LIST);
        expect_log(b,
                   "W products of this account: page 2: HTTP 404, taken for the end of the list\n"
                   "+ contoso/a\n");
    }
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
            read_bench_read(b, apis[i], DEPTH_STATE);
            assert_int_equal(b->problem_count, 1);
            assert_int_equal(b->offer_count, 0);
            if (strncmp(strbuf_text(&b->log), rows[j].log, strlen(rows[j].log)) != 0) {
                fail_msg("%s: found %s expected %s", apis[i], strbuf_text(&b->log), rows[j].log);
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
            query_ids(b, &rows[i].id, 1);
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
            read_bench_read(b, apis[j], DEPTH_LIST);
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
                query_ids(b, ids, count);
                read_bench_script(b, "filter=", nothing[j].status, nothing[j].body);
                read_bench_script(b, "externalId=", nothing[j].status, nothing[j].body);
                script_rest(b);
                read_bench_read(b, apis[i], DEPTH_LIST);
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
            query_ids(b, ids, 2);
            read_bench_script(b, "eq%20'x')", 200, "{\"value\":[]}");
            read_bench_script(b, "externalId=x", 200, "{\"value\":[]}");
            read_bench_script(b, "eq%20'b')", 200, VALUE(PRODUCT("02", "b")));
            read_bench_script(b, "externalId=b", 200, VALUE(GRAPH_PRODUCT("02", "b")));
            script_rest(b);
            read_bench_read(b, apis[i], DEPTH_LIST);
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

    query_ids(b, ids, 2);
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
        query_ids(b, ids, 1);
        read_bench_script(b, "filter=", 200, PRODUCT("01", "a"));
        read_bench_script(b, "externalId=", 200, GRAPH_PRODUCT("01", "a"));
        script_rest(b);
        read_bench_read(b, apis[i], DEPTH_STATE);
        expect_log(b, "+ contoso/a\n");
        assert_int_equal(b->net.request_count, 2);
    }
    read_bench_renew(b);
    query_ids(b, ids, 1);
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
        query_ids(b, ids, 1);
        read_bench_script(b, "/product", 403, "");
        read_bench_read(b, apis[i], DEPTH_STATE);
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
    script_rest(b);
    read_bench_read(b, "ingestion graph cpp", DEPTH_STEPS);
    assert_true(b->net.request_count > 12);
    for (size_t i = 0; i < b->net.request_count; i++) {
        bool ingestion = strncmp(b->net.urls[i], BENCH_INGESTION, strlen(BENCH_INGESTION)) == 0;
        assert_string_equal(b->net.headers[i], ingestion ? "x-ms-publisherId: 12345" : "");
    }
    read_bench_renew(b);
    script_rest(b);
    read_bench_read(b, "ingestion", DEPTH_STATE);
    for (size_t i = 0; i < b->net.request_count; i++) {
        assert_string_equal(b->net.headers[i], "");
    }
}

/* One product more than once. */

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
            read_bench_read(b, apis[i], DEPTH_LIST);
            expect_log(b, "+ contoso/a\n+ contoso/b\n+ contoso/c\n");
            assert_int_equal(read_bench_offer(b, 1)->note_count, 1);
        }
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
        script_rest(b);
        read_bench_read(b, apis[i], DEPTH_LIST);
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
            read_bench_read(b, apis[i], depth);
            expect_log(b, "+ contoso/same\n+ contoso/other\n+ contoso/SAME\n");
            assert_true(has_note(read_bench_offer(b, 0), true, GUID("03")));
            assert_true(has_note(read_bench_offer(b, 2), true, GUID("01")));
            assert_false(has_note(read_bench_offer(b, 1), true, ""));
        }
    }
}

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
    script_rest(b);
    read_bench_read(b, "cpp ingestion graph", DEPTH_LIST);
    assert_int_equal(b->offer_count, 3);
    assert_false(b->given_early);
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

    script_rest(b);
    assert_int_equal(selection_init(&b->selection, SELECT_EXACT, argument, 1), 0);
    read_bench_read(b, "ingestion", DEPTH_STATE);
    expect_log(b, "+ contoso/b\n");
    assert_int_equal(fake_requests(&b->net, "/submissions"), 1);
    assert_int_equal(fake_requests(&b->net, GUID("02") "/submissions"), 1);
}

/* Submissions. */

static void addresses_below_a_product(void **state)
{
    static const char *const ingestion[] = { PRODUCTS, PRODUCTS "/" GUID("01") "/submissions",
                                             PRODUCTS
                                             "/" GUID("01") "/submissions/5/workflowdetails",
                                             PRODUCTS "/" GUID("01") "/submissions/5/validations" };
    static const char *const graph[] = { GRAPH_LIST,
                                         BENCH_GRAPH "/submission/" GUID("01") "?" VERSION PAGE };
    struct read_bench *b = *state;

    read_bench_script(b, "/workflowdetails", 200, "{\"value\":[]}");
    read_bench_script(b, "/validations", 200, "{\"value\":[]}");
    read_bench_script(b, "/submissions", 200, VALUE(SUBMISSION("5", "InProgress", "Failed", "")));
    read_bench_script(b, "/ingestion/products", 200, VALUE(PRODUCT("01", "a")));
    read_bench_read(b, "ingestion", DEPTH_STEPS);
    expect_urls(b, ingestion, COUNT_OF(ingestion));

    read_bench_renew(b);
    read_bench_script(b, "/submission/", 200, VALUE(ON_SALE("01", "5")));
    read_bench_script(b, "/product?", 200, VALUE(GRAPH_PRODUCT("01", "a")));
    read_bench_read(b, "graph", DEPTH_STEPS);
    expect_urls(b, graph, COUNT_OF(graph));
}

static void product_whose_submissions_cannot_be_read_costs_itself_alone(void **state)
{
    static const struct {
        long status;
        const char *body, *told;
    } rows[] = {
        { 403, "", "auth: offer b: submissions: HTTP 403" },
        { 404, "", "answer: offer b: submissions: HTTP 404" }, /* the list has it */
        { 400, "\"The API you have called is not applicable for this product\"",
          "answer: offer b: submissions: HTTP 400: The API you have called is not applicable for "
          "this product" },
        { 200, "{\"value\":[7]}",
          "answer: offer b: submissions: element [0]: expected an object, found a number" },
        { 200, "{}", "answer: offer b: submissions: value: is missing" },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        for (enum read_depth depth = DEPTH_STATE; depth <= DEPTH_HISTORY; depth++) {
            for (size_t j = 0; j < COUNT_OF(rows); j++) {
                read_bench_renew(b);
                read_bench_script(b, GUID("02") "/submissions", rows[j].status, rows[j].body);
                read_bench_script(b, "/submission/" GUID("02"), rows[j].status, rows[j].body);
                script_rest(b);
                read_bench_read(b, apis[i], depth);
                expect_log(b, read_bench_text(b, "+ contoso/a\n! contoso/b %s\n+ contoso/c\n",
                                              rows[j].told));
            }
        }
    }
}

static void submissions_come_in_pages(void **state)
{
    struct read_bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        read_bench_renew(b);
        read_bench_script(b, "/workflowdetails", 404, "");
        read_bench_script(b, "P2", 200,
                          i == 0 ? VALUE(SUBMISSION("9", "InProgress", "Submitted", ""))
                                 : VALUE(ENTRY("01", "9", "preview", "running", "pending")));
        read_bench_script(b, "/submissions", 200,
                          "{\"nextLink\":\"v1.0/ingestion/products/" GUID(
                              "01") "/submissions?$skipToken=P2\",\"value\":[" IN_STORE("5") "]}");
        read_bench_script(
            b, "/submission/", 200,
            "{\"value\":[" ON_SALE("01", "5") "],\"@nextLink\":\"" BENCH_GRAPH
                                              "/submission/" GUID("01") "?$skipToken=P2\"}");
        read_bench_script(b, "/product?", 200, VALUE(GRAPH_PRODUCT("01", "a")));
        read_bench_script(b, "/ingestion/products", 200, VALUE(PRODUCT("01", "a")));
        read_bench_read(b, apis[i], DEPTH_STATE);
        expect_log(b, "+ contoso/a\n");
        assert_int_equal(read_bench_offer(b, 0)->state, STATE_IN_PROGRESS);
        assert_int_equal(read_bench_offer(b, 0)->live, LIVE_YES);
    }
}

/* Two pages, the second of which breaks off after an element that it then has no more. */
static void script_cut_submissions(struct read_bench *b)
{
    read_bench_cut(b, "/submissions?P2",
                   "{\"value\":[" SUBMISSION("9", "InProgress", "Failed", "") ",");
    read_bench_script(b, "/submissions?P2", 200,
                      VALUE(SUBMISSION("7", "InProgress", "Submitted", "")));
    read_bench_script(b, "/submissions", 200,
                      "{\"nextLink\":\"v1.0/ingestion/products/" GUID(
                          "01") "/submissions?P2\",\"value\":[" IN_STORE("5") "]}");
    read_bench_cut(b, "/submission/" GUID("01") "?P2",
                   "{\"value\":[" ENTRY("01", "9", "preview", "completed", "failed") ",");
    read_bench_script(b, "/submission/" GUID("01") "?P2", 200,
                      VALUE(ENTRY("01", "7", "preview", "running", "pending")));
    read_bench_script(b, "/submission/", 200,
                      "{\"value\":[" ON_SALE("01", "5") "],\"@nextLink\":\"" BENCH_GRAPH
                                                        "/submission/" GUID("01") "?P2\"}");
    read_bench_script(b, "/product?", 200, VALUE(GRAPH_PRODUCT("01", "a")));
    read_bench_script(b, "/ingestion/products", 200, VALUE(PRODUCT("01", "a")));
}

static void page_of_submissions_that_was_cut_counts_once(void **state)
{
    struct read_bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        read_bench_renew(b);
        read_bench_script(b, "/workflowdetails", 404, "");
        script_cut_submissions(b);
        read_bench_read(b, apis[i], DEPTH_STATE);
        assert_int_equal(b->problem_count, 0);
        assert_int_equal(read_bench_offer(b, 0)->state, STATE_IN_PROGRESS);
        assert_int_equal(read_bench_offer(b, 0)->live, LIVE_YES);

        read_bench_renew(b);
        read_bench_script(b, "/workflowdetails", 404, "");
        script_cut_submissions(b);
        read_bench_read(b, apis[i], DEPTH_HISTORY);
        assert_int_equal(b->problem_count, 0);
        assert_int_equal(read_bench_offer(b, 0)->event_count, 2);
        assert_string_equal(read_bench_offer(b, 0)->events[0].id, "7");
        assert_string_equal(read_bench_offer(b, 0)->events[1].id, "5");
    }
}

/* What was said in the part that is read again, and then not said, was not said. */
static void messages_of_a_page_that_was_cut_are_forgotten(void **state)
{
    struct read_bench *b = *state;

    read_bench_cut(
        b, "/submission/" GUID("01") "?P2",
        "{\"value\":[{\"id\":\"submission/" GUID(
            "01") "/9\",\"target\":{"
                  "\"targetType\":\"preview\"},\"status\":\"completed\",\"result\":\"failed\","
                  "\"validations\":[{\"code\":\"E1\",\"message\":\"too dark\"}]},");
    read_bench_script(b, "/submission/" GUID("01") "?P2", 200, "{\"value\":[]}");
    read_bench_script(b, "/submission/", 200,
                      "{\"value\":[" ON_SALE("01", "5") "],\"@nextLink\":\"" BENCH_GRAPH
                                                        "/submission/" GUID("01") "?P2\"}");
    read_bench_script(b, "/product?", 200, VALUE(GRAPH_PRODUCT("01", "a")));
    read_bench_read(b, "graph", DEPTH_STATE);
    assert_int_equal(read_bench_offer(b, 0)->state, STATE_NONE);
    assert_int_equal(read_bench_offer(b, 0)->message_count, 0);
}

/* Workflow and validations. */

static void what_explains_a_state_may_be_missing(void **state)
{
    static const struct {
        long status;
        const char *body;
    } rows[] = { { 404, "" }, { 200, "{\"value\":[]}" } };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        for (size_t j = 0; j < COUNT_OF(rows); j++) {
            read_bench_renew(b);
            read_bench_script(b, "/workflowdetails", rows[i].status, rows[i].body);
            read_bench_script(b, "/validations", rows[j].status, rows[j].body);
            read_bench_script(b, "/submissions", 200,
                              VALUE(SUBMISSION("5", "InProgress", "Failed", "")));
            read_bench_script(b, "/products", 200, VALUE(PRODUCT("01", "a")));
            read_bench_read(b, "ingestion", DEPTH_STEPS);
            expect_log(b, "+ contoso/a\n");
            assert_int_equal(read_bench_offer(b, 0)->state, STATE_FAILED);
            assert_int_equal(read_bench_offer(b, 0)->step_count, 0);
        }
    }
}

static void what_explains_a_state_and_cannot_be_read_does_not_cost_it(void **state)
{
    static const char *const paths[] = { "/workflowdetails", "/validations" };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        read_bench_renew(b);
        read_bench_script(b, paths[i], 403, "");
        read_bench_script(b, "/workflowdetails", 404, "");
        read_bench_script(b, "/validations", 404, "");
        read_bench_script(b, "/submissions", 200,
                          VALUE(SUBMISSION("5", "InProgress", "Failed", "")));
        read_bench_script(b, "/products", 200, VALUE(PRODUCT("01", "a")));
        read_bench_read(b, "ingestion", DEPTH_STEPS);
        expect_log(b, read_bench_text(b, "! contoso/a auth: offer a: %s: HTTP 403\n+ contoso/a\n",
                                      paths[i] + 1));
        assert_int_equal(read_bench_offer(b, 0)->state, STATE_FAILED);
    }
}

#define PUSH(steps)                                                                                \
    "{\"value\":[{\"targetEnvironment\":\"Preview\",\"workflowSteps\":[" steps "]}]}"
#define PUSH_STEP(name, state) "{\"name\":\"" name "\",\"state\":\"" state "\"}"

/* The workflow of what is under way is asked for in lists, too. */
static void steps_decide_of_what_is_under_way(void **state)
{
    static const struct {
        const char *state, *substate, *pushes;
        enum offer_state want;
        const char *rule;
        bool asked;
        const char *warning;
    } rows[] = {
        { "InProgress", "Submitted", PUSH(PUSH_STEP("Certification", "Failed")), STATE_FAILED,
          "ingestion-3a", true, NULL },
        { "Published", "Publishing", PUSH(PUSH_STEP("Publish", "Timeout")), STATE_FAILED,
          "ingestion-3a", true, NULL },
        { "InProgress", "Submitted", PUSH(PUSH_STEP("Certification", "Exploded")),
          STATE_IN_PROGRESS, "ingestion-10", true,
          "step Certification: unknown status \"Exploded\"" },
        { "InProgress", "Submitted",
          PUSH(PUSH_STEP("Preview Creation", "Success") "," PUSH_STEP("Publisher Signoff",
                                                                      "InProgress")),
          STATE_PENDING_SIGNOFF, "ingestion-3b", true, NULL },
        { "InProgress", "Submitted",
          PUSH(PUSH_STEP("Preview Creation", "InProgress") "," PUSH_STEP("Publisher Signoff",
                                                                         "InProgress")),
          STATE_IN_PROGRESS, "ingestion-10", true, NULL },
        { "InProgress", "Submitted", "{\"value\":[]}", STATE_IN_PROGRESS, "ingestion-10", true,
          NULL },
        { "Published", "Published", PUSH(PUSH_STEP("Publish", "InProgress")), STATE_IN_PROGRESS,
          "ingestion-9", true, NULL },
        { "Published", "InStore", PUSH(PUSH_STEP("Certification", "Failed")), STATE_NONE,
          "ingestion-12", false, NULL },
        { "InProgress", "Hovering", PUSH(PUSH_STEP("Certification", "Failed")), STATE_UNKNOWN, NULL,
          false, "Hovering" },
        { "Floating", "Hovering", "{\"value\":[]}", STATE_UNKNOWN, NULL, false, "Floating" },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        for (enum read_depth depth = DEPTH_STATE; depth <= DEPTH_STEPS; depth++) {
            const struct offer *o;
            read_bench_renew(b);
            read_bench_script(b, "/workflowdetails", 200, rows[i].pushes);
            read_bench_script(b, "/validations", 404, "");
            read_bench_script(b, "/submissions", 200,
                              read_bench_text(b, VALUE(SUBMISSION("5", "%s", "%s", "")),
                                              rows[i].state, rows[i].substate));
            read_bench_script(b, "/products", 200, VALUE(PRODUCT("01", "a")));
            read_bench_read(b, "ingestion", depth);
            expect_log(b, "+ contoso/a\n");
            o = read_bench_offer(b, 0);
            assert_int_equal(o->state, rows[i].want);
            assert_true(o->rule == rows[i].rule ||
                        (rows[i].rule != NULL && strcmp(o->rule, rows[i].rule) == 0));
            if (rows[i].warning != NULL) {
                assert_true(has_note(o, true, rows[i].warning));
            }
            assert_int_equal(fake_requests(&b->net, "/workflowdetails"),
                             rows[i].asked || depth == DEPTH_STEPS ? 1 : 0);
        }
    }
}

/* A step may have failed: the offer is not silently in progress. */
static void state_that_rests_on_steps_that_cannot_be_read_is_none(void **state)
{
    static const char *const substates[] = { "Submitted", "Publishing", "ReadyToPublish" };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(substates); i++) {
        read_bench_renew(b);
        read_bench_script(b, "/workflowdetails", 403, "");
        read_bench_script(
            b, "/submissions", 200,
            read_bench_text(b, VALUE(SUBMISSION("5", "InProgress", "%s", "")), substates[i]));
        read_bench_script(b, "/products", 200, VALUE(PRODUCT("01", "a")));
        read_bench_read(b, "ingestion", DEPTH_STATE);
        expect_log(b, "! contoso/a auth: offer a: workflowdetails: HTTP 403\n");
    }
}

static void validations_are_asked_for_a_failure_alone(void **state)
{
    static const struct {
        const char *submission;
        bool failed, under_way;
    } rows[] = {
        { SUBMISSION("5", "InProgress", "Failed", ""), true, false },
        { SUBMISSION("5", "InProgress", "InDraft",
                     "\"pendingUpdateInfo\":{\"updateType\":\"Create\",\"status\":\"Failed\"},"),
          true, false },
        { SUBMISSION("5", "InProgress", "Submitted", ""), false, true },
        { SUBMISSION("5", "Published", "ReadyToPublish", ""), false, false },
        { SUBMISSION("5", "InProgress", "Cancelled", ""), false, false },
        { IN_STORE("5"), false, false },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        for (enum read_depth depth = DEPTH_STATE; depth <= DEPTH_STEPS; depth++) {
            bool asked = rows[i].failed && depth == DEPTH_STEPS;
            read_bench_renew(b);
            read_bench_script(b, "/workflowdetails", 404, "");
            read_bench_script(b, "/submissions/5/validations", 200,
                              "{\"value\":[{\"errorCode\":\"E1\",\"severity\":\"Warning\","
                              "\"message\":\"too dark\"}]}");
            read_bench_script(b, "/submissions", 200,
                              read_bench_text(b, "{\"value\":[%s]}", rows[i].submission));
            read_bench_script(b, "/products", 200, VALUE(PRODUCT("01", "a")));
            read_bench_read(b, "ingestion", depth);
            expect_log(b, "+ contoso/a\n");
            assert_int_equal(fake_requests(&b->net, "/validations"), asked ? 1 : 0);
            assert_int_equal(read_bench_offer(b, 0)->message_count, asked ? 1 : 0);
            assert_int_equal(fake_requests(&b->net, "/workflowdetails"),
                             depth == DEPTH_STEPS || rows[i].under_way ? 1 : 0);
        }
    }
}

static void failure_reason_stands_in_for_validations(void **state)
{
    struct read_bench *b = *state;

    read_bench_script(
        b, "/submissions", 200,
        VALUE(SUBMISSION("5", "InProgress", "InDraft",
                         "\"pendingUpdateInfo\":{\"updateType\":\"Create\",\"status\":\"Failed\","
                         "\"failureReason\":\"Active validation errors\"},")));
    read_bench_script(b, "/products", 200, VALUE(PRODUCT("01", "a")));
    read_bench_read(b, "ingestion", DEPTH_STATE);
    assert_int_equal(read_bench_offer(b, 0)->message_count, 1);
    assert_string_equal(read_bench_offer(b, 0)->messages[0].text, "Active validation errors");
    assert_string_equal(read_bench_offer(b, 0)->raw_status, "InProgress/InDraft, Create/Failed");
}

/* Types that the Product Ingestion API does not know (docs/apis.md). */

static void unsupported_type_points_to_the_other_api(void **state)
{
    static const char *const ids[] = { "a" };
    static const struct {
        const char *path;
        size_t id_count;
        const char *log;
    } rows[] = {
        { "/product?", 0,
          "! contoso/- answer: products of this account: HTTP 400: badRequest: Type "
          "AzureApplication is not supported; --api ingestion reads offers of that type\n" },
        { "/product?", 1,
          "! contoso/a answer: offer a: HTTP 400: badRequest: Type AzureApplication is not "
          "supported; --api ingestion reads offers of that type\n" },
        { "/submission/", 0,
          "! contoso/a answer: offer a: submissions: HTTP 400: badRequest: Type AzureApplication "
          "is not supported; --api ingestion reads offers of that type\n" },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        read_bench_renew(b);
        query_ids(b, ids, rows[i].id_count);
        read_bench_script(b, rows[i].path, 400, UNSUPPORTED);
        read_bench_script(b, "/product?", 200, VALUE(GRAPH_PRODUCT("01", "a")));
        read_bench_read(b, "graph", DEPTH_STATE);
        expect_log(b, rows[i].log);
    }
}

/* A lookup asks for one offer; a list is all that the API has. */
static void unsupported_type_is_silent_where_another_api_reads_it(void **state)
{
    static const char *const ids[] = { "a" };
    static const struct {
        const char *path;
        size_t id_count;
        const char *log;
    } rows[] = {
        { "/product?", 0,
          "! contoso/- answer: graph: products of this account: HTTP 400: badRequest: Type "
          "AzureApplication is not supported; --api ingestion reads offers of that type\n"
          "+ contoso/a\n" },
        { "/product?", 1, "+ contoso/a\n" },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        read_bench_renew(b);
        query_ids(b, ids, rows[i].id_count);
        read_bench_script(b, rows[i].path, 400, UNSUPPORTED);
        read_bench_script(b, "/product?", 200, VALUE(GRAPH_PRODUCT("01", "a")));
        read_bench_script(b, "/submissions", 200, VALUE(IN_STORE("5")));
        read_bench_script(b, "/ingestion/products", 200, VALUE(PRODUCT("01", "a")));
        read_bench_read(b, "ingestion graph", DEPTH_STATE);
        expect_log(b, rows[i].log);
    }
}

static void product_of_an_unsupported_type_is_silent_where_another_api_reads_it(void **state)
{
    struct read_bench *b = *state;

    read_bench_script(b, "/submission/", 400, UNSUPPORTED);
    script_rest(b);
    read_bench_read(b, "ingestion graph", DEPTH_STATE);
    expect_log(b, "+ contoso/a\n+ contoso/b\n+ contoso/c\n");
}

/* Several APIs. */

static void offers_of_one_id_become_one_without_case(void **state)
{
    struct read_bench *b = *state;
    const struct offer *o;

    read_bench_script(b, "/offers?", 200, "[" OFFER("CONTOSO-VM", "failed") "]");
    read_bench_script(b, "/slot/production?", 200, "{\"id\":\"x\"}");
    read_bench_script(b, "/product?", 200, VALUE(GRAPH_PRODUCT("01", "contoso-vm")));
    read_bench_script(b, "/submissions", 200, VALUE(IN_STORE("5")));
    read_bench_script(b, "/ingestion/products", 200, VALUE(PRODUCT("01", "Contoso-VM")));
    script_rest(b);
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
    script_rest(b);
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

    query_ids(b, ids, 2);
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
    script_rest(b);
    read_bench_read(b, "cpp ingestion graph", DEPTH_LIST);
    expect_log(b, "! contoso/- auth: cpp: offers of contoso: HTTP 403\n"
                  "+ contoso/a\n+ contoso/b\n+ contoso/c\n");

    read_bench_renew(b);
    read_bench_script(b, "/ingestion/products", 403, "");
    script_rest(b);
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
        script_rest(b);
        read_bench_read(b, rows[i].apis, DEPTH_STATE);
        assert_int_equal(b->offer_count, rows[i].offers);
        assert_int_equal(read_bench_offer(b, 0)->source_count, rows[i].offers == 1 ? 0
                                                               : strchr(rows[i].apis, ' ') != NULL
                                                                   ? 2
                                                                   : 1);
    }
}

/* The witness. */

/* Offers of the old portal, and what the witness would say of each: it is gone. */
static void script_witnessed(struct read_bench *b)
{
    read_bench_script(b, "/gone/slot/", 404, "{}");
    read_bench_script(b, "/preview/slot/production?", 404, "{}");
    read_bench_script(b, "/runs/slot/production?", 404, "{}");
    read_bench_script(b, "/slot/", 200, "{\"id\":\"x\"}");
    read_bench_script(b, "/runs/status?", 200, "{\"status\":\"running\",\"steps\":[]}");
    read_bench_script(b, "/new/status?", 200, "{\"status\":\"neverPublished\",\"steps\":[]}");
    read_bench_script(b, "/status?", 200, "{\"status\":\"succeeded\",\"steps\":[]}");
    read_bench_script(b, "/api/publishers/contoso/offers/gone/submissions/?", 200,
                      "[{\"submissionType\":\"golive\",\"submissionState\":\"succeeded\"}]");
    read_bench_script(b, "/submissions/?", 200,
                      "[{\"submissionType\":\"publish\",\"submissionState\":\"succeeded\"}]");
    read_bench_script(
        b, "/contoso/offers?", 200,
        "[" OFFER("gone", "succeeded") "," OFFER("preview", "succeeded") "," OFFER(
            "stays", "succeeded") "," OFFER("runs", "running") "," OFFER("new", "neverPub"
                                                                                "lished") "]");
    read_bench_script(b, "/product?externalId=", 404, "");
}

static void witness_is_asked_where_the_old_portal_leaves_it_open(void **state)
{
    static const struct {
        enum witness witness;
        enum read_depth depth;
        const char *asked;
    } rows[] = {
        { WITNESS_AUTO, DEPTH_LIST, "" },
        { WITNESS_AUTO, DEPTH_STATE, "gone preview " },
        { WITNESS_AUTO, DEPTH_STEPS, "gone preview " },
        { WITNESS_AUTO, DEPTH_HISTORY, "" },
        { WITNESS_ALWAYS, DEPTH_LIST, "" },
        { WITNESS_ALWAYS, DEPTH_STATE, "gone preview stays runs new " },
        { WITNESS_ALWAYS, DEPTH_STEPS, "gone preview stays runs new " },
        { WITNESS_ALWAYS, DEPTH_HISTORY, "" },
        { WITNESS_NEVER, DEPTH_STATE, "" },
        { WITNESS_NEVER, DEPTH_STEPS, "" },
    };
    static const char *const ids[] = { "gone", "preview", "stays", "runs", "new" };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const char *asked = "";
        read_bench_renew(b);
        b->has_witness = true;
        b->query.witness = rows[i].witness;
        script_witnessed(b);
        read_bench_read(b, "cpp", rows[i].depth);
        assert_int_equal(b->problem_count, 0);
        assert_int_equal(b->offer_count, 5);
        for (size_t j = 0; j < COUNT_OF(ids); j++) {
            const char *url =
                read_bench_text(b, BENCH_GRAPH "/product?externalId=%s&" VERSION, ids[j]);
            if (fake_requests(&b->net, url) == 1) {
                asked = read_bench_text(b, "%s%s ", asked, ids[j]);
            }
        }
        assert_string_equal(asked, rows[i].asked);
    }
}

static void witness_is_asked_by_ingestion_of_one_that_is_live_and_shown(void **state)
{
    static const struct {
        enum witness witness;
        enum read_depth depth;
        size_t live, other; /* requests of the witness about either */
    } rows[] = {
        { WITNESS_AUTO, DEPTH_LIST, 0, 0 },    { WITNESS_AUTO, DEPTH_STATE, 0, 0 },
        { WITNESS_AUTO, DEPTH_STEPS, 1, 0 },   { WITNESS_AUTO, DEPTH_HISTORY, 0, 0 },
        { WITNESS_ALWAYS, DEPTH_STATE, 1, 1 }, { WITNESS_ALWAYS, DEPTH_STEPS, 1, 1 },
        { WITNESS_NEVER, DEPTH_STEPS, 0, 0 },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        read_bench_renew(b);
        b->has_witness = true;
        b->query.witness = rows[i].witness;
        read_bench_script(b, "externalId=", 200, "{\"value\":[]}");
        read_bench_script(b, GUID("02") "/submissions", 200, "{\"value\":[]}");
        script_rest(b);
        read_bench_read(b, "ingestion", rows[i].depth);
        assert_int_equal(b->problem_count, 0);
        assert_int_equal(fake_requests(&b->net, "externalId=a"), rows[i].live);
        assert_int_equal(fake_requests(&b->net, "externalId=b"), rows[i].other);
    }
}

static void graph_is_no_witness_of_itself(void **state)
{
    struct read_bench *b = *state;

    b->has_witness = true;
    b->query.witness = WITNESS_ALWAYS;
    script_rest(b);
    read_bench_read(b, "graph", DEPTH_STEPS);
    assert_int_equal(b->offer_count, 3);
    assert_int_equal(fake_requests(&b->net, "externalId="), 0);
}

/* One offer of the old portal that was published and has no production slot any more. */
static void script_doubtful(struct read_bench *b, const char *submissions)
{
    read_bench_script(b, "/slot/", 404, "{}");
    read_bench_script(b, "/submissions/?", 200, submissions);
    read_bench_script(b, "/contoso/offers?", 200, "[" OFFER("a", "succeeded") "]");
}

#define WENT_LIVE "[{\"submissionType\":\"golive\",\"submissionState\":\"succeeded\"}]"
#define GONE(n)                                                                                    \
    "{\"id\":\"submission/" GUID(                                                                  \
        n) "/5\",\"target\":{\"targetType\":\"live\"},\"status\":\"completed\",\"result\":"        \
           "\"succeeded\",\"lifecycleState\":\"deprecated\"}"

static void word_of_the_witness_is_merged(void **state)
{
    static const struct {
        const char *api, *submissions, *said;
        enum offer_state state;
        enum offer_live live;
        const char *rule;
    } rows[] = {
        { "cpp", "[]", VALUE(GONE("01")), STATE_UNKNOWN, LIVE_NO, NULL },
        { "cpp", WENT_LIVE, VALUE(GONE("01")), STATE_DELISTED, LIVE_NO, "cpp-11" },
        { "cpp", WENT_LIVE, VALUE(ON_SALE("01", "5")), STATE_DELISTED, LIVE_NO, "cpp-11" },
        { "ingestion", "", VALUE(GONE("01")), STATE_DELISTED, LIVE_NO, "graph-G6" },
        { "ingestion", "", VALUE(ON_SALE("01", "5")), STATE_NONE, LIVE_YES, "ingestion-12" },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct offer *o;
        read_bench_renew(b);
        b->has_witness = true;
        b->query.witness = WITNESS_AUTO;
        read_bench_script(b, "/product?externalId=a", 200, VALUE(GRAPH_PRODUCT("01", "A")));
        read_bench_script(b, "/submission/" GUID("01"), 200, rows[i].said);
        read_bench_script(b, "/status?", 200, "{\"status\":\"succeeded\",\"steps\":[]}");
        script_doubtful(b, rows[i].submissions);
        read_bench_script(b, "/ingestion/products/" GUID("01") "/submissions/5/workflowdetails",
                          404, "");
        read_bench_script(b, "/submissions", 200, VALUE(IN_STORE("5")));
        read_bench_script(b, "/ingestion/products", 200, VALUE(PRODUCT("01", "a")));
        read_bench_read(b, rows[i].api, DEPTH_STEPS);
        assert_int_equal(b->problem_count, 0);
        o = read_bench_offer(b, 0);
        assert_int_equal(o->state, rows[i].state);
        assert_int_equal(o->live, rows[i].live);
        assert_true(o->rule == rows[i].rule ||
                    (rows[i].rule != NULL && strcmp(o->rule, rows[i].rule) == 0));
        assert_int_equal(o->source_count, 2);
        assert_string_equal(o->sources[0].api, "graph");
        assert_string_equal(o->sources[1].api, rows[i].api);
        assert_true(o->steps_known);
    }
}

static void witness_that_has_nothing_to_say_changes_nothing(void **state)
{
    static const struct {
        const char *lookup;
        long status;
        const char *submissions; /* NULL: refused as a foreign type */
    } rows[] = {
        { "", 404, NULL },
        { "{\"value\":[]}", 200, NULL },
        { UNSUPPORTED, 400, NULL },
        { VALUE(GRAPH_PRODUCT("01", "a")), 200, NULL },
        { VALUE(GRAPH_PRODUCT("01", "another")), 200, VALUE(ON_SALE("01", "5")) },
    };
    static const enum witness modes[] = { WITNESS_AUTO, WITNESS_ALWAYS };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        for (size_t j = 0; j < COUNT_OF(modes); j++) {
            const struct offer *o;
            read_bench_renew(b);
            b->has_witness = true;
            b->query.witness = modes[j];
            read_bench_script(b, "externalId=", rows[i].status, rows[i].lookup);
            read_bench_script(b, "/submission/", rows[i].submissions != NULL ? 200 : 400,
                              rows[i].submissions != NULL ? rows[i].submissions : UNSUPPORTED);
            script_doubtful(b, WENT_LIVE);
            read_bench_read(b, "cpp", DEPTH_STATE);
            expect_log(b, "+ contoso/a\n");
            o = read_bench_offer(b, 0);
            assert_int_equal(o->state, STATE_DELISTED);
            assert_string_equal(o->rule, "cpp-11");
            assert_int_equal(o->note_count, 1);
            assert_true(has_note(o, false, "whether"));
            assert_int_equal(o->source_count, 0);
        }
    }
}

static void witness_that_cannot_be_heard_is_noted(void **state)
{
    static const struct {
        long lookup, submissions;
        const char *body, *told; /* of the one that fails */
    } rows[] = {
        { 403, 200, "", "HTTP 403" },
        { 500, 200, "", "HTTP 500 (5 tries" },
        { 200, 403, "", "HTTP 403" },
        { 200, 404, "", "HTTP 404" },
        { 200, 503, "", "HTTP 503 (5 tries" },
        { 0, 200, "{\"value\":[7]}", "expected an object" },
        { 200, 0, "{\"value\":[7]}", "expected an object" },
        { 200, 0, "{}", "value: is missing" },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        for (int asked_for = 0; asked_for < 2; asked_for++) {
            const struct offer *o;
            long lookup = rows[i].lookup, submissions = rows[i].submissions;
            read_bench_renew(b);
            b->has_witness = true;
            b->query.witness = asked_for != 0 ? WITNESS_ALWAYS : WITNESS_AUTO;
            read_bench_script(b, "externalId=", lookup == 0 ? 200 : lookup,
                              lookup == 200 ? VALUE(GRAPH_PRODUCT("01", "a")) : rows[i].body);
            read_bench_script(b, "/submission/", submissions == 0 ? 200 : submissions,
                              submissions == 200 ? VALUE(GONE("01")) : rows[i].body);
            script_doubtful(b, WENT_LIVE);
            read_bench_read(b, "cpp", DEPTH_STATE);
            o = read_bench_offer(b, 0);
            assert_int_equal(o->state, STATE_DELISTED);
            assert_string_equal(o->rule, "cpp-11");
            assert_int_equal(o->note_count, 1);
            assert_true(has_note(o, asked_for == 0, "the Graph API could not be asked"));
            assert_true(has_note(o, asked_for == 0, rows[i].told));
            assert_int_equal(b->problem_count, asked_for);
            if (asked_for != 0) {
                assert_non_null(strstr(strbuf_text(&b->log), "offer a: Graph API: "));
                assert_non_null(strstr(strbuf_text(&b->log), rows[i].told));
            }
        }
    }
}

/* Without a sign-in for the Graph API: every offer stays open, and no request goes out. */
static void witness_without_a_sign_in_is_not_asked(void **state)
{
    struct read_bench *b = *state;

    for (int asked_for = 0; asked_for < 2; asked_for++) {
        struct signin_options options = { .method = "token", .audience = "https://graph.example" };
        read_bench_renew(b);
        options.transport = &b->net.base;
        assert_int_equal(signin_open(&options, &b->graph_signin, &b->err), 0);
        b->has_witness = true;
        b->query.witness = asked_for != 0 ? WITNESS_ALWAYS : WITNESS_AUTO;
        read_bench_script(b, "/slot/", 404, "{}");
        read_bench_script(b, "/submissions/?", 200, WENT_LIVE);
        read_bench_script(b, "/contoso/offers?", 200,
                          "[" OFFER("a", "succeeded") "," OFFER("b", "succeeded") "]");
        read_bench_read(b, "cpp", DEPTH_STATE);
        signin_close(b->graph_signin);
        assert_int_equal(fake_requests(&b->net, "externalId="), 0);
        assert_int_equal(b->offer_count, 2);
        assert_int_equal(b->problem_count, asked_for != 0 ? 2 : 0);
        for (size_t i = 0; i < 2; i++) {
            assert_int_equal(read_bench_offer(b, i)->state, STATE_DELISTED);
            assert_true(has_note(read_bench_offer(b, i), false,
                                 asked_for != 0 ? "the Graph API could not be asked"
                                                : "there is no sign-in for the Graph API"));
        }
    }
}

static void another_product_of_the_id_is_not_believed(void **state)
{
    struct read_bench *b = *state;

    for (int both = 0; both < 2; both++) { /* alone, and in front of the right one */
        read_bench_renew(b);
        b->has_witness = true;
        b->query.witness = WITNESS_AUTO;
        read_bench_script(b, "externalId=a", 200,
                          both == 0 ? VALUE(GRAPH_PRODUCT("09", "a"))
                                    : VALUE(GRAPH_PRODUCT("09", "a") "," GRAPH_PRODUCT("01", "a")));
        read_bench_script(b, "/submission/" GUID("09"), 200, VALUE(GONE("09")));
        read_bench_script(b, "/submission/" GUID("01"), 200, VALUE(ON_SALE("01", "5")));
        read_bench_script(b, "/workflowdetails", 404, "");
        read_bench_script(b, "/submissions", 200, VALUE(IN_STORE("5")));
        read_bench_script(b, "/ingestion/products", 200, VALUE(PRODUCT("01", "a")));
        read_bench_read(b, "ingestion", DEPTH_STEPS);
        assert_int_equal(read_bench_offer(b, 0)->state, STATE_NONE);
        assert_int_equal(read_bench_offer(b, 0)->live, LIVE_YES);
        assert_int_equal(read_bench_offer(b, 0)->source_count, both == 0 ? 0 : 2);
        assert_int_equal(fake_requests(&b->net, GUID("09")), 0);
    }
}

#define MANY 10

static void each_of_many_offers_gets_its_own_word(void **state)
{
    struct read_bench *b = *state;

    for (int reversed = 0; reversed < 2; reversed++) {
        const char *list = "";
        read_bench_renew(b);
        b->net.last_first = reversed != 0;
        b->has_witness = true;
        b->query.witness = WITNESS_AUTO;
        for (int i = 10; i < 10 + MANY; i++) {
            list = read_bench_text(b, "%s%s" OFFER("o%d", "succeeded"), list, i > 10 ? "," : "", i);
            read_bench_script(b, read_bench_text(b, "externalId=o%d&", i), 200,
                              read_bench_text(b, VALUE(GRAPH_PRODUCT("%d", "o%d")), i, i, i));
            read_bench_script(b, read_bench_text(b, "/submission/" GUID("%d"), i), 200,
                              i % 2 == 0 ? VALUE(GONE("01")) : VALUE(ON_SALE("01", "5")));
        }
        read_bench_script(b, "/slot/", 404, "{}");
        read_bench_script(b, "/submissions/?", 200, "[]");
        read_bench_script(b, "/contoso/offers?", 200, read_bench_text(b, "[%s]", list));
        read_bench_read(b, "cpp", DEPTH_STATE);
        assert_int_equal(b->problem_count, 0);
        assert_int_equal(b->offer_count, MANY);
        for (size_t i = 0; i < MANY; i++) {
            const struct offer *o = read_bench_offer(b, i);
            assert_string_equal(o->product_id, read_bench_text(b, GUID("%zu"), i + 10));
            assert_int_equal(o->sources[0].state, i % 2 == 0 ? STATE_DELISTED : STATE_NONE);
            assert_int_equal(o->live, i % 2 == 0 ? LIVE_NO : LIVE_YES);
        }
    }
}

/* A lookup or a list of submissions that is cut is read again, and counts once. */
static void answer_to_the_witness_that_was_cut_counts_once(void **state)
{
    struct read_bench *b = *state;

    b->has_witness = true;
    b->query.witness = WITNESS_AUTO;
    read_bench_cut(b, "externalId=", "{\"value\":[" GRAPH_PRODUCT("01", "a") ",");
    read_bench_script(b, "externalId=", 200, VALUE(GRAPH_PRODUCT("02", "a")));
    read_bench_cut(b, "/submission/" GUID("02"), "{\"value\":[" ON_SALE("02", "9") ",");
    read_bench_script(b, "/submission/" GUID("02"), 200, VALUE(GONE("02")));
    script_doubtful(b, "[]");
    read_bench_read(b, "cpp", DEPTH_STATE);
    expect_log(b, "+ contoso/a\n");
    assert_int_equal(read_bench_offer(b, 0)->sources[0].state, STATE_DELISTED);
    assert_int_equal(read_bench_offer(b, 0)->live, LIVE_NO);
    assert_string_equal(read_bench_offer(b, 0)->product_id, GUID("02"));
}

/* History. */

#define DRAFT "{\"id\":\"submission/" GUID("01") "/0\",\"target\":{\"targetType\":\"draft\"}}"
#define CREATED(id, target, at)                                                                    \
    "{\"id\":\"submission/" GUID("01") "/" id "\",\"target\":{\"targetType\":\"" target            \
                                       "\"},\"status\":\"completed\",\"result\":\"succeeded\","    \
                                       "\"created\":\"" at "\"}"
#define PUBLISHED(id, at)                                                                          \
    SUBMISSION(id, "Published", "InStore", "\"publishedTimeInUtc\":\"" at "\",")
#define OPERATION(target, at)                                                                      \
    "{\"type\":\"Push\",\"state\":\"Success\",\"targetEnvironment\":\"" target                     \
    "\",\"workflowSteps\":[],\"startDateTimeInUtc\":\"" at "\"}"

/* One word an event: api, kind, id, and target where it has one. */
static const char *history_of(struct read_bench *b)
{
    const struct offer *o = read_bench_offer(b, 0);
    const char *text = "";

    for (size_t i = 0; i < o->event_count; i++) {
        const struct event *e = &o->events[i];
        text = read_bench_text(b, "%s%s %s %s%s%s\n", text, e->api, e->kind,
                               e->id != NULL ? e->id : "-", e->target != NULL ? " " : "",
                               e->target != NULL ? e->target : "");
    }
    return text;
}

static void script_history(struct read_bench *b)
{
    read_bench_script(b, "/submissions/999/workflowdetails", 200,
                      VALUE(OPERATION("Preview", "2022-02-01T10:00:00.0000000") "," OPERATION(
                          "Live", "2022-02-01T12:00:00.0000000")));
    read_bench_script(b, "/submissions/1000/workflowdetails", 200,
                      VALUE(OPERATION("Preview", "2022-04-01T10:00:00.0000000")));
    read_bench_script(b, "/ingestion/products/" GUID("01") "/submissions", 200,
                      VALUE(PUBLISHED("999", "2022-02-01T13:00:00.0000000Z") "," PUBLISHED(
                          "1000", "2022-04-01T13:00:00.0000000Z")));
    read_bench_script(b, "/ingestion/products", 200, VALUE(PRODUCT("01", "a")));
    read_bench_script(
        b, "/submission/", 200,
        VALUE(CREATED("999", "live", "2022-01-01T00:00:00.0000000Z") "," DRAFT "," CREATED(
            "1000", "preview", "2022-05-01T00:00:00.0000000Z")));
    read_bench_script(b, "/product?", 200, VALUE(GRAPH_PRODUCT("01", "a")));
    read_bench_script(
        b, "/a/status?", 200,
        "{\"status\":\"running\",\"steps\":[{\"id\":\"x\",\"status\":\"inProgress\","
        "\"messages\":[{\"messageHtml\":\"m\",\"timestamp\":\"2022-03-02T00:00:00Z\"}]}]}");
    read_bench_script(b, "/a/submissions/?", 200,
                      "[{\"id\":\"s1\",\"slot\":\"staging\",\"version\":636576975611768314,"
                      "\"submissionType\":\"publish\",\"submissionState\":\"succeeded\","
                      "\"changedTime\":\"2022-01-15T00:00:00.000000Z\"},"
                      "{\"id\":\"s2\",\"slot\":\"staging\",\"version\":636576975611768315,"
                      "\"submissionType\":\"publish\",\"submissionState\":\"running\","
                      "\"changedTime\":\"2022-03-01T00:00:00.000000Z\"}]");
    read_bench_script(b, "/offers?", 200, "[" OFFER("a", "succeeded") "]");
}

static void history_is_newest_first_with_operations_under_their_submission(void **state)
{
    static const struct {
        const char *apis, *want;
    } rows[] = {
        { "ingestion", "ingestion submission 1000\n"
                       "ingestion operation 1000 Preview\n"
                       "ingestion submission 999\n"
                       "ingestion operation 999 Live\n"
                       "ingestion operation 999 Preview\n" },
        { "graph", "graph submission 1000 preview\n"
                   "graph submission 999 live\n" },
        { "cpp", "cpp operation -\n"
                 "cpp submission s2 staging\n"
                 "cpp submission s1 staging\n" },
        { "cpp ingestion graph", "graph submission 1000 preview\n"
                                 "ingestion submission 1000\n"
                                 "ingestion operation 1000 Preview\n"
                                 "cpp operation -\n"
                                 "cpp submission s2 staging\n"
                                 "ingestion submission 999\n"
                                 "ingestion operation 999 Live\n"
                                 "ingestion operation 999 Preview\n"
                                 "cpp submission s1 staging\n"
                                 "graph submission 999 live\n" },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        for (int reversed = 0; reversed < 2; reversed++) {
            const char *found;
            read_bench_renew(b);
            b->net.last_first = reversed != 0;
            script_history(b);
            read_bench_read(b, rows[i].apis, DEPTH_HISTORY);
            expect_log(b, "+ contoso/a\n");
            found = history_of(b);
            if (strcmp(found, rows[i].want) != 0) {
                fail_msg("%s: found\n%sexpected\n%s", rows[i].apis, found, rows[i].want);
            }
        }
    }
}

static void workflow_that_was_cut_is_told_once(void **state)
{
    struct read_bench *b = *state;

    read_bench_cut(b, "/submissions/999/workflowdetails",
                   "{\"value\":[" OPERATION("Preview", "2022-02-01T10:00:00.0000000") ",");
    script_history(b);
    read_bench_read(b, "ingestion", DEPTH_HISTORY);
    assert_string_equal(history_of(b), "ingestion submission 1000\n"
                                       "ingestion operation 1000 Preview\n"
                                       "ingestion submission 999\n"
                                       "ingestion operation 999 Live\n"
                                       "ingestion operation 999 Preview\n");

    read_bench_renew(b);
    read_bench_cut(
        b, "/workflowdetails",
        "{\"value\":[{\"workflowSteps\":[" PUSH_STEP("Preview Creation", "Success") "]},");
    read_bench_script(b, "/workflowdetails", 200, PUSH(PUSH_STEP("Preview Creation", "Success")));
    script_rest(b);
    b->query.limit = 1;
    read_bench_read(b, "ingestion", DEPTH_STEPS);
    assert_int_equal(read_bench_offer(b, 0)->step_count, 1);
}

/* A bare draft is nothing that was done to publish the offer. */
static void draft_is_no_history(void **state)
{
    struct read_bench *b = *state;

    read_bench_script(b, "/workflowdetails", 200, "{\"value\":[]}");
    read_bench_script(b, "/submissions", 200,
                      VALUE(IN_STORE("5") "," SUBMISSION("0", "InProgress", "InDraft", "")));
    read_bench_script(b, "/products", 200, VALUE(PRODUCT("01", "a")));
    read_bench_read(b, "ingestion", DEPTH_HISTORY);
    assert_string_equal(history_of(b), "ingestion submission 5\n");
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
        CASE(product_on_two_pages_is_given_once),
        CASE(first_page_that_was_cut_is_read_again),
        CASE(product_in_two_lists_of_types_is_given_once),
        CASE(product_of_a_list_that_broke_off_is_taken_from_the_other),
        CASE(two_products_of_one_id_are_both_given_with_a_warning),
        CASE(nothing_is_given_before_all_lists_are_whole),
        CASE(broken_element_is_told_with_its_place_over_all_pages),
        CASE(only_selected_products_are_asked_about),
        CASE(addresses_below_a_product),
        CASE(product_whose_submissions_cannot_be_read_costs_itself_alone),
        CASE(submissions_come_in_pages),
        CASE(page_of_submissions_that_was_cut_counts_once),
        CASE(messages_of_a_page_that_was_cut_are_forgotten),
        CASE(what_explains_a_state_may_be_missing),
        CASE(what_explains_a_state_and_cannot_be_read_does_not_cost_it),
        CASE(steps_decide_of_what_is_under_way),
        CASE(state_that_rests_on_steps_that_cannot_be_read_is_none),
        CASE(validations_are_asked_for_a_failure_alone),
        CASE(failure_reason_stands_in_for_validations),
        CASE(unsupported_type_points_to_the_other_api),
        CASE(unsupported_type_is_silent_where_another_api_reads_it),
        CASE(product_of_an_unsupported_type_is_silent_where_another_api_reads_it),
        CASE(offers_of_one_id_become_one_without_case),
        CASE(guid_tells_two_products_of_one_id_apart),
        CASE(publisher_and_type_come_from_who_knows),
        CASE(problem_tells_which_api_it_was),
        CASE(failed_list_of_graph_is_a_problem_whatever_the_others_have),
        CASE(every_lookup_of_graph_that_failed_is_told),
        CASE(failed_list_of_another_is_a_problem),
        CASE(limit_is_for_one_api_alone),
        CASE(witness_is_asked_where_the_old_portal_leaves_it_open),
        CASE(witness_is_asked_by_ingestion_of_one_that_is_live_and_shown),
        CASE(graph_is_no_witness_of_itself),
        CASE(word_of_the_witness_is_merged),
        CASE(witness_that_has_nothing_to_say_changes_nothing),
        CASE(witness_that_cannot_be_heard_is_noted),
        CASE(witness_without_a_sign_in_is_not_asked),
        CASE(another_product_of_the_id_is_not_believed),
        CASE(each_of_many_offers_gets_its_own_word),
        CASE(answer_to_the_witness_that_was_cut_counts_once),
        CASE(history_is_newest_first_with_operations_under_their_submission),
        CASE(workflow_that_was_cut_is_told_once),
        CASE(draft_is_no_history),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_products.c - which requests a product of the two newer APIs needs, and what comes of the
 * answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/translate.h"
#include "products.h"

#include <string.h>

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
                products_script_rest(b);
                read_bench_read(b, product_apis[i], depth);
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
        read_bench_read(b, product_apis[i], DEPTH_STATE);
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
        read_bench_read(b, product_apis[i], DEPTH_STATE);
        assert_int_equal(b->problem_count, 0);
        assert_int_equal(read_bench_offer(b, 0)->state, STATE_IN_PROGRESS);
        assert_int_equal(read_bench_offer(b, 0)->live, LIVE_YES);

        read_bench_renew(b);
        read_bench_script(b, "/workflowdetails", 404, "");
        script_cut_submissions(b);
        read_bench_read(b, product_apis[i], DEPTH_HISTORY);
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
            assert_int_equal(fake_requests(&b->net, "/validations"), rows[i].failed ? 1 : 0);
            assert_int_equal(read_bench_offer(b, 0)->message_count, rows[i].failed ? 1 : 0);
            assert_int_equal(fake_requests(&b->net, "/workflowdetails"),
                             depth == DEPTH_STEPS || rows[i].under_way || rows[i].failed ? 1 : 0);
        }
    }
}

/* In a list a failed offer stands without them, with a word on each, in the same order whichever
 * comes first. */
static void extras_that_cannot_be_read_are_noted(void **state)
{
    struct read_bench *b = *state;
    const struct offer *o;

    read_bench_script(b, "/workflowdetails", 403, "");
    read_bench_script(b, "/submissions/5/validations", 403, "");
    read_bench_script(b, "/submissions", 200, VALUE(SUBMISSION("5", "InProgress", "Failed", "")));
    read_bench_script(b, "/products", 200, VALUE(PRODUCT("01", "a")));
    read_bench_read(b, "ingestion", DEPTH_STATE);
    expect_log(b, "+ contoso/a\n");
    o = read_bench_offer(b, 0);
    assert_int_equal(o->state, STATE_FAILED);
    assert_int_equal(o->note_count, 2);
    assert_string_equal(o->notes[0].text, "where it failed could not be read: HTTP 403");
    assert_string_equal(o->notes[1].text, "why it failed could not be read: HTTP 403");
    assert_true(o->notes[0].warning && o->notes[1].warning);
}

static const char *in_brackets(const char *one, const char *many, unsigned long count)
{
    static const char *const texts[][2] = {
        { "why it failed could not be read", "<why>" },
        { "%s%s%s: expected %s, found %s", "%s%s%s: <expected> %s, %s" },
        { "an array", "<array>" },
        { "a number", "<number>" },
    };

    (void)count;
    assert_null(many);
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        if (strcmp(one, texts[i][0]) == 0) {
            return texts[i][1];
        }
    }
    return one;
}

/* To people the reason is in their language as well, and English to machines. */
static void why_an_extra_is_missing_is_translated(void **state)
{
    struct read_bench *b = *state;
    const struct offer *o;

    translate_by(in_brackets);
    read_bench_script(b, "/workflowdetails", 404, "");
    read_bench_script(b, "/submissions/5/validations", 200, "{\"value\":7}");
    read_bench_script(b, "/submissions", 200, VALUE(SUBMISSION("5", "InProgress", "Failed", "")));
    read_bench_script(b, "/products", 200, VALUE(PRODUCT("01", "a")));
    read_bench_read(b, "ingestion", DEPTH_STATE);
    translate_by(NULL);
    o = read_bench_offer(b, 0);
    assert_int_equal(o->note_count, 1);
    assert_string_equal(
        o->notes[0].text,
        "why it failed could not be read: value: expected an array, found a number");
    assert_string_equal(o->notes[0].local_text, "<why>: value: <expected> <array>, <number>");
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
        products_query_ids(b, ids, rows[i].id_count);
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
        products_query_ids(b, ids, rows[i].id_count);
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
    products_script_rest(b);
    read_bench_read(b, "ingestion graph", DEPTH_STATE);
    expect_log(b, "+ contoso/a\n+ contoso/b\n+ contoso/c\n");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, read_bench_set_up, read_bench_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
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
        CASE(extras_that_cannot_be_read_are_noted),
        CASE(why_an_extra_is_missing_is_translated),
        CASE(failure_reason_stands_in_for_validations),
        CASE(unsupported_type_points_to_the_other_api),
        CASE(unsupported_type_is_silent_where_another_api_reads_it),
        CASE(product_of_an_unsupported_type_is_silent_where_another_api_reads_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

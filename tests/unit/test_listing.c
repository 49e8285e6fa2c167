/* test_listing.c - one list while it comes: broken elements, a list that breaks off, the account's
 * publishers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cpp_bench.h"

#include <stdlib.h>
#include <string.h>

/* The list alone. */

static void quick_read_is_one_request_and_provisional(void **state)
{
    static const struct {
        const char *status, *state, *basis;
    } rows[] = {
        { "neverPublished", "none", "documented" },
        { "waitingForPublisherReview", "pending_signoff", "documented" },
        { "failed", "failed", "documented" },
        { "running", "in_progress", "provisional" },
        { "canceled", "canceled", "provisional" },
        { "succeeded", "none", "provisional" },
        { "published", "none", "provisional" },
    };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct offer *o;
        cpp_bench_renew(b);
        cpp_bench_script_offer(b, rows[i].status, 200, 200, "[]", "");
        cpp_bench_read(b, DEPTH_LIST);
        assert_int_equal(b->net.request_count, 1);
        cpp_bench_expect_log(b, "+ contoso/o\n");
        o = cpp_bench_offer(b, 0);
        if (strcmp(state_token(o->state), rows[i].state) != 0 ||
            strcmp(basis_token(o->basis), rows[i].basis) != 0) {
            fail_msg("%s: %s %s", rows[i].status, state_token(o->state), basis_token(o->basis));
        }
        assert_false(o->steps_known);
        assert_true(strcmp(rows[i].status, "neverPublished") == 0 || o->live == LIVE_UNKNOWN);
    }
}

static void list_is_read_wherever_the_network_cuts_it(void **state)
{
    static const char body[] = "[" OFFER("a", "failed") "," OFFER("b", "running") "\r\n, " OFFER(
        "c", "\\u0073ucceeded") "]";
    struct cpp_bench *b = *state;

    for (size_t piece = 1; piece < sizeof(body); piece++) {
        for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
            cpp_bench_renew(b);
            fake_answer(&b->net,
                        (struct fake_answer){
                            .path = "/offers?", .status = 200, .body = body, .piece = piece });
            cpp_bench_script(b, "/status?", 200, STATUS);
            cpp_bench_script(b, "/slot/", 200, "{\"id\":\"o\"}");
            cpp_bench_read(b, depth);
            cpp_bench_expect_log(b, "+ contoso/a\n+ contoso/b\n+ contoso/c\n");
            assert_string_equal(cpp_bench_offer(b, 2)->raw_status, "succeeded");
        }
    }
}

static void empty_list_is_fine(void **state)
{
    struct cpp_bench *b = *state;

    cpp_bench_script(b, "/offers?", 200, "[]");
    cpp_bench_read(b, DEPTH_STATE);
    assert_int_equal(b->rc, 0);
    cpp_bench_expect_log(b, "");
    assert_int_equal(b->net.request_count, 1);
}

/* Elements and offers that fail. */

static void broken_element_among_good_ones_is_told_with_its_place(void **state)
{
    static const struct {
        const char *element, *want;
    } rows[] = {
        { "{}",
          "! contoso/- answer: offers of contoso: element [1]: expected an offer, found an object "
          "without its members\n" },
        { "7", "! contoso/- answer: offers of contoso: element [1]: expected an object, found a "
               "number\n" },
        { "null", "! contoso/- answer: offers of contoso: element [1]: expected an object, found "
                  "null\n" },
        { "{\"id\":\"x\",\"status\":9}",
          "! contoso/x answer: offers of contoso: element [1], offer "
          "x: status: expected text, found a number\n" },
    };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
            const char *body = NULL;
            cpp_bench_renew(b);
            body = cpp_bench_text(b, "[" OFFER("a", "failed") ",%s," OFFER("c", "failed") "]",
                                  rows[i].element);
            cpp_bench_script(b, "/offers?", 200, body);
            cpp_bench_script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
            cpp_bench_read(b, depth);
            assert_int_equal(b->rc, 0);
            assert_int_equal(b->offers.count, 2);
            assert_string_equal(cpp_bench_offer(b, 0)->id, "a");
            assert_string_equal(cpp_bench_offer(b, 1)->id, "c");
            assert_int_equal(b->problem_calls, 1);
            if (strstr(strbuf_text(&b->log), rows[i].want) == NULL) {
                fail_msg("%s: %s", rows[i].element, strbuf_text(&b->log));
            }
        }
    }
}

static void element_that_is_not_json_is_told_with_its_place(void **state)
{
    static const char *const elements[] = {
        "{\"id\":\"b\" \"status\":1}",
        "{\"id\":007}",
        "{\"id\":\"\x01\"}",
        "{\"id\":\"\\x\"}",
        "{id:1}",
        "1 2",
        "undefined",
        "\xEF\xBB\xBF{}",
    };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++) {
        cpp_bench_renew(b);
        cpp_bench_script(b, "/offers?", 200,
                         cpp_bench_text(b, "[" OFFER("a", "failed") ",%s," OFFER("c", "failed") "]",
                                        elements[i]));
        cpp_bench_read(b, DEPTH_LIST);
        assert_int_equal(b->rc, 0);
        assert_int_equal(b->offers.count, 2);
        assert_int_equal(b->problem_calls, 1);
        assert_non_null(
            strstr(strbuf_text(&b->log), "! contoso/- answer: offers of contoso: element [1]: "));
    }
}

static void lone_surrogates_and_bad_bytes_do_not_cost_an_offer(void **state)
{
    struct cpp_bench *b = *state;

    cpp_bench_script(
        b, "/offers?", 200,
        "[{\"id\":\"a\",\"status\":\"failed\",\"definition\":{\"displayText\":\"x\\ud800y\"}},"
        "{\"id\":\"b\",\"status\":\"failed\",\"definition\":{\"displayText\":\"x\\u0000y\"}},"
        "{\"id\":\"c\",\"status\":\"failed\",\"definition\":{\"displayText\":\"x\xFFy\"}},"
        "{\"id\":\"d\",\"status\":\"failed\",\"version\":636576975611768314}]");
    cpp_bench_read(b, DEPTH_LIST);
    assert_int_equal(b->problem_calls, 0);
    assert_int_equal(b->offers.count, 4);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(cpp_bench_offer(b, i)->name, "x\xEF\xBF\xBDy");
    }
    assert_string_equal(cpp_bench_offer(b, 3)->version, "636576975611768314");
}

static void many_broken_elements_are_counted_in_the_end(void **state)
{
    struct cpp_bench *b = *state;
    struct strbuf body = STRBUF_INIT(65536);

    strbuf_puts(&body, "[");
    for (int i = 0; i < 1000; i++) {
        strbuf_puts(&body, "7,");
    }
    strbuf_puts(&body, OFFER("a", "failed") "]");
    cpp_bench_script(b, "/offers?", 200, strbuf_text(&body));
    cpp_bench_read(b, DEPTH_LIST);
    assert_int_equal(b->offers.count, 1);
    assert_in_range(b->problem_calls, 2, 200);
    assert_non_null(strstr(strbuf_text(&b->log), "element [0]"));
    assert_non_null(strstr(strbuf_text(&b->log),
                           cpp_bench_text(b, "%zu more", (size_t)1000 - (b->problem_calls - 1))));
    strbuf_clear(&body);
}

/* Lists that fail. */

static void unknown_publisher_is_not_found_and_the_others_are_read(void **state)
{
    static const char *const publishers[] = { "contoso", "misspelt", "alpha" };
    struct cpp_bench *b = *state;

    for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
        cpp_bench_renew(b);
        cpp_bench_script(b, "/contoso/offers?", 200, "[" OFFER("a", "neverPublished") "]");
        fake_answer(&b->net, (struct fake_answer){ .path = "/misspelt/offers?",
                                                   .status = 404,
                                                   .request_id = "id-5" });
        cpp_bench_script(b, "/alpha/offers?", 200,
                         "[{\"id\":\"c\",\"status\":\"neverPublished\"}]");
        cpp_bench_read_publishers(b, depth, publishers, 3);
        assert_int_equal(b->rc, 0);
        assert_int_equal(b->offers.count, 2);
        assert_int_equal(b->problem_calls, 1);
        assert_non_null(strstr(strbuf_text(&b->log),
                               "! misspelt/- not_found: no publisher \"misspelt\": HTTP 404\n"));
        assert_string_equal(b->request_id, "id-5");
        assert_int_equal(fake_requests(&b->net, "misspelt"), 1);
    }
}

static void list_that_cannot_be_had_is_told(void **state)
{
    static const struct {
        struct fake_answer answer;
        const char *want;
        size_t requests;
    } rows[] = {
        { { .status = 401 }, "! contoso/- auth: offers of contoso: HTTP 401\n", 1 },
        { { .status = 403,
            .body = "{\"error\":{\"code\":\"Forbidden\",\"message\":\"No user of it\"}}" },
          "! contoso/- auth: offers of contoso: HTTP 403: Forbidden: No user of it\n",
          1 },
        { { .status = 400 }, "! contoso/- answer: offers of contoso: HTTP 400\n", 1 },
        { { .status = 503 }, "! contoso/- service: offers of contoso: HTTP 503 (5 tries in ", 5 },
        { { .result = TRANSPORT_CONNECT },
          "! contoso/- service: offers of contoso: scripted failure (5 tries in ",
          5 },
        { { .result = TRANSPORT_TLS },
          "! contoso/- service: offers of contoso: no secure connection: ",
          1 },
        { { .status = 200, .body = "<html>Sign in</html>" },
          "! contoso/- answer: offers of contoso: expected JSON, found HTML",
          1 },
        { { .status = 200, .body = "" },
          "! contoso/- answer: offers of contoso: the answer is empty\n",
          1 },
        { { .status = 200, .body = "\xEF\xBB\xBF" },
          "! contoso/- answer: offers of contoso: the answer is empty\n",
          1 },
        { { .status = 200, .body = "null" }, "! contoso/- answer: offers of contoso: ", 1 },
        { { .status = 302, .location = "https://login.example/" },
          "! contoso/- answer: offers of contoso: HTTP 302: points to a different origin",
          1 },
    };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
            struct fake_answer answer = rows[i].answer;
            cpp_bench_renew(b);
            answer.path = "/offers?";
            fake_answer(&b->net, answer);
            cpp_bench_read(b, depth);
            assert_int_equal(b->rc, 0);
            assert_int_equal(b->offers.count, 0);
            assert_int_equal(b->net.request_count, rows[i].requests);
            if (strncmp(strbuf_text(&b->log), rows[i].want, strlen(rows[i].want)) != 0) {
                fail_msg("row %zu: found\n%sexpected\n%s", i, strbuf_text(&b->log), rows[i].want);
            }
        }
    }
}

static void list_that_breaks_off_is_taken_back_and_read_again(void **state)
{
    struct cpp_bench *b = *state;

    fake_answer(&b->net, (struct fake_answer){ .path = "/offers?",
                                               .status = 200,
                                               .result = TRANSPORT_CUT,
                                               .body = "[" OFFER("a", "failed") ",7," OFFER(
                                                   "b", "failed") ",{\"id\":",
                                               .times = 2 });
    cpp_bench_script(
        b, "/offers?", 200,
        "[" OFFER("a", "failed") "," OFFER("b", "failed") "," OFFER("c", "failed") "]");
    cpp_bench_read(b, DEPTH_LIST);
    assert_int_equal(b->rc, 0);
    cpp_bench_expect_log(b, "+ contoso/a\n+ contoso/b\nforget\n+ contoso/a\n+ contoso/b\nforget\n"
                            "+ contoso/a\n+ contoso/b\n+ contoso/c\n");
    assert_int_equal(b->offers.count, 3);
}

static void offer_that_is_not_selected_holds_none_back(void **state)
{
    static const char *const argument[] = { "b" };
    struct cpp_bench *b = *state;

    cpp_bench_choose(b, SELECT_EXACT, argument, 1);
    fake_answer(&b->net,
                (struct fake_answer){ .path = "/offers?",
                                      .status = 200,
                                      .result = TRANSPORT_CUT,
                                      .body = "[" OFFER("a", "failed") "," OFFER("b", "failed") ",",
                                      .times = 1 });
    cpp_bench_script(b, "/offers?", 200, "[" OFFER("a", "failed") "," OFFER("b", "failed") "]");
    cpp_bench_read(b, DEPTH_LIST);
    cpp_bench_expect_log(b, "+ contoso/b\nforget\n+ contoso/b\n");
}

static void list_that_breaks_off_after_lines_were_written_is_not_read_again(void **state)
{
    struct cpp_bench *b = *state;

    b->written = true;
    fake_answer(&b->net,
                (struct fake_answer){ .path = "/offers?",
                                      .status = 200,
                                      .result = TRANSPORT_CUT,
                                      .body = "[" OFFER("a", "failed") "," OFFER("b", "fail") });
    cpp_bench_read(b, DEPTH_LIST);
    assert_int_equal(b->rc, 0);
    assert_int_equal(b->net.request_count, 1);
    assert_int_equal(b->problem_calls, 1);
    assert_memory_equal(strbuf_text(&b->log), "+ contoso/a\nforget\n! contoso/- answer: ", 38);
    assert_non_null(strstr(strbuf_text(&b->log), "broke off"));
}

static void list_that_breaks_off_before_anything_was_given_is_read_again(void **state)
{
    struct cpp_bench *b = *state;

    b->written = true; /* nothing was, so it is not even asked */
    fake_answer(&b->net, (struct fake_answer){ .path = "/offers?",
                                               .status = 200,
                                               .result = TRANSPORT_CUT,
                                               .body = "[{\"id\":",
                                               .times = 1 });
    cpp_bench_script(b, "/offers?", 200, "[" OFFER("a", "failed") "]");
    cpp_bench_read(b, DEPTH_LIST);
    cpp_bench_expect_log(b, "+ contoso/a\n");
}

static void list_that_never_comes_whole_gives_what_came(void **state)
{
    static const struct {
        enum transport_result result;
        size_t requests;
        const char *want;
    } rows[] = {
        { TRANSPORT_CUT, 5, "answer: offers of contoso: the answer broke off after " },
        { TRANSPORT_TIMEOUT, 5, "service: offers of contoso: " },
        { TRANSPORT_OK, 1, "answer: offers of contoso: the answer ends in the middle, after 1 " },
    };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STEPS; depth++) {
            cpp_bench_renew(b);
            fake_answer(&b->net, (struct fake_answer){ .path = "/offers?",
                                                       .status = 200,
                                                       .result = rows[i].result,
                                                       .body = "[" OFFER("a", "failed") ",7" });
            cpp_bench_script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
            cpp_bench_script(b, "/status?", 200, "{\"status\":\"failed\",\"steps\":[]}");
            cpp_bench_read(b, depth);
            assert_int_equal(b->rc, 0);
            assert_int_equal(b->offers.count, 1);
            assert_string_equal(cpp_bench_offer(b, 0)->id, "a");
            assert_int_equal(b->problem_calls, 1);
            assert_int_equal(fake_requests(&b->net, "/offers?"), rows[i].requests);
            if (strstr(strbuf_text(&b->log), rows[i].want) == NULL) {
                fail_msg("row %zu, depth %d: %s", i, (int)depth, strbuf_text(&b->log));
            }
        }
    }
}

static void broken_list_asks_nothing_about_its_offers(void **state)
{
    struct cpp_bench *b = *state;

    fake_answer(&b->net,
                (struct fake_answer){ .path = "/offers?",
                                      .status = 200,
                                      .result = TRANSPORT_CUT,
                                      .body = "[" OFFER("a", "waitingForPublisherReview") "," OFFER(
                                          "b", "waitingForPublisherReview") ",",
                                      .times = 1 });
    cpp_bench_script(b, "/offers?", 200, "[" OFFER("b", "waitingForPublisherReview") "]");
    cpp_bench_script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
    cpp_bench_read(b, DEPTH_STATE);
    cpp_bench_expect_log(b, "+ contoso/b\n");
    assert_int_equal(b->net.request_count, 3);
    assert_int_equal(b->total, 1);
}

static void second_list_that_breaks_off_costs_the_first_nothing(void **state)
{
    static const char *const publishers[] = { "contoso", "alpha" };
    struct cpp_bench *b = *state;

    for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STEPS; depth++) {
        cpp_bench_renew(b);
        cpp_bench_script(b, "/contoso/offers?", 200, "[" OFFER("a", "failed") "]");
        fake_answer(&b->net, (struct fake_answer){ .path = "/alpha/offers?",
                                                   .status = 200,
                                                   .result = TRANSPORT_CUT,
                                                   .body = "[{\"id\":\"x\"},{" });
        cpp_bench_script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
        cpp_bench_script(b, "/status?", 200, STATUS);
        cpp_bench_read_publishers(b, depth, publishers, 2);
        assert_int_equal(b->rc, 0);
        assert_int_equal(b->offers.count, 2); /* x had come whole */
        assert_int_equal(b->problem_calls, 1);
        assert_null(strstr(strbuf_text(&b->log), "forget"));
        assert_non_null(strstr(strbuf_text(&b->log), "! alpha/- answer: offers of alpha: "));
    }
}

static void element_over_its_limit_ends_the_list(void **state)
{
    const size_t size = (size_t)1024 * 1024;
    struct cpp_bench *b = *state;
    char *body = calloc(1, size + 256);

    assert_non_null(body);
    strcpy(body, "[" OFFER("a", "failed") ",{\"id\":\"");
    memset(body + strlen(body), 'x', size);
    strcat(body, "\"}]");
    fake_answer(&b->net, (struct fake_answer){
                             .path = "/offers?", .status = 200, .body = body, .piece = 16384 });
    cpp_bench_script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
    cpp_bench_script(b, "/status?", 200, "{\"status\":\"failed\",\"steps\":[]}");
    cpp_bench_read(b, DEPTH_STATE);
    assert_int_equal(b->rc, 0);
    cpp_bench_expect_log(
        b, "! contoso/- answer: offers of contoso: element [1] is larger than 1024 KiB\n"
           "+ contoso/a\n");
    assert_int_equal(fake_requests(&b->net, "/offers?"), 1);
    free(body);
}

/* The account's publishers. */

static void without_a_publisher_those_of_the_account_are_read(void **state)
{
    struct cpp_bench *b = *state;

    for (int last_first = 0; last_first < 2; last_first++) {
        cpp_bench_renew(b);
        b->net.last_first = last_first != 0;
        cpp_bench_script(b, "/api/publishers?", 200, "[{\"id\":\"zeta\"},{\"id\":\"alpha\"}]");
        cpp_bench_script(b, "/zeta/offers?", 200,
                         "[{\"id\":\"z\",\"status\":\"waitingForPublisherReview\"}]");
        cpp_bench_script(b, "/alpha/offers?", 200,
                         "[{\"id\":\"a\",\"status\":\"waitingForPublisherReview\"}]");
        cpp_bench_script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
        cpp_bench_read_publishers(b, DEPTH_STATE, NULL, 0);
        assert_int_equal(b->rc, 0);
        cpp_bench_expect_log(b, "+ zeta/z\n+ alpha/a\n");
        assert_int_equal(b->net.request_count, 5);
        assert_string_equal(b->net.urls[0], ENDPOINT "/api/publishers" VERSION);
    }
}

static void account_without_publishers_gives_nothing(void **state)
{
    struct cpp_bench *b = *state;

    cpp_bench_script(b, "/api/publishers?", 200, "[]");
    cpp_bench_read_publishers(b, DEPTH_STATE, NULL, 0);
    assert_int_equal(b->rc, 0);
    cpp_bench_expect_log(b, "");
    assert_int_equal(b->net.request_count, 1);
}

static void account_that_may_not_list_publishers_is_told(void **state)
{
    struct cpp_bench *b = *state;

    fake_answer(&b->net, (struct fake_answer){
                             .path = "/api/publishers?", .status = 403, .request_id = "id-6" });
    cpp_bench_read_publishers(b, DEPTH_STATE, NULL, 0);
    assert_int_equal(b->rc, 0);
    cpp_bench_expect_log(b, "! -/- auth: publishers of this account: HTTP 403\n");
    assert_string_equal(b->request_id, "id-6");
}

static void broken_publisher_costs_its_own_offers_only(void **state)
{
    struct cpp_bench *b = *state;

    cpp_bench_script(b, "/api/publishers?", 200, "[{},{\"id\":\"alpha\"}]");
    cpp_bench_script(b, "/alpha/offers?", 200, "[{\"id\":\"a\",\"status\":\"neverPublished\"}]");
    cpp_bench_read_publishers(b, DEPTH_STATE, NULL, 0);
    cpp_bench_expect_log(
        b,
        "! -/- answer: publishers: element [0]: expected a publisher, found an object without its "
        "members\n+ alpha/a\n");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, cpp_bench_set_up, cpp_bench_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(quick_read_is_one_request_and_provisional),
        CASE(list_is_read_wherever_the_network_cuts_it),
        CASE(empty_list_is_fine),
        CASE(broken_element_among_good_ones_is_told_with_its_place),
        CASE(element_that_is_not_json_is_told_with_its_place),
        CASE(lone_surrogates_and_bad_bytes_do_not_cost_an_offer),
        CASE(many_broken_elements_are_counted_in_the_end),
        CASE(unknown_publisher_is_not_found_and_the_others_are_read),
        CASE(list_that_cannot_be_had_is_told),
        CASE(list_that_breaks_off_is_taken_back_and_read_again),
        CASE(offer_that_is_not_selected_holds_none_back),
        CASE(list_that_breaks_off_after_lines_were_written_is_not_read_again),
        CASE(list_that_breaks_off_before_anything_was_given_is_read_again),
        CASE(list_that_never_comes_whole_gives_what_came),
        CASE(broken_list_asks_nothing_about_its_offers),
        CASE(second_list_that_breaks_off_costs_the_first_nothing),
        CASE(element_over_its_limit_ends_the_list),
        CASE(without_a_publisher_those_of_the_account_are_read),
        CASE(account_without_publishers_gives_nothing),
        CASE(account_that_may_not_list_publishers_is_told),
        CASE(broken_publisher_costs_its_own_offers_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

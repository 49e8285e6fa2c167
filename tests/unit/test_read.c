/* test_read.c - in which order a read gives its offers, which it selects, and what ends it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cpp_bench.h"

#include <stdio.h>
#include <string.h>

/* Order. */

static void order_of_the_list_is_kept_however_answers_come(void **state)
{
    struct cpp_bench *b = *state;

    for (int last_first = 0; last_first < 2; last_first++) {
        for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STEPS; depth++) {
            cpp_bench_renew(b);
            b->net.last_first = last_first != 0;
            cpp_bench_script(
                b, "/offers?", 200,
                "[" OFFER("a", "succeeded") "," OFFER("b", "running") "," OFFER(
                    "c", "neverPublished") "," OFFER("d", "failed") "," OFFER("e",
                                                                              "hibernating") "]");
            fake_answer(&b->net,
                        (struct fake_answer){ .path = "/b/status?", .status = 503, .times = 2 });
            cpp_bench_script(b, "/status?", 200, STATUS);
            cpp_bench_script(b, "/slot/production?", 404, "");
            cpp_bench_script(b, "/slot/preview?", 404, "");
            cpp_bench_script(b, "/submissions/?", 200, "[]");
            cpp_bench_read(b, depth);
            assert_int_equal(b->rc, 0);
            cpp_bench_expect_log(
                b, "+ contoso/a\n+ contoso/b\n+ contoso/c\n+ contoso/d\n+ contoso/e\n");
        }
    }
}

static void publishers_come_in_the_order_asked_for(void **state)
{
    static const char *const publishers[] = { "zeta", "contoso", "alpha" };
    struct cpp_bench *b = *state;

    for (int last_first = 0; last_first < 2; last_first++) {
        for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STEPS; depth++) {
            cpp_bench_renew(b);
            b->net.last_first = last_first != 0;
            cpp_bench_script(
                b, "/zeta/offers?", 200,
                "[{\"id\":\"z1\",\"status\":\"failed\"},{\"id\":\"z2\",\"status\":\"failed\"}]");
            cpp_bench_script(b, "/contoso/offers?", 200, "[]");
            cpp_bench_script(b, "/alpha/offers?", 200,
                             "[{\"id\":\"a1\",\"status\":\"neverPublished\"}]");
            cpp_bench_script(b, "/status?", 200, STATUS);
            cpp_bench_script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
            cpp_bench_read_publishers(b, depth, publishers, 3);
            cpp_bench_expect_log(b, "+ zeta/z1\n+ zeta/z2\n+ alpha/a1\n");
            assert_string_equal(b->net.urls[0], ENDPOINT "/api/publishers/zeta/offers" VERSION);
            assert_string_equal(b->net.urls[1], OFFERS VERSION);
            assert_string_equal(b->net.urls[2], ENDPOINT "/api/publishers/alpha/offers" VERSION);
            assert_int_equal(fake_requests(&b->net, "/api/publishers?"), 0);
        }
    }
}

static void waiting_first_list_holds_back_the_others_offers_only(void **state)
{
    static const char *const publishers[] = { "zeta", "alpha" };
    struct cpp_bench *b = *state;

    fake_answer(&b->net,
                (struct fake_answer){
                    .path = "/zeta/offers?", .status = 503, .retry_after = "60", .times = 1 });
    cpp_bench_script(b, "/zeta/offers?", 200,
                     "[{\"id\":\"z\",\"status\":\"waitingForPublisherReview\"}]");
    cpp_bench_script(b, "/alpha/offers?", 200,
                     "[{\"id\":\"a\",\"status\":\"waitingForPublisherReview\"}]");
    cpp_bench_script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
    cpp_bench_read_publishers(b, DEPTH_STATE, publishers, 2);
    cpp_bench_expect_log(b, "+ zeta/z\n+ alpha/a\n");
    /* alpha's offer was asked about before zeta's list came at last */
    assert_non_null(strstr(b->net.urls[2], "/alpha/offers/a/slot/"));
    assert_non_null(strstr(b->net.urls[3], "/zeta/offers?"));
}

static void offers_are_read_side_by_side(void **state)
{
    static const char *const want[] = {
        "/offers?",         "/a/slot/production?", "/b/slot/production?", "/c/slot/production?",
        "/a/slot/preview?", "/b/slot/preview?",    "/c/slot/preview?"
    };
    struct cpp_bench *b = *state;

    cpp_bench_script(
        b, "/offers?", 200,
        "[" OFFER("a", "waitingForPublisherReview") "," OFFER(
            "b", "waitingForPublisherReview") "," OFFER("c", "waitingForPublisherReview") "]");
    cpp_bench_script(b, "/slot/production?", 404, "");
    cpp_bench_script(b, "/slot/preview?", 200, "{\"id\":\"o\"}");
    cpp_bench_read(b, DEPTH_STATE);
    cpp_bench_expect_log(b, "+ contoso/a\n+ contoso/b\n+ contoso/c\n");
    assert_int_equal(b->net.request_count, sizeof(want) / sizeof(want[0]));
    for (size_t i = 0; i < b->net.request_count; i++) {
        assert_non_null(strstr(b->net.urls[i], want[i]));
    }
}

/* Many offers, of which the fake transport records only the first requests. */
static void long_list_keeps_its_order(void **state)
{
    enum { COUNT = 1500 };
    static const char *const statuses[] = { "neverPublished", "failed", "running" };
    struct cpp_bench *b = *state;
    struct strbuf body = STRBUF_INIT((size_t)1024 * 1024), want = STRBUF_INIT((size_t)1024 * 1024);

    for (int i = 0; i < COUNT; i++) {
        strbuf_printf(&body, "%s{\"id\":\"o%d\",\"status\":\"%s\"}", i > 0 ? "," : "[", i,
                      statuses[i % 3]);
        strbuf_printf(&want, "+ contoso/o%d\n", i);
    }
    strbuf_puts(&body, "]");
    cpp_bench_script(b, "/offers?", 200, strbuf_text(&body));
    cpp_bench_script(b, "/status?", 200, STATUS);
    cpp_bench_script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
    cpp_bench_read(b, DEPTH_STATE);
    assert_int_equal(b->rc, 0);
    cpp_bench_expect_log(b, strbuf_text(&want));
    assert_int_equal(b->progress_calls, COUNT);
    assert_int_equal(b->total, COUNT);
    strbuf_clear(&body);
    strbuf_clear(&want);
}

/* What needs no request makes room for the next at once: no answer comes that would go on. */
static void long_list_without_a_request_is_read(void **state)
{
    enum { COUNT = 1500 };
    struct cpp_bench *b = *state;
    struct strbuf body = STRBUF_INIT((size_t)1024 * 1024);

    for (int i = 0; i < COUNT; i++) {
        strbuf_printf(&body, "%s{\"id\":\"o%d\",\"status\":\"neverPublished\"}", i > 0 ? "," : "[",
                      i);
    }
    strbuf_puts(&body, "]");
    cpp_bench_script(b, "/offers?", 200, strbuf_text(&body));
    cpp_bench_read(b, DEPTH_STATE);
    assert_int_equal(b->rc, 0);
    assert_int_equal(b->offers.count, COUNT);
    strbuf_clear(&body);
}

static void progress_ends_with_everything_done(void **state)
{
    static const char *const publishers[] = { "contoso", "alpha" };
    struct cpp_bench *b = *state;

    cpp_bench_script(b, "/contoso/offers?", 200,
                     "[" OFFER("a", "failed") "," OFFER("b", "failed") "]");
    cpp_bench_script(b, "/alpha/offers?", 200, "[" OFFER("c", "failed") ",7]");
    cpp_bench_script(b, "/a/slot/production?", 403, "");
    cpp_bench_script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
    cpp_bench_read_publishers(b, DEPTH_STATE, publishers, 2);
    assert_int_equal(b->progress_calls, 3);
    assert_int_equal(b->finished, 3);
    assert_int_equal(b->total, 3);
}

/* Selection. */

static void only_selected_offers_are_asked_about(void **state)
{
    static const struct {
        enum select_mode mode;
        const char *argument, *want;
    } rows[] = {
        { SELECT_EXACT, "vm-1", "+ contoso/vm-1\n" },
        { SELECT_EXACT, "VM-1", "+ contoso/vm-1\n" },
        { SELECT_EXACT, "contoso/vm-2", "+ contoso/vm-2\n" },
        { SELECT_EXACT, "other/vm-2", "" },
        { SELECT_EXACT, "vm-*", "+ contoso/vm-1\n+ contoso/vm-2\n" },
        { SELECT_EXACT, "vm", "" },
        { SELECT_PATTERN, "vm", "+ contoso/vm-1\n+ contoso/vm-2\n" },
        { SELECT_EXACT, "Second machine", "+ contoso/vm-2\n" },
        { SELECT_EXACT, "no such", "" },
    };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
            size_t offers = strlen(rows[i].want) / strlen("+ contoso/vm-1\n");
            cpp_bench_renew(b);
            cpp_bench_choose(b, rows[i].mode, &rows[i].argument, 1);
            cpp_bench_script(b, "/offers?", 200,
                             "[" NAMED("vm-1", "First machine") "," NAMED(
                                 "vm-2", "Second machine") "," NAMED("app", "App") "]");
            cpp_bench_script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
            cpp_bench_read(b, depth);
            cpp_bench_expect_log(b, rows[i].want);
            assert_int_equal(b->net.request_count, depth == DEPTH_LIST ? 1 : 1 + offers);
            assert_int_equal(b->total, depth == DEPTH_LIST ? b->total : offers);
        }
    }
}

static void offer_selected_by_name_keeps_its_place(void **state)
{
    static const char *const arguments[] = { "c", "The B", "a" };
    struct cpp_bench *b = *state;

    for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
        cpp_bench_renew(b);
        cpp_bench_choose(b, SELECT_EXACT, arguments, 3);
        cpp_bench_script(
            b, "/offers?", 200,
            "[" NAMED("a", "The A") "," NAMED("b", "The B") "," NAMED("c", "The C") "]");
        cpp_bench_script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
        cpp_bench_read(b, depth);
        cpp_bench_expect_log(b, "+ contoso/a\n+ contoso/b\n+ contoso/c\n");
    }
}

static void name_that_is_not_unique_selects_nothing(void **state)
{
    static const char *const publishers[] = { "contoso", "alpha" };
    static const char *const argument[] = { "Machine" };
    struct cpp_bench *b = *state;

    for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
        struct error missing = ERROR_INIT;
        cpp_bench_renew(b);
        cpp_bench_choose(b, SELECT_EXACT, argument, 1);
        cpp_bench_script(b, "/contoso/offers?", 200, "[" NAMED("a", "Machine") "]");
        cpp_bench_script(b, "/alpha/offers?", 200,
                         "[" NAMED("a", "machine") "," NAMED("b", "Other") "]");
        cpp_bench_read_publishers(b, depth, publishers, 2);
        cpp_bench_expect_log(b, "");
        assert_int_equal(b->rc, 0);
        assert_int_equal(b->net.request_count, 2);
        assert_true(selection_missing(&b->selection, 0, &missing));
        assert_int_equal(missing.code, ERR_NOT_FOUND);
    }
}

static void name_is_as_unique_in_a_list_that_is_read_again(void **state)
{
    static const char *const argument[] = { "Machine" };
    struct cpp_bench *b = *state;

    for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
        struct error missing = ERROR_INIT;
        cpp_bench_renew(b);
        cpp_bench_choose(b, SELECT_EXACT, argument, 1);
        fake_answer(&b->net, (struct fake_answer){ .path = "/offers?",
                                                   .status = 200,
                                                   .result = TRANSPORT_CUT,
                                                   .body = "[" NAMED("a", "Machine") ",",
                                                   .times = 1 });
        cpp_bench_script(b, "/offers?", 200, "[" NAMED("a", "Machine") "]");
        cpp_bench_script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
        cpp_bench_read(b, depth);
        cpp_bench_expect_log(b, "+ contoso/a\n");
        assert_false(selection_missing(&b->selection, 0, &missing));
    }
}

static void name_is_decided_when_every_list_was_read(void **state)
{
    static const char *const publishers[] = { "contoso", "alpha", "misspelt" };
    static const char *const argument[] = { "Machine" };
    struct cpp_bench *b = *state;

    for (int last_first = 0; last_first < 2; last_first++) {
        for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
            cpp_bench_renew(b);
            b->net.last_first = last_first != 0;
            cpp_bench_choose(b, SELECT_EXACT, argument, 1);
            cpp_bench_script(b, "/contoso/offers?", 200, "[" NAMED("a", "Other") "]");
            cpp_bench_script(b, "/alpha/offers?", 200,
                             "[" NAMED("b", "Machine") "," NAMED("c", "x") "]");
            cpp_bench_script(b, "/misspelt/offers?", 404, "");
            cpp_bench_script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
            cpp_bench_read_publishers(b, depth, publishers, 3);
            assert_int_equal(b->offers.count, 1);
            assert_string_equal(cpp_bench_offer(b, 0)->id, "b");
            assert_int_equal(b->problem_calls, 1);
            assert_int_equal(fake_requests(&b->net, "/slot/"), depth == DEPTH_LIST ? 0 : 1);
        }
    }
}

/* Also of those publishers that have yet to be asked for. */
static void name_is_decided_when_the_list_of_every_publisher_was_read(void **state)
{
    static const char *const argument[] = { "Machine" };
    struct cpp_bench *b = *state;

    cpp_bench_choose(b, SELECT_EXACT, argument, 1);
    cpp_bench_script(b, "/api/publishers?", 200, "[{\"id\":\"contoso\"},{\"id\":\"alpha\"}]");
    cpp_bench_script(b, "/contoso/offers?", 200, "[" NAMED("a", "Other") "]");
    cpp_bench_script(b, "/alpha/offers?", 200, "[" NAMED("b", "Machine") "]");
    cpp_bench_read_publishers(b, DEPTH_LIST, NULL, 0);
    cpp_bench_expect_log(b, "+ alpha/b\n");
}

/* One API alone: offers of two publishers are two, whatever their ids. */
static void name_that_is_not_unique_selects_no_offer_of_a_selected_id(void **state)
{
    static const char *const publishers[] = { "contoso", "alpha" };
    static const char *const arguments[] = { "Twin", "alpha/a" };
    struct cpp_bench *b = *state;

    cpp_bench_choose(b, SELECT_EXACT, arguments, 2);
    cpp_bench_script(b, "/contoso/offers?", 200, "[" NAMED("a", "Twin") "," NAMED("b", "Twin") "]");
    cpp_bench_script(b, "/alpha/offers?", 200, "[" NAMED("a", "Other") "]");
    cpp_bench_read_publishers(b, DEPTH_LIST, publishers, 2);
    cpp_bench_expect_log(b, "+ alpha/a\n");
}

static void id_wins_over_the_name_of_another_offer(void **state)
{
    static const char *const argument[] = { "machine" };
    struct cpp_bench *b = *state;

    for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
        cpp_bench_renew(b);
        cpp_bench_choose(b, SELECT_EXACT, argument, 1);
        cpp_bench_script(b, "/offers?", 200,
                         "[" NAMED("a", "Machine") "," NAMED("machine", "Other") "]");
        cpp_bench_script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
        cpp_bench_read(b, depth);
        cpp_bench_expect_log(b, "+ contoso/machine\n");
    }
}

/* The end of a read. */

static void sink_that_fails_ends_the_read(void **state)
{
    static const char *const publishers[] = { "contoso", "alpha" };
    struct cpp_bench *b = *state;

    for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STEPS; depth++) {
        cpp_bench_renew(b);
        b->fail_offer = 2;
        cpp_bench_script(
            b, "/contoso/offers?", 200,
            "[" OFFER("a", "failed") "," OFFER("b", "failed") "," OFFER("c", "failed") "]");
        cpp_bench_script(b, "/alpha/offers?", 200, "[{\"id\":\"z\",\"status\":\"failed\"}]");
        cpp_bench_script(b, "/status?", 200, STATUS);
        cpp_bench_script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
        cpp_bench_read_publishers(b, depth, publishers, 2);
        assert_int_equal(b->rc, -1);
        assert_int_equal(b->err.code, ERR_OUTPUT);
        assert_non_null(strstr(b->err.text, "stdout is full"));
        assert_int_equal(b->offer_calls, 2);
        assert_int_equal(b->problem_calls, 0);
    }
}

static void sink_that_fails_on_a_problem_ends_the_read(void **state)
{
    static const struct {
        const char *list, *account;
    } rows[] = {
        { "[7,8," OFFER("a", "failed") "]", "[{\"id\":\"contoso\"}]" },
        { "[" OFFER("a", "running") "," OFFER("b", "failed") "]", "[{\"id\":\"contoso\"}]" },
        { "null", "[{\"id\":\"contoso\"}]" },
        { "[]", "[{},{},{\"id\":\"contoso\"}]" },
    };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cpp_bench_renew(b);
        b->fail_problem = 1;
        cpp_bench_script(b, "/api/publishers?", 200, rows[i].account);
        cpp_bench_script(b, "/offers?", 200, rows[i].list);
        cpp_bench_script(b, "/status?", 403, "");
        cpp_bench_script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
        cpp_bench_read_publishers(b, DEPTH_STATE, NULL, 0);
        assert_int_equal(b->rc, -1);
        assert_int_equal(b->err.code, ERR_OUTPUT);
        assert_string_equal(b->err.text, "stderr is full");
        assert_int_equal(b->problem_calls, 1);
        assert_int_equal(b->offer_calls, 0);
    }
}

static void memory_that_ran_out_ends_the_read(void **state)
{
    static const char *const paths[] = { "/api/publishers?", "/offers?", "/status?", "/slot/" };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        cpp_bench_renew(b);
        fake_answer(&b->net, (struct fake_answer){ .path = paths[i], .result = TRANSPORT_MEMORY });
        cpp_bench_script(b, "/api/publishers?", 200, "[{\"id\":\"contoso\"}]");
        cpp_bench_script(b, "/offers?", 200, "[" OFFER("a", "running") "]");
        cpp_bench_script(b, "/status?", 200, STATUS);
        cpp_bench_script(b, "/slot/", 200, "{\"id\":\"o\"}");
        cpp_bench_read_publishers(b, DEPTH_STATE, NULL, 0);
        assert_int_equal(b->rc, -1);
        assert_int_equal(b->err.code, ERR_MEMORY);
        assert_int_equal(b->problem_calls, 0);
    }
}

/* A transport whose n-th request cannot be queued. */
static int (*real_start)(struct transport *, const struct transport_request *, struct error *);

static size_t starts_left;

static int start_some(struct transport *t, const struct transport_request *r, struct error *err)
{
    return starts_left-- > 0 ? real_start(t, r, err) : error_set(err, ERR_MEMORY, "cannot queue");
}

static void request_that_cannot_be_queued_ends_the_read(void **state)
{
    static const char *const publishers[] = { "contoso", "alpha" };
    struct cpp_bench *b = *state;

    /* two lists; a first offer of theirs, which needs two requests; a second one */
    for (size_t good = 0; good < 6; good++) {
        for (size_t named = 0; named < 2; named++) {
            cpp_bench_renew(b);
            real_start = b->net.base.start;
            starts_left = good;
            b->net.base.start = start_some;
            cpp_bench_script(b, "/api/publishers?", 200,
                             "[{\"id\":\"contoso\"},{\"id\":\"alpha\"}]");
            cpp_bench_script(b, "/offers?", 200,
                             "[" OFFER("a", "running") "," OFFER("b", "running") "]");
            cpp_bench_script(b, "/status?", 200, STATUS);
            cpp_bench_script(b, "/slot/", 404, "{}");
            cpp_bench_read_publishers(b, DEPTH_STATE, publishers, named == 0 ? 0 : 2);
            assert_int_equal(b->rc, -1);
            assert_int_equal(b->err.code, ERR_MEMORY);
            assert_string_equal(b->err.text, "cannot queue");
        }
    }
}

/* The first list is on its way then: what it has is not heard of any more. */
static void list_that_cannot_be_asked_for_ends_the_read(void **state)
{
    static const char *const publishers[] = { "contoso", "alpha" };
    struct cpp_bench *b = *state;

    real_start = b->net.base.start;
    starts_left = 1;
    b->net.base.start = start_some;
    cpp_bench_script(b, "/offers?", 200, "[" OFFER("a", "neverPublished") "]");
    cpp_bench_read_publishers(b, DEPTH_STATE, publishers, 2);
    assert_int_equal(b->rc, -1);
    assert_string_equal(b->err.text, "cannot queue");
    cpp_bench_expect_log(b, "");
}

static int (*real_run)(struct transport *, struct error *);

static int run_badly(struct transport *t, struct error *err)
{
    real_run(t, err);
    return error_set(err, ERR_BUG, "the loop broke");
}

static void loop_that_fails_ends_the_read(void **state)
{
    static const char *const contoso[] = { "contoso" };
    struct cpp_bench *b = *state;

    for (size_t named = 0; named < 2; named++) {
        cpp_bench_renew(b);
        real_run = b->net.base.run;
        b->net.base.run = run_badly;
        cpp_bench_script(b, "/api/publishers?", 200, "[]");
        cpp_bench_script(b, "/offers?", 200, "[]");
        cpp_bench_read_publishers(b, DEPTH_STATE, contoso, named);
        assert_int_equal(b->rc, -1);
        assert_int_equal(b->err.code, ERR_BUG);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, cpp_bench_set_up, cpp_bench_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(order_of_the_list_is_kept_however_answers_come),
        CASE(publishers_come_in_the_order_asked_for),
        CASE(waiting_first_list_holds_back_the_others_offers_only),
        CASE(offers_are_read_side_by_side),
        CASE(long_list_keeps_its_order),
        CASE(long_list_without_a_request_is_read),
        CASE(progress_ends_with_everything_done),
        CASE(only_selected_offers_are_asked_about),
        CASE(offer_selected_by_name_keeps_its_place),
        CASE(name_that_is_not_unique_selects_nothing),
        CASE(name_is_as_unique_in_a_list_that_is_read_again),
        CASE(name_is_decided_when_every_list_was_read),
        CASE(name_is_decided_when_the_list_of_every_publisher_was_read),
        CASE(name_that_is_not_unique_selects_no_offer_of_a_selected_id),
        CASE(id_wins_over_the_name_of_another_offer),
        CASE(sink_that_fails_ends_the_read),
        CASE(sink_that_fails_on_a_problem_ends_the_read),
        CASE(memory_that_ran_out_ends_the_read),
        CASE(request_that_cannot_be_queued_ends_the_read),
        CASE(list_that_cannot_be_asked_for_ends_the_read),
        CASE(loop_that_fails_ends_the_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

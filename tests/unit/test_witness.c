/* test_witness.c - asking the Graph API whether an offer was delisted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "products.h"

#include <string.h>

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
        products_script_rest(b);
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
    products_script_rest(b);
    read_bench_read(b, "graph", DEPTH_STEPS);
    assert_int_equal(b->offer_count, 3);
    assert_int_equal(fake_requests(&b->net, "externalId="), 0);
}

#define WENT_LIVE "[{\"submissionType\":\"golive\",\"submissionState\":\"succeeded\"}]"
#define GONE(n)                                                                                    \
    "{\"id\":\"submission/" GUID(                                                                  \
        n) "/5\",\"target\":{\"targetType\":\"live\"},\"status\":\"completed\",\"result\":"        \
           "\"succeeded\",\"lifecycleState\":\"deprecated\"}"

/* One offer of the old portal that was published and has no production slot any more. */
static void script_doubtful(struct read_bench *b, const char *submissions)
{
    read_bench_script(b, "/slot/", 404, "{}");
    read_bench_script(b, "/submissions/?", 200, submissions);
    read_bench_script(b, "/contoso/offers?", 200, "[" OFFER("a", "succeeded") "]");
}

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
        const char *note;
    } rows[] = {
        { "", 404, NULL, "does not know this offer" },
        { "{\"value\":[]}", 200, NULL, "does not know this offer" },
        { UNSUPPORTED, 400, NULL, "whether an offer of this type" },
        { VALUE(GRAPH_PRODUCT("01", "a")), 200, NULL, "whether an offer of this type" },
        { VALUE(GRAPH_PRODUCT("01", "another")), 200, VALUE(ON_SALE("01", "5")),
          "does not know this offer" },
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
            assert_true(has_note(o, false, rows[i].note));
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

#define CASE(name) cmocka_unit_test_setup_teardown(name, read_bench_set_up, read_bench_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
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
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

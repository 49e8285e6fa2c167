/* test_account.c - each offer that was wanted is given, or told as a problem: none is lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "api/api.h"
#include "api/offer_read.h"
#include "read_bench.h"

#include <stdio.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define GUID(n) "00000000-0000-4000-8000-0000000000" n
#define VALUE(elements) "{\"value\":[" elements "]}"
#define PRODUCT(n, id)                                                                             \
    "{\"resourceType\":\"AzureApplication\",\"externalIDs\":[{\"type\":\"AzureOfferId\","          \
    "\"value\":\"" id "\"}],\"id\":\"" GUID(n) "\"}"
#define GRAPH_PRODUCT(n, id)                                                                       \
    "{\"id\":\"product/" GUID(n) "\",\"identity\":{\"externalId\":\"" id                           \
                                 "\"},\"type\":\"azureApplication\",\"alias\":\"" id "\"}"
#define OFFER(id) "{\"id\":\"" id "\",\"publisherId\":\"contoso\",\"status\":\"neverPublished\"}"
#define UNSUPPORTED                                                                                \
    "{\"error\":{\"code\":\"badRequest\",\"message\":\"Type AzureApplication is not supported\"}}"
#define REFUSAL                                                                                    \
    "! contoso/app answer: graph: offer app: submissions: HTTP 400: badRequest: Type "             \
    "AzureApplication is not supported; --api ingestion reads offers of that type; no other API "  \
    "that was read has this product\n"

/* A read in which the backend is not what it should be. */

static enum selected select_all(void *user, const struct offer *o)
{
    (void)user;
    (void)o;
    return SELECTED_YES;
}

static bool select_none(void *user, const struct offer *o)
{
    (void)user;
    (void)o;
    return false;
}

static int count_offer(void *user, const struct offer *o, struct error *err)
{
    (void)o;
    (void)err;
    ++*(size_t *)user;
    return 0;
}

static bool forget(void *user)
{
    *(size_t *)user = 0;
    return true;
}

static int count_problem(void *user, const struct error *problem, const char *publisher,
                         const char *offer, struct error *err)
{
    (void)problem;
    (void)publisher;
    (void)offer;
    return count_offer(user, NULL, err);
}

static void ignore_progress(void *user, size_t done, size_t total)
{
    (void)user;
    (void)done;
    (void)total;
}

static void ignore_notice(void *user, enum message_level level, const char *text)
{
    (void)user;
    (void)level;
    (void)text;
}

/* Of the offer "lost" it says nothing at all. */
static int advance_and_lose(struct offer_read *read, struct error *err)
{
    (void)err;
    read->unreadable = strcmp(read->offer.id, "lost") == 0;
    offer_read_answered(read);
    return 0;
}

static void an_offer_that_is_lost_without_a_word_is_a_bug(void **state)
{
    static const struct {
        const char *list;
        int rc;
        size_t told;
    } rows[] = {
        { "[" OFFER("a") "," OFFER("b") "]", 0, 2 },
        { "[" OFFER("a") "," OFFER("lost") "," OFFER("b") "]", -1, 2 },
    };
    static const char *const publishers[] = { "contoso" };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        size_t told = 0;
        const struct portal_query query = { .publishers = publishers,
                                            .publisher_count = 1,
                                            .depth = DEPTH_STATE,
                                            .witness = WITNESS_NEVER };
        const struct portal_sink sink = { .user = &told,
                                          .select = select_all,
                                          .select_by_unique_name = select_none,
                                          .offer = count_offer,
                                          .forget = forget,
                                          .problem = count_problem,
                                          .progress = ignore_progress,
                                          .notice = ignore_notice };
        const struct portal_options options = {
            .api = "cpp", .endpoint = BENCH_ENDPOINT, .transport = &b->net.base, .budget_ms = 600000
        };
        struct portal_api losing = api_cpp;
        struct portal *p = NULL;
        read_bench_renew(b);
        read_bench_script(b, "/offers?", 200, rows[i].list);
        losing.advance = advance_and_lose;
        assert_int_equal(portal_open(&options, &p, &b->err), 0);
        p->api = &losing;
        assert_int_equal(portal_read(&p, 1, &query, &sink, &b->err), rows[i].rc);
        assert_int_equal(told, rows[i].told);
        if (rows[i].rc != 0) {
            assert_int_equal(b->err.code, ERR_BUG);
            assert_non_null(strstr(b->err.text, "of 3 offers that were wanted 2 were read"));
        }
        portal_close(p);
    }
}

/* An API that refuses the type of an offer. */

static void a_product_of_a_refused_type_is_silent_only_where_another_api_gave_it(void **state)
{
    static const struct {
        const char *apis, *ingestion, *log;
    } rows[] = {
        { "ingestion graph", VALUE(PRODUCT("01", "app")), "+ contoso/app\n" },
        { "graph ingestion", VALUE(PRODUCT("01", "app")), "+ contoso/app\n" },
        { "ingestion graph", VALUE(""), REFUSAL },
        { "cpp graph", VALUE(PRODUCT("01", "app")), REFUSAL },
        /* Another product of that id proves nothing. */
        { "ingestion graph", VALUE(PRODUCT("02", "app")), REFUSAL "+ contoso/app\n" },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        read_bench_renew(b);
        read_bench_script(b, "/offers?", 200, "[]");
        read_bench_script(b, "/submissions", 200, VALUE(""));
        read_bench_script(b, "/submission/", 400, UNSUPPORTED);
        read_bench_script(b, "/product?", 200, VALUE(GRAPH_PRODUCT("01", "app")));
        read_bench_script(b, "/products", 200, rows[i].ingestion);
        read_bench_read(b, rows[i].apis, DEPTH_STATE);
        assert_int_equal(b->rc, 0);
        expect_log(b, rows[i].log);
    }
}

static void a_product_that_the_other_api_could_not_read_is_a_problem_of_both(void **state)
{
    struct read_bench *b = *state;

    read_bench_script(b, "/submissions", 403, "");
    read_bench_script(b, "/submission/", 400, UNSUPPORTED);
    read_bench_script(b, "/product?", 200, VALUE(GRAPH_PRODUCT("01", "app")));
    read_bench_script(b, "/products", 200, VALUE(PRODUCT("01", "app")));
    read_bench_read(b, "ingestion graph", DEPTH_STATE);
    assert_int_equal(b->offer_count, 0);
    assert_int_equal(b->problem_count, 2);
}

static void a_lookup_of_a_refused_type_is_silent_only_where_another_api_gave_it(void **state)
{
    static const char *const ids[] = { "app" };
    struct read_bench *b = *state;

    for (int found = 0; found < 2; found++) {
        read_bench_renew(b);
        b->query.ids = ids;
        b->query.id_count = 1;
        read_bench_script(b, "/submissions", found ? 200 : 403, found ? VALUE("") : "");
        read_bench_script(b, "/product?", 400, UNSUPPORTED);
        read_bench_script(b, "/products", 200, VALUE(PRODUCT("01", "app")));
        read_bench_read(b, "ingestion graph", DEPTH_STATE);
        assert_int_equal(b->offer_count, found ? 1 : 0);
        assert_int_equal(b->problem_count, found ? 0 : 2);
    }
}

/* Lists that break off. */

static void what_came_before_a_page_that_is_refused_stays(void **state)
{
    static const struct {
        long status;
        const char *body, *code;
    } rows[] = { { 500, "", "service" }, { 403, "", "auth" }, { 200, "<html>", "answer" } };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        read_bench_renew(b);
        read_bench_script(b, "P2", rows[i].status, rows[i].body);
        read_bench_script(b, "/submissions", 200, VALUE(""));
        read_bench_script(b, "/products", 200,
                          "{\"nextLink\":\"v1.0/ingestion/products?$skipToken=P2\","
                          "\"value\":[" PRODUCT("01", "a") "," PRODUCT("02", "b") "]}");
        read_bench_read(b, "ingestion", DEPTH_STATE);
        assert_int_equal(b->rc, 0);
        assert_int_equal(b->offer_count, 2);
        assert_int_equal(b->problem_count, 1);
        expect_log(b,
                   read_bench_text(b, "%.*s\n+ contoso/a\n+ contoso/b\n",
                                   (int)strcspn(strbuf_text(&b->log), "\n"), strbuf_text(&b->log)));
        assert_non_null(
            strstr(strbuf_text(&b->log),
                   read_bench_text(
                       b, "! contoso/- %s: products of this account: page 2: ", rows[i].code)));
    }
}

/* The first try shows a and b, the last one a alone. */
static void what_only_an_earlier_try_had_shown_is_forgotten(void **state)
{
    struct read_bench *b = *state;

    read_bench_cut(b, "P2", "{\"value\":[" PRODUCT("02", "b") "," PRODUCT("03", "c") ",");
    read_bench_script(b, "P2", 200, "{\"value\":[" PRODUCT("02", "b") ",");
    read_bench_script(b, "/submissions", 200, VALUE(""));
    read_bench_script(b, "/products", 200,
                      "{\"nextLink\":\"v1.0/ingestion/products?$skipToken=P2\","
                      "\"value\":[" PRODUCT("01", "a") "]}");
    read_bench_read(b, "ingestion", DEPTH_STATE);
    assert_int_equal(b->problem_count, 1);
    assert_int_equal(b->offer_count, 2);
    assert_string_equal(read_bench_offer(b, 0)->id, "a");
    assert_string_equal(read_bench_offer(b, 1)->id, "b");
}

static void a_lookup_that_broke_off_once_and_finds_nothing_goes_on_to_the_list(void **state)
{
    static const char *const ids[] = { "Name" };
    struct read_bench *b = *state;

    b->query.ids = ids;
    b->query.id_count = 1;
    assert_int_equal(selection_init(&b->selection, SELECT_EXACT, ids, 1), 0);
    read_bench_cut(b, "externalId=", "{\"value\":[" GRAPH_PRODUCT("09", "ghost") ",");
    read_bench_script(b, "externalId=", 200, VALUE(""));
    read_bench_script(b, "/submission/", 200, VALUE(""));
    read_bench_script(b, "/product?", 200,
                      VALUE("{\"id\":\"product/" GUID("01") "\",\"identity\":{\"externalId\":"
                                                            "\"a\"},\"alias\":\"Name\"}"));
    read_bench_read(b, "graph", DEPTH_STATE);
    expect_log(b, "+ contoso/a\n");
}

static void problems_of_lists_are_told_in_their_order(void **state)
{
    static const char *const publishers[] = { "alpha", "beta" };
    struct read_bench *b = *state;

    for (int last_first = 0; last_first < 2; last_first++) {
        read_bench_renew(b);
        b->net.last_first = last_first != 0;
        b->query.publishers = publishers;
        b->query.publisher_count = 2;
        read_bench_script(b, "/offers?", 403, "");
        read_bench_read(b, "cpp", DEPTH_STATE);
        expect_log(b, "! alpha/- auth: offers of alpha: HTTP 403\n"
                      "! beta/- auth: offers of beta: HTTP 403\n");
    }
}

/* What looks like a duplicate. */

static void two_offers_of_one_product_are_both_given(void **state)
{
    static const struct {
        const char *api, *list, *log;
    } rows[] = {
        { "ingestion", VALUE(PRODUCT("01", "a") "," PRODUCT("01", "b")),
          "+ contoso/a\n+ contoso/b\n" },
        { "graph", VALUE(GRAPH_PRODUCT("01", "a") "," GRAPH_PRODUCT("01", "b")),
          "+ contoso/a\n+ contoso/b\n" },
        /* One that is listed twice is one. */
        { "ingestion", VALUE(PRODUCT("01", "a") "," PRODUCT("01", "A")), "+ contoso/a\n" },
        { "graph",
          VALUE("{\"id\":\"product/" GUID(
              "01") "/0\",\"identity\":{\"externalId\":\"a\"}},"
                    "{\"id\":\"product/" GUID("02") "/0\",\"identity\":{\"externalId\":\"b\"}}"),
          "+ contoso/a\n+ contoso/b\n" },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        read_bench_renew(b);
        read_bench_script(b, "/submission/" GUID("01") "?", 200, VALUE(""));
        read_bench_script(b, "/submission/" GUID("02") "?", 200, VALUE(""));
        read_bench_script(b, "/submissions", 200, VALUE(""));
        read_bench_script(b, "/product", 200, rows[i].list);
        read_bench_read(b, rows[i].api, DEPTH_STATE);
        expect_log(b, rows[i].log);
    }
}

/* The list says running, /status that nothing was ever published: whether the preview slot is asked
 * for may not depend on which of /status and the production slot answers first. */
static void the_order_of_answers_decides_nothing(void **state)
{
    struct read_bench *b = *state;
    size_t asked[2];

    for (int last_first = 0; last_first < 2; last_first++) {
        read_bench_renew(b);
        b->net.last_first = last_first != 0;
        read_bench_script(b, "/offers?", 200, "[{\"id\":\"a\",\"status\":\"running\"}]");
        read_bench_script(b, "/status?", 200, "{\"status\":\"neverPublished\",\"steps\":[]}");
        read_bench_script(b, "/slot/production?", 404, "");
        read_bench_script(b, "/slot/preview?", 403, "");
        read_bench_read(b, "cpp", DEPTH_STATE);
        expect_log(b, "+ contoso/a\n");
        assert_int_equal(read_bench_offer(b, 0)->state, STATE_NONE);
        asked[last_first] = b->net.request_count;
    }
    assert_int_equal(asked[0], asked[1]);
}

static void a_lookup_of_a_refused_type_is_silent_where_the_old_portal_gave_it(void **state)
{
    static const char *const ids[] = { "app" };
    struct read_bench *b = *state;

    b->query.ids = ids;
    b->query.id_count = 1;
    read_bench_script(b, "/offers?", 200, "[" OFFER("app") "]");
    read_bench_script(b, "/product?", 400, UNSUPPORTED);
    read_bench_read(b, "cpp graph", DEPTH_STATE);
    expect_log(b, "+ contoso/app\n");
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, read_bench_set_up, read_bench_tear_down)
    const struct CMUnitTest tests[] = {
        CASE(an_offer_that_is_lost_without_a_word_is_a_bug),
        CASE(a_product_of_a_refused_type_is_silent_only_where_another_api_gave_it),
        CASE(a_product_that_the_other_api_could_not_read_is_a_problem_of_both),
        CASE(a_lookup_of_a_refused_type_is_silent_only_where_another_api_gave_it),
        CASE(a_lookup_of_a_refused_type_is_silent_where_the_old_portal_gave_it),
        CASE(what_came_before_a_page_that_is_refused_stays),
        CASE(what_only_an_earlier_try_had_shown_is_forgotten),
        CASE(a_lookup_that_broke_off_once_and_finds_nothing_goes_on_to_the_list),
        CASE(problems_of_lists_are_told_in_their_order),
        CASE(two_offers_of_one_product_are_both_given),
        CASE(the_order_of_answers_decides_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

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

static enum selected select_none(void *user, const struct offer *o)
{
    (void)user;
    (void)o;
    return SELECTED_NO;
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

static void ignore_notice(void *user, enum message_level level, const struct error *what)
{
    (void)user;
    (void)level;
    (void)what;
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
            assert_non_null(
                strstr(b->err.text, "of 3 offers that were wanted 2 are accounted for"));
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

/* What the other API gave is another offer. */
static void a_lookup_of_a_refused_type_is_a_problem_beside_one_that_was_given(void **state)
{
    static const char *const ids[] = { "app", "b" };
    struct read_bench *b = *state;

    b->query.ids = ids;
    b->query.id_count = 2;
    read_bench_script(b, "/submissions", 200, VALUE(""));
    read_bench_script(b, "externalId=app", 400, UNSUPPORTED);
    read_bench_script(b, "externalId=b", 200, VALUE(""));
    read_bench_script(b, "/product?", 200, VALUE(""));
    read_bench_script(b, "AzureOfferId%20eq%20'app'", 200, VALUE(""));
    read_bench_script(b, "/products", 200, VALUE(PRODUCT("02", "b")));
    assert_int_equal(selection_init(&b->selection, SELECT_EXACT, ids, 2), 0);
    read_bench_read(b, "ingestion graph", DEPTH_STATE);
    assert_int_equal(b->offer_count, 1);
    assert_int_equal(b->problem_count, 1);
    expect_line(b, "! contoso/app answer: graph: offer app: HTTP 400: badRequest: Type "
                   "AzureApplication is not supported; no other API that was read has this "
                   "product");
}

static void a_lookup_that_fails_otherwise_is_told_once(void **state)
{
    static const char *const ids[] = { "app" };
    static const char *const apis[] = { "ingestion graph", "graph ingestion", "graph cpp" };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(apis); i++) {
        read_bench_renew(b);
        b->query.ids = ids;
        b->query.id_count = 1;
        read_bench_script(b, "/offers?", 403, "");
        read_bench_script(b, "/product", 403, "");
        read_bench_read(b, apis[i], DEPTH_STATE);
        assert_int_equal(b->problem_count, 2);
        assert_int_equal(b->offer_count, 0);
    }
}

/* What the tally is told, besides the problems. */

static void what_could_not_be_read_is_counted_once(void **state)
{
    static const char *const ids[] = { "a" };
    static const struct {
        const char *name, *apis;
        size_t id_count;
        long list, ingestion, graph; /* status of the list, and of what is below a product */
        const char *products;
        size_t given, problems, unread, broken_lists;
        const char *last;
    } rows[] = {
        { .name = "its submissions",
          .apis = "ingestion",
          .list = 200,
          .ingestion = 403,
          .products = VALUE(PRODUCT("01", "a")),
          .problems = 1,
          .unread = 1,
          .last = "contoso/a" },
        { .name = "by two APIs",
          .apis = "ingestion graph",
          .list = 200,
          .ingestion = 403,
          .graph = 403,
          .products = VALUE(PRODUCT("01", "a")),
          .problems = 2,
          .unread = 1,
          .last = "contoso/a" },
        { .name = "by one of two APIs",
          .apis = "ingestion graph",
          .list = 200,
          .ingestion = 403,
          .graph = 200,
          .products = VALUE(PRODUCT("01", "a")),
          .given = 1,
          .problems = 1 },
        { .name = "its type, and no other API has it",
          .apis = "ingestion graph",
          .list = 200,
          .ingestion = 200,
          .graph = 400,
          .products = VALUE(""),
          .problems = 1,
          .unread = 1,
          .last = "contoso/a" },
        { .name = "an element",
          .apis = "ingestion",
          .list = 200,
          .ingestion = 200,
          .products = VALUE("7," PRODUCT("01", "a")),
          .given = 1,
          .problems = 1,
          .unread = 1,
          .last = "contoso/-" },
        { .name = "an element of one of two APIs",
          .apis = "ingestion graph",
          .list = 200,
          .ingestion = 200,
          .graph = 200,
          .products = VALUE("7," PRODUCT("01", "a")),
          .given = 1,
          .problems = 1,
          .unread = 1,
          .last = "contoso/-" },
        { .name = "a list", .apis = "ingestion", .list = 403, .problems = 1, .broken_lists = 1 },
        { .name = "a list of two",
          .apis = "ingestion graph",
          .list = 403,
          .graph = 200,
          .given = 1,
          .problems = 1,
          .broken_lists = 1 },
        { .name = "a lookup",
          .apis = "ingestion",
          .id_count = 1,
          .list = 403,
          .problems = 1,
          .unread = 1,
          .last = "contoso/a" },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        for (int bare = 0; bare < 2; bare++) {
            read_bench_renew(b);
            b->bare = bare != 0;
            b->query.ids = ids;
            b->query.id_count = rows[i].id_count;
            read_bench_script(b, "/submissions", rows[i].ingestion, VALUE(""));
            read_bench_script(b, "/submission/", rows[i].graph,
                              rows[i].graph == 400 ? UNSUPPORTED : VALUE(""));
            read_bench_script(b, "/product?", 200, VALUE(GRAPH_PRODUCT("01", "a")));
            read_bench_script(b, "/products", rows[i].list,
                              rows[i].list == 200 ? rows[i].products : "");
            read_bench_read(b, rows[i].apis, DEPTH_STATE);
            assert_int_equal(b->rc, 0);
            if (b->offer_count != rows[i].given || b->problem_count != rows[i].problems) {
                fail_msg("%s:\n%s", rows[i].name, strbuf_text(&b->log));
            }
            if (!b->bare &&
                (b->unread_count != rows[i].unread || b->broken_lists != rows[i].broken_lists ||
                 (rows[i].last != NULL && strcmp(b->unread, rows[i].last) != 0))) {
                fail_msg("%s: %zu unread, the last %s, %zu lists", rows[i].name, b->unread_count,
                         b->unread, b->broken_lists);
            }
        }
    }
}

/* Its offers are not missing: it has none. */
static void an_unknown_publisher_is_no_broken_list(void **state)
{
    struct read_bench *b = *state;

    read_bench_script(b, "/offers?", 404, "");
    read_bench_read(b, "cpp", DEPTH_STATE);
    expect_log(b, "! contoso/- not_found: no publisher \"contoso\": HTTP 404\n");
    assert_int_equal(b->broken_lists, 0);
}

static void a_type_whose_list_is_not_there_is_a_broken_list(void **state)
{
    struct read_bench *b = *state;

    read_bench_script(b, "'AzureContainer'", 404, "");
    read_bench_script(b, "filter=", 200, VALUE(""));
    read_bench_script(b, "/products", 400, "\"refused\"");
    read_bench_read(b, "ingestion", DEPTH_STATE);
    assert_int_equal(b->problem_count, 1);
    expect_line(b, "! contoso/- answer: products of type AzureContainer: HTTP 404");
    assert_int_equal(b->broken_lists, 1);
}

/* Fifty are told one by one. */
static void every_broken_element_is_counted(void **state)
{
    static const struct {
        int broken;
        size_t problems;
    } rows[] = { { 49, 49 }, { 50, 50 }, { 51, 51 }, { 60, 51 } };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const char *list = "";
        read_bench_renew(b);
        for (int j = 0; j < rows[i].broken; j++) {
            list = read_bench_text(b, "%s7,", list);
        }
        read_bench_script(b, "/offers?", 200, read_bench_text(b, "[%s" OFFER("a") "]", list));
        read_bench_read(b, "cpp", DEPTH_LIST);
        assert_int_equal(b->offer_count, 1);
        assert_int_equal(b->problem_count, rows[i].problems);
        assert_int_equal(b->unread_count, rows[i].broken);
        if (rows[i].broken > 50) {
            expect_line(b, read_bench_text(b,
                                           "! contoso/- answer: offers of contoso: %d more "
                                           "elements cannot be read",
                                           rows[i].broken - 50));
        }
    }
}

/* As many as the limit asks for are read, and as many again while the sink takes too few. */
static void a_limit_reads_no_more_than_the_sink_takes(void **state)
{
    static const struct {
        bool bare;
        size_t limit, not_taken, given, read;
        bool limited;
    } rows[] = {
        { .limit = 2, .given = 2, .read = 2, .limited = true },
        { .limit = 2, .bare = true, .given = 2, .read = 2 },
        { .limit = 2, .not_taken = 2, .given = 4, .read = 4, .limited = true },
        { .limit = 2, .not_taken = 3, .given = 5, .read = 8, .limited = true },
        { .limit = 2, .not_taken = 8, .given = 10, .read = 10 },
        { .limit = 2, .not_taken = 20, .given = 10, .read = 10 },
        { .limit = 1, .not_taken = 1, .given = 2, .read = 2, .limited = true },
        { .limit = 9, .given = 9, .read = 9, .limited = true },
        { .limit = 10, .given = 10, .read = 10 },
        { .limit = 11, .given = 10, .read = 10 },
        { .limit = SIZE_MAX, .given = 10, .read = 10 },
        { .limit = 0, .given = 10, .read = 10 },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const char *list = "";
        read_bench_renew(b);
        for (int j = 0; j < 10; j++) {
            list = read_bench_text(b, "%s%s" PRODUCT("%02d", "o%d"), list, j > 0 ? "," : "", j, j);
        }
        b->bare = rows[i].bare;
        b->query.limit = rows[i].limit;
        b->not_taken = rows[i].not_taken;
        read_bench_script(b, "/submissions", 200, VALUE(""));
        read_bench_script(b, "/products", 200, read_bench_text(b, VALUE("%s"), list));
        read_bench_read(b, "ingestion", DEPTH_STATE);
        assert_int_equal(b->rc, 0);
        if (b->offer_count != rows[i].given || b->net.request_count != 1 + rows[i].read ||
            b->limited_count != (rows[i].limited ? 1 : 0)) {
            fail_msg("row %zu: %zu given, %zu requests, limited %zu", i, b->offer_count,
                     b->net.request_count, b->limited_count);
        }
        for (size_t j = 0; j < b->offer_count; j++) {
            assert_string_equal(read_bench_offer(b, j)->id, read_bench_text(b, "o%zu", j));
        }
    }
}

/* Under a limit the first ones are those of the first list. */
static void a_limit_waits_for_the_first_list(void **state)
{
    static const char *const publishers[] = { "alpha", "beta" };
    struct read_bench *b = *state;

    for (int last_first = 0; last_first < 2; last_first++) {
        read_bench_renew(b);
        b->net.last_first = last_first != 0;
        b->query.publishers = publishers;
        b->query.publisher_count = 2;
        b->query.limit = 1;
        read_bench_script(b, "/alpha/offers?", 200,
                          "[{\"id\":\"a\",\"status\":\"waitingForPublisherReview\"}]");
        read_bench_script(b, "/beta/offers?", 200,
                          "[{\"id\":\"b\",\"status\":\"waitingForPublisherReview\"}]");
        read_bench_script(b, "/slot/production?", 200, "{\"id\":\"x\"}");
        read_bench_read(b, "cpp", DEPTH_STATE);
        assert_int_equal(b->offer_count, 1);
        assert_string_equal(read_bench_offer(b, 0)->id, "a");
        assert_int_equal(fake_requests(&b->net, "/b/slot/"), 0);
        assert_int_equal(b->limited_count, 1);
    }
}

/* A duplicate is nothing that was left out. */
static void a_limit_leaves_out_no_duplicate(void **state)
{
    struct read_bench *b = *state;

    for (int more = 0; more < 2; more++) {
        read_bench_renew(b);
        b->query.limit = 1;
        read_bench_script(b, "/submissions", 200, VALUE(""));
        read_bench_script(
            b, "/products", 200,
            more != 0 ? VALUE(PRODUCT("01", "a") "," PRODUCT("01", "a") "," PRODUCT("02", "b"))
                      : VALUE(PRODUCT("01", "a") "," PRODUCT("01", "a")));
        read_bench_read(b, "ingestion", DEPTH_STATE);
        assert_int_equal(b->rc, 0);
        expect_log(b, "+ contoso/a\n");
        assert_int_equal(b->limited_count, more);
    }
}

static void a_limit_hides_no_list_that_failed(void **state)
{
    static const char *const publishers[] = { "alpha", "beta" };
    struct read_bench *b = *state;

    b->query.publishers = publishers;
    b->query.publisher_count = 2;
    b->query.limit = 1;
    read_bench_script(b, "/alpha/offers?", 200, "[" OFFER("a") "," OFFER("b") "]");
    read_bench_script(b, "/beta/offers?", 403, "");
    read_bench_read(b, "cpp", DEPTH_STATE);
    expect_log(b, "+ alpha/a\n! beta/- auth: offers of beta: HTTP 403\n");
    assert_int_equal(b->limited_count, 1);
    assert_int_equal(b->broken_lists, 1);
}

/* Lists that break off. */

static void what_came_before_a_page_that_is_refused_stays(void **state)
{
    static const struct {
        long status;
        const char *body, *code;
    } rows[] = { { 500, "", "service" },
                 { 403, "", "auth" },
                 { 400, "", "answer" }, /* which would be a list by type, were it the first page */
                 { 200, "<html>", "answer" } };
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
        CASE(a_lookup_of_a_refused_type_is_a_problem_beside_one_that_was_given),
        CASE(a_lookup_that_fails_otherwise_is_told_once),
        CASE(a_limit_leaves_out_no_duplicate),
        CASE(a_limit_hides_no_list_that_failed),
        CASE(what_could_not_be_read_is_counted_once),
        CASE(an_unknown_publisher_is_no_broken_list),
        CASE(a_type_whose_list_is_not_there_is_a_broken_list),
        CASE(every_broken_element_is_counted),
        CASE(a_limit_reads_no_more_than_the_sink_takes),
        CASE(a_limit_waits_for_the_first_list),
        CASE(what_came_before_a_page_that_is_refused_stays),
        CASE(what_only_an_earlier_try_had_shown_is_forgotten),
        CASE(a_lookup_that_broke_off_once_and_finds_nothing_goes_on_to_the_list),
        CASE(problems_of_lists_are_told_in_their_order),
        CASE(two_offers_of_one_product_are_both_given),
        CASE(the_order_of_answers_decides_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

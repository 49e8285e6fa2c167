/* test_witness_choices.c - which product of the Graph API speaks of an offer, and which cannot. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "read_bench.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define GUID(n) "00000000-0000-4000-8000-0000000000" n
#define VALUE(elements) "{\"value\":[" elements "]}"
#define PRODUCT(n, id) "{\"id\":\"product/" GUID(n) "\",\"identity\":{\"externalId\":\"" id "\"}}"
#define PAGE_OF(link, elements)                                                                    \
    "{\"@nextLink\":\"" BENCH_GRAPH "/product?$skipToken=" link "\",\"value\":[" elements "]}"
#define GONE(n)                                                                                    \
    VALUE("{\"id\":\"submission/" GUID(n) "/5\",\"target\":{\"targetType\":\"live\"},\"status\":"  \
                                          "\"completed\",\"result\":\"succeeded\","                \
                                          "\"lifecycleState\":\"deprecated\"}")

/* The old portal's offer "a" of this type: it was published, and no slot has it. */
static void script_offer(struct read_bench *b, const char *type)
{
    b->has_witness = true;
    b->query.witness = WITNESS_AUTO;
    read_bench_script(b, "/slot/", 404, "{}");
    read_bench_script(b, "/submissions/?", 200, "[]");
    read_bench_script(
        b, "/contoso/offers?", 200,
        read_bench_text(b, "[{\"id\":\"a\",\"status\":\"succeeded\",\"offerTypeId\":\"%s\"}]",
                        type));
}

/* The Graph API has said that it is gone. */
static void expect_witness(const struct read_bench *b, const char *product)
{
    const struct offer *o = read_bench_offer(b, 0);

    assert_int_equal(b->offer_count, 1);
    assert_int_equal(b->problem_count, 0);
    assert_int_equal(o->source_count, 2);
    assert_int_equal(o->sources[0].state, STATE_DELISTED);
    assert_string_equal(o->product_id, product);
}

/* The old portal knows no GUID of its offers. */
static void several_products_of_the_id_say_nothing(void **state)
{
    static const char *const lookups[] = {
        VALUE(PRODUCT("01", "a") "," PRODUCT("02", "a")),
        VALUE(PRODUCT("01", "a") "," PRODUCT("02", "a") "," PRODUCT("01", "a")),
        VALUE(PRODUCT("01", "a") "," PRODUCT("01", "a") "," PRODUCT("02", "a")),
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(lookups); i++) {
        const struct offer *o;
        read_bench_renew(b);
        read_bench_script(b, "externalId=a", 200, lookups[i]);
        script_offer(b, "x");
        read_bench_read(b, "cpp", DEPTH_STATE);
        expect_log(b, "+ contoso/a\n");
        o = read_bench_offer(b, 0);
        assert_int_equal(o->source_count, 0);
        assert_null(o->product_id);
        assert_true(has_note(o, true, "several products of this id"));
        assert_int_equal(fake_requests(&b->net, "/submission/"), 0);
    }
}

static void a_product_that_is_listed_twice_is_one(void **state)
{
    struct read_bench *b = *state;

    read_bench_script(b, "externalId=a", 200, VALUE(PRODUCT("01", "a") "," PRODUCT("01", "A")));
    read_bench_script(b, "/submission/" GUID("01"), 200, GONE("01"));
    script_offer(b, "x");
    read_bench_read(b, "cpp", DEPTH_STATE);
    expect_witness(b, GUID("01"));
    assert_int_equal(fake_requests(&b->net, "/submission/"), 1);
}

static void several_products_of_a_lookup_that_was_cut_are_forgotten(void **state)
{
    struct read_bench *b = *state;

    read_bench_cut(b, "externalId=a", "{\"value\":[" PRODUCT("01", "a") "," PRODUCT("02", "a") ",");
    read_bench_script(b, "externalId=a", 200, VALUE(PRODUCT("03", "a")));
    read_bench_script(b, "/submission/" GUID("03"), 200, GONE("03"));
    script_offer(b, "x");
    read_bench_read(b, "cpp", DEPTH_STATE);
    expect_witness(b, GUID("03"));
}

static void a_lookup_that_was_cut_at_its_beginning_is_read_again(void **state)
{
    struct read_bench *b = *state;

    read_bench_cut(b, "externalId=a", "{\"value\":[");
    read_bench_script(b, "externalId=a", 200, VALUE(PRODUCT("03", "a")));
    read_bench_script(b, "/submission/" GUID("03"), 200, GONE("03"));
    script_offer(b, "x");
    read_bench_read(b, "cpp", DEPTH_STATE);
    expect_witness(b, GUID("03"));
}

/* A second product may stand on the page that did not come. */
static void a_lookup_that_is_not_whole_says_nothing(void **state)
{
    struct read_bench *b = *state;
    const struct offer *o;

    read_bench_script(b, "P2", 403, "");
    read_bench_script(b, "externalId=a", 200, PAGE_OF("P2", PRODUCT("01", "a")));
    script_offer(b, "x");
    read_bench_read(b, "cpp", DEPTH_STATE);
    expect_log(b, "+ contoso/a\n");
    o = read_bench_offer(b, 0);
    assert_int_equal(o->source_count, 0);
    assert_null(o->product_id);
    assert_true(has_note(o, true, "the Graph API could not be asked"));
    assert_int_equal(fake_requests(&b->net, "/submission/"), 0);
}

/* Whatever stands beside it. */
static void an_element_that_is_not_json_says_nothing(void **state)
{
    static const char *const lookups[] = {
        "{\"value\":[{\"id\":nope}]}",
        "{\"value\":[{\"id\":nope}," PRODUCT("01", "a") "]}",
        "{\"value\":[" PRODUCT("01", "a") ",{\"id\":nope}]}",
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(lookups); i++) {
        read_bench_renew(b);
        read_bench_script(b, "externalId=a", 200, lookups[i]);
        script_offer(b, "x");
        read_bench_read(b, "cpp", DEPTH_STATE);
        expect_log(b, "+ contoso/a\n");
        assert_int_equal(read_bench_offer(b, 0)->source_count, 0);
        assert_true(has_note(read_bench_offer(b, 0), true, "the Graph API could not be asked"));
        assert_true(has_note(read_bench_offer(b, 0), true, "byte 0x6E where JSON cannot have it"));
    }
}

static void the_witness_may_be_on_a_later_page(void **state)
{
    struct read_bench *b = *state;

    read_bench_script(b, "P2", 200, VALUE(PRODUCT("01", "a")));
    read_bench_script(b, "externalId=a", 200, PAGE_OF("P2", PRODUCT("02", "ab")));
    read_bench_script(b, "/submission/" GUID("01"), 200, GONE("01"));
    script_offer(b, "x");
    read_bench_read(b, "cpp", DEPTH_STATE);
    expect_witness(b, GUID("01"));
}

static void a_lookup_may_answer_the_product_itself(void **state)
{
    struct read_bench *b = *state;

    read_bench_script(b, "externalId=a", 200, PRODUCT("01", "a"));
    read_bench_script(b, "/submission/" GUID("01"), 200, GONE("01"));
    script_offer(b, "x");
    read_bench_read(b, "cpp", DEPTH_STATE);
    expect_witness(b, GUID("01"));
}

/* The Graph API supports no Azure applications, so that it is asked only where that is wanted. */
static void applications_are_asked_about_only_where_all_are(void **state)
{
    static const char *const types[] = { "microsoft-azure-applications", "AzureApplication" };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(types); i++) {
        read_bench_renew(b);
        script_offer(b, types[i]);
        read_bench_read(b, "cpp", DEPTH_STATE);
        expect_log(b, "+ contoso/a\n");
        assert_int_equal(read_bench_offer(b, 0)->note_count, 2); /* and that no rule fits */
        assert_true(has_note(read_bench_offer(b, 0), false,
                             "no API knows whether an offer of this type was delisted"));
        assert_int_equal(fake_requests(&b->net, "externalId="), 0);

        read_bench_renew(b);
        read_bench_script(b, "externalId=a", 200, VALUE(PRODUCT("01", "a")));
        read_bench_script(b, "/submission/" GUID("01"), 200, GONE("01"));
        script_offer(b, types[i]);
        b->query.witness = WITNESS_ALWAYS;
        read_bench_read(b, "cpp", DEPTH_STATE);
        expect_witness(b, GUID("01"));
    }
}

static void script_wait(struct read_bench *b, const char *path, const char *seconds)
{
    fake_answer(&b->net, (struct fake_answer){
                             .path = path, .status = 503, .retry_after = seconds, .times = 1 });
}

/* The offer before it is given while the lookup waits for its next try. */
static void a_sink_that_fails_ends_the_lookup(void **state)
{
    static const char *const waiting[] = { "externalId=a", "/submission/" };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(waiting); i++) {
        read_bench_renew(b);
        b->has_witness = true;
        b->query.witness = WITNESS_AUTO;
        b->fail_offer = 1;
        script_wait(b, "/x/slot/preview?", "1");
        script_wait(b, waiting[i], "100");
        read_bench_script(b, "externalId=a", 200, VALUE(PRODUCT("01", "a")));
        read_bench_script(b, "/x/status?", 200, "{\"status\":\"running\",\"steps\":[]}");
        read_bench_script(b, "/slot/", 404, "{}");
        read_bench_script(b, "/submissions/?", 200, "[]");
        read_bench_script(
            b, "/contoso/offers?", 200,
            "[{\"id\":\"x\",\"status\":\"running\"},{\"id\":\"a\",\"status\":\"succeeded\"}]");
        read_bench_read(b, "cpp", DEPTH_STATE);
        assert_int_equal(b->rc, -1);
        assert_string_equal(b->err.text, "stdout is full");
        assert_int_equal(fake_requests(&b->net, waiting[i]), 1);
        assert_int_equal(b->finished, 1);
    }
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, read_bench_set_up, read_bench_tear_down)
    const struct CMUnitTest tests[] = {
        CASE(several_products_of_the_id_say_nothing),
        CASE(a_product_that_is_listed_twice_is_one),
        CASE(several_products_of_a_lookup_that_was_cut_are_forgotten),
        CASE(a_lookup_that_was_cut_at_its_beginning_is_read_again),
        CASE(a_lookup_that_is_not_whole_says_nothing),
        CASE(an_element_that_is_not_json_says_nothing),
        CASE(a_sink_that_fails_ends_the_lookup),
        CASE(the_witness_may_be_on_a_later_page),
        CASE(a_lookup_may_answer_the_product_itself),
        CASE(applications_are_asked_about_only_where_all_are),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_portal.c - opening an API. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cpp_bench.h"

static void apis_and_their_endpoints_are_known(void **state)
{
    (void)state;
    assert_string_equal(portal_api_name(0), "cpp");
    assert_string_equal(portal_default_endpoint("cpp"), "https://cloudpartner.azure.com");
    assert_null(portal_default_endpoint("nonsense"));
    for (size_t i = 0; portal_api_name(i) != NULL; i++) {
        assert_non_null(portal_default_endpoint(portal_api_name(i)));
        assert_true(i < 10);
    }
}

static void default_endpoint_is_used_when_none_is_given(void **state)
{
    struct cpp_bench *b = *state;
    const struct portal_options options = { .api = "cpp", .transport = &b->net.base };
    struct report report = REPORT_INIT;
    struct portal *portal = NULL;

    cpp_bench_script(b, "/api/publishers?", 200, "[]");
    assert_int_equal(portal_open(&options, &portal, &b->err), 0);
    assert_int_equal(portal_publishers(portal, &report, &b->err), 0);
    assert_string_equal(b->net.urls[0], "https://cloudpartner.azure.com/api/publishers" VERSION);
    portal_close(portal);
    portal_close(NULL);
    report_clear(&report);
}

static void portal_that_cannot_be_opened_is_a_usage_error(void **state)
{
    static const struct {
        const char *api, *endpoint;
    } rows[] = {
        { "nonsense", NULL },
        { "CPP", NULL },
        { "cpp", "http://cloudpartner.azure.com" },
        { "cpp", "not an address" },
        { "cpp", "https://user:word@cloudpartner.azure.com" },
    };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct portal_options options = { .api = rows[i].api,
                                                .endpoint = rows[i].endpoint,
                                                .transport = &b->net.base };
        struct portal *portal = NULL;
        assert_int_equal(portal_open(&options, &portal, &b->err), -1);
        assert_int_equal(b->err.code, ERR_USAGE);
        assert_null(portal);
        assert_int_equal(b->net.request_count, 0);
    }
}

static void endpoint_can_be_checked_beforehand(void **state)
{
    struct error err = ERROR_INIT;
    bool loopback = false;

    (void)state;
    assert_int_equal(portal_check_endpoint("http://127.0.0.1:8080", &loopback, &err), 0);
    assert_true(loopback);
    assert_int_equal(portal_check_endpoint("https://portal.example/x/", &loopback, &err), 0);
    assert_false(loopback);
    assert_int_equal(portal_check_endpoint("http://portal.example", &loopback, &err), -1);
    assert_int_equal(err.code, ERR_USAGE);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, cpp_bench_set_up, cpp_bench_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(apis_and_their_endpoints_are_known),
        CASE(default_endpoint_is_used_when_none_is_given),
        CASE(portal_that_cannot_be_opened_is_a_usage_error),
        CASE(endpoint_can_be_checked_beforehand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_proxy.c - which variable names the proxy, and what is no address of one. */
#include "offerstat/proxy.h"

#include "offerstat/redact.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int forget(void **state)
{
    (void)state;
    unsetenv("https_proxy");
    unsetenv("HTTPS_PROXY");
    unsetenv("all_proxy");
    unsetenv("ALL_PROXY");
    redact_clear();
    return 0;
}

static void the_first_variable_that_is_not_empty_counts(void **state)
{
    (void)state;
    assert_null(proxy_variable());
    setenv("ALL_PROXY", "http://a", 1);
    assert_string_equal(proxy_variable(), "ALL_PROXY");
    setenv("all_proxy", "http://a", 1);
    assert_string_equal(proxy_variable(), "all_proxy");
    setenv("HTTPS_PROXY", "http://a", 1);
    assert_string_equal(proxy_variable(), "HTTPS_PROXY");
    setenv("https_proxy", "", 1);
    assert_string_equal(proxy_variable(), "HTTPS_PROXY");
    setenv("https_proxy", "http://a", 1);
    assert_string_equal(proxy_variable(), "https_proxy");
}

static void addresses_of_proxies_are_accepted(void **state)
{
    static const char *const rows[] = {
        "http://proxy.example:3128",
        "http://proxy.example:3128/",
        "https://proxy.example",
        "proxy.example:8080",
        "10.0.0.1:8080",
        "user:word@proxy.example:8080",
        "socks5h://user:pa%23ss%2F@10.0.0.1:1080",
        "SOCKS4://proxy.example",
        "http://[fe80::1]:3128",
        "http://user:pa:ss@proxy.example:3128",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        setenv("https_proxy", rows[i], 1);
        if (proxy_check(&err) != 0) {
            fail_msg("%s: %s", rows[i], err.text);
        }
    }
    unsetenv("https_proxy");
    assert_int_equal(proxy_check(NULL), 0);
}

static void what_is_no_proxy_is_refused_without_its_value(void **state)
{
    static const char *const rows[] = {
        "http://user:hunter2#x@proxy.example:3128",
        "http://user:hunter2/x@proxy.example:3128",
        "http://user:12/hunter2@proxy.example:3128",
        "http://user:hunter2?x@proxy.example:3128",
        "http://user:hunter2@x@proxy.example:3128",
        "http://user:hunter2@proxy.example:port",
        "http://user:hunter2@proxy.example:99999",
        "http://user:hunter2@:3128",
        "ftp://user:hunter2@proxy.example",
        "http://user:hunter2 x@proxy.example",
        "http://user:hunter2@proxy.example/path",
        "user:hunter2#x@proxy.example:3128",
        "://hunter2",
        "http://user:1@hunter2@proxy.example",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        setenv("ALL_PROXY", rows[i], 1);
        if (proxy_check(&err) == 0) {
            fail_msg("%s: was taken", rows[i]);
        }
        assert_int_equal(err.code, ERR_USAGE);
        assert_non_null(strstr(err.text, "ALL_PROXY"));
        assert_null(strstr(err.text, "hunter2"));
        assert_null(strstr(err.text, "proxy.example"));
    }
}

static void a_password_is_hidden_as_it_stands_and_as_it_is_meant(void **state)
{
    char text[] = "pa%23ssword pa#ssword user";

    (void)state;
    setenv("https_proxy", "http://user:pa%23ssword@proxy.example:3128", 1);
    assert_int_equal(proxy_check(NULL), 0);
    redact_text(text);
    assert_string_equal(text, "*********** ********* user");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, forget, forget)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_first_variable_that_is_not_empty_counts),
        TEST(addresses_of_proxies_are_accepted),
        TEST(what_is_no_proxy_is_refused_without_its_value),
        TEST(a_password_is_hidden_as_it_stands_and_as_it_is_meant),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

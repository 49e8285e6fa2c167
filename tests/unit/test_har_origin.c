/* test_har_origin.c - recorded origins become the emulator's own. */
#include "har_origin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct har_origins origins;

static int add_origins(void **state)
{
    static const char *const urls[] = { "HTTPS://Graph.Microsoft.com:443",
                                        "https://graph.microsoft.com", "http://jane:pw@h:8080",
                                        "http://plain:80" };
    struct error err = ERROR_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
        assert_int_equal(har_origins_add(&origins, urls[i], strlen(urls[i]), &err), 0);
    }
    return 0;
}

static int clear_origins(void **state)
{
    (void)state;
    har_origins_clear(&origins);
    return 0;
}

static void check(const char *text, const char *wanted)
{
    struct strbuf out = STRBUF_INIT((size_t)64 * 1024);

    har_origins_replace(&origins, text, strlen(text), 99, &out);
    assert_string_equal(strbuf_text(&out), wanted);
    strbuf_clear(&out);
}

static void each_is_there_once_and_in_one_form(void **state)
{
    (void)state;
    assert_int_equal(origins.count, 3);
    assert_string_equal(origins.items[0], "https://graph.microsoft.com");
    assert_string_equal(origins.items[1], "http://h:8080");
    assert_string_equal(origins.items[2], "http://plain");
}

static void an_origin_is_found_in_each_of_its_forms(void **state)
{
    (void)state;
    check("https://graph.microsoft.com/a HTTPS://GRAPH.microsoft.com:443/b",
          "http://127.0.0.1:99/a http://127.0.0.1:99/b");
    check("\"https:\\/\\/graph.microsoft.com\\/a\", \"https:\\u002f\\u002Fgraph.microsoft.com\"",
          "\"http://127.0.0.1:99\\/a\", \"http://127.0.0.1:99\"");
    check("http://h:8080?x http://plain:80/ http://plain",
          "http://127.0.0.1:99?x http://127.0.0.1:99/ "
          "http://127.0.0.1:99");
}

static void another_host_or_port_stays(void **state)
{
    static const char text[] =
        "https://graph.microsoft.com.evil.test/ https://graph.microsoft.com:444/ "
        "https://graph.microsoft.com@evil.test/ http://graph.microsoft.com/ "
        "http://h/ http://h:80801 http://plain:8 https://graph.microsoft.co";

    (void)state;
    check(text, text);
    check("", "");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, add_origins, clear_origins)
    const struct CMUnitTest tests[] = {
        TEST(each_is_there_once_and_in_one_form),
        TEST(an_origin_is_found_in_each_of_its_forms),
        TEST(another_host_or_port_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

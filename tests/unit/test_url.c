/* test_url.c - which endpoints are allowed, and which addresses belong to the same origin. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "http/url.h"
#include "offerstat/redact.h"

#include <stdlib.h>
#include <string.h>

static void endpoint_is_normalised(void **state)
{
    static const struct {
        const char *given, *want;
    } rows[] = {
        { "https://cloudpartner.azure.com", "https://cloudpartner.azure.com" },
        { "https://cloudpartner.azure.com/", "https://cloudpartner.azure.com" },
        { "https://gateway.example/azure/cpp", "https://gateway.example/azure/cpp" },
        { "https://gateway.example/azure/cpp/", "https://gateway.example/azure/cpp" },
        { "https://gateway.example:8443/cpp//", "https://gateway.example:8443/cpp" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        char *out = NULL;
        bool loopback = true;
        if (url_endpoint(rows[i].given, &out, &loopback, &err) != 0) {
            fail_msg("%s: %s", rows[i].given, err.text);
        }
        assert_string_equal(out, rows[i].want);
        assert_false(loopback);
        free(out);
    }
}

static void http_is_allowed_on_loopback(void **state)
{
    static const char *const rows[] = {
        "http://127.0.0.1:8080", "http://127.0.0.1",     "http://127.8.9.10:1",
        "http://localhost:8080", "http://LocalHost:80/", "http://[::1]:8080/prefix",
        "http://127.1:8080",     "http://0x7f.0.0.1",    "http://[0:0:0:0:0:0:0:1]",
        "http://2130706433",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        char *out = NULL;
        bool loopback = false;
        if (url_endpoint(rows[i], &out, &loopback, &err) != 0) {
            fail_msg("%s: %s", rows[i], err.text);
        }
        if (!loopback) {
            fail_msg("%s: not seen as loopback", rows[i]);
        }
        free(out);
    }
}

/* Azure's endpoints for a machine, over plain http; libcurl reads numbers in every spelling. */
static void link_local_is_what_no_router_forwards(void **state)
{
    static const struct {
        const char *url;
        bool is;
    } rows[] = {
        { "http://169.254.169.254/metadata", true },
        { "http://169.254.129.2:8081/msi/token", true },
        { "http://0xa9fea9fe/", true },
        { "http://169.255.169.254/", false },
        { "http://169.254.169.254.example/", false },
        { "http://169.254.169.256/", false },
        { "http://kim@example/169.254.169.254", false },
        { "http://127.0.0.1/", false },
        { "", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (url_is_link_local(rows[i].url) != rows[i].is) {
            fail_msg("%s", rows[i].url);
        }
    }
}

static void https_on_loopback_is_loopback_too(void **state)
{
    struct error err = ERROR_INIT;
    char *out = NULL;
    bool loopback = false;

    (void)state;
    assert_int_equal(url_endpoint("https://localhost:8443", &out, &loopback, &err), 0);
    assert_true(loopback);
    free(out);
}

static void endpoint_that_would_show_the_token_is_refused(void **state)
{
    static const char *const rows[] = {
        "http://cloudpartner.azure.com",
        "http://10.0.0.1",
        "http://128.0.0.1",
        "http://localhost.example",
        "http://127.0.0.1.example",
        "http://[::2]",
        "http://0.0.0.0",
        "http://127.-0.0.1", /* names, which a resolver may take anywhere */
        "http://127.0.0.256",
        "http://127.0.0.1x",
        "http://127.0.0.0001.example",
        "http://localhost.",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        char *out = NULL;
        bool loopback = false;
        if (url_endpoint(rows[i], &out, &loopback, &err) != -1) {
            fail_msg("%s: was allowed", rows[i]);
        }
        assert_int_equal(err.code, ERR_USAGE);
        assert_null(out);
    }
}

static void endpoint_of_more_than_host_and_prefix_is_refused(void **state)
{
    static const char *const rows[] = {
        "https://user@gateway.example",         "https://user:word@gateway.example",
        "https://127.0.0.1:80@gateway.example", "https://gateway.example/?api-version=1",
        "https://gateway.example/prefix#part",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        char *out = NULL;
        bool loopback = false;
        if (url_endpoint(rows[i], &out, &loopback, &err) != -1) {
            fail_msg("%s: was allowed", rows[i]);
        }
        assert_int_equal(err.code, ERR_USAGE);
        assert_null(strstr(err.text, "word"));
    }
}

static void endpoint_that_is_no_address_is_refused(void **state)
{
    static const char *const rows[] = {
        "", "cloudpartner.azure.com", "https://", "https://host:port", "https://ho st", "://host",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        char *out = NULL;
        bool loopback = false;
        if (url_endpoint(rows[i], &out, &loopback, &err) != -1) {
            fail_msg("\"%s\": was allowed", rows[i]);
        }
        assert_int_equal(err.code, ERR_USAGE);
        assert_non_null(strstr(err.text, rows[i]));
    }
}

static void same_origin_is_resolved(void **state)
{
    static const struct {
        const char *base, *ref, *want;
    } rows[] = {
        { "https://h.example/a/b", "https://h.example/c", "https://h.example/c" },
        { "https://h.example/a/b", "/c?d=1", "https://h.example/c?d=1" },
        { "https://h.example/a/b", "c", "https://h.example/a/c" },
        { "https://h.example/a/b", "//h.example/c", "https://h.example/c" },
        { "https://h.example/a", "https://H.Example/c", "https://H.Example/c" },
        { "https://h.example/a", "https://h.example:443/c", "https://h.example:443/c" },
        { "http://127.0.0.1:81/a", "http://127.0.0.1:81/c", "http://127.0.0.1:81/c" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        char *out = NULL;
        if (url_resolve(rows[i].base, rows[i].ref, &out, &err) != 0) {
            fail_msg("%s: %s", rows[i].ref, err.text);
        }
        assert_string_equal(out, rows[i].want);
        free(out);
    }
}

static void other_origin_is_refused(void **state)
{
    static const struct {
        const char *base, *ref;
    } rows[] = {
        { "https://h.example/a", "https://other.example/a" },
        { "https://h.example/a", "//other.example/a" },
        { "https://h.example/a", "http://h.example/a" },
        { "https://h.example/a", "https://h.example:8443/a" },
        { "https://h.example/a", "https://h.example.other/a" },
        { "https://h.example/a", "https://sub.h.example/a" },
        { "https://h.example/a", "https://h.example@other.example/a" },
        { "https://h.example/a", "https://someone@h.example/a" },
        { "http://127.0.0.1:81/a", "http://127.0.0.1:82/a" },
        { "http://127.0.0.1:81/a", "http://127.0.0.2:81/a" },
        { "https://h.example/a", "ftp://h.example/a" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        char *out = NULL;
        if (url_resolve(rows[i].base, rows[i].ref, &out, &err) != -1) {
            fail_msg("%s: was followed to %s", rows[i].ref, out);
        }
        assert_int_equal(err.code, ERR_ANSWER);
        assert_null(out);
    }
}

static void what_is_no_address_is_refused(void **state)
{
    static const char *const rows[] = { "https://", "https://h.example:notaport/",
                                        "gopherish://h.example/", "https://h ost/" };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        char *out = NULL;
        if (url_resolve("https://h.example/a", rows[i], &out, &err) != -1) {
            fail_msg("%s: was followed to %s", rows[i], out);
        }
        assert_int_equal(err.code, ERR_ANSWER);
        assert_null(out);
    }
}

static void links_stand_below_endpoint_and_prefix(void **state)
{
    static const struct {
        const char *endpoint, *link, *want;
    } rows[] = {
        { "https://h.example", "v1.0/ingestion/products?$skipToken=eyJ9fQ==",
          "https://h.example/v1.0/ingestion/products?$skipToken=eyJ9fQ==" },
        { "https://h.example/pre/fix", "v1.0/p?a=b", "https://h.example/pre/fix/v1.0/p?a=b" },
        { "https://h.example/pre", "/v1.0/p?a=b", "https://h.example/pre/v1.0/p?a=b" },
        { "https://h.example/pre", "/pre/v1.0/p", "https://h.example/pre/v1.0/p" },
        { "https://h.example/pre", "/prefix/p", "https://h.example/pre/prefix/p" },
        { "https://h.example/pre", "https://h.example/other?x=1", "https://h.example/other?x=1" },
        { "https://h.example", "https://H.EXAMPLE:443/p", "https://H.EXAMPLE:443/p" },
        { "http://127.0.0.1:8080", "p?$filter=type eq 'x'&y=\xED\x95\x9C",
          "http://127.0.0.1:8080/p?$filter=type%20eq%20'x'&y=%ED%95%9C" },
        { "https://h.example", "p?next=https://other.example/",
          "https://h.example/p?next=https://other.example/" },
        { "https://h.example/a", "/\\other.example/p", "https://h.example/a/%5Cother.example/p" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        char *out = NULL;
        if (url_join(rows[i].endpoint, rows[i].link, &out, &err) != 0) {
            fail_msg("%s: %s", rows[i].link, err.text);
        }
        assert_string_equal(out, rows[i].want);
        free(out);
    }
}

static void links_to_another_origin_are_refused(void **state)
{
    static const char *const links[] = {
        "https://other.example/v1.0/products", "//other.example/p",    "http://h.example/pre/p",
        "https://h.example:444/pre/p",         "ftp://h.example/p",    "https://u@h.example/p",
        "https://h.example.other/p",           "HTTPS://other.example"
    };

    (void)state;
    for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
        struct error err = ERROR_INIT;
        char *out = NULL;
        if (url_join("https://h.example/pre", links[i], &out, &err) != -1) {
            fail_msg("%s: was followed to %s", links[i], out);
        }
        assert_int_equal(err.code, ERR_ANSWER);
        assert_null(out);
    }
}

static void the_zone_of_an_address_is_part_of_its_origin(void **state)
{
    struct error err = ERROR_INIT;
    char *out = NULL;

    (void)state;
    assert_int_equal(
        url_resolve("https://[fe80::1%25eth0]/a", "https://[fe80::1%25eth0]/b", &out, &err), 0);
    free(out);
    out = NULL;
    assert_int_equal(
        url_resolve("https://[fe80::1%25eth0]/a", "https://[fe80::1%25eth1]/b", &out, &err), -1);
    assert_int_equal(err.code, ERR_ANSWER);
    assert_int_equal(url_resolve("https://[fe80::1%25eth0]/a", "https://[fe80::1]/b", &out, &err),
                     -1);
    assert_null(out);
}

/* However long the link is, and wherever it is cut. */
static void a_refused_link_shows_no_part_of_a_secret(void **state)
{
    static const char secret[] = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJzb21lb25lIn0.Qz7xK2mN8pR4tV6w";
    struct error err = ERROR_INIT;

    (void)state;
    assert_int_equal(redact_add(secret, &err), 0);
    for (int padding = 0; padding < 250; padding++) {
        char link[512], *out = NULL;
        snprintf(link, sizeof(link), "https://evil.example/%0*d?t=%s", padding + 1, 0, secret);
        assert_int_equal(url_resolve("https://good.example/", link, &out, &err), -1);
        assert_non_null(strstr(err.text, "a different origin"));
        assert_null(strstr(err.text, "eyJhb"));
    }
    redact_clear();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(endpoint_is_normalised),
        cmocka_unit_test(http_is_allowed_on_loopback),
        cmocka_unit_test(the_zone_of_an_address_is_part_of_its_origin),
        cmocka_unit_test(a_refused_link_shows_no_part_of_a_secret),
        cmocka_unit_test(link_local_is_what_no_router_forwards),
        cmocka_unit_test(https_on_loopback_is_loopback_too),
        cmocka_unit_test(endpoint_that_would_show_the_token_is_refused),
        cmocka_unit_test(endpoint_of_more_than_host_and_prefix_is_refused),
        cmocka_unit_test(endpoint_that_is_no_address_is_refused),
        cmocka_unit_test(same_origin_is_resolved),
        cmocka_unit_test(other_origin_is_refused),
        cmocka_unit_test(what_is_no_address_is_refused),
        cmocka_unit_test(links_stand_below_endpoint_and_prefix),
        cmocka_unit_test(links_to_another_origin_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

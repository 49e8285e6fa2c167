/* test_har_entry.c - the emulator reads recordings of offerstat and of browsers. */
#define _DEFAULT_SOURCE /* mkstemp */
#include "har.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define AT "\"startedDateTime\": \"2026-11-20T10:00:0"
#define GET(url) "\"request\": {\"method\": \"GET\", \"url\": \"" url "\"}"

#define OK(second, url) "{" AT second "Z\", " GET(url) ", \"response\": {\"status\": 200}}"

static char file[] = "/tmp/offerstat-test-har-XXXXXX";

/* NULL with *err set where the text is no recording. */
static struct har *load(const char *text, struct error *err)
{
    struct har *har = NULL;
    int fd;
    FILE *out;

    strcpy(strrchr(file, '-') + 1, "XXXXXX");
    fd = mkstemp(file);
    assert_true(fd >= 0);
    out = fdopen(fd, "w");
    assert_non_null(out);
    fputs(text, out);
    fclose(out);
    if (har_load(file, &har, err) != 0) {
        har = NULL;
    }
    unlink(file);
    return har;
}

static struct har *load_entries(const char *entries)
{
    struct error err = ERROR_INIT;
    char text[4096];
    struct har *har;

    snprintf(text, sizeof(text), "{\"log\": {\"entries\": [%s]}}", entries);
    har = load(text, &err);
    assert_string_equal(err.text, "");
    assert_non_null(har);
    return har;
}

/* What is wrong with it, after the name of the file. */
static void check_refused(const char *text, const char *wanted)
{
    struct error err = ERROR_INIT;

    assert_null(load(text, &err));
    assert_int_equal(err.code, ERR_USAGE);
    assert_int_equal(strncmp(err.text, file, strlen(file)), 0);
    assert_string_equal(err.text + strlen(file), wanted);
}

static void entries_are_in_the_order_of_time(void **state)
{
    struct har *har = load_entries("{" AT "2Z\", " GET(
        "https://h/a?b=1&a=2") ", \"response\": {\"status\": 201}},"
                               "{" AT
                               "1.5Z\", " GET("https://h") ", \"response\": {\"status\": 202}},"
                                                           "{" AT "1+00:00\", " GET(
                                                               "https://h#c") ", \"response\": "
                                                                              "{\"status\": 203}}");

    (void)state;
    assert_int_equal(har->count, 3);
    assert_int_equal(har->entries[0].status, 203);
    assert_int_equal(har->entries[1].status, 202);
    assert_int_equal(har->entries[2].status, 201);
    assert_string_equal(har->entries[0].key, "GET /");
    assert_string_equal(har->entries[2].key, "GET /a?a=2&b=1");
    har_free(har);
}

/* Without what only offerstat and some browsers write. */
static void a_browser_leaves_out_what_is_empty(void **state)
{
    struct har *har = load_entries("{" AT "1Z\", " GET(
        "https://h/") ", \"response\": {\"status\": 200, \"headers\": null, "
                      "\"content\": {\"mimeType\": \"application/json\"}, \"_error\": null}},"
                      "{" AT
                      "2Z\", " GET("https://h/") ", \"response\": {\"status\": 0, \"_error\": "
                                                 "\"net::ERR_FAILED\"}, \"_initiator\": {\"type\": "
                                                 "\"script\"}},"
                                                 "{" AT "3Z\", " GET(
                                                     "https://h/") ", \"response\": {\"status\": "
                                                                   "200, \"_error\": \"cut\"}}");

    (void)state;
    assert_int_equal(har->entries[0].ending, END_WHOLE);
    assert_int_equal(har->entries[0].body_len, 0);
    assert_int_equal(har->entries[1].ending, END_RESET);
    assert_int_equal(har->entries[2].ending, END_BROKEN);
    har_free(har);
}

static void what_is_no_request_over_http_is_passed_over(void **state)
{
    struct har *har = load_entries("{" AT "1Z\", " GET(
        "data:image/png;base64,AAAA") ", \"response\": {\"status\": 200}},"
                                      "{" AT "1Z\", " GET(
                                          "wss://h/a") ", \"response\": {\"status\": 101}},"
                                                       "{" AT "1Z\", " GET(
                                                           "HTTPS://h/a") ", \"response\": "
                                                                          "{\"status\": 200}}");

    (void)state;
    assert_int_equal(har->count, 1);
    assert_int_equal(har->origins.count, 1);
    har_free(har);
}

static void a_body_may_be_base64(void **state)
{
    struct har *har = load_entries("{" AT "1Z\", " GET(
        "https://h/") ", \"response\": {\"status\": 200, \"content\": "
                      "{\"mimeType\": \"application/json\", \"encoding\": \"base64\", \"text\": "
                      "\"eyJpZCI6\\nIngAeSJ9\"}}}");

    (void)state;
    assert_int_equal(har->entries[0].body_len, 12);
    assert_memory_equal(har->entries[0].body, "{\"id\":\"x\0y\"}", 12);
    assert_string_equal(har->entries[0].content_type, "application/json");
    har_free(har);
}

static void what_was_asked_is_known(void **state)
{
    struct har *har = load_entries(OK("1", "https://h/proxy/api/publishers/contoso/offers") "," OK(
        "2",
        "https://h/proxy/rp/product-ingestion/product") "," OK("3",
                                                               "https://h/proxy/api/publishers"));

    (void)state;
    assert_int_equal(har->apis, 1U << API_CPP | 1U << API_GRAPH);
    assert_string_equal(har->prefix, "/proxy");
    assert_string_equal(har->publisher, "contoso");
    assert_false(har->lists_publishers);
    assert_false(har->has_publishers);
    assert_false(har->has_signin);
    har_free(har);
}

/* A date is what "Retry-After: Fri, ..." counts from; any other would be of another day. */
static void a_date_stays_beside_a_date_to_come_back_at(void **state)
{
#define HEADERS(retry)                                                                             \
    "\"headers\": [{\"name\": \"DATE\", \"value\": \"d\"}, {\"name\": \"Retry-After\", "           \
    "\"value\": \"" retry                                                                          \
    "\"}, {\"name\": \"Set-Cookie\", \"value\": \"c\"}, {\"name\": \":status\", "                  \
    "\"value\": \"200\"}]"
    struct har *har =
        load_entries("{" AT "1Z\", " GET("https://h/") ", \"response\": {\"status\": 429, " HEADERS(
            "5") "}},"
                 "{" AT "2Z\", " GET("https://h/") ", \"response\": {\"status\": 429, " HEADERS(
                     "Fri, 1") "}}");

    (void)state;
    assert_int_equal(cJSON_GetArraySize(har->entries[0].headers), 0);
    assert_string_equal(har->entries[0].retry_after, "5");
    assert_int_equal(cJSON_GetArraySize(har->entries[1].headers), 1);
    har_free(har);
}

static void what_is_no_recording_is_refused(void **state)
{
    (void)state;
    check_refused("", ": the file ends in the middle, after 0 bytes");
    check_refused("{\"log\": {\"entries\": [\"", ": the file ends in the middle, after 22 bytes");
    check_refused("\n<html>", ": line 2: this is not JSON (byte 2 of the file)");
    check_refused("[]", ": this is no HAR: it has no log");
    check_refused("{\"log\": {\"entries\": {}}}", ": log.entries: expected a list");
    check_refused("{\"log\": {\"entries\": [{" AT
                  "1Z\", \"request\": {\"method\": \"GET\", \"url\": 7}}]}}",
                  ": log.entries[0].request.url: expected an address");
    check_refused("{\"log\": {\"entries\": [{" AT
                  "1Z\", " GET("https://h/") ", \"response\": {\"status\": "
                                             "1e9}}]}}",
                  ": log.entries[0].response.status: expected the number of a status");
    check_refused("{\"log\": {\"entries\": [{" AT
                  "1Z\", " GET("https://h/") ", \"response\": {\"status\": 1, "
                                             "\"content\": \"x\"}}]}}",
                  ": log.entries[0].response.content: expected an object");
    check_refused("{\"log\": {\"entries\": [{" AT
                  "1Z\", " GET("https://h/") ", \"response\": {\"status\": 1, "
                                             "\"headers\": \"x\"}}]}}",
                  ": log.entries[0].response.headers: expected a list");
}

static void brackets_without_end_are_refused(void **state)
{
    char deep[3000];

    (void)state;
    memset(deep, '[', sizeof(deep));
    deep[sizeof(deep) - 1] = '\0';
    check_refused(deep, ": its brackets are nested more than 1000 deep");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_in_the_order_of_time),
        cmocka_unit_test(a_browser_leaves_out_what_is_empty),
        cmocka_unit_test(what_is_no_request_over_http_is_passed_over),
        cmocka_unit_test(a_body_may_be_base64),
        cmocka_unit_test(what_was_asked_is_known),
        cmocka_unit_test(a_date_stays_beside_a_date_to_come_back_at),
        cmocka_unit_test(what_is_no_recording_is_refused),
        cmocka_unit_test(brackets_without_end_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

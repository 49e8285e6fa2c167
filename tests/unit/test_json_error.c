/* test_json_error.c - the one line that the body of an error is worth. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rest/error_body.h"

#include "offerstat/redact.h"
#include "offerstat/utf8.h"

#include <stdlib.h>
#include <string.h>

#define SHORT 64

static void expect_line(const char *body, const char *want)
{
    char out[256];

    memset(out, 'x', sizeof(out));
    json_error_message(body, out, sizeof(out));
    if (strcmp(out, want) != 0) {
        fail_msg("%s: found \"%s\", expected \"%s\"", body, out, want);
    }
}

static void error_object_is_code_and_message(void **state)
{
    static const struct {
        const char *body, *want;
    } rows[] = {
        { "{\"error\":{\"code\":\"Forbidden\",\"message\":\"User may not do that\"}}",
          "Forbidden: User may not do that" },
        { "{\"error\":{\"code\":\"BadRequest\",\"message\":\"The argument: 'x' cannot be null.\"}}",
          "BadRequest: The argument: 'x' cannot be null." },
        { "{\"error\":{\"message\":\"No code\"}}", "No code" },
        { "{\"error\":{\"code\":\"NoMessage\"}}", "NoMessage" },
        { "{\"error\":{\"code\":\"UnknownError\",\"message\":\"\"}}", "UnknownError" },
        { "{\"error\":{\"code\":null,\"message\":\"Null code\"}}", "Null code" },
        { "{\"error\":{\"code\":42,\"message\":\"Number\"}}", "Number" },
        { "{\"error\":\"invalid_token\",\"error_description\":\"It has expired\"}",
          "invalid_token: It has expired" },
        { "{\"error\":\"invalid_token\"}", "invalid_token" },
        { "{\"error\":\"\",\"message\":\"It has expired\"}", "It has expired" },
        { "{\"code\":\"\",\"message\":\"It has expired\"}", "It has expired" },
        { "{\"code\":\"NotFound\",\"message\":\"No such offer\"}", "NotFound: No such offer" },
        { "{\"statusCode\":404,\"message\":\"Resource not found\"}", "Resource not found" },
        { " {\"error\": {\"message\": \"blanks\"}} \r\n", "blanks" },
        { "\xEF\xBB\xBF{\"error\":{\"code\":\"after a byte order mark\"}}",
          "after a byte order mark" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_line(rows[i].body, rows[i].want);
    }
}

static void text_is_shown_as_it_is(void **state)
{
    static const struct {
        const char *body, *want;
    } rows[] = {
        { "\"ICH50400 - Unable to complete request.\"", "ICH50400 - Unable to complete request." },
        { "Service Unavailable", "Service Unavailable" },
        { "\xEF\xBB\xBFService Unavailable", "Service Unavailable" },
        { "\"a \\\"quoted\\\" word\"", "a \"quoted\" word" },
        { "{\"error\": cut off", "{\"error\": cut off" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_line(rows[i].body, rows[i].want);
    }
}

static void body_that_says_nothing_gives_nothing(void **state)
{
    static const char *const rows[] = {
        "",
        "{}",
        "[]",
        "null",
        "42",
        "true",
        "\"\"",
        "{\"error\":{}}",
        "{\"error\":null}",
        "{\"error\":\"\",\"error_description\":\"\"}",
        "<!DOCTYPE html><html><body>Bad Gateway</body></html>",
        "[{\"code\":\"x\",\"message\":\"y\"}]",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_line(rows[i], "");
    }
}

static void line_ends_and_controls_become_blanks(void **state)
{
    (void)state;
    expect_line("{\"error\":{\"code\":\"a\\r\\nb\",\"message\":\"c\\td\\u001b[1m\"}}",
                "a  b: c d\x1B[1m");
    expect_line("first\r\nsecond", "first  second");
}

static void objects_in_sentences_and_nested_details_are_told(void **state)
{
    static const struct {
        const char *body, *want;
    } rows[] = {
        { "\"ICH50400 - Unable to complete request. {\\\"faultCode\\\":50400,\\\"reasonPhrase\\\":"
          "\\\"Validation failed.\\\",\\\"data\\\":{\\\"Filter[0]\\\":[\\\"is invalid\\\"]}}\"",
          "ICH50400 - Unable to complete request; Validation failed.; Filter[0]: is invalid" },
        { "\"A.B.RestClientException: failed, "
          "ResponseContent={\"errors\":{\"x-ms-publisherId\":[\"is "
          "required\"]},\"title\":\"Errors occurred.\",\"status\":400}",
          "A.B.RestClientException: failed, ResponseContent; Errors occurred.; x-ms-publisherId: "
          "is required" },
        { "{\"error\":{\"code\":\"badRequest\",\"message\":\"no\",\"details\":[{\"code\":"
          "\"invalidState\","
          "\"message\":\"Certification\",\"details\":[{\"code\":\"x\",\"message\":\"inner\"}]}]}}",
          "badRequest: no; invalidState: Certification; x: inner" },
        { "{\"error\":{\"code\":\"a\",\"details\":{\"message\":\"an object\"}}}", "a; an object" },
        { "{\"code\":\"A\",\"message\":\"b\",\"details\":[],\"activityId\":\"1\"}", "A: b" },
        { "{\"error\":{\"code\":\"a\",\"details\":[{\"code\":\"1\"},{\"code\":\"2\"},{\"code\":"
          "\"3\"},"
          "{\"code\":\"4\"}]}}",
          "a; 1; 2; 3" },
        { "{\"code\":\"a\",\"details\":{\"code\":\"1\",\"details\":{\"code\":\"2\",\"details\":{"
          "\"code\":"
          "\"3\",\"details\":{\"code\":\"4\"}}}}}",
          "a; 1; 2; 3" },
        { "{\"title\":\"Errors\",\"errors\":{\"a\":[\"1\"],\"odd\":[7],\"b\":\"2\",\"c\":[\"3\"],"
          "\"d\":"
          "[\"4\"]}}",
          "Errors; a: 1; b: 2; c: 3" },
        { "\" {\\\"code\\\":\\\"alone\\\"}\"", "alone" },
        { "The API you have called is not applicable for this product",
          "The API you have called is not applicable for this product" },
        { "\"a { brace\"", "a { brace" },
        { "\"a } brace\"", "a } brace" },
        { "\"} braces {\"", "} braces {" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_line(rows[i].body, rows[i].want);
    }
}

static void request_id_of_an_inner_error_is_found(void **state)
{
    static const struct {
        const char *body, *want;
    } rows[] = {
        { "{\"error\":{\"code\":\"x\",\"innerError\":{\"request-id\":\"1-2\",\"date\":\"d\"}}}",
          "1-2" },
        { "{\"error\":{\"innererror\":{\"request-id\":\"3\"}}}", "3" },
        { "{\"error\":{\"innerError\":{\"request-id\":4}}}", "" },
        { "{\"error\":\"word\"}", "" },
        { "\"text\"", "" },
        { "", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char out[32];
        json_error_request_id(rows[i].body, out, sizeof(out));
        assert_string_equal(out, rows[i].want);
    }
}

static void members_are_looked_up_with_case(void **state)
{
    (void)state;
    expect_line("{\"Error\":{\"Code\":\"A\"},\"Message\":\"B\",\"message\":\"c\"}", "c");
}

/* Whole characters, as many as fit. */
static void expect_cut(const char *unit, size_t unit_len, size_t lead)
{
    char body[4 * SHORT + 1] = "", out[SHORT];
    size_t len = 0, kept = 0;

    for (; len < lead; len++) {
        body[len] = 'a';
    }
    while (len + unit_len < sizeof(body)) {
        memcpy(body + len, unit, unit_len);
        len += unit_len;
    }
    body[len] = '\0';
    json_error_message(body, out, sizeof(out));
    kept = strlen(out);
    assert_true(kept < SHORT);
    assert_true(kept + unit_len >= SHORT);
    kept -= 3;
    assert_string_equal(out + kept, "...");
    assert_memory_equal(out, body, kept);
    for (size_t at = 0; at < kept;) {
        size_t step = utf8_length(out + at, out + kept);
        assert_int_not_equal(step, 0);
        at += step;
    }
}

static void long_line_is_cut_between_characters(void **state)
{
    (void)state;
    for (size_t lead = 0; lead < 4; lead++) {
        expect_cut("a", 1, lead);
        expect_cut("\xC3\xA9", 2, lead);
        expect_cut("\xEA\xB2\x8C", 3, lead);
        expect_cut("\xF0\x9F\x98\x80", 4, lead);
    }
}

static void line_that_just_fits_is_whole(void **state)
{
    char body[SHORT], out[SHORT];

    (void)state;
    memset(body, 'a', sizeof(body));
    memcpy(body + SHORT - 4, "\xEA\xB2\x8C", 4);
    json_error_message(body, out, sizeof(out));
    assert_string_equal(out, body);
}

static void line_that_is_a_byte_too_long_is_cut(void **state)
{
    char body[SHORT + 1], out[SHORT + 1];

    (void)state;
    memset(body, 'a', SHORT);
    body[SHORT] = '\0';
    json_error_message(body, out, SHORT);
    assert_int_equal(strlen(out), SHORT - 1);
    assert_string_equal(out + SHORT - 5, "a...");
}

/* Nothing says where a character begins. */
static void bytes_without_a_character_are_left_out(void **state)
{
    char body[2 * SHORT], out[SHORT];

    (void)state;
    memset(body, 0x80, sizeof(body));
    body[sizeof(body) - 1] = '\0';
    json_error_message(body, out, sizeof(out));
    assert_string_equal(out, "...");
}

static void secrets_are_hidden_before_the_line_is_cut(void **state)
{
    struct error err = ERROR_INIT;
    char out[SHORT];

    (void)state;
    assert_int_equal(redact_add("open-sesame-open-sesame", &err), 0);
    json_error_message("{\"error\":{\"message\":\"you sent open\\u002dsesame-open-sesame, which is "
                       "no token that this service knows\"}}",
                       out, sizeof(out));
    redact_clear();
    assert_null(strstr(out, "sesame"));
    assert_non_null(strstr(out, "you sent ***"));
    assert_int_equal(strlen(out), SHORT - 1);
}

static void huge_body_is_no_trouble(void **state)
{
    const size_t size = (size_t)200 * 1024;
    char *body = malloc(size + 1), out[SHORT];

    (void)state;
    assert_non_null(body);
    memset(body, 'a', size);
    body[size] = '\0';
    json_error_message(body, out, sizeof(out));
    assert_true(strlen(out) < SHORT);
    free(body);
}

static void longest_message_does_not_lose_its_code(void **state)
{
    const size_t size = (size_t)60 * 1024;
    char *body = malloc(size + 64), out[SHORT];
    size_t head;

    (void)state;
    assert_non_null(body);
    strcpy(body, "{\"error\":{\"code\":\"Long\",\"message\":\"");
    head = strlen(body);
    memset(body + head, 'm', size);
    strcpy(body + head + size, "\"}}");
    json_error_message(body, out, sizeof(out));
    assert_int_equal(strlen(out), SHORT - 1);
    assert_memory_equal(out, "Long: mmm", 9);
    free(body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(error_object_is_code_and_message),
        cmocka_unit_test(text_is_shown_as_it_is),
        cmocka_unit_test(body_that_says_nothing_gives_nothing),
        cmocka_unit_test(line_ends_and_controls_become_blanks),
        cmocka_unit_test(objects_in_sentences_and_nested_details_are_told),
        cmocka_unit_test(request_id_of_an_inner_error_is_found),
        cmocka_unit_test(members_are_looked_up_with_case),
        cmocka_unit_test(long_line_is_cut_between_characters),
        cmocka_unit_test(line_that_just_fits_is_whole),
        cmocka_unit_test(line_that_is_a_byte_too_long_is_cut),
        cmocka_unit_test(bytes_without_a_character_are_left_out),
        cmocka_unit_test(secrets_are_hidden_before_the_line_is_cut),
        cmocka_unit_test(huge_body_is_no_trouble),
        cmocka_unit_test(longest_message_does_not_lose_its_code),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

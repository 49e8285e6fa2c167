/* test_har_body.c - what a recording keeps of a body. */
#include "har/har_body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What is left of a body that comes in pieces of so many bytes, for the caller to free. */
static char *filtered(const char *body, size_t piece, bool is_problem)
{
    struct strbuf out = STRBUF_INIT(2 * HAR_STRING_MAX);
    struct har_body b = { .out = &out, .is_problem = is_problem };
    size_t len = strlen(body);

    for (size_t at = 0; at < len; at += piece) {
        har_body_feed(&b, body + at, len - at < piece ? len - at : piece);
    }
    har_body_finish(&b);
    har_body_clear(&b);
    assert_false(out.failed);
    if (out.data == NULL) {
        strbuf_puts(&out, "");
    }
    return out.data;
}

static void check_both(const char *body, const char *wanted, bool is_problem)
{
    for (size_t piece = 1; piece <= strlen(body); piece++) {
        char *found = filtered(body, piece, is_problem);
        assert_string_equal(found != NULL ? found : "", wanted);
        free(found);
    }
}

static void check(const char *body, const char *wanted)
{
    check_both(body, wanted, false);
}

/* An answer whose status is an error's. */
static void check_problem(const char *body, const char *wanted)
{
    check_both(body, wanted, true);
}

static void members_that_are_read_keep_their_value(void **state)
{
    (void)state;
    check("[{\"id\": \"a\", \"status\": \"running\", \"version\": 9, \"definition\": "
          "{\"displayText\": \"A\"}}]",
          "[{\"id\": \"a\", \"status\": \"running\", \"version\": 9, \"definition\": "
          "{\"displayText\": \"A\"}}]");
}

static void other_texts_and_numbers_are_removed_and_the_shape_stays(void **state)
{
    (void)state;
    check("{\"definition\": {\"offer\": {\"logo\": \"https://x/?sig=s\", \"pin\": 4711, \"on\": "
          "true, \"none\": null, \"empty\": \"\", \"list\": [\"a\", -1.5e3, {\"b\": [\"c\"]}]}}}",
          "{\"definition\": {\"offer\": {\"logo\": \"(removed)\", \"pin\": 0, \"on\": true, "
          "\"none\": null, \"empty\": \"\", \"list\": [\"(removed)\", 0, {\"b\": "
          "[\"(removed)\"]}]}}}");
}

/* What is read of an offer is not read of something within its definition. */
static void a_name_that_is_read_elsewhere_is_not_read_here(void **state)
{
    (void)state;
    check("{\"definition\":{\"id\":\"x\",\"status\":\"y\",\"message\":\"z\"}}",
          "{\"definition\":{\"id\":\"(removed)\",\"status\":\"(removed)\",\"message\":"
          "\"(removed)\"}}");
    check("{\"other\":{\"definition\":{\"displayText\":\"x\"},\"value\":[{\"id\":\"y\"}]}}",
          "{\"other\":{\"definition\":{\"displayText\":\"(removed)\"},\"value\":[{\"id\":"
          "\"(removed)\"}]}}");
}

static void a_member_of_an_unexpected_type_is_removed(void **state)
{
    (void)state;
    check("{\"status\":{\"password\":\"x\"},\"definition\":\"y\",\"steps\":\"z\",\"id\":[\"w\"]}",
          "{\"status\":{\"password\":\"(removed)\"},\"definition\":\"(removed)\",\"steps\":"
          "\"(removed)\",\"id\":[\"w\"]}");
}

static void names_of_members_that_look_like_data_are_removed(void **state)
{
    (void)state;
    check("{\"plans\":{\"jane@example.com 1\":1,\"0123456789abcdef\":2,\"displayName\":3}}",
          "{\"plans\":{\"(removed)\":0,\"(removed)\":0,\"displayName\":0}}");
    check("{\"jane@example.com\":1,\"@odata.type\":2,\"jobs@odata.count\":3,\"AccountKey=a\":4}",
          "{\"(removed)\":0,\"@odata.type\":0,\"jobs@odata.count\":0,\"(removed)\":0}");
}

static void body_on_text(void *user, enum har_class class, struct strbuf *value)
{
    (void)user;
    (void)class;
    strbuf_reset(value);
    strbuf_puts(value, "offer-1");
}

static void a_number_stays_a_number(void **state)
{
    static const char body[] = "{\"id\":12,\"version\":\"12\"}";
    struct strbuf out = STRBUF_INIT((size_t)1024);
    struct har_body b = { .out = &out, .text = body_on_text };

    (void)state;
    har_body_feed(&b, body, sizeof(body) - 1);
    har_body_clear(&b);
    assert_string_equal(strbuf_text(&out), "{\"id\":0,\"version\":\"offer-1\"}");
    strbuf_clear(&out);
}

static void escapes_are_undone_before_a_name_is_looked_up(void **state)
{
    (void)state;
    check("{\"st\\u0061tus\":\"runn\\u0069ng \\\"\\n\\u20AC\\ud83d\\ude80\\ud83d\"}",
          "{\"status\":\"running \\\"\\n\xE2\x82\xAC\xF0\x9F\x9A\x80\xEF\xBF\xBD\"}");
    check("{\"id\":\"a\\q\\u12\\u0000\\/\"}",
          "{\"id\":\"a\xEF\xBF\xBDq\xEF\xBF\xBDu12\xEF\xBF\xBD/\"}");
}

static void sentences_of_errors_stay(void **state)
{
    (void)state;
    check("{\"error\":{\"code\":\"Bad\",\"message\":\"no\",\"details\":[{\"code\":\"c\",\"target\":"
          "\"t\"}],\"innerError\":{\"request-id\":\"r\",\"trace\":\"x\"}}}",
          "{\"error\":{\"code\":\"Bad\",\"message\":\"no\",\"details\":[{\"code\":\"c\",\"target\":"
          "\"(removed)\"}],\"innerError\":{\"request-id\":\"r\",\"trace\":\"(removed)\"}}}");
    check_problem("{\"title\":\"t\",\"errors\":{\"Filter[0]\":[\"is bad\"]}}",
                  "{\"title\":\"t\",\"errors\":{\"Filter[0]\":[\"is bad\"]}}");
    check("{\"errors\":[{\"message\":\"m\",\"value\":\"v\"}]}",
          "{\"errors\":[{\"message\":\"m\",\"value\":\"(removed)\"}]}");
    check("\"ICH50400 - Unable to complete request.\"",
          "\"ICH50400 - Unable to complete request.\"");
}

/* A member of that name in an offer is somebody's data. */
static void fields_are_those_of_an_error_alone(void **state)
{
    static const char fields[] =
        "{\"id\":\"a\",\"title\":\"t\",\"data\":{\"key\":\"k\"},\"errors\":"
        "{\"Filter[0]\":[\"f\"]}}";

    (void)state;
    check_problem(fields, fields);
    check(fields, "{\"id\":\"a\",\"title\":\"(removed)\",\"data\":{\"key\":\"(removed)\"},"
                  "\"errors\":{\"(removed)\":[\"(removed)\"]}}");
    check_problem("{\"value\":[{\"data\":{\"key\":\"k\"}}]}",
                  "{\"value\":[{\"data\":{\"key\":\"(removed)\"}}]}");
}

static void what_is_no_json_is_not_written(void **state)
{
    (void)state;
    check("<html>secret</html>", "");
    check("Bad gateway", "");
}

/* So that a replay fails as the first read did. */
static void broken_json_stays_broken(void **state)
{
    (void)state;
    check("{\"id\":\"a\nb\",\"x\ty\":\"\\n\"}",
          "{\"id\":\"a\\nb\x01\",\"(removed)\x01\":\"(removed)\"}");
    check("42", "42");
    check("-1.5e3 ", "-1.5e3 ");
    check("true", "true");
    check("[42]", "[0]");
    check("[{\"id\":\"a\"},oops]", "[{\"id\":\"a\"},?]");
    check("[{\"id\":\"a\",\"status\":\"run", "[{\"id\":\"a\",\"status\":");
    check("[{\"id\":tru", "[{\"id\":?");
}

static void a_byte_order_mark_stays(void **state)
{
    (void)state;
    check("\xEF\xBB\xBF[{\"id\":\"a\"}]", "\xEF\xBB\xBF[{\"id\":\"a\"}]");
}

static void nesting_without_end_is_cut(void **state)
{
    char deep[HAR_DEPTH_MAX + 10], *found;

    (void)state;
    memset(deep, '[', sizeof(deep) - 1);
    deep[sizeof(deep) - 1] = '\0';
    found = filtered(deep, sizeof(deep), false);
    assert_int_equal(strlen(found), HAR_DEPTH_MAX);
    free(found);
}

static void blanks_stand_for_a_text_that_is_too_large(void **state)
{
    static const char start[] = "[{\"id\":\"(removed)\"";
    struct strbuf body = STRBUF_INIT(2 * HAR_STRING_MAX);
    char *found;

    (void)state;
    strbuf_puts(&body, "[{\"id\":\"");
    for (size_t i = 0; i <= HAR_STRING_MAX / 8; i++) {
        strbuf_puts(&body, "aaaaaaaa");
    }
    strbuf_puts(&body, "\"}]");
    found = filtered(strbuf_text(&body), 5000, false);
    assert_int_equal(strlen(found), strlen(start) + HAR_STRING_MAX + strlen("}]"));
    assert_int_equal(strncmp(found, start, strlen(start)), 0);
    assert_int_equal(strspn(found + strlen(start), " "), HAR_STRING_MAX);
    assert_string_equal(found + strlen(start) + HAR_STRING_MAX, "}]");
    free(found);
    strbuf_clear(&body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_that_are_read_keep_their_value),
        cmocka_unit_test(other_texts_and_numbers_are_removed_and_the_shape_stays),
        cmocka_unit_test(a_name_that_is_read_elsewhere_is_not_read_here),
        cmocka_unit_test(a_member_of_an_unexpected_type_is_removed),
        cmocka_unit_test(names_of_members_that_look_like_data_are_removed),
        cmocka_unit_test(a_number_stays_a_number),
        cmocka_unit_test(escapes_are_undone_before_a_name_is_looked_up),
        cmocka_unit_test(sentences_of_errors_stay),
        cmocka_unit_test(fields_are_those_of_an_error_alone),
        cmocka_unit_test(what_is_no_json_is_not_written),
        cmocka_unit_test(broken_json_stays_broken),
        cmocka_unit_test(a_byte_order_mark_stays),
        cmocka_unit_test(nesting_without_end_is_cut),
        cmocka_unit_test(blanks_stand_for_a_text_that_is_too_large),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_json_parse.c - what is refused of an element, and the values that come out of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "json/json.h"

#include <stdlib.h>
#include <string.h>

#define REPLACED "\xEF\xBF\xBD"

static struct arena parsed; /* documents that a test looks at */

/* Parse a copy that is exactly as long as the text, so that a read past its end is seen. */
static cJSON *parse_members(const char *text, size_t len, const char *const *members,
                            struct error *err)
{
    char *copy = malloc(len > 0 ? len : 1);
    cJSON *doc;

    assert_non_null(copy);
    memcpy(copy, text, len);
    doc = json_parse(copy, len, members, &parsed, err);
    free(copy);
    return doc;
}

static cJSON *parse(const char *text, size_t len, struct error *err)
{
    return parse_members(text, len, NULL, err);
}

/* `want` is JSON that cJSON reads. */
static void expect_members(const char *text, const char *const *members, const char *want)
{
    struct error err = ERROR_INIT;
    cJSON *doc = parse_members(text, strlen(text), members, &err), *wanted = cJSON_Parse(want);
    char *got, *expected;

    if (doc == NULL) {
        fail_msg("%s: %s", text, err.text);
    }
    got = cJSON_PrintUnformatted(doc);
    expected = cJSON_PrintUnformatted(wanted);
    assert_non_null(got);
    assert_non_null(expected);
    if (strcmp(got, expected) != 0) {
        fail_msg("%s: got %s", text, got);
    }
    cJSON_free(got);
    cJSON_free(expected);
    cJSON_Delete(wanted);
    arena_clear(&parsed);
}

static void expect_parse(const char *text, const char *want)
{
    expect_members(text, NULL, want);
}

static void expect_refusal(const char *text, size_t len)
{
    struct error err = ERROR_INIT;

    if (parse(text, len, &err) != NULL) {
        fail_msg("was accepted: %s", text);
    }
    assert_int_equal(err.code, ERR_ANSWER);
    assert_string_not_equal(err.text, "");
    arena_clear(&parsed);
}

static void valid_utf8_stays(void **state)
{
    static const char *const rows[] = {
        "\"\xC2\x80\"",
        "\"\xC3\xA9\"",
        "\"\xDF\xBF\"",
        "\"\xE0\xA0\x80\"",
        "\"\xED\x9F\xBF\"",
        "\"\xEE\x80\x80\"",
        "\"\xEF\xBF\xBF\"",
        "\"\xF0\x90\x80\x80\"",
        "\"\xF4\x8F\xBF\xBF\"",
        "\"\x7F\"",
        "\"\xEA\xB2\x8C\xEC\x8B\x9C\"",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_parse(rows[i], rows[i]);
    }
}

static void invalid_utf8_becomes_the_replacement_character(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "\"a\x80z\"", "\"a" REPLACED "z\"" },
        { "\"\xFF\"", "\"" REPLACED "\"" },
        { "\"\xC0\xAF\"", "\"" REPLACED REPLACED "\"" },                           /* overlong */
        { "\"\xC1\xBF\"", "\"" REPLACED REPLACED "\"" },                           /* overlong */
        { "\"\xE0\x80\xAF\"", "\"" REPLACED REPLACED REPLACED "\"" },              /* overlong */
        { "\"\xED\xA0\x80\"", "\"" REPLACED REPLACED REPLACED "\"" },              /* surrogate */
        { "\"\xF4\x90\x80\x80\"", "\"" REPLACED REPLACED REPLACED REPLACED "\"" }, /* too large */
        { "\"\xC3\"", "\"" REPLACED "\"" }, /* cut by the quote */
        { "\"\xE2\x82\"", "\"" REPLACED REPLACED "\"" },
        { "\"\xC3\xA9\xE9\xC3\xA9\"", "\"\xC3\xA9" REPLACED "\xC3\xA9\"" }, /* Latin-1 between */
        { "{\"a\x80\": \"\x81\"}", "{\"a" REPLACED "\": \"" REPLACED "\"}" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_parse(rows[i].text, rows[i].want);
    }
}

static void lone_surrogate_becomes_the_replacement_character(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "\"\\ud800\"", "\"" REPLACED "\"" },
        { "\"\\uDFFF\"", "\"" REPLACED "\"" },
        { "\"\\ud83d x\"", "\"" REPLACED " x\"" },
        { "\"\\ud83d\\n\"", "\"" REPLACED "\\n\"" },
        { "\"\\ud83d\\u0041\"", "\"" REPLACED "\\u0041\"" },
        { "\"\\ud83d\\ud83d\\ude00\"", "\"" REPLACED "\\ud83d\\ude00\"" },
        { "\"\\ude00\\ud83d\"", "\"" REPLACED REPLACED "\"" },
        { "\"\\ude00\\ude00\"", "\"" REPLACED REPLACED "\"" },
        { "\"\\udc00\\udc00\"", "\"" REPLACED REPLACED "\"" },
        { "\"\\u0041\\ude00\"", "\"A" REPLACED "\"" },
        { "\"\\ud83d\\ue000\"", "\"" REPLACED "\\ue000\"" },
        /* no escape, or no \\u, where the second one would have its digits */
        { "\"\\ud83dxxde00\"", "\"" REPLACED "xxde00\"" },
        { "\"\\ud83d\\nde00\"", "\"" REPLACED "\\nde00\"" },
        { "{\"\\ud800\": 1}", "{\"" REPLACED "\": 1}" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_parse(rows[i].text, rows[i].want);
    }
}

static void pair_of_surrogates_stays(void **state)
{
    (void)state;
    expect_parse("\"\\ud83d\\ude00\"", "\"\\ud83d\\ude00\"");
    expect_parse("\"\\uD800\\uDC00\\uDBFF\\uDFFF\"", "\"\\uD800\\uDC00\\uDBFF\\uDFFF\"");
}

static void next_character_is_a_code_point(void **state)
{
    static const struct {
        const char *text;
        uint32_t want;
        size_t len;
    } rows[] = {
        { "ab", 'a', 1 },
        { "\xC3\xA9x", 0xE9, 2 },
        { "\x80x", 0xFFFD, 1 },
        { "\\n1", '\n', 2 },
        { "\\u00011", 1, 6 },
        { "\\u00001", 0xFFFD, 6 },
        { "\\ud7ff1", 0xD7FF, 6 },
        { "\\ud8001", 0xFFFD, 6 },
        { "\\udfff1", 0xFFFD, 6 },
        { "\\ue0001", 0xE000, 6 },
        { "\\ud800\\udc001", 0x10000, 12 },
        { "\\ud83d\\ude001", 0x1F600, 12 },
        { "\\udbff\\udfff1", 0x10FFFF, 12 },
        { "\\x1", 0xFFFD, 1 },
        { "\\u12", 0xFFFD, 1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *p = rows[i].text;
        uint32_t got = json_next_character(&p, p + strlen(p));
        if (got != rows[i].want || p != rows[i].text + rows[i].len) {
            fail_msg("%s: got U+%04X", rows[i].text, (unsigned)got);
        }
    }
}

static void escaped_nul_becomes_the_replacement_character(void **state)
{
    struct error err = ERROR_INIT;
    const char text[] = "{\"id\": \"con\\u0000toso\", \"a\\u0000b\": 1}";
    cJSON *doc = parse(text, sizeof(text) - 1, &err);

    (void)state;
    assert_non_null(doc);
    assert_string_equal(doc->child->valuestring, "con" REPLACED "toso");
    assert_string_equal(doc->child->next->string, "a" REPLACED "b");
    arena_clear(&parsed);
    /* a backslash before it makes it six harmless characters */
    expect_parse("\"\\\\u0000\"", "\"\\\\u0000\"");
}

static void raw_control_character_is_refused(void **state)
{
    char in_text[] = "\"a?b\"", between[] = "{?}";

    (void)state;
    for (int c = 0; c < 0x20; c++) {
        bool is_space = c == '\t' || c == '\n' || c == '\r';
        in_text[2] = (char)c;
        expect_refusal(in_text, sizeof(in_text) - 1);
        between[1] = (char)c;
        if (is_space) {
            expect_parse(between, between);
        } else {
            expect_refusal(between, sizeof(between) - 1);
        }
    }
}

static void number_beyond_15_digits_becomes_text(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "123456789012345", "123456789012345" },
        { "-123456789012345", "-123456789012345" },
        { "1234567890.12345", "1234567890.12345" },
        { "1234567890123456", "\"1234567890123456\"" },
        { "-1234567890123456", "\"-1234567890123456\"" },
        { "1234567890.123456", "\"1234567890.123456\"" },
        { "636576975611768314", "\"636576975611768314\"" },
        { "9223372036854775808", "\"9223372036854775808\"" },
        { "[636576975611768314,1]", "[\"636576975611768314\",1]" },
        { "{\"version\":636576975611768314}", "{\"version\":\"636576975611768314\"}" },
        { "1e400", "\"1e400\"" },
        { "[1E+2, 1e-2]", "[\"1E+2\", \"1e-2\"]" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_parse(rows[i].text, rows[i].want);
    }
}

static void number_that_json_does_not_have_is_refused(void **state)
{
    static const char *const rows[] = {
        "007", "-",  "-a",   "1.",   "1.e5", ".5",  "1e",       "1e+",       "-01",
        "00",  "+1", "0x1F", "1.5.", "--1",  "NaN", "Infinity", "-Infinity",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        cJSON *doc = parse(rows[i], strlen(rows[i]), &err);
        if (doc != NULL) {
            fail_msg("%s was accepted", rows[i]);
        }
        assert_int_equal(err.code, ERR_ANSWER);
    }
}

static void escape_that_json_does_not_have_is_refused(void **state)
{
    static const char *const rows[] = {
        "\"\\x41\"", "\"\\a\"", "\"\\'\"", "\"\\u12\"",   "\"\\u12G4\"",
        "\"\\",      "\"\\u\"", "\"\\u00", "\"\\U0041\"", "\"\\uD83D\\uZZZZ\"",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_refusal(rows[i], strlen(rows[i]));
    }
    expect_refusal("\"\\\0\"", 4);
    expect_parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00AF\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00AF\"");
}

static void text_without_end_is_refused(void **state)
{
    static const char *const rows[] = { "\"", "\"abc", "\"abc\\\"", "{\"a\": \"b}", "\"\xC3" };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_refusal(rows[i], strlen(rows[i]));
    }
}

static void put_levels(struct strbuf *text, bool objects, int depth)
{
    strbuf_reset(text);
    for (int i = 0; i < depth; i++) {
        strbuf_puts(text, objects ? (i > 0 ? "\"a\":{" : "{") : "[");
    }
    for (int i = 0; i < depth; i++) {
        strbuf_puts(text, objects ? "}" : "]");
    }
}

static void depth_is_limited_to_64(void **state)
{
    struct strbuf text = STRBUF_INIT(4096);

    (void)state;
    for (int shape = 0; shape < 2; shape++) {
        put_levels(&text, shape == 1, 64);
        expect_parse(text.data, text.data);
        put_levels(&text, shape == 1, 65);
        expect_refusal(text.data, text.len);
    }
    strbuf_clear(&text);
}

static void what_stands_in_the_wrong_place_is_refused(void **state)
{
    static const char *const rows[] = {
        "{\"a\"}",
        "{\"a\",\"b\":1}",
        "{\"a\":}",
        "{\"a\" 1}",
        "{\"a\"::1}",
        "{\"a\":1,}",
        "{,}",
        "{,\"a\":1}",
        "{\"a\":1 2}",
        "{\"a\":1 \"b\":2}",
        "{1:2}",
        "{\"a\":1]",
        "[1}",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1:2]",
        "{\"a\":1}}",
        "[]]",
        "[",
        "{\"a\":[1}",
        "{\"a\":{\"b\"}}",
        "[{\"a\":1},}]",
        "1 2",
        "\"a\":1",
        ":",
        ",",
        "{\"a\":1,,\"b\":2}",
        "{}{}",
        "{true:1}",
    };
    static const char *const members[] = { "z", NULL };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        expect_refusal(rows[i], strlen(rows[i]));
        /* also in a member that is not read */
        if (parse_members(rows[i], strlen(rows[i]), members, &err) != NULL) {
            fail_msg("was accepted: %s", rows[i]);
        }
        arena_clear(&parsed);
    }
}

static void members_that_are_not_read_are_left_out(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "{}", "{}" },
        { " { } ", " {} " },
        { "{\"id\":1}", "{\"id\":1}" },
        { "{\"x\":1}", "{}" },
        { "{\"x\":1,\"id\":2}", "{\"id\":2}" },
        { "{\"id\":1,\"x\":2}", "{\"id\":1}" },
        { "{\"x\":0,\"id\":1,\"y\":[1,{\"id\":3}],\"name\":\"n\",\"z\":{}}",
          "{\"id\":1,\"name\":\"n\"}" },
        { "{ \"x\" : 1 , \"id\" : 2 , \"y\" : 3 }", "{ \"id\" : 2 }" },
        { "{\"id\":{\"x\":1,\"y\":2}}", "{\"id\":{\"x\":1,\"y\":2}}" },
        { "{\"id\":1,\"id\":2}", "{\"id\":1,\"id\":2}" },
        { "{\"ID\":1,\"i\":2,\"idd\":3,\"\":4}", "{}" },
        { "{\"\\u0069d\":1,\"\\u0078\":2}", "{\"id\":1}" },
        { "{\"x\":\"\\u0000\",\"id\":\"\\ud800\",\"y\":\"\x80\",\"name\":12345678901234567}",
          "{\"id\":\"" REPLACED "\",\"name\":\"12345678901234567\"}" },
        { "{\"x\x80\":1,\"id\":2}", "{\"id\":2}" },
        { "[{\"x\":1}]", "[{\"x\":1}]" },
        { "\"x\"", "\"x\"" },
    };
    static const char *const members[] = { "id", "name", NULL };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_members(rows[i].text, members, rows[i].want);
    }
}

static void depth_is_not_the_number_of_brackets(void **state)
{
    struct strbuf text = STRBUF_INIT(4096);

    (void)state;
    strbuf_puts(&text, "[0");
    for (int i = 0; i < 500; i++) {
        strbuf_puts(&text, ",[],{}");
    }
    strbuf_puts(&text, "]");
    assert_false(text.failed);
    expect_parse(text.data, text.data);
    strbuf_clear(&text);
}

static void what_is_not_json_is_not_parsed(void **state)
{
    static const char *const rows[] = {
        "",
        " ",
        "{",
        "}",
        "{a:1}",
        "{'a':1}",
        "{} x",
        "{},",
        "tru",
        "True",
        "nullx",
        "undefined",
        "// remark\n{}",
        "<html></html>",
        "\xEF\xBB\xBF{}",
        "{\"liveLinks\": []\"}",
        "{\"text\": \xE2\x80\x9Cx\"}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_refusal(rows[i], strlen(rows[i]));
    }
}

static void refusal_says_why_and_where(void **state)
{
    static const struct {
        const char *text, *why;
    } rows[] = {
        { "[1 2]", "this is not JSON (byte 4 of it)" },
        { "{\"a\":}", "this is not JSON (byte 6 of it)" },
        { "[", "this is not JSON (byte 2 of it)" },
        { "{} x", "this is not JSON (byte 4 of it)" },
        { "[-]", "a number that JSON does not have" },
        { "[\"abc", "a text without its closing quote" },
        { "[\"abc\\n", "a text without its closing quote" },
        { "[\"\\a\"]", "an escape that JSON does not have" },
        { "[\"\\u12\"]", "\\u without four hexadecimal digits" },
        { "[\"\t\"]", "a bare control character (0x09) in a text" },
        { "[nul]", "byte 0x6E where JSON cannot have it" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        assert_null(parse(rows[i].text, strlen(rows[i].text), &err));
        assert_string_equal(err.text, rows[i].why);
        arena_clear(&parsed);
    }
}

static void raw_nul_does_not_cut_an_element(void **state)
{
    struct error err = ERROR_INIT;

    (void)state;
    assert_null(parse("{}\0{}", 5, &err));
    assert_int_equal(err.code, ERR_ANSWER);
    assert_null(parse("{\"a\0b\": 1}", 10, &err));
}

static void blanks_around_an_element_are_fine(void **state)
{
    struct error err = ERROR_INIT;
    cJSON *doc = parse(" \r\n\t{\"a\": 1}\n\t \r", 16, &err);

    (void)state;
    assert_non_null(doc);
    assert_true(cJSON_IsObject(doc));
    arena_clear(&parsed);
}

static void repaired_element_keeps_all_its_values(void **state)
{
    const char text[] = "{\"a\": \"x\x80y\", \"b\": 636576975611768314, \"c\": \"\\ud800\", "
                        "\"d\": {\"e\": [\"\\u0000\", 12345678901234567890, 7]}}";
    struct error err = ERROR_INIT;
    cJSON *doc = parse(text, sizeof(text) - 1, &err), *e;

    (void)state;
    assert_non_null(doc);
    assert_string_equal(cJSON_GetObjectItemCaseSensitive(doc, "a")->valuestring, "x" REPLACED "y");
    assert_string_equal(cJSON_GetObjectItemCaseSensitive(doc, "b")->valuestring,
                        "636576975611768314");
    assert_string_equal(cJSON_GetObjectItemCaseSensitive(doc, "c")->valuestring, REPLACED);
    e = cJSON_GetObjectItemCaseSensitive(doc, "d")->child;
    assert_string_equal(cJSON_GetArrayItem(e, 0)->valuestring, REPLACED);
    assert_string_equal(cJSON_GetArrayItem(e, 1)->valuestring, "12345678901234567890");
    assert_int_equal(cJSON_GetArrayItem(e, 2)->valueint, 7);
    arena_clear(&parsed);
}

static void an_element_ends_before_its_comma_or_bracket(void **state)
{
    static const struct {
        const char *text;
        int after; /* where it ends, -1: not here */
    } rows[] = {
        { "{\"a\":1},", 7 }, { "[1] \n ]}", 6 },   { "12,", 2 },       { "\"a\"]", 3 },
        { "null,x", 4 },     { "", -1 },           { "12", -1 }, /* its next digit may come */
        { "{\"a\":1}", -1 }, { "{\"a\":1} ", -1 }, { "{\"a\":1", -1 }, { "{\"a\":1}}", -1 },
        { "[1] 2,", -1 },    { "tru,", -1 },       { "],", -1 },       { ",1,", -1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        size_t len = strlen(rows[i].text);
        char *copy = malloc(len > 0 ? len : 1);
        const char *after = NULL;
        bool ends;

        assert_non_null(copy);
        memcpy(copy, rows[i].text, len);
        ends = json_parse_element(copy, len, NULL, &parsed, &after) != NULL;
        if (ends != (rows[i].after >= 0) || (ends && after != copy + rows[i].after)) {
            fail_msg("%s", rows[i].text);
        }
        free(copy);
        arena_clear(&parsed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(valid_utf8_stays),
        cmocka_unit_test(invalid_utf8_becomes_the_replacement_character),
        cmocka_unit_test(lone_surrogate_becomes_the_replacement_character),
        cmocka_unit_test(pair_of_surrogates_stays),
        cmocka_unit_test(next_character_is_a_code_point),
        cmocka_unit_test(escaped_nul_becomes_the_replacement_character),
        cmocka_unit_test(raw_control_character_is_refused),
        cmocka_unit_test(number_beyond_15_digits_becomes_text),
        cmocka_unit_test(number_that_json_does_not_have_is_refused),
        cmocka_unit_test(escape_that_json_does_not_have_is_refused),
        cmocka_unit_test(text_without_end_is_refused),
        cmocka_unit_test(depth_is_limited_to_64),
        cmocka_unit_test(what_stands_in_the_wrong_place_is_refused),
        cmocka_unit_test(members_that_are_not_read_are_left_out),
        cmocka_unit_test(depth_is_not_the_number_of_brackets),
        cmocka_unit_test(what_is_not_json_is_not_parsed),
        cmocka_unit_test(refusal_says_why_and_where),
        cmocka_unit_test(raw_nul_does_not_cut_an_element),
        cmocka_unit_test(blanks_around_an_element_are_fine),
        cmocka_unit_test(repaired_element_keeps_all_its_values),
        cmocka_unit_test(an_element_ends_before_its_comma_or_bracket),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_json_read.c - members of an object, what may be missing, and the path in the error. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "json/json.h"

#include <string.h>

static struct arena parsed; /* documents that a test looks at */

static cJSON *object_of(const char *text)
{
    struct error err = ERROR_INIT;
    char copy[4096];
    cJSON *doc;

    assert_true(strlen(text) < sizeof(copy));
    strcpy(copy, text);
    doc = json_parse(copy, strlen(copy), NULL, &parsed, &err);
    if (doc == NULL) {
        fail_msg("%s: %s", text, err.text);
    }
    return doc;
}

static void expect_same(const char *row, const char *got, const char *want)
{
    if ((got == NULL) != (want == NULL) || (got != NULL && strcmp(got, want) != 0)) {
        fail_msg("%s: found %s%s%s, expected %s%s%s", row, got != NULL ? "\"" : "",
                 got != NULL ? got : "NULL", got != NULL ? "\"" : "", want != NULL ? "\"" : "",
                 want != NULL ? want : "NULL", want != NULL ? "\"" : "");
    }
}

static void kinds_have_names(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "\"\"", "text" },   { "1", "a number" },   { "true", "true" }, { "false", "false" },
        { "[]", "an array" }, { "{}", "an object" }, { "null", "null" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cJSON *item = object_of(rows[i].text);
        assert_string_equal(json_kind(item), rows[i].want);
        arena_clear(&parsed);
    }
    assert_string_equal(json_kind(NULL), "null");
}

static void missing_null_and_empty_text_are_absent(void **state)
{
    static const struct {
        const char *object, *want;
    } rows[] = {
        { "{\"m\":\"running\"}", "running" },
        { "{\"m\":\" \"}", " " },
        { "{\"m\":\"\"}", NULL },
        { "{\"m\":null}", NULL },
        { "{}", NULL },
        { "{\"other\":1}", NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cJSON *object = object_of(rows[i].object);
        struct error err = ERROR_INIT;
        const char *out = "left over";
        assert_int_equal(json_text(object, "", "m", &out, &err), 0);
        expect_same(rows[i].object, out, rows[i].want);
        arena_clear(&parsed);
    }
}

static void members_of_no_object_are_absent(void **state)
{
    struct error err = ERROR_INIT;
    struct arena arena = ARENA_INIT;
    const char *text = "left over";
    const cJSON *item = NULL;

    (void)state;
    assert_int_equal(json_text(NULL, "definition", "displayText", &text, &err), 0);
    assert_null(text);
    text = "left over"; /* of an array: its values have no names */
    assert_int_equal(json_text(object_of("[\"a\"]"), "", "displayText", &text, &err), 0);
    assert_null(text);
    text = "left over";
    assert_int_equal(json_text_or_number(NULL, "definition", "sellerId", &text, &err), 0);
    assert_null(text);
    text = "left over";
    assert_int_equal(json_time(NULL, "", "changedTime", &arena, &text, &err), 0);
    assert_null(text);
    assert_int_equal(json_array(NULL, "", "steps", &item, &err), 0);
    assert_null(item);
    assert_int_equal(json_object(NULL, "", "definition", &item, &err), 0);
    assert_null(item);
    arena_clear(&arena);
    arena_clear(&parsed);
}

static void members_are_looked_up_with_case(void **state)
{
    cJSON *object = object_of("{\"Status\":\"wrong\",\"STATUS\":1,\"status\":\"right\"}");
    struct error err = ERROR_INIT;
    const char *out = NULL;

    (void)state;
    assert_int_equal(json_text(object, "", "status", &out, &err), 0);
    assert_string_equal(out, "right");
    assert_int_equal(json_text(object, "", "sTATUS", &out, &err), 0);
    assert_null(out);
    arena_clear(&parsed);
}

static void member_that_stands_twice_is_refused(void **state)
{
    cJSON *object = object_of("{\"id\":\"a\",\"id\":\"b\",\"n\":1,\"n\":null,\"c\":[],"
                              "\"d\":{},\"d\":{}}");
    struct error err = ERROR_INIT;
    const char *out = "left over";
    const cJSON *list = object;
    int percent;

    (void)state;
    assert_int_equal(json_text(object, "steps[3]", "id", &out, &err), -1);
    assert_string_equal(err.text, "steps[3].id: occurs twice");
    assert_null(out);
    assert_int_equal(json_array(object, "", "n", &list, &err), -1);
    assert_string_equal(err.text, "n: occurs twice");
    assert_int_equal(json_list(object, "", "d", &list, &err), -1);
    assert_int_equal(json_object(object, "", "d", &list, &err), -1);
    assert_string_equal(err.text, "d: occurs twice");
    assert_int_equal(json_percent(object, "", "n", &percent, &err), -1);
    assert_string_equal(err.text, "n: occurs twice");
    assert_int_equal(json_array(object, "", "c", &list, &err), 0); /* of the others none is read */
    arena_clear(&parsed);
}

static void wrong_type_of_text_is_told_with_its_path(void **state)
{
    static const struct {
        const char *object, *where, *want;
    } rows[] = {
        { "{\"id\":1}", "", "id: expected text, found a number" },
        { "{\"id\":[]}", "steps[3]", "steps[3].id: expected text, found an array" },
        { "{\"id\":{}}", "", "id: expected text, found an object" },
        { "{\"id\":true}", "", "id: expected text, found true" },
        { "{\"id\":false}", "", "id: expected text, found false" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cJSON *object = object_of(rows[i].object);
        struct error err = ERROR_INIT;
        const char *out = NULL;
        assert_int_equal(json_text(object, rows[i].where, "id", &out, &err), -1);
        assert_int_equal(err.code, ERR_ANSWER);
        assert_string_equal(err.text, rows[i].want);
        arena_clear(&parsed);
    }
}

static void number_is_given_as_the_digits_that_came(void **state)
{
    static const struct {
        const char *object, *want;
    } rows[] = {
        { "{\"version\":0}", "0" },
        { "{\"version\":9}", "9" },
        { "{\"version\":1252868275}", "1252868275" },
        { "{\"version\":100000000000000}", "100000000000000" },
        { "{\"version\":999999999999999}", "999999999999999" },
        { "{\"version\":9007199254740993}", "9007199254740993" },
        { "{\"version\":636576975611768314}", "636576975611768314" },
        { "{\"version\":-20}", "-20" },
        { "{\"version\":1.5}", "1.5" },
        { "{\"version\":1.50}", "1.50" },
        { "{\"version\":1e2}", "1e2" },
        { "{\"version\":\"20\"}", "20" },
        { "{\"version\":\"\"}", NULL },
        { "{\"version\":null}", NULL },
        { "{}", NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cJSON *object = object_of(rows[i].object);
        struct error err = ERROR_INIT;
        const char *out = "left over";
        assert_int_equal(json_text_or_number(object, "", "version", &out, &err), 0);
        expect_same(rows[i].object, out, rows[i].want);
        arena_clear(&parsed);
    }
}

static void neither_text_nor_number_is_refused(void **state)
{
    static const struct {
        const char *object, *want;
    } rows[] = {
        { "{\"version\":true}", "version: expected text or a number, found true" },
        { "{\"version\":[]}", "version: expected text or a number, found an array" },
        { "{\"version\":{}}", "version: expected text or a number, found an object" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cJSON *object = object_of(rows[i].object);
        struct error err = ERROR_INIT;
        const char *out = NULL;
        assert_int_equal(json_text_or_number(object, "", "version", &out, &err), -1);
        assert_int_equal(err.code, ERR_ANSWER);
        assert_string_equal(err.text, rows[i].want);
        arena_clear(&parsed);
    }
}

static void array_or_object_or_nothing(void **state)
{
    cJSON *object = object_of("{\"a\":[],\"o\":{},\"n\":null,\"t\":\"\"}");
    struct error err = ERROR_INIT;
    const cJSON *out = NULL;

    (void)state;
    assert_int_equal(json_array(object, "", "a", &out, &err), 0);
    assert_true(cJSON_IsArray(out));
    assert_int_equal(json_array(object, "", "n", &out, &err), 0);
    assert_null(out);
    assert_int_equal(json_object(object, "", "o", &out, &err), 0);
    assert_true(cJSON_IsObject(out));
    assert_int_equal(json_object(object, "", "n", &out, &err), 0);
    assert_null(out);
    assert_int_equal(json_array(object, "steps[0]", "o", &out, &err), -1);
    assert_string_equal(err.text, "steps[0].o: expected an array, found an object");
    assert_int_equal(json_array(object, "", "t", &out, &err), -1);
    assert_int_equal(json_object(object, "", "a", &out, &err), -1);
    assert_string_equal(err.text, "a: expected an object, found an array");
    assert_int_equal(json_object(object, "", "t", &out, &err), -1);
    assert_int_equal(err.code, ERR_ANSWER);
    arena_clear(&parsed);
}

static void time_has_0_to_7_digits_and_may_lack_its_zone(void **state)
{
    static const struct {
        const char *raw, *want;
    } rows[] = {
        { "2022-06-02T12:25:56", "2022-06-02T12:25:56Z" },
        { "2022-06-02T12:25:56Z", "2022-06-02T12:25:56Z" },
        { "2022-06-02T12:25:56.6", "2022-06-02T12:25:56.6Z" },
        { "2022-06-02T12:25:56.65Z", "2022-06-02T12:25:56.65Z" },
        { "2022-06-02T12:25:56.651", "2022-06-02T12:25:56.651Z" },
        { "2022-06-02T12:25:56.6512", "2022-06-02T12:25:56.6512Z" },
        { "2022-06-02T12:25:56.65123", "2022-06-02T12:25:56.65123Z" },
        { "2018-03-27T17:39:30.653183Z", "2018-03-27T17:39:30.653183Z" },
        { "2017-05-23T23:33:47.8802283Z", "2017-05-23T23:33:47.8802283Z" },
        { "2017-05-23T23:33:47.8802283", "2017-05-23T23:33:47.8802283Z" },
        { "2017-05-23T01:33:47.88+02:00", "2017-05-22T23:33:47.88Z" },
        { "2016-01-09 02:02:12Z", "2016-01-09T02:02:12Z" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cJSON *object = cJSON_CreateObject();
        struct error err = ERROR_INIT;
        struct arena arena = ARENA_INIT;
        const char *out = NULL;
        cJSON_AddStringToObject(object, "changedTime", rows[i].raw);
        assert_int_equal(json_time(object, "", "changedTime", &arena, &out, &err), 0);
        expect_same(rows[i].raw, out, rows[i].want);
        cJSON_Delete(object);
        arena_clear(&arena);
    }
}

static void time_that_is_none_is_absent(void **state)
{
    static const char *const rows[] = {
        "{}",
        "{\"t\":null}",
        "{\"t\":\"\"}",
        "{\"t\":\"0001-01-01T00:00:00\"}",
        "{\"t\":\"0001-01-01T00:00:00Z\"}",
        "{\"t\":\"1601-01-01T00:00:00Z\"}",
        "{\"t\":\"yesterday\"}",
        "{\"t\":\"2022-13-01T00:00:00Z\"}",
        "{\"t\":\"2022-02-30T00:00:00Z\"}",
        "{\"t\":\"2022-03-01-preview2T13:32:43\"}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cJSON *object = object_of(rows[i]);
        struct error err = ERROR_INIT;
        struct arena arena = ARENA_INIT;
        const char *out = "left over";
        assert_int_equal(json_time(object, "", "t", &arena, &out, &err), 0);
        expect_same(rows[i], out, NULL);
        arena_clear(&parsed);
        arena_clear(&arena);
    }
}

static void time_of_another_type_is_refused(void **state)
{
    cJSON *object = object_of("{\"t\":1654172756}");
    struct error err = ERROR_INIT;
    struct arena arena = ARENA_INIT;
    const char *out = NULL;

    (void)state;
    assert_int_equal(json_time(object, "messages[1]", "t", &arena, &out, &err), -1);
    assert_int_equal(err.code, ERR_ANSWER);
    assert_string_equal(err.text, "messages[1].t: expected text, found a number");
    arena_clear(&parsed);
    arena_clear(&arena);
}

static void object_is_needed_and_told_with_its_path(void **state)
{
    static const struct {
        const char *text, *where, *want; /* NULL: it is one */
    } rows[] = {
        { "{}", "", NULL },
        { "{\"a\":1}", "steps[3]", NULL },
        { "[]", "", "expected an object, found an array" },
        { "[]", "steps[3]", "steps[3]: expected an object, found an array" },
        { "null", "", "expected an object, found null" },
        { "null", "steps[0]", "steps[0]: expected an object, found null" },
        { "7", "", "expected an object, found a number" },
        { "\"\"", "", "expected an object, found text" },
        { "true", "", "expected an object, found true" },
        { "false", "errors", "errors: expected an object, found false" },
    };
    struct error err = ERROR_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int rc = json_need_object(object_of(rows[i].text), rows[i].where, &err);
        if (rc != (rows[i].want != NULL ? -1 : 0)) {
            fail_msg("%s: %d", rows[i].text, rc);
        }
        if (rows[i].want != NULL) {
            assert_int_equal(err.code, ERR_ANSWER);
            expect_same(rows[i].text, err.text, rows[i].want);
        }
        arena_clear(&parsed);
    }
    assert_int_equal(json_need_object(NULL, "", &err), -1);
    assert_string_equal(err.text, "expected an object, found null");
}

static void kept_text_outlives_the_one_it_was(void **state)
{
    struct error err = ERROR_INIT;
    struct arena arena = ARENA_INIT;
    char raw[] = "running", empty[] = "";
    const char *text = raw, *nothing = NULL, *none = empty;

    (void)state;
    assert_int_equal(json_keep(&arena, &text, &err), 0);
    assert_int_equal(json_keep(&arena, &nothing, &err), 0);
    assert_int_equal(json_keep(&arena, &none, &err), 0);
    memset(raw, 'x', sizeof(raw));
    assert_string_equal(text, "running");
    assert_null(nothing);
    assert_string_equal(none, "");
    assert_ptr_not_equal(none, empty);
    assert_int_equal(err.code, ERR_NONE);
    arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_have_names),
        cmocka_unit_test(missing_null_and_empty_text_are_absent),
        cmocka_unit_test(members_of_no_object_are_absent),
        cmocka_unit_test(members_are_looked_up_with_case),
        cmocka_unit_test(member_that_stands_twice_is_refused),
        cmocka_unit_test(wrong_type_of_text_is_told_with_its_path),
        cmocka_unit_test(number_is_given_as_the_digits_that_came),
        cmocka_unit_test(neither_text_nor_number_is_refused),
        cmocka_unit_test(array_or_object_or_nothing),
        cmocka_unit_test(time_has_0_to_7_digits_and_may_lack_its_zone),
        cmocka_unit_test(time_that_is_none_is_absent),
        cmocka_unit_test(time_of_another_type_is_refused),
        cmocka_unit_test(object_is_needed_and_told_with_its_path),
        cmocka_unit_test(kept_text_outlives_the_one_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

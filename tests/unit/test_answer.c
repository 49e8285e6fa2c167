/* test_answer.c - what is an answer, and what an error document or an empty object. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rest/answer.h"

#include <string.h>

static const char *const members[] = { "status", "steps|parts", "id", NULL };

static void expect(const char *text, const char *where, bool whole, const char *want)
{
    struct arena a = ARENA_INIT;
    struct error err = ERROR_INIT;
    cJSON *item = json_parse(text, strlen(text), NULL, &a, &err);
    int rc;

    assert_non_null(item);
    if (whole) {
        rc = answer_check_whole(item, "an order", members, &err);
    } else {
        rc = answer_check(item, where, "an order", members, &err);
    }
    assert_int_equal(rc, want == NULL ? 0 : -1);
    assert_string_equal(err.text, want != NULL ? want : "");
    arena_clear(&a);
}

static void an_answer_has_its_members(void **state)
{
    static const struct {
        const char *text, *where, *want; /* want: NULL, it is one */
    } rows[] = {
        { "{\"status\":\"x\",\"steps\":[],\"id\":7}", "", NULL },
        { "{\"id\":false,\"parts\":{},\"status\":0}", "", NULL },
        /* the first that is missing is named, in the order asked for */
        { "{\"id\":7}", "", "status: is missing" },
        { "{\"status\":\"x\"}", "", "steps: is missing" },
        { "{\"status\":\"x\",\"parts\":[]}", "a[2]", "a[2].id: is missing" },
        { "{\"status\":\"x\",\"part\":[],\"stepss\":[],\"id\":1}", "", "steps: is missing" },
        { "{\"status\":null,\"steps\":[],\"id\":1}", "", "status: is missing" },
        { "{\"status\":\"\",\"steps\":[],\"id\":1}", "", "status: is missing" },
        { "{\"Status\":\"x\",\"steps\":[],\"id\":1}", "", "status: is missing" },
        { "{}", "", "expected an order, found an object without its members" },
        { "{\"x\":1}", "a[2]", "a[2]: expected an order, found an object without its members" },
        { "[]", "a[2]", "a[2]: expected an object, found an array" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect(rows[i].text, rows[i].where, false, rows[i].want);
    }
}

static void an_error_document_is_recognized(void **state)
{
    static const struct {
        const char *text, *want, *want_whole;
    } rows[] = {
#define WHOLE "\"status\":\"x\",\"steps\":[],\"id\":7"
#define FOUND "expected an order, found an error document"
        { "{\"error\":{\"code\":\"x\"}}", FOUND, FOUND },
        { "{\"errors\":[{}]}", FOUND, FOUND },
        { "{\"message\":\"no\"}", FOUND, FOUND },
        { "{\"faultCode\":\"1\",\"status\":\"x\"}", FOUND, FOUND },
        /* an answer may have members of such names, but no error if it is to be whole */
        { "{" WHOLE ",\"message\":\"no\"}", NULL, NULL },
        { "{" WHOLE ",\"error\":{\"code\":\"x\"}}", NULL, FOUND },
        { "{" WHOLE ",\"errors\":[1]}", NULL, FOUND },
        { "{" WHOLE ",\"errors\":\"x\"}", NULL, FOUND },
        /* nothing went wrong */
        { "{" WHOLE ",\"error\":null}", NULL, NULL },
        { "{" WHOLE ",\"error\":\"\"}", NULL, NULL },
        { "{" WHOLE ",\"errors\":[]}", NULL, NULL },
        { "{" WHOLE ",\"errors\":{}}", NULL, NULL },
        { "{" WHOLE ",\"errors\":null}", NULL, NULL },
        { "{\"status\":\"x\",\"errors\":[]}", "steps: is missing", "steps: is missing" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect(rows[i].text, "", false, rows[i].want);
        expect(rows[i].text, "", true, rows[i].want_whole);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_has_its_members),
        cmocka_unit_test(an_error_document_is_recognized),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

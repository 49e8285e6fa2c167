/* test_error.c - stories of failures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/error.h"

#include <string.h>

static void context_goes_in_front(void **state)
{
    struct error err = ERROR_INIT;

    (void)state;
    assert_int_equal(error_set(&err, ERR_ANSWER, "member %d is missing", 3), -1);
    assert_int_equal(error_wrap(&err, "offer %s", "vm"), -1);
    assert_string_equal(err.text, "offer vm: member 3 is missing");
    assert_int_equal(err.code, ERR_ANSWER);
}

static void setting_replaces_all(void **state)
{
    struct error err = { .code = ERR_AUTH, .http = 401, .request_id = "abc", .text = "old" };

    (void)state;
    (void)error_set(&err, ERR_SERVICE, "new");
    assert_int_equal(err.code, ERR_SERVICE);
    assert_int_equal(err.http, 0);
    assert_string_equal(err.request_id, "");
    assert_string_equal(err.text, "new");
    assert_int_equal(error_memory(&err), -1);
    assert_int_equal(err.code, ERR_MEMORY);
}

static void nobody_needs_to_listen(void **state)
{
    (void)state;
    assert_int_equal(error_set(NULL, ERR_BUG, "x"), -1);
    assert_int_equal(error_wrap(NULL, "x"), -1);
    assert_int_equal(error_memory(NULL), -1);
}

static void long_stories_are_cut_between_characters(void **state)
{
    struct error err = ERROR_INIT;
    char text[3 * ERROR_TEXT_MAX + 1] = "x";

    (void)state;
    for (size_t i = 0; i + 4 < sizeof(text); i += 3) {
        memcpy(text + 1 + i, "\xEC\xBD\x98", 3);
    }
    (void)error_set(&err, ERR_ANSWER, "%s", text);
    assert_true(strlen(err.text) < ERROR_TEXT_MAX);
    assert_int_equal((strlen(err.text) - 1) % 3, 0);
    (void)error_wrap(&err, "%s", "outer");
    assert_memory_equal(err.text, "outer: x", 8);
    assert_int_equal((strlen(err.text) - 8) % 3, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(context_goes_in_front),
        cmocka_unit_test(setting_replaces_all),
        cmocka_unit_test(nobody_needs_to_listen),
        cmocka_unit_test(long_stories_are_cut_between_characters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_library.c - loading a library when it is needed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/library.h"

static void functions_can_be_called(void **state)
{
    size_t (*length)(const char *) = NULL;
    const struct library_symbol symbols[] = { { "strlen", &length } };

    (void)state;
    assert_true(library_load("libc.so.6", symbols, 1));
    assert_int_equal(length("four"), 4);
}

static void what_is_not_there_is_not_loaded(void **state)
{
    size_t (*length)(const char *) = NULL;
    void (*other)(void) = NULL;
    const struct library_symbol symbols[] = { { "strlen", &length },
                                              { "offerstat_has_no_such_function", &other } };

    (void)state;
    assert_false(library_load("libofferstat-none.so.1", symbols, 1));
    assert_null(length);
    assert_false(library_load("libc.so.6", symbols, 2));
    assert_null(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functions_can_be_called),
        cmocka_unit_test(what_is_not_there_is_not_loaded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_secret.c - secrets are gone when they are wiped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/secret.h"

#include <string.h>

static void wiped_memory_holds_nothing(void **state)
{
    static const char zeros[16];
    char memory[16];

    (void)state;
    memset(memory, 'x', sizeof(memory));
    secret_wipe(memory, sizeof(memory));
    assert_memory_equal(memory, zeros, sizeof(zeros));
}

static void no_byte_beside_it_is_touched(void **state)
{
    char memory[] = "abcdef";

    (void)state;
    secret_wipe(memory + 2, 2);
    assert_memory_equal(memory, "ab\0\0ef", 7);
    secret_wipe(memory, 0);
    assert_int_equal(memory[0], 'a');
}

static void no_text_is_fine(void **state)
{
    (void)state;
    secret_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wiped_memory_holds_nothing),
        cmocka_unit_test(no_byte_beside_it_is_touched),
        cmocka_unit_test(no_text_is_fine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_arena.c - memory that is freed at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/arena.h"

#include <stdalign.h>
#include <string.h>

static void memory_is_zero_and_aligned(void **state)
{
    struct arena a = ARENA_INIT;

    (void)state;
    for (size_t size = 1; size < 5000; size += 97) {
        unsigned char *p = arena_alloc(&a, size);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(p[i], 0);
            p[i] = 0xFF;
        }
    }
    arena_clear(&a);
    assert_null(a.blocks);
    assert_non_null(arena_alloc(&a, 1000000)); /* larger than a block */
    arena_clear(&a);
}

static void texts_are_copies(void **state)
{
    struct arena a = ARENA_INIT;
    char text[] = "changes";
    char *copy = arena_strdup(&a, text);

    (void)state;
    text[0] = 'C';
    assert_string_equal(copy, "changes");
    assert_string_equal(arena_strndup(&a, "abcdef", 3), "abc");
    assert_string_equal(arena_strndup(&a, "", 0), "");
    assert_null(arena_strdup(&a, NULL));
    arena_clear(&a);
}

static void what_cannot_be_had_is_null(void **state)
{
    struct arena a = ARENA_INIT;

    (void)state;
    assert_null(arena_alloc(&a, SIZE_MAX));
    assert_null(arena_alloc(&a, SIZE_MAX - 8));
    arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zero_and_aligned),
        cmocka_unit_test(texts_are_copies),
        cmocka_unit_test(what_cannot_be_had_is_null),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

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

static void pieces_keep_what_was_written_to_them(void **state)
{
    enum { PIECES = 2000 };
    static unsigned char *pieces[PIECES];
    struct arena a = ARENA_INIT;

    (void)state;
    for (size_t i = 0; i < PIECES; i++) {
        pieces[i] = arena_alloc(&a, i % 97 + 1);
        assert_non_null(pieces[i]);
        memset(pieces[i], (int)(i % 251), i % 97 + 1);
    }
    for (size_t i = 0; i < PIECES; i++) {
        for (size_t j = 0; j < i % 97 + 1; j++) {
            assert_int_equal(pieces[i][j], i % 251);
        }
    }
    arena_clear(&a);
}

static void texts_between_records_do_not_break_alignment(void **state)
{
    struct arena a = ARENA_INIT;

    (void)state;
    for (int i = 0; i < 50; i++) {
        assert_non_null(arena_strdup(&a, "abc"));
        assert_int_equal((uintptr_t)arena_alloc(&a, sizeof(double)) % alignof(max_align_t), 0);
    }
    arena_clear(&a);
}

static void a_refusal_leaves_what_was_given_out(void **state)
{
    struct arena a = ARENA_INIT;
    const char *kept = arena_strdup(&a, "kept");

    (void)state;
    assert_null(arena_alloc(&a, SIZE_MAX));
    assert_null(arena_strndup(&a, "x", SIZE_MAX));
    assert_null(arena_strndup(&a, "x", SIZE_MAX - 1));
    assert_null(arena_strndup(&a, NULL, 5));
    assert_string_equal(kept, "kept");
    assert_string_equal(arena_strdup(&a, "more"), "more");
    arena_clear(&a);
}

static void a_cleared_arena_serves_again(void **state)
{
    struct arena a = ARENA_INIT;

    (void)state;
    arena_clear(&a); /* an empty one may be cleared */
    for (int round = 0; round < 3; round++) {
        assert_non_null(arena_alloc(&a, 100000));
        assert_string_equal(arena_strdup(&a, "again"), "again");
        arena_clear(&a);
        assert_null(a.blocks);
    }
}

static void a_reset_arena_gives_the_same_memory_again(void **state)
{
    struct arena a = ARENA_INIT;
    const char *first;

    (void)state;
    arena_reset(&a); /* an empty one may be reset */
    for (int i = 0; i < 100; i++) {
        assert_non_null(arena_alloc(&a, 300));
    }
    arena_reset(&a);
    first = arena_strdup(&a, "first");
    for (int round = 0; round < 3; round++) {
        arena_reset(&a);
        assert_ptr_equal(arena_strdup(&a, "again"), first);
        arena_reset(&a);
        memset(arena_take(&a, 64), 'x', 64);
        arena_reset(&a);
        assert_int_equal(*(char *)arena_alloc(&a, 64), 0);
    }
    arena_clear(&a);
}

struct record {
    size_t number;
    char rest[24];
};

/* With something else taken from the arena between any two. */
static void growing_array_keeps_its_records(void **state)
{
    enum { RECORDS = 1000 };
    struct arena a = ARENA_INIT;
    struct record *records = NULL;

    (void)state;
    for (size_t i = 0; i < RECORDS; i++) {
        records = arena_grow(&a, records, i, sizeof(*records));
        assert_non_null(records);
        assert_int_equal((uintptr_t)records % alignof(max_align_t), 0);
        records[i].number = i;
        memset(records[i].rest, (int)(i % 251), sizeof(records[i].rest));
        memset(arena_take(&a, i % 31 + 1), 0xFF, i % 31 + 1);
        for (size_t j = i > 3 ? i - 3 : 0; j <= i; j++) {
            assert_int_equal(records[j].number, j);
        }
    }
    for (size_t i = 0; i < RECORDS; i++) {
        assert_int_equal(records[i].number, i);
        assert_int_equal((unsigned char)records[i].rest[23], i % 251);
    }
    arena_clear(&a);
}

static void room_in_a_growing_array_is_zero_at_first(void **state)
{
    struct arena a = ARENA_INIT;
    unsigned char *bytes;

    (void)state;
    memset(arena_take(&a, 400), 0xFF, 400);
    arena_reset(&a); /* what was there before must not be seen */
    bytes = NULL;
    for (size_t i = 0; i < 300; i++) {
        bytes = arena_grow(&a, bytes, i, 1);
        assert_non_null(bytes);
        assert_int_equal(bytes[i], 0);
        bytes[i] = 0xFF;
    }
    arena_clear(&a);
}

static void array_moves_at_powers_of_two_alone(void **state)
{
    struct arena a = ARENA_INIT;
    char *items = NULL, *before;

    (void)state;
    for (size_t i = 0; i < 70; i++) {
        before = items;
        items = arena_grow(&a, items, i, 16);
        if ((i & (i - 1)) != 0) {
            assert_ptr_equal(items, before);
        } else {
            assert_ptr_not_equal(items, before);
        }
    }
    arena_clear(&a);
}

static void array_that_cannot_grow_stays_as_it_was(void **state)
{
    struct arena a = ARENA_INIT;
    struct record one = { .number = 7 };

    (void)state;
    assert_null(arena_grow(&a, NULL, 0, SIZE_MAX - 8));
    assert_null(arena_grow(&a, &one, 1, SIZE_MAX / 2 - 8));
    assert_int_equal(one.number, 7);
    arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zero_and_aligned),
        cmocka_unit_test(texts_are_copies),
        cmocka_unit_test(what_cannot_be_had_is_null),
        cmocka_unit_test(pieces_keep_what_was_written_to_them),
        cmocka_unit_test(texts_between_records_do_not_break_alignment),
        cmocka_unit_test(a_refusal_leaves_what_was_given_out),
        cmocka_unit_test(a_cleared_arena_serves_again),
        cmocka_unit_test(a_reset_arena_gives_the_same_memory_again),
        cmocka_unit_test(growing_array_keeps_its_records),
        cmocka_unit_test(room_in_a_growing_array_is_zero_at_first),
        cmocka_unit_test(array_moves_at_powers_of_two_alone),
        cmocka_unit_test(array_that_cannot_grow_stays_as_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

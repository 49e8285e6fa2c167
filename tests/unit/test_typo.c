/* test_typo.c - the distance of two texts, and what was probably meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/typo.h"

#include <string.h>

static void distance_counts_edits(void **state)
{
    static const struct {
        const char *a, *b;
        size_t limit, distance;
    } rows[] = {
        { "list", "list", 3, 0 },      { "lisst", "list", 3, 1 }, { "lits", "list", 3, 1 },
        { "lit", "list", 3, 1 },       { "lest", "list", 3, 1 },  { "LIST", "list", 3, 0 },
        { "", "abc", 3, 3 },           { "abc", "xyz", 2, 3 },    { "short", "much longer", 3, 4 },
        { "kitten", "sitting", 3, 3 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(word_distance(rows[i].a, rows[i].b, rows[i].limit), rows[i].distance);
    }
}

static void long_texts_have_no_distance_worth_knowing(void **state)
{
    char a[66], b[66];

    (void)state;
    memset(a, 'a', sizeof(a));
    memset(b, 'a', sizeof(b));
    a[64] = '\0';
    b[64] = '\0';
    b[63] = 'b';
    assert_int_equal(word_distance(a, b, 3), 1);
    b[63] = b[64] = 'a';
    b[65] = '\0';
    assert_int_equal(word_distance(a, b, 3), 4);
    assert_int_equal(word_distance(b, a, 3), 4);
}

static void the_nearest_is_offered_when_it_is_near_enough(void **state)
{
    static const char *const verbs[] = { "list", "show", "approvals", "publishers" };

    (void)state;
    assert_string_equal(word_nearest("lisst", verbs, 4), "list");
    assert_string_equal(word_nearest("publihsers", verbs, 4), "publishers");
    assert_string_equal(word_nearest("appr", verbs, 4), "approvals"); /* a beginning */
    assert_null(word_nearest("delete", verbs, 4));
    assert_null(word_nearest("xy", verbs, 4));
    assert_null(word_nearest("list", verbs, 0));
}

static void the_nearer_wins_and_the_first_of_equals(void **state)
{
    static const char *const words[] = { "stote", "state", "stave" };

    (void)state;
    assert_ptr_equal(word_nearest("STATE", words, 3), words[1]);
    assert_ptr_equal(word_nearest("staxe", words, 3), words[1]);
    assert_int_equal(word_slip_limit("ab"), 0); /* else any two letters would mean any other */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distance_counts_edits),
        cmocka_unit_test(long_texts_have_no_distance_worth_knowing),
        cmocka_unit_test(the_nearest_is_offered_when_it_is_near_enough),
        cmocka_unit_test(the_nearer_wins_and_the_first_of_equals),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

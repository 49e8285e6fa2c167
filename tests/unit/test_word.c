/* test_word.c - comparing words, globs, near misses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/word.h"

#include <stdlib.h>
#include <string.h>

static void spellings_of_a_word_are_equal(void **state)
{
    static const char *const same[][2] = {
        { "Not Started", "notStarted" },
        { "not_started", "not-started" },
        { "Cancelled", "canceled" },
        { "canceled", "CANCELLED" },
        { "Publisher signoff", "publisher-signoff" },
        { "", "-" },
    };
    static const char *const other[][2] = {
        { "started", "notStarted" },
        { "a", "" },
        { "failed", "failure" },
        { "label", "lable" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
        assert_true(word_equal(same[i][0], same[i][1]));
        assert_true(word_equal(same[i][1], same[i][0]));
    }
    for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++) {
        assert_false(word_equal(other[i][0], other[i][1]));
    }
    assert_false(word_equal(NULL, "a"));
    assert_false(word_equal("a", NULL));
    assert_false(word_equal(NULL, NULL));
}

static void a_word_contains_a_part(void **state)
{
    (void)state;
    assert_true(word_contains("Pending Stop Sell", "stopsell"));
    assert_true(word_contains("delisted", "delist"));
    assert_true(word_contains("deprecated", "Deprecat"));
    assert_false(word_contains("stop", "stopsell"));
    assert_false(word_contains(NULL, "a"));
}

static void text_is_compared_without_case(void **state)
{
    (void)state;
    assert_true(text_equal_nocase("Contoso-VM", "contoso-vm"));
    assert_false(text_equal_nocase("contoso vm", "contoso-vm"));
    assert_false(text_equal_nocase(NULL, "x"));
    assert_true(text_contains_nocase("Contoso Backup", "so back"));
    assert_true(text_contains_nocase("x", ""));
    assert_false(text_contains_nocase("abc", "abcd"));
    assert_false(text_contains_nocase(NULL, "x"));
}

static void globs_match_as_a_shell_does(void **state)
{
    static const struct {
        const char *pattern, *text;
        bool match;
    } rows[] = {
        { "*", "", true },
        { "*", "anything", true },
        { "contoso-*", "Contoso-VM", true },
        { "contoso-*", "fabrikam-vm", false },
        { "*vm*", "a-vm-b", true },
        { "c?t", "cat", true },
        { "c?t", "ct", false },
        { "v[0-9]", "v7", true },
        { "v[0-9]", "vx", false },
        { "v[!0-9]", "vx", true },
        { "v[^0-9]", "v7", false },
        { "v[abc]", "vB", true },
        { "v[]]", "v]", true },
        { "v[", "v[", true }, /* a bracket that is never closed is itself */
        { "a*b*c", "aXbYc", true },
        { "a*b*c", "aXbY", false },
        { "", "", true },
        { "", "x", false },
        { "**", "x", true },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(glob_match(rows[i].pattern, rows[i].text), rows[i].match);
    }
    assert_true(glob_has_magic("a*"));
    assert_true(glob_has_magic("a?"));
    assert_true(glob_has_magic("a[b]"));
    assert_false(glob_has_magic("plain-id"));
}

/* Exponential matchers take longer than the universe for this. */
static void no_glob_costs_more_than_pattern_times_text(void **state)
{
    char text[2001];

    (void)state;
    memset(text, 'a', 2000);
    text[2000] = '\0';
    assert_false(glob_match("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", text));
}

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_of_a_word_are_equal),
        cmocka_unit_test(a_word_contains_a_part),
        cmocka_unit_test(text_is_compared_without_case),
        cmocka_unit_test(globs_match_as_a_shell_does),
        cmocka_unit_test(no_glob_costs_more_than_pattern_times_text),
        cmocka_unit_test(distance_counts_edits),
        cmocka_unit_test(the_nearest_is_offered_when_it_is_near_enough),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

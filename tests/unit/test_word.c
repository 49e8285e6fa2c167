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

static void only_ascii_letters_have_a_case(void **state)
{
    static const char *const other[][2] = {
        { "\xC3\xA9", "\xC3\x89" },
        { "@", "`" }, /* neighbours of the letters */
        { "[", "{" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++) {
        assert_false(text_equal_nocase(other[i][0], other[i][1]));
        assert_false(word_equal(other[i][0], other[i][1]));
    }
    assert_true(text_equal_nocase("A\xC3\xA9Z", "a\xC3\xA9z"));
    assert_false(text_equal_nocase("contoso", "contoso-vm"));
    assert_false(text_equal_nocase("contoso-vm", "contoso"));
    assert_false(text_equal_nocase("canceled", "cancelled"));
}

static void a_part_is_found_wherever_it_begins(void **state)
{
    static const struct {
        const char *text, *part;
        bool want;
    } rows[] = {
        { "beingDelisted", "delist", true },
        { "Being De-Listed", "delist", true },
        { "dedelist", "delist", true },
        { "cancelled", "led", true },
        { "cancelled", "canceled", true },
        { "delis", "delist", false },
        { "", "delist", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (word_contains(rows[i].text, rows[i].part) != rows[i].want) {
            fail_msg("\"%s\" in \"%s\"", rows[i].part, rows[i].text);
        }
    }
    assert_true(text_contains_nocase("ababac", "ABAC"));
    assert_true(text_contains_nocase("", ""));
    assert_false(text_contains_nocase("a", NULL));
    assert_false(word_contains("a", NULL));
}

static void brackets_of_a_glob_are_read_as_a_shell_does(void **state)
{
    static const struct {
        const char *pattern, *text;
        bool match;
    } rows[] = {
        { "vm-[123]", "vm-2", true },
        { "vm-[123]", "vm-", false },
        { "vm-[123]", "vm-12", false },
        { "[1-35-7]x", "6x", true },
        { "[1-35-7]x", "4x", false },
        { "[A-C]x", "bX", true },
        { "[!a-c]x", "Bx", false },
        { "[]a]", "a", true },
        { "[!]]", "]", false },
        { "[!]]", "a", true },
        { "[a-]", "-", true },
        { "[a-]", "b", false },
        { "[-a]", "-", true },
        { "*[12]", "vm-31", true },
        { "*[12]", "vm-13", false },
        { "[*]", "*", true },
        { "[*]", "a", false },
        { "[?]", "?", true },
        { "[a", "[a", true },
        { "[a", "a", false },
        { "[]", "[]", true },
        { "[!", "[!", true },
        { "[a-", "[a-", true },
        { "[a]b[c", "ab[c", true },
        { "]", "]", true },
        { "*?", "", false },
        { "*?", "a", true },
        { "*-vm", "contoso-vm-vm", true },
        { "*-vm", "contoso-vms", false },
        { "*a*b", "xbxa", false },
        { "contoso-vm", "contoso-vm2", false },
        { "contoso-vm2", "contoso-vm", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (glob_match(rows[i].pattern, rows[i].text) != rows[i].match) {
            fail_msg("\"%s\" against \"%s\"", rows[i].pattern, rows[i].text);
        }
    }
}

/* Looking at every bracket again for one that closes would be pattern x pattern x text. */
static void unclosed_brackets_cost_no_more_either(void **state)
{
    enum { PATTERN = 3000, TEXT = 6000 };
    static const char *const ends[] = { "a", "[]a", "]a", "[!" };
    static char pattern[PATTERN + 1], text[TEXT + 1];

    (void)state;
    memset(text, '[', TEXT);
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        memset(pattern, '[', PATTERN);
        pattern[0] = '*';
        strcpy(pattern + PATTERN - strlen(ends[i]), ends[i]);
        assert_false(glob_match(pattern, text));
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

static void the_nearer_wins_and_the_first_of_equals(void **state)
{
    static const char *const words[] = { "stote", "state", "stave" };

    (void)state;
    assert_ptr_equal(word_nearest("STATE", words, 3), words[1]);
    assert_ptr_equal(word_nearest("staxe", words, 3), words[1]);
    assert_int_equal(word_slip_limit("ab"), 0); /* else any two letters would mean any other */
}

static void only_digits_are_digits(void **state)
{
    static const char *const good[] = { "0", "00", "9", "1152921505697719189",
                                        "123456789012345678901234567890" };
    static const char *const bad[] = { "",     " ",   " 1",       "1 ",           "-1",
                                       "+1",   "1.0", "1e3",      "0x1",          "1,000",
                                       "12a4", "a",   "\xD9\xA1", "\xEF\xBC\x91", "1\n",
                                       NULL };

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        if (!digits_are(good[i])) {
            fail_msg("\"%s\"", good[i]);
        }
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (digits_are(bad[i])) {
            fail_msg("\"%s\"", bad[i] != NULL ? bad[i] : "NULL");
        }
    }
}

static void numbers_of_any_length_have_an_order(void **state)
{
    static const struct {
        const char *greater, *less;
    } rows[] = {
        { "1", "0" },
        { "10", "9" },
        { "100", "99" },
        { "21", "12" },
        { "9007199254740993", "9007199254740992" }, /* one and the same as doubles */
        { "18446744073709551616", "18446744073709551615" },
        { "9223372036854775808", "9223372036854775807" },
        { "1152921505697719190", "1152921505697719189" },
        { "100000000000000000000000000000000", "99999999999999999999999999999999" },
        { "010", "9" }, /* zeros in front do not count */
        { "10", "0009" },
        { "1", "000" },
    };
    static const char *const equals[][2] = {
        { "0", "0" }, { "0", "000" }, { "7", "007" }, { "9007199254740993", "09007199254740993" }
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (digits_compare(rows[i].greater, rows[i].less) <= 0 ||
            digits_compare(rows[i].less, rows[i].greater) >= 0) {
            fail_msg("%s above %s", rows[i].greater, rows[i].less);
        }
    }
    for (size_t i = 0; i < sizeof(equals) / sizeof(equals[0]); i++) {
        if (digits_compare(equals[i][0], equals[i][1]) != 0 ||
            digits_compare(equals[i][1], equals[i][0]) != 0) {
            fail_msg("%s as %s", equals[i][0], equals[i][1]);
        }
    }
}

static void a_word_is_one_of_several_in_any_spelling(void **state)
{
    static const char *const words[] = { "InProgress", "Cancelled", NULL, "Rolled-Back" };
    static const struct {
        const char *word;
        bool want;
    } rows[] = {
        { "InProgress", true },   { "in progress", true }, { "canceled", true },
        { "rolledback", true },   { "ROLLED BACK", true }, { "progress", false },
        { "InProgressX", false }, { "", false },           { NULL, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (word_is_one_of(rows[i].word, words, 4) != rows[i].want) {
            fail_msg("\"%s\"", rows[i].word != NULL ? rows[i].word : "NULL");
        }
    }
    assert_false(word_is_one_of("Rolled-Back", words, 3)); /* no further than told */
    assert_true(word_is_one_of("InProgress", words, 1));
    assert_false(word_is_one_of("InProgress", words, 0));
    assert_false(word_is_one_of("InProgress", NULL, 0));
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
        cmocka_unit_test(only_ascii_letters_have_a_case),
        cmocka_unit_test(a_part_is_found_wherever_it_begins),
        cmocka_unit_test(brackets_of_a_glob_are_read_as_a_shell_does),
        cmocka_unit_test(unclosed_brackets_cost_no_more_either),
        cmocka_unit_test(long_texts_have_no_distance_worth_knowing),
        cmocka_unit_test(the_nearer_wins_and_the_first_of_equals),
        cmocka_unit_test(only_digits_are_digits),
        cmocka_unit_test(numbers_of_any_length_have_an_order),
        cmocka_unit_test(a_word_is_one_of_several_in_any_spelling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

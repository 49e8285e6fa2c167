/* test_text.c - text without case, globs, numbers of any length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/text.h"

#include <stdlib.h>
#include <string.h>

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

static void order_is_that_of_small_letters(void **state)
{
    (void)state;
    assert_int_equal(text_compare_nocase("Contoso", "cONTOSO"), 0);
    assert_true(text_compare_nocase("a", "B") < 0);
    assert_true(text_compare_nocase("B", "a") > 0);
    assert_true(text_compare_nocase("ab", "abc") < 0);
    assert_true(text_compare_nocase("_", "A") < 0);        /* '_' stands between 'Z' and 'a' */
    assert_true(text_compare_nocase("z", "\xC3\xA9") < 0); /* bytes are unsigned */
}

static void only_the_case_of_ascii_letters_is_dropped(void **state)
{
    (void)state;
    for (int c = 0; c < 256; c++) {
        int want = c >= 'A' && c <= 'Z' ? c + 32 : c;
        assert_int_equal(text_lower((char)c), want);
    }
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
    }
    assert_true(text_equal_nocase("A\xC3\xA9Z", "a\xC3\xA9z"));
    assert_false(text_equal_nocase("contoso", "contoso-vm"));
    assert_false(text_equal_nocase("contoso-vm", "contoso"));
    assert_false(text_equal_nocase("canceled", "cancelled"));
}

static void a_part_is_found_wherever_it_begins(void **state)
{
    (void)state;
    assert_true(text_contains_nocase("ababac", "ABAC"));
    assert_true(text_contains_nocase("", ""));
    assert_false(text_contains_nocase("a", NULL));
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

/* Exponential matchers take longer than the universe for this. */
static void no_glob_costs_more_than_pattern_times_text(void **state)
{
    char text[2001];

    (void)state;
    memset(text, 'a', 2000);
    text[2000] = '\0';
    assert_false(glob_match("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", text));
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_compared_without_case),
        cmocka_unit_test(order_is_that_of_small_letters),
        cmocka_unit_test(only_the_case_of_ascii_letters_is_dropped),
        cmocka_unit_test(only_ascii_letters_have_a_case),
        cmocka_unit_test(a_part_is_found_wherever_it_begins),
        cmocka_unit_test(globs_match_as_a_shell_does),
        cmocka_unit_test(brackets_of_a_glob_are_read_as_a_shell_does),
        cmocka_unit_test(no_glob_costs_more_than_pattern_times_text),
        cmocka_unit_test(unclosed_brackets_cost_no_more_either),
        cmocka_unit_test(only_digits_are_digits),
        cmocka_unit_test(numbers_of_any_length_have_an_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

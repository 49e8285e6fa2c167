/* test_word.c - comparing the words of the services. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/word.h"

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

static void only_ascii_letters_have_a_case(void **state)
{
    static const char *const other[][2] = {
        { "\xC3\xA9", "\xC3\x89" },
        { "@", "`" }, /* neighbours of the letters */
        { "[", "{" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++) {
        assert_false(word_equal(other[i][0], other[i][1]));
    }
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
    assert_false(word_contains("a", NULL));
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
        cmocka_unit_test(only_ascii_letters_have_a_case),
        cmocka_unit_test(a_word_contains_a_part),
        cmocka_unit_test(a_part_is_found_wherever_it_begins),
        cmocka_unit_test(a_word_is_one_of_several_in_any_spelling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

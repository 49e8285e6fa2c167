/* test_redact.c - which secrets are hidden, in which spellings, and what is left of a text. */
#include "offerstat/redact.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* 48 characters, no two parts of which are alike. */
#define LONG "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJzb21lb25lIn0.Qz7"

static void add(const char *secret)
{
    struct error err = ERROR_INIT;

    assert_int_equal(redact_add(secret, &err), 0);
}

static int forget(void **state)
{
    (void)state;
    redact_clear();
    return 0;
}

static void every_occurrence_is_blotted_out_and_the_length_stays(void **state)
{
    char text[] = "abcdef, then abcdefabcdef and abcde";

    (void)state;
    add("abcdef");
    redact_text(text);
    assert_string_equal(text, "******, then ************ and abcde");
}

static void each_of_several_secrets_is_blotted_out(void **state)
{
    char text[] = "first=secret-1&second=secret-2";

    (void)state;
    add("secret-1");
    add("secret-2");
    redact_text(text);
    assert_string_equal(text, "first=********&second=********");
}

/* In data a short secret may be a word that an offer is known by, and links keep their queries. */
static void in_data_long_secrets_are_hidden_wherever_a_part_stands(void **state)
{
    char untouched[] = "abcdef https://example.com/?code=1&sig=2";

    (void)state;
    add("abcdef");
    add(LONG);
    redact_data(untouched);
    assert_string_equal(untouched, "abcdef https://example.com/?code=1&sig=2");
    for (size_t from = 0; from + REDACT_PART <= strlen(LONG); from++) {
        for (size_t before = 0; before < 2 * (size_t)REDACT_PART; before++) {
            char text[128], wanted[128];
            snprintf(text, sizeof(text), "%.*s%.*s-", (int)before, "########################",
                     REDACT_PART, &LONG[from]);
            snprintf(wanted, sizeof(wanted), "%.*s%.*s-", (int)before, "########################",
                     REDACT_PART, "************");
            redact_data(text);
            assert_string_equal(text, wanted);
        }
    }
}

/* A document is looked at as a whole: whatever redact_data would change, and any escape, counts. */
static void a_document_may_hold_a_part_or_an_escape(void **state)
{
    (void)state;
    add("abcdef");
    assert_false(redact_may_be_in("{\"a\":\"\\u0041\"}", 14)); /* only a short secret is known */
    add(LONG);
    assert_false(redact_may_be_in("{\"a\":\"abcdef and more\"}", 23));
    assert_true(redact_may_be_in("{\"a\":\"\\u0041\"}", 14));
    for (size_t from = 0; from + REDACT_PART <= strlen(LONG); from++) {
        for (size_t before = 0; before < 2 * (size_t)REDACT_PART; before++) {
            char text[128];
            int len = snprintf(text, sizeof(text), "%.*s%.*s\"", (int)before,
                               "########################", REDACT_PART, &LONG[from]);
            assert_true(redact_may_be_in(text, (size_t)len));
        }
    }
}

static void after_a_clear_nothing_is_known(void **state)
{
    char text[] = LONG;

    (void)state;
    add(LONG);
    redact_clear();
    assert_false(redact_may_be_in(text, strlen(text)));
    redact_data(text);
    assert_string_equal(text, LONG);
}

static void secrets_that_overlap_are_blotted_out_together(void **state)
{
    char text[] = "x abcdefghij x";

    (void)state;
    add("abcdefg");
    add("efghij");
    redact_text(text);
    assert_string_equal(text, "x ********** x");
}

static void a_word_too_short_to_be_a_secret_is_left_alone(void **state)
{
    char text[] = "offer";

    (void)state;
    assert_int_equal(strlen(text), REDACT_SECRET_MIN - 1);
    add("offer");
    add("");
    redact_text(text);
    assert_string_equal(text, "offer");
}

static void every_spelling_is_blotted_out(void **state)
{
    static const char *const spellings[] = { "a+b/c=d\"e\\f", "a%2Bb%2Fc%3Dd%22e%5Cf",
                                             "a%2bb%2fc%3dd%22e%5cf", "a+b\\/c=d\\\"e\\\\f",
                                             "a+b/c=d\\\"e\\\\f" };

    (void)state;
    add("a+b/c=d\"e\\f");
    for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
        char text[64];
        snprintf(text, sizeof(text), "<%s>", spellings[i]);
        redact_text(text);
        assert_int_equal(strlen(text), strlen(spellings[i]) + 2);
        assert_int_equal(strspn(text + 1, "*"), strlen(spellings[i]));
    }
}

/* Whoever cut it, at whichever end. */
static void every_part_of_a_long_secret_is_blotted_out(void **state)
{
    (void)state;
    add(LONG);
    for (size_t from = 0; from < strlen(LONG); from++) {
        for (size_t len = REDACT_PART; from + len <= strlen(LONG); len++) {
            char text[64];
            snprintf(text, sizeof(text), "<%.*s>", (int)len, &LONG[from]);
            redact_text(text);
            assert_int_equal(strspn(text + 1, "*"), len);
            assert_int_equal(text[0], '<');
            assert_int_equal(text[len + 1], '>');
        }
    }
}

static void what_is_around_a_part_stays(void **state)
{
    char text[] = "eyJhbGciOiJ (11 characters) and " LONG ".";

    (void)state;
    add(LONG);
    redact_text(text);
    assert_string_equal(
        text, "eyJhbGciOiJ (11 characters) and ************************************************.");
}

static void an_excerpt_is_hidden_before_it_is_cut(void **state)
{
    char whole[80], part[24], tiny[8];

    (void)state;
    add("a-short-secret");
    redact_excerpt(whole, sizeof(whole), "it was a-short-secret");
    assert_string_equal(whole, "it was **************");
    redact_excerpt(part, sizeof(part), "sent to a-short-secret, and more");
    assert_string_equal(part, "sent to ************...");
    redact_excerpt(tiny, sizeof(tiny), "abc\xEC\xBD\x98xyz"); /* not in the middle of a character */
    assert_string_equal(tiny, "abc...");
    redact_excerpt(tiny, sizeof(tiny), "1234567");
    assert_string_equal(tiny, "1234567");
}

static void nothing_is_hidden_once_all_is_forgotten(void **state)
{
    char text[] = "secret-1";

    (void)state;
    add("secret-1");
    redact_clear();
    redact_text(text);
    assert_string_equal(text, "secret-1");
}

#define TEST(name) cmocka_unit_test_teardown(name, forget)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_occurrence_is_blotted_out_and_the_length_stays),
        TEST(each_of_several_secrets_is_blotted_out),
        TEST(in_data_long_secrets_are_hidden_wherever_a_part_stands),
        TEST(a_document_may_hold_a_part_or_an_escape),
        TEST(after_a_clear_nothing_is_known),
        TEST(secrets_that_overlap_are_blotted_out_together),
        TEST(a_word_too_short_to_be_a_secret_is_left_alone),
        TEST(every_spelling_is_blotted_out),
        TEST(every_part_of_a_long_secret_is_blotted_out),
        TEST(what_is_around_a_part_stays),
        TEST(an_excerpt_is_hidden_before_it_is_cut),
        TEST(nothing_is_hidden_once_all_is_forgotten),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

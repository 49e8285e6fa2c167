/* test_width.c - columns of signs that are more than one character. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/width.h"

#include <string.h>

#define ZWJ "\xE2\x80\x8D"
#define EMOJI "\xEF\xB8\x8F" /* U+FE0F: the sign before it is an emoji */
#define MAN "\xF0\x9F\x91\xA8"
#define WOMAN "\xF0\x9F\x91\xA9"
#define THUMB "\xF0\x9F\x91\x8D"
#define TONE "\xF0\x9F\x8F\xBD"
#define FLAG_K "\xF0\x9F\x87\xB0"
#define FLAG_R "\xF0\x9F\x87\xB7"
#define KEYCAP "\xE2\x83\xA3"
#define HEART "\xE2\x9D\xA4"

static const struct row {
    const char *text;
    size_t columns, most, clusters;
} rows[] = {
    { "", 0, 0, 0 },
    { "abc", 3, 3, 3 },
    { "a#\"b", 4, 4, 4 },
    { "\xEC\xBD\x98\xED\x86\xA0", 4, 4, 2 },             /* Hangul syllables */
    { "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", 2, 2, 1 }, /* one syllable of three letters */
    { "\xE4\xB8\xAD\xEF\xBC\xA1", 4, 4, 2 },             /* an ideograph, a full-width A */
    { "e\xCC\x81x", 2, 2, 2 },                           /* a combining acute */
    { "abce\xCC\x81\xCC\xA3", 4, 4, 4 },
    { "a\xE2\x80\x8B"
      "b",
      2, 2, 2 },                     /* a zero width space */
    { "a" ZWJ "b", 2, 2, 2 },        /* joins nothing but pictures */
    { "\xE2\x80\xA6", 1, 1, 1 },     /* an ellipsis */
    { "\xF0\x9F\x9A\x80", 2, 2, 1 }, /* a rocket */
    { MAN ZWJ WOMAN ZWJ MAN, 2, 6, 1 },
    { WOMAN ZWJ HEART EMOJI ZWJ MAN, 2, 5, 1 },
    { THUMB TONE, 2, 4, 1 },
    { TONE, 2, 2, 1 },
    { FLAG_K FLAG_R, 2, 2, 1 },
    { FLAG_K FLAG_K FLAG_R FLAG_R, 4, 4, 2 },
    { FLAG_K FLAG_R FLAG_K, 3, 3, 2 },
    { "1" EMOJI KEYCAP, 2, 2, 1 },
    { "no. 1" EMOJI KEYCAP, 6, 6, 5 },
    { "#" EMOJI KEYCAP, 2, 2, 1 },
    { HEART, 1, 1, 1 },
    { HEART EMOJI, 2, 2, 1 },
    { "\xF0\x9F\x9A\x80" EMOJI, 2, 2, 1 },                           /* was wide before */
    { HEART "\xEF\xB8\x8E", 1, 1, 1 },                               /* U+FE0E: text */
    { "\xF0\x9F\x8F\xB4\xF3\xA0\x81\xA7\xF3\xA0\x81\xBF", 2, 2, 1 }, /* a flag with tags */
    { "\xF0\x9F\xAB\xA8", 2, 2, 1 }, /* U+1FAE8, an emoji of Unicode 15 */
    { "\xCD\xB8", 1, 1, 1 },         /* U+0378, given to nothing */
    { "\xCC\x81"
      "a",
      1, 1, 2 },                 /* a mark without a letter */
    { "\xFF\xE2\x82", 3, 3, 3 }, /* no UTF-8 */
    { "\xC2\xAD", 1, 1, 1 },     /* a soft hyphen */
};

static void what_a_reader_sees_as_one_sign_is_counted_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        print_message("row %zu\n", i);
        assert_int_equal(width_of(rows[i].text), rows[i].columns);
        assert_int_equal(width_most(rows[i].text), rows[i].most);
    }
}

/* Whoever walks over clusters sees all bytes, and comes to the same sum. */
static void clusters_add_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *p = rows[i].text, *end = p + strlen(p);
        size_t columns, most, sum = 0, sum_most = 0, count = 0;
        for (; p < end; count++) {
            p += width_cluster(p, end, &columns, &most);
            sum += columns;
            sum_most += most;
        }
        assert_ptr_equal(p, end);
        assert_int_equal(sum, rows[i].columns);
        assert_int_equal(sum_most, rows[i].most);
        assert_int_equal(count, rows[i].clusters);
    }
}

static void terminals_differ_about_emoji_alone(void **state)
{
    (void)state;
    assert_false(width_differs("abc \xEC\xBD\x98 e\xCC\x81"));
    assert_true(width_differs("a " THUMB));
    assert_true(width_differs(MAN ZWJ WOMAN " and more"));
    assert_true(width_differs("a" HEART EMOJI "b"));
    assert_true(width_differs("1" EMOJI KEYCAP));
    assert_false(width_differs(HEART));
}

static void planes_that_are_not_begun_have_no_width(void **state)
{
    (void)state;
    assert_true(width_is_known('a'));
    assert_true(width_is_known(0x3FFFD));
    assert_false(width_is_known(0x40000));
    assert_false(width_is_known(0xDFFFF));
    assert_true(width_is_known(0xE0067));
    assert_false(width_is_known(0xFFFE));
    assert_false(width_is_known(0x10FFFF));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_reader_sees_as_one_sign_is_counted_whole),
        cmocka_unit_test(clusters_add_up),
        cmocka_unit_test(terminals_differ_about_emoji_alone),
        cmocka_unit_test(planes_that_are_not_begun_have_no_width),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

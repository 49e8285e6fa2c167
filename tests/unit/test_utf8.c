/* test_utf8.c - the shapes of RFC 3629. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/utf8.h"

#include <stdbool.h>
#include <string.h>

static void valid_sequences_are_decoded(void **state)
{
    static const struct {
        const char *bytes;
        uint32_t character;
    } rows[] = {
        { "A", 'A' },
        { "\x7F", 0x7F },
        { "\xC2\x80", 0x80 },
        { "\xDF\xBF", 0x7FF },
        { "\xE0\xA0\x80", 0x800 },
        { "\xED\x9F\xBF", 0xD7FF },
        { "\xEE\x80\x80", 0xE000 },
        { "\xEF\xBF\xBF", 0xFFFF },
        { "\xF0\x90\x80\x80", 0x10000 },
        { "\xF4\x8F\xBF\xBF", 0x10FFFF },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint32_t c = 0;
        char encoded[4];
        size_t len = strlen(rows[i].bytes);
        assert_int_equal(utf8_decode(rows[i].bytes, rows[i].bytes + len, &c), len);
        assert_int_equal(c, rows[i].character);
        assert_int_equal(utf8_encode(c, encoded), len);
        assert_memory_equal(encoded, rows[i].bytes, len);
        if (len > 1) { /* cut short it is none */
            assert_int_equal(utf8_length(rows[i].bytes, rows[i].bytes + len - 1), 0);
        }
    }
}

static void invalid_sequences_have_no_length(void **state)
{
    static const char *const rows[] = {
        "\x80",
        "\xBF",
        "\xC0\x80",
        "\xC1\xBF",
        "\xC2\x41",
        "\xE0\x9F\xBF",
        "\xED\xA0\x80",
        "\xED\xBF\xBF",
        "\xE1\x80\x41",
        "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80",
        "\xFE",
        "\xFF",
        "\xF1\x80\x80\x41",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(utf8_length(rows[i], rows[i] + strlen(rows[i])), 0);
    }
}

static void what_is_no_character_is_not_decoded(void **state)
{
    static const char surrogate[] = "\xED\xA0\x80";
    uint32_t c = 0xABCD;

    (void)state;
    assert_int_equal(utf8_decode(surrogate, surrogate + 3, &c), 0);
    assert_int_equal(c, 0xABCD);
}

static void nul_is_a_character(void **state)
{
    static const char nul[1] = { 0 };
    uint32_t c = 1;

    (void)state;
    assert_int_equal(utf8_decode(nul, nul + 1, &c), 1);
    assert_int_equal(c, 0);
}

/* 0x110000 code points less 0x800 surrogates, each in exactly one way. */
static void every_code_point_has_one_form(void **state)
{
    size_t forms[5] = { 0 };

    (void)state;
    for (unsigned i = 0; i < 256 * 256; i++) {
        const char bytes[] = { (char)(i >> 8), (char)i, '\x80', '\x80' };
        size_t len = utf8_length(bytes, bytes + 4);
        assert_true(len <= 4);
        forms[len]++;
    }
    assert_int_equal(forms[1], 0x80 * 256);
    assert_int_equal(forms[2], 0x800 - 0x80);
    assert_int_equal(forms[3] * 64, 0x10000 - 0x800 - 0x800);
    assert_int_equal(forms[4] * 64 * 64, 0x110000 - 0x10000);
}

/* Every byte at every place of a text that is longer than what is looked at together. */
static void plain_text_ends_where_a_byte_means_something(void **state)
{
    char text[40];

    (void)state;
    for (size_t at = 0; at < sizeof(text); at++) {
        for (int byte = 0; byte < 256; byte++) {
            bool plain = byte >= 0x20 && byte < 0x7F && strchr("\"\\#", byte) == NULL;
            memset(text, '~', sizeof(text));
            text[at] = (char)byte;
            assert_int_equal(utf8_plain(text, text + sizeof(text)), plain ? sizeof(text) : at);
            assert_int_equal(utf8_plain(text, text + at), at);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(valid_sequences_are_decoded),
        cmocka_unit_test(invalid_sequences_have_no_length),
        cmocka_unit_test(what_is_no_character_is_not_decoded),
        cmocka_unit_test(nul_is_a_character),
        cmocka_unit_test(every_code_point_has_one_form),
        cmocka_unit_test(plain_text_ends_where_a_byte_means_something),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

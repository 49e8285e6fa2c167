/* test_token.c - where a token may come from, what it is made of, and that it is not shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/secret.h"
#include "offerstat/token.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECRET "eyJhbGciOi.SECRET-_~+/.sig=="

struct place {
    char dir[64], file[96];
};

static int make_place(void **state)
{
    struct place *p = calloc(1, sizeof(*p));

    if (p == NULL) {
        return -1;
    }
    snprintf(p->dir, sizeof(p->dir), "/tmp/offerstat-token-XXXXXX");
    if (mkdtemp(p->dir) == NULL) {
        free(p);
        return -1;
    }
    snprintf(p->file, sizeof(p->file), "%s/token", p->dir);
    *state = p;
    return 0;
}

static int remove_place(void **state)
{
    struct place *p = *state;

    unlink(p->file);
    rmdir(p->dir);
    free(p);
    return 0;
}

static void put(const struct place *p, const char *data, size_t len)
{
    FILE *file = fopen(p->file, "w");

    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void expect_token(const struct place *p, const char *content, const char *want)
{
    struct error err = ERROR_INIT;
    char *token = NULL;

    put(p, content, strlen(content));
    if (token_read_file(p->file, &token, &err) != 0) {
        fail_msg("\"%s\": %s", content, err.text);
    }
    assert_string_equal(token, want);
    secret_free(token);
}

static void expect_refusal(const struct place *p, const char *content, size_t len)
{
    struct error err = ERROR_INIT;
    char *token = NULL;

    put(p, content, len);
    assert_int_equal(token_read_file(p->file, &token, &err), -1);
    assert_int_equal(err.code, ERR_USAGE);
    assert_null(token);
    assert_non_null(strstr(err.text, p->file));
    assert_null(strstr(err.text, "SECRET"));
}

static void token_is_the_first_line(void **state)
{
    static const char *const rows[] = {
        SECRET,
        SECRET "\n",
        SECRET "\r\n",
        "  " SECRET "  \n",
        "\t" SECRET "\t\r\n",
        "\n\n" SECRET "\nanother line\n",
        SECRET "\r",
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_token(*state, rows[i], SECRET);
    }
}

static void file_without_a_token_is_refused(void **state)
{
    static const char *const rows[] = { "", "\n", "   ", "\r\n\r\n", "\t \n" };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_refusal(*state, rows[i], strlen(rows[i]));
    }
}

static void token_with_a_foreign_character_is_refused_unseen(void **state)
{
    static const char *const rows[] = {
        "Bearer SECRET",      "SECRET\tSECRET",  "SECRET\x1b[0m",
        "\xEF\xBB\xBFSECRET", "SECRET\xC3\xA9x", "SECRET\x7f",
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_refusal(*state, rows[i], strlen(rows[i]));
    }
}

static void token_with_a_nul_is_refused(void **state)
{
    expect_refusal(*state, "SECRET\0more", 11);
}

static void longest_token_is_read_and_a_longer_one_refused(void **state)
{
    char *text = malloc(TOKEN_MAX + 2);

    assert_non_null(text);
    memset(text, 'a', TOKEN_MAX + 1);
    text[TOKEN_MAX + 1] = '\0';
    expect_refusal(*state, text, TOKEN_MAX + 1);
    text[TOKEN_MAX] = '\0';
    expect_token(*state, text, text);
    free(text);
}

static void missing_file_is_named(void **state)
{
    const struct place *p = *state;
    struct error err = ERROR_INIT;
    char *token = NULL;

    unlink(p->file);
    assert_int_equal(token_read_file(p->file, &token, &err), -1);
    assert_int_equal(err.code, ERR_AUTH);
    assert_non_null(strstr(err.text, p->file));
    assert_null(token);
}

static void directory_is_no_token_file(void **state)
{
    const struct place *p = *state;
    struct error err = ERROR_INIT;
    char *token = NULL;

    assert_int_equal(token_read_file(p->dir, &token, &err), -1);
    assert_int_equal(err.code, ERR_AUTH);
    assert_non_null(strstr(err.text, p->dir));
    assert_null(token);
}

static void dash_is_standard_input(void **state)
{
    const struct place *p = *state;
    struct error err = ERROR_INIT;
    char *token = NULL;

    put(p, " " SECRET "\n", strlen(SECRET) + 2);
    assert_non_null(freopen(p->file, "r", stdin));
    assert_int_equal(token_read_file("-", &token, &err), 0);
    assert_string_equal(token, SECRET);
    secret_free(token);
    token = NULL;
    /* nothing is left there */
    assert_int_equal(token_read_file("-", &token, &err), -1);
    assert_int_equal(err.code, ERR_USAGE);
    assert_non_null(strstr(err.text, "standard input"));
    assert_null(token);
}

/* RFC 6750: 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"=" */
static void check_takes_the_alphabet_of_bearer_tokens(void **state)
{
    static const char marks[] = "-._~+/";
    struct error err = ERROR_INIT;
    char text[4] = "aXb";

    (void)state;
    for (int c = 1; c < 256; c++) {
        bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    strchr(marks, c) != NULL;
        text[1] = (char)c;
        if ((token_check(text, "OFFERSTAT_TOKEN", &err) == 0) != good) {
            fail_msg("character 0x%02X", (unsigned)c);
        }
    }
    assert_int_equal(token_check("ab==", "OFFERSTAT_TOKEN", &err), 0);
    assert_int_equal(token_check("=", "OFFERSTAT_TOKEN", &err), -1);
    assert_int_equal(token_check("", "OFFERSTAT_TOKEN", &err), -1);
    assert_int_equal(err.code, ERR_USAGE);
}

static void what_people_give_in_place_of_a_token_is_named(void **state)
{
    static const struct {
        const char *text, *why;
    } rows[] = {
        { "\"SECRET\"", "it is in quotes: give what is between them" },
        { "'SECRET'", "it is in quotes: give what is between them" },
        { "{\"accessToken\": \"SECRET\"}", "it is a JSON document: give its accessToken alone" },
        { "bearer SECRET", "leave out the word Bearer" },
        { "SECRET SECRET", "it has a character that a token must not have (byte 7)" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        char wanted[128];
        snprintf(wanted, sizeof(wanted), "OFFERSTAT_TOKEN: no token: %s", rows[i].why);
        assert_int_equal(token_check(rows[i].text, "OFFERSTAT_TOKEN", &err), -1);
        assert_string_equal(err.text, wanted);
    }
}

static void copy_leaves_the_line_end_out(void **state)
{
    struct error err = ERROR_INIT;
    char *token = NULL;

    (void)state;
    assert_int_equal(token_copy(" " SECRET "\r\n", "OFFERSTAT_TOKEN", &token, &err), 0);
    assert_string_equal(token, SECRET);
    secret_free(token);
    token = NULL;
    assert_int_equal(token_copy("two\nlines\n", "OFFERSTAT_TOKEN", &token, &err), -1);
    assert_null(token);
}

static void check_names_the_source_and_never_the_token(void **state)
{
    struct error err = ERROR_INIT;

    (void)state;
    assert_int_equal(token_check("SECRET SECRET", "OFFERSTAT_TOKEN", &err), -1);
    assert_int_equal(err.code, ERR_USAGE);
    assert_non_null(strstr(err.text, "OFFERSTAT_TOKEN"));
    assert_null(strstr(err.text, "SECRET"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(token_is_the_first_line),
        cmocka_unit_test(file_without_a_token_is_refused),
        cmocka_unit_test(token_with_a_foreign_character_is_refused_unseen),
        cmocka_unit_test(token_with_a_nul_is_refused),
        cmocka_unit_test(longest_token_is_read_and_a_longer_one_refused),
        cmocka_unit_test(missing_file_is_named),
        cmocka_unit_test(directory_is_no_token_file),
        cmocka_unit_test(dash_is_standard_input),
        cmocka_unit_test(check_takes_the_alphabet_of_bearer_tokens),
        cmocka_unit_test(what_people_give_in_place_of_a_token_is_named),
        cmocka_unit_test(copy_leaves_the_line_end_out),
        cmocka_unit_test(check_names_the_source_and_never_the_token),
    };

    return cmocka_run_group_tests(tests, make_place, remove_place);
}

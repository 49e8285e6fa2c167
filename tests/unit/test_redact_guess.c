/* test_redact_guess.c - which parts of a text are taken for a secret, and which are not. */
#include "http/redact_guess.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct row {
    const char *text, *wanted; /* NULL: the text stays as it is */
};

static void check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char text[128];
        snprintf(text, sizeof(text), "%s", rows[i].text);
        redact_guess(text);
        assert_string_equal(text, rows[i].wanted != NULL ? rows[i].wanted : rows[i].text);
    }
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))

static void a_parameter_with_the_name_of_a_secret_is_hidden(void **state)
{
    static const struct row rows[] = {
        { "GET https://h/p?sig=abc%2B&x=1&access_token=T,",
          "GET https://h/p?sig=******&x=1&access_token=**" },
        { "(https://h/p?a=1&client_secret=s3)", "(https://h/p?a=1&client_secret=**)" },
        { "?$skipToken=abc&continuationToken=def", NULL },
        { "?api-version=2017-10-31&$filter=a eq 'b'", NULL },
        { "a question? yes & no", NULL },
        { "https://h/p?sas=abc&b=2", "https://h/p?sas=***&b=2" },
        { "https://h/#access_token=abc", "https://h/#access_token=***" },
        { "AccountName=a;AccountKey=b+c==;EndpointSuffix=d",
          "AccountName=a;AccountKey=*****;EndpointSuffix=d" },
        { "{\\\"url\\\": \\\"https://h?sig=a\\\"}", "{\\\"url\\\": \\\"https://h?sig=*\\\"}" },
        { "%", NULL },
    };

    (void)state;
    CHECK(rows);
}

static void a_name_counts_by_its_whole_words(void **state)
{
    static const char *const secret[] = {
        "sig",          "SIG",         "signature",   "X-Amz-Signature", "sas_token",
        "SASToken",     "accessToken", "accesstoken", "IDToken",         "refresh.token",
        "token2",       "tokens",      "credentials", "clientSecret",    "newPassword",
        "password-new", "code",        "device_code", "AccountKey",      "accountkey",
        "APIKey",       "api-key",     "sig[]",       "auth[code]",      "pwd",
    };
    static const char *const harmless[] = {
        "design",  "assigned", "errorcode",   "errorCode", "error_code", "statusCode",
        "keyword", "monkey",   "significant", "encode",    "codec",      "decoded",
        "passive", "sassy",    "api-version", "tokenless", "$skiptoken", "s",
    };
    char text[64], wanted[64];

    (void)state;
    for (size_t i = 0; i < sizeof(secret) / sizeof(secret[0]); i++) {
        snprintf(text, sizeof(text), "?a=1&%s=abc", secret[i]);
        snprintf(wanted, sizeof(wanted), "?a=1&%s=***", secret[i]);
        redact_guess(text);
        assert_string_equal(text, wanted);
    }
    for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++) {
        snprintf(text, sizeof(text), "?a=1&%s=abc", harmless[i]);
        snprintf(wanted, sizeof(wanted), "%s", text);
        redact_guess(text);
        assert_string_equal(text, wanted);
    }
}

static void a_link_within_a_link_is_read_as_well(void **state)
{
    static const struct row rows[] = {
        { "https://h/?to=https%3A%2F%2Fi%2Fp%3Fsig%3Dabc%26x%3D1&token=d",
          "https://h/?to=https%3A%2F%2Fi%2Fp%3Fsig%3D***%26x%3D1&token=*" },
        { "?to=https%253A%252F%252Fi%253Fsig%253Dabc%2526x%253D1%26b%3D2&c=3",
          "?to=https%253A%252F%252Fi%253Fsig%253D***%2526x%253D1%26b%3D2&c=3" },
        { "%253Fsig=a%26b&c", "%253Fsig=*****&c" },
        { "%25253Fa%25253D1%252526sig%25253Dabc", "%25253Fa%25253D1%252526sig%25253D***" },
        { "?%73ig=abc&%73%69%67=abc&x=1", "?%73ig=***&%73%69%67=***&x=1" },
        { "?sig%5B%5D=abc&sig[]=abc&sig[0]=abc", "?sig%5B%5D=***&sig[]=***&sig[0]=***" },
        { "?%24skipToken=abc", NULL },
        { "?a=%2", NULL },
        { "?a=%25", NULL },
    };

    (void)state;
    CHECK(rows);
}

static void html_and_json_have_spellings_of_their_own(void **state)
{
    static const struct row rows[] = {
        { "href=\"https://h/p?a=1&amp;sig=abc&amp;b=2\"",
          "href=\"https://h/p?a=1&amp;sig=***&amp;b=2\"" },
        { "https://h/?a=1\\u0026sig\\u003dabc\\u0026b=2",
          "https://h/?a=1\\u0026sig\\u003d***\\u0026b=2" },
        { "https:\\/\\/h?sig=a\\/b&c", "https:\\/\\/h?sig=****&c" },
        { "\\u00", NULL },
    };

    (void)state;
    CHECK(rows);
}

static void user_and_password_before_a_host_are_hidden(void **state)
{
    static const struct row rows[] = {
        { "https://u:pw@h:1/p@q", "https://****@h:1/p@q" },
        { "//u:pw@h/p, // u@h", "//****@h/p, // u@h" },
        { "https://u%3Apw%40h/p", "https://******%40h/p" },
        { "?to=https%3A%2F%2Fu%3Apw%40h%2Fp%40q", "?to=https%3A%2F%2F******%40h%2Fp%40q" },
        { "?to=https%253A%252F%252Fu%253Apw%2540h", "?to=https%253A%252F%252F********%2540h" },
        { "?to=https%3A%2F%2Fh&mail=a@b", NULL },
        { "https:\\/\\/u:pw@h\\/p", "https:\\/\\/****@h\\/p" },
        { "https://h/?mail=a@b", NULL },
    };

    (void)state;
    CHECK(rows);
}

static void a_token_is_known_by_its_looks(void **state)
{
    static const struct row rows[] = {
        { "with eyJhbGciOi.eyJhdWQi.c-_1 and eyJ.", "with ************************ and eyJ." },
        { "Authorization: Bearer 0a1b2c3d== was refused",
          "Authorization: Bearer ********** was refused" },
        { "bearer: ab.cd-ef_12~/+, again", "bearer: **************, again" },
        { "BEARER%20abcdefg1", "BEARER%20********" },
        { "bearer bearer abcdefg1", "bearer bearer ********" },
        { "'Bearer abcdefg1'", "'Bearer ********'" },
        { "Bearer token expired", NULL },
        { "Bearer authentication is required", NULL },
        { "Bearer realm=\"\", authorization_uri=\"https://h/1234567890\"", NULL },
        { "Bearer authorization_uri=\"https://h/1234567890\"", NULL },
        { "a bearer of abcdefg1", NULL },
        { "forbearer abcdefg1", NULL },
        { "Bearer a1", NULL }, /* an ordinary word may be as short */
        { "Bearer", NULL },
        { "bearer1234567", NULL },
    };

    (void)state;
    CHECK(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_parameter_with_the_name_of_a_secret_is_hidden),
        cmocka_unit_test(a_name_counts_by_its_whole_words),
        cmocka_unit_test(a_link_within_a_link_is_read_as_well),
        cmocka_unit_test(html_and_json_have_spellings_of_their_own),
        cmocka_unit_test(user_and_password_before_a_host_are_hidden),
        cmocka_unit_test(a_token_is_known_by_its_looks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_jwt.c - base64url, and the end of a token. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "auth/source.h"

#include <string.h>

/* The SHA-1 of a certificate and its x5t, from the page "certificate credentials"; its own example
 * keeps a '=', which is wrong. */
static void thumbprint_is_that_of_the_documentation(void **state)
{
    static const unsigned char sha1[] = { 0x84, 0xE0, 0x5C, 0x1D, 0x98, 0xBC, 0xE3,
                                          0xA5, 0x42, 0x1D, 0x22, 0x5B, 0x14, 0x0B,
                                          0x36, 0xE8, 0x6A, 0x3D, 0x55, 0x34 };
    struct strbuf out = STRBUF_INIT(64);

    (void)state;
    jwt_put_base64url(&out, sha1, sizeof(sha1));
    assert_string_equal(strbuf_text(&out), "hOBcHZi846VCHSJbFAs26Go9VTQ");
    strbuf_clear(&out);
}

/* RFC 4648, section 10, with the digits of section 5. */
static void digits_are_those_of_addresses(void **state)
{
    static const struct {
        const char *bytes;
        size_t len;
        const char *want;
    } rows[] = {
        { "", 0, "" },
        { "f", 1, "Zg" },
        { "fo", 2, "Zm8" },
        { "foo", 3, "Zm9v" },
        { "foob", 4, "Zm9vYg" },
        { "fooba", 5, "Zm9vYmE" },
        { "\xFB\xFF", 2, "-_8" },
        { "\xFF\xEF\xBE", 3, "_---" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct strbuf out = STRBUF_INIT(64);
        strbuf_puts(&out, "x");
        jwt_put_base64url(&out, (const unsigned char *)rows[i].bytes, rows[i].len);
        assert_string_equal(strbuf_text(&out) + 1, rows[i].want);
        assert_int_equal(out.len, 1 + strlen(rows[i].want));
        strbuf_clear(&out);
    }
}

static void the_end_of_a_token_is_its_exp(void **state)
{
    static const struct {
        const char *token;
        int64_t want_ms;
    } rows[] = {
        /* {"alg":"none"} . {"exp":1763805600} */
        { "eyJhbGciOiJub25lIn0.eyJleHAiOjE3NjM4MDU2MDB9.c2ln", INT64_C(1763805600000) },
        /* {"exp":1763805600,"a":"b"} */
        { "e30.eyJleHAiOjE3NjM4MDU2MDAsImEiOiJiIn0.", INT64_C(1763805600000) },
        { "e30.e30.e30", 0 },         /* no exp */
        { "opaque", 0 },              /* no JWT */
        { "a.b!c.d", 0 },             /* no base64url */
        { "a.Zm9v.d", 0 },            /* no JSON */
        { "a.eyJleHAiOiJ4In0.d", 0 }, /* {"exp":"x"} */
        { "..", 0 },
        { "", 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct jwt_claims claims;
        jwt_read(rows[i].token, &claims);
        if (claims.end_ms != rows[i].want_ms) {
            fail_msg("%s", rows[i].token);
        }
    }
}

static void claims_are_for_people_to_look_at(void **state)
{
    /* {"upn":"ann@contoso.com","unique_name":"other","appid":"app","tid":"tenant"} */
    static const char token[] =
        "e30."
        "eyJ1cG4iOiJhbm5AY29udG9zby5jb20iLCJ1bmlxdWVfbmFtZSI6Im90aGVyIiwiYXBwaWQiOiJhcHAiLCJ0aWQi"
        "OiJ0ZW5hbnQifQ.x";
    struct jwt_claims claims;

    (void)state;
    jwt_read(token, &claims);
    assert_string_equal(claims.user, "ann@contoso.com");
    assert_string_equal(claims.client, "app");
    assert_string_equal(claims.tenant, "tenant");
    /* {"nbf":1,"azp":"two","scp":"a b","roles":["r1",2,"r2"],"aud":"x"} */
    jwt_read(
        "e30."
        "eyJuYmYiOjEsImF6cCI6InR3byIsInNjcCI6ImEgYiIsInJvbGVzIjpbInIxIiwyLCJyMiJdLCJhdWQiOiJ4In0"
        ".x",
        &claims);
    assert_int_equal(claims.start_ms, 1000);
    assert_string_equal(claims.client, "two");
    assert_string_equal(claims.scopes, "a b");
    assert_string_equal(claims.roles, "r1 r2");
    assert_string_equal(claims.audience, "x");
    jwt_read("opaque", &claims);
    assert_string_equal(claims.user, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thumbprint_is_that_of_the_documentation),
        cmocka_unit_test(digits_are_those_of_addresses),
        cmocka_unit_test(the_end_of_a_token_is_its_exp),
        cmocka_unit_test(claims_are_for_people_to_look_at),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

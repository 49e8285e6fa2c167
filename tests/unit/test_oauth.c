/* test_oauth.c - forms, and refusals in plain words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "auth/oauth.h"
#include "http/form.h"

#include <string.h>

static void every_byte_that_a_form_reads_is_encoded(void **state)
{
    struct strbuf form = STRBUF_INIT(256);

    (void)state;
    form_add(&form, "a", "plain-_.~09AZ");
    form_add(&form, "b", "+/=&? %\xED\x95\x9C");
    form_add(&form, "c", "");
    assert_string_equal(strbuf_text(&form), "&a=plain-_.~09AZ&b=%2B%2F%3D%26%3F%20%25%ED%95%9C&c=");
    strbuf_clear(&form);
}

static void refusals_say_what_to_do(void **state)
{
    static const struct {
        long status;
        const char *body;
        enum error_code code;
        const char *word, *text, *id;
    } rows[] = {
        { 401,
          "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client "
          "secret "
          "provided.\\r\\nTrace ID: 1\\r\\nCorrelation ID: 2\",\"error_codes\":[7000215],"
          "\"correlation_id\":\"aaaa0000-bb11-2222-33cc-444444dddddd\"}",
          ERR_AUTH, "invalid_client",
          "the client secret is wrong: use the secret's value, not its id (AADSTS7000215: Invalid "
          "client secret provided.)",
          "aaaa0000-bb11-2222-33cc-444444dddddd" },
        /* what the service was shown stays, from the known codes too */
        { 400,
          "{\"error\":\"invalid_request\",\"error_description\":\"AADSTS700213: No matching "
          "federated identity record found for presented assertion subject "
          "'repo:contoso/app:ref:refs/heads/x'.\\r\\nTrace ID: 1\"}",
          ERR_AUTH, "invalid_request",
          "no federated credential of the application matches the token's subject (AADSTS700213: "
          "No "
          "matching federated identity record found for presented assertion subject "
          "'repo:contoso/app:ref:refs/heads/x'.)",
          "" },
        { 400, "{\"error\":\"x\",\"error_description\":\"AADSTS90002\"}", ERR_AUTH, "x",
          "no such tenant: check AZURE_TENANT_ID (AADSTS90002)", "" },
        /* a number that is none of ours: the platform's own first line */
        { 400,
          "{\"error\":\"invalid_scope\",\"error_description\":\"AADSTS70011: The provided value "
          "for "
          "scope is not valid.\\r\\nTrace ID: 1\"}",
          ERR_AUTH, "invalid_scope", "AADSTS70011: The provided value for scope is not valid.",
          "" },
        { 400, "{\"error\":\"authorization_pending\"}", ERR_AUTH, "authorization_pending",
          "refused: authorization_pending", "" },
        { 404, "{\"error\":{\"code\":\"NotFound\",\"message\":\"No route\"}}", ERR_ANSWER, "",
          "HTTP 404: NotFound: No route", "" },
        { 403, "<html>Forbidden</html>", ERR_ANSWER, "", "HTTP 403", "" },
        { 400, "", ERR_AUTH, "", "HTTP 400", "" },
        { 400, "\xEF\xBB\xBF{\"error\":\"authorization_pending\"}", ERR_AUTH,
          "authorization_pending", "refused: authorization_pending",
          "" }, /* after a byte order mark */
        /* an id is for people to quote, and holds nothing else */
        { 401, "{\"error\":\"x\",\"correlation_id\":\"##[error]\"}", ERR_AUTH, "x", "refused: x",
          "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        char word[64];
        oauth_refusal(NULL, rows[i].status, rows[i].body, word, &err);
        assert_string_equal(err.text, rows[i].text);
        assert_string_equal(word, rows[i].word);
        assert_string_equal(err.request_id, rows[i].id);
        assert_int_equal(err.code, rows[i].code);
    }
}

/* However long the platform's line becomes, the values in it are what has to be compared. */
static void quoted_values_outlive_a_long_line(void **state)
{
    struct strbuf line = STRBUF_INIT(4096);
    struct error err = { .code = ERR_AUTH };

    (void)state;
    strbuf_puts(&line, "AADSTS70021: Issuer 'https://issuer.example'. ");
    for (int i = 0; i < 60; i++) {
        strbuf_puts(&line, "Words in between. ");
    }
    strbuf_puts(&line, "Subject 'repo:a/b'. An odd ' at the end");
    oauth_explain("", strbuf_text(&line), &err);
    assert_string_equal(err.text, "no federated credential of the application matches the token "
                                  "(AADSTS70021: 'https://issuer.example' 'repo:a/b')");
    strbuf_clear(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_that_a_form_reads_is_encoded),
        cmocka_unit_test(refusals_say_what_to_do),
        cmocka_unit_test(quoted_values_outlive_a_long_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

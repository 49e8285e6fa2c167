/* test_auth_findings.c - what is wrong with a token, from what it says of itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "verbs/auth_findings.h"

#include "offerstat/signin.h"

#include <stdio.h>
#include <string.h>

#define NOW_MS INT64_C(1763805600000)
#define CPP "https://cloudpartner.azure.com"
#define INGESTION "https://api.partner.microsoft.com"

static void each_finding_has_its_code(void **state)
{
    static const struct {
        const char *api;
        struct signin_status about;
        const char *codes; /* in their order, each with a blank after it */
    } rows[] = {
        { "cpp", { .audience = "" }, "" }, /* an opaque token tells nothing */
        { "cpp", { .audience = CPP }, "" },
        { "cpp", { .audience = CPP "/" }, "" },
        { "cpp", { .audience = CPP "x" }, "audience " },
        { "cpp", { .audience = INGESTION }, "audience " },
        { "graph", { .audience = "00000003-0000-0000-c000-000000000000" }, "" },
        { "cpp", { .audience = CPP, .expires_ms = NOW_MS }, "expired " },
        { "cpp", { .audience = CPP, .expires_ms = NOW_MS + 1 }, "" },
        { "cpp", { .audience = INGESTION, .expires_ms = 1 }, "audience expired " },
        /* a clock that is five minutes late does no harm */
        { "cpp", { .audience = CPP, .starts_ms = NOW_MS + 300000 }, "" },
        { "cpp", { .audience = CPP, .starts_ms = NOW_MS + 300001 }, "not_yet_valid " },
        { "ingestion", { .audience = INGESTION, .scopes = "a user_impersonation" }, "" },
        { "ingestion", { .audience = INGESTION, .scopes = "user_impersonation2 a" }, "scope " },
        { "ingestion", { .audience = INGESTION, .roles = "a" }, "" },
        { "graph", { .audience = "https://graph.microsoft.com", .scopes = "a" }, "" },
        { "cpp", { .certificate_end_ms = NOW_MS + 1 }, "certificate " },
        { "cpp", { .certificate_end_ms = NOW_MS + INT64_C(31) * 24 * 3600 * 1000 }, "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct auth_finding findings[AUTH_FINDINGS_MAX];
        size_t count = auth_find(&rows[i].about, rows[i].api, NOW_MS, findings);
        char codes[128] = "";
        size_t len = 0;
        for (size_t k = 0; k < count; k++) {
            len += (size_t)snprintf(codes + len, sizeof(codes) - len, "%s ", findings[k].code);
        }
        if (strcmp(codes, rows[i].codes) != 0) {
            fail_msg("row %zu: \"%s\", expected \"%s\"", i, codes, rows[i].codes);
        }
    }
}

/* "Not accepted" is said of a token that may be wrong, never of one that is known to be right. */
static void advice_depends_on_what_is_known_of_the_token(void **state)
{
    const struct signin_status opaque = { .source = "token" };
    const struct signin_status right = { .source = "secret", .audience = CPP };
    const struct signin_status wrong = { .source = "token", .audience = INGESTION };

    (void)state;
    assert_null(auth_advice_on_status(&right, "cpp", 500, NOW_MS));
    assert_null(auth_advice_on_status(&right, "cpp", 0, NOW_MS));
    assert_null(auth_advice_on_status(&wrong, "cpp", 401, NOW_MS));
    assert_non_null(strstr(auth_advice_on_status(&opaque, "cpp", 401, NOW_MS), "not accepted"));
    assert_non_null(strstr(auth_advice_on_status(&right, "cpp", 401, NOW_MS), "Manager role"));
    assert_non_null(strstr(auth_advice_on_status(&right, "cpp", 403, NOW_MS), "Manager role"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_finding_has_its_code),
        cmocka_unit_test(advice_depends_on_what_is_known_of_the_token),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

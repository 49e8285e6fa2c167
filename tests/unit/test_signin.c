/* test_signin.c - which source wins, when a token is renewed, and by how many requests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "auth/source.h"
#include "fake_transport.h"

#include <stdio.h>
#include <string.h>

#define NOW_MS INT64_C(1763805600000)
#define TOKEN_PATH "/t/oauth2/v2.0/token"

static const char *last_warning;
static char warning_text[512];

static void on_warning(void *user, const char *text)
{
    (void)user;
    snprintf(warning_text, sizeof(warning_text), "%s", text);
    last_warning = warning_text;
}

static struct signin_options with_secret(struct fake_transport *net)
{
    return (struct signin_options){ .method = "secret",
                                    .audience = "https://cloudpartner.azure.com",
                                    .tenant = "t",
                                    .client_id = "c",
                                    .client_secret = "s",
                                    .transport = &net->base,
                                    .warn = on_warning };
}

static struct signin *open_ok(const struct signin_options *options)
{
    struct signin *s = NULL;
    struct error err = ERROR_INIT;

    assert_int_equal(signin_open(options, &s, &err), 0);
    return s;
}

static void answer(struct fake_transport *net, const char *body)
{
    fake_answer(
        net, (struct fake_answer){ .path = TOKEN_PATH, .status = 200, .body = body, .times = 1 });
}

static void start(struct fake_transport *net)
{
    fake_init(net);
    net->wall_ms = NOW_MS;
    last_warning = NULL;
}

static void a_token_is_kept_until_shortly_before_its_end(void **state)
{
    struct fake_transport net;
    struct error err = ERROR_INIT;
    unsigned first, second;
    struct signin_options options;
    struct signin *s;

    (void)state;
    start(&net);
    options = with_secret(&net);
    answer(&net, "{\"access_token\":\"one\",\"expires_in\":3600,\"token_type\":\"Bearer\"}");
    answer(&net, "{\"access_token\":\"two\",\"expires_in\":\"3600\"}"); /* v1 has text */
    s = open_ok(&options);
    assert_string_equal(signin_token(s, &first, &err), "one");
    net.wall_ms += INT64_C(54) * 60 * 1000;
    assert_string_equal(signin_token(s, &second, &err), "one");
    assert_int_equal(first, second);
    assert_int_equal(net.request_count, 1);
    net.wall_ms += INT64_C(60) * 1000; /* five minutes are left */
    assert_string_equal(signin_token(s, &second, &err), "two");
    assert_int_not_equal(first, second);
    assert_int_equal(net.request_count, 2);
    signin_close(s);
    fake_clear(&net);
}

static void a_renewal_that_fails_leaves_the_token_until_its_end(void **state)
{
    struct fake_transport net;
    struct error err = ERROR_INIT;
    struct signin_options options;
    struct signin *s;
    unsigned serial;

    (void)state;
    start(&net);
    options = with_secret(&net);
    answer(&net, "{\"access_token\":\"one\",\"expires_in\":1000}");
    fake_answer(&net, (struct fake_answer){ .path = TOKEN_PATH, .status = 503 });
    s = open_ok(&options);
    assert_string_equal(signin_token(s, &serial, &err), "one");
    net.wall_ms += 950 * 1000;
    assert_string_equal(signin_token(s, &serial, &err), "one");
    net.wall_ms += 50 * 1000;
    assert_null(signin_token(s, &serial, &err));
    assert_int_equal(err.code, ERR_SERVICE);
    signin_close(s);
    fake_clear(&net);
}

/* Hundreds of requests would each wait for it. */
static void a_renewal_that_failed_is_not_tried_again_at_once(void **state)
{
    struct fake_transport net;
    struct error err = ERROR_INIT;
    struct signin_options options;
    struct signin *s;
    unsigned serial;

    (void)state;
    start(&net);
    options = with_secret(&net);
    answer(&net, "{\"access_token\":\"one\"}");
    fake_answer(&net, (struct fake_answer){ .path = TOKEN_PATH, .status = 503 });
    s = open_ok(&options);
    assert_string_equal(signin_token(s, &serial, &err), "one");
    for (int i = 0; i < 20; i++) {
        assert_int_equal(signin_renew(s, serial, &err), RENEWAL_FAILED);
        assert_int_equal(err.code, ERR_SERVICE);
    }
    assert_int_equal(net.request_count, 2);
    net.now_ms += 30 * 1000;
    assert_int_equal(signin_renew(s, serial, &err), RENEWAL_FAILED);
    assert_int_equal(net.request_count, 3);
    signin_close(s);
    fake_clear(&net);
}

static void an_end_in_the_past_is_no_end(void **state)
{
    struct fake_transport net;
    struct error err = ERROR_INIT;
    struct signin_options options;
    struct signin *s;
    unsigned serial;

    (void)state;
    start(&net);
    options = with_secret(&net);
    answer(&net, "{\"access_token\":\"one\",\"expires_in\":-5}");
    s = open_ok(&options);
    for (int i = 0; i < 3; i++) {
        assert_string_equal(signin_token(s, &serial, &err), "one");
    }
    assert_int_equal(net.request_count, 1);
    signin_close(s);
    fake_clear(&net);
}

static void many_rejections_cause_one_renewal(void **state)
{
    struct fake_transport net;
    struct error err = ERROR_INIT;
    struct signin_options options;
    struct signin *s;
    unsigned serial, other;

    (void)state;
    start(&net);
    options = with_secret(&net);
    answer(&net, "{\"access_token\":\"one\"}");
    answer(&net, "{\"access_token\":\"two\"}");
    s = open_ok(&options);
    assert_string_equal(signin_token(s, &serial, &err), "one");
    for (int i = 0; i < 5; i++) { /* five requests that were sent with the first one */
        assert_int_equal(signin_renew(s, serial, &err), RENEWAL_DONE);
    }
    assert_int_equal(net.request_count, 2);
    assert_string_equal(signin_token(s, &other, &err), "two");
    signin_close(s);
    fake_clear(&net);
}

static void the_same_token_again_is_no_fresh_one(void **state)
{
    struct fake_transport net;
    struct error err = ERROR_INIT;
    struct signin_options options = { .token = "given" };
    struct signin *s;
    unsigned serial;

    (void)state;
    start(&net);
    options.transport = &net.base;
    s = open_ok(&options);
    assert_string_equal(signin_token(s, &serial, &err), "given");
    assert_int_equal(signin_renew(s, serial, &err), RENEWAL_NONE);
    assert_int_equal(net.request_count, 0);
    signin_close(s);
    fake_clear(&net);
}

static void answers_that_are_no_tokens_are_refused(void **state)
{
    static const struct {
        long status;
        const char *body;
        enum error_code code;
    } rows[] = {
        { 200, "{}", ERR_ANSWER },
        { 200, "[]", ERR_ANSWER },
        { 200, "[1]", ERR_ANSWER },
        { 200, "", ERR_ANSWER },
        { 200, "<html></html>", ERR_ANSWER },
        { 200, "{\"access_token\":5}", ERR_ANSWER },
        { 200, "{\"access_token\":\"a\",\"token_type\":\"mac\"}", ERR_ANSWER },
        { 200, "{\"access_token\":\"a b\"}", ERR_ANSWER },
        { 200, "{\"access_token\":\"a\\nb\"}", ERR_ANSWER },
        { 200, "{\"access_token\":\"a\",\"expires_in\":[]}", ERR_ANSWER },
        { 200, "[{\"access_token\":\"a\"},{\"access_token\":\"b\"}]", ERR_ANSWER },
        { 400, "{\"error\":\"x\"}", ERR_AUTH },
        { 401, "{\"error\":\"x\"}", ERR_AUTH },
        { 500, "", ERR_SERVICE },
        { 429, "", ERR_SERVICE },
        { 404, "", ERR_ANSWER },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fake_transport net;
        struct error err = ERROR_INIT;
        struct signin_options options;
        struct signin *s;
        unsigned serial;
        start(&net);
        options = with_secret(&net);
        fake_answer(&net, (struct fake_answer){
                              .path = TOKEN_PATH, .status = rows[i].status, .body = rows[i].body });
        s = open_ok(&options);
        assert_null(signin_token(s, &serial, &err));
        if (err.code != rows[i].code) {
            fail_msg("%ld %s: %s", rows[i].status, rows[i].body, err.text);
        }
        signin_close(s);
        fake_clear(&net);
    }
}

static void a_source_that_is_rejected_ends_the_search(void **state)
{
    struct fake_transport net;
    struct error err = ERROR_INIT;
    struct signin_options options;
    struct signin *s;
    unsigned serial;

    (void)state;
    start(&net);
    options = with_secret(&net);
    options.method = NULL;
    options.certificate = "/nonexistent/cert.pem";
    fake_answer(&net, (struct fake_answer){ .path = TOKEN_PATH,
                                            .status = 401,
                                            .body = "{\"error\":\"invalid_client\"}" });
    s = open_ok(&options);
    assert_null(signin_token(s, &serial, &err)); /* az was not asked */
    assert_int_equal(err.code, ERR_AUTH);
    assert_string_equal(err.text, "secret: refused: invalid_client");
    signin_close(s);
    fake_clear(&net);
}

static void a_source_of_no_use_is_told_once_another_one_won(void **state)
{
    struct fake_transport net;
    struct error err = ERROR_INIT;
    struct signin_options options;
    struct signin *s;
    struct signin_status status;
    unsigned serial;

    (void)state;
    start(&net);
    options = with_secret(&net);
    options.method = "auto";
    options.certificate = "/nonexistent/cert.pem";
    answer(&net, "{\"access_token\":\"one\",\"expires_in\":60}");
    s = open_ok(&options);
    assert_string_equal(signin_token(s, &serial, &err), "one");
    assert_non_null(last_warning);
    assert_string_equal(last_warning, "certificate: /nonexistent/cert.pem cannot be read");
    signin_describe(s, &status);
    assert_string_equal(status.source, "secret");
    assert_int_equal(status.expires_ms, NOW_MS + 60000);
    assert_string_equal(status.client, "c");
    assert_string_equal(status.tenant, "t");
    signin_close(s);
    fake_clear(&net);
}

/* How many requests were sent by the time the first token came: those were under way together. */
static size_t sent_at_first_token;

static const char *write_token(void *user, const char *url)
{
    const struct fake_transport *net = user;

    (void)url;
    if (sent_at_first_token == 0) {
        sent_at_first_token = net->sent;
    }
    return "{\"access_token\":\"one\",\"expires_in\":3600}";
}

static void tokens_of_several_sign_ins_are_asked_for_side_by_side(void **state)
{
    static const struct {
        const char *method;
        size_t requests;
    } facts[] = { { "secret", 3 }, { "federated", 6 }, { "managed-identity", 3 } };

    (void)state;
    for (size_t m = 0; m < sizeof(facts) / sizeof(facts[0]); m++) {
        struct fake_transport net;
        struct signin_options options;
        struct signin *all[3];
        struct error err = ERROR_INIT;
        unsigned serial;

        start(&net);
        sent_at_first_token = 0;
        options = with_secret(&net);
        options.method = facts[m].method;
        options.github_url = "https://github.example/token?x=1";
        options.github_token = "g";
        options.identity_endpoint = "https://identity.example/token";
        options.identity_header = "h";
        fake_answer(&net, (struct fake_answer){ .path = "https://github.example",
                                                .status = 200,
                                                .body = "{\"value\":\"vouched\"}" });
        fake_answer(&net, (struct fake_answer){
                              .path = "/", .status = 200, .write = write_token, .user = &net });
        for (size_t i = 0; i < 3; i++) {
            all[i] = open_ok(&options);
        }
        signin_fetch(all, 3);
        assert_int_equal(net.sent, facts[m].requests);
        assert_int_equal(sent_at_first_token, net.sent);
        for (size_t i = 0; i < 3; i++) {
            assert_string_equal(signin_token(all[i], &serial, &err), "one");
            signin_close(all[i]);
        }
        fake_clear(&net);
    }
}

/* The second one's secret is refused, the third has no source: neither hinders the first, and
 * neither is asked for again by each request. */
static void sign_ins_side_by_side_fail_by_themselves(void **state)
{
    struct fake_transport net;
    struct signin_options options;
    struct signin *all[3];
    struct error err = ERROR_INIT;
    unsigned serial;

    (void)state;
    start(&net);
    options = with_secret(&net);
    answer(&net, "{\"access_token\":\"one\"}");
    fake_answer(&net, (struct fake_answer){
                          .path = TOKEN_PATH,
                          .status = 401,
                          .body = "{\"error\":\"invalid_client\",\"error_description\":"
                                  "\"AADSTS7000215: Invalid client secret provided.\"}" });
    all[0] = open_ok(&options);
    all[1] = open_ok(&options);
    options.client_secret = NULL;
    all[2] = open_ok(&options);
    signin_fetch(all, 3);
    assert_string_equal(signin_token(all[0], &serial, &err), "one");
    for (int i = 0; i < 3; i++) {
        err = (struct error)ERROR_INIT;
        assert_null(signin_token(all[1], &serial, &err));
        assert_int_equal(err.code, ERR_AUTH);
        assert_non_null(strstr(err.text, "7000215"));
        assert_false(signin_is_absent(all[1]));
        assert_null(signin_token(all[2], &serial, &err));
        assert_true(signin_is_absent(all[2]));
    }
    assert_int_equal(net.request_count, 2);
    net.now_ms += 30 * 1000; /* in a long wait it is tried again */
    assert_null(signin_token(all[1], &serial, &err));
    assert_int_equal(net.request_count, 3);
    for (size_t i = 0; i < 3; i++) {
        signin_close(all[i]);
    }
    fake_clear(&net);
}

static void addresses_and_methods_are_checked_before_anything_is_sent(void **state)
{
    static const char *const authorities[] = { "http://login.example", "ftp://x",
                                               "https://u:p@login.example" };
    struct fake_transport net;
    struct signin *s = NULL;

    (void)state;
    start(&net);
    for (size_t i = 0; i < sizeof(authorities) / sizeof(authorities[0]); i++) {
        struct signin_options options = with_secret(&net);
        struct error err = ERROR_INIT;
        options.authority = authorities[i];
        assert_int_equal(signin_open(&options, &s, &err), -1);
        assert_int_equal(err.code, ERR_USAGE);
    }
    {
        struct signin_options options = with_secret(&net);
        struct error err = ERROR_INIT;
        options.authority = "login.example"; /* as https */
        assert_int_equal(signin_open(&options, &s, &err), 0);
        signin_close(s);
        options.authority = "http://login.example"; /* with a ready token it is not asked */
        options.method = "auto";
        options.token = "ready";
        assert_int_equal(signin_open(&options, &s, &err), 0);
        signin_close(s);
    }
    {
        struct signin_options options = with_secret(&net);
        struct error err = ERROR_INIT;
        options.method = "secrets";
        assert_int_equal(signin_open(&options, &s, &err), -1);
        assert_string_equal(err.text, "no sign-in \"secrets\"; did you mean \"secret\"?");
    }
    fake_clear(&net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_token_is_kept_until_shortly_before_its_end),
        cmocka_unit_test(a_renewal_that_fails_leaves_the_token_until_its_end),
        cmocka_unit_test(a_renewal_that_failed_is_not_tried_again_at_once),
        cmocka_unit_test(an_end_in_the_past_is_no_end),
        cmocka_unit_test(many_rejections_cause_one_renewal),
        cmocka_unit_test(the_same_token_again_is_no_fresh_one),
        cmocka_unit_test(answers_that_are_no_tokens_are_refused),
        cmocka_unit_test(a_source_that_is_rejected_ends_the_search),
        cmocka_unit_test(a_source_of_no_use_is_told_once_another_one_won),
        cmocka_unit_test(tokens_of_several_sign_ins_are_asked_for_side_by_side),
        cmocka_unit_test(sign_ins_side_by_side_fail_by_themselves),
        cmocka_unit_test(addresses_and_methods_are_checked_before_anything_is_sent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

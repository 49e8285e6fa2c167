/* test_publishers.c - the publishers that an account sees. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_transport.h"
#include "offerstat/portal.h"

#include <stdio.h>
#include <string.h>

#define URL "https://portal.example/api/publishers?api-version=2017-10-31"

static const char two[] =
    "[{\"version\":1,\"id\":\"contoso\",\"definition\":{\"displayText\":\"Contoso\",\"sellerId\":7}"
    "},"
    "{\"version\":2,\"id\":\"fabrikam\",\"definition\":{\"displayText\":\"Fabrikam\"}}]";

static int read_by(const char *api, struct fake_transport *net, struct report *report,
                   struct error *err)
{
    const struct portal_options options = { .api = api,
                                            .endpoint = "https://portal.example",
                                            .transport = &net->base,
                                            .retries = 4,
                                            .budget_ms = 600000 };
    struct portal *portal = NULL;
    int rc;

    assert_int_equal(portal_open(&options, &portal, err), 0);
    rc = portal_publishers(portal, report, err);
    portal_close(portal);
    assert_null(net->pending);
    assert_null(net->timers);
    return rc;
}

static int read_all(struct fake_transport *net, struct report *report, struct error *err)
{
    return read_by("cpp", net, report, err);
}

static void publishers_are_read_in_order_with_one_request(void **state)
{
    struct fake_transport net;
    struct report report = REPORT_INIT;
    struct error err = ERROR_INIT;

    (void)state;
    for (size_t piece = 0; piece < sizeof(two); piece++) {
        fake_init(&net);
        fake_answer(&net,
                    (struct fake_answer){
                        .status = 200, .path = "/api/publishers", .body = two, .piece = piece });
        assert_int_equal(read_all(&net, &report, &err), 0);
        assert_int_equal(net.request_count, 1);
        assert_string_equal(net.urls[0], URL);
        assert_int_equal(report.publisher_count, 2);
        assert_string_equal(report.publishers[0].id, "contoso");
        assert_string_equal(report.publishers[0].name, "Contoso");
        assert_string_equal(report.publishers[0].seller_id, "7");
        assert_string_equal(report.publishers[1].id, "fabrikam");
        assert_null(report.publishers[1].seller_id);
        assert_int_equal(report.read, 2);
        assert_true(report_complete(&report));
        report_clear(&report);
        report.read = 0;
    }
}

static void account_without_publishers_is_fine(void **state)
{
    struct fake_transport net;
    struct report report = REPORT_INIT;
    struct error err = ERROR_INIT;

    (void)state;
    fake_init(&net);
    fake_answer(&net,
                (struct fake_answer){ .status = 200, .path = "/api/publishers", .body = "[]" });
    assert_int_equal(read_all(&net, &report, &err), 0);
    assert_int_equal(report.publisher_count, 0);
    assert_true(report_complete(&report));
    report_clear(&report);
}

static void broken_publisher_is_a_problem_and_its_fellows_stay(void **state)
{
    static const struct {
        const char *body, *want;
    } rows[] = {
        { "[{\"id\":\"a\"},{\"definition\":{}},{\"id\":\"c\"}]",
          "publishers: element [1]: expected a publisher, found an object without its members" },
        { "[{\"id\":\"a\"},7,{\"id\":\"c\"}]",
          "publishers: element [1]: expected an object, found a number" },
        { "[{\"id\":\"a\"},{\"id\":\"b\"x},{\"id\":\"c\"}]", "publishers: element [1]: " },
        { "[{\"id\":\"a\"},{\"id\":\"\x01\"},{\"id\":\"c\"}]", "publishers: element [1]: " },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fake_transport net;
        struct report report = REPORT_INIT;
        struct error err = ERROR_INIT;
        fake_init(&net);
        fake_answer(&net, (struct fake_answer){
                              .status = 200, .path = "/api/publishers", .body = rows[i].body });
        assert_int_equal(read_all(&net, &report, &err), 0);
        assert_int_equal(report.publisher_count, 2);
        assert_string_equal(report.publishers[0].id, "a");
        assert_string_equal(report.publishers[1].id, "c");
        assert_int_equal(report.read, 2);
        assert_int_equal(report.problem_count, 1);
        assert_int_equal(report.problems[0].code, ERR_ANSWER);
        if (strncmp(report.problems[0].text, rows[i].want, strlen(rows[i].want)) != 0) {
            fail_msg("%s: %s", rows[i].body, report.problems[0].text);
        }
        report_clear(&report);
    }
}

static void answer_that_cannot_be_used_is_the_only_problem(void **state)
{
    static const struct {
        long status;
        const char *body, *want;
        enum error_code code;
        size_t kept; /* publishers that came whole */
    } rows[] = {
        { 401, "", "HTTP 401", ERR_AUTH, 0 },
        { 403, "{\"error\":{\"code\":\"Forbidden\",\"message\":\"No user of it\"}}",
          "HTTP 403: Forbidden: No user of it", ERR_AUTH, 0 },
        { 404, "", "HTTP 404", ERR_ANSWER, 0 },
        { 400, "{\"error\":{\"code\":\"InvalidAPIVersion\",\"message\":\"Invalid api version.\"}}",
          "HTTP 400: InvalidAPIVersion: Invalid api version.", ERR_ANSWER, 0 },
        { 200, "<html>", "HTML", ERR_ANSWER, 0 },
        { 200, "", "empty", ERR_ANSWER, 0 },
        { 200, "[{\"id\":\"a\"},{\"id\":\"b\"},", "2 whole elements", ERR_ANSWER, 2 },
        { 200, "[{\"id\":\"a\"}] x", "follows the end", ERR_ANSWER, 1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fake_transport net;
        struct report report = REPORT_INIT;
        struct error err = ERROR_INIT;
        fake_init(&net);
        fake_answer(&net, (struct fake_answer){ .path = "/api/publishers",
                                                .status = rows[i].status,
                                                .body = rows[i].body,
                                                .request_id = "id-1" });
        assert_int_equal(read_all(&net, &report, &err), 0);
        assert_int_equal(net.request_count, 1);
        assert_int_equal(report.publisher_count, rows[i].kept);
        assert_int_equal(report.read, rows[i].kept);
        assert_int_equal(report.problem_count, 1);
        assert_int_equal(report.problems[0].code, rows[i].code);
        assert_string_equal(report.problems[0].request_id, "id-1");
        assert_non_null(strstr(report.problems[0].text, "publishers of this account"));
        if (strstr(report.problems[0].text, rows[i].want) == NULL) {
            fail_msg("%ld %s: %s", rows[i].status, rows[i].body, report.problems[0].text);
        }
        report_clear(&report);
    }
}

static void list_that_breaks_off_is_read_again_from_its_start(void **state)
{
    struct fake_transport net;
    struct report report = REPORT_INIT;
    struct error err = ERROR_INIT;

    (void)state;
    fake_init(&net);
    fake_answer(&net, (struct fake_answer){ .path = "/api/publishers",
                                            .status = 200,
                                            .times = 1,
                                            .result = TRANSPORT_CUT,
                                            .body = "[{\"id\":\"contoso\"},7,{\"id\":\"fabr" });
    fake_answer(&net,
                (struct fake_answer){ .status = 200, .path = "/api/publishers", .body = two });
    assert_int_equal(read_all(&net, &report, &err), 0);
    assert_int_equal(net.request_count, 2);
    assert_int_equal(report.publisher_count, 2);
    assert_string_equal(report.publishers[1].id, "fabrikam");
    assert_int_equal(report.read, 2);
    assert_true(report_complete(&report));
    report_clear(&report);
}

static void nothing_answers(void **state)
{
    struct fake_transport net;
    struct report report = REPORT_INIT;
    struct error err = ERROR_INIT;

    (void)state;
    fake_init(&net);
    assert_int_equal(read_all(&net, &report, &err), 0);
    assert_int_equal(net.request_count, 5);
    assert_int_equal(report.problem_count, 1);
    assert_int_equal(report.problems[0].code, ERR_SERVICE);
    assert_non_null(strstr(report.problems[0].text, "5 tries"));
    assert_null(report.problems[0].request_id);
    report_clear(&report);
}

static void many_publishers_are_all_kept(void **state)
{
    struct fake_transport net;
    struct report report = REPORT_INIT;
    struct error err = ERROR_INIT;
    char body[8192] = "[";

    (void)state;
    for (int i = 0; i < 100; i++) {
        size_t len = strlen(body);
        snprintf(body + len, sizeof(body) - len, "%s{\"id\":\"p%d\"}", i > 0 ? "," : "", i);
    }
    strcat(body, "]");
    fake_init(&net);
    fake_answer(&net,
                (struct fake_answer){ .status = 200, .path = "/api/publishers", .body = body });
    assert_int_equal(read_all(&net, &report, &err), 0);
    assert_int_equal(report.publisher_count, 100);
    assert_string_equal(report.publishers[0].id, "p0");
    assert_string_equal(report.publishers[99].id, "p99");
    report_clear(&report);
}

static int no_start(struct transport *t, const struct transport_request *request, struct error *err)
{
    (void)t;
    (void)request;
    return error_memory(err);
}

static void request_that_cannot_begin_ends_the_read(void **state)
{
    struct fake_transport net;
    struct report report = REPORT_INIT;
    struct error err = ERROR_INIT;

    (void)state;
    fake_init(&net);
    net.base.start = no_start;
    assert_int_equal(read_all(&net, &report, &err), -1);
    assert_int_equal(err.code, ERR_MEMORY);
    report_clear(&report);
}

static void memory_that_ran_out_ends_the_read(void **state)
{
    struct fake_transport net;
    struct report report = REPORT_INIT;
    struct error err = ERROR_INIT;

    (void)state;
    fake_init(&net);
    fake_answer(&net,
                (struct fake_answer){ .path = "/api/publishers", .result = TRANSPORT_MEMORY });
    assert_int_equal(read_all(&net, &report, &err), -1);
    assert_int_equal(err.code, ERR_MEMORY);
    assert_int_equal(net.request_count, 1);
    report_clear(&report);
}

/* What is no list may be an error document, or that of one publisher: what it lacks is not known.
 */
static void object_in_place_of_the_list_is_no_answer(void **state)
{
    struct fake_transport net;
    struct report report = REPORT_INIT;
    struct error err = ERROR_INIT;

    (void)state;
    fake_init(&net);
    fake_answer(&net, (struct fake_answer){ .status = 200,
                                            .path = "/api/publishers",
                                            .body = "{\"id\":\"contoso\"}" });
    assert_int_equal(read_all(&net, &report, &err), 0);
    assert_int_equal(report.publisher_count, 0);
    assert_int_equal(report.problem_count, 1);
    assert_int_equal(report.problems[0].code, ERR_ANSWER);
    report_clear(&report);
    fake_clear(&net);
}

static void apis_without_publishers_are_not_asked(void **state)
{
    static const char *const apis[] = { "ingestion", "graph" };

    (void)state;
    for (size_t i = 0; i < sizeof(apis) / sizeof(apis[0]); i++) {
        struct fake_transport net;
        struct report report = REPORT_INIT;
        struct error err = ERROR_INIT;
        fake_init(&net);
        assert_int_equal(read_by(apis[i], &net, &report, &err), -1);
        assert_int_equal(err.code, ERR_USAGE);
        assert_non_null(strstr(err.text, "--api cpp"));
        assert_int_equal(net.request_count, 0);
        report_clear(&report);
        fake_clear(&net);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(object_in_place_of_the_list_is_no_answer),
        cmocka_unit_test(apis_without_publishers_are_not_asked),
        cmocka_unit_test(publishers_are_read_in_order_with_one_request),
        cmocka_unit_test(account_without_publishers_is_fine),
        cmocka_unit_test(broken_publisher_is_a_problem_and_its_fellows_stay),
        cmocka_unit_test(answer_that_cannot_be_used_is_the_only_problem),
        cmocka_unit_test(list_that_breaks_off_is_read_again_from_its_start),
        cmocka_unit_test(nothing_answers),
        cmocka_unit_test(many_publishers_are_all_kept),
        cmocka_unit_test(request_that_cannot_begin_ends_the_read),
        cmocka_unit_test(memory_that_ran_out_ends_the_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

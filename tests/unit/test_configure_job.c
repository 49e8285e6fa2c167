/* test_configure_job.c - the status of one configure job, by its id. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_transport.h"
#include "offerstat/portal.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define JOB "{\"jobId\":\"j-1\",\"jobStatus\":\"completed\",\"jobResult\":\"succeeded\"}"

static int read_job(struct fake_transport *net, const char *api, struct report *report,
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
    rc = portal_job(portal, "j-1", report, err);
    portal_close(portal);
    assert_null(net->pending);
    assert_null(net->timers);
    return rc;
}

static void a_job_is_one_object(void **state)
{
    static const struct {
        long status;
        const char *body, *told;
        enum error_code code;
    } rows[] = {
        { 200, JOB, "", ERR_NONE },
        { 200, "[" JOB "]", "", ERR_NONE },
        { 200, "[]", "job j-1: expected one object, found none", ERR_ANSWER },
        { 200, "[" JOB "," JOB "]", "job j-1: expected one object, found more", ERR_ANSWER },
        { 200, "{\"jobId\":\"j-1\"}", "job j-1: ", ERR_ANSWER },
        { 200, "[7]", "job j-1: ", ERR_ANSWER },
        { 200, "[{\"jobId\" \"j-1\"}]", "job j-1: this is not JSON", ERR_ANSWER },
        { 404, "", "job j-1: HTTP 404", ERR_NOT_FOUND },
        { 403, "", "job j-1: HTTP 403", ERR_AUTH },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct fake_transport net;
        struct report report = REPORT_INIT;
        struct error err = ERROR_INIT;
        int rc;
        fake_init(&net);
        fake_answer(&net, (struct fake_answer){ .path = "/configure/j-1/status",
                                                .status = rows[i].status,
                                                .body = rows[i].body });
        rc = read_job(&net, "graph", &report, &err);
        assert_int_equal(net.request_count, 1);
        if (rows[i].code == ERR_NONE) {
            assert_int_equal(rc, 0);
            assert_int_equal(report.event_count, 1);
            assert_string_equal(err.text, "");
        } else {
            assert_int_equal(rc, -1);
            assert_int_equal(err.code, rows[i].code);
            if (strncmp(err.text, rows[i].told, strlen(rows[i].told)) != 0) {
                fail_msg("%s: %s", rows[i].body, err.text);
            }
        }
        report_clear(&report);
        fake_clear(&net);
    }
}

static void a_job_that_was_cut_is_read_once(void **state)
{
    static const char *const cut[] = { "[" JOB ",", "[" JOB };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cut); i++) {
        for (int again = 0; again < 2; again++) {
            struct fake_transport net;
            struct report report = REPORT_INIT;
            struct error err = ERROR_INIT;
            fake_init(&net);
            fake_answer(&net, (struct fake_answer){ .path = "/configure/j-1/status",
                                                    .status = 200,
                                                    .result = TRANSPORT_CUT,
                                                    .times = 1,
                                                    .body = cut[i] });
            fake_answer(&net, (struct fake_answer){ .path = "/configure/j-1/status",
                                                    .status = 200,
                                                    .body = again != 0 ? JOB : "[]" });
            assert_int_equal(read_job(&net, "graph", &report, &err), again != 0 ? 0 : -1);
            assert_int_equal(report.event_count, again);
            if (again == 0) {
                assert_string_equal(err.text, "job j-1: expected one object, found none");
            }
            report_clear(&report);
            fake_clear(&net);
        }
    }
}

static void other_apis_have_no_jobs(void **state)
{
    static const char *const apis[] = { "cpp", "ingestion" };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(apis); i++) {
        struct fake_transport net;
        struct report report = REPORT_INIT;
        struct error err = ERROR_INIT;
        fake_init(&net);
        assert_int_equal(read_job(&net, apis[i], &report, &err), -1);
        assert_int_equal(err.code, ERR_USAGE);
        assert_non_null(strstr(err.text, "--api graph"));
        assert_int_equal(net.request_count, 0);
        report_clear(&report);
        fake_clear(&net);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_job_is_one_object),
        cmocka_unit_test(a_job_that_was_cut_is_read_once),
        cmocka_unit_test(other_apis_have_no_jobs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_fetch.c - one GET until it is answered: retries, redirects, limits, and words of error. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "auth/source.h"
#include "http/fetch.h"
#include "rest/error_body.h"

#include "fake_transport.h"
#include "offerstat/strbuf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define URL "https://portal.example/api/x?api-version=2017-10-31"
#define BASE_MS 500
#define CAP_MS 30000
#define BUDGET_MS 600000
#define RETRIES 4

/* Sun, 06 Nov 1994 08:49:37 GMT */
#define DATE_MS INT64_C(784111777000)

/* One request and everything that came of it. */
struct bench {
    struct fake_transport net;
    struct signin *signin;
    struct fetcher fetcher;
    struct strbuf body;
    size_t restarts, wholes, dones;
    bool refuse_body, refuse_whole, refuse_restart;
    bool ok;
    struct error err;
    char trace[16][512];
    size_t trace_count;
};

static int on_body(void *user, char *data, size_t len, struct error *err)
{
    struct bench *b = user;

    assert_int_equal(b->dones, 0);
    strbuf_append(&b->body, data, len);
    return b->refuse_body ? error_set(err, ERR_OUTPUT, "no room") : 0;
}

static int on_whole(void *user, struct error *err)
{
    struct bench *b = user;

    b->wholes++;
    return b->refuse_whole ? error_set(err, ERR_ANSWER, "half of it") : 0;
}

static int on_restart(void *user)
{
    struct bench *b = user;

    b->restarts++;
    strbuf_reset(&b->body);
    return b->refuse_restart ? -1 : 0;
}

static void on_done(void *user, const struct error *err)
{
    struct bench *b = user;

    b->dones++;
    b->ok = err == NULL;
    if (err != NULL) {
        b->err = *err;
    }
}

static void on_trace(void *user, const char *line)
{
    struct bench *b = user;

    if (b->trace_count < sizeof(b->trace) / sizeof(b->trace[0])) {
        snprintf(b->trace[b->trace_count++], sizeof(b->trace[0]), "%s", line);
    }
}

static int open_signin(struct bench *b)
{
    const struct signin_options options = { .token = "secret", .transport = &b->net.base };
    struct error err = ERROR_INIT;

    if (signin_open(&options, &b->signin, &err) != 0) {
        return -1;
    }
    b->fetcher.credential = signin_credential(b->signin);
    return 0;
}

static int fill(struct bench *b)
{
    fake_init(&b->net);
    b->net.wall_ms = DATE_MS;
    b->body = (struct strbuf)STRBUF_INIT((size_t)1024 * 1024);
    b->fetcher = (struct fetcher){ .transport = &b->net.base,
                                   .describe = json_error_describe,
                                   .policy = { RETRIES, BASE_MS, CAP_MS },
                                   .deadline_ms = b->net.now_ms + BUDGET_MS,
                                   .trace = on_trace,
                                   .trace_user = b };
    return open_signin(b);
}

static int set_up(void **state)
{
    struct bench *b = calloc(1, sizeof(*b));

    *state = b;
    return b != NULL ? fill(b) : -1;
}

static int tear_down(void **state)
{
    struct bench *b = *state;

    strbuf_clear(&b->body);
    fake_clear(&b->net);
    signin_close(b->signin);
    free(b);
    return 0;
}

/* Begin anew, for the next row of a table. */
static void renew(struct bench *b)
{
    strbuf_clear(&b->body);
    signin_close(b->signin);
    *b = (struct bench){ 0 };
    assert_int_equal(fill(b), 0);
}

static struct fetch spec_of(struct bench *b)
{
    return (struct fetch){ .url = URL,
                           .user = b,
                           .body = on_body,
                           .whole = on_whole,
                           .restart = on_restart,
                           .done = on_done };
}

static void fetch(struct bench *b)
{
    struct fetch spec = spec_of(b);
    struct error err = ERROR_INIT;
    char url[] = URL;

    spec.url = url;
    assert_int_equal(fetch_start(&b->fetcher, &spec, &err), 0);
    memset(url, '#', sizeof(url) - 1); /* it was copied */
    assert_int_equal(b->dones, 0);
    assert_int_equal(b->net.base.run(&b->net.base, &err), 0);
    assert_int_equal(b->dones, 1);
    assert_null(b->net.pending);
    assert_null(b->net.timers);
}

static void script(struct bench *b, struct fake_answer answer)
{
    answer.path = answer.path != NULL ? answer.path : "/api/x";
    fake_answer(&b->net, answer);
}

/* The answer, and nothing but it. */

static void body_arrives_whole_and_is_checked_once(void **state)
{
    struct bench *b = *state;
    const char body[] = "[{\"id\":\"a\"}]";

    for (size_t piece = 0; piece < sizeof(body); piece++) {
        renew(b);
        script(b, (struct fake_answer){ .status = 200, .body = body, .piece = piece });
        fetch(b);
        assert_true(b->ok);
        assert_string_equal(strbuf_text(&b->body), body);
        assert_int_equal(b->wholes, 1);
        assert_int_equal(b->restarts, 0);
        assert_int_equal(b->net.request_count, 1);
        assert_string_equal(b->net.urls[0], URL);
        assert_true(b->net.authorized[0]);
    }
}

static void body_that_is_not_what_it_should_be_is_not_asked_for_again(void **state)
{
    struct bench *b = *state;

    b->refuse_whole = true;
    script(b, (struct fake_answer){ .status = 200, .body = "[", .request_id = "id-1" });
    fetch(b);
    assert_false(b->ok);
    assert_int_equal(b->err.code, ERR_ANSWER);
    assert_string_equal(b->err.text, "half of it");
    assert_string_equal(b->err.request_id, "id-1");
    assert_int_equal(b->err.http, 200);
    assert_int_equal(b->net.request_count, 1);
}

static void callback_that_fails_ends_the_request(void **state)
{
    struct bench *b = *state;

    b->refuse_body = true;
    script(b, (struct fake_answer){ .status = 200, .body = "[{},{}]", .piece = 2 });
    fetch(b);
    assert_false(b->ok);
    assert_int_equal(b->err.code, ERR_OUTPUT);
    assert_string_equal(b->err.text, "no room");
    assert_string_equal(strbuf_text(&b->body), "[{");
    assert_int_equal(b->wholes, 0);
    assert_int_equal(b->net.request_count, 1);
}

/* Retries. */

static void failure_that_may_pass_is_retried(void **state)
{
    static const struct {
        const char *name;
        enum transport_result result;
        long status;
    } rows[] = {
        { "connection", TRANSPORT_CONNECT, 0 },
        { "timeout", TRANSPORT_TIMEOUT, 0 },
        { "timeout after the head", TRANSPORT_TIMEOUT, 200 },
        { "408", TRANSPORT_OK, 408 },
        { "429", TRANSPORT_OK, 429 },
        { "500", TRANSPORT_OK, 500 },
        { "502", TRANSPORT_OK, 502 },
        { "503", TRANSPORT_OK, 503 },
        { "504", TRANSPORT_OK, 504 },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (unsigned failures = 1; failures <= RETRIES; failures++) {
            renew(b);
            script(b, (struct fake_answer){
                          .result = rows[i].result, .status = rows[i].status, .times = failures });
            script(b, (struct fake_answer){ .status = 200, .body = "{}" });
            fetch(b);
            if (!b->ok) {
                fail_msg("%s, %u times: %s", rows[i].name, failures, b->err.text);
            }
            assert_int_equal(b->net.request_count, failures + 1);
            assert_int_equal(b->net.wait_count, failures);
            assert_string_equal(strbuf_text(&b->body), "{}");
            assert_string_equal(b->net.urls[failures], URL);
        }
        renew(b);
        script(b, (struct fake_answer){ .result = rows[i].result, .status = rows[i].status });
        fetch(b);
        assert_false(b->ok);
        assert_int_equal(b->net.request_count, RETRIES + 1);
        assert_int_equal(b->err.code, ERR_SERVICE);
        assert_int_equal(b->err.http, rows[i].status);
        assert_non_null(strstr(b->err.text, "5 tries"));
    }
}

static void failure_that_stays_is_not_retried(void **state)
{
    static const struct {
        long status;
        enum error_code code;
    } rows[] = {
        { 400, ERR_ANSWER },  { 401, ERR_AUTH },    { 403, ERR_AUTH },   { 404, ERR_NOT_FOUND },
        { 405, ERR_ANSWER },  { 409, ERR_ANSWER },  { 410, ERR_ANSWER }, { 412, ERR_ANSWER },
        { 422, ERR_ANSWER },  { 204, ERR_ANSWER },  { 206, ERR_ANSWER }, { 304, ERR_ANSWER },
        { 501, ERR_SERVICE }, { 505, ERR_SERVICE },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char want[32];
        renew(b);
        script(b, (struct fake_answer){ .status = rows[i].status, .retry_after = "1" });
        fetch(b);
        assert_false(b->ok);
        if (b->net.request_count != 1 || b->err.code != rows[i].code) {
            fail_msg("HTTP %ld: %zu requests, %s", rows[i].status, b->net.request_count,
                     error_word(b->err.code));
        }
        snprintf(want, sizeof(want), "HTTP %ld", rows[i].status);
        assert_string_equal(b->err.text, want);
        assert_int_equal(b->err.http, rows[i].status);
        assert_int_equal(b->wholes, 0);
    }
}

static void failure_of_the_connection_that_stays_is_not_retried(void **state)
{
    static const struct {
        enum transport_result result;
        enum error_code code;
        const char *want;
    } rows[] = {
        { TRANSPORT_TLS, ERR_SERVICE, "no secure connection: scripted failure" },
        { TRANSPORT_HEADERS, ERR_ANSWER, "64 KiB a line, 256 KiB in all" },
        { TRANSPORT_MEMORY, ERR_MEMORY, "out of memory" },
        { TRANSPORT_OTHER, ERR_ANSWER, "scripted failure" },
        { TRANSPORT_STOPPED, ERR_BUG, "stopped" },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        renew(b);
        script(b, (struct fake_answer){ .result = rows[i].result });
        fetch(b);
        assert_false(b->ok);
        assert_int_equal(b->net.request_count, 1);
        assert_int_equal(b->err.code, rows[i].code);
        assert_int_equal(b->err.http, 0);
        if (strstr(b->err.text, rows[i].want) == NULL) {
            fail_msg("expected \"%s\", found \"%s\"", rows[i].want, b->err.text);
        }
    }
}

static void cut_transfer_is_retried(void **state)
{
    struct bench *b = *state;

    script(b, (struct fake_answer){
                  .status = 200, .body = "[{},", .result = TRANSPORT_CUT, .times = 2 });
    script(b, (struct fake_answer){ .status = 200, .body = "[{},{}]" });
    fetch(b);
    assert_true(b->ok);
    assert_int_equal(b->restarts, 2);
    assert_string_equal(strbuf_text(&b->body), "[{},{}]");
    assert_int_equal(b->wholes, 1);
}

/* As an HTTP/2 stream that was reset without an error: the transport says that all went well. */
static void half_a_body_without_a_length_is_a_cut_one(void **state)
{
    struct bench *b = *state;

    b->refuse_whole = true;
    script(b, (struct fake_answer){ .status = 200, .body = "[{},", .open_end = true });
    fetch(b);
    assert_false(b->ok);
    assert_int_equal(b->net.request_count, 5);
    assert_int_equal(b->restarts, 4);
    assert_int_equal(b->err.code, ERR_ANSWER);
    assert_non_null(strstr(b->err.text, "half of it (5 tries in "));
}

static void cut_before_the_body_has_nothing_to_forget(void **state)
{
    struct bench *b = *state;

    b->refuse_restart = true;
    script(b, (struct fake_answer){ .status = 200, .result = TRANSPORT_CUT, .times = 1 });
    script(b, (struct fake_answer){ .status = 200, .body = "[]" });
    fetch(b);
    assert_true(b->ok);
    assert_int_equal(b->restarts, 0);
}

static void cut_answer_that_cannot_be_forgotten_is_the_end(void **state)
{
    struct bench *b = *state;

    b->refuse_restart = true;
    script(b, (struct fake_answer){
                  .status = 200, .body = "[{},", .result = TRANSPORT_CUT, .request_id = "id-9" });
    fetch(b);
    assert_false(b->ok);
    assert_int_equal(b->net.request_count, 1);
    assert_int_equal(b->net.wait_count, 0);
    assert_int_equal(b->err.code, ERR_ANSWER);
    assert_non_null(strstr(b->err.text, "broke off after 4 bytes"));
    assert_string_equal(b->err.request_id, "id-9");
}

static void timeout_in_the_middle_of_the_body_starts_it_anew(void **state)
{
    struct bench *b = *state;

    script(b, (struct fake_answer){
                  .status = 200, .body = "[{},", .result = TRANSPORT_TIMEOUT, .times = 1 });
    script(b, (struct fake_answer){ .status = 200, .body = "[]" });
    fetch(b);
    assert_true(b->ok);
    assert_int_equal(b->restarts, 1);
    assert_string_equal(strbuf_text(&b->body), "[]");
}

static void body_of_an_error_is_no_body(void **state)
{
    struct bench *b = *state;

    b->refuse_body = true; /* it is not even asked */
    b->refuse_restart = true;
    script(b, (struct fake_answer){ .status = 500, .body = "Oh no" });
    fetch(b);
    assert_false(b->ok);
    assert_int_equal(b->net.request_count, RETRIES + 1);
    assert_int_equal(b->restarts, 0);
    assert_int_equal(b->body.len, 0);
}

static void retries_are_limited_by_the_policy(void **state)
{
    struct bench *b = *state;

    for (unsigned retries = 0; retries < 8; retries++) {
        renew(b);
        b->fetcher.policy.retries = retries;
        script(b, (struct fake_answer){ .status = 503 });
        fetch(b);
        assert_int_equal(b->net.request_count, retries + 1);
    }
}

static void later_tries_may_fail_otherwise(void **state)
{
    struct bench *b = *state;

    script(b, (struct fake_answer){ .result = TRANSPORT_CONNECT, .times = 1 });
    script(b, (struct fake_answer){ .status = 503, .times = 1, .request_id = "id-2" });
    script(b, (struct fake_answer){ .status = 403, .request_id = "id-3" });
    fetch(b);
    assert_int_equal(b->net.request_count, 3);
    assert_int_equal(b->err.code, ERR_AUTH);
    assert_int_equal(b->err.http, 403);
    assert_string_equal(b->err.request_id, "id-3");
}

static void nothing_of_an_earlier_try_is_told(void **state)
{
    struct bench *b = *state;

    script(b, (struct fake_answer){ .status = 503,
                                    .times = RETRIES,
                                    .request_id = "id-1",
                                    .body = "{\"message\":\"early\"}" });
    script(b, (struct fake_answer){ .result = TRANSPORT_CONNECT });
    fetch(b);
    assert_int_equal(b->err.http, 0);
    assert_string_equal(b->err.request_id, "");
    assert_null(strstr(b->err.text, "early"));
    assert_null(strstr(b->err.text, "503"));
}

/* Waiting. */

static void wait_doubles_with_full_jitter(void **state)
{
    static const struct {
        uint32_t random;
        int64_t want_ms[RETRIES];
    } rows[] = {
        { 0, { 0, 0, 0, 0 } },
        { 500, { 500, 500, 500, 500 } },
        { 501, { 0, 501, 501, 501 } },
        { 4000, { 4000 % 501, 4000 % 1001, 4000 % 2001, 4000 } },
        { UINT32_MAX,
          { UINT32_MAX % 501, UINT32_MAX % 1001, UINT32_MAX % 2001, UINT32_MAX % 4001 } },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        renew(b);
        b->net.random = rows[i].random;
        script(b, (struct fake_answer){ .status = 503 });
        fetch(b);
        assert_int_equal(b->net.wait_count, RETRIES);
        for (unsigned j = 0; j < RETRIES; j++) {
            if (b->net.waits_ms[j] != rows[i].want_ms[j]) {
                fail_msg("random %lu, wait %u: %lld ms", (unsigned long)rows[i].random, j + 1,
                         (long long)b->net.waits_ms[j]);
            }
        }
    }
}

static void wait_is_bounded_by_the_cap(void **state)
{
    static const int64_t bounds_ms[] = { 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000 };
    struct bench *b = *state;

    for (unsigned i = 0; i < sizeof(bounds_ms) / sizeof(bounds_ms[0]); i++) {
        renew(b);
        b->fetcher.policy.retries = 20;
        b->net.random = (uint32_t)bounds_ms[i];
        script(b, (struct fake_answer){ .status = 503, .times = i + 1 });
        script(b, (struct fake_answer){ .status = 200 });
        fetch(b);
        assert_true(b->ok);
        assert_int_equal(b->net.waits_ms[i], bounds_ms[i]);
    }
}

static void retry_after_wins(void **state)
{
    static const struct {
        const char *header;
        int64_t want_ms;
    } rows[] = {
        { "0", 333 }, /* as without it */
        { "7", 7000 },
        { "120", 120000 },
        { "Sun, 06 Nov 1994 08:50:07 GMT", 30000 },
        { "Sun, 06 Nov 1994 08:49:37 GMT", 333 },
        { "Sun, 06 Nov 1994 08:00:00 GMT", 333 },
    };
    static const long statuses[] = { 408, 429, 500, 502, 503, 504 };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (size_t j = 0; j < sizeof(statuses) / sizeof(statuses[0]); j++) {
            renew(b);
            b->net.random = 333;
            script(b, (struct fake_answer){
                          .status = statuses[j], .retry_after = rows[i].header, .times = 1 });
            script(b, (struct fake_answer){ .status = 200 });
            fetch(b);
            assert_true(b->ok);
            if (b->net.waits_ms[0] != rows[i].want_ms) {
                fail_msg("%ld, \"%s\": %lld ms", statuses[j], rows[i].header,
                         (long long)b->net.waits_ms[0]);
            }
        }
    }
}

static void retry_after_without_sense_is_not_obeyed(void **state)
{
    static const char *const rows[] = { "", "-1", "soon", "1.5", "Sun, 99 Nov 1994 08:49:37 GMT" };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        renew(b);
        b->net.random = 333;
        script(b, (struct fake_answer){ .status = 503, .retry_after = rows[i], .times = 1 });
        script(b, (struct fake_answer){ .status = 200 });
        fetch(b);
        assert_true(b->ok);
        assert_int_equal(b->net.waits_ms[0], 333);
    }
}

static void retry_after_counts_for_one_try(void **state)
{
    struct bench *b = *state;

    b->net.random = 333;
    script(b, (struct fake_answer){ .status = 503, .retry_after = "60", .times = 1 });
    script(b, (struct fake_answer){ .result = TRANSPORT_CONNECT, .times = 1 });
    script(b, (struct fake_answer){ .status = 200 });
    fetch(b);
    assert_int_equal(b->net.waits_ms[0], 60000);
    assert_int_equal(b->net.waits_ms[1], 333);
}

static void retry_after_longer_than_the_run_ends_it_at_once(void **state)
{
    static const char *const rows[] = { "601", "86400", "4294967296", "99999999999999999999999",
                                        "Fri, 31 Dec 9999 23:59:59 GMT" };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        renew(b);
        script(b, (struct fake_answer){ .status = 429, .retry_after = rows[i] });
        fetch(b);
        assert_false(b->ok);
        assert_int_equal(b->err.code, ERR_SERVICE);
        assert_int_equal(b->net.request_count, 1);
        assert_int_equal(b->net.wait_count, 0);
        assert_non_null(strstr(b->err.text, "asks to wait"));
        assert_null(strstr(b->err.text, "wait -"));
    }
}

static void run_has_a_budget(void **state)
{
    struct bench *b = *state;

    /* twice 200 s fit into 600 s; after a third no time would be left for the try */
    script(b, (struct fake_answer){ .status = 503, .retry_after = "200" });
    fetch(b);
    assert_false(b->ok);
    assert_int_equal(b->net.request_count, 3);
    assert_int_equal(b->net.wait_count, 2);
    assert_non_null(strstr(b->err.text, "(3 tries in 400.0 s)"));
}

static void budget_is_shared_by_all_requests(void **state)
{
    struct bench *b = *state;

    b->net.random = 100;
    b->fetcher.deadline_ms = b->net.now_ms + 150;
    script(b, (struct fake_answer){ .status = 503 });
    fetch(b);
    assert_int_equal(b->net.request_count, 2);

    b->dones = 0;
    fetch(b); /* 50 ms are left of the budget, too few for another wait */
    assert_int_equal(b->net.request_count, 3);

    b->dones = 0;
    b->net.now_ms = b->fetcher.deadline_ms + 1;
    b->net.random = 0;
    fetch(b); /* a first try is bound by it too */
    assert_int_equal(b->err.code, ERR_SERVICE);
    assert_int_equal(b->err.http, 0); /* nothing was sent that could be answered */
}

static void a_date_of_the_answer_is_what_a_wait_counts_from(void **state)
{
    struct bench *b = *state;

    script(b, (struct fake_answer){ .status = 503,
                                    .retry_after = "Sun, 06 Nov 1994 10:50:07 GMT",
                                    .date = "Sun, 06 Nov 1994 10:49:37 GMT",
                                    .times = 1 });
    script(b, (struct fake_answer){ .status = 200 });
    fetch(b);
    assert_true(b->ok);
    assert_int_equal(b->net.waits_ms[0], 30000);
}

/* A proxy that refuses would lock the account if it were asked again and again. */
static void a_proxy_that_refuses_is_asked_once(void **state)
{
    struct bench *b = *state;

    script(b, (struct fake_answer){ .result = TRANSPORT_PROXY });
    fetch(b);
    assert_false(b->ok);
    assert_int_equal(b->net.request_count, 1);
    assert_int_equal(b->err.code, ERR_SERVICE);
}

static void waiting_does_not_hold_up_other_requests(void **state)
{
    struct bench *b = *state, other = { 0 };
    struct fetch spec = spec_of(b), second = spec_of(&other);
    struct error err = ERROR_INIT;

    other.body = (struct strbuf)STRBUF_INIT(1024);
    script(b, (struct fake_answer){ .status = 503, .retry_after = "60", .times = 1 });
    script(b, (struct fake_answer){ .status = 200, .body = "late" });
    fake_answer(&b->net, (struct fake_answer){ .path = "/api/y", .status = 200, .body = "early" });
    second.url = "https://portal.example/api/y";
    assert_int_equal(fetch_start(&b->fetcher, &spec, &err), 0);
    assert_int_equal(fetch_start(&b->fetcher, &second, &err), 0);
    assert_int_equal(b->net.base.run(&b->net.base, &err), 0);
    assert_true(b->ok && other.ok);
    assert_string_equal(b->net.urls[1], "https://portal.example/api/y");
    assert_string_equal(b->net.urls[2], URL);
    assert_string_equal(strbuf_text(&other.body), "early");
    strbuf_clear(&other.body);
}

/* Redirects. */

static void redirect_within_the_origin_is_followed(void **state)
{
    static const struct {
        const char *location, *want;
    } rows[] = {
        { "https://portal.example/moved?a=1", "https://portal.example/moved?a=1" },
        { "https://PORTAL.example:443/moved", "https://PORTAL.example:443/moved" },
        { "/moved", "https://portal.example/moved" },
        { "moved", "https://portal.example/api/moved" },
        { "//portal.example/moved", "https://portal.example/moved" },
    };
    static const long statuses[] = { 301, 302, 303, 307, 308 };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (size_t j = 0; j < sizeof(statuses) / sizeof(statuses[0]); j++) {
            renew(b);
            script(b, (struct fake_answer){
                          .status = statuses[j], .location = rows[i].location, .body = "moved" });
            script(b, (struct fake_answer){ .path = "moved", .status = 200, .body = "{}" });
            fetch(b);
            if (!b->ok) {
                fail_msg("%ld %s: %s", statuses[j], rows[i].location, b->err.text);
            }
            assert_int_equal(b->net.request_count, 2);
            assert_string_equal(b->net.urls[1], rows[i].want);
            assert_true(b->net.authorized[1]);
            assert_string_equal(strbuf_text(&b->body), "{}");
            assert_int_equal(b->net.wait_count, 0);
        }
    }
}

static void redirect_to_another_origin_is_refused(void **state)
{
    static const char *const rows[] = {
        "https://evil.example/api/x",        "//evil.example/api/x",
        "http://portal.example/api/x",       "https://portal.example:8443/api/x",
        "https://portal.example.evil/api/x", "https://portal.example@evil.example/api/x",
        "https://me@portal.example/api/x",
    };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        renew(b);
        script(b, (struct fake_answer){
                      .status = 302, .location = rows[i], .request_id = "id-4", .times = 1 });
        script(b, (struct fake_answer){ .status = 200 });
        fetch(b);
        if (b->ok || b->net.request_count != 1) {
            fail_msg("%s: was followed", rows[i]);
        }
        assert_int_equal(b->err.code, ERR_ANSWER);
        assert_int_equal(b->err.http, 302);
        assert_string_equal(b->err.request_id, "id-4");
        assert_non_null(strstr(b->err.text, "HTTP 302"));
        assert_non_null(strstr(b->err.text, "token was not sent"));
    }
}

static void no_request_ever_leaves_the_origin(void **state)
{
    struct bench *b = *state;

    script(b, (struct fake_answer){ .status = 503, .times = 1 });
    script(b, (struct fake_answer){ .status = 302, .location = "/moved", .times = 1 });
    fake_answer(&b->net, (struct fake_answer){ .path = "/moved", .status = 500, .times = 1 });
    fake_answer(&b->net, (struct fake_answer){ .path = "/moved",
                                               .status = 307,
                                               .location = "https://evil.example/moved" });
    fetch(b);
    assert_false(b->ok);
    assert_int_equal(b->net.request_count, 4);
    for (size_t i = 0; i < b->net.request_count; i++) {
        assert_true(b->net.authorized[i]);
        assert_memory_equal(b->net.urls[i], "https://portal.example/", 23);
    }
}

static void redirect_without_an_address_is_refused(void **state)
{
    static const char *const locations[] = { NULL, "https://portal.example:port/", "https://" };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(locations) / sizeof(locations[0]); i++) {
        renew(b);
        script(b, (struct fake_answer){ .status = 302, .location = locations[i] });
        fetch(b);
        assert_false(b->ok);
        assert_int_equal(b->err.code, ERR_ANSWER);
        assert_int_equal(b->net.request_count, 1);
    }
}

static void redirects_in_a_circle_come_to_an_end(void **state)
{
    struct bench *b = *state;

    script(b, (struct fake_answer){ .status = 302, .location = "/api/x" });
    fetch(b);
    assert_false(b->ok);
    assert_int_equal(b->err.code, ERR_ANSWER);
    assert_non_null(strstr(b->err.text, "redirects"));
    assert_in_range(b->net.request_count, 2, 20);
}

static void redirect_is_no_failed_try(void **state)
{
    struct bench *b = *state;

    script(b, (struct fake_answer){ .status = 302, .location = "/moved", .times = 1 });
    fake_answer(&b->net, (struct fake_answer){ .path = "/moved", .status = 503 });
    fetch(b);
    assert_int_equal(b->net.request_count, 1 + RETRIES + 1);
    assert_string_equal(b->net.urls[5], "https://portal.example/moved");
    assert_non_null(strstr(b->err.text, "5 tries"));
}

/* What the error says. */

static void error_tells_what_the_service_said(void **state)
{
    static const struct {
        const char *body, *want;
    } rows[] = {
        { "{\"error\":{\"code\":\"Forbidden\",\"message\":\"No permission\"}}",
          "HTTP 403: Forbidden: No permission" },
        { "\"ICH - text\"", "HTTP 403: ICH - text" },
        { "Go away", "HTTP 403: Go away" },
        { "<html>Forbidden</html>", "HTTP 403" },
        { "", "HTTP 403" },
        { "{}", "HTTP 403" },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (size_t piece = 0; piece < 3; piece++) {
            renew(b);
            script(b, (struct fake_answer){ .status = 403, .body = rows[i].body, .piece = piece });
            fetch(b);
            assert_string_equal(b->err.text, rows[i].want);
        }
    }
}

static void long_error_body_does_not_fill_memory(void **state)
{
    const size_t size = (size_t)300 * 1024;
    struct bench *b = *state;
    char *body = malloc(size + 1);

    assert_non_null(body);
    memset(body, 'a', size);
    body[size] = '\0';
    script(b, (struct fake_answer){ .status = 400, .body = body, .piece = 1000 });
    fetch(b);
    assert_int_equal(b->err.code, ERR_ANSWER);
    assert_memory_equal(b->err.text, "HTTP 400: aaa", 13);
    assert_true(strlen(b->err.text) < ERROR_TEXT_MAX / 2 + 12);
    assert_non_null(strstr(b->err.text, "aaa..."));
    free(body);
}

static void request_id_is_in_the_error(void **state)
{
    static const struct {
        const char *sent, *want;
    } rows[] = {
        { "5f0a3c9e-7d55-4a7b-9c41-0a1b2c3d4e5f", "5f0a3c9e-7d55-4a7b-9c41-0a1b2c3d4e5f" },
        { "a_b.c:D-9", "a_b.c:D-9" },
        { "id\x1b[31m<b>\"' ;id", "id31mbid" },
        { "", "" },
        { NULL, "" },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        renew(b);
        script(b, (struct fake_answer){ .status = 500, .request_id = rows[i].sent });
        fetch(b);
        assert_string_equal(b->err.request_id, rows[i].want);
    }
}

static void long_request_id_is_cut(void **state)
{
    struct bench *b = *state;
    char id[300];

    memset(id, 'f', sizeof(id));
    id[sizeof(id) - 1] = '\0';
    script(b, (struct fake_answer){ .status = 400, .request_id = id });
    fetch(b);
    assert_int_equal(strlen(b->err.request_id), ERROR_ID_MAX - 1);
}

static void error_after_one_try_does_not_count_tries(void **state)
{
    struct bench *b = *state;

    b->fetcher.policy.retries = 0;
    script(b, (struct fake_answer){ .status = 503 });
    fetch(b);
    assert_string_equal(b->err.text, "HTTP 503");
}

static void error_tells_tries_and_time(void **state)
{
    struct bench *b = *state;

    script(b, (struct fake_answer){ .status = 503, .retry_after = "3" });
    fetch(b);
    assert_string_equal(b->err.text, "HTTP 503 (5 tries in 12.0 s)");

    renew(b);
    b->net.random = 350;
    script(b, (struct fake_answer){ .result = TRANSPORT_TIMEOUT });
    fetch(b);
    assert_string_equal(b->err.text, "scripted failure (5 tries in 1.4 s)");
}

/* Limits. */

static struct transport_request caught;

static int catch_request(struct transport *t, const struct transport_request *r, struct error *err)
{
    (void)t;
    (void)err;
    caught = *r;
    return 0;
}

static int count_body(void *user, char *data, size_t len, struct error *err)
{
    (void)data;
    (void)err;
    *(size_t *)user += len;
    return 0;
}

static struct error counted;

static void done_counting(void *user, const struct error *err)
{
    (void)user;
    assert_non_null(err);
    counted = *err;
}

static void end_caught(enum transport_result result)
{
    struct error why = ERROR_INIT;

    error_set(&why, ERR_NONE, "a reason");
    caught.done(caught.user, result, &why);
}

static void body_is_limited_to_256_mebibytes(void **state)
{
    static const long statuses[] = { 200, 500 };
    struct bench *b = *state;
    const size_t piece = (size_t)1024 * 1024;
    char *data = calloc(1, piece);

    assert_non_null(data);
    for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
        size_t got = 0;
        const struct fetch spec = {
            .url = URL, .user = &got, .body = count_body, .done = done_counting
        };
        const struct transport_head head = { .status = statuses[i] };
        struct error err = ERROR_INIT;
        b->net.base.start = catch_request;
        assert_int_equal(fetch_start(&b->fetcher, &spec, &err), 0);
        assert_true(caught.head(caught.user, &head));
        for (int j = 0; j < 256; j++) {
            assert_true(caught.body(caught.user, data, piece));
        }
        assert_false(caught.body(caught.user, data, 1));
        end_caught(TRANSPORT_STOPPED);
        assert_int_equal(counted.code, ERR_ANSWER);
        assert_non_null(strstr(counted.text, "256 MiB"));
        assert_int_equal(got, statuses[i] == 200 ? 256 * piece : 0);
    }
    free(data);
}

static void limit_counts_each_try_for_itself(void **state)
{
    struct bench *b = *state;
    const size_t piece = (size_t)1024 * 1024;
    const struct transport_head head = { .status = 200 };
    struct fetch spec = spec_of(b);
    struct error err = ERROR_INIT;
    char *data = calloc(1, piece);

    assert_non_null(data);
    b->net.base.start = catch_request;
    spec.user = b;
    assert_int_equal(fetch_start(&b->fetcher, &spec, &err), 0);
    for (int tries = 0; tries < 2; tries++) {
        assert_true(caught.head(caught.user, &head));
        for (int j = 0; j < 200; j++) {
            assert_true(caught.body(caught.user, data, piece));
        }
        end_caught(tries == 0 ? TRANSPORT_CUT : TRANSPORT_OK);
        assert_int_equal(b->net.base.run(&b->net.base, &err), 0);
    }
    assert_true(b->ok);
    free(data);
}

/* Beginnings and ends. */

static int no_start(struct transport *t, const struct transport_request *r, struct error *err)
{
    (void)t;
    (void)r;
    return error_set(err, ERR_MEMORY, "cannot queue");
}

static void request_that_cannot_be_queued_is_told_at_once(void **state)
{
    struct bench *b = *state;
    struct fetch spec = spec_of(b);
    struct error err = ERROR_INIT;

    b->net.base.start = no_start;
    assert_int_equal(fetch_start(&b->fetcher, &spec, &err), -1);
    assert_int_equal(err.code, ERR_MEMORY);
    assert_int_equal(b->dones, 0);
}

static void retry_that_cannot_be_queued_ends_with_that(void **state)
{
    struct bench *b = *state;
    struct fetch spec = spec_of(b);
    struct error err = ERROR_INIT;
    const struct transport_head head = { .status = 503 };

    b->net.base.start = catch_request;
    assert_int_equal(fetch_start(&b->fetcher, &spec, &err), 0);
    assert_true(caught.head(caught.user, &head));
    end_caught(TRANSPORT_OK);
    b->net.base.start = no_start;
    assert_int_equal(b->net.base.run(&b->net.base, &err), 0);
    assert_int_equal(b->dones, 1);
    assert_int_equal(b->err.code, ERR_MEMORY);
    assert_string_equal(b->err.text, "cannot queue");
}

static int no_timer(struct transport *t, int64_t delay_ms, void (*fire)(void *user), void *user,
                    struct error *err)
{
    (void)t;
    (void)delay_ms;
    (void)fire;
    (void)user;
    return error_set(err, ERR_MEMORY, "no timer");
}

static void wait_that_cannot_begin_ends_with_that(void **state)
{
    struct bench *b = *state;

    b->net.base.timer = no_timer;
    script(b, (struct fake_answer){ .status = 503 });
    fetch(b);
    assert_int_equal(b->err.code, ERR_MEMORY);
    assert_string_equal(b->err.text, "no timer");
    assert_int_equal(b->net.request_count, 1);
}

static void stop(void *user, const char *line)
{
    struct bench *b = user;

    on_trace(user, line);
    b->net.base.stop(&b->net.base);
}

static void stopped_run_ends_a_waiting_retry(void **state)
{
    struct bench *b = *state;

    b->fetcher.trace = stop;
    script(b, (struct fake_answer){ .status = 503, .retry_after = "60" });
    fetch(b);
    assert_false(b->ok);
    assert_int_equal(b->net.request_count, 1);
}

/* Tracing. */

static void every_try_is_traced(void **state)
{
    struct bench *b = *state;

    script(b, (struct fake_answer){ .result = TRANSPORT_CONNECT, .times = 1 });
    script(b, (struct fake_answer){
                  .status = 503, .body = "12345", .request_id = "id-1", .times = 1 });
    script(b, (struct fake_answer){ .status = 200, .body = "{}" });
    fetch(b);
    assert_int_equal(b->trace_count, 3);
    assert_string_equal(b->trace[0], "GET " URL " -> scripted failure, 0 bytes, 0 ms, try 1");
    assert_string_equal(b->trace[1], "GET " URL " -> 503, 5 bytes, 0 ms, try 2, id id-1");
    assert_string_equal(b->trace[2], "GET " URL " -> 200, 2 bytes, 0 ms, try 3");
}

static void tracing_may_be_off(void **state)
{
    struct bench *b = *state;

    b->fetcher.trace = NULL;
    script(b, (struct fake_answer){ .status = 200, .body = "{}" });
    fetch(b);
    assert_true(b->ok);
    assert_int_equal(b->trace_count, 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(body_arrives_whole_and_is_checked_once),
        CASE(body_that_is_not_what_it_should_be_is_not_asked_for_again),
        CASE(callback_that_fails_ends_the_request),
        CASE(failure_that_may_pass_is_retried),
        CASE(failure_that_stays_is_not_retried),
        CASE(failure_of_the_connection_that_stays_is_not_retried),
        CASE(cut_transfer_is_retried),
        CASE(half_a_body_without_a_length_is_a_cut_one),
        CASE(cut_before_the_body_has_nothing_to_forget),
        CASE(cut_answer_that_cannot_be_forgotten_is_the_end),
        CASE(timeout_in_the_middle_of_the_body_starts_it_anew),
        CASE(body_of_an_error_is_no_body),
        CASE(retries_are_limited_by_the_policy),
        CASE(later_tries_may_fail_otherwise),
        CASE(nothing_of_an_earlier_try_is_told),
        CASE(wait_doubles_with_full_jitter),
        CASE(wait_is_bounded_by_the_cap),
        CASE(retry_after_wins),
        CASE(retry_after_without_sense_is_not_obeyed),
        CASE(a_date_of_the_answer_is_what_a_wait_counts_from),
        CASE(a_proxy_that_refuses_is_asked_once),
        CASE(retry_after_counts_for_one_try),
        CASE(retry_after_longer_than_the_run_ends_it_at_once),
        CASE(run_has_a_budget),
        CASE(budget_is_shared_by_all_requests),
        CASE(waiting_does_not_hold_up_other_requests),
        CASE(redirect_within_the_origin_is_followed),
        CASE(redirect_to_another_origin_is_refused),
        CASE(no_request_ever_leaves_the_origin),
        CASE(redirect_without_an_address_is_refused),
        CASE(redirects_in_a_circle_come_to_an_end),
        CASE(redirect_is_no_failed_try),
        CASE(error_tells_what_the_service_said),
        CASE(long_error_body_does_not_fill_memory),
        CASE(request_id_is_in_the_error),
        CASE(long_request_id_is_cut),
        CASE(error_after_one_try_does_not_count_tries),
        CASE(error_tells_tries_and_time),
        CASE(body_is_limited_to_256_mebibytes),
        CASE(limit_counts_each_try_for_itself),
        CASE(request_that_cannot_be_queued_is_told_at_once),
        CASE(retry_that_cannot_be_queued_ends_with_that),
        CASE(wait_that_cannot_begin_ends_with_that),
        CASE(stopped_run_ends_a_waiting_retry),
        CASE(every_try_is_traced),
        CASE(tracing_may_be_off),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

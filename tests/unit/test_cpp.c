/* test_cpp.c - which requests an offer of the Cloud Partner Portal needs, and what comes of the
 * answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cpp_bench.h"

#include <stdio.h>
#include <string.h>

/* What is asked. */

static void requests_are_those_of_the_mapping(void **state)
{
    static const struct {
        const char *status;
        long production, preview;
        const char *to_state, *to_steps;
    } rows[] = {
        { "neverPublished", 404, 404, "l", "lt" },
        { "NotStarted", 404, 404, "l", "lt" },
        { "waitingForPublisherReview", 200, 200, "lp", "lpt" },
        { "waitingForPublisherReview", 404, 200, "lpv", "lptv" },
        { "waitingForPublisherReview", 404, 404, "lpv", "lptv" },
        { "failed", 200, 404, "lpt", "lpt" },
        { "failed", 404, 200, "lptv", "lptv" },
        { "Failed", 404, 404, "lptv", "lptv" },
        { "running", 200, 200, "lpt", "lpt" },
        { "running", 404, 200, "lptv", "lptv" },
        { "Running", 404, 404, "lptv", "lptv" },
        { "canceled", 200, 200, "lpt", "lpt" },
        { "cancelled", 404, 200, "lptv", "lptv" },
        { "Canceled", 404, 404, "lptv", "lptv" },
        { "succeeded", 200, 200, "lp", "lpt" },
        { "succeeded", 404, 200, "lpsv", "lpstv" },
        { "succeeded", 404, 404, "lpsv", "lpstv" },
        { "Published", 200, 200, "lp", "lpt" },
        { "published", 404, 200, "lpsv", "lpstv" },
        { "completed", 200, 404, "lp", "lpt" },
        { "completed", 404, 404, "lpsv", "lpstv" },
        { "hibernating", 200, 200, "l", "lt" },
        { "stopSold", 404, 404, "l", "lt" },
    };
    struct cpp_bench *b = *state;
    char got[FAKE_MAX + 1];

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STEPS; depth++) {
            const char *want = depth == DEPTH_LIST    ? "l"
                               : depth == DEPTH_STATE ? rows[i].to_state
                                                      : rows[i].to_steps;
            cpp_bench_renew(b);
            cpp_bench_script_offer(b, rows[i].status, rows[i].production, rows[i].preview, "[]",
                                   "");
            cpp_bench_read(b, depth);
            cpp_bench_letters(b, got);
            if (strcmp(got, want) != 0) {
                fail_msg("%s, slots %ld and %ld, depth %d: asked %s, expected %s", rows[i].status,
                         rows[i].production, rows[i].preview, (int)depth, got, want);
            }
            cpp_bench_expect_log(b, "+ contoso/o\n");
            assert_int_equal(b->rc, 0);
            assert_int_equal(cpp_bench_offer(b, 0)->steps_known, strchr(want, 't') != NULL);
        }
    }
}

static void requests_that_need_no_other_go_out_side_by_side(void **state)
{
    struct cpp_bench *b = *state;
    char got[FAKE_MAX + 1];

    /* the slot and the status before either is answered: the newest is answered first here */
    b->net.last_first = true;
    cpp_bench_script_offer(b, "running", 200, 200, "[]", "");
    cpp_bench_read(b, DEPTH_STATE);
    cpp_bench_letters(b, got);
    assert_string_equal(got, "lpt");
    cpp_bench_expect_log(b, "+ contoso/o\n");
}

static void status_of_the_offer_is_newer_than_the_list(void **state)
{
    struct cpp_bench *b = *state;
    char got[FAKE_MAX + 1];

    cpp_bench_script(b, "/offers?", 200, "[" OFFER("o", "running") "]");
    cpp_bench_script(b, "/o/status?", 200, "{\"status\":\"succeeded\",\"steps\":[]}");
    cpp_bench_script(b, "/o/slot/production?", 404, "");
    cpp_bench_script(b, "/o/slot/preview?", 200, "{\"id\":\"o\"}");
    cpp_bench_script(
        b, "/o/submissions/?", 200,
        "[{\"id\":\"1\",\"submissionType\":\"publish\",\"submissionState\":\"running\"}]");
    cpp_bench_read(b, DEPTH_STATE);
    cpp_bench_letters(b, got);
    assert_string_equal(got, "lpstv");
    assert_string_equal(cpp_bench_offer(b, 0)->raw_status, "succeeded");
    assert_int_equal(cpp_bench_offer(b, 0)->state, STATE_PENDING_SIGNOFF);
}

static void missing_status_is_looked_for_in_the_offer(void **state)
{
    struct cpp_bench *b = *state;

    cpp_bench_script(b, "/offers?", 200, "[{\"id\":\"o\",\"status\":null}]");
    cpp_bench_script(b, "/o/status?", 200, "{\"status\":\"failed\",\"steps\":[]}");
    cpp_bench_script(b, "/o/slot/production?", 200, "{\"id\":\"o\"}");
    cpp_bench_read(b, DEPTH_STATE);
    cpp_bench_expect_log(b, "+ contoso/o\n");
    assert_int_equal(cpp_bench_offer(b, 0)->state, STATE_FAILED);
    assert_string_equal(cpp_bench_offer(b, 0)->raw_status, "failed");
}

static void names_are_one_segment_of_the_path(void **state)
{
    static const struct {
        const char *publisher, *id, *want;
    } rows[] = {
        { "contoso", "test-vm_1.x~", "/api/publishers/contoso/offers/test-vm_1.x~/slot/" },
        { "a/b?c#d", "o", "/api/publishers/a%2Fb%3Fc%23d/offers/o/slot/" },
        { "p", "..", "/api/publishers/p/offers/%2E%2E/slot/" },
        { "p", "../../other", "/api/publishers/p/offers/..%2F..%2Fother/slot/" },
        { "p", "a b%2F", "/api/publishers/p/offers/a%20b%252F/slot/" },
        { "p", "\xED\x95\x9C", "/api/publishers/p/offers/%ED%95%9C/slot/" },
    };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cpp_bench_renew(b);
        cpp_bench_script(
            b, "/offers?", 200,
            cpp_bench_text(b, "[{\"id\":\"%s\",\"status\":\"waitingForPublisherReview\"}]",
                           rows[i].id));
        cpp_bench_script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
        cpp_bench_read_publishers(b, DEPTH_STATE, &rows[i].publisher, 1);
        assert_int_equal(b->net.request_count, 2);
        if (strncmp(b->net.urls[1] + strlen(ENDPOINT), rows[i].want, strlen(rows[i].want)) != 0) {
            fail_msg("%s/%s: %s", rows[i].publisher, rows[i].id, b->net.urls[1]);
        }
    }
}

static void prefix_of_the_endpoint_stays_in_front(void **state)
{
    static const char *const endpoints[] = { "https://gateway.example/azure/cpp",
                                             "https://gateway.example/azure/cpp/" };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        const struct portal_options options = { .api = "cpp",
                                                .endpoint = endpoints[i],
                                                .transport = &b->net.base };
        struct portal *portal = NULL;
        struct report report = REPORT_INIT;
        cpp_bench_renew(b);
        cpp_bench_script(b, "/api/publishers?", 200, "[]");
        assert_int_equal(portal_open(&options, &portal, &b->err), 0);
        assert_int_equal(portal_publishers(portal, &report, &b->err), 0);
        assert_string_equal(b->net.urls[0],
                            "https://gateway.example/azure/cpp/api/publishers" VERSION);
        report_clear(&report);
        portal_close(portal);
    }
}

#define STEP(id, status) "{\"id\":\"" id "\",\"stepName\":\"" id "\",\"status\":\"" status "\"}"
#define SUBMISSION(id, type, state)                                                                \
    "{\"id\":\"" id "\",\"submissionType\":\"" type "\",\"submissionState\":\"" state "\"}"

/* What comes of the answers. */

static void answers_decide_by_the_rules_of_the_mapping(void **state)
{
    static const struct {
        const char *status;
        long production, preview;
        const char *submissions, *steps;
        const char *state, *live, *action, *rule, *basis;
    } rows[] = {
        { "waitingForPublisherReview", 200, 200, "[]", "", "pending_signoff", "yes", "sign_off",
          "cpp-1", "documented" },
        { "WaitingForPublisherReview", 404, 200, "[]", "", "pending_signoff", "preview", "sign_off",
          "cpp-1", "documented" },
        { "running", 404, 200, "[]",
          STEP("displaycertify", "complete") "," STEP("publisher-signoff",
                                                      "waitingForPublisherReview"),
          "pending_signoff", "preview", "sign_off", "cpp-2", "client" },
        { "running", 404, 404, "[]",
          "{\"stepName\":\"Publisher signoff\",\"status\":\"WaitingForPublisherReview\"}",
          "pending_signoff", "no", "sign_off", "cpp-2", "client" },
        { "running", 200, 404, "[]", STEP("live", "waitingForPublisherReview"), "pending_signoff",
          "yes", "sign_off", "cpp-3a", "inferred" },
        { "running", 404, 404, "[]", STEP("displaycertify", "rejected"), "failed", "no", "fix",
          "cpp-3", "inferred" },
        { "running", 404, 404, "[]", STEP("displaycertify", "failed"), "failed", "no", "fix",
          "cpp-3", "inferred" },
        { "running", 404, 404, "[]", STEP("displaycertify", "inProgress"), "in_progress", "no",
          "wait", "cpp-4", "documented" },
        { "running", 404, 404, "[]", STEP("displaycertify", "running"), "in_progress", "no", "wait",
          "cpp-4", "documented" },
        { "running", 200, 200, "[]", STEP("displaycertify", "waitingForApproval"), "in_progress",
          "yes", "wait", "cpp-4", "documented" },
        { "running", 404, 404, "[]", STEP("displaycertify", "blocked"), "in_progress", "no", "fix",
          "cpp-4", "inferred" },
        { "failed", 200, 404, "[]", "", "failed", "yes", "fix", "cpp-5", "documented" },
        { "canceled", 200, 404, "[]", STEP("displaycertify", "rejected"), "failed", "yes", "fix",
          "cpp-6", "inferred" },
        { "canceled", 200, 404, "[]", STEP("displaycertify", "canceled"), "canceled", "yes",
          "republish", "cpp-7", "documented" },
        { "cancelled", 404, 404, "[]", "", "canceled", "no", "republish", "cpp-7", "documented" },
        { "neverPublished", 404, 404, "[]", "", "none", "no", "none", "cpp-8", "documented" },
        { "notStarted", 404, 404, "[]", "", "none", "no", "none", "cpp-8", "documented" },
        { "succeeded", 404, 200, "[" SUBMISSION("1", "publish", "succeeded") "]", "",
          "pending_signoff", "preview", "sign_off", "cpp-9", "inferred" },
        { "succeeded", 404, 200,
          "[" SUBMISSION("9", "goLive", "failed") "," SUBMISSION("10", "Publish", "succeeded") "]",
          "", "pending_signoff", "preview", "sign_off", "cpp-9", "inferred" },
        { "succeeded", 200, 200, "[]", "", "none", "yes", "none", "cpp-10", "inferred" },
        { "published", 200, 404, "[]", "", "none", "yes", "none", "cpp-10", "inferred" },
        { "completed", 200, 404, "[]", "", "none", "yes", "none", "cpp-10", "inferred" },
        { "succeeded", 404, 404, "[" SUBMISSION("2", "GoLive", "completed") "]", "", "delisted",
          "no", "none", "cpp-11", "inferred" },
        { "stopSold", 404, 404, "[]", "", "delisted", "no", "none", "cpp-13", "inferred" },
    };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct offer *o;
        cpp_bench_renew(b);
        cpp_bench_script_offer(b, rows[i].status, rows[i].production, rows[i].preview,
                               rows[i].submissions, rows[i].steps);
        cpp_bench_read(b, DEPTH_STATE);
        assert_int_equal(b->rc, 0);
        cpp_bench_expect_log(b, "+ contoso/o\n");
        o = cpp_bench_offer(b, 0);
        if (o->rule == NULL || strcmp(o->rule, rows[i].rule) != 0 ||
            strcmp(state_token(o->state), rows[i].state) != 0 ||
            strcmp(live_token(o->live), rows[i].live) != 0 ||
            strcmp(action_token(o->action), rows[i].action) != 0 ||
            strcmp(basis_token(o->basis), rows[i].basis) != 0) {
            fail_msg("row %zu, %s: %s %s %s %s %s", i, rows[i].status,
                     o->rule != NULL ? o->rule : "no rule", state_token(o->state),
                     live_token(o->live), action_token(o->action),
                     o->rule != NULL ? basis_token(o->basis) : "-");
        }
        assert_string_equal(o->raw_status, rows[i].status);
    }
}

static void what_no_rule_covers_is_unknown_with_a_warning(void **state)
{
    static const struct {
        const char *status;
        const char *submissions;
        long preview;
    } rows[] = {
        { "hibernating", "[]", 404 },
        { "succeeded", "[]", 404 },                                         /* never went live */
        { "succeeded", "[" SUBMISSION("1", "goLive", "failed") "]", 404 },  /* nor did this */
        { "succeeded", "[" SUBMISSION("1", "goLive", "running") "]", 200 }, /* not a publish */
    };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct offer *o;
        cpp_bench_renew(b);
        cpp_bench_script_offer(b, rows[i].status, 404, rows[i].preview, rows[i].submissions, "");
        cpp_bench_read(b, DEPTH_STATE);
        cpp_bench_expect_log(b, "+ contoso/o\n");
        o = cpp_bench_offer(b, 0);
        assert_int_equal(o->state, STATE_UNKNOWN);
        assert_null(o->rule);
        assert_int_equal(o->action, ACTION_LOOK);
        assert_string_equal(o->raw_status, rows[i].status);
        assert_int_equal(o->note_count, 1);
        assert_true(o->notes[0].warning);
        assert_non_null(strstr(o->notes[0].text, rows[i].status));
    }
}

/* Of the list; /status must have one. */
static void offer_without_any_status_is_unknown_with_a_warning(void **state)
{
    struct cpp_bench *b = *state;

    cpp_bench_script(b, "/offers?", 200, "[{\"id\":\"o\"}]");
    cpp_bench_script(b, "/o/status?", 200, "{\"steps\":[]}");
    cpp_bench_read(b, DEPTH_STATE);
    cpp_bench_expect_log(b, "! contoso/o answer: offer o: status: status: is missing\n");
    cpp_bench_renew(b);
    cpp_bench_script(b, "/offers?", 200, "[{\"id\":\"o\"}]");
    cpp_bench_read(b, DEPTH_LIST);
    cpp_bench_expect_log(b, "+ contoso/o\n");
    assert_int_equal(cpp_bench_offer(b, 0)->state, STATE_UNKNOWN);
    assert_null(cpp_bench_offer(b, 0)->raw_status);
    assert_int_equal(cpp_bench_offer(b, 0)->note_count, 1);
    assert_true(cpp_bench_offer(b, 0)->notes[0].warning);
}

static void undocumented_word_that_a_rule_catches_is_warned_of(void **state)
{
    struct cpp_bench *b = *state;

    cpp_bench_script_offer(b, "stopSold", 404, 404, "[]", "");
    cpp_bench_read(b, DEPTH_STATE);
    assert_int_equal(cpp_bench_offer(b, 0)->note_count, 1);
    assert_true(cpp_bench_offer(b, 0)->notes[0].warning);
    assert_non_null(strstr(cpp_bench_offer(b, 0)->notes[0].text, "stopSold"));
}

static void newest_submission_is_not_the_first_of_the_list(void **state)
{
    static const struct {
        const char *submissions, *rule;
    } rows[] = {
        { SUBMISSION("2", "publish", "succeeded") "," SUBMISSION("1", "goLive", "succeeded"),
          "cpp-9" },
        { SUBMISSION("1", "goLive", "succeeded") "," SUBMISSION("2", "publish", "succeeded"),
          "cpp-9" },
        { SUBMISSION("9", "publish", "succeeded") "," SUBMISSION("10", "goLive", "succeeded"),
          NULL },
        { "{\"version\":636576975611768314,\"submissionType\":\"goLive\",\"submissionState\":"
          "\"succeeded\"},"
          "{\"version\":636576975611768315,\"submissionType\":\"publish\",\"submissionState\":"
          "\"succeeded\"}",
          "cpp-9" },
        { "{\"version\":636576975611768315,\"submissionType\":\"goLive\",\"submissionState\":"
          "\"succeeded\"},"
          "{\"version\":636576975611768314,\"submissionType\":\"publish\",\"submissionState\":"
          "\"succeeded\"}",
          NULL },
    };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *rule;
        cpp_bench_renew(b);
        cpp_bench_script_offer(b, "succeeded", 404, 200,
                               cpp_bench_text(b, "[%s]", rows[i].submissions), "");
        cpp_bench_read(b, DEPTH_STATE);
        rule = cpp_bench_offer(b, 0)->rule;
        if ((rule == NULL) != (rows[i].rule == NULL) ||
            (rule != NULL && strcmp(rule, rows[i].rule) != 0)) {
            fail_msg("row %zu: %s", i, rule != NULL ? rule : "no rule");
        }
    }
}

static void steps_come_with_the_offer(void **state)
{
    struct cpp_bench *b = *state;
    const struct offer *o;

    cpp_bench_script(b, "/offers?", 200, "[" OFFER("o", "running") "]");
    cpp_bench_script(b, "/o/slot/production?", 404, "");
    cpp_bench_script(b, "/o/slot/preview?", 404, "");
    cpp_bench_script(
        b, "/o/status?", 200,
        "{\"status\":\"running\",\"messages\":[{\"messageHtml\":\"<b>hello</b>\"}],\"steps\":["
        "{\"id\":\"displaycertify\",\"stepName\":\"Certification\",\"status\":\"blocked\","
        "\"messages\":[{\"messageHtml\":\"See <a href='https://h.example/42'>item 42</a>.\","
        "\"level\":\"error\",\"timestamp\":\"2018-03-16T17:50:45.7215661Z\"}]},"
        "{\"id\":\"live\",\"status\":\"hibernating\"}]}");
    cpp_bench_read(b, DEPTH_STEPS);
    o = cpp_bench_offer(b, 0);
    assert_int_equal(o->step_count, 2);
    assert_string_equal(o->steps[0].name, "Certification");
    assert_string_equal(o->steps[0].messages[0].text, "See item 42.");
    assert_string_equal(o->steps[0].messages[0].links[0].href, "https://h.example/42");
    assert_string_equal(o->messages[0].text, "hello");
    assert_int_equal(o->note_count, 2);
    assert_false(o->notes[0].warning);
    assert_true(o->notes[1].warning);
}

static void single_object_may_stand_in_an_array(void **state)
{
    static const char *const bodies[] = {
        "{\"status\":\"running\",\"steps\":[" STEP("displaycertify", "rejected") "]}",
        "[{\"status\":\"running\",\"steps\":[" STEP("displaycertify", "rejected") "]}]",
        " [ {\"status\":\"running\",\"steps\":[" STEP("displaycertify", "rejected") "]} ] \r\n",
    };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        for (size_t piece = 0; piece < strlen(bodies[i]); piece++) {
            cpp_bench_renew(b);
            cpp_bench_script(b, "/offers?", 200, "[" OFFER("o", "running") "]");
            cpp_bench_script(b, "/o/slot/production?", 200, "[{\"id\":\"o\"}]");
            fake_answer(&b->net, (struct fake_answer){ .path = "/o/status?",
                                                       .status = 200,
                                                       .body = bodies[i],
                                                       .piece = piece });
            cpp_bench_read(b, DEPTH_STATE);
            cpp_bench_expect_log(b, "+ contoso/o\n");
            assert_string_equal(cpp_bench_offer(b, 0)->rule, "cpp-3");
        }
    }
}

/* Elements and offers that fail. */

static void one_failing_status_of_many_costs_that_offer_only(void **state)
{
    static const struct {
        struct fake_answer answer;
        const char *want;
        size_t requests;
    } rows[] = {
        { { .status = 403, .request_id = "id-7" }, "auth: offer b: status: HTTP 403\n", 1 },
        { { .status = 500, .request_id = "id-7" },
          "service: offer b: status: HTTP 500 (5 tries",
          5 },
        { { .result = TRANSPORT_TIMEOUT },
          "service: offer b: status: scripted failure (5 tries",
          5 },
        { { .status = 404, .request_id = "id-7" }, "answer: offer b: status: HTTP 404", 1 },
        { { .status = 200, .body = "<html>" }, "answer: offer b: status: ", 1 },
        { { .status = 200, .body = "" }, "answer: offer b: status: the answer is empty\n", 1 },
        { { .status = 200, .body = "{\"status\":" }, "answer: offer b: status: ", 1 },
        { { .status = 200, .body = "{\"status\":}" }, "answer: offer b: status: ", 1 },
        { { .status = 200, .body = "{\"status\":\"running\",\"steps\":{}}" },
          "answer: offer b: status: steps: expected an array, found an object\n",
          1 },
        { { .status = 200, .body = "[{},{}]" }, "answer: offer b: status: ", 1 },
        { { .status = 200, .body = "[]" }, "answer: offer b: status: ", 1 },
        { { .status = 302, .location = "https://evil.example/" },
          "answer: offer b: status: HTTP 302: ",
          1 },
    };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fake_answer answer = rows[i].answer;
        char want[256];
        cpp_bench_renew(b);
        cpp_bench_script(
            b, "/offers?", 200,
            "[" OFFER("a", "running") "," OFFER("b", "running") "," OFFER("c", "running") "]");
        answer.path = "/b/status?";
        fake_answer(&b->net, answer);
        cpp_bench_script(b, "/status?", 200, STATUS);
        cpp_bench_script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
        cpp_bench_read(b, DEPTH_STATE);
        assert_int_equal(b->rc, 0);
        snprintf(want, sizeof(want), "+ contoso/a\n! contoso/b %s", rows[i].want);
        if (strncmp(strbuf_text(&b->log), want, strlen(want)) != 0) {
            fail_msg("row %zu: found\n%sexpected\n%s", i, strbuf_text(&b->log), want);
        }
        assert_int_equal(b->offers.count, 2);
        assert_string_equal(cpp_bench_offer(b, 1)->id, "c");
        assert_int_equal(b->problem_calls, 1);
        assert_int_equal(fake_requests(&b->net, "/b/status?"), rows[i].requests);
        if (answer.request_id != NULL && answer.status != 404) {
            assert_string_equal(b->request_id, "id-7");
        }
    }
}

static void failing_slot_leaves_the_state_and_costs_live(void **state)
{
    static const struct {
        const char *status, *state;
        long production, preview;
    } rows[] = {
        { "failed", "failed", 403, 200 },
        { "failed", "failed", 404, 403 },
        { "waitingForPublisherReview", "pending_signoff", 403, 200 },
        { "running", "in_progress", 403, 200 },
        { "running", "in_progress", 404, 403 },
        { "canceled", "canceled", 403, 200 },
    };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cpp_bench_renew(b);
        cpp_bench_script_offer(b, rows[i].status, rows[i].production, rows[i].preview, "[]", "");
        cpp_bench_read(b, DEPTH_STATE);
        assert_int_equal(b->rc, 0);
        assert_int_equal(b->offers.count, 1);
        assert_string_equal(state_token(cpp_bench_offer(b, 0)->state), rows[i].state);
        assert_int_equal(cpp_bench_offer(b, 0)->live, LIVE_UNKNOWN);
        assert_int_equal(b->problem_calls, 1);
        assert_non_null(strstr(strbuf_text(&b->log), rows[i].production == 403
                                                         ? "! contoso/o auth: offer o: production "
                                                           "slot: HTTP 403\n"
                                                         : "! contoso/o auth: offer o: preview "
                                                           "slot: HTTP 403\n"));
    }
}

static void offer_whose_state_rests_on_a_failed_request_has_none(void **state)
{
    static const struct {
        const char *name;
        long production, preview, submissions;
    } rows[] = {
        { "production", 403, 200, 200 },
        { "preview", 404, 403, 200 },
        { "submissions", 404, 200, 403 },
        { "submissions not found", 404, 404, 404 },
    };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cpp_bench_renew(b);
        cpp_bench_script(b, "/offers?", 200, "[" OFFER("o", "succeeded") "]");
        cpp_bench_script(b, "/o/slot/production?", rows[i].production, "{}");
        cpp_bench_script(b, "/o/slot/preview?", rows[i].preview, "{}");
        cpp_bench_script(b, "/o/submissions/?", rows[i].submissions, "[]");
        cpp_bench_read(b, DEPTH_STATE);
        assert_int_equal(b->rc, 0);
        if (b->offers.count != 0 || b->problem_calls != 1) {
            fail_msg("%s: %s", rows[i].name, strbuf_text(&b->log));
        }
    }
}

static void broken_submission_is_told_with_its_place(void **state)
{
    static const char *const bodies[] = { "[" SUBMISSION("1", "publish", "running") ",7]",
                                          "[" SUBMISSION("1", "publish", "running") ",{x}]" };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        cpp_bench_renew(b);
        cpp_bench_script_offer(b, "succeeded", 404, 200, bodies[i], "");
        cpp_bench_read(b, DEPTH_STATE);
        assert_int_equal(b->offers.count, 0);
        assert_int_equal(b->problem_calls, 1);
        assert_non_null(strstr(strbuf_text(&b->log),
                               "! contoso/o answer: offer o: submissions: element [1]: "));
    }
}

static void offer_never_published_may_lack_its_status(void **state)
{
    static const char *const statuses[] = { "neverPublished", "notStarted" };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        cpp_bench_renew(b);
        cpp_bench_script(b, "/offers?", 200,
                         cpp_bench_text(b, "[" OFFER("o", "%s") "]", statuses[i]));
        cpp_bench_script(b, "/o/status?", 404, "");
        cpp_bench_read(b, DEPTH_STEPS);
        cpp_bench_expect_log(b, "+ contoso/o\n");
        assert_int_equal(cpp_bench_offer(b, 0)->state, STATE_NONE);
        assert_int_equal(cpp_bench_offer(b, 0)->live, LIVE_NO);
        assert_false(cpp_bench_offer(b, 0)->steps_known);
    }
}

static void steps_that_fail_do_not_cost_a_state_that_needs_none(void **state)
{
    struct cpp_bench *b = *state;

    cpp_bench_script(b, "/offers?", 200, "[" OFFER("o", "failed") "]");
    cpp_bench_script(b, "/o/slot/production?", 200, "{\"id\":\"o\"}");
    cpp_bench_script(b, "/o/status?", 403, "");
    cpp_bench_read(b, DEPTH_STEPS);
    cpp_bench_expect_log(b, "! contoso/o auth: offer o: status: HTTP 403\n+ contoso/o\n");
    assert_int_equal(cpp_bench_offer(b, 0)->state, STATE_FAILED);
    assert_int_equal(cpp_bench_offer(b, 0)->live, LIVE_YES);
    assert_false(cpp_bench_offer(b, 0)->steps_known);
}

static void status_read_twice_tells_its_notes_once(void **state)
{
    struct cpp_bench *b = *state;

    cpp_bench_script(b, "/offers?", 200, "[" OFFER("o", "running") "]");
    cpp_bench_script(b, "/o/slot/production?", 200, "{\"id\":\"o\"}");
    fake_answer(&b->net, (struct fake_answer){ .path = "/o/status?",
                                               .status = 200,
                                               .result = TRANSPORT_CUT,
                                               .body = "[{\"status\":\"running\",\"steps\":[" STEP(
                                                   "displaycertify", "blocked") "]},",
                                               .times = 1 });
    cpp_bench_script(
        b, "/o/status?", 200,
        "[{\"status\":\"running\",\"steps\":[" STEP("displaycertify", "blocked") "]}]");
    cpp_bench_read(b, DEPTH_STATE);
    cpp_bench_expect_log(b, "+ contoso/o\n");
    assert_int_equal(cpp_bench_offer(b, 0)->step_count, 1);
    assert_int_equal(cpp_bench_offer(b, 0)->note_count, 1);
}

static void status_that_vanishes_on_the_second_try_is_not_the_first_one(void **state)
{
    struct cpp_bench *b = *state;

    cpp_bench_script(b, "/offers?", 200, "[" OFFER("o", "running") "]");
    cpp_bench_script(b, "/o/slot/production?", 200, "{\"id\":\"o\"}");
    fake_answer(&b->net, (struct fake_answer){ .path = "/o/status?",
                                               .status = 200,
                                               .result = TRANSPORT_CUT,
                                               .body = "[{\"status\":\"running\",\"steps\":[" STEP(
                                                   "displaycertify", "rejected") "]},",
                                               .times = 1 });
    cpp_bench_script(b, "/o/status?", 200, "[]");
    cpp_bench_read(b, DEPTH_STATE);
    assert_int_equal(b->offers.count, 0);
    assert_int_equal(b->problem_calls, 1);
}

static void status_that_breaks_off_to_the_end_tells_nothing(void **state)
{
    static const struct {
        enum transport_result result;
        const char *tail;
    } rows[] = { { TRANSPORT_CUT, "" }, { TRANSPORT_OK, " and more" } };
    struct cpp_bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct offer *o;
        cpp_bench_renew(b);
        cpp_bench_script(b, "/offers?", 200, "[" OFFER("o", "failed") "]");
        cpp_bench_script(b, "/o/slot/production?", 200, "{\"id\":\"o\"}");
        fake_answer(&b->net,
                    (struct fake_answer){
                        .path = "/o/status?",
                        .status = 200,
                        .result = rows[i].result,
                        .body = cpp_bench_text(b,
                                               "{\"status\":\"neverPublished\",\"messages\":[{"
                                               "\"messageHtml\":\"m\"}],\"steps\":[" STEP(
                                                   "displaycertify", "blocked") "]}%s",
                                               rows[i].tail) });
        cpp_bench_read(b, DEPTH_STEPS);
        assert_int_equal(b->problem_calls, 1);
        assert_int_equal(b->offers.count, 1);
        o = cpp_bench_offer(b, 0);
        assert_int_equal(o->state, STATE_FAILED);
        assert_string_equal(o->raw_status, "failed");
        assert_false(o->steps_known);
        assert_int_equal(o->step_count, 0);
        assert_int_equal(o->message_count, 0);
        assert_int_equal(o->note_count, 0);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, cpp_bench_set_up, cpp_bench_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(requests_are_those_of_the_mapping),
        CASE(requests_that_need_no_other_go_out_side_by_side),
        CASE(status_of_the_offer_is_newer_than_the_list),
        CASE(missing_status_is_looked_for_in_the_offer),
        CASE(names_are_one_segment_of_the_path),
        CASE(prefix_of_the_endpoint_stays_in_front),
        CASE(answers_decide_by_the_rules_of_the_mapping),
        CASE(what_no_rule_covers_is_unknown_with_a_warning),
        CASE(offer_without_any_status_is_unknown_with_a_warning),
        CASE(undocumented_word_that_a_rule_catches_is_warned_of),
        CASE(newest_submission_is_not_the_first_of_the_list),
        CASE(steps_come_with_the_offer),
        CASE(single_object_may_stand_in_an_array),
        CASE(one_failing_status_of_many_costs_that_offer_only),
        CASE(failing_slot_leaves_the_state_and_costs_live),
        CASE(offer_whose_state_rests_on_a_failed_request_has_none),
        CASE(broken_submission_is_told_with_its_place),
        CASE(offer_never_published_may_lack_its_status),
        CASE(steps_that_fail_do_not_cost_a_state_that_needs_none),
        CASE(status_read_twice_tells_its_notes_once),
        CASE(status_that_vanishes_on_the_second_try_is_not_the_first_one),
        CASE(status_that_breaks_off_to_the_end_tells_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

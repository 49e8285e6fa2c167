/* test_read.c - what a read asks, in which order it gives, and what becomes of failures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/portal.h"

#include "fake_transport.h"
#include "offerstat/strbuf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ENDPOINT "https://portal.example"
#define VERSION "?api-version=2017-10-31"
#define OFFERS ENDPOINT "/api/publishers/contoso/offers"
#define OFFER(id, status)                                                                          \
    "{\"id\":\"" id "\",\"publisherId\":\"contoso\",\"status\":\"" status "\"}"
#define STATUS "{\"status\":\"running\",\"steps\":[]}"
#define NAMED(id, name)                                                                            \
    "{\"id\":\"" id                                                                                \
    "\",\"status\":\"waitingForPublisherReview\",\"definition\":{\"displayText\":\"" name "\"}}"

/* One read and everything the sink was told: "+ publisher/offer" for an offer,
 * "! publisher/offer code: text" for a problem, "forget" for a list that was taken back. */
struct bench {
    struct fake_transport net;
    struct selection selection;
    struct strbuf log;
    struct offer_list offers;
    struct arena arena; /* of scripted bodies */
    bool written;       /* offers that were given cannot be taken back */
    size_t fail_offer, fail_problem;
    size_t offer_calls, problem_calls, progress_calls, finished, total;
    char request_id[ERROR_ID_MAX]; /* of the last problem */
    struct error err;
    int rc;
};

/* The last few that were asked for stay valid. */
static const struct offer *nth(const struct bench *b, size_t i)
{
    static struct offer rooms[4];

    return offer_list_at(&b->offers, i, &rooms[i % 4]);
}

static enum selected on_select(void *user, const struct offer *o)
{
    struct bench *b = user;

    return selection_test(&b->selection, o->publisher, o->id, o->name);
}

static bool on_select_by_unique_name(void *user, const struct offer *o)
{
    struct bench *b = user;

    return selection_has_unique_name(&b->selection, o->name);
}

static void on_seen(void *user, const struct offer *o)
{
    struct bench *b = user;

    selection_see(&b->selection, o->publisher, o->id, o->name);
}

static int on_offer(void *user, const struct offer *o, struct error *err)
{
    struct bench *b = user;

    b->offer_calls++;
    if (b->offer_calls == b->fail_offer) {
        return error_set(err, ERR_OUTPUT, "stdout is full");
    }
    strbuf_printf(&b->log, "+ %s/%s\n", o->publisher, o->id);
    assert_int_equal(offer_list_add(&b->offers, o), 0);
    return 0;
}

static bool on_forget(void *user)
{
    struct bench *b = user;

    strbuf_puts(&b->log, "forget\n");
    if (!b->written) {
        offer_list_clear(&b->offers);
    }
    return !b->written;
}

static int on_problem(void *user, const struct error *problem, const char *publisher,
                      const char *offer, struct error *err)
{
    struct bench *b = user;

    b->problem_calls++;
    strbuf_printf(&b->log, "! %s/%s %s: %s\n", publisher != NULL ? publisher : "-",
                  offer != NULL ? offer : "-", error_word(problem->code), problem->text);
    strcpy(b->request_id, problem->request_id);
    return b->problem_calls == b->fail_problem ? error_set(err, ERR_OUTPUT, "stderr is full") : 0;
}

static void on_progress(void *user, size_t done, size_t total)
{
    struct bench *b = user;

    assert_int_equal(done, b->finished + 1);
    assert_true(done <= total);
    b->progress_calls++;
    b->finished = done;
    b->total = total;
}

static void on_notice(void *user, enum message_level level, const char *text)
{
    struct bench *b = user;

    strbuf_printf(&b->log, "%s %s\n", level == LEVEL_WARNING ? "W" : "H", text);
}

static int set_up(void **state)
{
    struct bench *b = calloc(1, sizeof(*b));

    if (b == NULL) {
        return -1;
    }
    fake_init(&b->net);
    b->log = (struct strbuf)STRBUF_INIT((size_t)1024 * 1024);
    *state = b;
    return 0;
}

static void clear(struct bench *b)
{
    strbuf_clear(&b->log);
    offer_list_clear(&b->offers);
    selection_clear(&b->selection);
    arena_clear(&b->arena);
    fake_clear(&b->net);
}

static int tear_down(void **state)
{
    clear(*state);
    free(*state);
    return 0;
}

/* Begin anew, for the next row of a table. */
static void renew(struct bench *b)
{
    clear(b);
    *b = (struct bench){ .log = STRBUF_INIT((size_t)1024 * 1024) };
    fake_init(&b->net);
}

static const char *text_of(struct bench *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static const char *text_of(struct bench *b, const char *format, ...)
{
    char text[2048];
    const char *copy;
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    copy = arena_strdup(&b->arena, text);
    assert_non_null(copy);
    return copy;
}

static void script(struct bench *b, const char *path, long status, const char *body)
{
    fake_answer(&b->net, (struct fake_answer){ .path = path, .status = status, .body = body });
}

static void read_publishers(struct bench *b, enum read_depth depth, const char *const *publishers,
                            size_t count)
{
    const struct portal_options options = { .api = "cpp",
                                            .endpoint = ENDPOINT,
                                            .transport = &b->net.base,
                                            .retries = 4,
                                            .budget_ms = 600000 };
    const struct portal_query query = { .publishers = publishers,
                                        .publisher_count = count,
                                        .depth = depth };
    const struct portal_sink sink = { .user = b,
                                      .select = on_select,
                                      .select_by_unique_name = on_select_by_unique_name,
                                      .seen = on_seen,
                                      .offer = on_offer,
                                      .forget = on_forget,
                                      .problem = on_problem,
                                      .progress = on_progress,
                                      .notice = on_notice };
    struct portal *portal = NULL;

    assert_int_equal(portal_open(&options, &portal, &b->err), 0);
    b->rc = portal_read(&portal, 1, &query, &sink, &b->err);
    portal_close(portal);
    assert_null(b->net.pending);
    assert_null(b->net.timers);
}

/* The offers of contoso. */
static void read_one(struct bench *b, enum read_depth depth)
{
    static const char *const contoso[] = { "contoso" };

    read_publishers(b, depth, contoso, 1);
}

static void choose(struct bench *b, enum select_mode mode, const char *const *arguments,
                   size_t count)
{
    assert_int_equal(selection_init(&b->selection, mode, arguments, count), 0);
}

static void expect_log(const struct bench *b, const char *want)
{
    if (strcmp(strbuf_text(&b->log), want) != 0) {
        fail_msg("found\n%sexpected\n%s", strbuf_text(&b->log), want);
    }
}

/* The requests below offer "o" and its list, a letter each, in the order of the alphabet: (l)ist,
 * (p)roduction slot, (s)ubmissions, s(t)atus, pre(v)iew slot; '?' for anything else. */
static void letters_of(const struct bench *b, char out[FAKE_MAX + 1])
{
    static const struct {
        const char *url;
        char letter;
    } known[] = {
        { OFFERS VERSION, 'l' },
        { OFFERS "/o/slot/production" VERSION, 'p' },
        { OFFERS "/o/submissions/" VERSION, 's' },
        { OFFERS "/o/status" VERSION, 't' },
        { OFFERS "/o/slot/preview" VERSION, 'v' },
    };
    size_t counts[sizeof(known) / sizeof(known[0])] = { 0 }, len = 0, found = 0;

    for (size_t k = 0; k < sizeof(known) / sizeof(known[0]); k++) {
        for (size_t i = 0; i < b->net.request_count; i++) {
            counts[k] += strcmp(b->net.urls[i], known[k].url) == 0 ? 1 : 0;
        }
        for (size_t i = 0; i < counts[k]; i++) {
            out[len++] = known[k].letter;
        }
        found += counts[k];
    }
    for (; found < b->net.request_count; found++) {
        out[len++] = '?';
    }
    out[len] = '\0';
}

/* A list of the one offer "o", and what is below it. */
static void script_offer(struct bench *b, const char *status, long production, long preview,
                         const char *submissions, const char *steps)
{
    script(b, "/offers?", 200, text_of(b, "[" OFFER("o", "%s") "]", status));
    script(b, "/o/status?", 200, text_of(b, "{\"status\":\"%s\",\"steps\":[%s]}", status, steps));
    script(b, "/o/slot/production?", production, "{\"id\":\"o\",\"version\":9}");
    script(b, "/o/slot/preview?", preview, "{\"id\":\"o\",\"version\":9}");
    script(b, "/o/submissions/?", 200, submissions);
}

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
    struct bench *b = *state;
    char got[FAKE_MAX + 1];

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STEPS; depth++) {
            const char *want = depth == DEPTH_LIST    ? "l"
                               : depth == DEPTH_STATE ? rows[i].to_state
                                                      : rows[i].to_steps;
            renew(b);
            script_offer(b, rows[i].status, rows[i].production, rows[i].preview, "[]", "");
            read_one(b, depth);
            letters_of(b, got);
            if (strcmp(got, want) != 0) {
                fail_msg("%s, slots %ld and %ld, depth %d: asked %s, expected %s", rows[i].status,
                         rows[i].production, rows[i].preview, (int)depth, got, want);
            }
            expect_log(b, "+ contoso/o\n");
            assert_int_equal(b->rc, 0);
            assert_int_equal(nth(b, 0)->steps_known, strchr(want, 't') != NULL);
        }
    }
}

static void requests_that_need_no_other_go_out_side_by_side(void **state)
{
    struct bench *b = *state;
    char got[FAKE_MAX + 1];

    /* the slot and the status before either is answered: the newest is answered first here */
    b->net.last_first = true;
    script_offer(b, "running", 200, 200, "[]", "");
    read_one(b, DEPTH_STATE);
    letters_of(b, got);
    assert_string_equal(got, "lpt");
    expect_log(b, "+ contoso/o\n");
}

static void status_of_the_offer_is_newer_than_the_list(void **state)
{
    struct bench *b = *state;
    char got[FAKE_MAX + 1];

    script(b, "/offers?", 200, "[" OFFER("o", "running") "]");
    script(b, "/o/status?", 200, "{\"status\":\"succeeded\",\"steps\":[]}");
    script(b, "/o/slot/production?", 404, "");
    script(b, "/o/slot/preview?", 200, "{\"id\":\"o\"}");
    script(b, "/o/submissions/?", 200,
           "[{\"id\":\"1\",\"submissionType\":\"publish\",\"submissionState\":\"running\"}]");
    read_one(b, DEPTH_STATE);
    letters_of(b, got);
    assert_string_equal(got, "lpstv");
    assert_string_equal(nth(b, 0)->raw_status, "succeeded");
    assert_int_equal(nth(b, 0)->state, STATE_PENDING_SIGNOFF);
}

static void missing_status_is_looked_for_in_the_offer(void **state)
{
    struct bench *b = *state;

    script(b, "/offers?", 200, "[{\"id\":\"o\",\"status\":null}]");
    script(b, "/o/status?", 200, "{\"status\":\"failed\",\"steps\":[]}");
    script(b, "/o/slot/production?", 200, "{\"id\":\"o\"}");
    read_one(b, DEPTH_STATE);
    expect_log(b, "+ contoso/o\n");
    assert_int_equal(nth(b, 0)->state, STATE_FAILED);
    assert_string_equal(nth(b, 0)->raw_status, "failed");
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
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        renew(b);
        script(
            b, "/offers?", 200,
            text_of(b, "[{\"id\":\"%s\",\"status\":\"waitingForPublisherReview\"}]", rows[i].id));
        script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
        read_publishers(b, DEPTH_STATE, &rows[i].publisher, 1);
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
    struct bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        const struct portal_options options = { .api = "cpp",
                                                .endpoint = endpoints[i],
                                                .transport = &b->net.base };
        struct portal *portal = NULL;
        struct report report = REPORT_INIT;
        renew(b);
        script(b, "/api/publishers?", 200, "[]");
        assert_int_equal(portal_open(&options, &portal, &b->err), 0);
        assert_int_equal(portal_publishers(portal, &report, &b->err), 0);
        assert_string_equal(b->net.urls[0],
                            "https://gateway.example/azure/cpp/api/publishers" VERSION);
        report_clear(&report);
        portal_close(portal);
    }
}

/* What comes of the answers. */

#define STEP(id, status) "{\"id\":\"" id "\",\"stepName\":\"" id "\",\"status\":\"" status "\"}"
#define SUBMISSION(id, type, state)                                                                \
    "{\"id\":\"" id "\",\"submissionType\":\"" type "\",\"submissionState\":\"" state "\"}"

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
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct offer *o;
        renew(b);
        script_offer(b, rows[i].status, rows[i].production, rows[i].preview, rows[i].submissions,
                     rows[i].steps);
        read_one(b, DEPTH_STATE);
        assert_int_equal(b->rc, 0);
        expect_log(b, "+ contoso/o\n");
        o = nth(b, 0);
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
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct offer *o;
        renew(b);
        script_offer(b, rows[i].status, 404, rows[i].preview, rows[i].submissions, "");
        read_one(b, DEPTH_STATE);
        expect_log(b, "+ contoso/o\n");
        o = nth(b, 0);
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
    struct bench *b = *state;

    script(b, "/offers?", 200, "[{\"id\":\"o\"}]");
    script(b, "/o/status?", 200, "{\"steps\":[]}");
    read_one(b, DEPTH_STATE);
    expect_log(b, "! contoso/o answer: offer o: status: status: is missing\n");
    renew(b);
    script(b, "/offers?", 200, "[{\"id\":\"o\"}]");
    read_one(b, DEPTH_LIST);
    expect_log(b, "+ contoso/o\n");
    assert_int_equal(nth(b, 0)->state, STATE_UNKNOWN);
    assert_null(nth(b, 0)->raw_status);
    assert_int_equal(nth(b, 0)->note_count, 1);
    assert_true(nth(b, 0)->notes[0].warning);
}

static void undocumented_word_that_a_rule_catches_is_warned_of(void **state)
{
    struct bench *b = *state;

    script_offer(b, "stopSold", 404, 404, "[]", "");
    read_one(b, DEPTH_STATE);
    assert_int_equal(nth(b, 0)->note_count, 1);
    assert_true(nth(b, 0)->notes[0].warning);
    assert_non_null(strstr(nth(b, 0)->notes[0].text, "stopSold"));
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
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *rule;
        renew(b);
        script_offer(b, "succeeded", 404, 200, text_of(b, "[%s]", rows[i].submissions), "");
        read_one(b, DEPTH_STATE);
        rule = nth(b, 0)->rule;
        if ((rule == NULL) != (rows[i].rule == NULL) ||
            (rule != NULL && strcmp(rule, rows[i].rule) != 0)) {
            fail_msg("row %zu: %s", i, rule != NULL ? rule : "no rule");
        }
    }
}

static void steps_come_with_the_offer(void **state)
{
    struct bench *b = *state;
    const struct offer *o;

    script(b, "/offers?", 200, "[" OFFER("o", "running") "]");
    script(b, "/o/slot/production?", 404, "");
    script(b, "/o/slot/preview?", 404, "");
    script(b, "/o/status?", 200,
           "{\"status\":\"running\",\"messages\":[{\"messageHtml\":\"<b>hello</b>\"}],\"steps\":["
           "{\"id\":\"displaycertify\",\"stepName\":\"Certification\",\"status\":\"blocked\","
           "\"messages\":[{\"messageHtml\":\"See <a href='https://h.example/42'>item 42</a>.\","
           "\"level\":\"error\",\"timestamp\":\"2018-03-16T17:50:45.7215661Z\"}]},"
           "{\"id\":\"live\",\"status\":\"hibernating\"}]}");
    read_one(b, DEPTH_STEPS);
    o = nth(b, 0);
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
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        for (size_t piece = 0; piece < strlen(bodies[i]); piece++) {
            renew(b);
            script(b, "/offers?", 200, "[" OFFER("o", "running") "]");
            script(b, "/o/slot/production?", 200, "[{\"id\":\"o\"}]");
            fake_answer(&b->net, (struct fake_answer){ .path = "/o/status?",
                                                       .status = 200,
                                                       .body = bodies[i],
                                                       .piece = piece });
            read_one(b, DEPTH_STATE);
            expect_log(b, "+ contoso/o\n");
            assert_string_equal(nth(b, 0)->rule, "cpp-3");
        }
    }
}

/* The list alone. */

static void quick_read_is_one_request_and_provisional(void **state)
{
    static const struct {
        const char *status, *state, *basis;
    } rows[] = {
        { "neverPublished", "none", "documented" },
        { "waitingForPublisherReview", "pending_signoff", "documented" },
        { "failed", "failed", "documented" },
        { "running", "in_progress", "provisional" },
        { "canceled", "canceled", "provisional" },
        { "succeeded", "none", "provisional" },
        { "published", "none", "provisional" },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct offer *o;
        renew(b);
        script_offer(b, rows[i].status, 200, 200, "[]", "");
        read_one(b, DEPTH_LIST);
        assert_int_equal(b->net.request_count, 1);
        expect_log(b, "+ contoso/o\n");
        o = nth(b, 0);
        if (strcmp(state_token(o->state), rows[i].state) != 0 ||
            strcmp(basis_token(o->basis), rows[i].basis) != 0) {
            fail_msg("%s: %s %s", rows[i].status, state_token(o->state), basis_token(o->basis));
        }
        assert_false(o->steps_known);
        assert_true(strcmp(rows[i].status, "neverPublished") == 0 || o->live == LIVE_UNKNOWN);
    }
}

static void list_is_read_wherever_the_network_cuts_it(void **state)
{
    static const char body[] = "[" OFFER("a", "failed") "," OFFER("b", "running") "\r\n, " OFFER(
        "c", "\\u0073ucceeded") "]";
    struct bench *b = *state;

    for (size_t piece = 1; piece < sizeof(body); piece++) {
        for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
            renew(b);
            fake_answer(&b->net,
                        (struct fake_answer){
                            .path = "/offers?", .status = 200, .body = body, .piece = piece });
            script(b, "/status?", 200, STATUS);
            script(b, "/slot/", 200, "{\"id\":\"o\"}");
            read_one(b, depth);
            expect_log(b, "+ contoso/a\n+ contoso/b\n+ contoso/c\n");
            assert_string_equal(nth(b, 2)->raw_status, "succeeded");
        }
    }
}

static void empty_list_is_fine(void **state)
{
    struct bench *b = *state;

    script(b, "/offers?", 200, "[]");
    read_one(b, DEPTH_STATE);
    assert_int_equal(b->rc, 0);
    expect_log(b, "");
    assert_int_equal(b->net.request_count, 1);
}

/* Order. */

static void order_of_the_list_is_kept_however_answers_come(void **state)
{
    struct bench *b = *state;

    for (int last_first = 0; last_first < 2; last_first++) {
        for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STEPS; depth++) {
            renew(b);
            b->net.last_first = last_first != 0;
            script(
                b, "/offers?", 200,
                "[" OFFER("a", "succeeded") "," OFFER("b", "running") "," OFFER(
                    "c", "neverPublished") "," OFFER("d", "failed") "," OFFER("e",
                                                                              "hibernating") "]");
            fake_answer(&b->net,
                        (struct fake_answer){ .path = "/b/status?", .status = 503, .times = 2 });
            script(b, "/status?", 200, STATUS);
            script(b, "/slot/production?", 404, "");
            script(b, "/slot/preview?", 404, "");
            script(b, "/submissions/?", 200, "[]");
            read_one(b, depth);
            assert_int_equal(b->rc, 0);
            expect_log(b, "+ contoso/a\n+ contoso/b\n+ contoso/c\n+ contoso/d\n+ contoso/e\n");
        }
    }
}

static void publishers_come_in_the_order_asked_for(void **state)
{
    static const char *const publishers[] = { "zeta", "contoso", "alpha" };
    struct bench *b = *state;

    for (int last_first = 0; last_first < 2; last_first++) {
        for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STEPS; depth++) {
            renew(b);
            b->net.last_first = last_first != 0;
            script(b, "/zeta/offers?", 200,
                   "[{\"id\":\"z1\",\"status\":\"failed\"},{\"id\":\"z2\",\"status\":\"failed\"}]");
            script(b, "/contoso/offers?", 200, "[]");
            script(b, "/alpha/offers?", 200, "[{\"id\":\"a1\",\"status\":\"neverPublished\"}]");
            script(b, "/status?", 200, STATUS);
            script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
            read_publishers(b, depth, publishers, 3);
            expect_log(b, "+ zeta/z1\n+ zeta/z2\n+ alpha/a1\n");
            assert_string_equal(b->net.urls[0], ENDPOINT "/api/publishers/zeta/offers" VERSION);
            assert_string_equal(b->net.urls[1], OFFERS VERSION);
            assert_string_equal(b->net.urls[2], ENDPOINT "/api/publishers/alpha/offers" VERSION);
            assert_int_equal(fake_requests(&b->net, "/api/publishers?"), 0);
        }
    }
}

static void waiting_first_list_holds_back_the_others_offers_only(void **state)
{
    static const char *const publishers[] = { "zeta", "alpha" };
    struct bench *b = *state;

    fake_answer(&b->net,
                (struct fake_answer){
                    .path = "/zeta/offers?", .status = 503, .retry_after = "60", .times = 1 });
    script(b, "/zeta/offers?", 200, "[{\"id\":\"z\",\"status\":\"waitingForPublisherReview\"}]");
    script(b, "/alpha/offers?", 200, "[{\"id\":\"a\",\"status\":\"waitingForPublisherReview\"}]");
    script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
    read_publishers(b, DEPTH_STATE, publishers, 2);
    expect_log(b, "+ zeta/z\n+ alpha/a\n");
    /* alpha's offer was asked about before zeta's list came at last */
    assert_non_null(strstr(b->net.urls[2], "/alpha/offers/a/slot/"));
    assert_non_null(strstr(b->net.urls[3], "/zeta/offers?"));
}

static void offers_are_read_side_by_side(void **state)
{
    static const char *const want[] = {
        "/offers?",         "/a/slot/production?", "/b/slot/production?", "/c/slot/production?",
        "/a/slot/preview?", "/b/slot/preview?",    "/c/slot/preview?"
    };
    struct bench *b = *state;

    script(b, "/offers?", 200,
           "[" OFFER("a", "waitingForPublisherReview") "," OFFER(
               "b", "waitingForPublisherReview") "," OFFER("c", "waitingForPublisherReview") "]");
    script(b, "/slot/production?", 404, "");
    script(b, "/slot/preview?", 200, "{\"id\":\"o\"}");
    read_one(b, DEPTH_STATE);
    expect_log(b, "+ contoso/a\n+ contoso/b\n+ contoso/c\n");
    assert_int_equal(b->net.request_count, sizeof(want) / sizeof(want[0]));
    for (size_t i = 0; i < b->net.request_count; i++) {
        assert_non_null(strstr(b->net.urls[i], want[i]));
    }
}

/* Many offers, of which the fake transport records only the first requests. */
static void long_list_keeps_its_order(void **state)
{
    enum { COUNT = 1500 };
    static const char *const statuses[] = { "neverPublished", "failed", "running" };
    struct bench *b = *state;
    struct strbuf body = STRBUF_INIT((size_t)1024 * 1024), want = STRBUF_INIT((size_t)1024 * 1024);

    for (int i = 0; i < COUNT; i++) {
        strbuf_printf(&body, "%s{\"id\":\"o%d\",\"status\":\"%s\"}", i > 0 ? "," : "[", i,
                      statuses[i % 3]);
        strbuf_printf(&want, "+ contoso/o%d\n", i);
    }
    strbuf_puts(&body, "]");
    script(b, "/offers?", 200, strbuf_text(&body));
    script(b, "/status?", 200, STATUS);
    script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
    read_one(b, DEPTH_STATE);
    assert_int_equal(b->rc, 0);
    expect_log(b, strbuf_text(&want));
    assert_int_equal(b->progress_calls, COUNT);
    assert_int_equal(b->total, COUNT);
    strbuf_clear(&body);
    strbuf_clear(&want);
}

static void progress_ends_with_everything_done(void **state)
{
    static const char *const publishers[] = { "contoso", "alpha" };
    struct bench *b = *state;

    script(b, "/contoso/offers?", 200, "[" OFFER("a", "failed") "," OFFER("b", "failed") "]");
    script(b, "/alpha/offers?", 200, "[" OFFER("c", "failed") ",7]");
    script(b, "/a/slot/production?", 403, "");
    script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
    read_publishers(b, DEPTH_STATE, publishers, 2);
    assert_int_equal(b->progress_calls, 3);
    assert_int_equal(b->finished, 3);
    assert_int_equal(b->total, 3);
}

/* Elements and offers that fail. */

static void broken_element_among_good_ones_is_told_with_its_place(void **state)
{
    static const struct {
        const char *element, *want;
    } rows[] = {
        { "{}",
          "! contoso/- answer: offers of contoso: element [1]: expected an offer, found an object "
          "without its members\n" },
        { "7", "! contoso/- answer: offers of contoso: element [1]: expected an object, found a "
               "number\n" },
        { "null", "! contoso/- answer: offers of contoso: element [1]: expected an object, found "
                  "null\n" },
        { "{\"id\":\"x\",\"status\":9}",
          "! contoso/x answer: offers of contoso: element [1], offer "
          "x: status: expected text, found a number\n" },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
            const char *body = NULL;
            renew(b);
            body = text_of(b, "[" OFFER("a", "failed") ",%s," OFFER("c", "failed") "]",
                           rows[i].element);
            script(b, "/offers?", 200, body);
            script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
            read_one(b, depth);
            assert_int_equal(b->rc, 0);
            assert_int_equal(b->offers.count, 2);
            assert_string_equal(nth(b, 0)->id, "a");
            assert_string_equal(nth(b, 1)->id, "c");
            assert_int_equal(b->problem_calls, 1);
            if (strstr(strbuf_text(&b->log), rows[i].want) == NULL) {
                fail_msg("%s: %s", rows[i].element, strbuf_text(&b->log));
            }
        }
    }
}

static void element_that_is_not_json_is_told_with_its_place(void **state)
{
    static const char *const elements[] = {
        "{\"id\":\"b\" \"status\":1}",
        "{\"id\":007}",
        "{\"id\":\"\x01\"}",
        "{\"id\":\"\\x\"}",
        "{id:1}",
        "1 2",
        "undefined",
        "\xEF\xBB\xBF{}",
    };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++) {
        renew(b);
        script(b, "/offers?", 200,
               text_of(b, "[" OFFER("a", "failed") ",%s," OFFER("c", "failed") "]", elements[i]));
        read_one(b, DEPTH_LIST);
        assert_int_equal(b->rc, 0);
        assert_int_equal(b->offers.count, 2);
        assert_int_equal(b->problem_calls, 1);
        assert_non_null(
            strstr(strbuf_text(&b->log), "! contoso/- answer: offers of contoso: element [1]: "));
    }
}

static void lone_surrogates_and_bad_bytes_do_not_cost_an_offer(void **state)
{
    struct bench *b = *state;

    script(b, "/offers?", 200,
           "[{\"id\":\"a\",\"status\":\"failed\",\"definition\":{\"displayText\":\"x\\ud800y\"}},"
           "{\"id\":\"b\",\"status\":\"failed\",\"definition\":{\"displayText\":\"x\\u0000y\"}},"
           "{\"id\":\"c\",\"status\":\"failed\",\"definition\":{\"displayText\":\"x\xFFy\"}},"
           "{\"id\":\"d\",\"status\":\"failed\",\"version\":636576975611768314}]");
    read_one(b, DEPTH_LIST);
    assert_int_equal(b->problem_calls, 0);
    assert_int_equal(b->offers.count, 4);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(nth(b, i)->name, "x\xEF\xBF\xBDy");
    }
    assert_string_equal(nth(b, 3)->version, "636576975611768314");
}

static void many_broken_elements_are_counted_in_the_end(void **state)
{
    struct bench *b = *state;
    struct strbuf body = STRBUF_INIT(65536);

    strbuf_puts(&body, "[");
    for (int i = 0; i < 1000; i++) {
        strbuf_puts(&body, "7,");
    }
    strbuf_puts(&body, OFFER("a", "failed") "]");
    script(b, "/offers?", 200, strbuf_text(&body));
    read_one(b, DEPTH_LIST);
    assert_int_equal(b->offers.count, 1);
    assert_in_range(b->problem_calls, 2, 200);
    assert_non_null(strstr(strbuf_text(&b->log), "element [0]"));
    assert_non_null(strstr(strbuf_text(&b->log),
                           text_of(b, "%zu more", (size_t)1000 - (b->problem_calls - 1))));
    strbuf_clear(&body);
}

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
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fake_answer answer = rows[i].answer;
        char want[256];
        renew(b);
        script(b, "/offers?", 200,
               "[" OFFER("a", "running") "," OFFER("b", "running") "," OFFER("c", "running") "]");
        answer.path = "/b/status?";
        fake_answer(&b->net, answer);
        script(b, "/status?", 200, STATUS);
        script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
        read_one(b, DEPTH_STATE);
        assert_int_equal(b->rc, 0);
        snprintf(want, sizeof(want), "+ contoso/a\n! contoso/b %s", rows[i].want);
        if (strncmp(strbuf_text(&b->log), want, strlen(want)) != 0) {
            fail_msg("row %zu: found\n%sexpected\n%s", i, strbuf_text(&b->log), want);
        }
        assert_int_equal(b->offers.count, 2);
        assert_string_equal(nth(b, 1)->id, "c");
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
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        renew(b);
        script_offer(b, rows[i].status, rows[i].production, rows[i].preview, "[]", "");
        read_one(b, DEPTH_STATE);
        assert_int_equal(b->rc, 0);
        assert_int_equal(b->offers.count, 1);
        assert_string_equal(state_token(nth(b, 0)->state), rows[i].state);
        assert_int_equal(nth(b, 0)->live, LIVE_UNKNOWN);
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
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        renew(b);
        script(b, "/offers?", 200, "[" OFFER("o", "succeeded") "]");
        script(b, "/o/slot/production?", rows[i].production, "{}");
        script(b, "/o/slot/preview?", rows[i].preview, "{}");
        script(b, "/o/submissions/?", rows[i].submissions, "[]");
        read_one(b, DEPTH_STATE);
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
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        renew(b);
        script_offer(b, "succeeded", 404, 200, bodies[i], "");
        read_one(b, DEPTH_STATE);
        assert_int_equal(b->offers.count, 0);
        assert_int_equal(b->problem_calls, 1);
        assert_non_null(strstr(strbuf_text(&b->log),
                               "! contoso/o answer: offer o: submissions: element [1]: "));
    }
}

static void offer_never_published_may_lack_its_status(void **state)
{
    static const char *const statuses[] = { "neverPublished", "notStarted" };
    struct bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        renew(b);
        script(b, "/offers?", 200, text_of(b, "[" OFFER("o", "%s") "]", statuses[i]));
        script(b, "/o/status?", 404, "");
        read_one(b, DEPTH_STEPS);
        expect_log(b, "+ contoso/o\n");
        assert_int_equal(nth(b, 0)->state, STATE_NONE);
        assert_int_equal(nth(b, 0)->live, LIVE_NO);
        assert_false(nth(b, 0)->steps_known);
    }
}

static void steps_that_fail_do_not_cost_a_state_that_needs_none(void **state)
{
    struct bench *b = *state;

    script(b, "/offers?", 200, "[" OFFER("o", "failed") "]");
    script(b, "/o/slot/production?", 200, "{\"id\":\"o\"}");
    script(b, "/o/status?", 403, "");
    read_one(b, DEPTH_STEPS);
    expect_log(b, "! contoso/o auth: offer o: status: HTTP 403\n+ contoso/o\n");
    assert_int_equal(nth(b, 0)->state, STATE_FAILED);
    assert_int_equal(nth(b, 0)->live, LIVE_YES);
    assert_false(nth(b, 0)->steps_known);
}

static void status_read_twice_tells_its_notes_once(void **state)
{
    struct bench *b = *state;

    script(b, "/offers?", 200, "[" OFFER("o", "running") "]");
    script(b, "/o/slot/production?", 200, "{\"id\":\"o\"}");
    fake_answer(&b->net, (struct fake_answer){ .path = "/o/status?",
                                               .status = 200,
                                               .result = TRANSPORT_CUT,
                                               .body = "[{\"status\":\"running\",\"steps\":[" STEP(
                                                   "displaycertify", "blocked") "]},",
                                               .times = 1 });
    script(b, "/o/status?", 200,
           "[{\"status\":\"running\",\"steps\":[" STEP("displaycertify", "blocked") "]}]");
    read_one(b, DEPTH_STATE);
    expect_log(b, "+ contoso/o\n");
    assert_int_equal(nth(b, 0)->step_count, 1);
    assert_int_equal(nth(b, 0)->note_count, 1);
}

static void status_that_vanishes_on_the_second_try_is_not_the_first_one(void **state)
{
    struct bench *b = *state;

    script(b, "/offers?", 200, "[" OFFER("o", "running") "]");
    script(b, "/o/slot/production?", 200, "{\"id\":\"o\"}");
    fake_answer(&b->net, (struct fake_answer){ .path = "/o/status?",
                                               .status = 200,
                                               .result = TRANSPORT_CUT,
                                               .body = "[{\"status\":\"running\",\"steps\":[" STEP(
                                                   "displaycertify", "rejected") "]},",
                                               .times = 1 });
    script(b, "/o/status?", 200, "[]");
    read_one(b, DEPTH_STATE);
    assert_int_equal(b->offers.count, 0);
    assert_int_equal(b->problem_calls, 1);
}

static void status_that_breaks_off_to_the_end_tells_nothing(void **state)
{
    static const struct {
        enum transport_result result;
        const char *tail;
    } rows[] = { { TRANSPORT_CUT, "" }, { TRANSPORT_OK, " and more" } };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct offer *o;
        renew(b);
        script(b, "/offers?", 200, "[" OFFER("o", "failed") "]");
        script(b, "/o/slot/production?", 200, "{\"id\":\"o\"}");
        fake_answer(&b->net, (struct fake_answer){
                                 .path = "/o/status?",
                                 .status = 200,
                                 .result = rows[i].result,
                                 .body = text_of(b,
                                                 "{\"status\":\"neverPublished\",\"messages\":[{"
                                                 "\"messageHtml\":\"m\"}],\"steps\":[" STEP(
                                                     "displaycertify", "blocked") "]}%s",
                                                 rows[i].tail) });
        read_one(b, DEPTH_STEPS);
        assert_int_equal(b->problem_calls, 1);
        assert_int_equal(b->offers.count, 1);
        o = nth(b, 0);
        assert_int_equal(o->state, STATE_FAILED);
        assert_string_equal(o->raw_status, "failed");
        assert_false(o->steps_known);
        assert_int_equal(o->step_count, 0);
        assert_int_equal(o->message_count, 0);
        assert_int_equal(o->note_count, 0);
    }
}

/* Lists that fail. */

static void unknown_publisher_is_not_found_and_the_others_are_read(void **state)
{
    static const char *const publishers[] = { "contoso", "misspelt", "alpha" };
    struct bench *b = *state;

    for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
        renew(b);
        script(b, "/contoso/offers?", 200, "[" OFFER("a", "neverPublished") "]");
        fake_answer(&b->net, (struct fake_answer){ .path = "/misspelt/offers?",
                                                   .status = 404,
                                                   .request_id = "id-5" });
        script(b, "/alpha/offers?", 200, "[{\"id\":\"c\",\"status\":\"neverPublished\"}]");
        read_publishers(b, depth, publishers, 3);
        assert_int_equal(b->rc, 0);
        assert_int_equal(b->offers.count, 2);
        assert_int_equal(b->problem_calls, 1);
        assert_non_null(strstr(strbuf_text(&b->log),
                               "! misspelt/- not_found: no publisher \"misspelt\": HTTP 404\n"));
        assert_string_equal(b->request_id, "id-5");
        assert_int_equal(fake_requests(&b->net, "misspelt"), 1);
    }
}

static void list_that_cannot_be_had_is_told(void **state)
{
    static const struct {
        struct fake_answer answer;
        const char *want;
        size_t requests;
    } rows[] = {
        { { .status = 401 }, "! contoso/- auth: offers of contoso: HTTP 401\n", 1 },
        { { .status = 403,
            .body = "{\"error\":{\"code\":\"Forbidden\",\"message\":\"No user of it\"}}" },
          "! contoso/- auth: offers of contoso: HTTP 403: Forbidden: No user of it\n",
          1 },
        { { .status = 400 }, "! contoso/- answer: offers of contoso: HTTP 400\n", 1 },
        { { .status = 503 }, "! contoso/- service: offers of contoso: HTTP 503 (5 tries in ", 5 },
        { { .result = TRANSPORT_CONNECT },
          "! contoso/- service: offers of contoso: scripted failure (5 tries in ",
          5 },
        { { .result = TRANSPORT_TLS },
          "! contoso/- service: offers of contoso: no secure connection: ",
          1 },
        { { .status = 200, .body = "<html>Sign in</html>" },
          "! contoso/- answer: offers of contoso: expected JSON, found HTML",
          1 },
        { { .status = 200, .body = "" },
          "! contoso/- answer: offers of contoso: the answer is empty\n",
          1 },
        { { .status = 200, .body = "\xEF\xBB\xBF" },
          "! contoso/- answer: offers of contoso: the answer is empty\n",
          1 },
        { { .status = 200, .body = "null" }, "! contoso/- answer: offers of contoso: ", 1 },
        { { .status = 302, .location = "https://login.example/" },
          "! contoso/- answer: offers of contoso: HTTP 302: points to another origin",
          1 },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
            struct fake_answer answer = rows[i].answer;
            renew(b);
            answer.path = "/offers?";
            fake_answer(&b->net, answer);
            read_one(b, depth);
            assert_int_equal(b->rc, 0);
            assert_int_equal(b->offers.count, 0);
            assert_int_equal(b->net.request_count, rows[i].requests);
            if (strncmp(strbuf_text(&b->log), rows[i].want, strlen(rows[i].want)) != 0) {
                fail_msg("row %zu: found\n%sexpected\n%s", i, strbuf_text(&b->log), rows[i].want);
            }
        }
    }
}

static void list_that_breaks_off_is_taken_back_and_read_again(void **state)
{
    struct bench *b = *state;

    fake_answer(&b->net, (struct fake_answer){ .path = "/offers?",
                                               .status = 200,
                                               .result = TRANSPORT_CUT,
                                               .body = "[" OFFER("a", "failed") ",7," OFFER(
                                                   "b", "failed") ",{\"id\":",
                                               .times = 2 });
    script(b, "/offers?", 200,
           "[" OFFER("a", "failed") "," OFFER("b", "failed") "," OFFER("c", "failed") "]");
    read_one(b, DEPTH_LIST);
    assert_int_equal(b->rc, 0);
    expect_log(b, "+ contoso/a\n+ contoso/b\nforget\n+ contoso/a\n+ contoso/b\nforget\n"
                  "+ contoso/a\n+ contoso/b\n+ contoso/c\n");
    assert_int_equal(b->offers.count, 3);
}

static void list_that_breaks_off_after_lines_were_written_is_not_read_again(void **state)
{
    struct bench *b = *state;

    b->written = true;
    fake_answer(&b->net,
                (struct fake_answer){ .path = "/offers?",
                                      .status = 200,
                                      .result = TRANSPORT_CUT,
                                      .body = "[" OFFER("a", "failed") "," OFFER("b", "fail") });
    read_one(b, DEPTH_LIST);
    assert_int_equal(b->rc, 0);
    assert_int_equal(b->net.request_count, 1);
    assert_int_equal(b->problem_calls, 1);
    assert_memory_equal(strbuf_text(&b->log), "+ contoso/a\nforget\n! contoso/- answer: ", 38);
    assert_non_null(strstr(strbuf_text(&b->log), "broke off"));
}

static void list_that_breaks_off_before_anything_was_given_is_read_again(void **state)
{
    struct bench *b = *state;

    b->written = true; /* nothing was, so it is not even asked */
    fake_answer(&b->net, (struct fake_answer){ .path = "/offers?",
                                               .status = 200,
                                               .result = TRANSPORT_CUT,
                                               .body = "[{\"id\":",
                                               .times = 1 });
    script(b, "/offers?", 200, "[" OFFER("a", "failed") "]");
    read_one(b, DEPTH_LIST);
    expect_log(b, "+ contoso/a\n");
}

static void list_that_never_comes_whole_gives_what_came(void **state)
{
    static const struct {
        enum transport_result result;
        size_t requests;
        const char *want;
    } rows[] = {
        { TRANSPORT_CUT, 5, "answer: offers of contoso: the answer broke off after " },
        { TRANSPORT_TIMEOUT, 5, "service: offers of contoso: " },
        { TRANSPORT_OK, 1, "answer: offers of contoso: the answer ends in the middle, after 1 " },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STEPS; depth++) {
            renew(b);
            fake_answer(&b->net, (struct fake_answer){ .path = "/offers?",
                                                       .status = 200,
                                                       .result = rows[i].result,
                                                       .body = "[" OFFER("a", "failed") ",7" });
            script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
            script(b, "/status?", 200, "{\"status\":\"failed\",\"steps\":[]}");
            read_one(b, depth);
            assert_int_equal(b->rc, 0);
            assert_int_equal(b->offers.count, 1);
            assert_string_equal(nth(b, 0)->id, "a");
            assert_int_equal(b->problem_calls, 1);
            assert_int_equal(fake_requests(&b->net, "/offers?"), rows[i].requests);
            if (strstr(strbuf_text(&b->log), rows[i].want) == NULL) {
                fail_msg("row %zu, depth %d: %s", i, (int)depth, strbuf_text(&b->log));
            }
        }
    }
}

static void broken_list_asks_nothing_about_its_offers(void **state)
{
    struct bench *b = *state;

    fake_answer(&b->net,
                (struct fake_answer){ .path = "/offers?",
                                      .status = 200,
                                      .result = TRANSPORT_CUT,
                                      .body = "[" OFFER("a", "waitingForPublisherReview") "," OFFER(
                                          "b", "waitingForPublisherReview") ",",
                                      .times = 1 });
    script(b, "/offers?", 200, "[" OFFER("b", "waitingForPublisherReview") "]");
    script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
    read_one(b, DEPTH_STATE);
    expect_log(b, "+ contoso/b\n");
    assert_int_equal(b->net.request_count, 3);
    assert_int_equal(b->total, 1);
}

static void second_list_that_breaks_off_costs_the_first_nothing(void **state)
{
    static const char *const publishers[] = { "contoso", "alpha" };
    struct bench *b = *state;

    for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STEPS; depth++) {
        renew(b);
        script(b, "/contoso/offers?", 200, "[" OFFER("a", "failed") "]");
        fake_answer(&b->net, (struct fake_answer){ .path = "/alpha/offers?",
                                                   .status = 200,
                                                   .result = TRANSPORT_CUT,
                                                   .body = "[{\"id\":\"x\"},{" });
        script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
        script(b, "/status?", 200, STATUS);
        read_publishers(b, depth, publishers, 2);
        assert_int_equal(b->rc, 0);
        assert_int_equal(b->offers.count, 2); /* x had come whole */
        assert_int_equal(b->problem_calls, 1);
        assert_null(strstr(strbuf_text(&b->log), "forget"));
        assert_non_null(strstr(strbuf_text(&b->log), "! alpha/- answer: offers of alpha: "));
    }
}

static void element_over_its_limit_ends_the_list(void **state)
{
    const size_t size = (size_t)1024 * 1024;
    struct bench *b = *state;
    char *body = calloc(1, size + 256);

    assert_non_null(body);
    strcpy(body, "[" OFFER("a", "failed") ",{\"id\":\"");
    memset(body + strlen(body), 'x', size);
    strcat(body, "\"}]");
    fake_answer(&b->net, (struct fake_answer){
                             .path = "/offers?", .status = 200, .body = body, .piece = 16384 });
    script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
    script(b, "/status?", 200, "{\"status\":\"failed\",\"steps\":[]}");
    read_one(b, DEPTH_STATE);
    assert_int_equal(b->rc, 0);
    expect_log(b, "! contoso/- answer: offers of contoso: element [1] is larger than 1024 KiB\n"
                  "+ contoso/a\n");
    assert_int_equal(fake_requests(&b->net, "/offers?"), 1);
    free(body);
}

/* The account's publishers. */

static void without_a_publisher_those_of_the_account_are_read(void **state)
{
    struct bench *b = *state;

    for (int last_first = 0; last_first < 2; last_first++) {
        renew(b);
        b->net.last_first = last_first != 0;
        script(b, "/api/publishers?", 200, "[{\"id\":\"zeta\"},{\"id\":\"alpha\"}]");
        script(b, "/zeta/offers?", 200,
               "[{\"id\":\"z\",\"status\":\"waitingForPublisherReview\"}]");
        script(b, "/alpha/offers?", 200,
               "[{\"id\":\"a\",\"status\":\"waitingForPublisherReview\"}]");
        script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
        read_publishers(b, DEPTH_STATE, NULL, 0);
        assert_int_equal(b->rc, 0);
        expect_log(b, "+ zeta/z\n+ alpha/a\n");
        assert_int_equal(b->net.request_count, 5);
        assert_string_equal(b->net.urls[0], ENDPOINT "/api/publishers" VERSION);
    }
}

static void account_without_publishers_gives_nothing(void **state)
{
    struct bench *b = *state;

    script(b, "/api/publishers?", 200, "[]");
    read_publishers(b, DEPTH_STATE, NULL, 0);
    assert_int_equal(b->rc, 0);
    expect_log(b, "");
    assert_int_equal(b->net.request_count, 1);
}

static void account_that_may_not_list_publishers_is_told(void **state)
{
    struct bench *b = *state;

    fake_answer(&b->net, (struct fake_answer){
                             .path = "/api/publishers?", .status = 403, .request_id = "id-6" });
    read_publishers(b, DEPTH_STATE, NULL, 0);
    assert_int_equal(b->rc, 0);
    expect_log(b, "! -/- auth: publishers of this account: HTTP 403\n");
    assert_string_equal(b->request_id, "id-6");
}

static void broken_publisher_costs_its_own_offers_only(void **state)
{
    struct bench *b = *state;

    script(b, "/api/publishers?", 200, "[{},{\"id\":\"alpha\"}]");
    script(b, "/alpha/offers?", 200, "[{\"id\":\"a\",\"status\":\"neverPublished\"}]");
    read_publishers(b, DEPTH_STATE, NULL, 0);
    expect_log(
        b,
        "! -/- answer: publishers: element [0]: expected a publisher, found an object without its "
        "members\n+ alpha/a\n");
}

/* Selection. */

static void only_selected_offers_are_asked_about(void **state)
{
    static const struct {
        enum select_mode mode;
        const char *argument, *want;
    } rows[] = {
        { SELECT_EXACT, "vm-1", "+ contoso/vm-1\n" },
        { SELECT_EXACT, "VM-1", "+ contoso/vm-1\n" },
        { SELECT_EXACT, "contoso/vm-2", "+ contoso/vm-2\n" },
        { SELECT_EXACT, "other/vm-2", "" },
        { SELECT_EXACT, "vm-*", "+ contoso/vm-1\n+ contoso/vm-2\n" },
        { SELECT_EXACT, "vm", "" },
        { SELECT_PATTERN, "vm", "+ contoso/vm-1\n+ contoso/vm-2\n" },
        { SELECT_EXACT, "Second machine", "+ contoso/vm-2\n" },
        { SELECT_EXACT, "no such", "" },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
            size_t offers = strlen(rows[i].want) / strlen("+ contoso/vm-1\n");
            renew(b);
            choose(b, rows[i].mode, &rows[i].argument, 1);
            script(b, "/offers?", 200,
                   "[" NAMED("vm-1", "First machine") "," NAMED("vm-2", "Second machine") "," NAMED(
                       "app", "App") "]");
            script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
            read_one(b, depth);
            expect_log(b, rows[i].want);
            assert_int_equal(b->net.request_count, depth == DEPTH_LIST ? 1 : 1 + offers);
            assert_int_equal(b->total, depth == DEPTH_LIST ? b->total : offers);
        }
    }
}

static void offer_selected_by_name_keeps_its_place(void **state)
{
    static const char *const arguments[] = { "c", "The B", "a" };
    struct bench *b = *state;

    for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
        renew(b);
        choose(b, SELECT_EXACT, arguments, 3);
        script(b, "/offers?", 200,
               "[" NAMED("a", "The A") "," NAMED("b", "The B") "," NAMED("c", "The C") "]");
        script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
        read_one(b, depth);
        expect_log(b, "+ contoso/a\n+ contoso/b\n+ contoso/c\n");
    }
}

static void name_that_is_not_unique_selects_nothing(void **state)
{
    static const char *const publishers[] = { "contoso", "alpha" };
    static const char *const argument[] = { "Machine" };
    struct bench *b = *state;

    for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
        struct error missing = ERROR_INIT;
        renew(b);
        choose(b, SELECT_EXACT, argument, 1);
        script(b, "/contoso/offers?", 200, "[" NAMED("a", "Machine") "]");
        script(b, "/alpha/offers?", 200, "[" NAMED("a", "machine") "," NAMED("b", "Other") "]");
        read_publishers(b, depth, publishers, 2);
        expect_log(b, "");
        assert_int_equal(b->net.request_count, 2);
        assert_true(selection_missing(&b->selection, 0, &missing));
        assert_int_equal(missing.code, ERR_NOT_FOUND);
    }
}

static void name_is_as_unique_in_a_list_that_is_read_again(void **state)
{
    static const char *const argument[] = { "Machine" };
    struct bench *b = *state;

    for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
        struct error missing = ERROR_INIT;
        renew(b);
        choose(b, SELECT_EXACT, argument, 1);
        fake_answer(&b->net, (struct fake_answer){ .path = "/offers?",
                                                   .status = 200,
                                                   .result = TRANSPORT_CUT,
                                                   .body = "[" NAMED("a", "Machine") ",",
                                                   .times = 1 });
        script(b, "/offers?", 200, "[" NAMED("a", "Machine") "]");
        script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
        read_one(b, depth);
        expect_log(b, "+ contoso/a\n");
        assert_false(selection_missing(&b->selection, 0, &missing));
    }
}

static void name_is_decided_when_every_list_was_read(void **state)
{
    static const char *const publishers[] = { "contoso", "alpha", "misspelt" };
    static const char *const argument[] = { "Machine" };
    struct bench *b = *state;

    for (int last_first = 0; last_first < 2; last_first++) {
        for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
            renew(b);
            b->net.last_first = last_first != 0;
            choose(b, SELECT_EXACT, argument, 1);
            script(b, "/contoso/offers?", 200, "[" NAMED("a", "Other") "]");
            script(b, "/alpha/offers?", 200, "[" NAMED("b", "Machine") "," NAMED("c", "x") "]");
            script(b, "/misspelt/offers?", 404, "");
            script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
            read_publishers(b, depth, publishers, 3);
            assert_int_equal(b->offers.count, 1);
            assert_string_equal(nth(b, 0)->id, "b");
            assert_int_equal(b->problem_calls, 1);
            assert_int_equal(fake_requests(&b->net, "/slot/"), depth == DEPTH_LIST ? 0 : 1);
        }
    }
}

static void id_wins_over_the_name_of_another_offer(void **state)
{
    static const char *const argument[] = { "machine" };
    struct bench *b = *state;

    for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STATE; depth++) {
        renew(b);
        choose(b, SELECT_EXACT, argument, 1);
        script(b, "/offers?", 200, "[" NAMED("a", "Machine") "," NAMED("machine", "Other") "]");
        script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
        read_one(b, depth);
        expect_log(b, "+ contoso/machine\n");
    }
}

/* The end of a read. */

static void sink_that_fails_ends_the_read(void **state)
{
    static const char *const publishers[] = { "contoso", "alpha" };
    struct bench *b = *state;

    for (enum read_depth depth = DEPTH_LIST; depth <= DEPTH_STEPS; depth++) {
        renew(b);
        b->fail_offer = 2;
        script(b, "/contoso/offers?", 200,
               "[" OFFER("a", "failed") "," OFFER("b", "failed") "," OFFER("c", "failed") "]");
        script(b, "/alpha/offers?", 200, "[{\"id\":\"z\",\"status\":\"failed\"}]");
        script(b, "/status?", 200, STATUS);
        script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
        read_publishers(b, depth, publishers, 2);
        assert_int_equal(b->rc, -1);
        assert_int_equal(b->err.code, ERR_OUTPUT);
        assert_non_null(strstr(b->err.text, "stdout is full"));
        assert_int_equal(b->offer_calls, 2);
        assert_int_equal(b->problem_calls, 0);
    }
}

static void sink_that_fails_on_a_problem_ends_the_read(void **state)
{
    static const struct {
        const char *list, *account;
    } rows[] = {
        { "[7,8," OFFER("a", "failed") "]", "[{\"id\":\"contoso\"}]" },
        { "[" OFFER("a", "running") "," OFFER("b", "failed") "]", "[{\"id\":\"contoso\"}]" },
        { "null", "[{\"id\":\"contoso\"}]" },
        { "[]", "[{},{},{\"id\":\"contoso\"}]" },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        renew(b);
        b->fail_problem = 1;
        script(b, "/api/publishers?", 200, rows[i].account);
        script(b, "/offers?", 200, rows[i].list);
        script(b, "/status?", 403, "");
        script(b, "/slot/production?", 200, "{\"id\":\"o\"}");
        read_publishers(b, DEPTH_STATE, NULL, 0);
        assert_int_equal(b->rc, -1);
        assert_int_equal(b->err.code, ERR_OUTPUT);
        assert_string_equal(b->err.text, "stderr is full");
        assert_int_equal(b->problem_calls, 1);
        assert_int_equal(b->offer_calls, 0);
    }
}

static void memory_that_ran_out_ends_the_read(void **state)
{
    static const char *const paths[] = { "/api/publishers?", "/offers?", "/status?", "/slot/" };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        renew(b);
        fake_answer(&b->net, (struct fake_answer){ .path = paths[i], .result = TRANSPORT_MEMORY });
        script(b, "/api/publishers?", 200, "[{\"id\":\"contoso\"}]");
        script(b, "/offers?", 200, "[" OFFER("a", "running") "]");
        script(b, "/status?", 200, STATUS);
        script(b, "/slot/", 200, "{\"id\":\"o\"}");
        read_publishers(b, DEPTH_STATE, NULL, 0);
        assert_int_equal(b->rc, -1);
        assert_int_equal(b->err.code, ERR_MEMORY);
        assert_int_equal(b->problem_calls, 0);
    }
}

/* A transport whose n-th request cannot be queued. */
static int (*real_start)(struct transport *, const struct transport_request *, struct error *);
static size_t starts_left;

static int start_some(struct transport *t, const struct transport_request *r, struct error *err)
{
    return starts_left-- > 0 ? real_start(t, r, err) : error_set(err, ERR_MEMORY, "cannot queue");
}

static void request_that_cannot_be_queued_ends_the_read(void **state)
{
    static const char *const publishers[] = { "contoso", "alpha" };
    struct bench *b = *state;

    /* two lists; a first offer of theirs, which needs two requests; a second one */
    for (size_t good = 0; good < 6; good++) {
        for (size_t named = 0; named < 2; named++) {
            renew(b);
            real_start = b->net.base.start;
            starts_left = good;
            b->net.base.start = start_some;
            script(b, "/api/publishers?", 200, "[{\"id\":\"contoso\"},{\"id\":\"alpha\"}]");
            script(b, "/offers?", 200, "[" OFFER("a", "running") "," OFFER("b", "running") "]");
            script(b, "/status?", 200, STATUS);
            script(b, "/slot/", 404, "{}");
            read_publishers(b, DEPTH_STATE, publishers, named == 0 ? 0 : 2);
            assert_int_equal(b->rc, -1);
            assert_int_equal(b->err.code, ERR_MEMORY);
            assert_string_equal(b->err.text, "cannot queue");
        }
    }
}

static int (*real_run)(struct transport *, struct error *);

static int run_badly(struct transport *t, struct error *err)
{
    real_run(t, err);
    return error_set(err, ERR_BUG, "the loop broke");
}

static void loop_that_fails_ends_the_read(void **state)
{
    static const char *const contoso[] = { "contoso" };
    struct bench *b = *state;

    for (size_t named = 0; named < 2; named++) {
        renew(b);
        real_run = b->net.base.run;
        b->net.base.run = run_badly;
        script(b, "/api/publishers?", 200, "[]");
        script(b, "/offers?", 200, "[]");
        read_publishers(b, DEPTH_STATE, contoso, named);
        assert_int_equal(b->rc, -1);
        assert_int_equal(b->err.code, ERR_BUG);
    }
}

/* Opening. */

static void apis_and_their_endpoints_are_known(void **state)
{
    (void)state;
    assert_string_equal(portal_api_name(0), "cpp");
    assert_string_equal(portal_default_endpoint("cpp"), "https://cloudpartner.azure.com");
    assert_null(portal_default_endpoint("nonsense"));
    for (size_t i = 0; portal_api_name(i) != NULL; i++) {
        assert_non_null(portal_default_endpoint(portal_api_name(i)));
        assert_true(i < 10);
    }
}

static void default_endpoint_is_used_when_none_is_given(void **state)
{
    struct bench *b = *state;
    const struct portal_options options = { .api = "cpp", .transport = &b->net.base };
    struct report report = REPORT_INIT;
    struct portal *portal = NULL;

    script(b, "/api/publishers?", 200, "[]");
    assert_int_equal(portal_open(&options, &portal, &b->err), 0);
    assert_int_equal(portal_publishers(portal, &report, &b->err), 0);
    assert_string_equal(b->net.urls[0], "https://cloudpartner.azure.com/api/publishers" VERSION);
    portal_close(portal);
    portal_close(NULL);
    report_clear(&report);
}

static void portal_that_cannot_be_opened_is_a_usage_error(void **state)
{
    static const struct {
        const char *api, *endpoint;
    } rows[] = {
        { "nonsense", NULL },
        { "CPP", NULL },
        { "cpp", "http://cloudpartner.azure.com" },
        { "cpp", "not an address" },
        { "cpp", "https://user:word@cloudpartner.azure.com" },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct portal_options options = { .api = rows[i].api,
                                                .endpoint = rows[i].endpoint,
                                                .transport = &b->net.base };
        struct portal *portal = NULL;
        assert_int_equal(portal_open(&options, &portal, &b->err), -1);
        assert_int_equal(b->err.code, ERR_USAGE);
        assert_null(portal);
        assert_int_equal(b->net.request_count, 0);
    }
}

static void endpoint_can_be_checked_beforehand(void **state)
{
    struct error err = ERROR_INIT;
    bool loopback = false;

    (void)state;
    assert_int_equal(portal_check_endpoint("http://127.0.0.1:8080", &loopback, &err), 0);
    assert_true(loopback);
    assert_int_equal(portal_check_endpoint("https://portal.example/x/", &loopback, &err), 0);
    assert_false(loopback);
    assert_int_equal(portal_check_endpoint("http://portal.example", &loopback, &err), -1);
    assert_int_equal(err.code, ERR_USAGE);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

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
        CASE(quick_read_is_one_request_and_provisional),
        CASE(list_is_read_wherever_the_network_cuts_it),
        CASE(empty_list_is_fine),
        CASE(order_of_the_list_is_kept_however_answers_come),
        CASE(publishers_come_in_the_order_asked_for),
        CASE(waiting_first_list_holds_back_the_others_offers_only),
        CASE(offers_are_read_side_by_side),
        CASE(long_list_keeps_its_order),
        CASE(progress_ends_with_everything_done),
        CASE(broken_element_among_good_ones_is_told_with_its_place),
        CASE(element_that_is_not_json_is_told_with_its_place),
        CASE(lone_surrogates_and_bad_bytes_do_not_cost_an_offer),
        CASE(many_broken_elements_are_counted_in_the_end),
        CASE(one_failing_status_of_many_costs_that_offer_only),
        CASE(failing_slot_leaves_the_state_and_costs_live),
        CASE(offer_whose_state_rests_on_a_failed_request_has_none),
        CASE(broken_submission_is_told_with_its_place),
        CASE(offer_never_published_may_lack_its_status),
        CASE(steps_that_fail_do_not_cost_a_state_that_needs_none),
        CASE(status_read_twice_tells_its_notes_once),
        CASE(status_that_vanishes_on_the_second_try_is_not_the_first_one),
        CASE(status_that_breaks_off_to_the_end_tells_nothing),
        CASE(unknown_publisher_is_not_found_and_the_others_are_read),
        CASE(list_that_cannot_be_had_is_told),
        CASE(list_that_breaks_off_is_taken_back_and_read_again),
        CASE(list_that_breaks_off_after_lines_were_written_is_not_read_again),
        CASE(list_that_breaks_off_before_anything_was_given_is_read_again),
        CASE(list_that_never_comes_whole_gives_what_came),
        CASE(broken_list_asks_nothing_about_its_offers),
        CASE(second_list_that_breaks_off_costs_the_first_nothing),
        CASE(element_over_its_limit_ends_the_list),
        CASE(without_a_publisher_those_of_the_account_are_read),
        CASE(account_without_publishers_gives_nothing),
        CASE(account_that_may_not_list_publishers_is_told),
        CASE(broken_publisher_costs_its_own_offers_only),
        CASE(only_selected_offers_are_asked_about),
        CASE(offer_selected_by_name_keeps_its_place),
        CASE(name_that_is_not_unique_selects_nothing),
        CASE(name_is_as_unique_in_a_list_that_is_read_again),
        CASE(name_is_decided_when_every_list_was_read),
        CASE(id_wins_over_the_name_of_another_offer),
        CASE(sink_that_fails_ends_the_read),
        CASE(sink_that_fails_on_a_problem_ends_the_read),
        CASE(memory_that_ran_out_ends_the_read),
        CASE(request_that_cannot_be_queued_ends_the_read),
        CASE(loop_that_fails_ends_the_read),
        CASE(apis_and_their_endpoints_are_known),
        CASE(default_endpoint_is_used_when_none_is_given),
        CASE(portal_that_cannot_be_opened_is_a_usage_error),
        CASE(endpoint_can_be_checked_beforehand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

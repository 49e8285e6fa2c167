/* test_recorded.c - what of an offer is recorded, and what counts as a change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/recorded.h"

#define RUNNING(...) ((struct recorded_span){ .state = STATE_IN_PROGRESS, __VA_ARGS__ })

static void a_span_has_the_present_step(void **state)
{
    static const struct step steps[] = {
        { .id = "one",
          .name = "One",
          .status = STEP_COMPLETE,
          .started_at = "2026-01-01T00:00:00Z" },
        { .id = "two",
          .name = "Two",
          .status = STEP_IN_PROGRESS,
          .started_at = "2026-01-02T00:00:00Z" },
        { .id = "three", .status = STEP_NOT_STARTED },
    };
    const struct offer o = { .state = STATE_IN_PROGRESS,
                             .changed_at = "2026-01-03T00:00:00Z",
                             .steps = steps,
                             .step_count = 3 };
    struct recorded_span span;

    (void)state;
    recorded_span_of(&o, &span);
    assert_int_equal(span.step_index, 2);
    assert_int_equal(span.step_total, 3);
    assert_string_equal(span.step_id, "two");
    assert_int_equal(span.step_status, STEP_IN_PROGRESS);
    assert_string_equal(span.since, "2026-01-02T00:00:00Z");
}

static void a_span_without_steps_is_of_the_offers_change(void **state)
{
    const struct offer o = { .state = STATE_NONE, .changed_at = "2026-01-03T00:00:00Z" };
    struct recorded_span span;

    (void)state;
    recorded_span_of(&o, &span);
    assert_int_equal(span.step_index, 0);
    assert_string_equal(span.since, "2026-01-03T00:00:00Z");
}

static void what_is_not_asked_does_not_change(void **state)
{
    const struct recorded_span before =
        RUNNING(.live = LIVE_YES, .submission = "7", .version = "3", .step_id = "a",
                .step_index = 1, .step_total = 4, .step_status = STEP_IN_PROGRESS);
    struct recorded_span now = RUNNING(.live = LIVE_UNKNOWN);

    (void)state;
    recorded_carry_over(&before, &now);
    assert_int_equal(recorded_differs(&before, &now), 0);
    assert_string_equal(now.submission, "7");
    assert_string_equal(now.step_id, "a");
    assert_int_equal(now.step_total, 4);
}

static void another_state_has_no_step_and_submission_of_the_one_before(void **state)
{
    const struct recorded_span before = RUNNING(.live = LIVE_NO, .submission = "7", .version = "3",
                                                .step_id = "a", .step_index = 1);
    struct recorded_span now = { .state = STATE_NONE, .live = LIVE_UNKNOWN };

    (void)state;
    recorded_carry_over(&before, &now);
    assert_int_equal(now.live, LIVE_NO);
    assert_string_equal(now.version, "3");
    assert_null(now.submission);
    assert_int_equal(now.step_index, 0);
}

static void another_submission_has_no_step_of_the_one_before(void **state)
{
    const struct recorded_span before = RUNNING(.submission = "7", .step_id = "a", .step_index = 1);
    struct recorded_span now = RUNNING(.submission = "8");

    (void)state;
    recorded_carry_over(&before, &now);
    assert_int_equal(now.step_index, 0);
    assert_int_equal(recorded_differs(&before, &now), RECORDED_SUBMISSION | RECORDED_STEP);
}

/* The Cloud Partner Portal API numbers no submissions: the version alone tells a new publish. */
static void a_new_version_has_no_step_of_the_one_before(void **state)
{
    const struct recorded_span before =
        RUNNING(.submission = "7", .version = "3", .step_id = "a", .step_index = 5, .step_total = 9,
                .step_status = STEP_IN_PROGRESS);
    struct recorded_span now = RUNNING(.version = "4");

    (void)state;
    recorded_carry_over(&before, &now);
    assert_string_equal(now.version, "4");
    assert_null(now.submission);
    assert_null(now.step_id);
    assert_int_equal(now.step_index, 0);
    assert_int_equal(now.step_total, 0);
}

static void each_member_is_a_change_of_its_own(void **state)
{
    const struct recorded_span before =
        RUNNING(.live = LIVE_YES, .submission = "7", .version = "3", .step_id = "a",
                .step_index = 1, .step_status = STEP_IN_PROGRESS, .raw_status = "running",
                .since = "2026-01-01T00:00:00Z");
    struct recorded_span now = before;

    (void)state;
    assert_int_equal(recorded_differs(&before, &now), 0);
    now.state = STATE_FAILED;
    assert_int_equal(recorded_differs(&before, &now), RECORDED_STATE);
    now = before;
    now.live = LIVE_NO;
    assert_int_equal(recorded_differs(&before, &now), RECORDED_LIVE);
    now = before;
    now.submission = "8";
    assert_int_equal(recorded_differs(&before, &now), RECORDED_SUBMISSION);
    now = before;
    now.version = "4";
    assert_int_equal(recorded_differs(&before, &now), RECORDED_VERSION);
    now = before;
    now.step_status = STEP_BLOCKED;
    assert_int_equal(recorded_differs(&before, &now), RECORDED_STEP);
    now = before;
    now.step_id = "b";
    assert_int_equal(recorded_differs(&before, &now), RECORDED_STEP);
    now = before;
    now.step_index = 2; /* another step was put before it: it stands at the same one */
    assert_int_equal(recorded_differs(&before, &now), 0);
    now = before;
    now.raw_status = "inProgress";
    now.since = NULL;
    assert_int_equal(recorded_differs(&before, &now), 0);
}

static void steps_without_an_id_are_told_by_their_place(void **state)
{
    const struct recorded_span before = RUNNING(.step_index = 1);
    const struct recorded_span now = RUNNING(.step_index = 2);

    (void)state;
    assert_int_equal(recorded_differs(&before, &now), RECORDED_STEP);
}

/* before, now, whether the publish is gone without a word */
static void a_publish_that_is_gone(void **state)
{
    static const struct {
        const char *what;
        struct recorded_span before, now;
        bool forgotten;
    } facts[] = {
        { "nothing is in the marketplace: nothing has gone there",
          { .state = STATE_IN_PROGRESS, .submission = "7" },
          { .state = STATE_NONE, .live = LIVE_NO },
          true },
        { "it waited for its publisher",
          { .state = STATE_PENDING_SIGNOFF, .live = LIVE_PREVIEW },
          { .state = STATE_NONE, .live = LIVE_NO },
          true },
        { "an older submission is live again",
          { .state = STATE_IN_PROGRESS, .live = LIVE_YES, .submission = "10" },
          { .state = STATE_NONE, .live = LIVE_YES, .submission = "9" },
          true },
        { "it went live",
          { .state = STATE_IN_PROGRESS, .live = LIVE_NO, .submission = "10" },
          { .state = STATE_NONE, .live = LIVE_YES, .submission = "9" },
          false },
        { "its own submission is live",
          { .state = STATE_IN_PROGRESS, .live = LIVE_YES, .submission = "10" },
          { .state = STATE_NONE, .live = LIVE_YES, .submission = "10" },
          false },
        { "a newer one is",
          { .state = STATE_IN_PROGRESS, .live = LIVE_YES, .submission = "9" },
          { .state = STATE_NONE, .live = LIVE_YES, .submission = "10" },
          false },
        { "no numbers say which is live",
          { .state = STATE_IN_PROGRESS, .live = LIVE_YES },
          { .state = STATE_NONE, .live = LIVE_YES },
          false },
        { "ids that are no numbers have no order",
          { .state = STATE_IN_PROGRESS, .live = LIVE_YES, .submission = "b" },
          { .state = STATE_NONE, .live = LIVE_YES, .submission = "a" },
          false },
        { "presence was not asked",
          { .state = STATE_IN_PROGRESS },
          { .state = STATE_NONE, .live = LIVE_UNKNOWN },
          false },
        { "it failed, and the service says so",
          { .state = STATE_IN_PROGRESS },
          { .state = STATE_FAILED, .live = LIVE_NO },
          false },
        { "it was canceled, and the service says so",
          { .state = STATE_IN_PROGRESS },
          { .state = STATE_CANCELED, .live = LIVE_NO },
          false },
        { "it had failed before it was gone",
          { .state = STATE_FAILED, .submission = "7" },
          { .state = STATE_NONE, .live = LIVE_NO },
          false },
        { "it goes on",
          { .state = STATE_IN_PROGRESS },
          { .state = STATE_PENDING_SIGNOFF, .live = LIVE_NO },
          false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        if (recorded_is_forgotten(&facts[i].before, &facts[i].now) != facts[i].forgotten) {
            fail_msg("%s", facts[i].what);
        }
    }
}

static void a_change_is_repeated_where_another_api_had_it_since(void **state)
{
    struct recorded_change c = {
        .before = { .state = STATE_IN_PROGRESS, .live = LIVE_NO, .first_seen_ms = 10 },
        .after = { .state = STATE_FAILED, .live = LIVE_NO, .first_seen_ms = 30 },
        .members = RECORDED_STATE
    };
    struct recorded_span other = { .state = STATE_FAILED,
                                   .live = LIVE_YES, /* which is another matter */
                                   .first_seen_ms = 20 };

    (void)state;
    assert_true(recorded_is_repeated(&c, &other));
    other.first_seen_ms = 10; /* it failed once before, and this API has found it running since */
    assert_false(recorded_is_repeated(&c, &other));
    other.first_seen_ms = 20;
    other.state = STATE_NONE;
    assert_false(recorded_is_repeated(&c, &other));
    other.state = STATE_FAILED;
    other.gone = true;
    assert_false(recorded_is_repeated(&c, &other));
    c.after.gone = true;
    assert_true(recorded_is_repeated(&c, &other));
    other.gone = false;
    assert_false(recorded_is_repeated(&c, &other));
}

static void unknown_is_neither_under_way_nor_over(void **state)
{
    (void)state;
    assert_false(recorded_is_under_way(STATE_UNKNOWN));
    assert_false(recorded_is_over(STATE_UNKNOWN));
    assert_true(recorded_is_under_way(STATE_IN_PROGRESS));
    assert_true(recorded_is_under_way(STATE_PENDING_SIGNOFF));
    assert_true(recorded_is_over(STATE_NONE));
    assert_true(recorded_is_over(STATE_FAILED));
    assert_true(recorded_is_over(STATE_CANCELED));
    assert_true(recorded_is_over(STATE_DELISTED));
}

static void steps_begin_and_end(void **state)
{
    (void)state;
    assert_false(recorded_step_begun(STEP_NOT_STARTED));
    assert_false(recorded_step_begun(STEP_UNKNOWN));
    assert_true(recorded_step_begun(STEP_BLOCKED));
    assert_true(recorded_step_begun(STEP_COMPLETE));
    assert_false(recorded_step_ended(STEP_BLOCKED));
    assert_false(recorded_step_ended(STEP_WAITING_SIGNOFF));
    assert_true(recorded_step_ended(STEP_COMPLETE));
    assert_true(recorded_step_ended(STEP_REJECTED));
    assert_true(recorded_step_ended(STEP_CANCELED));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_span_has_the_present_step),
        cmocka_unit_test(a_span_without_steps_is_of_the_offers_change),
        cmocka_unit_test(what_is_not_asked_does_not_change),
        cmocka_unit_test(another_state_has_no_step_and_submission_of_the_one_before),
        cmocka_unit_test(another_submission_has_no_step_of_the_one_before),
        cmocka_unit_test(a_new_version_has_no_step_of_the_one_before),
        cmocka_unit_test(each_member_is_a_change_of_its_own),
        cmocka_unit_test(steps_without_an_id_are_told_by_their_place),
        cmocka_unit_test(a_publish_that_is_gone),
        cmocka_unit_test(a_change_is_repeated_where_another_api_had_it_since),
        cmocka_unit_test(unknown_is_neither_under_way_nor_over),
        cmocka_unit_test(steps_begin_and_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

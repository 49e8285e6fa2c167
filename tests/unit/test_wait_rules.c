/* test_wait_rules.c - who is there, and when a wait is over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/outcome.h"
#include "offerstat/wait_rules.h"

#define BIT(state) (1u << (state))

static struct offer offer_in(enum offer_state state)
{
    return (struct offer){ .id = "one", .state = state };
}

static struct offer with_submission(enum offer_state state, const char *submission)
{
    return (struct offer){ .id = "one", .state = state, .submission = submission };
}

static void the_four_final_states(void **state)
{
    static const bool want[STATE_COUNT] = { [STATE_FAILED] = true,
                                            [STATE_CANCELED] = true,
                                            [STATE_DELISTED] = true,
                                            [STATE_UNKNOWN] = true };

    (void)state;
    for (size_t i = 0; i < STATE_COUNT; i++) {
        assert_int_equal(wait_is_final((enum offer_state)i), want[i]);
    }
}

/* An offer in this state at the start: where it stands, and the code of a wait that ends now. */
static void where_an_offer_stands(void **state)
{
    static const struct {
        struct wait_policy policy;
        enum offer_state state;
        enum offer_live live;
        enum wait_standing standing;
        int code;
    } rows[] = {
        { { .states = 0 }, STATE_NONE, LIVE_YES, WAIT_REACHED, EXIT_OK },
        { { .states = 0 }, STATE_PENDING_SIGNOFF, LIVE_YES, WAIT_REACHED, EXIT_OK },
        { { .states = 0 }, STATE_IN_PROGRESS, LIVE_YES, WAIT_UNDER_WAY, EXIT_DEADLINE },
        { { .states = 0 }, STATE_FAILED, LIVE_YES, WAIT_ENDED, EXIT_FAILED },
        { { .states = 0 }, STATE_CANCELED, LIVE_YES, WAIT_ENDED, EXIT_CANCELED },
        { { .states = 0 }, STATE_DELISTED, LIVE_NO, WAIT_ENDED, EXIT_DELISTED },
        { { .states = 0 }, STATE_UNKNOWN, LIVE_YES, WAIT_ENDED, EXIT_UNKNOWN },
        /* a state that is named is success, whichever it is */
        { { .states = BIT(STATE_FAILED) }, STATE_FAILED, LIVE_NO, WAIT_REACHED, EXIT_OK },
        { { .states = BIT(STATE_FAILED) }, STATE_CANCELED, LIVE_NO, WAIT_ENDED, EXIT_CANCELED },
        { { .states = BIT(STATE_FAILED) }, STATE_NONE, LIVE_YES, WAIT_UNDER_WAY, EXIT_DEADLINE },
        { { .states = BIT(STATE_NONE) | BIT(STATE_DELISTED) },
          STATE_DELISTED,
          LIVE_NO,
          WAIT_REACHED,
          EXIT_OK },
        { { .states = BIT(STATE_PENDING_SIGNOFF) },
          STATE_NONE,
          LIVE_YES,
          WAIT_UNDER_WAY,
          EXIT_DEADLINE },
        /* live: what is live while an update is under way is the old version */
        { { .live = true }, STATE_NONE, LIVE_YES, WAIT_REACHED, EXIT_OK },
        { { .live = true }, STATE_NONE, LIVE_NO, WAIT_UNDER_WAY, EXIT_DEADLINE },
        { { .live = true }, STATE_NONE, LIVE_UNKNOWN, WAIT_UNDER_WAY, EXIT_DEADLINE },
        { { .live = true }, STATE_IN_PROGRESS, LIVE_YES, WAIT_UNDER_WAY, EXIT_DEADLINE },
        { { .live = true }, STATE_PENDING_SIGNOFF, LIVE_YES, WAIT_UNDER_WAY, EXIT_DEADLINE },
        { { .live = true }, STATE_FAILED, LIVE_YES, WAIT_ENDED, EXIT_FAILED },
        { { .live = true, .states = BIT(STATE_PENDING_SIGNOFF) },
          STATE_PENDING_SIGNOFF,
          LIVE_NO,
          WAIT_REACHED,
          EXIT_OK },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct wait_course course;
        struct offer o = offer_in(rows[i].state);
        o.live = rows[i].live;
        wait_begin(&rows[i].policy, &o, false, 0, &course);
        assert_int_equal(course.standing, rows[i].standing);
        assert_int_equal(wait_code(&course, o.state), rows[i].code);
    }
}

/* --from-now: what there was at the start does not count until something has moved. */
static void what_counts_from_now_on(void **state)
{
    static const struct wait_policy policy = { .from_now = true };
    static const struct source cpp[] = { { .api = "cpp" }, { .api = "graph" } };
    static const struct source all[] = { { .api = "cpp" }, { .api = "ingestion" } };
    static const struct {
        struct offer before, now;
        bool counts;
    } rows[] = {
        { { .state = STATE_FAILED }, { .state = STATE_FAILED }, false },
        { { .state = STATE_FAILED }, { .state = STATE_NONE }, false },
        { { .state = STATE_FAILED }, { .state = STATE_IN_PROGRESS }, true },
        { { .state = STATE_FAILED, .changed_at = "2026-01-01T00:00:00Z" },
          { .state = STATE_FAILED, .changed_at = "2026-01-02T00:00:00Z" },
          false },
        { { .state = STATE_FAILED, .submission = "7" },
          { .state = STATE_FAILED, .submission = "8" },
          true },
        { { .state = STATE_FAILED, .submission = "7" },
          { .state = STATE_FAILED, .submission = "7" },
          false },
        /* the failed one was deleted: what was there before has not been published anew */
        { { .state = STATE_FAILED, .submission = "10", .version = "4" },
          { .state = STATE_NONE, .submission = "9", .version = "3" },
          false },
        { { .state = STATE_NONE }, { .state = STATE_FAILED, .submission = "1" }, true },
        { { .state = STATE_FAILED, .submission = "1" }, { .state = STATE_FAILED }, false },
        { { .state = STATE_NONE, .version = "3" }, { .state = STATE_NONE, .version = "4" }, true },
        { { .state = STATE_NONE, .version = "3" }, { .state = STATE_NONE }, false },
        { { .state = STATE_NONE, .version = "3", .sources = cpp, .source_count = 2 },
          { .state = STATE_NONE, .version = "4", .sources = cpp, .source_count = 2 },
          true },
        /* another API's version, and its first word on submissions, are no move */
        { { .state = STATE_NONE, .version = "3", .sources = cpp, .source_count = 2 },
          { .state = STATE_NONE, .version = "4", .sources = all, .source_count = 2 },
          false },
        { { .state = STATE_NONE, .version = "3" },
          { .state = STATE_NONE, .version = "4", .sources = cpp, .source_count = 2 },
          false },
        { { .state = STATE_NONE, .sources = cpp, .source_count = 1 },
          { .state = STATE_NONE, .submission = "9", .sources = cpp + 1, .source_count = 1 },
          false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct wait_course course;
        wait_begin(&policy, &rows[i].before, false, 0, &course);
        assert_int_equal(course.standing, WAIT_UNDER_WAY);
        wait_update(&policy, &rows[i].before, &rows[i].now, 1, &course);
        assert_int_equal(course.counts, rows[i].counts);
    }
}

static void an_offer_seen_in_progress_counts_for_good(void **state)
{
    static const struct wait_policy policy = { .from_now = true };
    struct offer running = offer_in(STATE_IN_PROGRESS), failed = offer_in(STATE_FAILED);
    struct wait_course course;

    (void)state;
    wait_begin(&policy, &running, false, 0, &course);
    wait_update(&policy, &running, &failed, 1, &course);
    assert_int_equal(course.standing, WAIT_ENDED);
}

static void an_offer_that_appears_is_of_now(void **state)
{
    static const struct wait_policy policy = { .from_now = true };
    struct offer rests = offer_in(STATE_NONE);
    struct wait_course course;

    (void)state;
    wait_begin(&policy, &rests, true, 0, &course);
    assert_int_equal(course.standing, WAIT_REACHED);
}

/* --settle 10: a failure must hold for so long, and one that goes in between is forgotten. */
static void a_failure_must_hold(void **state)
{
    static const struct wait_policy policy = { .settle_ms = 10 };
    struct offer running = offer_in(STATE_IN_PROGRESS), failed = offer_in(STATE_FAILED);
    struct wait_course course;

    (void)state;
    wait_begin(&policy, &failed, false, 100, &course);
    assert_int_equal(course.standing, WAIT_UNDER_WAY);
    assert_int_equal(wait_code(&course, STATE_FAILED), EXIT_FAILED); /* at the deadline it is one */
    wait_update(&policy, &failed, &running, 105, &course);
    wait_update(&policy, &running, &failed, 109, &course);
    wait_update(&policy, &failed, &failed, 118, &course);
    assert_int_equal(course.standing, WAIT_UNDER_WAY);
    wait_update(&policy, &failed, &failed, 119, &course);
    assert_int_equal(course.standing, WAIT_ENDED);
}

/* One final state after another is the same end. */
static void a_failure_that_is_canceled_has_not_begun_anew(void **state)
{
    static const struct wait_policy policy = { .settle_ms = 10 };
    struct offer failed = offer_in(STATE_FAILED), canceled = offer_in(STATE_CANCELED);
    struct wait_course course;

    (void)state;
    wait_begin(&policy, &failed, false, 0, &course);
    wait_update(&policy, &failed, &canceled, 10, &course);
    assert_int_equal(course.standing, WAIT_ENDED);
    assert_int_equal(wait_code(&course, STATE_CANCELED), EXIT_CANCELED);
}

static void success_need_not_hold(void **state)
{
    static const struct wait_policy policy = { .settle_ms = 10 };
    struct offer signoff = offer_in(STATE_PENDING_SIGNOFF);
    struct wait_course course;

    (void)state;
    wait_begin(&policy, &signoff, false, 0, &course);
    assert_int_equal(course.standing, WAIT_REACHED);
}

static void older_submission_tells_that_the_newer_was_deleted(void **state)
{
    static const struct {
        const char *before, *now;
        bool withdrawn;
    } rows[] = { { "10", "9", true },  { "9", "10", false }, { "9", "9", false },
                 { NULL, "9", false }, { "9", NULL, false }, { "b7", "a7", false } };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct offer before = with_submission(STATE_IN_PROGRESS, rows[i].before);
        struct offer now = with_submission(STATE_NONE, rows[i].now);
        assert_int_equal(wait_is_withdrawn(&before, &now), rows[i].withdrawn);
    }
}

/* Nothing is left of a publish: no submission, and nothing live. */
static void a_publish_that_came_to_nothing_was_deleted(void **state)
{
    static const struct source cpp[] = { { .api = "cpp" } };
    static const struct {
        enum offer_state before, now;
        const char *submission, *submission_now;
        enum offer_live live;
        size_t source_count;
        bool withdrawn;
    } rows[] = {
        { STATE_IN_PROGRESS, STATE_NONE, "10", NULL, LIVE_NO, 1, true },
        { STATE_PENDING_SIGNOFF, STATE_NONE, "b7", NULL, LIVE_NO, 1, true },
        { STATE_FAILED, STATE_NONE, "10", NULL, LIVE_NO, 1, true },
        /* it has come to its end, or to something else */
        { STATE_IN_PROGRESS, STATE_NONE, "10", NULL, LIVE_YES, 1, false },
        { STATE_IN_PROGRESS, STATE_NONE, "10", NULL, LIVE_PREVIEW, 1, false },
        { STATE_IN_PROGRESS, STATE_NONE, "10", NULL, LIVE_UNKNOWN, 1, false },
        { STATE_IN_PROGRESS, STATE_NONE, "10", "10", LIVE_NO, 1, false },
        { STATE_IN_PROGRESS, STATE_FAILED, "10", NULL, LIVE_NO, 1, false },
        { STATE_IN_PROGRESS, STATE_NONE, NULL, NULL, LIVE_NO, 1, false },
        { STATE_NONE, STATE_NONE, "10", NULL, LIVE_NO, 1, false },
        { STATE_DELISTED, STATE_NONE, "10", NULL, LIVE_NO, 1, false },
        { STATE_UNKNOWN, STATE_NONE, "10", NULL, LIVE_NO, 1, false },
        /* another API tells, which may know no submissions */
        { STATE_IN_PROGRESS, STATE_NONE, "10", NULL, LIVE_NO, 0, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct offer before = with_submission(rows[i].before, rows[i].submission);
        struct offer now = with_submission(rows[i].now, rows[i].submission_now);
        before.sources = cpp;
        before.source_count = 1;
        now.sources = cpp;
        now.source_count = rows[i].source_count;
        now.live = rows[i].live;
        assert_int_equal(wait_is_withdrawn(&before, &now), rows[i].withdrawn);
    }
}

/* It stays said until something is published anew; --from-now goes on waiting for that. */
static void what_was_there_before_a_deleted_submission(void **state)
{
    struct offer running = with_submission(STATE_IN_PROGRESS, "10");
    struct offer older = with_submission(STATE_NONE, "9");
    struct offer newer = with_submission(STATE_NONE, "11");

    (void)state;
    for (int from_now = 0; from_now < 2; from_now++) {
        const struct wait_policy policy = { .from_now = from_now != 0 };
        struct wait_tally tally = { 0 };
        struct wait_course course;
        wait_begin(&policy, &running, false, 0, &course);
        wait_update(&policy, &running, &older, 1, &course);
        wait_update(&policy, &older, &older, 2, &course);
        assert_true(course.withdrawn);
        assert_int_equal(course.standing, from_now != 0 ? WAIT_UNDER_WAY : WAIT_REACHED);
        wait_count(&tally, &course, STATE_NONE);
        assert_int_equal(tally.withdrawn, 1);
        wait_update(&policy, &older, &newer, 3, &course);
        assert_false(course.withdrawn);
        assert_int_equal(course.standing, WAIT_REACHED);
        wait_count(&tally, &course, STATE_NONE);
        assert_int_equal(tally.withdrawn, 1); /* no more than before */
    }
}

static void another_submission_is_another(void **state)
{
    static const struct {
        const char *before, *now;
        bool superseded;
    } rows[] = {
        { "7", "8", true }, { "7", "7", false }, { NULL, "8", false }, { "7", NULL, false }
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct offer before = with_submission(STATE_IN_PROGRESS, rows[i].before);
        struct offer now = with_submission(STATE_IN_PROGRESS, rows[i].now);
        assert_int_equal(wait_is_superseded(&before, &now), rows[i].superseded);
        assert_int_equal(wait_has_changed(&before, &now), rows[i].superseded);
    }
}

static void what_is_a_change(void **state)
{
    static const struct step first[] = { { .id = "a", .status = STEP_IN_PROGRESS },
                                         { .id = "b", .status = STEP_NOT_STARTED } };
    static const struct step second[] = { { .id = "a", .status = STEP_COMPLETE },
                                          { .id = "b", .status = STEP_IN_PROGRESS } };
    static const struct step blocked[] = { { .id = "a", .status = STEP_BLOCKED },
                                           { .id = "b", .status = STEP_NOT_STARTED } };
    static const struct step further[] = {
        { .id = "a", .status = STEP_IN_PROGRESS, .progress = 90 },
        { .id = "b", .status = STEP_NOT_STARTED }
    };
    struct offer o = { .state = STATE_IN_PROGRESS, .steps = first, .step_count = 2 };
    struct offer other = o;

    (void)state;
    assert_false(wait_has_changed(&o, &other));
    other.steps = further; /* a percentage is no news of its own */
    assert_false(wait_has_changed(&o, &other));
    other.steps = second;
    assert_true(wait_has_changed(&o, &other));
    other.steps = blocked;
    assert_true(wait_has_changed(&o, &other));
    other = o;
    other.step_count = 0;
    assert_true(wait_has_changed(&o, &other));
    other = o;
    other.state = STATE_FAILED;
    assert_true(wait_has_changed(&o, &other));
    other = o;
    other.live = LIVE_YES;
    assert_true(wait_has_changed(&o, &other));
}

static void an_offer_that_is_missed_five_times_is_gone(void **state)
{
    static const struct wait_policy policy = { .any = false };
    struct offer running = offer_in(STATE_IN_PROGRESS);
    struct wait_course course;

    (void)state;
    wait_begin(&policy, &running, false, 0, &course);
    for (int i = 0; i < 4; i++) {
        wait_miss(&course);
    }
    assert_int_equal(course.standing, WAIT_UNDER_WAY);
    wait_update(&policy, &running, &running, 1, &course); /* found again: counted anew */
    for (int i = 0; i < 4; i++) {
        wait_miss(&course);
    }
    assert_int_equal(course.standing, WAIT_UNDER_WAY);
    wait_miss(&course);
    assert_int_equal(course.standing, WAIT_GONE);
    assert_int_equal(wait_code(&course, STATE_IN_PROGRESS), EXIT_NOT_FOUND);
}

/* Several offers, in the states of the string: R reached, F failed, C canceled, . under way. */
static void when_a_wait_is_over(void **state)
{
    static const struct {
        const char *offers;
        struct wait_policy policy;
        bool fixed, over;
        int code;
    } rows[] = {
        { "R", { .any = false }, true, true, EXIT_OK },
        { "R.", { .any = false }, true, false, EXIT_DEADLINE },
        { "R", { .any = false }, false, false, EXIT_OK }, /* more may be asked for */
        { "R.", { .any = true }, true, true, EXIT_OK },
        { "R.", { .any = true }, false, true, EXIT_OK },
        { "RF", { .any = true }, true, true, EXIT_OK },
        { ".F", { .any = false }, true, true, EXIT_FAILED },
        { ".F", { .any = false }, false, true, EXIT_FAILED },
        { ".F", { .any = true }, true, true, EXIT_FAILED },
        { ".F", { .goes_on = true }, true, false, EXIT_FAILED },
        { ".F", { .goes_on = true, .any = true }, true, false, EXIT_FAILED },
        { "FC", { .goes_on = true, .any = true }, true, true, EXIT_FAILED },
        { "RCF", { .goes_on = true }, true, true, EXIT_FAILED },
        { "RC", { .goes_on = true }, true, true, EXIT_CANCELED },
        { ".C", { .goes_on = true }, true, false, EXIT_CANCELED },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct wait_tally tally = { 0 };
        int code;
        for (const char *at = rows[i].offers; *at != '\0'; at++) {
            struct offer o = offer_in(STATE_IN_PROGRESS);
            struct wait_course course;
            if (*at == 'R') {
                o.state = STATE_PENDING_SIGNOFF;
            } else if (*at == 'F') {
                o.state = STATE_FAILED;
            } else if (*at == 'C') {
                o.state = STATE_CANCELED;
            }
            wait_begin(&rows[i].policy, &o, false, 0, &course);
            wait_count(&tally, &course, o.state);
        }
        assert_int_equal(wait_is_over(&rows[i].policy, &tally, rows[i].fixed, &code), rows[i].over);
        if (rows[i].over) {
            assert_int_equal(code, rows[i].code);
        }
        assert_int_equal(rows[i].policy.any && tally.reached > 0 ? EXIT_OK : tally.worst,
                         rows[i].code);
    }
}

static void offers_are_counted_by_where_they_stand(void **state)
{
    static const enum wait_standing standings[] = { WAIT_REACHED, WAIT_REACHED,   WAIT_REACHED,
                                                    WAIT_ENDED,   WAIT_GONE,      WAIT_UNDER_WAY,
                                                    WAIT_REACHED, WAIT_UNDER_WAY, WAIT_UNDER_WAY };
    struct wait_tally tally = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(standings) / sizeof(standings[0]); i++) {
        const struct wait_course course = { .standing = standings[i], .ended_since_ms = -1 };
        wait_count(&tally, &course, STATE_IN_PROGRESS);
    }
    assert_int_equal(tally.reached, 4);
    assert_int_equal(tally.ended, 2);
    assert_int_equal(tally.under_way, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_four_final_states),
        cmocka_unit_test(where_an_offer_stands),
        cmocka_unit_test(what_counts_from_now_on),
        cmocka_unit_test(an_offer_seen_in_progress_counts_for_good),
        cmocka_unit_test(an_offer_that_appears_is_of_now),
        cmocka_unit_test(a_failure_must_hold),
        cmocka_unit_test(a_failure_that_is_canceled_has_not_begun_anew),
        cmocka_unit_test(success_need_not_hold),
        cmocka_unit_test(older_submission_tells_that_the_newer_was_deleted),
        cmocka_unit_test(a_publish_that_came_to_nothing_was_deleted),
        cmocka_unit_test(what_was_there_before_a_deleted_submission),
        cmocka_unit_test(another_submission_is_another),
        cmocka_unit_test(what_is_a_change),
        cmocka_unit_test(an_offer_that_is_missed_five_times_is_gone),
        cmocka_unit_test(when_a_wait_is_over),
        cmocka_unit_test(offers_are_counted_by_where_they_stand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

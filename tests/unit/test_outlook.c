/* test_outlook.c - how long a publish has stood in its step, and when that is likely to end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/outlook.h"

#define HOUR INT64_C(3600000)
#define BEGAN INT64_C(1767225600000) /* 2026-01-01T00:00:00Z */
#define BEGAN_TEXT "2026-01-01T00:00:00Z"
#define NOW (BEGAN + 3 * HOUR)

static const int64_t certify_ms[] = { 1 * HOUR, 2 * HOUR, 5 * HOUR, 6 * HOUR };
static const int64_t whole_ms[] = { 10 * HOUR, 20 * HOUR, 30 * HOUR };
static const int64_t short_ms[] = { 1, 2, 3 };

static const struct durations past[] = {
    { .type = "microsoft-azure-saas",
      .step_id = "certify",
      .index = 2,
      .items = short_ms,
      .count = 3 },
    { .type = "azureVirtualMachine",
      .step_id = "certify",
      .index = 2,
      .items = certify_ms,
      .count = 4 },
    { .type = "azureVirtualMachine", .items = whole_ms, .count = 3 },
};
#define PAST_COUNT (sizeof(past) / sizeof(past[0]))

/* An offer that stands at its second step, which began when the service says. */
struct present {
    struct offer offer;
    struct step steps[2];
    struct recorded_run run;
    struct recorded_step recorded[2];
};

static void set_up(struct present *p)
{
    *p = (struct present){
        .steps = { { .id = "validate", .status = STEP_COMPLETE, .completed_at = BEGAN_TEXT },
                   { .id = "certify", .status = STEP_IN_PROGRESS, .started_at = BEGAN_TEXT } },
        .recorded = { { .id = "validate", .index = 1, .status = STEP_COMPLETE },
                      { .id = "certify",
                        .index = 2,
                        .status = STEP_IN_PROGRESS,
                        .begun_after_ms = BEGAN + HOUR,
                        .begun_seen_ms = BEGAN + 2 * HOUR } },
    };
    p->offer = (struct offer){ .id = "contoso-vm",
                               .publisher = "contoso",
                               .type = "microsoft-azure-virtualmachines",
                               .state = STATE_IN_PROGRESS,
                               .submitted_at = BEGAN_TEXT,
                               .steps = p->steps,
                               .step_count = 2 };
    p->run = (struct recorded_run){ .offer = { .id = "Contoso-VM", .publisher = "contoso" },
                                    .not_before_ms = BEGAN,
                                    .first_seen_ms = BEGAN + 2 * HOUR,
                                    .last_seen_ms = BEGAN + 2 * HOUR,
                                    .state = STATE_IN_PROGRESS,
                                    .steps = p->recorded,
                                    .step_count = 2 };
}

static struct outlook look(const struct present *p)
{
    struct outlook out;

    outlook_of(&p->offer, &p->run, 1, past, PAST_COUNT, NOW, &out);
    return out;
}

static void the_services_time_wins(void **state)
{
    struct present p;
    struct outlook out;

    (void)state;
    set_up(&p);
    out = look(&p);
    assert_int_equal(out.since_ms, BEGAN);
    assert_int_equal(out.age_ms, 3 * HOUR);
    assert_false(out.is_recorded);
    assert_false(out.is_at_least);
}

static void without_it_reads_leave_the_middle(void **state)
{
    struct present p;
    struct outlook out;

    (void)state;
    set_up(&p);
    p.steps[1].started_at = NULL;
    out = look(&p);
    assert_int_equal(out.since_ms, BEGAN + HOUR + HOUR / 2);
    assert_int_equal(out.age_ms, HOUR + HOUR / 2);
    assert_true(out.is_recorded);
    assert_false(out.is_at_least);
    assert_int_equal(out.step.ends_ms, out.since_ms + 2 * HOUR);
}

static void what_was_there_at_first_is_at_least_as_old(void **state)
{
    struct present p;
    struct outlook out;

    (void)state;
    set_up(&p);
    p.steps[1].started_at = NULL;
    p.recorded[1].begun_after_ms = 0;
    out = look(&p);
    assert_int_equal(out.since_ms, BEGAN + 2 * HOUR);
    assert_true(out.is_at_least);
    assert_int_equal(out.step.count, 4); /* how long it takes is known, but not when it ends */
    assert_int_equal(out.step.ends_ms, 0);
    assert_false(out.step.late);
    p.recorded[1].begun_seen_ms = NOW - 7 * HOUR;
    assert_true(look(&p).step.late);
}

/* The last read before it was days ago: the middle would make any publish look late. */
static void reads_that_are_far_apart_say_nothing_of_the_end(void **state)
{
    struct present p;
    struct outlook out;

    (void)state;
    set_up(&p);
    p.steps[1].started_at = NULL;
    p.offer.submitted_at = NULL;
    p.run.not_before_ms = BEGAN - 100 * HOUR;
    p.recorded[1].begun_after_ms = BEGAN - 100 * HOUR;
    out = look(&p);
    assert_int_equal(out.step.count, 4);
    assert_int_equal(out.step.ends_ms, 0);
    assert_false(out.step.late);
    assert_int_equal(out.publish.count, 3);
    assert_int_equal(out.publish.ends_ms, 0);
    assert_false(out.publish.late);
}

static void nothing_is_known_of_a_step_that_no_read_has_seen(void **state)
{
    struct present p;
    struct outlook out;

    (void)state;
    set_up(&p);
    p.steps[1].started_at = NULL;
    p.recorded[1].status = STEP_NOT_STARTED;
    out = look(&p);
    assert_int_equal(out.since_ms, 0);
    assert_int_equal(out.age_ms, 0);
    assert_false(out.is_recorded);
    assert_int_equal(out.step.count, 4);
    assert_int_equal(out.step.ends_ms, 0);
}

static void a_run_of_another_submission_is_not_the_present_one(void **state)
{
    struct present p;

    (void)state;
    set_up(&p);
    p.steps[1].started_at = NULL;
    p.offer.submission = "8";
    p.run.submission = "7";
    assert_int_equal(look(&p).since_ms, 0);
    p.run.submission = "8";
    assert_int_not_equal(look(&p).since_ms, 0);
    p.run.ended_ms = NOW;
    assert_int_equal(look(&p).since_ms, 0);
    p.run.ended_ms = 0;
    p.run.offer.publisher = "fabrikam";
    assert_int_equal(look(&p).since_ms, 0);
}

static void an_estimate_has_its_spread(void **state)
{
    struct present p;
    struct outlook out;

    (void)state;
    set_up(&p);
    out = look(&p);
    assert_int_equal(out.step.count, 4);
    assert_int_equal(out.step.median_ms, 2 * HOUR);
    assert_int_equal(out.step.low_ms, HOUR);
    assert_int_equal(out.step.high_ms, 6 * HOUR);
    assert_int_equal(out.step.ends_ms, BEGAN + 2 * HOUR);
    assert_false(out.step.late);
    assert_int_equal(out.publish.count, 3);
    assert_int_equal(out.publish.median_ms, 20 * HOUR);
    assert_int_equal(out.publish.ends_ms, BEGAN + 20 * HOUR);
}

static void longer_than_the_spread_is_late(void **state)
{
    struct present p;
    struct outlook out;

    (void)state;
    set_up(&p);
    outlook_of(&p.offer, NULL, 0, past, PAST_COUNT, BEGAN + 6 * HOUR, &out);
    assert_false(out.step.late);
    outlook_of(&p.offer, NULL, 0, past, PAST_COUNT, BEGAN + 6 * HOUR + 1, &out);
    assert_true(out.step.late);
    assert_false(out.publish.late);
    outlook_of(&p.offer, NULL, 0, past, PAST_COUNT, BEGAN + 31 * HOUR, &out);
    assert_true(out.publish.late);
}

static void fewer_than_three_say_nothing(void **state)
{
    const struct durations two = { .type = "azureVirtualMachine",
                                   .step_id = "certify",
                                   .index = 2,
                                   .items = certify_ms,
                                   .count = 2 };
    struct present p;
    struct outlook out;

    (void)state;
    set_up(&p);
    outlook_of(&p.offer, NULL, 0, &two, 1, NOW, &out);
    assert_int_equal(out.step.count, 0);
    assert_int_equal(out.age_ms, 3 * HOUR);
}

static void another_type_says_nothing(void **state)
{
    struct present p;

    (void)state;
    set_up(&p);
    p.offer.type = "microsoft-azure-container";
    assert_int_equal(look(&p).step.count, 0);
    assert_int_equal(look(&p).publish.count, 0);
}

static void what_waits_for_the_publisher_has_no_estimate(void **state)
{
    static const enum step_status waiting[] = { STEP_BLOCKED, STEP_WAITING_SIGNOFF };
    struct present p;

    (void)state;
    for (size_t i = 0; i < sizeof(waiting) / sizeof(waiting[0]); i++) {
        set_up(&p);
        p.steps[1].status = waiting[i];
        assert_int_equal(look(&p).step.count, 0);
        assert_int_equal(look(&p).publish.count, 0);
        assert_int_equal(look(&p).age_ms, 3 * HOUR);
    }
    set_up(&p);
    p.offer.state = STATE_PENDING_SIGNOFF;
    assert_int_equal(look(&p).step.count, 0);
    assert_int_equal(look(&p).age_ms, 3 * HOUR);
}

static void what_is_not_under_way_has_no_outlook(void **state)
{
    struct present p;

    (void)state;
    set_up(&p);
    p.offer.state = STATE_FAILED;
    assert_int_equal(look(&p).since_ms, 0);
    assert_int_equal(look(&p).publish.count, 0);
    p.offer.state = STATE_NONE;
    assert_int_equal(look(&p).since_ms, 0);
}

/* An API without steps has a publish all the same. */
static void without_steps_the_publish_has_an_estimate(void **state)
{
    struct present p;

    (void)state;
    set_up(&p);
    p.offer.step_count = 0;
    p.offer.submitted_at = NULL;
    assert_int_equal(look(&p).since_ms, 0);
    assert_int_equal(look(&p).step.count, 0);
    assert_int_equal(look(&p).publish.count, 3);
    assert_int_equal(look(&p).publish.ends_ms, BEGAN + HOUR + 20 * HOUR);
}

static void a_clock_behind_the_services_makes_no_age(void **state)
{
    struct present p;
    struct outlook out;

    (void)state;
    set_up(&p);
    outlook_of(&p.offer, NULL, 0, NULL, 0, BEGAN - HOUR, &out);
    assert_int_equal(out.age_ms, 0);
    assert_int_equal(out.since_ms, BEGAN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_services_time_wins),
        cmocka_unit_test(without_it_reads_leave_the_middle),
        cmocka_unit_test(what_was_there_at_first_is_at_least_as_old),
        cmocka_unit_test(reads_that_are_far_apart_say_nothing_of_the_end),
        cmocka_unit_test(nothing_is_known_of_a_step_that_no_read_has_seen),
        cmocka_unit_test(a_run_of_another_submission_is_not_the_present_one),
        cmocka_unit_test(an_estimate_has_its_spread),
        cmocka_unit_test(longer_than_the_spread_is_late),
        cmocka_unit_test(fewer_than_three_say_nothing),
        cmocka_unit_test(another_type_says_nothing),
        cmocka_unit_test(what_waits_for_the_publisher_has_no_estimate),
        cmocka_unit_test(what_is_not_under_way_has_no_outlook),
        cmocka_unit_test(without_steps_the_publish_has_an_estimate),
        cmocka_unit_test(a_clock_behind_the_services_makes_no_age),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

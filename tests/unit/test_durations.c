/* test_durations.c - how long publishes and their steps took. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "offerstat/durations.h"
#include "offerstat/timestamp.h"

#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define RUNS_MAX 40
#define START INT64_C(1700000000000)

/* Runs of one offer each, and their only step. */
struct runs {
    struct recorded_run items[RUNS_MAX];
    struct recorded_step steps[RUNS_MAX];
    char ids[RUNS_MAX][16], from[RUNS_MAX][TIMESTAMP_MAX], to[RUNS_MAX][TIMESTAMP_MAX];
    size_t count;
    struct arena arena;
    struct durations *rows;
    size_t row_count;
};

/* A publish of an offer of its own, which has gone through, whose step reads have found to begin
 * and to end. */
static struct recorded_run *add_read(struct runs *r, int64_t begun_after, int64_t begun_seen,
                                     int64_t ended_after, int64_t ended_seen)
{
    size_t i = r->count++;

    snprintf(r->ids[i], sizeof(r->ids[i]), "offer-%zu", i);
    r->steps[i] = (struct recorded_step){ .id = "certify",
                                          .name = "Certification",
                                          .index = 1,
                                          .status = STEP_COMPLETE,
                                          .begun_after_ms = begun_after,
                                          .begun_seen_ms = begun_seen,
                                          .ended_after_ms = ended_after,
                                          .ended_seen_ms = ended_seen };
    r->items[i] = (struct recorded_run){ .offer = { .endpoint = "",
                                                    .publisher = "contoso",
                                                    .id = r->ids[i],
                                                    .type = "microsoft-azure-virtualmachines" },
                                         .api = "cpp",
                                         .not_before_ms = begun_after,
                                         .first_seen_ms = begun_seen,
                                         .last_seen_ms = ended_after,
                                         .ended_ms = ended_seen,
                                         .state = STATE_NONE,
                                         .steps = &r->steps[i],
                                         .step_count = 1 };
    return &r->items[i];
}

/* The same with the service's own times: it took so long exactly. */
static struct recorded_run *add_exact(struct runs *r, int64_t ms)
{
    struct recorded_run *run = add_read(r, 0, START + (int64_t)r->count, START, START + HOUR);
    size_t i = r->count - 1;

    timestamp_format(START, r->from[i]);
    timestamp_format(START + ms, r->to[i]);
    run->submitted_at = r->from[i];
    run->ended_at = r->to[i];
    r->steps[i].started_at = r->from[i];
    r->steps[i].completed_at = r->to[i];
    return run;
}

static void gather(struct runs *r)
{
    assert_int_equal(durations_gather(r->items, r->count, &r->arena, &r->rows, &r->row_count), 0);
}

static const struct durations *of_step(const struct runs *r)
{
    return durations_find(r->rows, r->row_count, "microsoft-azure-virtualmachines", "certify",
                          "Certification");
}

static const struct durations *of_whole(const struct runs *r)
{
    return durations_find(r->rows, r->row_count, "microsoft-azure-virtualmachines", NULL, NULL);
}

static void drop(struct runs *r)
{
    arena_clear(&r->arena);
}

static void nothing_recorded_has_no_rows(void **state)
{
    struct runs r = { .count = 0 };

    (void)state;
    gather(&r);
    assert_int_equal(r.row_count, 0);
    assert_null(of_step(&r));
    drop(&r);
}

static void percentiles_are_durations_that_were(void **state)
{
    static const int64_t tens[] = { 10, 20, 30, 40, 50, 60, 70, 80, 90, 100 };
    const struct durations d = { .items = tens, .count = 10 };
    const struct durations three = { .items = tens, .count = 3 };
    const struct durations one = { .items = tens, .count = 1 };
    const struct durations none = { .count = 0 };

    (void)state;
    assert_int_equal(durations_percentile(&d, 50), 50);
    assert_int_equal(durations_percentile(&d, 90), 90);
    assert_int_equal(durations_percentile(&d, 10), 10);
    assert_int_equal(durations_percentile(&d, 91), 100);
    assert_int_equal(durations_percentile(&d, 100), 100);
    assert_int_equal(durations_percentile(&d, 0), 10);
    assert_int_equal(durations_percentile(&three, 50), 20);
    assert_int_equal(durations_percentile(&three, 90), 30);
    assert_int_equal(durations_percentile(&three, 10), 10);
    assert_int_equal(durations_percentile(&one, 50), 10);
    assert_int_equal(durations_percentile(&one, 90), 10);
    assert_int_equal(durations_percentile(&none, 50), 0);
}

static void the_services_times_are_exact(void **state)
{
    struct runs r = { .count = 0 };

    (void)state;
    add_exact(&r, 50 * MINUTE);
    add_exact(&r, 10 * MINUTE);
    add_exact(&r, 30 * MINUTE);
    gather(&r);
    assert_int_equal(r.row_count, 2);
    assert_int_equal(of_step(&r)->count, 3);
    assert_int_equal(of_step(&r)->items[0], 10 * MINUTE);
    assert_int_equal(of_step(&r)->items[1], 30 * MINUTE);
    assert_int_equal(of_step(&r)->items[2], 50 * MINUTE);
    assert_int_equal(of_whole(&r)->count, 3);
    assert_int_equal(durations_percentile(of_whole(&r), 50), 30 * MINUTE);
    drop(&r);
}

/* Hourly reads of a step of some hours: each is within an hour, the short one as well. */
static void what_is_within_half_the_median_counts(void **state)
{
    struct runs r = { .count = 0 };

    (void)state;
    add_read(&r, START, START + HOUR, START + HOUR, START + 2 * HOUR);     /* 0 to 2 */
    add_read(&r, START, START + HOUR, START + 3 * HOUR, START + 4 * HOUR); /* 2 to 4 */
    add_read(&r, START, START + HOUR, START + 5 * HOUR, START + 6 * HOUR); /* 4 to 6 */
    gather(&r);
    assert_int_equal(of_step(&r)->count, 3);
    assert_int_equal(of_step(&r)->left_out, 0);
    assert_int_equal(of_step(&r)->items[0], HOUR);
    assert_int_equal(durations_percentile(of_step(&r), 50), 3 * HOUR);
    drop(&r);
}

/* Hourly reads of a step of minutes say nothing: it began and ended between two of them. */
static void what_reads_cannot_resolve_is_left_out(void **state)
{
    struct runs r = { .count = 0 };

    (void)state;
    for (int i = 0; i < 4; i++) {
        add_read(&r, START, START + HOUR, START, START + HOUR);
    }
    gather(&r);
    assert_int_equal(of_step(&r)->count, 0);
    assert_int_equal(of_step(&r)->left_out, 4);
    assert_int_equal(durations_percentile(of_step(&r), 50), 0);
    drop(&r);
}

static void exact_ones_stay_where_uncertain_ones_leave(void **state)
{
    struct runs r = { .count = 0 };

    (void)state;
    add_exact(&r, 4 * MINUTE);
    add_exact(&r, 6 * MINUTE);
    add_exact(&r, 8 * MINUTE);
    add_read(&r, START, START + HOUR, START, START + HOUR);
    add_read(&r, START, START + HOUR, START, START + HOUR);
    gather(&r);
    assert_int_equal(of_step(&r)->count, 3);
    assert_int_equal(of_step(&r)->left_out, 2);
    assert_int_equal(durations_percentile(of_step(&r), 90), 8 * MINUTE);
    drop(&r);
}

static void a_publish_that_was_there_first_has_no_beginning(void **state)
{
    struct runs r = { .count = 0 };

    (void)state;
    add_read(&r, 0, START, START + HOUR, START + HOUR + MINUTE);
    gather(&r);
    assert_int_equal(of_whole(&r)->count, 0);
    assert_int_equal(of_whole(&r)->left_out, 1);
    drop(&r);
}

static void what_is_not_over_does_not_count(void **state)
{
    struct runs r = { .count = 0 };

    (void)state;
    add_exact(&r, HOUR)->ended_ms = 0;
    gather(&r);
    assert_int_equal(r.row_count, 0);
    drop(&r);
}

static void of_a_failed_publish_the_complete_steps_count(void **state)
{
    struct runs r = { .count = 0 };

    (void)state;
    add_exact(&r, HOUR)->state = STATE_FAILED;
    add_exact(&r, 2 * HOUR)->state = STATE_CANCELED;
    add_exact(&r, 3 * HOUR)->forgotten = true;
    add_exact(&r, 4 * HOUR)->state = STATE_FAILED;
    r.steps[3].status = STEP_REJECTED;
    gather(&r);
    assert_int_equal(of_step(&r)->count, 3);
    assert_int_equal(durations_percentile(of_step(&r), 100), 3 * HOUR);
    assert_null(of_whole(&r));
    drop(&r);
}

/* A list has no steps of an offer at rest: the last read of them was before the end. */
static void what_had_begun_is_complete_once_the_publish_went_through(void **state)
{
    struct runs r = { .count = 0 };
    struct recorded_run *run =
        add_read(&r, START, START + HOUR, START + 5 * HOUR, START + 6 * HOUR);

    (void)state;
    r.steps[0].status = STEP_IN_PROGRESS;
    r.steps[0].ended_after_ms = r.steps[0].ended_seen_ms = 0;
    gather(&r);
    assert_int_equal(of_step(&r)->count, 1);
    assert_int_equal(of_step(&r)->items[0], 5 * HOUR);

    run->state = STATE_FAILED;
    gather(&r);
    assert_null(of_step(&r));

    run->state = STATE_NONE;
    r.steps[0].status = STEP_NOT_STARTED;
    gather(&r);
    assert_null(of_step(&r));
    drop(&r);
}

/* The end of the last step that has one is not the end of the publish where a later step has none.
 */
static void the_end_is_that_of_the_last_step(void **state)
{
    struct recorded_step steps[2];
    struct runs r = { .count = 0 };
    struct recorded_run *run = add_exact(&r, HOUR);

    (void)state;
    steps[0] = r.steps[0];
    steps[1] = (struct recorded_step){ .id = "live", .index = 2, .status = STEP_COMPLETE };
    run->steps = steps;
    run->step_count = 2;
    run->last_seen_ms = START + 4 * HOUR;
    run->ended_ms = START + 4 * HOUR + 2 * MINUTE;
    gather(&r);
    assert_int_equal(of_whole(&r)->count, 1);
    assert_int_equal(of_whole(&r)->items[0], 4 * HOUR + MINUTE);
    drop(&r);
}

static void types_stand_apart_whatever_they_are_called(void **state)
{
    struct runs r = { .count = 0 };

    (void)state;
    add_exact(&r, HOUR);
    add_exact(&r, 2 * HOUR)->offer.type = "microsoft-azure-saas";
    add_exact(&r, 3 * HOUR)->offer.type = "azureVirtualMachine";
    add_exact(&r, 4 * HOUR)->offer.type = NULL;
    gather(&r);
    assert_int_equal(r.row_count, 6);
    assert_string_equal(r.rows[0].type, "azureVirtualMachine"); /* as the latest has it */
    assert_string_equal(r.rows[1].type, "azureVirtualMachine");
    assert_int_equal(of_step(&r)->count, 2);
    assert_string_equal(r.rows[2].type, "microsoft-azure-saas");
    assert_null(r.rows[4].type);
    assert_int_equal(r.rows[4].count, 1);
    drop(&r);
}

static void steps_come_in_their_order_and_the_whole_last(void **state)
{
    struct runs r = { .count = 0 };
    struct recorded_step steps[3];
    struct recorded_run *run = add_exact(&r, HOUR);

    (void)state;
    steps[0] = steps[1] = steps[2] = r.steps[0];
    steps[0].id = "third";
    steps[0].index = 3;
    steps[1].id = "first";
    steps[2].id = NULL; /* known by its name then */
    steps[2].name = "Second";
    steps[2].index = 2;
    run->steps = steps;
    run->step_count = 3;
    gather(&r);
    assert_int_equal(r.row_count, 4);
    assert_string_equal(r.rows[0].step_id, "first");
    assert_string_equal(r.rows[1].step_name, "Second");
    assert_string_equal(r.rows[2].step_id, "third");
    assert_null(r.rows[3].step_id);
    assert_int_equal(r.rows[3].index, 0);
    assert_ptr_equal(durations_find(r.rows, 4, run->offer.type, NULL, "Second"), &r.rows[1]);
    drop(&r);
}

/* What two APIs showed is one publish: by its submission, else by its time. */
static void a_publish_of_two_apis_counts_once(void **state)
{
    struct runs r = { .count = 0 };
    struct recorded_run *cpp, *graph;

    (void)state;
    cpp = add_read(&r, START, START + HOUR, START + 4 * HOUR, START + 5 * HOUR);
    graph = add_exact(&r, 4 * HOUR);
    graph->offer.id = "OFFER-0";
    graph->api = "ingestion";
    cpp->submission = graph->submission = "7";
    gather(&r);
    assert_int_equal(of_step(&r)->count, 1);
    assert_int_equal(of_step(&r)->left_out, 0);
    assert_int_equal(of_step(&r)->items[0], 4 * HOUR); /* the service's own times */

    graph->submission = "8";
    gather(&r);
    assert_int_equal(of_step(&r)->count, 2);

    graph->submission = NULL;
    graph->first_seen_ms = START + 2 * HOUR;
    graph->ended_ms = START + 6 * HOUR;
    gather(&r);
    assert_int_equal(of_step(&r)->count, 1);

    graph->first_seen_ms = START + 5 * HOUR;
    gather(&r);
    assert_int_equal(of_step(&r)->count, 2);

    graph->first_seen_ms = START + 2 * HOUR;
    graph->offer.publisher = "fabrikam";
    gather(&r);
    assert_int_equal(of_step(&r)->count, 2);

    graph->offer.publisher = NULL;
    graph->api = "cpp"; /* one API shows one publish of an offer at a time */
    gather(&r);
    assert_int_equal(of_step(&r)->count, 2);
    drop(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_recorded_has_no_rows),
        cmocka_unit_test(percentiles_are_durations_that_were),
        cmocka_unit_test(the_services_times_are_exact),
        cmocka_unit_test(what_is_within_half_the_median_counts),
        cmocka_unit_test(what_reads_cannot_resolve_is_left_out),
        cmocka_unit_test(exact_ones_stay_where_uncertain_ones_leave),
        cmocka_unit_test(a_publish_that_was_there_first_has_no_beginning),
        cmocka_unit_test(what_is_not_over_does_not_count),
        cmocka_unit_test(of_a_failed_publish_the_complete_steps_count),
        cmocka_unit_test(what_had_begun_is_complete_once_the_publish_went_through),
        cmocka_unit_test(the_end_is_that_of_the_last_step),
        cmocka_unit_test(types_stand_apart_whatever_they_are_called),
        cmocka_unit_test(steps_come_in_their_order_and_the_whole_last),
        cmocka_unit_test(a_publish_of_two_apis_counts_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

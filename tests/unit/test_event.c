/* test_event.c - the order of what was done to publish an offer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/offer.h"

#include <stdio.h>
#include <string.h>

#define EVENTS_MAX 5
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#define EVENT(kind_, serial_, time_, name_)                                                        \
    {                                                                                              \
        .kind = (kind_), .id = (name_), .serial = (serial_), .started_at = (time_),                \
        .type = (name_)                                                                            \
    }
#define SUBMISSION(serial, time, name) EVENT("submission", serial, time, name)
#define OPERATION(serial, time, name) EVENT("operation", serial, time, name)

/* Events as they have to stand, told apart by their type. */
struct row {
    const char *name;
    struct event want[EVENTS_MAX];
};

static size_t count_of(const struct row *row)
{
    size_t count = 0;

    while (count < EVENTS_MAX && row->want[count].kind != NULL) {
        count++;
    }
    return count;
}

static void expect_order(const struct row *row, const size_t *from, size_t count)
{
    struct event events[EVENTS_MAX];
    char got[64] = "", want[64] = "", given[64] = "";

    for (size_t i = 0; i < count; i++) {
        events[i] = row->want[from[i]];
        strcat(strcat(given, events[i].type), " ");
        strcat(strcat(want, row->want[i].type), " ");
    }
    events_order(events, count);
    for (size_t i = 0; i < count; i++) {
        strcat(strcat(got, events[i].type), " ");
    }
    if (strcmp(got, want) != 0) {
        fail_msg("%s: given %sfound %sexpected %s", row->name, given, got, want);
    }
}

/* In whatever order they came: every permutation of from[at..]. */
static void expect_every_order(const struct row *row, size_t *from, size_t at, size_t count)
{
    if (at == count) {
        expect_order(row, from, count);
    }
    for (size_t i = at; i < count; i++) {
        size_t kept = from[at];
        from[at] = from[i];
        from[i] = kept;
        expect_every_order(row, from, at + 1, count);
        from[i] = from[at];
        from[at] = kept;
    }
}

static void expect_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t from[EVENTS_MAX] = { 0, 1, 2, 3, 4 };
        expect_every_order(&rows[i], from, 0, count_of(&rows[i]));
    }
}

#define MONDAY "2026-01-05T00:00:00Z"
#define MONDAY_NOON "2026-01-05T12:00:00.5Z"
#define TUESDAY "2026-01-06T00:00:00Z"
#define WEDNESDAY "2026-01-07T00:00:00Z"

static void newest_submission_comes_first(void **state)
{
    static const struct row rows[] = {
        { "by number",
          { SUBMISSION("12", NULL, "c"), SUBMISSION("11", NULL, "b"),
            SUBMISSION("9", NULL, "a") } },
        { "by number of more than 2^53",
          { SUBMISSION("1152921505697738992", NULL, "a"),
            SUBMISSION("1152921505697738991", NULL, "b"),
            SUBMISSION("99999999999999999", NULL, "c") } },
        { "by number, whatever the time",
          { SUBMISSION("3", MONDAY, "a"), SUBMISSION("2", WEDNESDAY, "b"),
            SUBMISSION("1", TUESDAY, "c") } },
        { "by time where there are no numbers",
          { SUBMISSION(NULL, WEDNESDAY, "c"), SUBMISSION(NULL, TUESDAY, "a"),
            SUBMISSION(NULL, MONDAY_NOON, "d"), SUBMISSION(NULL, MONDAY, "b") } },
        { "by time where numbers are none",
          { SUBMISSION("x1", TUESDAY, "a"), SUBMISSION("x2", MONDAY, "b") } },
        { "one", { SUBMISSION("1", MONDAY, "a") } },
        { "none", { { .kind = NULL } } },
    };

    (void)state;
    expect_rows(rows, COUNT_OF(rows));
}

static void submission_comes_before_its_operations(void **state)
{
    static const struct row rows[] = {
        { "one of each, the operation later",
          { SUBMISSION("1", MONDAY, "s"), OPERATION("1", TUESDAY, "o") } },
        { "one of each, the operation without a time",
          { SUBMISSION("1", MONDAY, "s"), OPERATION("1", NULL, "o") } },
        { "two submissions with operations",
          { SUBMISSION("2", TUESDAY, "s2"), OPERATION("2", WEDNESDAY, "o2"),
            SUBMISSION("1", MONDAY, "s1"), OPERATION("1", WEDNESDAY, "o1") } },
        { "the newest operation first",
          { SUBMISSION("1", MONDAY, "s"), OPERATION("1", WEDNESDAY, "live"),
            OPERATION("1", TUESDAY, "preview"), OPERATION("1", MONDAY, "check") } },
        { "an operation whose submission is not told",
          { SUBMISSION("3", NULL, "s3"), OPERATION("2", NULL, "o2"), SUBMISSION("1", NULL, "s1"),
            OPERATION("1", NULL, "o1") } },
    };

    (void)state;
    expect_rows(rows, COUNT_OF(rows));
}

static void equals_are_told_apart_by_time_and_id(void **state)
{
    static const struct row rows[] = {
        { "the same number: the later first",
          { SUBMISSION("1", TUESDAY, "a"), SUBMISSION("1", MONDAY, "b") } },
        { "a number with zeros in front is the same number",
          { SUBMISSION("001", TUESDAY, "a"), SUBMISSION("1", MONDAY, "b") } },
        { "the same number and time: by id",
          { SUBMISSION("1", MONDAY, "a"), SUBMISSION("1", MONDAY, "b"),
            SUBMISSION("1", MONDAY, "c") } },
        { "the same number, no time: by id",
          { OPERATION("1", NULL, "a"), OPERATION("1", NULL, "b") } },
        { "nothing but ids",
          { SUBMISSION(NULL, NULL, "a"), SUBMISSION(NULL, NULL, "b"),
            SUBMISSION(NULL, NULL, "c") } },
    };

    (void)state;
    expect_rows(rows, COUNT_OF(rows));
}

static void event_without_a_beginning_is_placed_by_its_change(void **state)
{
    static const struct row rows[] = {
        { "change against change",
          { { .kind = "job", .changed_at = TUESDAY, .type = "b" },
            { .kind = "job", .changed_at = MONDAY, .type = "a" } } },
        { "change against beginning",
          { { .kind = "job", .changed_at = TUESDAY, .type = "b" },
            { .kind = "job", .started_at = MONDAY, .changed_at = WEDNESDAY, .type = "a" } } },
    };

    (void)state;
    expect_rows(rows, COUNT_OF(rows));
}

/* qsort asks for an order: whatever is missing, it must not depend on how the events came. */
static void order_does_not_depend_on_what_came_first(void **state)
{
    static const struct row sets[] = {
        { "one without a number",
          { SUBMISSION("10", MONDAY, "a"), SUBMISSION(NULL, TUESDAY, "b"),
            SUBMISSION("9", WEDNESDAY, "c") } },
        { "one without a time",
          { SUBMISSION(NULL, MONDAY, "a"), SUBMISSION(NULL, NULL, "b"),
            SUBMISSION(NULL, TUESDAY, "c") } },
        { "an operation without a number",
          { SUBMISSION("2", MONDAY, "s2"), OPERATION("2", NULL, "o2"),
            OPERATION(NULL, TUESDAY, "o"), SUBMISSION("1", MONDAY, "s1") } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(sets); i++) {
        struct row row = sets[i]; /* as it is ordered from here must be how it is ordered always */
        size_t from[EVENTS_MAX] = { 0, 1, 2, 3, 4 };
        events_order(row.want, count_of(&row));
        expect_every_order(&row, from, 0, count_of(&row));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(newest_submission_comes_first),
        cmocka_unit_test(submission_comes_before_its_operations),
        cmocka_unit_test(equals_are_told_apart_by_time_and_id),
        cmocka_unit_test(order_does_not_depend_on_what_came_first),
        cmocka_unit_test(event_without_a_beginning_is_placed_by_its_change),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_record_again.c - reads that find all as it was: they are most of them, and write nothing but
 * their time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OFFERS 60
#define PAGE 4096

/* In the middle of 2026: what a time takes in a row depends on how large it is. */
static const int64_t noon_ms = INT64_C(1782000000000);

/* A complete list: every offer is at that step of a publish. */
static void list(struct place *p, enum step_status second, int64_t at_ms)
{
    struct error err = ERROR_INIT;

    for (int i = 0; i < OFFERS; i++) {
        char id[32];
        const struct step steps[] = { { .id = "a", .status = STEP_COMPLETE },
                                      { .id = "b", .status = second } };
        const struct offer o = { .api = "cpp",
                                 .id = id,
                                 .publisher = "contoso",
                                 .submission = "17",
                                 .state = STATE_IN_PROGRESS,
                                 .live = LIVE_NO,
                                 .basis = BASIS_DOCUMENTED,
                                 .steps = steps,
                                 .step_count = 2 };
        snprintf(id, sizeof(id), "offer-%d", i);
        if (record_note(p->record, &o, at_ms + i, &err) != 0) {
            fail_msg("%s", err.text);
        }
    }
    if (record_write(p->record, true, at_ms + OFFERS, &err) != 0) {
        fail_msg("%s", err.text);
    }
}

static unsigned char *read_file(const struct place *p, size_t *len)
{
    FILE *file = fopen(p->path, "rb");
    unsigned char *data;
    long end;

    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    end = ftell(file);
    rewind(file);
    data = malloc((size_t)end);
    assert_non_null(data);
    *len = fread(data, 1, (size_t)end, file);
    assert_int_equal(*len, end);
    fclose(file);
    return data;
}

/* SQLite's header counts the writes, at 24 and at 92. */
static bool is_counter(size_t at)
{
    return (at >= 24 && at < 28) || (at >= 92 && at < 96);
}

/* SQLite does not wait for the disk here, so that each sector of the file may be of this read or of
 * the one before.  That is no damage as long as nothing is moved: a time of six bytes takes the
 * place of another. */
static void it_overwrites_times_and_moves_nothing(void **state)
{
    struct place *p = *state;
    unsigned char *before, *after;
    size_t before_len, after_len, differing = 0, others = 0;

    list(p, STEP_IN_PROGRESS, noon_ms);
    before = read_file(p, &before_len);
    list(p, STEP_IN_PROGRESS, noon_ms + HOUR_MS);
    after = read_file(p, &after_len);
    assert_int_equal(after_len, before_len);
    for (size_t i = 0; i < before_len; i++) {
        if (before[i] == after[i] || is_counter(i)) {
            continue;
        }
        differing++;
        if (i < PAGE) { /* the tables themselves are on the first page */
            others++;
        }
    }
    free(before);
    free(after);
    assert_int_equal(others, 0);
    /* Of each offer four times: last seen and listed; of its publish, last seen twice.  Of an hour
     * later the three or four lower bytes differ. */
    assert_in_range(differing, OFFERS * 4 * 3, OFFERS * 4 * 4);
    assert_int_equal(place_count(p, "SELECT count(*) FROM span"), OFFERS);
}

static void its_time_is_written(void **state)
{
    struct place *p = *state;
    int64_t again_ms = noon_ms + HOUR_MS;
    const char *const last_seen[] = { "SELECT min(last_seen - track) FROM track",
                                      "SELECT min(last_seen - run) FROM run",
                                      "SELECT min(steps_seen - run) FROM run" };

    list(p, STEP_IN_PROGRESS, noon_ms);
    list(p, STEP_IN_PROGRESS, again_ms);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(place_count(p, last_seen[i]), again_ms - 1);
    }
    assert_int_equal(place_count(p, "SELECT min(listed) FROM track"), again_ms + OFFERS);
    /* So the next change lies between this read and its own. */
    list(p, STEP_COMPLETE, again_ms + HOUR_MS);
    assert_int_equal(place_count(p, "SELECT min(ended_after) FROM step WHERE key = 'b'"), again_ms);
}

/* What the file had when the read began may be old by its end. */
static void what_others_have_written_since_is_seen(void **state)
{
    struct place *p = *state;
    struct place other = *p;
    struct error err = ERROR_INIT;
    struct recorded_memory memory;
    struct offer o = { .api = "cpp",
                       .id = "contoso-vm",
                       .publisher = "contoso",
                       .live = LIVE_NO,
                       .state = STATE_IN_PROGRESS,
                       .basis = BASIS_DOCUMENTED };

    place_see(p, &o, noon_ms);
    assert_int_equal(record_recall(p->record, &o, &memory, &err), 0);
    other.record = NULL;
    place_reopen(&other);
    o.state = STATE_FAILED;
    place_see(&other, &o, noon_ms + HOUR_MS);
    record_close(other.record);
    o.state = STATE_IN_PROGRESS;
    place_see(p, &o, noon_ms + 2 * HOUR_MS);
    assert_int_equal(place_count(p, "SELECT count(*) FROM span"), 3);
    assert_int_equal(place_count(p, "SELECT count(*) FROM span WHERE state = 'failed'"), 1);
}

static void a_name_alone_is_written(void **state)
{
    struct place *p = *state;
    struct offer o = {
        .api = "cpp", .id = "contoso-vm", .name = "Old", .live = LIVE_NO, .basis = BASIS_DOCUMENTED
    };

    place_see(p, &o, noon_ms);
    o.name = "New";
    place_see(p, &o, noon_ms + HOUR_MS);
    assert_int_equal(place_count(p, "SELECT count(*) FROM offer WHERE name = 'New'"), 1);
    o.type = "azure-applications";
    place_see(p, &o, noon_ms + 2 * HOUR_MS);
    assert_int_equal(place_count(p, "SELECT count(*) FROM offer WHERE type IS NOT NULL"), 1);
}

/* A step that was added, and one that has got a time, change nothing of how the offer stands. */
static void what_steps_have_learnt_is_written(void **state)
{
    struct place *p = *state;
    struct step steps[] = { { .id = "a", .status = STEP_IN_PROGRESS },
                            { .id = "b", .status = STEP_NOT_STARTED } };
    struct offer o = { .api = "cpp",
                       .id = "contoso-vm",
                       .state = STATE_IN_PROGRESS,
                       .live = LIVE_NO,
                       .basis = BASIS_DOCUMENTED,
                       .steps = steps,
                       .step_count = 1 };

    place_see(p, &o, noon_ms);
    o.step_count = 2;
    place_see(p, &o, noon_ms + HOUR_MS);
    assert_int_equal(place_count(p, "SELECT count(*) FROM step"), 2);
    steps[0].started_at = "2026-06-20T10:00:00Z";
    place_see(p, &o, noon_ms + 2 * HOUR_MS);
    assert_int_equal(place_count(p, "SELECT count(*) FROM step WHERE started_at IS NOT NULL"), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up_and_open, place_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_overwrites_times_and_moves_nothing),  TEST(its_time_is_written),
        TEST(what_others_have_written_since_is_seen), TEST(a_name_alone_is_written),
        TEST(what_steps_have_learnt_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

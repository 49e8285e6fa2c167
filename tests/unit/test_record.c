/* test_record.c - the file of the record: what is written, and what becomes of a file that is
 * wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record_bench.h"
#include "schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct offer an_offer(enum offer_state offer_state)
{
    return (struct offer){ .api = "cpp",
                           .id = "contoso-vm",
                           .publisher = "contoso",
                           .state = offer_state,
                           .live = LIVE_NO,
                           .basis = BASIS_DOCUMENTED };
}

static void a_change_is_a_row_and_a_read_is_none(void **state)
{
    struct place *p = *state;
    struct offer o = an_offer(STATE_IN_PROGRESS);

    place_reopen(p);
    for (int hour = 1; hour <= 5; hour++) {
        place_see(p, &o, hour * HOUR_MS);
    }
    assert_int_equal(place_count(p, "SELECT count(*) FROM span"), 1);
    o.state = STATE_FAILED;
    place_see(p, &o, 6 * HOUR_MS);
    assert_int_equal(place_count(p, "SELECT count(*) FROM span"), 2);
    assert_int_equal(place_count(p, "SELECT last_seen FROM span WHERE span = 1"), 5 * HOUR_MS);
    assert_int_equal(place_count(p, "SELECT first_seen FROM span WHERE span = 2"), 6 * HOUR_MS);
    assert_int_equal(place_count(p, "SELECT last_seen FROM track"), 6 * HOUR_MS);
}

static void the_file_is_for_its_owner_alone(void **state)
{
    struct place *p = *state;
    struct stat found;
    mode_t mask = umask(0);

    place_reopen(p);
    umask(mask);
    assert_int_equal(stat(p->path, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0600);
}

static void what_is_provisional_is_not_written(void **state)
{
    struct place *p = *state;
    struct offer o = an_offer(STATE_IN_PROGRESS);

    place_reopen(p);
    o.basis = BASIS_PROVISIONAL;
    place_see(p, &o, HOUR_MS);
    assert_int_equal(place_count(p, "SELECT count(*) FROM offer"), 0);
}

static void a_read_that_began_earlier_changes_nothing(void **state)
{
    struct place *p = *state;
    struct offer o = an_offer(STATE_FAILED);
    struct error err = ERROR_INIT;

    place_reopen(p);
    place_see(p, &o, 2 * HOUR_MS);
    o.state = STATE_IN_PROGRESS;
    assert_int_equal(record_note(p->record, &o, HOUR_MS, &err), 0);
    assert_int_equal(record_write(p->record, false, 3 * HOUR_MS, &err), 0);
    assert_int_equal(place_count(p, "SELECT count(*) FROM span"), 1);
}

/* A clock that was far ahead once must not stop the record until then. */
static void a_clock_that_was_ahead_is_forgiven(void **state)
{
    struct place *p = *state;
    struct offer o = an_offer(STATE_FAILED);

    place_reopen(p);
    place_see(p, &o, 1000 * HOUR_MS);
    o.state = STATE_IN_PROGRESS;
    place_see(p, &o, 2 * HOUR_MS);
    assert_int_equal(place_count(p, "SELECT count(*) FROM span"), 2);
}

static void each_api_has_a_row_of_its_own(void **state)
{
    struct place *p = *state;
    struct offer o = an_offer(STATE_IN_PROGRESS);
    const struct source sources[] = { { .api = "ingestion" }, { .api = "graph" } };

    place_reopen(p);
    place_see(p, &o, HOUR_MS);
    o.api = "ingestion";
    o.publisher = NULL;
    o.product_id = "guid";
    place_see(p, &o, HOUR_MS);
    o.api = NULL;
    o.sources = sources;
    o.source_count = 2;
    place_see(p, &o, HOUR_MS);
    assert_int_equal(place_count(p, "SELECT count(*) FROM offer"), 1);
    assert_int_equal(place_count(p, "SELECT count(*) FROM track"), 3);
    assert_int_equal(place_count(p, "SELECT count(*) FROM track WHERE api = 'graph,ingestion'"), 1);
}

static void two_publishers_may_have_one_id(void **state)
{
    struct place *p = *state;
    struct offer o = an_offer(STATE_IN_PROGRESS);

    place_reopen(p);
    place_see(p, &o, HOUR_MS);
    o.publisher = "fabrikam";
    place_see(p, &o, HOUR_MS);
    o.publisher = NULL; /* it may be either: it is neither */
    place_see(p, &o, HOUR_MS);
    place_see(p, &o, 2 * HOUR_MS);
    o.publisher = "Contoso";
    place_see(p, &o, 2 * HOUR_MS);
    assert_int_equal(place_count(p, "SELECT count(*) FROM offer"), 3);
}

static const struct step at_the_first[] = {
    { .id = "a", .name = "A", .status = STEP_IN_PROGRESS, .started_at = "2026-01-01T00:00:00Z" },
    { .id = "b", .name = "B", .status = STEP_NOT_STARTED },
};
static const struct step at_the_second[] = {
    { .id = "a",
      .name = "A",
      .status = STEP_COMPLETE,
      .started_at = "2026-01-01T00:00:00Z",
      .completed_at = "2026-01-01T01:00:00Z" },
    { .id = "b", .name = "B", .status = STEP_IN_PROGRESS },
};
static const struct step all_complete[] = {
    { .id = "a", .name = "A", .status = STEP_COMPLETE },
    { .id = "b", .name = "B", .status = STEP_COMPLETE },
};

static struct offer publishing(const struct step *steps)
{
    struct offer o = an_offer(STATE_IN_PROGRESS);

    o.steps_known = true;
    o.steps = steps;
    o.step_count = 2;
    return o;
}

static struct recorded_run *the_runs(struct place *p, struct arena *a, size_t wanted)
{
    const struct record_query all = { .endpoint = "" };
    struct error err = ERROR_INIT;
    struct recorded_run *runs = NULL;
    size_t found = 0;

    if (record_runs(p->record, &all, a, &runs, &found, &err) != 0) {
        fail_msg("%s", err.text);
    }
    assert_int_equal(found, wanted);
    return runs;
}

static void a_publish_is_followed_through_its_steps(void **state)
{
    struct place *p = *state;
    struct arena a = ARENA_INIT;
    struct offer o = an_offer(STATE_NONE);
    struct recorded_run *run;

    place_reopen(p);
    place_see(p, &o, 1 * HOUR_MS);
    o = publishing(at_the_first);
    place_see(p, &o, 2 * HOUR_MS);
    place_see(p, &o, 3 * HOUR_MS);
    o = publishing(at_the_second);
    place_see(p, &o, 4 * HOUR_MS);
    o = publishing(all_complete);
    o.state = STATE_NONE;
    o.live = LIVE_YES;
    place_see(p, &o, 5 * HOUR_MS);
    place_see(p, &o, 6 * HOUR_MS);

    run = the_runs(p, &a, 1);
    assert_string_equal(run->offer.id, "contoso-vm");
    assert_int_equal(run->not_before_ms, 1 * HOUR_MS);
    assert_int_equal(run->first_seen_ms, 2 * HOUR_MS);
    assert_int_equal(run->last_seen_ms, 4 * HOUR_MS);
    assert_int_equal(run->ended_ms, 5 * HOUR_MS);
    assert_int_equal(run->state, STATE_NONE);
    assert_false(run->forgotten);
    assert_int_equal(run->step_count, 2);
    assert_string_equal(run->steps[0].started_at, "2026-01-01T00:00:00Z");
    assert_string_equal(run->steps[0].completed_at, "2026-01-01T01:00:00Z");
    assert_int_equal(run->steps[0].begun_after_ms, 1 * HOUR_MS);
    assert_int_equal(run->steps[0].begun_seen_ms, 2 * HOUR_MS);
    assert_int_equal(run->steps[0].ended_after_ms, 3 * HOUR_MS);
    assert_int_equal(run->steps[0].ended_seen_ms, 4 * HOUR_MS);
    assert_int_equal(run->steps[1].begun_after_ms, 3 * HOUR_MS);
    assert_int_equal(run->steps[1].begun_seen_ms, 4 * HOUR_MS);
    assert_int_equal(run->steps[1].ended_after_ms, 4 * HOUR_MS);
    assert_int_equal(run->steps[1].ended_seen_ms, 5 * HOUR_MS);
    assert_int_equal(run->steps[1].status, STEP_COMPLETE);
    arena_clear(&a);
}

static void a_second_publish_is_a_run_of_its_own(void **state)
{
    struct place *p = *state;
    struct arena a = ARENA_INIT;
    struct offer o = publishing(at_the_first);
    struct recorded_run *runs;

    place_reopen(p);
    o.submission = "7";
    place_see(p, &o, 1 * HOUR_MS);
    o.submission = "8"; /* nothing was read in between */
    place_see(p, &o, 2 * HOUR_MS);
    o.state = STATE_FAILED;
    place_see(p, &o, 3 * HOUR_MS);
    o.state = STATE_IN_PROGRESS; /* tried again */
    place_see(p, &o, 4 * HOUR_MS);
    runs = the_runs(p, &a, 3);
    assert_string_equal(runs[0].submission, "7");
    assert_true(runs[0].forgotten);
    assert_int_equal(runs[1].state, STATE_FAILED);
    assert_int_equal(runs[1].ended_ms, 3 * HOUR_MS);
    assert_int_equal(runs[2].ended_ms, 0);
    arena_clear(&a);
}

static void unknown_does_not_end_a_publish(void **state)
{
    struct place *p = *state;
    struct arena a = ARENA_INIT;
    struct offer o = publishing(at_the_first);

    place_reopen(p);
    place_see(p, &o, 1 * HOUR_MS);
    o = an_offer(STATE_UNKNOWN);
    place_see(p, &o, 2 * HOUR_MS);
    o = publishing(at_the_second);
    place_see(p, &o, 3 * HOUR_MS);
    assert_int_equal(the_runs(p, &a, 1)->ended_ms, 0);
    arena_clear(&a);
}

/* The service's own times of a publish that nobody has followed. */
static void steps_with_times_are_kept_afterwards(void **state)
{
    struct place *p = *state;
    struct arena a = ARENA_INIT;
    struct offer o = publishing(at_the_second);
    struct recorded_run *run;

    place_reopen(p);
    o.state = STATE_FAILED;
    o.submission = "7";
    place_see(p, &o, 1 * HOUR_MS);
    place_see(p, &o, 2 * HOUR_MS);
    run = the_runs(p, &a, 1);
    assert_int_equal(run->ended_ms, 1 * HOUR_MS);
    assert_string_equal(run->ended_at, "2026-01-01T01:00:00Z");
    assert_string_equal(run->steps[0].completed_at, "2026-01-01T01:00:00Z");
    arena_clear(&a);
}

static void a_query_names_type_and_offer(void **state)
{
    struct place *p = *state;
    struct arena a = ARENA_INIT;
    struct offer o = publishing(at_the_first);
    struct record_query query = { .id = "CONTOSO-VM", .type = "vm" };
    struct error err = ERROR_INIT;
    struct recorded_run *runs;
    size_t found;

    place_reopen(p);
    o.type = "microsoft-azure-virtualmachines";
    place_see(p, &o, HOUR_MS);
    assert_int_equal(record_runs(p->record, &query, &a, &runs, &found, &err), 0);
    assert_int_equal(found, 1);
    query.type = "saas";
    assert_int_equal(record_runs(p->record, &query, &a, &runs, &found, &err), 0);
    assert_int_equal(found, 0);
    query = (struct record_query){ .id = "contoso" };
    assert_int_equal(record_runs(p->record, &query, &a, &runs, &found, &err), 0);
    assert_int_equal(found, 0);
    arena_clear(&a);
}

static void write_file(const char *path, const char *text, size_t len)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, len, file), len);
    fclose(file);
}

static void a_file_that_is_no_database_is_set_aside(void **state)
{
    struct place *p = *state;
    struct offer o = an_offer(STATE_NONE);
    struct error err = ERROR_INIT;
    char text[4096];

    memset(text, 'x', sizeof(text));
    write_file(p->path, text, sizeof(text));
    assert_int_equal(place_try_open(p, false, &err), -1); /* who only reads leaves it */
    assert_int_equal(err.code, ERR_OUTPUT);
    place_reopen(p);
    assert_non_null(strstr(p->warned, "record.db.broken-"));
    place_see(p, &o, HOUR_MS);
    assert_int_equal(place_count(p, "SELECT count(*) FROM span"), 1);
}

/* Overwrite all pages but the first, which has the schema. */
static void damage(struct place *p)
{
    char page[4096];
    FILE *file;

    record_close(p->record);
    p->record = NULL;
    memset(page, 'x', sizeof(page));
    file = fopen(p->path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, 4096, SEEK_SET), 0);
    for (int i = 0; i < 14; i++) {
        assert_int_equal(fwrite(page, 1, sizeof(page), file), sizeof(page));
    }
    fclose(file);
}

static void damage_that_shows_in_writing_is_set_aside(void **state)
{
    struct place *p = *state;
    struct offer o = an_offer(STATE_NONE);

    place_reopen(p);
    place_see(p, &o, HOUR_MS);
    damage(p);
    place_reopen(p);
    place_see(p, &o, 2 * HOUR_MS);
    assert_non_null(strstr(p->warned, "record.db.broken-"));
    assert_int_equal(place_count(p, "SELECT count(*) FROM span"), 1);
    p->warned[0] = '\0';
    o.state = STATE_IN_PROGRESS;
    place_see(p, &o, 3 * HOUR_MS);
    assert_string_equal(p->warned, ""); /* the new file is not broken */
    assert_int_equal(place_count(p, "SELECT count(*) FROM span"), 2);
}

static void damage_that_shows_in_recalling_is_set_aside(void **state)
{
    struct place *p = *state;
    struct offer o = an_offer(STATE_NONE);
    struct recorded_memory memory;
    struct error err = ERROR_INIT;

    place_reopen(p);
    place_see(p, &o, HOUR_MS);
    damage(p);
    place_reopen(p);
    assert_int_equal(record_recall(p->record, &o, &memory, &err), 0);
    assert_false(memory.known);
    assert_false(memory.is_new); /* the new file has no others */
    assert_non_null(strstr(p->warned, "record.db.broken-"));
    place_see(p, &o, 2 * HOUR_MS);
    assert_int_equal(record_recall(p->record, &o, &memory, &err), 0);
    assert_true(memory.known);
    damage(p); /* who only reads sets nothing aside */
    assert_int_equal(place_try_open(p, false, &err), 0);
    assert_int_equal(record_recall(p->record, &o, &memory, &err), -1);
    assert_int_equal(err.code, ERR_OUTPUT);
}

static void a_newer_version_is_left_alone(void **state)
{
    struct place *p = *state;
    struct error err = ERROR_INIT;

    place_reopen(p);
    assert_int_equal(db_execute(&p->record->db, "PRAGMA user_version = 1000", &err), 0);
    record_close(p->record);
    p->record = NULL;
    assert_int_equal(place_try_open(p, true, &err), -1);
    assert_int_equal(err.code, ERR_OUTPUT);
    assert_non_null(strstr(err.text, "newer"));
    assert_string_equal(p->warned, "");
}

static void a_file_of_another_program_is_left_alone(void **state)
{
    struct place *p = *state;
    struct error err = ERROR_INIT;

    place_reopen(p);
    assert_int_equal(
        db_execute(&p->record->db, "PRAGMA application_id = 1; PRAGMA user_version = 0", &err), 0);
    record_close(p->record);
    p->record = NULL;
    assert_int_equal(place_try_open(p, true, &err), -1);
    assert_non_null(strstr(err.text, "another program"));
    assert_string_equal(p->warned, "");
}

static void who_reads_makes_no_file(void **state)
{
    struct place *p = *state;
    struct error err = ERROR_INIT;

    assert_int_equal(place_try_open(p, false, &err), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_int_equal(access(p->path, F_OK), -1);
}

static void a_folder_that_is_none_is_an_error(void **state)
{
    struct place *p = *state;
    struct error err = ERROR_INIT;

    snprintf(p->path, sizeof(p->path), "/dev/null/record.db");
    assert_int_equal(place_try_open(p, true, &err), -1);
    assert_int_equal(err.code, ERR_OUTPUT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up, place_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_change_is_a_row_and_a_read_is_none),
        TEST(the_file_is_for_its_owner_alone),
        TEST(what_is_provisional_is_not_written),
        TEST(a_read_that_began_earlier_changes_nothing),
        TEST(a_clock_that_was_ahead_is_forgiven),
        TEST(each_api_has_a_row_of_its_own),
        TEST(two_publishers_may_have_one_id),
        TEST(a_publish_is_followed_through_its_steps),
        TEST(a_second_publish_is_a_run_of_its_own),
        TEST(unknown_does_not_end_a_publish),
        TEST(steps_with_times_are_kept_afterwards),
        TEST(a_query_names_type_and_offer),
        TEST(a_file_that_is_no_database_is_set_aside),
        TEST(damage_that_shows_in_writing_is_set_aside),
        TEST(damage_that_shows_in_recalling_is_set_aside),
        TEST(a_newer_version_is_left_alone),
        TEST(a_file_of_another_program_is_left_alone),
        TEST(who_reads_makes_no_file),
        TEST(a_folder_that_is_none_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_record_contents.c - what was written comes back as it was, member by member. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record_bench.h"

#include <stdio.h>
#include <string.h>

static const struct step steps[] = {
    { .id = "s1", .name = "Validate", .status = STEP_COMPLETE },
    { .id = "s2",
      .name = "Certify",
      .status = STEP_IN_PROGRESS,
      .started_at = "2026-01-01T00:00:00Z" },
    { .id = "s3", .name = "Publish", .status = STEP_NOT_STARTED },
};

static struct offer an_offer(enum offer_state offer_state)
{
    return (struct offer){ .api = "cpp",
                           .id = "vm",
                           .publisher = "contoso",
                           .state = offer_state,
                           .live = LIVE_NO,
                           .basis = BASIS_DOCUMENTED };
}

static struct recorded_entry *entries(struct place *p, size_t wanted)
{
    struct error err = ERROR_INIT;
    struct recorded_entry *found = NULL;
    size_t count = 0;

    if (record_entries(p->record, &p->arena, &found, &count, &err) != 0) {
        fail_msg("%s", err.text);
    }
    assert_int_equal(count, wanted);
    return found;
}

static void execute(struct place *p, const char *sql)
{
    struct error err = ERROR_INIT;

    if (db_execute(&p->record->db, sql, &err) != 0) {
        fail_msg("%s", err.text);
    }
}

static void each_member_comes_back(void **state)
{
    struct place *p = *state;
    struct offer o = an_offer(STATE_IN_PROGRESS);
    const struct recorded_entry *e;

    o.product_id = "a-guid";
    o.name = "Contoso VM";
    o.type = "microsoft-azure-virtualmachines";
    o.live = LIVE_PREVIEW;
    o.raw_status = "running";
    o.submission = "77";
    o.version = "9";
    o.steps = steps;
    o.step_count = 3;
    o.steps_known = true;
    place_see(p, &o, HOUR_MS);
    place_see(p, &o, 2 * HOUR_MS);
    e = entries(p, 1);
    assert_int_equal(e->row, place_count(p, "SELECT offer FROM offer"));
    assert_string_equal(e->offer.endpoint, "");
    assert_string_equal(e->offer.publisher, "contoso");
    assert_string_equal(e->offer.id, "vm");
    assert_string_equal(e->offer.product_id, "a-guid");
    assert_string_equal(e->offer.name, "Contoso VM");
    assert_string_equal(e->offer.type, "microsoft-azure-virtualmachines");
    assert_string_equal(e->span.api, "cpp");
    assert_false(e->span.gone);
    assert_false(e->span.appeared);
    assert_int_equal(e->span.state, STATE_IN_PROGRESS);
    assert_int_equal(e->span.live, LIVE_PREVIEW);
    assert_string_equal(e->span.raw_status, "running");
    assert_string_equal(e->span.submission, "77");
    assert_string_equal(e->span.version, "9");
    assert_string_equal(e->span.step_id, "s2");
    assert_string_equal(e->span.step_name, "Certify");
    assert_int_equal(e->span.step_index, 2);
    assert_int_equal(e->span.step_total, 3);
    assert_int_equal(e->span.step_status, STEP_IN_PROGRESS);
    assert_string_equal(e->span.since, "2026-01-01T00:00:00Z");
    assert_int_equal(e->span.first_seen_ms, HOUR_MS);
    assert_int_equal(e->span.last_seen_ms, 2 * HOUR_MS);
}

static void each_state_comes_back(void **state)
{
    struct place *p = *state;
    const struct recorded_entry *e;

    for (int i = 0; i < STATE_COUNT; i++) {
        char id[8];
        struct offer o = an_offer((enum offer_state)i);
        snprintf(id, sizeof(id), "vm-%d", i);
        o.id = id;
        o.live = (enum offer_live)(i % LIVE_COUNT);
        place_see(p, &o, HOUR_MS);
    }
    e = entries(p, STATE_COUNT);
    for (int i = 0; i < STATE_COUNT; i++) {
        assert_int_equal(e[i].span.state, i);
        assert_int_equal(e[i].span.live, i % LIVE_COUNT);
    }
}

/* A newer version may have written them. */
static void words_that_are_not_known_are_unknown(void **state)
{
    struct place *p = *state;
    struct offer o = an_offer(STATE_IN_PROGRESS);
    const struct recorded_entry *e;

    o.steps = steps;
    o.step_count = 3;
    o.steps_known = true;
    place_see(p, &o, HOUR_MS);
    execute(p, "UPDATE span SET state = 'odd', live = 'odd', step_status = 'odd'");
    e = entries(p, 1);
    assert_int_equal(e->span.state, STATE_UNKNOWN);
    assert_int_equal(e->span.live, LIVE_UNKNOWN);
    assert_int_equal(e->span.step_status, STEP_UNKNOWN);
}

struct taken {
    char text[128];
    size_t fail_at; /* the callback refuses this one, from 1; 0: none */
    size_t count;
};

static int take(void *user, const struct recorded_entry *entry, struct error *err)
{
    struct taken *t = user;
    size_t used = strlen(t->text);

    t->count++;
    snprintf(t->text + used, sizeof(t->text) - used, "%s %s, ", entry->offer.id,
             state_token(entry->span.state));
    return t->count == t->fail_at ? error_set(err, ERR_OUTPUT, "full") : 0;
}

static void spans_come_one_by_one(void **state)
{
    struct place *p = *state;
    struct taken all = { .fail_at = 0 }, some = { .fail_at = 2 };
    struct offer a = an_offer(STATE_IN_PROGRESS), b = an_offer(STATE_NONE);
    struct error err = ERROR_INIT;

    b.id = "db";
    b.product_id = "b-guid";
    place_see(p, &a, 1 * HOUR_MS);
    place_see(p, &b, 1 * HOUR_MS);
    a.state = STATE_FAILED;
    place_see(p, &a, 2 * HOUR_MS);
    assert_int_equal(record_spans(p->record, take, &all, &err), 0);
    assert_string_equal(all.text, "vm in_progress, db none, vm failed, ");
    assert_int_equal(record_spans(p->record, take, &some, &err), -1);
    assert_int_equal(some.count, 2);
    assert_string_equal(err.text, "full");
}

static void the_size_is_of_all_tables(void **state)
{
    struct place *p = *state;
    struct offer a = an_offer(STATE_IN_PROGRESS), b = an_offer(STATE_NONE);
    struct record_size size;
    struct error err = ERROR_INIT;

    b.id = "db";
    b.product_id = "b-guid";
    place_see(p, &a, 1 * HOUR_MS);
    place_see(p, &b, 2 * HOUR_MS);
    a.state = STATE_FAILED;
    place_see(p, &a, 3 * HOUR_MS);
    a.state = STATE_NONE;
    place_see(p, &a, 4 * HOUR_MS);
    assert_int_equal(record_measure(p->record, &size, &err), 0);
    assert_int_equal(size.offers, 2);
    assert_int_equal(size.spans, 4);
    assert_int_equal(size.changes, 2);
    assert_int_equal(size.runs, 1);
    assert_int_equal(size.first_ms, 1 * HOUR_MS);
    assert_int_equal(size.last_ms, 4 * HOUR_MS);
    assert_true(size.bytes >= 4096 && size.bytes % 512 == 0); /* pages */
}

static const struct recorded_run *the_run(struct place *p)
{
    static const struct record_query all = { .type = NULL };
    struct recorded_run *runs = NULL;
    struct error err = ERROR_INIT;
    size_t count = 0;

    if (record_runs(p->record, &all, &p->arena, &runs, &count, &err) != 0) {
        fail_msg("%s", err.text);
    }
    assert_int_equal(count, 1);
    return runs;
}

static void steps_come_back_in_their_order(void **state)
{
    struct place *p = *state;
    struct offer o = an_offer(STATE_IN_PROGRESS);
    const struct recorded_run *run;

    o.steps = steps;
    o.step_count = 3;
    o.steps_known = true;
    place_see(p, &o, HOUR_MS);
    run = the_run(p);
    assert_int_equal(run->step_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(run->steps[i].index, i + 1);
        assert_string_equal(run->steps[i].id, steps[i].id);
        assert_string_equal(run->steps[i].name, steps[i].name);
        assert_int_equal(run->steps[i].status, steps[i].status);
    }
}

static void steps_without_id_and_name_are_known_by_their_place(void **state)
{
    static const struct step bare[] = { { .status = STEP_COMPLETE },
                                        { .status = STEP_IN_PROGRESS } };
    struct place *p = *state;
    struct offer o = an_offer(STATE_IN_PROGRESS);

    o.steps = bare;
    o.step_count = 2;
    o.steps_known = true;
    place_see(p, &o, HOUR_MS);
    assert_int_equal(place_count(p, "SELECT count(*) FROM step WHERE key = '#' || nth"), 2);
    assert_int_equal(place_count(p, "SELECT min(nth) * 10 + max(nth) FROM step"), 12);
}

/* The step stands as before, but when it ended is known only now. */
static void a_time_that_comes_later_is_kept(void **state)
{
    struct place *p = *state;
    struct step done = { .id = "a", .name = "A", .status = STEP_COMPLETE };
    const struct step last = { .id = "b", .name = "B", .status = STEP_IN_PROGRESS };
    struct step both[2] = { done, last };
    struct offer o = an_offer(STATE_IN_PROGRESS);

    o.steps = both;
    o.step_count = 2;
    o.steps_known = true;
    place_see(p, &o, 1 * HOUR_MS);
    both[0].completed_at = "2026-01-01T01:00:00Z";
    place_see(p, &o, 2 * HOUR_MS);
    assert_string_equal(the_run(p)->steps[0].completed_at, "2026-01-01T01:00:00Z");
}

/* What a list lacks is gone in the state in which it was seen last, and no other. */
static void what_is_gone_is_as_it_was_last(void **state)
{
    struct place *p = *state;
    struct offer keeps = an_offer(STATE_NONE), goes = an_offer(STATE_IN_PROGRESS);
    struct error err = ERROR_INIT;
    const struct recorded_change *c;

    keeps.id = "stays";
    keeps.product_id = "b-guid";
    for (int hour = 1; hour <= 4; hour++) {
        assert_int_equal(record_note(p->record, &keeps, hour * HOUR_MS, &err), 0);
        if (hour < 4) {
            assert_int_equal(record_note(p->record, &goes, hour * HOUR_MS, &err), 0);
        }
        assert_int_equal(record_write(p->record, true, hour * HOUR_MS, &err), 0);
        goes.state = hour == 1 ? STATE_PENDING_SIGNOFF : STATE_FAILED;
    }
    assert_int_equal(record_changes(p->record, &(struct record_since){ .serial = 0 }, &p->arena,
                                    &p->changes, &p->change_count, &err),
                     0);
    assert_int_equal(p->change_count, 3);
    c = &p->changes[2];
    assert_true(c->after.gone);
    assert_int_equal(c->before.state, STATE_FAILED);
    assert_int_equal(c->after.state, STATE_FAILED);
    assert_int_equal(place_count(p, "SELECT count(*) FROM track WHERE run IS NOT NULL"), 0);
}

static int64_t forgotten_ms(struct place *p, const struct offer *o)
{
    struct recorded_memory memory;
    struct error err = ERROR_INIT;

    if (record_recall(p->record, o, &memory, &err) != 0) {
        fail_msg("%s", err.text);
    }
    return memory.forgotten_ms;
}

/* The read in between found out nothing. */
static void a_publish_is_forgotten_after_a_state_that_is_unknown(void **state)
{
    struct place *p = *state;
    struct offer o = an_offer(STATE_IN_PROGRESS);

    o.submission = "7";
    place_see(p, &o, 1 * HOUR_MS);
    o = an_offer(STATE_UNKNOWN);
    place_see(p, &o, 2 * HOUR_MS);
    o = an_offer(STATE_NONE);
    assert_int_equal(forgotten_ms(p, &o), 1 * HOUR_MS);
    o.submission = "7"; /* it is still there */
    o.live = LIVE_YES;
    assert_int_equal(forgotten_ms(p, &o), 0);
}

/* No submission says that a publish is a new one. */
static void a_publish_under_way_ends_what_was_forgotten(void **state)
{
    struct place *p = *state;
    struct offer o = an_offer(STATE_IN_PROGRESS);

    o.submission = "7";
    place_see(p, &o, 1 * HOUR_MS);
    o = an_offer(STATE_NONE);
    place_see(p, &o, 2 * HOUR_MS);
    assert_int_equal(forgotten_ms(p, &o), 1 * HOUR_MS);
    o.state = STATE_IN_PROGRESS;
    assert_int_equal(forgotten_ms(p, &o), 0);
}

/* Its submission is gone, but what it published is there. */
static void a_publish_that_went_live_is_not_forgotten(void **state)
{
    struct place *p = *state;
    struct offer o = an_offer(STATE_IN_PROGRESS);

    o.submission = "7";
    place_see(p, &o, 1 * HOUR_MS);
    o = an_offer(STATE_NONE);
    o.live = LIVE_YES;
    place_see(p, &o, 2 * HOUR_MS);
    assert_false(the_run(p)->forgotten);
    assert_int_equal(the_run(p)->state, STATE_NONE);
}

static void a_publish_that_is_over_has_no_run(void **state)
{
    struct place *p = *state;
    struct offer o = an_offer(STATE_IN_PROGRESS);

    place_see(p, &o, 1 * HOUR_MS);
    assert_int_equal(place_count(p, "SELECT count(*) FROM track WHERE run IS NOT NULL"), 1);
    o.state = STATE_FAILED;
    place_see(p, &o, 2 * HOUR_MS);
    assert_int_equal(place_count(p, "SELECT count(*) FROM track WHERE run <> 0"), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up_and_open, place_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_member_comes_back),
        TEST(each_state_comes_back),
        TEST(words_that_are_not_known_are_unknown),
        TEST(spans_come_one_by_one),
        TEST(the_size_is_of_all_tables),
        TEST(steps_come_back_in_their_order),
        TEST(steps_without_id_and_name_are_known_by_their_place),
        TEST(a_time_that_comes_later_is_kept),
        TEST(what_is_gone_is_as_it_was_last),
        TEST(a_publish_is_forgotten_after_a_state_that_is_unknown),
        TEST(a_publish_under_way_ends_what_was_forgotten),
        TEST(a_publish_that_went_live_is_not_forgotten),
        TEST(a_publish_that_is_over_has_no_run),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

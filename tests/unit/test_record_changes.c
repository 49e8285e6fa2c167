/* test_record_changes.c - what has changed, what is new or gone, what was forgotten, and older
 * files. */
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

/* One read: offers "a", "b" and so on, as the letters say; with "fabrikam/" in front of them of
 * that publisher. */
static void list(struct place *p, const char *letters, bool is_complete, int64_t at_ms)
{
    struct error err = ERROR_INIT;
    const char *publisher = "contoso";

    for (const char *letter = letters; *letter != '\0'; letter++) {
        char id[2] = { *letter, '\0' };
        struct offer o = { .api = "cpp",
                           .publisher = publisher,
                           .live = LIVE_NO,
                           .basis = BASIS_DOCUMENTED,
                           .id = id };
        if (*letter == '/') {
            publisher = "fabrikam";
        } else if (record_note(p->record, &o, at_ms, &err) != 0) {
            fail_msg("%s", err.text);
        }
    }
    if (record_write(p->record, is_complete, at_ms + 1, &err) != 0) {
        fail_msg("%s", err.text);
    }
}

static void get_changes(struct place *p, int64_t time_ms, int64_t serial)
{
    const struct record_since since = { .time_ms = time_ms, .serial = serial };
    struct error err = ERROR_INIT;

    if (record_changes(p->record, &since, &p->arena, &p->changes, &p->change_count, &err) != 0) {
        fail_msg("%s", err.text);
    }
}

/* The changes as words: "a new", "b gone", "c back", "d". */
static void assert_changes(struct place *p, const char *wanted)
{
    char found[512] = "";
    size_t used = 0;

    get_changes(p, 0, 0);
    for (size_t i = 0; i < p->change_count; i++) {
        const struct recorded_change *c = &p->changes[i];
        const char *what = "";
        if (c->after.appeared) {
            what = " new";
        } else if (c->after.gone) {
            what = " gone";
        } else if (c->before.gone) {
            what = " back";
        }
        used += (size_t)snprintf(found + used, sizeof(found) - used, "%s%s%s", i > 0 ? ", " : "",
                                 c->offer.id, what);
    }
    assert_string_equal(found, wanted);
}

static void the_first_list_is_no_change(void **state)
{
    struct place *p = *state;

    list(p, "abc", true, HOUR_MS);
    list(p, "abc", true, 2 * HOUR_MS);
    assert_changes(p, "");
}

static void an_offer_that_a_list_adds_is_new(void **state)
{
    struct place *p = *state;

    list(p, "ab", true, HOUR_MS);
    list(p, "cab", true, 2 * HOUR_MS);
    assert_changes(p, "c new");
}

/* Another offer is looked at for the first time: it may have been there for years. */
static void an_offer_that_is_asked_for_is_not_new(void **state)
{
    struct place *p = *state;

    list(p, "ab", false, HOUR_MS);
    list(p, "c", false, 2 * HOUR_MS);
    list(p, "abcd", true, 3 * HOUR_MS); /* no list has had them all before */
    assert_changes(p, "");
}

static void an_offer_that_a_list_lacks_is_gone_and_may_come_back(void **state)
{
    struct place *p = *state;

    list(p, "abc", true, 1 * HOUR_MS);
    list(p, "ac", true, 2 * HOUR_MS);
    list(p, "ac", true, 3 * HOUR_MS);
    assert_changes(p, "b gone");
    assert_int_equal(p->changes[0].after.first_seen_ms, 2 * HOUR_MS + 1);
    assert_int_equal(p->changes[0].before.last_seen_ms, 1 * HOUR_MS);
    list(p, "abc", true, 4 * HOUR_MS);
    assert_changes(p, "b gone, b back");
}

/* Their lists were two. */
static void offers_of_two_publishers_are_gone_at_once(void **state)
{
    struct place *p = *state;

    list(p, "ab", true, 1 * HOUR_MS);
    list(p, "/cd", true, 2 * HOUR_MS);
    list(p, "a/c", true, 3 * HOUR_MS);
    assert_changes(p, "b gone, d gone");
}

static void a_selection_says_nothing_of_the_others(void **state)
{
    struct place *p = *state;

    list(p, "abc", true, HOUR_MS);
    list(p, "a", false, 2 * HOUR_MS);
    assert_changes(p, "");
}

static void an_empty_list_says_nothing(void **state)
{
    struct place *p = *state;

    list(p, "abc", true, HOUR_MS);
    list(p, "", true, 2 * HOUR_MS);
    assert_changes(p, "");
}

/* What another account sees. */
static void a_list_of_other_offers_says_nothing(void **state)
{
    struct place *p = *state;

    list(p, "abc", true, HOUR_MS);
    list(p, "xy", true, 2 * HOUR_MS);
    list(p, "abc", true, 3 * HOUR_MS);
    list(p, "xy", true, 4 * HOUR_MS);
    get_changes(p, 0, 0);
    for (size_t i = 0; i < p->change_count; i++) {
        assert_false(p->changes[i].after.gone);
    }
}

static void a_list_of_one_publisher_says_nothing_of_another(void **state)
{
    struct place *p = *state;

    list(p, "ab/xy", true, HOUR_MS);
    list(p, "a", true, 2 * HOUR_MS);
    assert_changes(p, "b gone");
}

static void the_first_offers_of_a_publisher_are_not_new(void **state)
{
    struct place *p = *state;

    list(p, "ab", true, HOUR_MS);
    list(p, "ab/xy", true, 2 * HOUR_MS);
    assert_changes(p, "");
}

static struct offer an_offer(enum offer_state offer_state)
{
    return (struct offer){ .api = "ingestion",
                           .id = "contoso-vm",
                           .product_id = "guid",
                           .state = offer_state,
                           .live = LIVE_NO,
                           .basis = BASIS_DOCUMENTED };
}

static void changes_are_of_a_time_or_after_another(void **state)
{
    struct place *p = *state;
    struct offer o = an_offer(STATE_NONE);

    place_see(p, &o, 1 * HOUR_MS);
    o.state = STATE_IN_PROGRESS;
    o.submission = "7";
    place_see(p, &o, 2 * HOUR_MS);
    o.state = STATE_FAILED;
    place_see(p, &o, 3 * HOUR_MS);
    get_changes(p, 0, 0);
    assert_int_equal(p->change_count, 2);
    assert_int_equal(p->changes[0].members, RECORDED_STATE | RECORDED_SUBMISSION);
    assert_int_equal(p->changes[1].members, RECORDED_STATE);
    assert_int_equal(p->changes[1].before.state, STATE_IN_PROGRESS);
    assert_int_equal(p->changes[1].after.state, STATE_FAILED);
    get_changes(p, 0, p->changes[0].serial);
    assert_int_equal(p->change_count, 1);
    get_changes(p, 3 * HOUR_MS, 0);
    assert_int_equal(p->change_count, 1);
    get_changes(p, 3 * HOUR_MS + 1, 0);
    assert_int_equal(p->change_count, 0);
}

/* The same change, seen by different APIs one after the other. */
static void what_another_api_had_already_is_no_news(void **state)
{
    struct place *p = *state;
    struct offer ingestion = an_offer(STATE_IN_PROGRESS), graph = an_offer(STATE_IN_PROGRESS);

    graph.api = "graph";
    place_see(p, &ingestion, 1 * HOUR_MS);
    place_see(p, &graph, 1 * HOUR_MS);
    ingestion.state = graph.state = STATE_FAILED;
    place_see(p, &ingestion, 2 * HOUR_MS);
    place_see(p, &graph, 3 * HOUR_MS);
    get_changes(p, 0, 0);
    assert_int_equal(p->change_count, 1);
    assert_string_equal(p->changes[0].after.api, "ingestion");
    get_changes(p, 0, p->changes[0].serial);
    assert_int_equal(p->change_count, 0);
    /* One more, which graph is the first to show. */
    ingestion.state = graph.state = STATE_IN_PROGRESS;
    place_see(p, &graph, 4 * HOUR_MS);
    place_see(p, &ingestion, 5 * HOUR_MS);
    get_changes(p, 0, 0);
    assert_int_equal(p->change_count, 2);
    assert_string_equal(p->changes[1].after.api, "graph");
}

static void each_name_has_a_mark_of_its_own(void **state)
{
    struct place *p = *state;
    struct error err = ERROR_INIT;
    int64_t serial, at_ms;

    assert_int_equal(record_set_mark(p->record, "a", 7, HOUR_MS, &err), 0);
    assert_int_equal(record_get_mark(p->record, "b", &serial, &at_ms, &err), 0);
    assert_int_equal(serial, 0);
}

static void the_mark_only_grows(void **state)
{
    struct place *p = *state;
    struct error err = ERROR_INIT;
    int64_t serial, at_ms;

    assert_int_equal(record_get_mark(p->record, "a", &serial, &at_ms, &err), 0);
    assert_int_equal(serial, 0);
    assert_int_equal(record_set_mark(p->record, "a", 7, HOUR_MS, &err), 0);
    assert_int_equal(record_set_mark(p->record, "a", 5, 2 * HOUR_MS, &err), 0);
    assert_int_equal(record_get_mark(p->record, "a", &serial, &at_ms, &err), 0);
    assert_int_equal(serial, 7);
    assert_int_equal(at_ms, 2 * HOUR_MS);
}

static struct recorded_memory recall(struct place *p, const struct offer *o)
{
    struct recorded_memory memory;
    struct error err = ERROR_INIT;

    if (record_recall(p->record, o, &memory, &err) != 0) {
        fail_msg("%s", err.text);
    }
    return memory;
}

static void a_forgotten_publish_is_told_until_something_happens(void **state)
{
    struct place *p = *state;
    struct offer o = an_offer(STATE_IN_PROGRESS);

    o.submission = "7";
    place_see(p, &o, 1 * HOUR_MS);
    assert_int_equal(recall(p, &o).forgotten_ms, 0);
    o = an_offer(STATE_NONE);
    for (int hour = 2; hour <= 4; hour++) {
        assert_int_equal(recall(p, &o).forgotten_ms, 1 * HOUR_MS);
        place_see(p, &o, hour * HOUR_MS);
    }
    o.state = STATE_IN_PROGRESS;
    o.submission = "8";
    assert_int_equal(recall(p, &o).forgotten_ms, 0);
    place_see(p, &o, 5 * HOUR_MS);
    o.state = STATE_NONE;
    o.live = LIVE_YES;
    assert_int_equal(recall(p, &o).forgotten_ms, 0);
    place_see(p, &o, 6 * HOUR_MS);
    assert_int_equal(recall(p, &o).forgotten_ms, 0);
}

/* A publish that no read has seen in between has made the offer live. */
static void a_forgotten_publish_is_not_told_of_what_is_live_since(void **state)
{
    struct place *p = *state;
    struct offer o = an_offer(STATE_IN_PROGRESS);

    place_see(p, &o, 1 * HOUR_MS);
    o.state = STATE_NONE;
    place_see(p, &o, 2 * HOUR_MS);
    o.live = LIVE_YES;
    assert_int_equal(recall(p, &o).forgotten_ms, 0);
    place_see(p, &o, 3 * HOUR_MS);
    assert_int_equal(recall(p, &o).forgotten_ms, 0);
}

static void what_differs_is_recalled(void **state)
{
    struct place *p = *state;
    struct offer o = an_offer(STATE_IN_PROGRESS), other = an_offer(STATE_NONE);
    struct recorded_memory memory = recall(p, &o);

    assert_false(memory.known);
    assert_false(memory.is_new); /* there is nothing to compare it with */
    place_see(p, &o, HOUR_MS);
    memory = recall(p, &o);
    assert_true(memory.known);
    assert_int_equal(memory.differs, 0);
    o.state = STATE_FAILED;
    assert_int_equal(recall(p, &o).differs, RECORDED_STATE);
    other.id = "another";
    other.product_id = "its-guid";
    memory = recall(p, &other);
    assert_false(memory.known);
    assert_true(memory.is_new);
}

static void forgetting_takes_all_of_an_offer(void **state)
{
    static const char *const tables[] = { "offer", "track", "span", "run", "step" };
    static const struct step steps[] = { { .id = "a", .status = STEP_IN_PROGRESS } };
    struct place *p = *state;
    struct offer o = an_offer(STATE_IN_PROGRESS);
    struct error err = ERROR_INIT;
    struct recorded_entry *entries;
    size_t count;

    o.steps = steps;
    o.step_count = 1;
    place_see(p, &o, HOUR_MS);
    assert_int_equal(record_entries(p->record, &p->arena, &entries, &count, &err), 0);
    assert_int_equal(count, 1);
    assert_int_equal(record_forget(p->record, entries[0].row, &err), 0);
    assert_int_equal(record_shrink(p->record, &err), 0);
    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        char sql[64];
        sqlite3_stmt *rows;
        snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", tables[i]);
        rows = db_begin(&p->record->db, &err, sql, "");
        assert_non_null(rows);
        assert_int_equal(db_next(&p->record->db, rows, &err), 1);
        assert_int_equal(db_number(&p->record->db, rows, 0), 0);
        db_close(&p->record->db); /* the text of the statement goes */
        place_reopen(p);
    }
}

/* A file as the first version made it. */
static void an_older_file_is_brought_up_to_date(void **state)
{
    static const char version_1[] =
        "CREATE TABLE offer (offer INTEGER PRIMARY KEY, endpoint TEXT NOT NULL, publisher TEXT,"
        " id TEXT NOT NULL COLLATE NOCASE, product TEXT, name TEXT, type TEXT);"
        "CREATE INDEX offer_by_id ON offer (id, endpoint);"
        "CREATE TABLE track (track INTEGER PRIMARY KEY,"
        " offer INTEGER NOT NULL REFERENCES offer ON DELETE CASCADE, api TEXT NOT NULL,"
        " span INTEGER, run INTEGER, last_seen INTEGER NOT NULL, UNIQUE (offer, api));"
        "CREATE TABLE span (span INTEGER PRIMARY KEY AUTOINCREMENT,"
        " track INTEGER NOT NULL REFERENCES track ON DELETE CASCADE, state TEXT NOT NULL,"
        " live TEXT NOT NULL, raw_status TEXT, submission TEXT, version TEXT, step_id TEXT,"
        " step_name TEXT, step_index INTEGER, step_total INTEGER, step_status TEXT, since TEXT,"
        " first_seen INTEGER NOT NULL, last_seen INTEGER, gone INTEGER NOT NULL DEFAULT 0);"
        "CREATE INDEX span_of_track ON span (track, span);"
        "CREATE TABLE run (run INTEGER PRIMARY KEY,"
        " track INTEGER NOT NULL REFERENCES track ON DELETE CASCADE, submission TEXT,"
        " version TEXT, submitted_at TEXT, state TEXT NOT NULL, not_before INTEGER,"
        " first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, steps_seen INTEGER,"
        " ended INTEGER, ended_at TEXT, forgotten INTEGER NOT NULL DEFAULT 0);"
        "CREATE INDEX run_of_track ON run (track, submission);"
        "CREATE TABLE step (run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,"
        " key TEXT NOT NULL, nth INTEGER NOT NULL, id TEXT, name TEXT, status TEXT NOT NULL,"
        " started_at TEXT, completed_at TEXT, begun_after INTEGER, begun_seen INTEGER,"
        " ended_after INTEGER, ended_seen INTEGER, PRIMARY KEY (run, key)) WITHOUT ROWID;"
        "INSERT INTO offer VALUES (1, '', 'contoso', 'a', NULL, 'A', NULL);"
        "INSERT INTO track VALUES (1, 1, 'cpp', 1, NULL, 3600000);"
        "INSERT INTO span (track, state, live, first_seen) VALUES (1, 'failed', 'no', 3600000);"
        "PRAGMA user_version = 1; PRAGMA application_id = 1332110963;";
    struct place *p = *state;
    struct error err = ERROR_INIT;
    struct record_size size;
    struct db db;

    assert_int_equal(db_open(&db, p->path, true, &err), 0);
    assert_int_equal(db_execute(&db, version_1, &err), 0);
    db_close(&db);
    place_reopen(p);
    list(p, "a", true, 2 * HOUR_MS);
    assert_changes(p, "a");
    assert_int_equal(p->changes[0].members, RECORDED_STATE);
    assert_int_equal(record_measure(p->record, &size, &err), 0);
    assert_int_equal(size.version, schema_version());
    assert_true(schema_version() > 1);
    assert_int_equal(size.offers, 1);
    assert_int_equal(size.changes, 1);
    assert_int_equal(size.first_ms, HOUR_MS);
    assert_int_equal(size.last_ms, 2 * HOUR_MS);
    place_reopen(p); /* once, and not again */
    assert_changes(p, "a");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up_and_open, place_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_first_list_is_no_change),
        TEST(an_offer_that_a_list_adds_is_new),
        TEST(an_offer_that_is_asked_for_is_not_new),
        TEST(an_offer_that_a_list_lacks_is_gone_and_may_come_back),
        TEST(offers_of_two_publishers_are_gone_at_once),
        TEST(a_selection_says_nothing_of_the_others),
        TEST(an_empty_list_says_nothing),
        TEST(a_list_of_other_offers_says_nothing),
        TEST(a_list_of_one_publisher_says_nothing_of_another),
        TEST(the_first_offers_of_a_publisher_are_not_new),
        TEST(changes_are_of_a_time_or_after_another),
        TEST(what_another_api_had_already_is_no_news),
        TEST(each_name_has_a_mark_of_its_own),
        TEST(the_mark_only_grows),
        TEST(a_forgotten_publish_is_told_until_something_happens),
        TEST(a_forgotten_publish_is_not_told_of_what_is_live_since),
        TEST(what_differs_is_recalled),
        TEST(forgetting_takes_all_of_an_offer),
        cmocka_unit_test_setup_teardown(an_older_file_is_brought_up_to_date, place_set_up,
                                        place_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

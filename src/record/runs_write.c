/* runs_write.c - publishes and their steps, as reads follow them. */
#include "runs_write.h"
#include "rows.h"

#include "offerstat/timestamp.h"

#include <stdio.h>
#include <string.h>

/* What is known of a publish before this read. */
struct run {
    int64_t row;
    char *submission;      /* NULL: not known */
    int64_t not_before_ms; /* as in struct recorded_run */
    int64_t steps_seen_ms; /* the last read that showed its steps; 0: none did */
    enum offer_state state;
};

/* Whether these are two submissions; one that is not known may be any. */
static bool is_other_submission(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) != 0;
}

/* The first row of a statement; row 0 where there is none. */
static int read_run(struct record *r, sqlite3_stmt *rows, struct run *run, struct error *err)
{
    const char *submission;
    int rc;

    *run = (struct run){ .row = 0 };
    if (rows == NULL) {
        return -1;
    }
    rc = db_next(&r->db, rows, err);
    if (rc <= 0) {
        return rc;
    }
    submission = db_text(&r->db, rows, 1);
    *run = (struct run){ .row = db_number(&r->db, rows, 0),
                         .submission = arena_strdup(&r->scratch, submission),
                         .not_before_ms = db_number(&r->db, rows, 2),
                         .steps_seen_ms = db_number(&r->db, rows, 3),
                         .state = state_of_token(db_text(&r->db, rows, 4)) };
    db_end(&r->db, rows);
    if (submission != NULL && run->submission == NULL) {
        return error_memory(err);
    }
    return 0;
}

#define RUN_SELECT "SELECT run, submission, not_before, steps_seen, state FROM run"

static int find_row(struct record *r, int64_t row, struct run *run, struct error *err)
{
    return read_run(r, db_begin(&r->db, err, RUN_SELECT " WHERE run = ?", "i", row), run, err);
}

static int find_submission(struct record *r, int64_t track, const char *submission, struct run *run,
                           struct error *err)
{
    sqlite3_stmt *rows = db_begin(
        &r->db, err, RUN_SELECT " WHERE track = ? AND submission = ? ORDER BY run DESC LIMIT 1",
        "it", track, submission);

    return read_run(r, rows, run, err);
}

static int make(struct record *r, int64_t track, const struct sighting *s, int64_t not_before_ms,
                struct run *run, struct error *err)
{
    if (db_run(&r->db, err,
               "INSERT INTO run (track, submission, version, submitted_at, state, not_before,"
               " first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
               "ittttzii", track, s->span.submission, s->span.version, s->submitted_at,
               state_token(s->span.state), not_before_ms, s->span.first_seen_ms,
               s->span.first_seen_ms) != 0) {
        return -1;
    }
    *run = (struct run){ .row = db_last_row(&r->db),
                         .not_before_ms = not_before_ms,
                         .state = s->span.state };
    return 0;
}

static int go_on(struct record *r, const struct run *run, const struct sighting *s,
                 struct error *err)
{
    return db_run(&r->db, err,
                  "UPDATE run SET last_seen = ?2, state = ?3,"
                  " submission = coalesce(submission, ?4), version = coalesce(?5, version),"
                  " submitted_at = coalesce(submitted_at, ?6) WHERE run = ?1",
                  "iitttt", run->row, s->span.first_seen_ms, state_token(s->span.state),
                  s->span.submission, s->span.version, s->submitted_at);
}

/* The latest end of a step is that of the publish. */
static const char *last_completion(const struct sighting *s)
{
    const char *last = NULL;

    for (size_t i = 0; i < s->step_count; i++) {
        const char *at = s->steps[i].completed_at;
        if (at != NULL && (last == NULL || timestamp_compare(at, last) > 0)) {
            last = at;
        }
    }
    return last;
}

static int end(struct record *r, int64_t row, const struct sighting *s, enum offer_state state,
               bool forgotten, struct error *err)
{
    return db_run(&r->db, err,
                  "UPDATE run SET ended = ?2, state = ?3, forgotten = ?4, ended_at = ?5"
                  " WHERE run = ?1",
                  "iitit", row, s->span.first_seen_ms, state_token(state),
                  (int64_t)(forgotten ? 1 : 0), forgotten ? NULL : last_completion(s));
}

/* What is known of a step before this read. */
struct known_step {
    const char *key; /* NULL: nothing */
    size_t nth;
    enum step_status status;
    const char *name, *started_at, *completed_at;
    int64_t begun_after_ms, begun_seen_ms, ended_after_ms, ended_seen_ms;
};

/* Steps are known by their id; a name, and then a place, stands in for it. */
static void step_key(const struct sighting *s, size_t i, char key[256])
{
    if (s->steps[i].id != NULL) {
        snprintf(key, 256, "%s", s->steps[i].id);
    } else if (s->steps[i].name != NULL) {
        snprintf(key, 256, "%s", s->steps[i].name);
    } else {
        snprintf(key, 256, "#%zu", i + 1);
    }
}

static int step_of_row(struct record *r, sqlite3_stmt *rows, struct arena *a, void *item,
                       struct error *err)
{
    struct known_step *out = item;
    bool failed = false;

    *out = (struct known_step){ .key = row_text(r, rows, 0, a, &failed),
                                .nth = (size_t)db_number(&r->db, rows, 1),
                                .status = step_status_of_token(db_text(&r->db, rows, 2)),
                                .name = row_text(r, rows, 3, a, &failed),
                                .started_at = row_text(r, rows, 4, a, &failed),
                                .completed_at = row_text(r, rows, 5, a, &failed),
                                .begun_after_ms = db_number(&r->db, rows, 6),
                                .begun_seen_ms = db_number(&r->db, rows, 7),
                                .ended_after_ms = db_number(&r->db, rows, 8),
                                .ended_seen_ms = db_number(&r->db, rows, 9) };
    return failed ? error_memory(err) : 0;
}

static int find_steps(struct record *r, int64_t run, struct known_step **steps, size_t *count,
                      struct error *err)
{
    void *found = NULL;
    sqlite3_stmt *rows =
        db_begin(&r->db, err,
                 "SELECT key, nth, status, name, started_at, completed_at, begun_after, begun_seen,"
                 " ended_after, ended_seen FROM step WHERE run = ?",
                 "i", run);

    if (rows_collect(r, rows, &r->scratch, sizeof(**steps), step_of_row, &found, count, err) != 0) {
        return -1;
    }
    *steps = found;
    return 0;
}

/* Between which reads the step has begun and ended.  A step that runs once more has not ended. */
static void follow_step(struct known_step *k, enum step_status now, int64_t before_ms,
                        int64_t seen_ms)
{
    if (!recorded_step_begun(now)) {
        k->begun_after_ms = k->begun_seen_ms = k->ended_after_ms = k->ended_seen_ms = 0;
        k->status = now;
        return;
    }
    if (k->begun_seen_ms == 0) {
        k->begun_seen_ms = seen_ms;
        k->begun_after_ms = before_ms;
    }
    if (!recorded_step_ended(now)) {
        k->ended_seen_ms = 0;
        k->ended_after_ms = 0;
    } else if (k->ended_seen_ms == 0) {
        k->ended_seen_ms = seen_ms;
        k->ended_after_ms = before_ms;
    }
    k->status = now;
}

static bool is_news(const char *now, const char *before)
{
    return now != NULL && (before == NULL || strcmp(now, before) != 0);
}

static bool is_step_as_before(const struct known_step *k, const struct step *now, size_t nth)
{
    return k->nth == nth && k->status == now->status && !is_news(now->name, k->name) &&
           !is_news(now->started_at, k->started_at) && !is_news(now->completed_at, k->completed_at);
}

/* `before` is what is known of the step. */
static int write_step(struct record *r, const struct run *run, const struct sighting *s, size_t i,
                      const char *key, const struct known_step *before, struct error *err)
{
    const struct step *step = &s->steps[i];
    int64_t before_ms = run->steps_seen_ms != 0 ? run->steps_seen_ms : run->not_before_ms;
    struct known_step now = *before;

    follow_step(&now, step->status, before_ms, s->span.first_seen_ms);
    return db_run(&r->db, err,
                  "INSERT INTO step (run, key, nth, id, name, status, started_at, completed_at,"
                  " begun_after, begun_seen, ended_after, ended_seen)"
                  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                  " ON CONFLICT (run, key) DO UPDATE SET nth = excluded.nth,"
                  " name = coalesce(excluded.name, name), status = excluded.status,"
                  " started_at = coalesce(excluded.started_at, started_at),"
                  " completed_at = coalesce(excluded.completed_at, completed_at),"
                  " begun_after = excluded.begun_after, begun_seen = excluded.begun_seen,"
                  " ended_after = excluded.ended_after, ended_seen = excluded.ended_seen",
                  "ititttttzzzz", run->row, key, (int64_t)i + 1, step->id, step->name,
                  step_status_token(step->status), step->started_at, step->completed_at,
                  now.begun_after_ms, now.begun_seen_ms, now.ended_after_ms, now.ended_seen_ms);
}

static const struct known_step *find_key(const struct known_step *steps, size_t count,
                                         const char *key)
{
    static const struct known_step none;

    for (size_t i = 0; i < count; i++) {
        if (strcmp(steps[i].key, key) == 0) {
            return &steps[i];
        }
    }
    return &none;
}

static int write_steps(struct record *r, const struct run *run, const struct sighting *s,
                       struct error *err)
{
    struct known_step *steps;
    size_t count;

    if (s->step_count == 0) {
        return 0;
    }
    if (find_steps(r, run->row, &steps, &count, err) != 0) {
        return -1;
    }
    for (size_t i = 0; i < s->step_count; i++) {
        const struct known_step *before;
        char key[256];
        step_key(s, i, key);
        before = find_key(steps, count, key);
        if (before->key != NULL && is_step_as_before(before, &s->steps[i], i + 1)) {
            continue;
        }
        if (write_step(r, run, s, i, key, before, err) != 0) {
            return -1;
        }
    }
    return db_run(&r->db, err, "UPDATE run SET steps_seen = ?2 WHERE run = ?1", "ii", run->row,
                  s->span.first_seen_ms);
}

static bool has_times(const struct sighting *s)
{
    for (size_t i = 0; i < s->step_count; i++) {
        if (s->steps[i].started_at != NULL || s->steps[i].completed_at != NULL) {
            return true;
        }
    }
    return false;
}

/* A publish that no read has found under way: what the service says of its steps is worth keeping
 * where it has times, and where its number tells it from others. */
static int look_back(struct record *r, int64_t track, const struct sighting *s, struct error *err)
{
    struct run run;

    if (s->span.submission == NULL || s->step_count == 0 || !recorded_is_over(s->span.state)) {
        return 0;
    }
    if (find_submission(r, track, s->span.submission, &run, err) != 0) {
        return -1;
    }
    if (run.row == 0) {
        if (!has_times(s)) {
            return 0;
        }
        if (make(r, track, s, 0, &run, err) != 0 ||
            end(r, run.row, s, s->span.state, false, err) != 0) {
            return -1;
        }
    }
    return write_steps(r, &run, s, err);
}

/* It is over, or a new one has begun. */
static int finish(struct record *r, const struct run *run, const struct sighting *s,
                  const struct recorded_span *before, struct error *err)
{
    struct recorded_span last = { .state = run->state, .submission = run->submission };
    bool is_other = is_other_submission(run->submission, s->span.submission);
    bool forgotten;

    if (before != NULL) {
        last.live = before->live;
    }
    if (recorded_is_under_way(s->span.state)) {
        return end(r, run->row, s, run->state, true, err);
    }
    forgotten = recorded_is_forgotten(&last, &s->span);
    if (end(r, run->row, s, s->span.state, forgotten, err) != 0) {
        return -1;
    }
    if (forgotten || is_other) {
        return 0;
    }
    return write_steps(r, run, s, err);
}

int runs_follow(struct record *r, int64_t track, const struct sighting *s,
                const struct recorded_span *before, int64_t *run_row, struct error *err)
{
    bool under_way = recorded_is_under_way(s->span.state);
    struct run run = { .row = 0 };

    if (*run_row != 0 && find_row(r, *run_row, &run, err) != 0) {
        return -1;
    }
    if (run.row != 0 && (recorded_is_over(s->span.state) ||
                         (under_way && is_other_submission(run.submission, s->span.submission)))) {
        *run_row = 0;
        if (finish(r, &run, s, before, err) != 0) {
            return -1;
        }
        run.row = 0;
    } else if (run.row != 0) {
        if (under_way && go_on(r, &run, s, err) != 0) {
            return -1;
        }
        return write_steps(r, &run, s, err);
    }
    if (!under_way) {
        return look_back(r, track, s, err);
    }
    if (make(r, track, s, before != NULL ? before->last_seen_ms : 0, &run, err) != 0) {
        return -1;
    }
    *run_row = run.row;
    return write_steps(r, &run, s, err);
}

int runs_see_again(struct record *r, int64_t run, const struct sighting *s, struct error *err)
{
    bool under_way = recorded_is_under_way(s->span.state);
    const char *sql = "UPDATE run SET last_seen = ?2, steps_seen = ?2 WHERE run = ?1";

    if (run == 0 || (!under_way && s->step_count == 0)) {
        return 0;
    }
    if (!under_way) {
        sql = "UPDATE run SET steps_seen = ?2 WHERE run = ?1";
    } else if (s->step_count == 0) {
        sql = "UPDATE run SET last_seen = ?2 WHERE run = ?1";
    }
    return db_run(&r->db, err, sql, "ii", run, s->span.first_seen_ms);
}

/* write.c - what was noted goes into the file, in one transaction. */
#include "record_priv.h"
#include "runs_write.h"
#include "spans.h"
#include "whose.h"

#include "offerstat/timestamp.h"

/* A track before this read. */
struct track {
    int64_t row; /* 0: this is its first read */
    int64_t span, run;
    int64_t last_seen_ms;
    struct recorded_span before;
};

static int load_track(struct record *r, int64_t offer, const char *api, struct track *t,
                      struct error *err)
{
    sqlite3_stmt *rows = db_begin(
        &r->db, err, "SELECT track, span, run, last_seen FROM track WHERE offer = ? AND api = ?",
        "it", offer, api);
    int rc;

    *t = (struct track){ .row = 0 };
    if (rows == NULL) {
        return -1;
    }
    rc = db_next(&r->db, rows, err);
    if (rc <= 0) {
        return rc;
    }
    t->row = db_number(&r->db, rows, 0);
    t->span = db_number(&r->db, rows, 1);
    t->run = db_number(&r->db, rows, 2);
    t->last_seen_ms = db_number(&r->db, rows, 3);
    db_end(&r->db, rows);
    return span_load(r, t->span, &r->scratch, &t->before, err);
}

static int make_track(struct record *r, int64_t offer, const struct recorded_span *now,
                      struct track *t, struct error *err)
{
    if (db_run(&r->db, err, "INSERT INTO track (offer, api, last_seen) VALUES (?, ?, ?)", "iti",
               offer, now->api, now->first_seen_ms) != 0) {
        return -1;
    }
    t->row = db_last_row(&r->db);
    return 0;
}

static int close_span(struct record *r, const struct track *t, struct error *err)
{
    return db_run(&r->db, err, "UPDATE span SET last_seen = ?2 WHERE span = ?1", "ii", t->span,
                  t->last_seen_ms);
}

static int add_span(struct record *r, struct track *t, const struct recorded_span *now,
                    struct error *err)
{
    const char *step_status = now->step_index > 0 ? step_status_token(now->step_status) : NULL;

    if (db_run(&r->db, err,
               "INSERT INTO span (track, state, live, raw_status, submission, version, step_id,"
               " step_name, step_index, step_total, step_status, since, first_seen, gone)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               "itttttttzzttii", t->row, state_token(now->state), live_token(now->live),
               now->raw_status, now->submission, now->version, now->step_id, now->step_name,
               (int64_t)now->step_index, (int64_t)now->step_total, step_status, now->since,
               now->first_seen_ms, (int64_t)now->gone) != 0) {
        return -1;
    }
    t->span = db_last_row(&r->db);
    return 0;
}

/* A time of the service can be that of the change only where the change can have been then. */
static void check_since(const struct track *t, struct recorded_span *now)
{
    char text[TIMESTAMP_MAX];
    int64_t since_ms;

    if (now->since == NULL || t->row == 0) {
        return;
    }
    if (timestamp_read(now->since, &since_ms, text) != TIMESTAMP_OK ||
        since_ms < t->before.first_seen_ms) {
        now->since = NULL;
    }
}

/* The read found the offer so while another, which began later, was written already. */
static bool is_outdated(const struct track *t, int64_t seen_ms, int64_t now_ms)
{
    return t->row != 0 && seen_ms < t->last_seen_ms && t->last_seen_ms <= now_ms;
}

static int write_sighting(struct record *r, struct sighting *s, int64_t now_ms, struct error *err)
{
    struct track t;
    int64_t offer;
    bool first, changed;

    if (whose_row(r, &s->offer, true, &offer, err) != 0 ||
        load_track(r, offer, s->span.api, &t, err) != 0) {
        return -1;
    }
    if (is_outdated(&t, s->span.first_seen_ms, now_ms)) {
        return 0;
    }
    first = t.row == 0;
    if (!first) {
        recorded_carry_over(&t.before, &s->span);
    }
    changed = first || t.before.gone || recorded_differs(&t.before, &s->span) != 0;
    check_since(&t, &s->span);
    if ((first && make_track(r, offer, &s->span, &t, err) != 0) ||
        (!first && changed && close_span(r, &t, err) != 0) ||
        (changed && add_span(r, &t, &s->span, err) != 0) ||
        runs_follow(r, t.row, s, first ? NULL : &t.before, &t.run, err) != 0) {
        return -1;
    }
    return db_run(&r->db, err,
                  "UPDATE track SET last_seen = ?2, span = ?3, run = ?4 WHERE track = ?1", "iiiz",
                  t.row, s->span.first_seen_ms, t.span, t.run);
}

static int write_all(struct record *r, int64_t now_ms, struct error *err)
{
    for (size_t i = 0; i < r->sighting_count; i++) {
        struct sighting s = r->sightings[i]; /* it may have to be written once more */
        if (write_sighting(r, &s, now_ms, err) != 0) {
            return -1;
        }
        arena_reset(&r->scratch);
    }
    return 0;
}

static int write_once(struct record *r, int64_t now_ms, struct error *err)
{
    struct error ignored = ERROR_INIT;

    if (db_execute(&r->db, "BEGIN IMMEDIATE", err) != 0) {
        return -1;
    }
    if (write_all(r, now_ms, err) != 0 || db_execute(&r->db, "COMMIT", err) != 0) {
        db_execute(&r->db, "ROLLBACK", &ignored);
        return -1;
    }
    return 0;
}

int record_write(struct record *r, int64_t now_ms, struct error *err)
{
    int rc = 0;

    if (r->sighting_count > 0 && write_once(r, now_ms, err) != 0) {
        rc = -1;
        if (record_begin_anew(r, err) == 0) {
            rc = write_once(r, now_ms, err);
        }
    }
    record_drop(r);
    return rc;
}

/* write.c - what was noted goes into the file, in one transaction. */
#include "lists.h"
#include "runs_write.h"
#include "spans.h"
#include "whose.h"

#include "offerstat/timestamp.h"

/* A track before this read. */
struct track {
    int64_t row; /* 0: this is its first read */
    int64_t span, run;
    int64_t last_seen_ms, listed_ms;
    struct recorded_span before;
};

/* What is being written. */
struct writing {
    struct record *record;
    int64_t now_ms;
    bool is_complete;
    struct list_now list;
    struct new_offer {
        int64_t offer, span;
    } * new_offers; /* in the arena of what was noted */
    size_t new_count;
};

static int load_track(struct record *r, int64_t offer, const char *api, struct track *t,
                      struct error *err)
{
    sqlite3_stmt *rows = db_begin(
        &r->db, err,
        "SELECT track, span, run, last_seen, listed FROM track WHERE offer = ? AND api = ?", "it",
        offer, api);
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
    t->listed_ms = db_number(&r->db, rows, 4);
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

static int note_new(struct writing *w, int64_t offer, int64_t span, struct error *err)
{
    struct new_offer *items =
        arena_grow(&w->record->noted, w->new_offers, w->new_count, sizeof(*items));

    if (items == NULL) {
        return error_memory(err);
    }
    w->new_offers = items;
    items[w->new_count++] = (struct new_offer){ .offer = offer, .span = span };
    return 0;
}

/* Write how the track stands, where that has changed, and how its publish goes on. */
static int follow(struct record *r, int64_t offer, struct track *t, struct sighting *s,
                  struct error *err)
{
    bool first = t->row == 0, changed = true;
    const struct recorded_span *before = NULL;

    if (!first) {
        before = &t->before;
        recorded_carry_over(before, &s->span);
        changed = before->gone || recorded_differs(before, &s->span) != 0;
    }
    check_since(t, &s->span);
    if ((first && make_track(r, offer, &s->span, t, err) != 0) ||
        (!first && changed && close_span(r, t, err) != 0) ||
        (changed && add_span(r, t, &s->span, err) != 0)) {
        return -1;
    }
    return runs_follow(r, t->row, s, before, &t->run, err);
}

static int write_sighting(struct writing *w, struct sighting *s, struct error *err)
{
    struct record *r = w->record;
    struct track t;
    int64_t offer;
    bool is_new;

    if (whose_find(r, &s->offer, &offer, err) != 0) {
        return -1;
    }
    is_new = offer == 0;
    if ((is_new && whose_make(r, &s->offer, &offer, err) != 0) ||
        (!is_new && whose_learn(r, &s->offer, offer, err) != 0) ||
        load_track(r, offer, s->span.api, &t, err) != 0) {
        return -1;
    }
    lists_see(&w->list, t.listed_ms);
    if (!is_outdated(&t, s->span.first_seen_ms, w->now_ms)) {
        if (follow(r, offer, &t, s, err) != 0 || (is_new && note_new(w, offer, t.span, err) != 0)) {
            return -1;
        }
        t.last_seen_ms = s->span.first_seen_ms;
    }
    if (w->is_complete) {
        t.listed_ms = w->list.time_ms;
    }
    return db_run(&r->db, err,
                  "UPDATE track SET last_seen = ?2, span = ?3, run = ?4, listed = ?5"
                  " WHERE track = ?1",
                  "iiizz", t.row, t.last_seen_ms, t.span, t.run, t.listed_ms);
}

static int write_new_offers(struct writing *w, struct error *err)
{
    for (size_t i = 0; i < w->new_count; i++) {
        const struct new_offer *n = &w->new_offers[i];
        bool lacked;
        if (lists_lacked(w->record, &w->list, n->offer, &lacked, err) != 0) {
            return -1;
        }
        if (lacked && db_run(&w->record->db, err, "UPDATE span SET appeared = 1 WHERE span = ?",
                             "i", n->span) != 0) {
            return -1;
        }
    }
    return 0;
}

static int write_all(struct record *r, bool is_complete, int64_t now_ms, struct error *err)
{
    struct writing w = { .record = r, .now_ms = now_ms, .is_complete = is_complete };

    w.list.began_ms = r->sightings[0].span.first_seen_ms;
    w.list.time_ms = now_ms;
    for (size_t i = 0; i < r->sighting_count; i++) {
        struct sighting s = r->sightings[i]; /* it may have to be written once more */
        if (write_sighting(&w, &s, err) != 0) {
            return -1;
        }
        arena_reset(&r->scratch);
    }
    if (!is_complete) {
        return 0;
    }
    return write_new_offers(&w, err) != 0 ? -1 : lists_end(r, &w.list, err);
}

static int write_once(struct record *r, bool is_complete, int64_t now_ms, struct error *err)
{
    struct error ignored = ERROR_INIT;

    if (db_execute(&r->db, "BEGIN IMMEDIATE", err) != 0) {
        return -1;
    }
    if (write_all(r, is_complete, now_ms, err) != 0 || db_execute(&r->db, "COMMIT", err) != 0) {
        db_execute(&r->db, "ROLLBACK", &ignored);
        return -1;
    }
    return 0;
}

int record_write(struct record *r, bool is_complete, int64_t now_ms, struct error *err)
{
    int rc = 0;

    if (r->sighting_count > 0 && write_once(r, is_complete, now_ms, err) != 0) {
        rc = -1;
        if (record_begin_anew(r, err) == 0) {
            rc = write_once(r, is_complete, now_ms, err);
        }
    }
    record_drop(r);
    return rc;
}

/* write.c - what was noted goes into the file, in one transaction. */
#include "known.h"
#include "lists.h"
#include "runs_write.h"
#include "whose.h"

#include "offerstat/timestamp.h"

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

static int make_track(struct record *r, struct known_track *t, const struct recorded_span *now,
                      struct error *err)
{
    if (db_run(&r->db, err, "INSERT INTO track (offer, api, last_seen) VALUES (?, ?, ?)", "iti",
               t->offer_row, now->api, now->first_seen_ms) != 0) {
        return -1;
    }
    t->track_row = db_last_row(&r->db);
    return 0;
}

static int close_span(struct record *r, const struct known_track *t, struct error *err)
{
    return db_run(&r->db, err, "UPDATE span SET last_seen = ?2 WHERE span = ?1", "ii", t->span_row,
                  t->last_seen_ms);
}

static int add_span(struct record *r, struct known_track *t, const struct recorded_span *now,
                    struct error *err)
{
    const char *step_status = now->step_index > 0 ? step_status_token(now->step_status) : NULL;

    if (db_run(&r->db, err,
               "INSERT INTO span (track, state, live, raw_status, submission, version, step_id,"
               " step_name, step_index, step_total, step_status, since, first_seen, gone)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               "itttttttzzttii", t->track_row, state_token(now->state), live_token(now->live),
               now->raw_status, now->submission, now->version, now->step_id, now->step_name,
               (int64_t)now->step_index, (int64_t)now->step_total, step_status, now->since,
               now->first_seen_ms, (int64_t)now->gone) != 0) {
        return -1;
    }
    t->span_row = db_last_row(&r->db);
    return 0;
}

/* A time of the service can be that of the change only where the change can have been then. */
static void check_since(const struct known_track *t, struct recorded_span *now)
{
    char text[TIMESTAMP_MAX];
    int64_t since_ms;

    if (now->since == NULL || t->track_row == 0) {
        return;
    }
    if (timestamp_read(now->since, &since_ms, text) != TIMESTAMP_OK ||
        since_ms < t->span.first_seen_ms) {
        now->since = NULL;
    }
}

/* Whether a read that began later was written already, so that this one's result is old. */
static bool is_outdated(const struct known_track *t, int64_t seen_ms, int64_t now_ms)
{
    return t->track_row != 0 && seen_ms < t->last_seen_ms && t->last_seen_ms <= now_ms;
}

/* Nothing but the time of the read is to be written. */
static bool is_as_before(const struct known_track *t, const struct sighting *s)
{
    return t->digest != 0 && t->digest == s->digest && s->span.first_seen_ms >= t->last_seen_ms;
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
static int follow(struct record *r, struct known_track *t, struct sighting *s, struct error *err)
{
    bool first = t->track_row == 0, changed = true;
    const struct recorded_span *before = NULL;

    if (!first) {
        before = &t->span;
        recorded_carry_over(before, &s->span);
        changed = before->gone || recorded_differs(before, &s->span) != 0;
    }
    check_since(t, &s->span);
    if ((first && make_track(r, t, &s->span, err) != 0) ||
        (!first && changed && close_span(r, t, err) != 0) ||
        (changed && add_span(r, t, &s->span, err) != 0) ||
        runs_follow(r, t->track_row, s, before, &t->run_row, err) != 0) {
        return -1;
    }
    if (changed) {
        t->span = s->span;
    }
    return 0;
}

static int see_again(struct writing *w, struct known_track *t, const struct sighting *s,
                     struct error *err)
{
    t->last_seen_ms = s->span.first_seen_ms;
    t->span.last_seen_ms = t->last_seen_ms;
    if (w->is_complete) {
        t->listed_ms = w->list.time_ms;
    }
    if (db_run(&w->record->db, err, "UPDATE track SET last_seen = ?2, listed = ?3 WHERE track = ?1",
               "iiz", t->track_row, t->last_seen_ms, t->listed_ms) != 0) {
        return -1;
    }
    return runs_see_again(w->record, t->run_row, s, err);
}

/* The offer's row, and its track, which has row 0 where this is its first read. */
static int find_track(struct record *r, const struct sighting *s, bool *is_new,
                      struct known_track **out, struct error *err)
{
    int64_t row = whose_find(r, &s->offer);

    *is_new = row == 0;
    if ((*is_new && whose_make(r, &s->offer, &row, err) != 0) ||
        (!*is_new && whose_learn(r, &s->offer, row, err) != 0)) {
        return -1;
    }
    *out = known_find(r, s->offer.id, row, s->span.api);
    if (*out == NULL) {
        *out = known_add(r, &s->offer, s->span.api);
        if (*out == NULL) {
            return error_memory(err);
        }
        (*out)->offer_row = row;
    }
    return 0;
}

static int write_sighting(struct writing *w, struct sighting *s, struct error *err)
{
    struct record *r = w->record;
    struct known_track *t;
    bool is_new;

    if (find_track(r, s, &is_new, &t, err) != 0) {
        return -1;
    }
    lists_see(&w->list, t->listed_ms);
    if (is_as_before(t, s)) {
        return see_again(w, t, s, err);
    }
    if (!is_outdated(t, s->span.first_seen_ms, w->now_ms)) {
        if (follow(r, t, s, err) != 0 ||
            (is_new && note_new(w, t->offer_row, t->span_row, err) != 0)) {
            return -1;
        }
        t->last_seen_ms = s->span.first_seen_ms;
        t->span.last_seen_ms = t->last_seen_ms;
        t->digest = s->digest;
    }
    if (w->is_complete) {
        t->listed_ms = w->list.time_ms;
    }
    return db_run(&r->db, err,
                  "UPDATE track SET last_seen = ?2, span = ?3, run = ?4, listed = ?5, digest = ?6"
                  " WHERE track = ?1",
                  "iiizzz", t->track_row, t->last_seen_ms, t->span_row, t->run_row, t->listed_ms,
                  t->digest);
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

static int write_all(struct writing *w, struct error *err)
{
    struct record *r = w->record;

    for (size_t i = 0; i < r->sighting_count; i++) {
        struct sighting s = r->sightings[i]; /* it may have to be written once more */
        if (write_sighting(w, &s, err) != 0) {
            return -1;
        }
        arena_reset(&r->scratch);
    }
    if (!w->is_complete) {
        return 0;
    }
    if (write_new_offers(w, err) != 0) {
        return -1;
    }
    return lists_end(r, &w->list, err);
}

static struct known_track *track_of(const struct record *r, const struct sighting *s)
{
    return known_find(r, s->offer.id, whose_find(r, &s->offer), s->span.api);
}

/* Whether the read has found all as it was, so that nothing is to be written but numbers in the
 * place of others of the same size. */
static bool is_all_as_before(struct writing *w)
{
    struct record *r = w->record;

    for (size_t i = 0; i < r->sighting_count; i++) {
        struct known_track *t = track_of(r, &r->sightings[i]);
        if (t == NULL || !is_as_before(t, &r->sightings[i]) ||
            (w->is_complete && t->listed_ms == 0)) {
            return false;
        }
        lists_see(&w->list, t->listed_ms);
        t->is_noted = true;
    }
    return !w->is_complete || !lists_may_lack(r, &w->list);
}

static int see_all_again(struct writing *w, struct error *err)
{
    struct record *r = w->record;

    for (size_t i = 0; i < r->sighting_count; i++) {
        if (see_again(w, track_of(r, &r->sightings[i]), &r->sightings[i], err) != 0) {
            return -1;
        }
    }
    return 0;
}

static int look_up_noted(struct record *r, bool is_complete, struct error *err)
{
    if (is_complete || r->sighting_count > KNOWN_ONE_BY_ONE) {
        return known_look_up_all(r, err);
    }
    for (size_t i = 0; i < r->sighting_count; i++) {
        if (known_look_up(r, r->sightings[i].offer.id, err) != 0) {
            return -1;
        }
    }
    return 0;
}

static int begin(struct record *r, const char *sql, bool *is_current, struct error *err)
{
    struct error ignored = ERROR_INIT;

    if (db_execute(&r->db, sql, err) != 0) {
        return -1;
    }
    if (known_is_current(r, is_current, err) != 0) {
        db_execute(&r->db, "ROLLBACK", &ignored);
        return -1;
    }
    return 0;
}

/* The end of a transaction of which everything could be written, or not (-1). */
static int end(struct record *r, int rc, struct error *err)
{
    struct error ignored = ERROR_INIT;

    if (rc == 0 && db_execute(&r->db, "COMMIT", err) == 0) {
        return 0;
    }
    db_execute(&r->db, "ROLLBACK", &ignored);
    return -1;
}

/* Most reads find all as it was.  SQLite does not wait for the disk then: whatever part of the
 * numbers a power cut leaves unwritten, those are times of an earlier read, each in its place, and
 * the file is whole.  A run that is killed is undone by the journal as ever.  *done is false where
 * there is more to write. */
static int write_times(struct writing *w, bool *done, struct error *err)
{
    *done = false;
    if (!is_all_as_before(w)) {
        return 0;
    }
    if (begin(w->record, "PRAGMA synchronous = OFF; BEGIN IMMEDIATE", done, err) != 0) {
        return -1;
    }
    if (!*done) {
        return db_execute(&w->record->db, "ROLLBACK", err);
    }
    return end(w->record, see_all_again(w, err), err);
}

static int write_once(struct record *r, bool is_complete, int64_t now_ms, struct error *err)
{
    struct writing w = { .record = r, .now_ms = now_ms, .is_complete = is_complete };
    bool done, is_current;
    int rc = 0;

    w.list.began_ms = r->sightings[0].span.first_seen_ms;
    w.list.time_ms = now_ms;
    if (look_up_noted(r, is_complete, err) != 0 || write_times(&w, &done, err) != 0) {
        return -1;
    }
    if (done) {
        return 0;
    }
    w.list.before_count = 0;
    if (begin(r, "PRAGMA synchronous = FULL; BEGIN IMMEDIATE", &is_current, err) != 0) {
        return -1;
    }
    if (!is_current) {
        known_drop(r);
        rc = look_up_noted(r, is_complete, err);
    }
    if (rc == 0) {
        rc = write_all(&w, err);
    }
    return end(r, rc, err);
}

/* Publishes are read for the estimates; what is damaged there may not be met in writing. */
static int check_whole(const struct record *r, struct error *err)
{
    if (r->db.is_broken) {
        return error_set(err, ERR_OUTPUT, "the record %s: %s", r->db.path,
                         r->db.lib->sqlite3_errstr(SQLITE_CORRUPT));
    }
    return 0;
}

int record_write(struct record *r, bool is_complete, int64_t now_ms, struct error *err)
{
    int rc = 0;

    if (r->sighting_count > 0 &&
        (check_whole(r, err) != 0 || write_once(r, is_complete, now_ms, err) != 0)) {
        rc = -1;
        if (record_begin_anew(r, err) == 0) {
            rc = write_once(r, is_complete, now_ms, err);
        }
    }
    known_drop(r);
    record_drop(r);
    return rc;
}

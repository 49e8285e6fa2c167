/* recall.c - what the file knows of an offer that is being read. */
#include "known.h"
#include "rows.h"
#include "whose.h"

#include <string.h>

/* Whether the file has others that this API shows. */
static bool has_others(const struct record *r, const char *api)
{
    const struct known_track *t = known_next(r, NULL, NULL);

    while (t != NULL && strcmp(t->span.api, api) != 0) {
        t = known_next(r, NULL, t);
    }
    return t != NULL;
}

/* When the latest publish was last seen, if nothing says how it ended and nothing but the version
 * has changed since. */
static int find_forgotten(struct record *r, int64_t track, int64_t *last_seen_ms, struct error *err)
{
    sqlite3_stmt *rows = db_begin(
        &r->db, err,
        "SELECT r.last_seen FROM run r JOIN span e ON e.track = r.track AND e.first_seen = r.ended"
        " WHERE r.run = (SELECT max(run) FROM run WHERE track = ?1) AND r.forgotten"
        " AND NOT EXISTS (SELECT 1 FROM span s WHERE s.track = ?1 AND s.span > e.span"
        " AND (s.state <> e.state OR s.live <> e.live OR s.submission IS NOT e.submission))",
        "i", track);
    int rc;

    if (rows == NULL) {
        return -1;
    }
    rc = db_next(&r->db, rows, err);
    if (rc > 0) {
        *last_seen_ms = db_number(&r->db, rows, 0);
        db_end(&r->db, rows);
        rc = 0;
    }
    return rc;
}

/* How the publish under way was seen last.  A state that no rule covers says nothing of it, so that
 * what stood before that counts. */
static int find_last(struct record *r, const struct known_track *t, struct recorded_span *out,
                     struct error *err)
{
    sqlite3_stmt *rows;
    bool failed = false;
    int rc;

    *out = t->span;
    if (t->run_row == 0 || t->span.state != STATE_UNKNOWN) {
        return 0;
    }
    rows = db_begin(&r->db, err, "SELECT state, submission, last_seen FROM run WHERE run = ?", "i",
                    t->run_row);
    if (rows == NULL) {
        return -1;
    }
    rc = db_next(&r->db, rows, err);
    if (rc > 0) {
        out->state = state_of_token(db_text(&r->db, rows, 0));
        out->submission = row_text(r, rows, 1, &r->scratch, &failed);
        out->last_seen_ms = db_number(&r->db, rows, 2);
        db_end(&r->db, rows);
        rc = failed ? error_memory(err) : 0;
    }
    return rc;
}

static int recall_track(struct record *r, const struct known_track *t, const struct offer *o,
                        struct recorded_memory *out, struct error *err)
{
    const struct recorded_span *before = &t->span;
    struct recorded_span now, last;

    recorded_span_of(o, &now);
    recorded_carry_over(before, &now);
    out->known = true;
    out->differs = recorded_differs(before, &now);
    if (before->gone) {
        out->known = false;
        out->is_new = true;
        return 0; /* an offer that is made again may have the id of one that was deleted */
    }
    if (find_last(r, t, &last, err) != 0) {
        return -1;
    }
    if (recorded_is_forgotten(&last, &now)) {
        out->forgotten_ms = last.last_seen_ms;
        return 0;
    }
    /* It is reported as long as nothing has happened since. */
    if (!t->has_forgotten || now.state != STATE_NONE || before->state != STATE_NONE ||
        (out->differs & (RECORDED_SUBMISSION | RECORDED_LIVE)) != 0) {
        return 0;
    }
    return find_forgotten(r, t->track_row, &out->forgotten_ms, err);
}

static int recall_once(struct record *r, const struct offer *o, struct recorded_memory *out,
                       struct error *err)
{
    const struct recorded_offer whose = { .endpoint = r->options.endpoint,
                                          .publisher = o->publisher,
                                          .id = o->id,
                                          .product_id = o->product_id };
    const struct known_track *t;
    const char *api;
    int rc = 0;

    *out = (struct recorded_memory){ .known = false };
    api = sighting_api(&r->scratch, o);
    if (api == NULL) {
        return error_memory(err);
    }
    if (known_look_up(r, o->id, err) != 0) {
        return -1;
    }
    t = known_find(r, o->id, whose_find(r, &whose), api);
    if (t != NULL) {
        rc = recall_track(r, t, o, out, err);
    } else {
        rc = known_look_up_all(r, err);
        out->is_new = rc == 0 && has_others(r, api);
    }
    arena_reset(&r->scratch);
    return rc;
}

/* Most damage is found here and not when the file is opened. */
int record_recall(struct record *r, const struct offer *o, struct recorded_memory *out,
                  struct error *err)
{
    if (recall_once(r, o, out, err) == 0) {
        return 0;
    }
    arena_reset(&r->scratch);
    if (record_begin_anew(r, err) != 0) {
        return -1;
    }
    return recall_once(r, o, out, err);
}

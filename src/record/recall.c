/* recall.c - what the file knows of an offer that is being read. */
#include "spans.h"
#include "whose.h"

struct known {
    int64_t track, span;
};

static int find_track(struct record *r, int64_t offer, const char *api, struct known *out,
                      struct error *err)
{
    sqlite3_stmt *rows = db_begin(
        &r->db, err, "SELECT track, span FROM track WHERE offer = ? AND api = ?", "it", offer, api);
    int rc;

    *out = (struct known){ .track = 0 };
    if (rows == NULL) {
        return -1;
    }
    rc = db_next(&r->db, rows, err);
    if (rc > 0) {
        *out = (struct known){ .track = db_number(&r->db, rows, 0),
                               .span = db_number(&r->db, rows, 1) };
        db_end(&r->db, rows);
        rc = 0;
    }
    return rc;
}

/* Whether the file has others that this API shows. */
static int has_others(struct record *r, const char *api, bool *out, struct error *err)
{
    sqlite3_stmt *rows = db_begin(&r->db, err,
                                  "SELECT 1 FROM track t JOIN offer o USING (offer)"
                                  " WHERE t.api = ? AND o.endpoint = ? LIMIT 1",
                                  "tt", api, r->options.endpoint);
    int rc;

    *out = false;
    if (rows == NULL) {
        return -1;
    }
    rc = db_next(&r->db, rows, err);
    if (rc > 0) {
        *out = true;
        db_end(&r->db, rows);
        rc = 0;
    }
    return rc;
}

/* The latest publish, where nothing says how it ended and nothing but the version has changed
 * since.
 */
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

static int recall_track(struct record *r, const struct known *known, const struct offer *o,
                        struct recorded_memory *out, struct error *err)
{
    struct recorded_span before, now;

    if (span_load(r, known->span, &r->scratch, &before, err) != 0) {
        return -1;
    }
    recorded_span_of(o, &now);
    recorded_carry_over(&before, &now);
    out->known = true;
    out->differs = recorded_differs(&before, &now);
    if (before.gone) {
        out->known = false;
        out->is_new = true;
    }
    if (recorded_is_forgotten(&before, &now)) {
        out->forgotten_ms = before.last_seen_ms;
        return 0;
    }
    /* It is told as long as nothing has happened since. */
    if (now.state != STATE_NONE || before.state != STATE_NONE ||
        (out->differs & (RECORDED_SUBMISSION | RECORDED_LIVE)) != 0) {
        return 0;
    }
    return find_forgotten(r, known->track, &out->forgotten_ms, err);
}

int record_recall(struct record *r, const struct offer *o, struct recorded_memory *out,
                  struct error *err)
{
    struct recorded_offer whose = { .endpoint = r->options.endpoint,
                                    .publisher = o->publisher,
                                    .id = o->id,
                                    .product_id = o->product_id };
    const char *api = sighting_api(&r->scratch, o);
    struct known known = { .track = 0 };
    int64_t offer;
    int rc;

    *out = (struct recorded_memory){ .known = false };
    if (api == NULL) {
        return error_memory(err);
    }
    if (whose_find(r, &whose, &offer, err) != 0 ||
        (offer != 0 && find_track(r, offer, api, &known, err) != 0)) {
        return -1;
    }
    if (known.track != 0) {
        rc = recall_track(r, &known, o, out, err);
    } else {
        rc = has_others(r, api, &out->is_new, err);
    }
    arena_reset(&r->scratch);
    return rc;
}

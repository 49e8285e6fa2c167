/* changes.c - what has changed since a time, and up to where that was shown. */
#include "spans.h"

/* A first span is no change where the offer was only not looked at before. */
#define CHANGES_FROM                                                                               \
    " FROM span s JOIN track t USING (track) JOIN offer o USING (offer) LEFT JOIN span p"          \
    " ON p.span = (SELECT max(span) FROM span q WHERE q.track = s.track AND q.span < s.span)"      \
    " WHERE (s.appeared OR p.span IS NOT NULL)"

static int change_of_row(struct record *r, sqlite3_stmt *rows, struct arena *a, void *item,
                         struct error *err)
{
    struct recorded_change *out = item;
    int after = 1 + OFFER_COLUMN_COUNT;
    int64_t before = db_number(&r->db, rows, after + SPAN_COLUMN_COUNT);

    *out = (struct recorded_change){ .serial = db_number(&r->db, rows, 0) };
    if (offer_of_row(r, rows, 1, a, &out->offer, err) != 0 ||
        span_of_row(r, rows, after, a, &out->after, err) != 0) {
        return -1;
    }
    if (out->after.appeared || before == 0) {
        return 0;
    }
    if (span_of_row(r, rows, after + SPAN_COLUMN_COUNT + 1, a, &out->before, err) != 0) {
        return -1;
    }
    if (!out->after.gone) {
        out->members = recorded_differs(&out->before, &out->after);
    }
    return 0;
}

int record_changes(struct record *r, const struct record_since *since, struct arena *a,
                   struct recorded_change **changes, size_t *count, struct error *err)
{
    void *found = NULL;
    sqlite3_stmt *rows =
        db_begin(&r->db, err,
                 "SELECT s.span, " OFFER_COLUMNS ", " SPAN_COLUMNS ", p.span, " SPAN_COLUMNS_OF("p")
                     CHANGES_FROM
                 " AND s.span > ?1 AND s.first_seen >= ?2 AND (?3 IS NULL OR o.endpoint = ?3)"
                 " ORDER BY s.first_seen, s.span",
                 "iit", since->serial, since->time_ms, r->options.endpoint);

    if (rows_collect(r, rows, a, sizeof(**changes), change_of_row, &found, count, err) != 0) {
        return -1;
    }
    *changes = found;
    return 0;
}

int record_get_mark(struct record *r, int64_t *serial, int64_t *at_ms, struct error *err)
{
    sqlite3_stmt *rows =
        db_begin(&r->db, err, "SELECT span, at FROM mark WHERE name = 'changes'", "");
    int rc;

    *serial = 0;
    *at_ms = 0;
    if (rows == NULL) {
        return -1;
    }
    rc = db_next(&r->db, rows, err);
    if (rc > 0) {
        *serial = db_number(&r->db, rows, 0);
        *at_ms = db_number(&r->db, rows, 1);
        db_end(&r->db, rows);
        rc = 0;
    }
    return rc;
}

int record_set_mark(struct record *r, int64_t serial, int64_t at_ms, struct error *err)
{
    return db_run(&r->db, err,
                  "INSERT INTO mark (name, span, at) VALUES ('changes', ?1, ?2)"
                  " ON CONFLICT (name) DO UPDATE SET span = max(span, excluded.span), at = ?2",
                  "ii", serial, at_ms);
}

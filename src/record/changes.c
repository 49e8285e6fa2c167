/* changes.c - what has changed since a time, and up to where that was shown. */
#include "rows.h"

/* A first span is a change only if earlier complete lists lacked the offer: else the offer was just
 * not read before. */
#define CHANGES_FROM                                                                               \
    " FROM span s JOIN track t USING (track) JOIN offer o USING (offer) LEFT JOIN span p"          \
    " ON p.span = (SELECT max(span) FROM span q WHERE q.track = s.track AND q.span < s.span)"      \
    " WHERE (s.appeared OR p.span IS NOT NULL)"

/* A change, and of what track of which offer. */
struct change_row {
    struct recorded_change change;
    int64_t offer, track;
    bool has_others; /* the offer has other tracks */
    bool is_repeated;
};

static int change_of_row(struct record *r, sqlite3_stmt *rows, struct arena *a, void *item,
                         struct error *err)
{
    struct change_row *row = item;
    struct recorded_change *out = &row->change;
    int after = 4 + OFFER_COLUMN_COUNT;
    int64_t before = db_number(&r->db, rows, after + SPAN_COLUMN_COUNT);

    *row = (struct change_row){ .change.serial = db_number(&r->db, rows, 0),
                                .offer = db_number(&r->db, rows, 1),
                                .track = db_number(&r->db, rows, 2),
                                .has_others = db_number(&r->db, rows, 3) != 0 };
    if (offer_of_row(r, rows, 4, a, &out->offer, err) != 0 ||
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

static int other_of_row(struct record *r, sqlite3_stmt *rows, struct arena *a, void *item,
                        struct error *err)
{
    return span_of_row(r, rows, 0, a, item, err);
}

/* Whether a different API had already shown the same change, by the span that each had then. */
static int find_repeated(struct record *r, struct change_row *row, struct error *err)
{
    void *found = NULL;
    struct recorded_span *others;
    size_t count;
    sqlite3_stmt *rows;

    if (!row->has_others) {
        return 0;
    }
    rows = db_begin(&r->db, err,
                    "SELECT " SPAN_COLUMNS " FROM track t JOIN span s ON s.span ="
                    " (SELECT max(span) FROM span q WHERE q.track = t.track AND q.span < ?2)"
                    " WHERE t.offer = ?1 AND t.track <> ?3",
                    "iii", row->offer, row->change.serial, row->track);
    if (rows_collect(r, rows, &r->scratch, sizeof(*others), other_of_row, &found, &count, err) !=
        0) {
        return -1;
    }
    others = found;
    for (size_t i = 0; i < count; i++) {
        row->is_repeated = row->is_repeated || recorded_is_repeated(&row->change, &others[i]);
    }
    arena_reset(&r->scratch);
    return 0;
}

int record_changes(struct record *r, const struct record_since *since, struct arena *a,
                   struct recorded_change **changes, size_t *count, struct error *err)
{
    void *found = NULL;
    struct recorded_change *kept;
    struct change_row *all;
    size_t all_count, n = 0;
    sqlite3_stmt *rows =
        db_begin(&r->db, err,
                 "SELECT s.span, t.offer, t.track,"
                 " EXISTS (SELECT 1 FROM track x WHERE x.offer = t.offer AND x.track <> t.track),"
                 " " OFFER_COLUMNS ", " SPAN_COLUMNS ", p.span, " SPAN_COLUMNS_OF("p") CHANGES_FROM
                 " AND s.span > ?1 AND s.first_seen >= ?2 AND (?3 IS NULL OR o.endpoint = ?3)"
                 " ORDER BY s.first_seen, s.span",
                 "iit", since->serial, since->time_ms, r->options.endpoint);

    if (rows_collect(r, rows, a, sizeof(*all), change_of_row, &found, &all_count, err) != 0) {
        return -1;
    }
    all = found;
    kept = arena_alloc(a, (all_count + 1) * sizeof(*kept));
    if (kept == NULL) {
        return error_memory(err);
    }
    for (size_t i = 0; i < all_count; i++) {
        if (find_repeated(r, &all[i], err) != 0) {
            return -1;
        }
        if (!all[i].is_repeated) {
            kept[n++] = all[i].change;
        }
    }
    *changes = kept;
    *count = n;
    return 0;
}

int record_get_mark(struct record *r, const char *name, int64_t *serial, int64_t *at_ms,
                    struct error *err)
{
    sqlite3_stmt *rows =
        db_begin(&r->db, err, "SELECT span, at FROM mark WHERE name = ?", "t", name);
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

int record_set_mark(struct record *r, const char *name, int64_t serial, int64_t at_ms,
                    struct error *err)
{
    return db_run(&r->db, err,
                  "INSERT INTO mark (name, span, at) VALUES (?3, ?1, ?2)"
                  " ON CONFLICT (name) DO UPDATE SET span = max(span, excluded.span), at = ?2",
                  "iit", serial, at_ms, name);
}

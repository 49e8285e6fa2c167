/* contents.c - all that the file has: how much, each row, and forgetting it. */
#include "rows.h"
#include "schema.h"

#include <sys/stat.h>

static int entry_of_row(struct record *r, sqlite3_stmt *rows, struct arena *a, void *item,
                        struct error *err)
{
    struct recorded_entry *out = item;

    out->row = db_number(&r->db, rows, 0);
    if (offer_of_row(r, rows, 1, a, &out->offer, err) != 0) {
        return -1;
    }
    return span_of_row(r, rows, 1 + OFFER_COLUMN_COUNT, a, &out->span, err);
}

int record_entries(struct record *r, struct arena *a, struct recorded_entry **entries,
                   size_t *count, struct error *err)
{
    void *found = NULL;
    sqlite3_stmt *rows =
        db_begin(&r->db, err,
                 "SELECT o.offer, " OFFER_COLUMNS ", " SPAN_COLUMNS
                 " FROM offer o JOIN track t USING (offer) JOIN span s ON s.span = t.span"
                 " WHERE ?1 IS NULL OR o.endpoint = ?1 ORDER BY o.id, o.offer, t.track",
                 "t", r->options.endpoint);

    if (rows_collect(r, rows, a, sizeof(**entries), entry_of_row, &found, count, err) != 0) {
        return -1;
    }
    *entries = found;
    return 0;
}

int record_spans(struct record *r,
                 int (*take)(void *user, const struct recorded_entry *entry, struct error *err),
                 void *user, struct error *err)
{
    struct recorded_entry entry;
    sqlite3_stmt *rows =
        db_begin(&r->db, err,
                 "SELECT o.offer, " OFFER_COLUMNS ", " SPAN_COLUMNS
                 " FROM span s JOIN track t USING (track) JOIN offer o USING (offer)"
                 " ORDER BY s.span",
                 "");
    int rc;

    if (rows == NULL) {
        return -1;
    }
    while ((rc = db_next(&r->db, rows, err)) > 0) {
        if (entry_of_row(r, rows, &r->scratch, &entry, err) != 0 || take(user, &entry, err) != 0) {
            db_end(&r->db, rows);
            return -1;
        }
        arena_reset(&r->scratch);
    }
    return rc;
}

int record_forget(struct record *r, int64_t row, struct error *err)
{
    if (row != 0) {
        return db_run(&r->db, err, "DELETE FROM offer WHERE offer = ?", "i", row);
    }
    return db_execute(&r->db, "BEGIN IMMEDIATE; DELETE FROM offer; DELETE FROM mark; COMMIT", err);
}

int record_shrink(struct record *r, struct error *err)
{
    return db_execute(&r->db, "VACUUM", err);
}

int record_measure(struct record *r, struct record_size *out, struct error *err)
{
    struct db *db = &r->db;
    int64_t first_spans;
    struct stat found;

    *out = (struct record_size){ .version = schema_version() };
    if (db_get_number(db, "SELECT count(*) FROM offer", &out->offers, err) != 0 ||
        db_get_number(db, "SELECT count(*) FROM span", &out->spans, err) != 0 ||
        db_get_number(db,
                      "SELECT count(*) FROM (SELECT min(span) AS span FROM span GROUP BY track)"
                      " JOIN span USING (span) WHERE NOT appeared",
                      &first_spans, err) != 0 ||
        db_get_number(db, "SELECT count(*) FROM run", &out->runs, err) != 0 ||
        db_get_number(db, "SELECT min(first_seen) FROM span", &out->first_ms, err) != 0 ||
        db_get_number(db, "SELECT max(last_seen) FROM track", &out->last_ms, err) != 0) {
        return -1;
    }
    out->changes = out->spans - first_spans;
    if (stat(r->options.path, &found) == 0) {
        out->bytes = (int64_t)found.st_size;
    }
    return 0;
}

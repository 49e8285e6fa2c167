/* runs.c - the publishes that were recorded. */
#include "rows.h"

#include <stdlib.h>

static int step_of_row(struct record *r, sqlite3_stmt *rows, struct arena *a, void *item,
                       struct error *err)
{
    struct recorded_step *out = item;
    struct db *db = &r->db;
    bool failed = false;

    *out = (struct recorded_step){
        .id = row_text(r, rows, 0, a, &failed),
        .name = row_text(r, rows, 1, a, &failed),
        .index = (size_t)db_number(db, rows, 2),
        .status = step_status_of_token(db_text(db, rows, 3)),
        .started_at = row_text(r, rows, 4, a, &failed),
        .completed_at = row_text(r, rows, 5, a, &failed),
        .begun_after_ms = db_number(db, rows, 6),
        .begun_seen_ms = db_number(db, rows, 7),
        .ended_after_ms = db_number(db, rows, 8),
        .ended_seen_ms = db_number(db, rows, 9),
    };
    return failed ? error_memory(err) : 0;
}

static int compare_places(const void *a, const void *b)
{
    const struct recorded_step *first = a, *second = b;

    return (first->index > second->index) - (first->index < second->index);
}

/* In their order, for which SQLite would take several times as long. */
static int load_steps(struct record *r, int64_t run_row, struct arena *a, struct recorded_run *run,
                      struct error *err)
{
    void *found = NULL;
    sqlite3_stmt *rows = db_begin(&r->db, err,
                                  "SELECT id, name, nth, status, started_at, completed_at,"
                                  " begun_after, begun_seen, ended_after, ended_seen FROM step"
                                  " WHERE run = ?",
                                  "i", run_row);

    if (rows_collect(r, rows, a, sizeof(struct recorded_step), step_of_row, &found,
                     &run->step_count, err) != 0) {
        return -1;
    }
    if (run->step_count > 1) {
        qsort(found, run->step_count, sizeof(struct recorded_step), compare_places);
    }
    run->steps = found;
    return 0;
}

static int run_of_row(struct record *r, sqlite3_stmt *rows, struct arena *a, void *item,
                      struct error *err)
{
    struct recorded_run *run = item;
    struct db *db = &r->db;
    bool failed = false;

    *run = (struct recorded_run){
        .api = row_text(r, rows, 7, a, &failed),
        .submission = row_text(r, rows, 8, a, &failed),
        .version = row_text(r, rows, 9, a, &failed),
        .submitted_at = row_text(r, rows, 10, a, &failed),
        .ended_at = row_text(r, rows, 11, a, &failed),
        .not_before_ms = db_number(db, rows, 12),
        .first_seen_ms = db_number(db, rows, 13),
        .last_seen_ms = db_number(db, rows, 14),
        .ended_ms = db_number(db, rows, 15),
        .state = state_of_token(db_text(db, rows, 16)),
        .forgotten = db_number(db, rows, 17) != 0,
    };
    if (failed) {
        return error_memory(err);
    }
    if (offer_of_row(r, rows, 1, a, &run->offer, err) != 0) {
        return -1;
    }
    return load_steps(r, db_number(db, rows, 0), a, run, err);
}

static size_t keep_type(struct recorded_run *runs, size_t count, const char *type)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        if (offer_type_matches(runs[i].offer.type, type)) {
            runs[kept++] = runs[i];
        }
    }
    return kept;
}

int record_runs(struct record *r, const struct record_query *query, struct arena *a,
                struct recorded_run **runs, size_t *count, struct error *err)
{
    void *found = NULL;
    sqlite3_stmt *rows =
        db_begin(&r->db, err,
                 "SELECT r.run, " OFFER_COLUMNS ", t.api,"
                 " r.submission, r.version, r.submitted_at, r.ended_at, r.not_before, r.first_seen,"
                 " r.last_seen, r.ended, r.state, r.forgotten"
                 " FROM run r JOIN track t USING (track) JOIN offer o USING (offer)"
                 " WHERE (?1 IS NULL OR o.endpoint = ?1)"
                 " AND (?2 IS NULL OR o.publisher = ?2 COLLATE NOCASE)"
                 " AND (?3 IS NULL OR o.id = ?3)"
                 " AND (?4 IS NULL OR o.product = ?4 COLLATE NOCASE) ORDER BY r.first_seen, r.run",
                 "tttt", query->endpoint, query->publisher, query->id, query->product_id);

    if (rows_collect(r, rows, a, sizeof(**runs), run_of_row, &found, count, err) != 0) {
        return -1;
    }
    *runs = found;
    if (query->type != NULL) {
        *count = keep_type(found, *count, query->type);
    }
    return 0;
}

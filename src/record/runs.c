/* runs.c - the publishes that were recorded. */
#include "spans.h"

struct step_list {
    struct recorded_step *items;
    size_t count;
};

static int load_steps(struct record *r, int64_t run, struct arena *a, struct step_list *list,
                      struct error *err)
{
    struct db *db = &r->db;
    sqlite3_stmt *rows = db_begin(db, err,
                                  "SELECT id, name, nth, status, started_at, completed_at,"
                                  " begun_after, begun_seen, ended_after, ended_seen FROM step"
                                  " WHERE run = ? ORDER BY nth",
                                  "i", run);
    bool failed = false;
    int rc;

    *list = (struct step_list){ .count = 0 };
    if (rows == NULL) {
        return -1;
    }
    while ((rc = db_next(db, rows, err)) > 0) {
        struct recorded_step *items = arena_grow(a, list->items, list->count, sizeof(*items));
        if (items == NULL) {
            db_end(db, rows);
            return error_memory(err);
        }
        list->items = items;
        items[list->count++] = (struct recorded_step){
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
    }
    return failed ? error_memory(err) : rc;
}

static int load_run(struct record *r, sqlite3_stmt *rows, struct arena *a, struct recorded_run *run,
                    struct error *err)
{
    struct db *db = &r->db;
    struct step_list steps;
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
    if (offer_of_row(r, rows, 1, a, &run->offer, err) != 0 ||
        load_steps(r, db_number(db, rows, 0), a, &steps, err) != 0) {
        return -1;
    }
    run->steps = steps.items;
    run->step_count = steps.count;
    return 0;
}

int record_runs(struct record *r, const struct record_query *query, struct arena *a,
                struct recorded_run **runs, size_t *count, struct error *err)
{
    struct recorded_run *found = NULL;
    size_t n = 0;
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
    int rc;

    if (rows == NULL) {
        return -1;
    }
    while ((rc = db_next(&r->db, rows, err)) > 0) {
        if (query->type != NULL && !offer_type_matches(db_text(&r->db, rows, 6), query->type)) {
            continue;
        }
        struct recorded_run *items = arena_grow(a, found, n, sizeof(*items));
        if (items == NULL) {
            rc = error_memory(err);
            break;
        }
        found = items;
        if (load_run(r, rows, a, &found[n], err) != 0) {
            rc = -1;
            break;
        }
        n++;
    }
    if (rc != 0) {
        db_end(&r->db, rows);
        return -1;
    }
    *runs = found;
    *count = n;
    return 0;
}

/* lists.c - what complete lists have, and have no more. */
#include "lists.h"
#include "known.h"
#include "rows.h"

static bool has_before(const struct list_now *list, int64_t before_ms)
{
    for (size_t i = 0; i < list->before_count; i++) {
        if (list->before_ms[i] == before_ms) {
            return true;
        }
    }
    return false;
}

void lists_see(struct list_now *list, int64_t before_ms)
{
    if (before_ms == 0 || before_ms == list->time_ms || has_before(list, before_ms)) {
        return;
    }
    if (list->before_count < LISTS_BEFORE) { /* else: nothing is said about those of that list */
        list->before_ms[list->before_count++] = before_ms;
    }
}

bool lists_may_lack(const struct record *r, const struct list_now *list)
{
    const struct known_track *t = known_next(r, NULL, NULL);

    while (t != NULL && (t->is_noted || t->span.gone || !has_before(list, t->listed_ms))) {
        t = known_next(r, NULL, t);
    }
    return t != NULL;
}

int lists_lacked(struct record *r, const struct list_now *list, int64_t offer, bool *lacked,
                 struct error *err)
{
    sqlite3_stmt *rows;
    int rc;

    *lacked = false;
    if (list->before_count == 0) {
        return 0;
    }
    rows = db_begin(&r->db, err,
                    "SELECT 1 FROM offer n WHERE n.offer = ?1 AND (n.publisher IS NULL OR EXISTS"
                    " (SELECT 1 FROM offer o JOIN track t USING (offer) JOIN span s USING (track)"
                    " WHERE o.endpoint = n.endpoint AND o.publisher = n.publisher COLLATE NOCASE"
                    " AND s.first_seen < ?2 AND t.listed IS NOT NULL))",
                    "ii", offer, list->began_ms);
    if (rows == NULL) {
        return -1;
    }
    rc = db_next(&r->db, rows, err);
    if (rc > 0) {
        *lacked = true;
        db_end(&r->db, rows);
        rc = 0;
    }
    return rc;
}

struct lost {
    int64_t track, span, run;
};

static int lost_of_row(struct record *r, sqlite3_stmt *rows, struct arena *a, void *item,
                       struct error *err)
{
    struct lost *out = item;

    (void)a;
    (void)err;
    *out = (struct lost){ .track = db_number(&r->db, rows, 0),
                          .span = db_number(&r->db, rows, 1),
                          .run = db_number(&r->db, rows, 2) };
    return 0;
}

/* Those of one list before that this one lacks. */
static int find_lost(struct record *r, const struct list_now *list, int64_t before_ms,
                     struct lost **lost, size_t *count, struct error *err)
{
    void *found = NULL;
    sqlite3_stmt *rows = db_begin(
        &r->db, err,
        "SELECT t.track, t.span, t.run FROM track t JOIN offer o USING (offer)"
        " JOIN span s ON s.span = t.span"
        " WHERE t.listed = ?1 AND s.gone = 0 AND o.endpoint = ?3 AND t.last_seen <= ?2"
        " AND NOT EXISTS (SELECT 1 FROM track n WHERE n.offer = t.offer AND n.listed = ?2)"
        " AND (o.publisher IS NULL OR EXISTS (SELECT 1 FROM track n JOIN offer m USING (offer)"
        " WHERE n.listed = ?2 AND m.publisher = o.publisher COLLATE NOCASE))",
        "iit", before_ms, list->time_ms, r->options.endpoint);

    if (rows_collect(r, rows, &r->scratch, sizeof(**lost), lost_of_row, &found, count, err) != 0) {
        return -1;
    }
    *lost = found;
    return 0;
}

static int write_lost(struct record *r, const struct lost *lost, int64_t at_ms, struct error *err)
{
    if (db_run(&r->db, err,
               "UPDATE span SET last_seen = (SELECT last_seen FROM track WHERE track = ?2)"
               " WHERE span = ?1",
               "ii", lost->span, lost->track) != 0 ||
        db_run(&r->db, err,
               "INSERT INTO span (track, state, live, raw_status, submission, version, step_id,"
               " step_name, step_index, step_total, step_status, first_seen, gone)"
               " SELECT track, state, live, raw_status, submission, version, step_id, step_name,"
               " step_index, step_total, step_status, ?2, 1 FROM span WHERE span = ?1",
               "ii", lost->span, at_ms) != 0 ||
        db_run(&r->db, err,
               "UPDATE track SET span = ?2, run = NULL, last_seen = ?3,"
               " digest = NULL WHERE track = ?1",
               "iii", lost->track, db_last_row(&r->db), at_ms) != 0) {
        return -1;
    }
    if (lost->run == 0) {
        return 0;
    }
    return db_run(&r->db, err, "UPDATE run SET ended = ?2, forgotten = 1 WHERE run = ?1", "ii",
                  lost->run, at_ms);
}

int lists_end(struct record *r, const struct list_now *list, struct error *err)
{
    for (size_t i = 0; i < list->before_count; i++) {
        struct lost *lost;
        size_t count;
        if (find_lost(r, list, list->before_ms[i], &lost, &count, err) != 0) {
            return -1;
        }
        for (size_t at = 0; at < count; at++) {
            if (write_lost(r, &lost[at], list->time_ms, err) != 0) {
                return -1;
            }
        }
        arena_reset(&r->scratch);
    }
    return 0;
}

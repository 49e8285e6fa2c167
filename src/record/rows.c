/* rows.c - from the columns of a row to structs. */
#include "rows.h"

#include <string.h>

enum step_status step_status_of_token(const char *token)
{
    for (int i = 0; token != NULL && i < STEP_STATUS_COUNT; i++) {
        if (strcmp(step_status_token((enum step_status)i), token) == 0) {
            return (enum step_status)i;
        }
    }
    return STEP_UNKNOWN;
}

enum offer_state state_of_token(const char *token)
{
    for (int i = 0; token != NULL && i < STATE_COUNT; i++) {
        if (strcmp(state_token((enum offer_state)i), token) == 0) {
            return (enum offer_state)i;
        }
    }
    return STATE_UNKNOWN;
}

enum offer_live live_of_token(const char *token)
{
    for (int i = 0; token != NULL && i < LIVE_COUNT; i++) {
        if (strcmp(live_token((enum offer_live)i), token) == 0) {
            return (enum offer_live)i;
        }
    }
    return LIVE_UNKNOWN;
}

const char *row_text(struct record *r, sqlite3_stmt *row, int column, struct arena *a, bool *failed)
{
    const char *text = db_text(&r->db, row, column);
    const char *copy = arena_strdup(a, text);

    *failed = *failed || (text != NULL && copy == NULL);
    return copy;
}

int span_of_row(struct record *r, sqlite3_stmt *row, int column, struct arena *a,
                struct recorded_span *out, struct error *err)
{
    struct db *db = &r->db;
    bool failed = false;

    *out = (struct recorded_span){
        .api = row_text(r, row, column, a, &failed),
        .gone = db_number(db, row, column + 1) != 0,
        .state = state_of_token(db_text(db, row, column + 2)),
        .live = live_of_token(db_text(db, row, column + 3)),
        .raw_status = row_text(r, row, column + 4, a, &failed),
        .submission = row_text(r, row, column + 5, a, &failed),
        .version = row_text(r, row, column + 6, a, &failed),
        .step_id = row_text(r, row, column + 7, a, &failed),
        .step_name = row_text(r, row, column + 8, a, &failed),
        .step_index = (size_t)db_number(db, row, column + 9),
        .step_total = (size_t)db_number(db, row, column + 10),
        .step_status = step_status_of_token(db_text(db, row, column + 11)),
        .since = row_text(r, row, column + 12, a, &failed),
        .first_seen_ms = db_number(db, row, column + 13),
        .last_seen_ms = db_number(db, row, column + 14),
        .appeared = db_number(db, row, column + 15) != 0,
    };
    return failed ? error_memory(err) : 0;
}

int offer_of_row(struct record *r, sqlite3_stmt *row, int column, struct arena *a,
                 struct recorded_offer *out, struct error *err)
{
    bool failed = false;

    *out = (struct recorded_offer){ .endpoint = row_text(r, row, column, a, &failed),
                                    .publisher = row_text(r, row, column + 1, a, &failed),
                                    .id = row_text(r, row, column + 2, a, &failed),
                                    .product_id = row_text(r, row, column + 3, a, &failed),
                                    .name = row_text(r, row, column + 4, a, &failed),
                                    .type = row_text(r, row, column + 5, a, &failed) };
    return failed ? error_memory(err) : 0;
}

int rows_collect(struct record *r, sqlite3_stmt *rows, struct arena *a, size_t item_size,
                 int (*read)(struct record *r, sqlite3_stmt *row, struct arena *a, void *item,
                             struct error *err),
                 void **items, size_t *count, struct error *err)
{
    char *found = NULL;
    size_t n = 0;
    int rc;

    if (rows == NULL) {
        return -1;
    }
    while ((rc = db_next(&r->db, rows, err)) > 0) {
        char *grown = arena_grow(a, found, n, item_size);
        if (grown == NULL) {
            rc = error_memory(err);
            break;
        }
        found = grown;
        if (read(r, rows, a, found + n * item_size, err) != 0) {
            rc = -1;
            break;
        }
        n++;
    }
    if (rc != 0) {
        db_end(&r->db, rows);
        return -1;
    }
    *items = found;
    *count = n;
    return 0;
}

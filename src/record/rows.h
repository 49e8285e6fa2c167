/* rows.h - from the columns of a row to structs. */
#ifndef RECORD_ROWS_H
#define RECORD_ROWS_H

#include "record_priv.h"

/* The columns of a span `s` of a track `t`, in the order in which span_of_row reads them. */
#define SPAN_COLUMNS_OF(s)                                                                         \
    "t.api, " s ".gone, " s ".state, " s ".live, " s ".raw_status, " s ".submission, " s           \
    ".version, " s ".step_id, " s ".step_name, " s ".step_index, " s ".step_total, " s             \
    ".step_status, " s ".since, " s ".first_seen, coalesce(" s ".last_seen, t.last_seen), " s      \
    ".appeared"
#define SPAN_COLUMNS SPAN_COLUMNS_OF("s")
#define SPAN_COLUMN_COUNT 16

/* Read the columns from that one on; texts go to the arena.  0, or -1 without memory. */
int span_of_row(struct record *r, sqlite3_stmt *row, int column, struct arena *a,
                struct recorded_span *out, struct error *err);

/* The columns of an offer `o`, in the order in which offer_of_row reads them. */
#define OFFER_COLUMNS "o.endpoint, o.publisher, o.id, o.product, o.name, o.type"
#define OFFER_COLUMN_COUNT 6
int offer_of_row(struct record *r, sqlite3_stmt *row, int column, struct arena *a,
                 struct recorded_offer *out, struct error *err);

/* The values that tokens stand for; UNKNOWN for NULL and for a token of a later version. */
enum step_status step_status_of_token(const char *token);
enum offer_state state_of_token(const char *token);
enum offer_live live_of_token(const char *token);

/* Read a column as a text of the arena, NULL where it has no value.  *failed is set where there is
 * no memory. */
const char *row_text(struct record *r, sqlite3_stmt *row, int column, struct arena *a,
                     bool *failed);

/* Read all rows into an array of the arena, one item of that size each, and end the statement; NULL
 * is one that could not begin.  0, or -1 with *err. */
int rows_collect(struct record *r, sqlite3_stmt *rows, struct arena *a, size_t item_size,
                 int (*read)(struct record *r, sqlite3_stmt *row, struct arena *a, void *item,
                             struct error *err),
                 void **items, size_t *count, struct error *err);

#endif

/* db.h - statements on the record's file, and how they fail. */
#ifndef RECORD_DB_H
#define RECORD_DB_H

#include "offerstat/arena.h"
#include "offerstat/error.h"

#include "sqlite.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DB_STATEMENTS 40

/* Another run writes for milliseconds; who waits longer is held up by something else. */
#define DB_BUSY_MS 5000

/* An open file.  Statements stay prepared; they are known by the address of their text. */
struct db {
    const struct sqlite *lib;
    sqlite3 *file;
    const char *path; /* borrowed */
    struct {
        const char *sql;
        sqlite3_stmt *statement;
    } prepared[DB_STATEMENTS];
    bool is_broken; /* a statement found out that the file is no database, or a damaged one */
};

/* Open a file; it is made where `makes`.  0, or -1 with *err and nothing to close. */
int db_open(struct db *db, const char *path, bool makes, struct error *err);
void db_close(struct db *db);

/* Begin a statement with its values: "t" a text or NULL, "i" an int64_t, "z" an int64_t of which 0
 * is written as NULL.  sql must be a constant; texts must stay until its last row.  NULL with
 * *err. */
sqlite3_stmt *db_begin(struct db *db, struct error *err, const char *sql, const char *kinds, ...);

/* The next row: 1, or 0 after the last, or -1 with *err. */
int db_next(struct db *db, sqlite3_stmt *statement, struct error *err);

/* Leave a statement of which not all rows were wanted. */
void db_end(struct db *db, sqlite3_stmt *statement);

/* A column of the row, valid until the next; NULL and 0 where it has no value. */
const char *db_text(struct db *db, sqlite3_stmt *statement, int column);
int64_t db_number(struct db *db, sqlite3_stmt *statement, int column);

/* A statement without rows.  0, or -1 with *err. */
int db_run(struct db *db, struct error *err, const char *sql, const char *kinds, ...);

/* The first number of the first row of a statement without values, 0 where there is none. */
int db_get_number(struct db *db, const char *sql, int64_t *out, struct error *err);

/* Of the last INSERT. */
int64_t db_last_row(struct db *db);

/* Statements without values or rows. */
int db_execute(struct db *db, const char *sql, struct error *err);

#endif

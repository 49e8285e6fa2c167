/* sqlite.h - SQLite, loaded when the record is used. */
#ifndef RECORD_SQLITE_H
#define RECORD_SQLITE_H

#include "offerstat/error.h"

#include <sqlite3.h>

/* The functions that are used, by SQLite's own names. */
struct sqlite {
    int (*sqlite3_open_v2)(const char *, sqlite3 **, int, const char *);
    int (*sqlite3_close)(sqlite3 *);
    int (*sqlite3_busy_timeout)(sqlite3 *, int);
    int (*sqlite3_exec)(sqlite3 *, const char *, int (*)(void *, int, char **, char **), void *,
                        char **);
    int (*sqlite3_prepare_v2)(sqlite3 *, const char *, int, sqlite3_stmt **, const char **);
    int (*sqlite3_step)(sqlite3_stmt *);
    int (*sqlite3_reset)(sqlite3_stmt *);
    int (*sqlite3_finalize)(sqlite3_stmt *);
    int (*sqlite3_bind_text)(sqlite3_stmt *, int, const char *, int, void (*)(void *));
    int (*sqlite3_bind_int64)(sqlite3_stmt *, int, sqlite3_int64);
    int (*sqlite3_bind_null)(sqlite3_stmt *, int);
    const unsigned char *(*sqlite3_column_text)(sqlite3_stmt *, int);
    sqlite3_int64 (*sqlite3_column_int64)(sqlite3_stmt *, int);
    sqlite3_int64 (*sqlite3_last_insert_rowid)(sqlite3 *);
    int (*sqlite3_changes)(sqlite3 *);
    int (*sqlite3_errcode)(sqlite3 *);
    const char *(*sqlite3_errmsg)(sqlite3 *);
    const char *(*sqlite3_errstr)(int);
};

/* NULL with *err (ERR_USAGE) where it is not installed. */
const struct sqlite *sqlite_load(struct error *err);

#endif

/* db.c - statements on the record's file, and how they fail. */
#include "db.h"

#include <stdarg.h>
#include <string.h>

/* Always -1 with *err. */
static int db_fail(struct db *db, struct error *err)
{
    int code = db->lib->sqlite3_errcode(db->file) & 0xff;

    if (code == SQLITE_NOMEM) {
        return error_memory(err);
    }
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) {
        db->is_broken = true;
    }
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
        return error_set(err, ERR_OUTPUT, "the record %s: another program has locked it for %d s",
                         db->path, DB_BUSY_MS / 1000);
    }
    return error_set(err, ERR_OUTPUT, "the record %s: %s", db->path,
                     db->lib->sqlite3_errmsg(db->file));
}

int db_open(struct db *db, const char *path, bool makes, struct error *err)
{
    int flags =
        SQLITE_OPEN_READWRITE; /* also to read: a run that was killed may have to be undone */

    *db = (struct db){ .lib = sqlite_load(err), .path = path };
    if (db->lib == NULL) {
        return -1;
    }
    if (makes) {
        flags |= SQLITE_OPEN_CREATE;
    }
    if (db->lib->sqlite3_open_v2(path, &db->file, flags, NULL) != SQLITE_OK) {
        if (db->file == NULL) {
            return error_memory(err);
        }
        db_fail(db, err);
        db_close(db);
        return -1;
    }
    db->lib->sqlite3_busy_timeout(db->file, DB_BUSY_MS);
    return 0;
}

void db_close(struct db *db)
{
    if (db->file == NULL) {
        return;
    }
    for (size_t i = 0; i < DB_STATEMENTS; i++) {
        if (db->prepared[i].statement != NULL) {
            db->lib->sqlite3_finalize(db->prepared[i].statement);
        }
    }
    db->lib->sqlite3_close(db->file);
    *db = (struct db){ .lib = db->lib, .path = db->path, .is_broken = db->is_broken };
}

static sqlite3_stmt *prepare(struct db *db, const char *sql, struct error *err)
{
    sqlite3_stmt *statement = NULL;
    size_t i = 0;

    while (i < DB_STATEMENTS && db->prepared[i].sql != NULL) {
        if (db->prepared[i].sql == sql) {
            return db->prepared[i].statement;
        }
        i++;
    }
    if (i == DB_STATEMENTS) {
        error_set(err, ERR_BUG, "the record has too many statements, please report this bug");
        return NULL;
    }
    if (db->lib->sqlite3_prepare_v2(db->file, sql, -1, &statement, NULL) != SQLITE_OK) {
        db_fail(db, err);
        return NULL;
    }
    db->prepared[i].sql = sql;
    db->prepared[i].statement = statement;
    return statement;
}

static int bind_text(struct db *db, sqlite3_stmt *statement, int at, const char *text)
{
    if (text == NULL) {
        return db->lib->sqlite3_bind_null(statement, at);
    }
    return db->lib->sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
}

static int bind_all(struct db *db, sqlite3_stmt *statement, const char *kinds, va_list values)
{
    int code = SQLITE_OK;

    for (int at = 1; kinds[at - 1] != '\0' && code == SQLITE_OK; at++) {
        if (kinds[at - 1] == 't') {
            code = bind_text(db, statement, at, va_arg(values, const char *));
        } else {
            int64_t number = va_arg(values, int64_t);
            if (kinds[at - 1] == 'z' && number == 0) {
                code = db->lib->sqlite3_bind_null(statement, at);
            } else {
                code = db->lib->sqlite3_bind_int64(statement, at, number);
            }
        }
    }
    return code;
}

static sqlite3_stmt *begin(struct db *db, struct error *err, const char *sql, const char *kinds,
                           va_list values)
{
    sqlite3_stmt *statement = prepare(db, sql, err);

    if (statement == NULL) {
        return NULL;
    }
    db->lib->sqlite3_reset(statement);
    if (bind_all(db, statement, kinds, values) != SQLITE_OK) {
        db_fail(db, err);
        return NULL;
    }
    return statement;
}

sqlite3_stmt *db_begin(struct db *db, struct error *err, const char *sql, const char *kinds, ...)
{
    sqlite3_stmt *statement;
    va_list values;

    va_start(values, kinds);
    statement = begin(db, err, sql, kinds, values);
    va_end(values);
    return statement;
}

int db_next(struct db *db, sqlite3_stmt *statement, struct error *err)
{
    int code = db->lib->sqlite3_step(statement);

    if (code == SQLITE_ROW) {
        return 1;
    }
    if (code != SQLITE_DONE) {
        db_fail(db, err);
        db->lib->sqlite3_reset(statement);
        return -1;
    }
    db->lib->sqlite3_reset(statement);
    return 0;
}

void db_end(struct db *db, sqlite3_stmt *statement)
{
    db->lib->sqlite3_reset(statement);
}

const char *db_text(struct db *db, sqlite3_stmt *statement, int column)
{
    return (const char *)db->lib->sqlite3_column_text(statement, column);
}

int64_t db_number(struct db *db, sqlite3_stmt *statement, int column)
{
    return db->lib->sqlite3_column_int64(statement, column);
}

int db_run(struct db *db, struct error *err, const char *sql, const char *kinds, ...)
{
    sqlite3_stmt *statement;
    va_list values;
    int rc;

    va_start(values, kinds);
    statement = begin(db, err, sql, kinds, values);
    va_end(values);
    if (statement == NULL) {
        return -1;
    }
    do {
        rc = db_next(db, statement, err);
    } while (rc > 0);
    return rc;
}

int db_get_number(struct db *db, const char *sql, int64_t *out, struct error *err)
{
    sqlite3_stmt *statement = db_begin(db, err, sql, "");
    int rc;

    *out = 0;
    if (statement == NULL) {
        return -1;
    }
    rc = db_next(db, statement, err);
    if (rc > 0) {
        *out = db_number(db, statement, 0);
        db_end(db, statement);
        rc = 0;
    }
    return rc;
}

int64_t db_last_row(struct db *db)
{
    return db->lib->sqlite3_last_insert_rowid(db->file);
}

int db_execute(struct db *db, const char *sql, struct error *err)
{
    if (db->lib->sqlite3_exec(db->file, sql, NULL, NULL, NULL) != SQLITE_OK) {
        return db_fail(db, err);
    }
    return 0;
}

/* sqlite.c - SQLite, loaded when the record is used: few runs have one, and all would start slower.
 */
#include "sqlite.h"

#include "offerstat/library.h"

#define SONAME "libsqlite3.so.0"

/* clang-format off */
#define SYMBOL(name) { #name, &functions.name }
/* clang-format on */

const struct sqlite *sqlite_load(struct error *err)
{
    static struct sqlite functions;
    static bool loaded;
    const struct library_symbol symbols[] = {
        SYMBOL(sqlite3_open_v2),      SYMBOL(sqlite3_close),
        SYMBOL(sqlite3_busy_timeout), SYMBOL(sqlite3_exec),
        SYMBOL(sqlite3_prepare_v2),   SYMBOL(sqlite3_step),
        SYMBOL(sqlite3_reset),        SYMBOL(sqlite3_finalize),
        SYMBOL(sqlite3_bind_text),    SYMBOL(sqlite3_bind_int64),
        SYMBOL(sqlite3_bind_null),    SYMBOL(sqlite3_column_text),
        SYMBOL(sqlite3_column_int64), SYMBOL(sqlite3_last_insert_rowid),
        SYMBOL(sqlite3_changes),      SYMBOL(sqlite3_errcode),
        SYMBOL(sqlite3_errmsg),       SYMBOL(sqlite3_errstr),
    };

    loaded = loaded || library_load(SONAME, symbols, sizeof(symbols) / sizeof(symbols[0]));
    if (!loaded) {
        error_set(err, ERR_USAGE, "the record needs %s (Debian's package libsqlite3-0)", SONAME);
        return NULL;
    }
    return &functions;
}

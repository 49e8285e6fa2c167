/* schema.c - the tables of the record, and how an older file comes to have them. */
#include "schema.h"

#include <stdio.h>

/* "Offs": the mark of SQLite's header by which a file is known for ours. */
#define APPLICATION_ID 1332110963

/* offer: whose record it is.
 * track: an offer as one API, or several together, show it; span: how it stands, run: the publish
 *   that is under way.  What each read writes is here, in little room: 100 offers are a page.
 * span: how a track stood from one change to the next; last_seen is that of the track while it is
 *   the present one.
 * run, step: struct recorded_run and recorded_step.
 * Times are Unix times in milliseconds; those of the service are text. */
static const char version_1[] =
    "CREATE TABLE offer (offer INTEGER PRIMARY KEY, endpoint TEXT NOT NULL, publisher TEXT,"
    " id TEXT NOT NULL COLLATE NOCASE, product TEXT, name TEXT, type TEXT);"
    "CREATE INDEX offer_by_id ON offer (id, endpoint);"
    "CREATE TABLE track (track INTEGER PRIMARY KEY,"
    " offer INTEGER NOT NULL REFERENCES offer ON DELETE CASCADE, api TEXT NOT NULL,"
    " span INTEGER, run INTEGER, last_seen INTEGER NOT NULL, UNIQUE (offer, api));"
    "CREATE TABLE span (span INTEGER PRIMARY KEY AUTOINCREMENT,"
    " track INTEGER NOT NULL REFERENCES track ON DELETE CASCADE, state TEXT NOT NULL,"
    " live TEXT NOT NULL, raw_status TEXT, submission TEXT, version TEXT, step_id TEXT,"
    " step_name TEXT, step_index INTEGER, step_total INTEGER, step_status TEXT, since TEXT,"
    " first_seen INTEGER NOT NULL, last_seen INTEGER, gone INTEGER NOT NULL DEFAULT 0);"
    "CREATE INDEX span_of_track ON span (track, span);"
    "CREATE TABLE run (run INTEGER PRIMARY KEY,"
    " track INTEGER NOT NULL REFERENCES track ON DELETE CASCADE, submission TEXT, version TEXT,"
    " submitted_at TEXT, state TEXT NOT NULL, not_before INTEGER, first_seen INTEGER NOT NULL,"
    " last_seen INTEGER NOT NULL, steps_seen INTEGER, ended INTEGER, ended_at TEXT,"
    " forgotten INTEGER NOT NULL DEFAULT 0);"
    "CREATE INDEX run_of_track ON run (track, submission);"
    "CREATE TABLE step (run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE, key TEXT NOT NULL,"
    " nth INTEGER NOT NULL, id TEXT, name TEXT, status TEXT NOT NULL, started_at TEXT,"
    " completed_at TEXT, begun_after INTEGER, begun_seen INTEGER, ended_after INTEGER,"
    " ended_seen INTEGER, PRIMARY KEY (run, key)) WITHOUT ROWID;";

/* listed: the time of the last complete list that had the track; appeared: the offer was in none of
 * the lists before it.  mark: up to which span `changes` has shown them. */
static const char version_2[] =
    "ALTER TABLE track ADD COLUMN listed INTEGER;"
    "ALTER TABLE span ADD COLUMN appeared INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX span_by_time ON span (first_seen);"
    "CREATE TABLE mark (name TEXT PRIMARY KEY, span INTEGER NOT NULL, at INTEGER NOT NULL)"
    " WITHOUT ROWID;";

/* digest: of the sighting that was written last. */
static const char version_3[] = "ALTER TABLE track ADD COLUMN digest INTEGER;"
                                "CREATE INDEX run_forgotten ON run (track) WHERE forgotten;";

/* The i-th makes version i + 1 of version i. */
static const char *const migrations[] = { version_1, version_2, version_3 };

int schema_version(void)
{
    return (int)(sizeof(migrations) / sizeof(migrations[0]));
}

static int migrate(struct db *db, int64_t version, struct error *err)
{
    char marks[96];

    for (int64_t i = version; i < schema_version(); i++) {
        if (db_execute(db, migrations[i], err) != 0) {
            return -1;
        }
    }
    snprintf(marks, sizeof(marks), "PRAGMA user_version = %d; PRAGMA application_id = %d",
             schema_version(), APPLICATION_ID);
    return db_execute(db, marks, err);
}

static int get_version(struct db *db, int64_t *version, struct error *err)
{
    int64_t application, tables;

    if (db_get_number(db, "PRAGMA user_version", version, err) != 0 ||
        db_get_number(db, "PRAGMA application_id", &application, err) != 0 ||
        db_get_number(db, "SELECT count(*) FROM sqlite_master", &tables, err) != 0) {
        return -1;
    }
    if (application != APPLICATION_ID && tables > 0) {
        return error_set(err, ERR_OUTPUT, "the record %s: it is a file of another program",
                         db->path);
    }
    if (*version > schema_version()) {
        return error_set(err, ERR_OUTPUT,
                         "the record %s: it is of a newer offerstat (version %d, this one knows "
                         "%d), and is left alone",
                         db->path, (int)*version, schema_version());
    }
    return 0;
}

int schema_update(struct db *db, struct error *err)
{
    struct error ignored = ERROR_INIT;
    int64_t version;

    if (get_version(db, &version, err) != 0) {
        return -1;
    }
    if (version == schema_version()) {
        return 0;
    }
    /* Looked at again under the lock: several runs may have found it old. */
    if (db_execute(db, "BEGIN IMMEDIATE", err) != 0) {
        return -1;
    }
    if (get_version(db, &version, err) != 0 || migrate(db, version, err) != 0 ||
        db_execute(db, "COMMIT", err) != 0) {
        db_execute(db, "ROLLBACK", &ignored);
        return -1;
    }
    return 0;
}

/* record.c - opening the file of the record, and setting a broken one aside. */
#include "known.h"
#include "schema.h"

#include "offerstat/timestamp.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PATH_LONGEST 4096

/* SQLite would make the file by the umask; its journals are made as the file is. */
static int make_file(const struct record_options *options, struct error *err)
{
    int file = open(options->path, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);

    if (file < 0 && errno != EROFS && errno != EACCES) {
        return error_set(err, ERR_OUTPUT, "the record %s: %s", options->path, strerror(errno));
    }
    if (file >= 0) {
        close(file);
    }
    return 0; /* a file that cannot be written may yet be read */
}

static int check_there(const struct record_options *options, struct stat *found, struct error *err)
{
    if (stat(options->path, found) == 0) {
        return 0;
    }
    if (errno == ENOENT || errno == ENOTDIR) {
        return error_set(err, ERR_NOT_FOUND, "there is no record %s", options->path);
    }
    return error_set(err, ERR_OUTPUT, "the record %s: %s", options->path, strerror(errno));
}

static int open_file(struct record *r, struct error *err)
{
    if (db_open(&r->db, r->options.path, r->options.writes, err) != 0) {
        return -1;
    }
    if (schema_update(&r->db, err) != 0 ||
        db_execute(&r->db, "PRAGMA foreign_keys = ON", err) != 0) {
        db_close(&r->db);
        return -1;
    }
    return 0;
}

/* Whether the path still names the file that was found broken: another run may have set it aside
 * and begun a new one. */
static bool is_still_there(const struct record *r, const struct stat *found)
{
    struct stat now;

    return stat(r->options.path, &now) == 0 && now.st_dev == found->st_dev &&
           now.st_ino == found->st_ino;
}

/* A journal of a broken file must not be played into the one that takes its place. */
static void set_journal_aside(const struct record *r, const char *aside)
{
    char from[PATH_LONGEST + 16], to[PATH_LONGEST + 64];

    snprintf(from, sizeof(from), "%s-journal", r->options.path);
    snprintf(to, sizeof(to), "%s-journal", aside);
    if (rename(from, to) != 0 && errno != ENOENT) {
        unlink(from);
    }
}

static int set_aside(const struct record *r, const struct stat *found, const struct error *why,
                     struct error *err)
{
    char aside[PATH_LONGEST + 48], now[TIMESTAMP_MAX];
    struct error said = *why;

    if (!is_still_there(r, found)) {
        return 0;
    }
    timestamp_format((int64_t)time(NULL) * 1000, now);
    snprintf(aside, sizeof(aside), "%s.broken-%s", r->options.path, now);
    if (rename(r->options.path, aside) != 0) {
        return error_set(err, ERR_OUTPUT, "the record %s is broken, and cannot be set aside: %s",
                         r->options.path, strerror(errno));
    }
    set_journal_aside(r, aside);
    error_append(&said, "; it was set aside as %s, and a new one begun", aside);
    r->options.warn(r->options.user, &said);
    return 0;
}

static int find_and_open(struct record *r, struct error *err)
{
    if (r->options.writes && make_file(&r->options, err) != 0) {
        return -1;
    }
    if (check_there(&r->options, &r->found, err) != 0) {
        return -1;
    }
    return open_file(r, err);
}

int record_begin_anew(struct record *r, struct error *err)
{
    struct error why = *err;

    known_drop(r);
    db_close(&r->db);
    if (!r->db.is_broken || !r->options.writes) {
        return -1;
    }
    r->db.is_broken = false;
    if (set_aside(r, &r->found, &why, err) != 0) {
        return -1;
    }
    return find_and_open(r, err);
}

static int copy_options(struct record *r, const struct record_options *options)
{
    r->options = *options;
    r->options.path = arena_strdup(&r->texts, options->path);
    r->options.endpoint = arena_strdup(&r->texts, options->endpoint);
    if (r->options.path == NULL || (options->endpoint != NULL && r->options.endpoint == NULL)) {
        return -1;
    }
    return 0;
}

int record_open(const struct record_options *options, struct record **out, struct error *err)
{
    struct record *r = calloc(1, sizeof(*r));

    if (r == NULL) {
        return error_memory(err);
    }
    if (strlen(options->path) > PATH_LONGEST) {
        record_close(r);
        return error_set(err, ERR_OUTPUT, "the record: its path is too long");
    }
    if (copy_options(r, options) != 0) {
        record_close(r);
        return error_memory(err);
    }
    if (find_and_open(r, err) != 0 && record_begin_anew(r, err) != 0) {
        record_close(r);
        return -1;
    }
    *out = r;
    return 0;
}

const char *record_endpoint(const struct record *r)
{
    return r->options.endpoint;
}

void record_close(struct record *r)
{
    if (r == NULL) {
        return;
    }
    db_close(&r->db);
    arena_clear(&r->texts);
    arena_clear(&r->noted);
    arena_clear(&r->scratch);
    arena_clear(&r->known.arena);
    free(r);
}

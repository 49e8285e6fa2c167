/* killed.c - a run that is killed at any of its writes leaves the record whole: as it was, or as it
 * was to be.
 *
 * killed FOLDER: a child writes one read to a record and is killed at its first operation on a
 * file, the next child at its second, and so on, until one gets to its end.  Each operation is
 * tried twice: killed in front of it, and, where it writes, with half of it written.  After each
 * the file is looked at.
 *
 * The C library's functions below stand in front of the library's own for SQLite too, since it is
 * loaded by dlopen and this program exports them. */
#define _GNU_SOURCE
#include "record_priv.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static long operations, deadly; /* 0: none is */
static int torn;

/* Whether this one is the last; half of it is written first where it is to be torn. */
static int is_last(void)
{
    return ++operations == deadly;
}

static void die(void)
{
    kill(getpid(), SIGKILL);
    for (;;) {
        pause();
    }
}

ssize_t pwrite64(int file, const void *data, size_t len, off64_t at)
{
    if (is_last()) {
        if (torn) {
            syscall(SYS_pwrite64, file, data, len / 2, at);
        }
        die();
    }
    return syscall(SYS_pwrite64, file, data, len, at);
}

ssize_t write(int file, const void *data, size_t len)
{
    if (file > 2 && is_last()) {
        if (torn) {
            syscall(SYS_write, file, data, len / 2);
        }
        die();
    }
    return syscall(SYS_write, file, data, len);
}

int ftruncate64(int file, off64_t len)
{
    if (is_last()) {
        die();
    }
    return (int)syscall(SYS_ftruncate, file, len);
}

int fdatasync(int file)
{
    if (is_last()) {
        die();
    }
    return (int)syscall(SYS_fdatasync, file);
}

int fsync(int file)
{
    if (is_last()) {
        die();
    }
    return (int)syscall(SYS_fsync, file);
}

int unlink(const char *path)
{
    if (is_last()) {
        die();
    }
    return (int)syscall(SYS_unlink, path);
}

static void on_warning(void *user, const struct error *what)
{
    (void)user;
    printf("warning: %s\n", what->text);
    exit(1);
}

static struct record *open_record(const char *path)
{
    const struct record_options options = {
        .path = path, .endpoint = "", .writes = true, .warn = on_warning
    };
    struct error err = ERROR_INIT;
    struct record *record = NULL;

    if (record_open(&options, &record, &err) != 0) {
        printf("%s\n", err.text);
        exit(1);
    }
    return record;
}

#define OFFERS 40

/* A complete list: every offer is at that step, the first is missing from the second on.  The third
 * finds all as it was. */
static void write_read(const char *path, int nth)
{
    struct record *record = open_record(path);
    struct error err = ERROR_INIT;
    int64_t at_ms = INT64_C(3600000) * nth;

    for (int i = nth == 1 ? 0 : 1; i < OFFERS; i++) {
        char id[32], submission[32];
        const struct step steps[] = { { .id = "a", .status = STEP_COMPLETE },
                                      { .id = "b",
                                        .status = nth == 1 ? STEP_IN_PROGRESS : STEP_REJECTED } };
        const struct offer o = { .api = "cpp",
                                 .id = id,
                                 .publisher = "contoso",
                                 .submission = submission,
                                 .state = nth == 1 ? STATE_IN_PROGRESS : STATE_FAILED,
                                 .live = LIVE_NO,
                                 .basis = BASIS_DOCUMENTED,
                                 .steps = steps,
                                 .step_count = 2 };
        snprintf(id, sizeof(id), "offer-%d", i);
        snprintf(submission, sizeof(submission), "%d", i);
        if (record_note(record, &o, at_ms, &err) != 0) {
            exit(1);
        }
    }
    if (record_write(record, true, at_ms, &err) != 0) {
        printf("%s\n", err.text);
        exit(1);
    }
    record_close(record);
}

static int64_t count(struct record *record, const char *sql)
{
    struct error err = ERROR_INIT;
    int64_t n = -1;

    if (db_get_number(&record->db, sql, &n, &err) != 0) {
        printf("%s\n", err.text);
        exit(1);
    }
    return n;
}

static void fail(const char *what)
{
    printf("killed at operation %ld%s: %s\n", deadly, torn ? ", torn" : "", what);
    exit(1);
}

/* What the file has is all of the first reads, or where it was new, nothing.  How many reads it
 * has.
 */
static int check(const char *path, int nth)
{
    struct record *record = open_record(path);
    struct error err = ERROR_INIT;
    sqlite3_stmt *rows = db_begin(&record->db, &err, "PRAGMA integrity_check", "");
    int64_t offers, spans, failed, runs, ended, gone, third;

    if (rows == NULL || db_next(&record->db, rows, &err) != 1 ||
        strcmp(db_text(&record->db, rows, 0), "ok") != 0) {
        fail("the file is damaged");
    }
    db_end(&record->db, rows);
    offers = count(record, "SELECT count(*) FROM offer");
    spans = count(record, "SELECT count(*) FROM span");
    failed = count(record, "SELECT count(*) FROM span WHERE state = 'failed'");
    runs = count(record, "SELECT count(*) FROM run");
    ended = count(record, "SELECT count(*) FROM run WHERE ended IS NOT NULL");
    gone = count(record, "SELECT count(*) FROM span WHERE gone");
    third = count(record, "SELECT count(*) FROM track WHERE last_seen = 10800000");
    record_close(record);
    if (nth == 1 && offers + spans + runs == 0) {
        return 0;
    }
    if (offers != OFFERS || runs != OFFERS) {
        fail("some of the first read is lost");
    }
    if (spans == OFFERS && failed + ended + gone == 0) {
        return 1;
    }
    if (spans != INT64_C(2) * OFFERS || failed != OFFERS - 1 || ended != OFFERS || gone != 1) {
        fail("some of the second read is there, and some is not");
    }
    if (third == 0) {
        return 2;
    }
    if (third != OFFERS - 1) {
        fail("some of the third read is there, and some is not");
    }
    return 3;
}

static void copy_file(const char *from, const char *to)
{
    char command[512];

    snprintf(command, sizeof(command), "rm -f %s*; [ ! -e %s ] || cp %s %s", to, from, from, to);
    if (system(command) != 0) {
        exit(1);
    }
}

/* Kill one at its n-th operation.  Whether there was such an operation. */
static int try_one(const char *before, const char *path, int nth, int *reads)
{
    pid_t child;
    int status;

    copy_file(before, path);
    fflush(stdout);
    child = fork();
    if (child == 0) {
        operations = 0;
        write_read(path, nth);
        _exit(0);
    }
    if (child < 0 || waitpid(child, &status, 0) != child) {
        exit(1);
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) != 0) {
        fail("it could not write");
    }
    long killed_at = deadly;
    deadly = 0;
    *reads = check(path, nth);
    deadly = killed_at;
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

/* The nth read, killed everywhere: at that many places at least. */
static void try_all(const char *before, const char *path, int nth, long least)
{
    long without = 0, with = 0, all = 0; /* the last is most often what makes it written */
    int reads;

    for (torn = 0; torn < 2; torn++) {
        for (deadly = 1; try_one(before, path, nth, &reads); deadly++) {
            all++;
            if (reads == nth) {
                with++;
            } else {
                without++;
            }
        }
        if (reads != nth) {
            fail("a run that got to its end has not written");
        }
    }
    deadly = 0;
    printf("read %d: killed %ld times, %ld before it was written, %ld after\n", nth, all, without,
           with);
    if (all < least || without == 0) {
        printf("that is too little: are the writes seen?\n");
        exit(1);
    }
}

int main(int argc, char **argv)
{
    char before[256], path[256];

    if (argc != 2) {
        return 2;
    }
    snprintf(before, sizeof(before), "%s/before.db", argv[1]);
    snprintf(path, sizeof(path), "%s/record.db", argv[1]);
    try_all(before, path, 1, 40);
    write_read(before, 1);
    try_all(before, path, 2, 40);
    write_read(before, 2);
    try_all(before, path, 3, 15);
    return 0;
}

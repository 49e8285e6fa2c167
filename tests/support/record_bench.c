/* record_bench.c - a record in a folder of its own, removed with the test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record_bench.h"

#include <stdio.h>
#include <stdlib.h>

static void place_on_warning(void *user, const struct error *what)
{
    struct place *p = user;

    snprintf(p->warned, sizeof(p->warned), "%s", what->text);
}

int place_try_open(struct place *p, bool writes, struct error *err)
{
    const struct record_options options = {
        .path = p->path, .endpoint = "", .writes = writes, .warn = place_on_warning, .user = p
    };

    return record_open(&options, &p->record, err);
}

void place_reopen(struct place *p)
{
    struct error err = ERROR_INIT;

    record_close(p->record);
    p->record = NULL;
    if (place_try_open(p, true, &err) != 0) {
        fail_msg("%s", err.text);
    }
}

int place_set_up(void **state)
{
    struct place *p = calloc(1, sizeof(*p));

    assert_non_null(p);
    snprintf(p->folder, sizeof(p->folder), "/tmp/offerstat-record-XXXXXX");
    assert_non_null(mkdtemp(p->folder));
    snprintf(p->path, sizeof(p->path), "%s/record.db", p->folder);
    *state = p;
    return 0;
}

int place_set_up_and_open(void **state)
{
    place_set_up(state);
    place_reopen(*state);
    return 0;
}

int place_tear_down(void **state)
{
    struct place *p = *state;
    char command[128];

    record_close(p->record);
    arena_clear(&p->arena);
    snprintf(command, sizeof(command), "rm -r %s", p->folder);
    assert_int_equal(system(command), 0);
    free(p);
    return 0;
}

void place_see(struct place *p, const struct offer *o, int64_t at_ms)
{
    struct error err = ERROR_INIT;

    if (record_note(p->record, o, at_ms, &err) != 0 ||
        record_write(p->record, false, at_ms, &err) != 0) {
        fail_msg("%s", err.text);
    }
}

int64_t place_count(struct place *p, const char *sql)
{
    struct error err = ERROR_INIT;
    int64_t n = -1;

    if (db_get_number(&p->record->db, sql, &n, &err) != 0) {
        fail_msg("%s", err.text);
    }
    return n;
}

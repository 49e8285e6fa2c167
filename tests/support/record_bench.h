/* record_bench.h - a record in a folder of its own, removed with the test. */
#ifndef RECORD_BENCH_H
#define RECORD_BENCH_H

#include "record_priv.h"

#define HOUR_MS (INT64_C(3600) * 1000)

struct place {
    char folder[64], path[96];
    char warned[ERROR_TEXT_MAX]; /* the last warning; "": none */
    struct record *record;
    struct arena arena; /* for what a test reads */
    struct recorded_change *changes;
    size_t change_count;
};

/* For cmocka: make the folder, and the record where it is to be open; remove both. */
int place_set_up(void **state);
int place_set_up_and_open(void **state);
int place_tear_down(void **state);

/* Open the record of the place.  0, or -1 with *err. */
int place_try_open(struct place *p, bool writes, struct error *err);

/* Open it to write, after closing what is open. */
void place_reopen(struct place *p);

/* A read of one offer. */
void place_see(struct place *p, const struct offer *o, int64_t at_ms);

/* The number that a statement finds. */
int64_t place_count(struct place *p, const char *sql);

#endif

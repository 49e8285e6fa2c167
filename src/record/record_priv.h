/* record_priv.h - what the files of the record share. */
#ifndef RECORD_PRIV_H
#define RECORD_PRIV_H

#include "offerstat/record.h"

#include "db.h"

#include <sys/stat.h>

/* What a read has found out about one offer. */
struct sighting {
    struct recorded_offer offer;
    struct recorded_span span; /* first_seen_ms: the time of the read */
    const char *submitted_at;
    const struct step *steps; /* without their messages */
    size_t step_count;
    int64_t digest; /* of all that would be written; two reads that found the same have the same */
};

/* What was looked up in the file: known.h. */
#define KNOWN_BUCKETS 8192
#define KNOWN_ONE_BY_ONE 4
struct known {
    struct arena arena;
    struct known_track *buckets[KNOWN_BUCKETS]; /* by the offer's id */
    const char *asked[KNOWN_ONE_BY_ONE];        /* the ids that were looked up */
    size_t asked_count;
    bool has_all;
    bool has_begun;
    int64_t data_version; /* SQLite's, before the first query */
};

struct record {
    struct db db;
    struct record_options options; /* its texts are in `texts` */
    struct stat found;             /* the file that was opened */
    struct arena texts, noted;
    struct arena scratch; /* of one sighting while it is written */
    struct known known;
    struct sighting *sightings;
    size_t sighting_count;
};

/* After a failure: where it was that the file is broken, set it aside and open a new one.  Else, or
 * where that fails, -1 with *err. */
int record_begin_anew(struct record *r, struct error *err);

/* The APIs that an offer comes from, by name: "cpp", "graph,ingestion"; NULL without memory. */
const char *sighting_api(struct arena *a, const struct offer *o);

#endif

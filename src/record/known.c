/* known.c - how the file has the offers that are being read.
 *
 * Each query locks the file and checks for the journal of a different process, which takes longer
 * than its result.  So a few offers are looked up one by one, and after that all of the endpoint at
 * once. */
#include "known.h"
#include "rows.h"

#include "offerstat/hash.h"
#include "offerstat/text.h"

#include <string.h>

/* Note the version of the file before the first query, or the first after known_drop, so that
 * known_is_current finds out what other runs write from now on. */
static int begin(struct record *r, struct error *err)
{
    if (r->known.has_begun) {
        return 0;
    }
    if (db_get_number(&r->db, "PRAGMA data_version", &r->known.data_version, err) != 0) {
        return -1;
    }
    r->known.has_begun = true;
    return 0;
}

/* Ids are compared without case. */
static uint64_t hash_of(const char *id)
{
    uint64_t hash = hash_text("");
    char letter[2] = "";

    while (*id != '\0') {
        letter[0] = (char)text_lower(*id++);
        hash = hash_more(hash, letter);
    }
    return hash;
}

static void insert(struct record *r, struct known_track *t)
{
    struct known_track **bucket;

    t->hash = hash_of(t->offer.id);
    bucket = &r->known.buckets[t->hash % KNOWN_BUCKETS];
    t->next = *bucket;
    *bucket = t;
}

static int known_track_of_row(struct record *r, sqlite3_stmt *rows, struct error *err)
{
    struct known_track *t = arena_alloc(&r->known.arena, sizeof(*t));

    if (t == NULL) {
        return error_memory(err);
    }
    *t = (struct known_track){ .offer_row = db_number(&r->db, rows, 0),
                               .track_row = db_number(&r->db, rows, 1),
                               .span_row = db_number(&r->db, rows, 2),
                               .run_row = db_number(&r->db, rows, 3),
                               .last_seen_ms = db_number(&r->db, rows, 4),
                               .listed_ms = db_number(&r->db, rows, 5),
                               .digest = db_number(&r->db, rows, 6),
                               .has_forgotten = db_number(&r->db, rows, 7) != 0 };
    if (offer_of_row(r, rows, 8, &r->known.arena, &t->offer, err) != 0 ||
        span_of_row(r, rows, 8 + OFFER_COLUMN_COUNT, &r->known.arena, &t->span, err) != 0) {
        return -1;
    }
    insert(r, t);
    return 0;
}

/* clang-format off */
#define KNOWN_SELECT                                                                               \
    "SELECT o.offer, t.track, t.span, t.run, t.last_seen, t.listed, t.digest,"                     \
    " EXISTS (SELECT 1 FROM run r WHERE r.track = t.track AND r.forgotten), "                      \
    OFFER_COLUMNS ", " SPAN_COLUMNS                                                                \
    " FROM offer o JOIN track t USING (offer) JOIN span s ON s.span = t.span"
/* clang-format on */

static int read_rows(struct record *r, sqlite3_stmt *rows, struct error *err)
{
    int rc;

    if (rows == NULL) {
        return -1;
    }
    while ((rc = db_next(&r->db, rows, err)) > 0) {
        if (known_track_of_row(r, rows, err) != 0) {
            db_end(&r->db, rows);
            return -1;
        }
    }
    return rc;
}

static bool was_asked(const struct known *k, const char *id)
{
    for (size_t i = 0; i < k->asked_count; i++) {
        if (text_equal_nocase(k->asked[i], id)) {
            return true;
        }
    }
    return false;
}

int known_look_up(struct record *r, const char *id, struct error *err)
{
    struct known *k = &r->known;
    const char *copy;

    if (k->has_all || was_asked(k, id)) {
        return 0;
    }
    if (k->asked_count == KNOWN_ONE_BY_ONE) {
        return known_look_up_all(r, err);
    }
    copy = arena_strdup(&k->arena, id);
    if (copy == NULL) {
        return error_memory(err);
    }
    if (begin(r, err) != 0 ||
        read_rows(r,
                  db_begin(&r->db, err, KNOWN_SELECT " WHERE o.id = ? AND o.endpoint = ?", "tt", id,
                           r->options.endpoint),
                  err) != 0) {
        return -1;
    }
    k->asked[k->asked_count++] = copy;
    return 0;
}

int known_look_up_all(struct record *r, struct error *err)
{
    if (r->known.has_all) {
        return 0;
    }
    known_drop(r);
    if (begin(r, err) != 0 || read_rows(r,
                                        db_begin(&r->db, err, KNOWN_SELECT " WHERE o.endpoint = ?",
                                                 "t", r->options.endpoint),
                                        err) != 0) {
        known_drop(r);
        return -1;
    }
    r->known.has_all = true;
    return 0;
}

struct known_track *known_next(const struct record *r, const char *id,
                               const struct known_track *after)
{
    uint64_t hash = 0;
    size_t bucket;
    struct known_track *t;

    if (after != NULL) {
        hash = after->hash;
    } else if (id != NULL) {
        hash = hash_of(id);
    }
    bucket = hash % KNOWN_BUCKETS;
    t = after != NULL ? after->next : r->known.buckets[bucket];
    if (id != NULL) {
        while (t != NULL && (t->hash != hash || !text_equal_nocase(t->offer.id, id))) {
            t = t->next;
        }
        return t;
    }
    while (t == NULL && ++bucket < KNOWN_BUCKETS) {
        t = r->known.buckets[bucket];
    }
    return t;
}

struct known_track *known_find(const struct record *r, const char *id, int64_t offer_row,
                               const char *api)
{
    struct known_track *t = known_next(r, id, NULL);

    while (t != NULL && (t->offer_row != offer_row || strcmp(t->span.api, api) != 0)) {
        t = known_next(r, id, t);
    }
    return t;
}

struct known_track *known_add(struct record *r, const struct recorded_offer *o, const char *api)
{
    struct known_track *t = arena_alloc(&r->known.arena, sizeof(*t));

    if (t != NULL) {
        t->offer = *o;
        t->span.api = api;
        insert(r, t);
    }
    return t;
}

int known_is_current(struct record *r, bool *out, struct error *err)
{
    int64_t data_version;

    if (db_get_number(&r->db, "PRAGMA data_version", &data_version, err) != 0) {
        return -1;
    }
    *out = r->known.has_begun && data_version == r->known.data_version;
    return 0;
}

void known_drop(struct record *r)
{
    arena_reset(&r->known.arena);
    memset(r->known.buckets, 0, sizeof(r->known.buckets));
    r->known.asked_count = 0;
    r->known.has_begun = false;
    r->known.has_all = false;
}

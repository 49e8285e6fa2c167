/* whose.c - which row of the record an offer has.
 *
 * Not every API has an offer's publisher, and not every one its product: a row fits as long as
 * nothing that both know differs. */
#include "whose.h"

#include "offerstat/text.h"

/* How well one member fits: two that are not known fit better than one that is beside one that is
 * not.  False: they differ. */
static bool weigh(const char *ours, const char *rows, unsigned weight, unsigned *points)
{
    if (ours != NULL && rows != NULL) {
        *points += 2 * weight;
        return text_equal_nocase(ours, rows);
    }
    if (ours == NULL && rows == NULL) {
        *points += weight;
    }
    return true;
}

/* How well a row fits; 0: it is of another offer. */
static unsigned fits(const struct recorded_offer *o, const char *publisher, const char *product)
{
    unsigned points = 1;

    if (!weigh(o->publisher, publisher, 1, &points) || !weigh(o->product_id, product, 3, &points)) {
        return 0;
    }
    return points;
}

/* The row that fits best; none where two fit equally well. */
int whose_find(struct record *r, const struct recorded_offer *o, int64_t *row, struct error *err)
{
    sqlite3_stmt *rows = db_begin(
        &r->db, err, "SELECT offer, publisher, product FROM offer WHERE id = ? AND endpoint = ?",
        "tt", o->id, o->endpoint);
    unsigned best = 0;
    int rc;

    *row = 0;
    if (rows == NULL) {
        return -1;
    }
    while ((rc = db_next(&r->db, rows, err)) > 0) {
        unsigned points = fits(o, db_text(&r->db, rows, 1), db_text(&r->db, rows, 2));
        if (points > best) {
            best = points;
            *row = db_number(&r->db, rows, 0);
        } else if (points == best && points > 0) {
            *row = 0;
        }
    }
    return rc;
}

int whose_make(struct record *r, const struct recorded_offer *o, int64_t *row, struct error *err)
{
    if (db_run(&r->db, err,
               "INSERT INTO offer (endpoint, publisher, id, product, name, type)"
               " VALUES (?, ?, ?, ?, ?, ?)",
               "tttttt", o->endpoint, o->publisher, o->id, o->product_id, o->name, o->type) != 0) {
        return -1;
    }
    *row = db_last_row(&r->db);
    return 0;
}

/* Nearly always there is nothing to add, and nothing is written. */
int whose_learn(struct record *r, const struct recorded_offer *o, int64_t row, struct error *err)
{
    return db_run(&r->db, err,
                  "UPDATE offer SET publisher = coalesce(publisher, ?2),"
                  " product = coalesce(product, ?3), name = coalesce(?4, name),"
                  " type = coalesce(?5, type) WHERE offer = ?1"
                  " AND ((publisher IS NULL AND ?2 IS NOT NULL)"
                  " OR (product IS NULL AND ?3 IS NOT NULL)"
                  " OR coalesce(?4, name) IS NOT name OR coalesce(?5, type) IS NOT type)",
                  "itttt", row, o->publisher, o->product_id, o->name, o->type);
}

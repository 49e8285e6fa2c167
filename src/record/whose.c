/* whose.c - which row of the record an offer has.
 *
 * Not every API has an offer's publisher, and not every one its product: a row fits as long as
 * nothing that both know differs. */
#include "whose.h"
#include "known.h"

#include "offerstat/text.h"

#include <string.h>

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
int64_t whose_find(const struct record *r, const struct recorded_offer *o)
{
    unsigned best = 0;
    int64_t row = 0;

    for (struct known_track *t = known_next(r, o->id, NULL); t != NULL;
         t = known_next(r, o->id, t)) {
        unsigned points = fits(o, t->offer.publisher, t->offer.product_id);
        if (t->offer_row == row || points == 0) {
            continue;
        }
        if (points > best) {
            best = points;
            row = t->offer_row;
        } else if (points == best) {
            row = 0;
        }
    }
    return row;
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

static void learn(const char **known, const char *now, bool *learnt)
{
    if (now != NULL && (*known == NULL || strcmp(*known, now) != 0)) {
        *known = now;
        *learnt = true;
    }
}

int whose_learn(struct record *r, const struct recorded_offer *o, int64_t row, struct error *err)
{
    struct recorded_offer *known = NULL;
    bool learnt = false;

    for (struct known_track *t = known_next(r, o->id, NULL); t != NULL;
         t = known_next(r, o->id, t)) {
        if (t->offer_row != row) {
            continue;
        }
        known = &t->offer;
        if (known->publisher == NULL) {
            learn(&known->publisher, o->publisher, &learnt);
        }
        if (known->product_id == NULL) {
            learn(&known->product_id, o->product_id, &learnt);
        }
        learn(&known->name, o->name, &learnt);
        learn(&known->type, o->type, &learnt);
    }
    if (!learnt) {
        return 0;
    }
    return db_run(&r->db, err,
                  "UPDATE offer SET publisher = ?2, product = ?3, name = ?4, type = ?5"
                  " WHERE offer = ?1",
                  "itttt", row, known->publisher, known->product_id, known->name, known->type);
}

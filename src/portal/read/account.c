/* account.c - where each offer that was wanted has gone.
 *
 * An offer can leave a read in three ways only: the sink gets it, the sink gets the reason why not,
 * or this API refuses its type and a different API delivered the same product.  When these do not
 * add up to what was wanted the read reports a bug, since it must not look like a success. */
#include "offerstat/text.h"
#include "read/reader.h"

/* Refusals of a different API are compared with it later. */
static void remember_given(struct reader *r, const struct offer_read *read)
{
    struct delivered *d;

    if (r->portal_count < 2 || read->portal->api->is_foreign != NULL) {
        return;
    }
    d = arena_alloc(&r->kept, sizeof(*d));
    if (d == NULL) {
        read_no_memory(r);
        return;
    }
    *d = (struct delivered){ .next = r->delivered,
                             .product_id = arena_strdup(&r->kept, read->offer.product_id),
                             .id = arena_strdup(&r->kept, read->offer.id) };
    if (d->id == NULL || (d->product_id == NULL && read->offer.product_id != NULL)) {
        read_no_memory(r);
        return;
    }
    r->delivered = d;
}

/* A lookup that is refused because of the offer's type returns no GUID, so that only the id can be
 * compared. */
static bool gave_id(const struct reader *r, const char *id)
{
    for (const struct delivered *d = r->delivered; d != NULL; d = d->next) {
        if (text_equal_nocase(d->id, id)) {
            return true;
        }
    }
    return false;
}

static bool gave_product(const struct reader *r, const struct offer_read *read)
{
    for (const struct delivered *d = r->delivered; d != NULL; d = d->next) {
        if (read->offer.product_id != NULL &&
            text_equal_nocase(d->product_id, read->offer.product_id)) {
            return true;
        }
    }
    return false;
}

static void report_lost(struct offer_read *read)
{
    struct reader *r = read->reader;

    read_problem(r, read->portal->api, read->problem, read->offer.publisher, read->offer.id);
    read_unread(r, read->offer.publisher, read->offer.id);
    r->lost++;
}

void read_pass_on(struct offer_read *read)
{
    struct reader *r = read->reader;
    struct error err = ERROR_INIT;

    if (read->unreadable && read->foreign && r->portal_count > 1) {
        read->next = NULL;
        *r->last_refused = read;
        r->last_refused = &read->next;
        return;
    }
    if (read->unreadable && read->problem != NULL) {
        report_lost(read);
    } else if (!read->unreadable) {
        if (read->problem != NULL) {
            read_problem(r, read->portal->api, read->problem, read->offer.publisher,
                         read->offer.id);
        }
        if (!r->failed && r->sink->offer(r->sink->user, &read->offer, &err) != 0) {
            read_abort(r, &err);
        }
        r->given++;
        remember_given(r, read);
    }
    offer_read_free(read);
}

static void end_refused(struct reader *r)
{
    while (r->refused != NULL && !r->failed) {
        struct offer_read *read = r->refused;
        r->refused = read->next;
        if (gave_product(r, read)) {
            r->elsewhere++;
        } else {
            error_append(read->problem, "; no other API that was read has this product");
            report_lost(read);
        }
        offer_read_free(read);
    }
}

static void end_lookups(struct reader *r)
{
    for (struct listing *listing = r->first; listing != NULL && !r->failed;
         listing = listing->next) {
        const struct portal_api *api = listing->portal->api;
        struct error problem;
        if (listing->kind != LIST_LOOKUP || listing->failure == NULL || r->portal_count < 2 ||
            api->is_foreign == NULL || !api->is_foreign(listing->failure) ||
            gave_id(r, listing->key)) {
            continue;
        }
        problem = *listing->failure;
        listing_wrap(listing, &problem);
        error_append(&problem, "; no other API that was read has this product");
        read_problem(r, api, &problem, listing_publisher(listing), listing->key);
        read_unread(r, listing_publisher(listing), listing->key);
    }
}

/* Offers that were not read because the limit was reached. */
static size_t count_left(const struct reader *r)
{
    size_t count = 0;

    for (const struct listing *listing = r->first; listing != NULL; listing = listing->next) {
        for (const struct offer_read *read = listing->first; read != NULL; read = read->next) {
            if (read->selected == SELECTED_YES) {
                count++;
            }
        }
    }
    return count;
}

void read_account(struct reader *r)
{
    struct error bug = ERROR_INIT;
    size_t left, accounted;

    for (struct listing *listing = r->first; listing != NULL && !r->failed;
         listing = listing->next) {
        lists_report(listing); /* the limit was reached before its turn came */
    }
    end_refused(r);
    end_lookups(r);
    left = r->full ? count_left(r) : 0;
    if (!r->failed && left > 0 && r->sink->limited != NULL) {
        r->sink->limited(r->sink->user);
    }
    accounted = r->given + r->lost + r->elsewhere + left;
    if (!r->failed && accounted != r->total) {
        error_set(&bug, ERR_BUG,
                  "of %zu offers that were wanted %zu are accounted for, please report this bug",
                  r->total, accounted);
        read_abort(r, &bug);
    }
}

/* read.c - reading offers: from lists to the sink, in the server's order. */
/* clang-format off */
/* The life of one offer's read (struct offer_read):
 *
 *   listed     an element of a list was read (listing.c); list_plan.c decides which lists are asked
 *              for, and what takes the place of one that is refused
 *   selected   the sink wants it; by name alone only once all lists are whole, since the name may
 *              turn out not to be unique (select_by_unique_name).  Duplicates drop out here
 *   started    its list is whole and fewer than WINDOW are running: its API makes the first requests
 *   answered   its API has all answers and has filled the record; it waits in reader.answered
 *   witnessed  where its API cannot know whether it was delisted, the witness was asked (witness.c)
 *   passed on  every offer listed before it went to the sink: now it goes, and its memory is freed
 *
 * Callbacks of requests only note what came.  All steps are made from move_on, which the transport
 * calls once a turn, so that nothing is freed under a callback that still runs. */
/* clang-format on */
#include "read/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Offers that are read at the same time: enough to keep every connection busy, few enough that a
 * long list does not fill memory with requests. */
#define WINDOW 512

/* Whether the sink has as many as the limit asks for. */
static bool is_full(struct reader *r)
{
    if (r->query->limit == 0) {
        return false;
    }
    r->full = r->sink->full != NULL ? r->sink->full(r->sink->user) : r->given >= r->query->limit;
    return r->full;
}

static void pass_on_in_order(struct reader *r)
{
    if (r->wait_for_all_lists && r->open_lists > 0) {
        return;
    }
    for (struct listing *listing = r->first; listing != NULL && listing->closed && !r->failed;
         listing = listing->next) {
        lists_report(listing);
        while (listing->first != NULL && !r->failed) {
            struct offer_read *read = listing->first;
            if (read->selected == SELECTED_YES && !read->done) {
                return;
            }
            if (read->selected == SELECTED_IF_UNIQUE || is_full(r)) {
                return;
            }
            listing->first = read->next;
            if (read->selected == SELECTED_YES) {
                r->passed_on++;
                read_pass_on(read);
            } else {
                offer_read_free(read);
            }
        }
        listing->last = &listing->first;
    }
}

/* Reads: started when their list is complete, a window of them at a time. */

static bool is_held_back(const struct reader *r)
{
    return r->query->limit > 0 && (r->full || r->started >= r->may_start);
}

/* With a limit it is not known how many offers have to be read until enough have passed the sink's
 * filter.  At first as many are read as the limit; when they are done and more are needed, as many
 * again as were read so far, so that rounds are few and little is read in vain. */
static bool widen(struct reader *r)
{
    if (r->query->limit == 0 || r->failed || r->passed_on < r->started ||
        r->started < r->may_start || is_full(r)) {
        return false;
    }
    r->may_start = r->may_start > SIZE_MAX / 2 ? SIZE_MAX : 2 * r->may_start;
    return true;
}

static void start_reads(struct reader *r)
{
    struct error err = ERROR_INIT;

    if (r->merges && !r->lists_done) {
        return; /* a different API's list may select the offer, or refuse it */
    }
    for (struct listing *listing = r->first; listing != NULL; listing = listing->next) {
        if (r->query->limit > 0 && !listing->ready) {
            return; /* the first offers are those of the first list */
        }
        while (listing->ready && listing->unstarted != NULL && r->running < WINDOW && !r->failed) {
            struct offer_read *read = listing->unstarted;
            bool wanted = read->selected == SELECTED_YES && !read->started;
            if (wanted && is_held_back(r)) {
                return;
            }
            listing->unstarted = read->next;
            if (wanted) {
                read->started = true;
                r->started++;
                r->running++;
                if (r->query->depth == DEPTH_LIST) {
                    offer_read_answered(read);
                } else if (read->portal->api->advance(read, &err) != 0) {
                    read_abort(r, &err);
                }
            }
        }
    }
}

static void select_by_unique_name(struct reader *r)
{
    for (struct listing *listing = r->first; listing != NULL; listing = listing->next) {
        for (struct offer_read *read = listing->first; read != NULL; read = read->next) {
            if (read->selected == SELECTED_IF_UNIQUE) {
                read->selected = r->sink->select_by_unique_name(r->sink->user, &read->offer);
                if (read->selected != SELECTED_YES) {
                    r->total--;
                }
            }
        }
        listing->unstarted = listing->first;
    }
}

static void end_lists(struct reader *r)
{
    for (struct listing *listing = r->first; r->sink->seen != NULL && listing != NULL;
         listing = listing->next) {
        listing_report_seen(listing);
    }
    select_by_unique_name(r);
    if (r->merges) {
        select_whole_offers(r);
    }
    note_same_ids(r);
}

/* Finish offers that their own API has answered, after asking the witness where that is wanted. */
static void finish_answered(struct reader *r)
{
    while (r->answered != NULL && !r->failed) {
        struct offer_read *read = r->answered;
        r->answered = read->next_answered;
        if (read->witness_of != NULL) {
            witness_end(read->witness_of);
            read_finish(read->witness_of);
        } else if (!witness_begin(read)) {
            read_finish(read);
        }
    }
}

/* All steps of a read are made here; the transport calls it once a turn. */
static void move_on(void *user)
{
    struct reader *r = user;
    size_t before;

    if (r->open_lists == 0 && !r->lists_done) {
        r->lists_done = true;
        end_lists(r);
    }
    do {
        do { /* an offer that needs no request is done at once and makes room for the next */
            before = r->finished;
            start_reads(r);
            finish_answered(r);
        } while (!r->failed && r->finished != before);
        pass_on_in_order(r);
    } while (widen(r));
}

static int read_all(struct reader *r, struct error *err)
{
    struct transport *t = r->portals[0]->fetcher.transport;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < r->portal_count; i++) {
        rc = lists_begin(r, r->portals[i], err);
    }
    if (rc != 0) {
        read_abort(r, err);
    }
    t->after = move_on;
    t->after_user = r;
    /* Also after a failure, since whatever was begun has to end. */
    if (t->run(t, err) != 0) {
        rc = -1;
    } else {
        read_account(r);
    }
    if (rc == 0 && r->failed) {
        *err = r->failure;
        rc = -1;
    }
    t->after = NULL;
    lists_clear(r);
    return rc;
}

int portal_read(struct portal *const *portals, size_t count, const struct portal_query *query,
                const struct portal_sink *sink, struct error *err)
{
    struct portal_query whole = *query;
    struct portal_sink merging;
    struct reader r = { .portals = portals,
                        .portal_count = count,
                        .query = query,
                        .sink = sink,
                        .account = REPORT_INIT };
    struct merge *merge = NULL;
    int rc;

    if (count > 1 || query->merge) {
        merge = merge_open(sink, &merging, err);
        if (merge == NULL) {
            return -1;
        }
        whole.limit = 0;
        r.query = &whole;
        r.sink = &merging;
        r.merges = true;
    }
    r.may_start = r.query->limit;
    r.last_refused = &r.refused;
    rc = read_all(&r, err);
    if (rc == 0 && merge != NULL) {
        rc = merge_finish(merge, err);
    }
    merge_close(merge);
    return rc;
}

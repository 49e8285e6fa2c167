/* read.c - the walk over lists and offers; keeps the server's order. */
#include "read/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Offers that are read at the same time: enough to keep every connection busy, few enough that a
 * long list does not fill memory with requests. */
#define WINDOW 512

/* Passing on: in order, as far as everything before is known. */

static void pass_on(struct reader *r, struct job *job)
{
    struct error err = ERROR_INIT;

    if (job->problem != NULL) {
        read_problem(r, job->portal->api, job->problem, job->offer.publisher, job->offer.id);
    }
    if (!r->failed && !job->unreadable && r->sink->offer(r->sink->user, &job->offer, &err) != 0) {
        read_abort(r, &err);
    }
}

static void flush(struct reader *r)
{
    if (r->in_one_go && r->open_lanes > 0) {
        return;
    }
    for (struct lane *lane = r->first; lane != NULL && lane->closed; lane = lane->next) {
        while (lane->first != NULL && !r->failed) {
            struct job *job = lane->first;
            if (job->selected == SELECTED_YES && !job->done) {
                return;
            }
            if (job->selected == SELECTED_LATER) {
                return;
            }
            if (job->selected == SELECTED_YES) {
                pass_on(r, job);
            }
            lane->first = job->next;
            if (lane->unstarted == job) {
                lane->unstarted = job->next;
            }
            job_free(job);
        }
        lane->last = &lane->first;
    }
}

/* Jobs: started when their list is whole, a window of them at a time. */

static void start_jobs(struct reader *r)
{
    struct error err = ERROR_INIT;

    for (struct lane *lane = r->first; lane != NULL; lane = lane->next) {
        if (r->query->limit > 0 && !lane->ready) {
            return; /* the first ones are those of the first list */
        }
        while (lane->ready && lane->unstarted != NULL && r->running < WINDOW && !r->failed) {
            struct job *job = lane->unstarted;
            lane->unstarted = job->next;
            if (job->selected == SELECTED_YES && !job->started) {
                if (r->query->limit > 0 && r->started == r->query->limit) {
                    return;
                }
                job->started = true;
                r->started++;
                r->running++;
                if (r->query->depth == DEPTH_LIST) {
                    job_done(job);
                } else if (job->portal->api->advance(job, &err) != 0) {
                    read_abort(r, &err);
                }
            }
        }
    }
}

static void resolve_later(struct reader *r)
{
    for (struct lane *lane = r->first; lane != NULL; lane = lane->next) {
        for (struct job *job = lane->first; job != NULL; job = job->next) {
            if (job->selected == SELECTED_LATER) {
                bool wanted = r->sink->resolve(r->sink->user, &job->offer);
                job->selected = wanted ? SELECTED_YES : SELECTED_NO;
                r->total -= wanted ? 0 : 1;
            }
        }
        lane->unstarted = lane->first;
    }
}

/* Whether the lists of this API were read, and all of them whole. */
static bool was_read(const struct reader *r, const struct portal_api *api)
{
    bool read = false;

    for (const struct lane *lane = r->first; lane != NULL; lane = lane->next) {
        if (lane->portal->api == api) {
            if (lane->failed) {
                return false;
            }
            read = true;
        }
    }
    return read;
}

/* A list that could not be read is worth a warning only where the one that holds all of it was
 * read: then no offer is missing. */
static void tell_deferred(struct reader *r)
{
    for (struct lane *lane = r->first; lane != NULL && !r->failed; lane = lane->next) {
        const struct portal_api *api = lane->portal->api;
        if (lane->deferred == NULL) {
            continue;
        }
        if (was_read(r, api->covered_by)) {
            error_wrap(lane->deferred, "%s", api->name);
            error_append(lane->deferred, "; what was delisted it alone tells");
            r->sink->tell(r->sink->user, true, lane->deferred->text);
        } else {
            read_problem(r, api, lane->deferred, lane_publisher(lane), lane->key);
        }
    }
}

static void lists_are_done(struct reader *r)
{
    resolve_later(r);
    tell_deferred(r);
    taken_note_twins(r);
}

/* Jobs whose own API has told all: the witness is asked, or has answered, or is not wanted. */
static void finish_answered(struct reader *r)
{
    while (r->answered != NULL && !r->failed) {
        struct job *job = r->answered;
        r->answered = job->next_answered;
        if (job->witness_of != NULL) {
            job->done = true;
            witness_end(job->witness_of);
            read_finish(job->witness_of);
        } else if (!witness_begin(job)) {
            read_finish(job);
        }
    }
}

/* The one place from which a read goes on; the transport calls it once a turn. */
static void move_on(void *user)
{
    struct reader *r = user;
    size_t before;

    if (r->failed) {
        return;
    }
    if (r->open_lanes == 0 && !r->lists_done) {
        r->lists_done = true;
        lists_are_done(r);
    }
    do { /* a job that needs no request is done at once and makes room for the next */
        before = r->finished;
        start_jobs(r);
        finish_answered(r);
    } while (!r->failed && r->finished != before);
    flush(r);
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
    /* Also after a failure: whatever was begun has to be ended. */
    if (t->run(t, err) != 0) {
        rc = -1;
    } else if (r->failed) {
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
    }
    rc = read_all(&r, err);
    if (rc == 0 && merge != NULL) {
        rc = merge_finish(merge, err);
    }
    merge_close(merge);
    return rc;
}

/* read.c - the walk over lists and offers; keeps the server's order. */
#include "offerstat/text.h"
#include "read_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Offers that are read at the same time: enough to keep every connection busy, few enough that a
 * long list does not fill memory with requests. */
#define WINDOW 512

void read_abort(struct reader *r, const struct error *err)
{
    struct transport *t = r->portals[0]->fetcher.transport;

    if (!r->failed) {
        r->failed = true;
        r->failure = *err;
        t->stop(t);
    }
}

void read_no_memory(struct reader *r)
{
    struct error err = ERROR_INIT;

    error_memory(&err);
    read_abort(r, &err);
}

void read_problem(struct reader *r, const struct portal_api *api, const struct error *problem,
                  const char *publisher, const char *offer)
{
    struct error told = *problem, err = ERROR_INIT;

    if (problem->code == ERR_MEMORY || problem->code == ERR_OUTPUT || problem->code == ERR_BUG) {
        read_abort(r, problem);
        return;
    }
    if (r->portal_count > 1) {
        error_wrap(&told, "%s", api->name);
    }
    if (r->sink->problem(r->sink->user, &told, publisher, offer, &err) != 0) {
        read_abort(r, &err);
    }
}

void read_free_job(struct job *job)
{
    struct arena arena = job->arena; /* the job lives in it */

    if (job->witness != NULL) {
        read_free_job(job->witness);
    }
    arena_clear(&arena);
}

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
            read_free_job(job);
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

/* Two products of one API with one offer id: both are told, since nobody knows which is meant. */

static int compare_ids(const void *a, const void *b)
{
    const struct job *x = *(struct job *const *)a, *y = *(struct job *const *)b;
    int order = strcmp(x->portal->api->name, y->portal->api->name);

    return order != 0 ? order : text_compare_nocase(x->offer.id, y->offer.id);
}

static void note_twin(struct reader *r, struct job *job, const struct job *twin)
{
    if (offer_note(&job->arena, &job->offer, true, "another product (%s) has the same offer id",
                   twin->offer.product_id != NULL ? twin->offer.product_id : "?") != 0) {
        read_no_memory(r);
    }
}

static void note_twins(struct reader *r)
{
    struct job **jobs;
    size_t count = 0, used = 0;

    for (struct lane *lane = r->first; lane != NULL; lane = lane->next) {
        for (struct job *job = lane->first; job != NULL; job = job->next) {
            count += lane->kind != LIST_PUBLISHER && job->selected == SELECTED_YES ? 1 : 0;
        }
    }
    if (count < 2) {
        return;
    }
    jobs = malloc(count * sizeof(struct job *));
    if (jobs == NULL) {
        read_no_memory(r);
        return;
    }
    for (struct lane *lane = r->first; lane != NULL; lane = lane->next) {
        for (struct job *job = lane->first; job != NULL; job = job->next) {
            if (lane->kind != LIST_PUBLISHER && job->selected == SELECTED_YES) {
                jobs[used++] = job;
            }
        }
    }
    qsort((void *)jobs, used, sizeof(struct job *), compare_ids);
    for (size_t i = 0; i < used; i++) {
        bool before = i > 0 && compare_ids((void *)&jobs[i - 1], (void *)&jobs[i]) == 0;
        bool behind = i + 1 < used && compare_ids((void *)&jobs[i], (void *)&jobs[i + 1]) == 0;
        if (before || behind) {
            note_twin(r, jobs[i], jobs[before ? i - 1 : i + 1]);
        }
    }
    free((void *)jobs);
}

/* The Graph API's list is worth a warning only where Partner Center's, which holds all of it, was
 * read: then no offer is missing. */
static void settle_deferred(struct reader *r)
{
    bool covered = false;

    if (r->query->depth == DEPTH_HISTORY) {
        return; /* told at once: its rows would be missing */
    }
    for (struct lane *lane = r->first; lane != NULL; lane = lane->next) {
        covered = covered || lane->portal->api == &api_ingestion;
    }
    for (struct lane *lane = r->first; lane != NULL; lane = lane->next) {
        covered = covered && !(lane->portal->api == &api_ingestion && lane->failed);
    }
    for (size_t i = 0; i < r->deferred.problem_count; i++) {
        const struct problem *p = &r->deferred.problems[i];
        struct error err = ERROR_INIT;
        error_set(&err, p->code, "%s", p->text);
        snprintf(err.request_id, sizeof(err.request_id), "%s",
                 p->request_id != NULL ? p->request_id : "");
        if (covered) {
            size_t len;
            error_wrap(&err, "%s", api_graph.name);
            len = strlen(err.text);
            snprintf(err.text + len, sizeof(err.text) - len, "; what was delisted it alone tells");
            r->sink->tell(r->sink->user, true, err.text);
        } else {
            read_problem(r, &api_graph, &err, p->publisher, p->offer);
        }
    }
}

void read_lists_done(struct reader *r)
{
    resolve_later(r);
    settle_deferred(r);
    note_twins(r);
}

enum read_depth job_depth(const struct job *job)
{
    return job->witness_of != NULL ? DEPTH_STATE : job->reader->query->depth;
}

void job_problem(struct job *job, const struct error *err)
{
    if (job->problem == NULL) {
        job->problem = arena_alloc(&job->arena, sizeof(*job->problem));
        if (job->problem == NULL) {
            read_no_memory(job->reader);
            return;
        }
        *job->problem = *err;
    }
}

void job_answer_failed(struct job *job, const char *what, const struct error *err)
{
    const struct portal_api *api = job->portal->api;
    bool foreign = api->is_foreign != NULL && api->is_foreign(err);
    struct error told = *err;

    if (foreign && job->reader->portal_count > 1) {
        return; /* another API reads it */
    }
    if (told.code == ERR_NOT_FOUND) { /* the list has it: it is the answer that is odd */
        told.code = ERR_ANSWER;
    }
    error_wrap(&told, "offer %s: %s", job->offer.id, what);
    if (foreign) {
        size_t len = strlen(told.text);
        snprintf(told.text + len, sizeof(told.text) - len,
                 "; --api ingestion reads offers of that type");
    }
    job_problem(job, &told);
}

void read_finish(struct job *job)
{
    struct reader *r = job->reader;

    job->done = true;
    r->running--;
    r->finished++;
    r->sink->progress(r->sink->user, r->finished, r->total);
}

void job_done(struct job *job)
{
    if (job->witness_of != NULL) {
        job->done = true;
        witness_end(job->witness_of);
        read_finish(job->witness_of);
    } else if (!witness_begin(job)) {
        read_finish(job);
    }
}

void read_move_on(struct reader *r)
{
    size_t before;

    do { /* a job that needs no request is done at once and makes room for the next */
        before = r->finished;
        start_jobs(r);
    } while (!r->failed && r->finished != before);
    flush(r);
}

void job_step(struct job *job)
{
    struct reader *r = job->reader;
    struct error err = ERROR_INIT;

    if (r->failed) {
        return;
    }
    if (job->portal->api->advance(job, &err) != 0) {
        read_abort(r, &err);
    } else if (job->done) {
        read_move_on(r);
    }
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
    /* Also after a failure: whatever was begun has to be ended. */
    if (t->run(t, err) != 0) {
        rc = -1;
    } else if (r->failed) {
        *err = r->failure;
        rc = -1;
    }
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
                        .account = REPORT_INIT,
                        .deferred = REPORT_INIT };
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

/* reader.c - what ends a read, and what it tells its sink of. */
#include "read/reader.h"

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

/* An answer came for this job. */
static void on_step(struct job *job)
{
    struct error err = ERROR_INIT;

    if (!job->reader->failed && job->portal->api->advance(job, &err) != 0) {
        read_abort(job->reader, &err);
    }
}

/* Only noted: read.c goes on once the callback has returned. */
static void on_answered(struct job *job)
{
    struct reader *r = job->reader;

    job->next_answered = NULL;
    if (r->answered == NULL) {
        r->answered = job;
    } else {
        r->last_answered->next_answered = job;
    }
    r->last_answered = job;
}

struct job *read_new_job(struct reader *r, struct portal *p, const struct offer *o)
{
    static const struct job_host host = { .step = on_step,
                                          .answered = on_answered,
                                          .abort = read_abort };
    struct arena arena = ARENA_INIT;
    struct job *job = arena_alloc(&arena, sizeof(*job));

    if (job == NULL || offer_copy(&arena, o, &job->offer) != 0) {
        arena_clear(&arena);
        return NULL;
    }
    job->arena = arena;
    job->portal = p;
    job->depth = r->query->depth;
    job->others_read = r->portal_count > 1;
    job->host = &host;
    job->reader = r;
    return job;
}

void read_finish(struct job *job)
{
    struct reader *r = job->reader;

    job->done = true;
    r->running--;
    r->finished++;
    r->sink->progress(r->sink->user, r->finished, r->total);
}

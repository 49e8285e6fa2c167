/* job.c - one offer on its way: what a backend may say of it. */
#include "api/job.h"

#include "api/api.h"

void job_free(struct job *job)
{
    struct arena arena = job->arena; /* the job lives in it */

    if (job->witness != NULL) {
        job_free(job->witness);
    }
    arena_clear(&arena);
}

void job_step(struct job *job)
{
    job->host->step(job);
}

void job_done(struct job *job)
{
    job->host->answered(job);
}

void job_problem(struct job *job, const struct error *err)
{
    if (job->problem != NULL) {
        return;
    }
    job->problem = arena_alloc(&job->arena, sizeof(*job->problem));
    if (job->problem == NULL) {
        struct error memory = ERROR_INIT;
        error_memory(&memory);
        job->host->abort(job->reader, &memory);
        return;
    }
    *job->problem = *err;
}

void job_answer_failed(struct job *job, const char *what, const struct error *err)
{
    const struct portal_api *api = job->portal->api;
    bool foreign = api->is_foreign != NULL && api->is_foreign(err);
    struct error told = *err;

    if (foreign && job->others_read) {
        return;
    }
    if (told.code == ERR_NOT_FOUND) { /* the list has it: it is the answer that is odd */
        told.code = ERR_ANSWER;
    }
    error_wrap(&told, "offer %s: %s", job->offer.id, what);
    if (foreign) {
        error_append(&told, "; --api ingestion reads offers of that type");
    }
    job_problem(job, &told);
}

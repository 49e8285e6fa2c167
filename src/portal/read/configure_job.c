/* configure_job.c - the status of one configure job, by its id: there is no list of them. */
#include "api/api.h"

struct configure_job {
    const struct portal_api *api;
    struct report *report;
    bool answered;
};

static int configure_job_on_element(void *user, size_t index, const cJSON *item,
                                    const struct error *bad, struct error *err)
{
    struct configure_job *r = user;
    struct arena arena = ARENA_INIT;
    struct event e = { .api = r->api->name };
    int rc = -1;

    if (item == NULL) {
        *err = *bad;
    } else if (index > 0) {
        error_set(err, ERR_ANSWER, "expected one object, found more");
    } else if (r->api->read_job(item, &arena, &e, err) == 0) {
        r->answered = true;
        rc = report_event(r->report, NULL, &e) == 0 ? 0 : error_memory(err);
    }
    arena_clear(&arena);
    return rc;
}

static int configure_job_on_restart(void *user)
{
    struct configure_job *r = user;

    r->report->event_count = 0;
    r->answered = false;
    return 0;
}

int portal_job(struct portal *p, const char *id, struct report *report, struct error *err)
{
    struct strbuf url = STRBUF_INIT(REQUEST_URL_MAX);
    struct configure_job r = { .api = p->api, .report = report };
    struct json_get request = { .user = &r,
                                .element = configure_job_on_element,
                                .restart = configure_job_on_restart };
    int rc = -1;

    if (p->api->job_url == NULL) {
        const struct portal_api *has = portal_find_jobs();
        return error_set(err, ERR_USAGE, "only the %s has jobs: --api %s", has->title, has->name);
    }
    portal_url(p, &url);
    p->api->job_url(&url, id);
    request.url = strbuf_text(&url);
    if (url.failed) {
        error_memory(err);
    } else {
        rc = json_get_wait(&p->fetcher, &request, err);
        if (rc == 0 && !r.answered) {
            rc = error_set(err, ERR_ANSWER, "expected one object, found none");
        }
        if (rc != 0) {
            error_wrap(err, "job %s", id);
        }
    }
    strbuf_clear(&url);
    return rc;
}

/* publishers.c - the publishers an account sees. */
#include "api/api.h"

#include <stdlib.h>

struct publishers_read {
    struct portal *portal;
    struct report *report;
    void (*done)(void *user, const struct error *failure);
    void *user;
    struct arena scratch;
};

static int publishers_on_element(void *user, size_t index, const cJSON *item,
                                 const struct error *bad, struct error *err)
{
    struct publishers_read *r = user;
    struct error problem = *bad;
    struct publisher p = { 0 };

    arena_reset(&r->scratch);
    if (item != NULL && r->portal->api->read_publisher(item, &r->scratch, &p, &problem) == 0) {
        r->report->read++;
        return report_publisher(r->report, &p) == 0 ? 0 : error_memory(err);
    }
    error_wrap(&problem, "publishers: element [%zu]", index);
    return report_problem(r->report, &problem, NULL, NULL) == 0 ? 0 : error_memory(err);
}

static int publishers_on_restart(void *user)
{
    struct publishers_read *r = user;

    r->report->publisher_count = 0;
    r->report->problem_count = 0;
    r->report->read = 0;
    return 0;
}

static void publishers_on_done(void *user, const struct error *err)
{
    struct publishers_read *r = user;
    struct error failure = ERROR_INIT;

    if (err != NULL) {
        failure = *err; /* publishers of complete pages stay */
        error_wrap(&failure, "publishers of this account");
        if (failure.code == ERR_NOT_FOUND) { /* no one named a publisher */
            failure.code = ERR_ANSWER;
        }
        if (failure.code != ERR_MEMORY && failure.code != ERR_BUG) {
            int rc = report_problem(r->report, &failure, NULL, NULL);
            failure.code = ERR_NONE; /* it is reported in the report, and does not end the call */
            if (rc != 0) {
                error_memory(&failure);
            }
        }
    }
    r->done(r->user, failure.code != ERR_NONE ? &failure : NULL);
    arena_clear(&r->scratch);
    free(r);
}

int publishers_start(struct portal *p, struct report *report,
                     void (*done)(void *user, const struct error *failure), void *user,
                     struct error *err)
{
    struct strbuf url = STRBUF_INIT(REQUEST_URL_MAX);
    struct json_get get = { .array = true,
                            .element = publishers_on_element,
                            .restart = publishers_on_restart,
                            .done = publishers_on_done };
    struct publishers_read *r = malloc(sizeof(*r));
    int rc = -1;

    if (r == NULL) {
        return error_memory(err);
    }
    *r = (struct publishers_read){ .portal = p, .report = report, .done = done, .user = user };
    portal_url(p, &url);
    p->api->publishers_url(&url);
    get.url = strbuf_text(&url);
    get.user = r;
    if (url.failed) {
        error_memory(err);
    } else {
        rc = json_get_start(&p->fetcher, &get, err);
    }
    strbuf_clear(&url);
    if (rc != 0) {
        free(r);
    }
    return rc;
}

static void keep_failure(void *user, const struct error *failure)
{
    if (failure != NULL) {
        *(struct error *)user = *failure;
    }
}

int portal_publishers(struct portal *p, struct report *report, struct error *err)
{
    struct error failure = ERROR_INIT;

    if (!portal_has_publishers(p)) {
        return error_set(err, ERR_USAGE,
                         "the %s knows no publishers, only the account; --api cpp lists them",
                         p->api->title);
    }
    if (publishers_start(p, report, keep_failure, &failure, err) != 0 ||
        p->fetcher.transport->run(p->fetcher.transport, err) != 0) {
        return -1;
    }
    if (failure.code != ERR_NONE) {
        *err = failure;
        return -1;
    }
    return 0;
}

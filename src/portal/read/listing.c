/* listing.c - one list while it comes: its elements become jobs, or problems of the list. */
#include "read/reader.h"

#include <stdio.h>

/* More broken elements than this in one list are counted, not told one by one. */
#define PROBLEMS_MAX 50

const char *lane_name(const struct lane *lane, char out[160])
{
    switch (lane->kind) {
    case LIST_PUBLISHER:
        snprintf(out, 160, "offers of %.120s", lane->key);
        break;
    case LIST_ALL:
        snprintf(out, 160, "products of this account");
        break;
    case LIST_LOOKUP:
        snprintf(out, 160, "offer %.120s", lane->key);
        break;
    case LIST_TYPE:
        snprintf(out, 160, "products of type %.120s", lane->key);
        break;
    }
    return out;
}

void lane_drop_jobs(struct lane *lane, struct job **from)
{
    struct job *job = *from;

    *from = NULL;
    lane->last = from;
    while (job != NULL) {
        struct job *next = job->next;
        job_free(job);
        lane->reader->total--;
        job = next;
    }
}

static int add_job(struct lane *lane, const struct offer *o, enum selected selected,
                   struct error *err)
{
    struct job *job = read_new_job(lane->reader, lane->portal, o);

    if (job == NULL) {
        return error_memory(err);
    }
    job->selected = selected;
    *lane->last = job;
    lane->last = &job->next;
    lane->reader->total++;
    return 0;
}

static int take_offer(struct lane *lane, const struct offer *o, struct error *err)
{
    struct reader *r = lane->reader;
    enum selected selected;

    selected = r->sink->select(r->sink->user, o);
    if (selected == SELECTED_NO) {
        return 0;
    }
    /* With the list alone and no offer before it outstanding, nothing has to be kept. */
    if (r->query->depth == DEPTH_LIST && selected == SELECTED_YES && lane == r->first &&
        lane->first == NULL && !r->in_one_go) {
        lane->gave = true;
        return r->sink->offer(r->sink->user, o, err);
    }
    return add_job(lane, o, selected, err);
}

const char *lane_publisher(const struct lane *lane)
{
    const struct portal_query *query = lane->reader->query;

    if (lane->kind == LIST_PUBLISHER) {
        return lane->key;
    }
    return query->publisher_count == 1 ? query->publishers[0] : NULL;
}

int lane_on_element(void *user, size_t index, const cJSON *item, const struct error *bad,
                    struct error *err)
{
    struct lane *lane = user;
    struct reader *r = lane->reader;
    struct error problem = *bad;
    struct offer o = { 0 };
    char name[160];
    int rc = 0;

    arena_reset(&r->scratch);
    lane->elements++;
    if (item != NULL && lane->portal->api->read_offer(item, r->query->depth, lane_publisher(lane),
                                                      &r->scratch, &o, &problem) == 0) {
        o.api = lane->portal->api->name;
        return take_offer(lane, &o, err);
    }
    if (problem.code == ERR_MEMORY) {
        *err = problem;
        return -1;
    }
    lane->broken++;
    if (lane->broken <= PROBLEMS_MAX) {
        error_wrap(&problem, "%s: element [%zu]%s%s", lane_name(lane, name), index,
                   o.id != NULL ? ", offer " : "", o.id != NULL ? o.id : "");
        rc = report_problem(&lane->found, &problem, lane_publisher(lane), o.id);
    }
    return rc == 0 ? 0 : error_memory(err);
}

/* The list broke off: nobody knows what is missing, so what came before is no list.  Only the first
 * list gives offers away while it comes, so that they are all there are. */
static int take_back(struct lane *lane)
{
    const struct portal_sink *sink = lane->reader->sink;
    bool gave = lane->gave;

    lane->gave = false;
    return !gave || sink->forget(sink->user) ? 0 : -1;
}

int lane_on_restart(void *user)
{
    struct lane *lane = user;

    lane_drop_jobs(lane, lane->page);
    lane->found.problem_count = lane->found_before;
    lane->broken = lane->broken_before;
    return take_back(lane);
}

void lane_on_page(void *user)
{
    struct lane *lane = user;

    lane->pages++;
    lane->page = lane->last;
    lane->found_before = lane->found.problem_count;
    lane->broken_before = lane->broken;
}

void lane_tell_broken(struct lane *lane)
{
    struct reader *r = lane->reader;

    for (size_t i = 0; i < lane->found.problem_count && !r->failed; i++) {
        const struct problem *p = &lane->found.problems[i];
        struct error err = ERROR_INIT;
        problem_error(p, &err);
        read_problem(r, lane->portal->api, &err, lane_publisher(lane), p->offer);
    }
    if (lane->broken > PROBLEMS_MAX && !r->failed) {
        struct error err = ERROR_INIT;
        char name[160];
        error_set(&err, ERR_ANSWER, "%s: %zu more elements cannot be read", lane_name(lane, name),
                  lane->broken - PROBLEMS_MAX);
        read_problem(r, lane->portal->api, &err, lane_publisher(lane), NULL);
    }
}

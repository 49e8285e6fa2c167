/* read.c - the walk over publishers, lists and offers; keeps the server's order. */
#include "offerstat/word.h"
#include "portal_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More broken elements than this in one list are counted, not told one by one. */
#define PROBLEMS_MAX 50

/* Offers that are read at the same time: enough to keep every connection busy, few enough that a
 * long list does not fill memory with requests. */
#define WINDOW 512

/* One publisher's list. */
struct lane {
    struct reader *reader;
    struct lane *next;
    char *publisher;
    struct job *first, **last;
    struct job *unstarted; /* every job before it was started, once the list is whole */
    struct report found;   /* problems of single elements, told once the list is whole */
    size_t broken;         /* elements that are no offers */
    bool gave;             /* offers to the sink while the list still came */
    bool closed;
};

struct reader {
    struct portal *portal;
    const struct portal_query *query;
    const struct portal_sink *sink;
    struct lane *first, **last;
    size_t open_lanes; /* lists, or the list of publishers, still to come */
    size_t running;    /* jobs started and not done */
    size_t started;    /* jobs in all */
    size_t total, finished;
    struct report account; /* the account's publishers, where none was named */
    struct arena scratch;  /* of one element */
    struct error failure;
    bool failed;
};

static void abort_read(struct reader *r, const struct error *err)
{
    if (!r->failed) {
        r->failed = true;
        r->failure = *err;
        r->portal->fetcher.transport->stop(r->portal->fetcher.transport);
    }
}

static void no_memory(struct reader *r)
{
    struct error err = ERROR_INIT;

    (void)error_memory(&err);
    abort_read(r, &err);
}

static void tell_problem(struct reader *r, const struct error *problem, const char *publisher,
                         const char *offer)
{
    struct error err = ERROR_INIT;

    if (problem->code == ERR_MEMORY || problem->code == ERR_OUTPUT || problem->code == ERR_BUG) {
        abort_read(r, problem);
    } else if (r->sink->problem(r->sink->user, problem, publisher, offer, &err) != 0) {
        abort_read(r, &err);
    }
}

static void free_job(struct job *job)
{
    struct arena arena = job->arena; /* the job lives in it */

    arena_clear(&arena);
}

static void drop_jobs(struct lane *lane)
{
    while (lane->first != NULL) {
        struct job *next = lane->first->next;
        free_job(lane->first);
        lane->first = next;
    }
    lane->last = &lane->first;
}

/* Passing on: in order, as far as everything before is known. */

static void pass_on(struct reader *r, struct job *job)
{
    struct error err = ERROR_INIT;

    if (job->problem != NULL) {
        tell_problem(r, job->problem, job->offer.publisher, job->offer.id);
    }
    if (!r->failed && !job->unreadable && r->sink->offer(r->sink->user, &job->offer, &err) != 0) {
        abort_read(r, &err);
    }
}

static void flush(struct reader *r)
{
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
            free_job(job);
        }
        lane->last = &lane->first;
    }
}

/* Jobs: started when their list is whole, a window of them at a time. */

static void start_jobs(struct reader *r)
{
    struct error err = ERROR_INIT;

    for (struct lane *lane = r->first; lane != NULL; lane = lane->next) {
        if (r->query->limit > 0 && !lane->closed) {
            return; /* the first ones are those of the first list */
        }
        while (lane->closed && lane->unstarted != NULL && r->running < WINDOW && !r->failed) {
            struct job *job = lane->unstarted;
            lane->unstarted = job->next;
            if (job->selected == SELECTED_YES && !job->started) {
                if (r->query->limit > 0 && r->started == r->query->limit) {
                    return;
                }
                job->started = true;
                r->started++;
                r->running++;
                if (r->portal->api->advance(job, &err) != 0) {
                    abort_read(r, &err);
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

enum read_depth job_depth(const struct job *job)
{
    return job->reader->query->depth;
}

struct portal *job_portal(const struct job *job)
{
    return job->reader->portal;
}

void job_problem(struct job *job, const struct error *err)
{
    if (job->problem == NULL) {
        job->problem = arena_alloc(&job->arena, sizeof(*job->problem));
        if (job->problem == NULL) {
            no_memory(job->reader);
            return;
        }
        *job->problem = *err;
    }
}

void job_done(struct job *job)
{
    struct reader *r = job->reader;

    job->done = true;
    r->running--;
    r->finished++;
    r->sink->progress(r->sink->user, r->finished, r->total);
}

/* After anything changed: what can start, and what can be passed on. */
static void move_on(struct reader *r)
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
    if (r->portal->api->advance(job, &err) != 0) {
        abort_read(r, &err);
    } else if (job->done) {
        move_on(r);
    }
}

/* Lists. */

static int add_job(struct lane *lane, const struct offer *o, enum selected selected,
                   struct error *err)
{
    struct arena arena = ARENA_INIT;
    struct job *job = arena_alloc(&arena, sizeof(*job));

    if (job == NULL || offer_copy(&arena, o, &job->offer) != 0) {
        arena_clear(&arena);
        return error_memory(err);
    }
    job->arena = arena;
    job->reader = lane->reader;
    job->selected = selected;
    *lane->last = job;
    lane->last = &job->next;
    lane->reader->total++;
    return 0;
}

static int take_offer(struct lane *lane, const struct offer *o, struct error *err)
{
    struct reader *r = lane->reader;
    enum selected selected = r->sink->select(r->sink->user, o);

    if (selected == SELECTED_NO) {
        return 0;
    }
    /* With the list alone and no offer before it outstanding, nothing has to be kept. */
    if (r->query->depth == DEPTH_LIST && selected == SELECTED_YES && lane == r->first &&
        lane->first == NULL) {
        lane->gave = true;
        return r->sink->offer(r->sink->user, o, err);
    }
    return add_job(lane, o, selected, err);
}

static int on_element(void *user, size_t index, const cJSON *item, const struct error *bad,
                      struct error *err)
{
    struct lane *lane = user;
    struct reader *r = lane->reader;
    struct error problem = *bad;
    struct offer o = { 0 };
    int rc = 0;

    arena_reset(&r->scratch);
    if (item != NULL && r->portal->api->read_offer(item, r->query->depth, lane->publisher,
                                                   &r->scratch, &o, &problem) == 0) {
        return take_offer(lane, &o, err);
    }
    if (problem.code == ERR_MEMORY) {
        *err = problem;
        return -1;
    }
    lane->broken++;
    if (lane->broken <= PROBLEMS_MAX) {
        (void)error_wrap(&problem, "offers of %s: element [%zu]%s%s", lane->publisher, index,
                         o.id != NULL ? ", offer " : "", o.id != NULL ? o.id : "");
        rc = report_problem(&lane->found, &problem, lane->publisher, o.id);
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

static int on_list_restart(void *user)
{
    struct lane *lane = user;
    struct reader *r = lane->reader;

    int rc = take_back(lane);

    for (struct job *job = lane->first; job != NULL; job = job->next) {
        r->total--;
    }
    drop_jobs(lane);
    report_clear(&lane->found);
    lane->broken = 0;
    return rc;
}

static void tell_broken_elements(struct lane *lane)
{
    struct reader *r = lane->reader;

    for (size_t i = 0; i < lane->found.problem_count && !r->failed; i++) {
        const struct problem *p = &lane->found.problems[i];
        struct error err = ERROR_INIT;
        (void)error_set(&err, p->code, "%s", p->text);
        tell_problem(r, &err, lane->publisher, p->offer);
    }
    if (lane->broken > PROBLEMS_MAX && !r->failed) {
        struct error err = ERROR_INIT;
        (void)error_set(&err, ERR_ANSWER, "offers of %s: %zu more elements cannot be read",
                        lane->publisher, lane->broken - PROBLEMS_MAX);
        tell_problem(r, &err, lane->publisher, NULL);
    }
}

static void close_lane(struct reader *r)
{
    r->open_lanes--;
    if (r->open_lanes == 0) {
        resolve_later(r);
    }
    move_on(r);
}

static void on_list_done(void *user, const struct error *err)
{
    struct lane *lane = user;
    struct reader *r = lane->reader;

    lane->closed = true;
    lane->unstarted = lane->first;
    if (r->failed) {
        return;
    }
    if (err == NULL) {
        tell_broken_elements(lane);
    } else {
        struct error problem = *err;
        if (problem.code == ERR_NOT_FOUND) {
            (void)error_wrap(&problem, "no publisher \"%s\"", lane->publisher);
        } else {
            (void)error_wrap(&problem, "offers of %s", lane->publisher);
        }
        (void)on_list_restart(lane);
        lane->unstarted = NULL;
        tell_problem(r, &problem, lane->publisher, NULL);
    }
    if (!r->failed) {
        close_lane(r);
    }
}

static int add_lane(struct reader *r, const char *publisher, struct error *err)
{
    struct strbuf url = STRBUF_INIT((size_t)4 * JSON_ELEMENT_MAX);
    struct json_get get = { .array = true,
                            .members = r->portal->api->list_members,
                            .element = on_element,
                            .restart = on_list_restart,
                            .done = on_list_done };
    struct lane *lane;
    int rc = -1;

    for (lane = r->first; lane != NULL; lane = lane->next) {
        if (text_equal_nocase(lane->publisher, publisher)) {
            return 0; /* named twice, read once */
        }
    }
    lane = calloc(1, sizeof(*lane));
    if (lane == NULL) {
        return error_memory(err);
    }
    *lane = (struct lane){ .reader = r, .found = REPORT_INIT, .publisher = strdup(publisher) };
    lane->last = &lane->first;
    *r->last = lane;
    r->last = &lane->next;
    r->open_lanes++;
    (void)strbuf_puts(&url, r->portal->endpoint);
    r->portal->api->list_url(&url, publisher);
    if (lane->publisher == NULL || url.failed) {
        (void)error_memory(err);
        goto done;
    }
    get.url = strbuf_text(&url);
    get.user = lane;
    rc = json_get_start(&r->portal->fetcher, &get, err);
done:
    strbuf_clear(&url);
    return rc;
}

/* The account's publishers, where none was named. */
static void on_publishers(void *user, const struct error *failure)
{
    struct reader *r = user;
    struct error err = ERROR_INIT;

    if (failure != NULL) {
        abort_read(r, failure);
    }
    for (size_t i = 0; i < r->account.problem_count && !r->failed; i++) {
        const struct problem *p = &r->account.problems[i];
        (void)error_set(&err, p->code, "%s", p->text);
        if (p->request_id != NULL) {
            (void)snprintf(err.request_id, sizeof(err.request_id), "%s", p->request_id);
        }
        tell_problem(r, &err, NULL, NULL);
    }
    for (size_t i = 0; i < r->account.publisher_count && !r->failed; i++) {
        if (add_lane(r, r->account.publishers[i].id, &err) != 0) {
            abort_read(r, &err);
        }
    }
    if (!r->failed) {
        close_lane(r);
    }
}

static void clear_reader(struct reader *r)
{
    arena_clear(&r->scratch);
    report_clear(&r->account);
    while (r->first != NULL) {
        struct lane *next = r->first->next;
        drop_jobs(r->first);
        report_clear(&r->first->found);
        free(r->first->publisher);
        free(r->first);
        r->first = next;
    }
}

int portal_read(struct portal *p, const struct portal_query *query, const struct portal_sink *sink,
                struct error *err)
{
    struct reader r = { .portal = p, .query = query, .sink = sink, .account = REPORT_INIT };
    int rc = 0;

    r.last = &r.first;
    for (size_t i = 0; rc == 0 && i < query->publisher_count; i++) {
        rc = add_lane(&r, query->publishers[i], err);
    }
    if (rc == 0 && query->publisher_count == 0) {
        r.open_lanes++;
        rc = publishers_start(p, &r.account, on_publishers, &r, err);
    }
    if (rc != 0) {
        abort_read(&r, err);
    }
    /* Also after a failure: whatever was begun has to be ended. */
    if (p->fetcher.transport->run(p->fetcher.transport, err) != 0) {
        rc = -1;
    } else if (r.failed) {
        *err = r.failure;
        rc = -1;
    }
    clear_reader(&r);
    return rc;
}

/* reader.c - ending a read, and reporting to its sink. */
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
    struct error named = *problem, err = ERROR_INIT;

    if (problem->code == ERR_MEMORY || problem->code == ERR_OUTPUT || problem->code == ERR_BUG) {
        read_abort(r, problem);
        return;
    }
    if (r->portal_count > 1) {
        error_wrap(&named, "%s", api->name);
    }
    if (r->sink->problem(r->sink->user, &named, publisher, offer, &err) != 0) {
        read_abort(r, &err);
    }
}

bool read_not_there(struct reader *r, const struct portal_api *api, const struct error *why)
{
    if (r->sink->not_there == NULL) {
        return false;
    }
    r->sink->not_there(r->sink->user, api->name, why);
    return true;
}

void read_unread(struct reader *r, const char *publisher, const char *offer)
{
    if (r->sink->unread != NULL) {
        r->sink->unread(r->sink->user, publisher, offer);
    }
}

void read_list_broken(struct reader *r)
{
    if (r->sink->list_broken != NULL) {
        r->sink->list_broken(r->sink->user);
    }
}

/* An answer about this offer came. */
static void reader_on_step(struct offer_read *read)
{
    struct error err = ERROR_INIT;

    if (!read->reader->failed && read->portal->api->advance(read, &err) != 0) {
        read_abort(read->reader, &err);
    }
}

/* Only queued: read.c goes on once the callback has returned. */
static void reader_on_answered(struct offer_read *read)
{
    struct reader *r = read->reader;

    read->next_answered = NULL;
    if (r->answered == NULL) {
        r->answered = read;
    } else {
        r->last_answered->next_answered = read;
    }
    r->last_answered = read;
}

struct offer_read *read_new_offer(struct reader *r, struct portal *p, const struct offer *o)
{
    static const struct read_host host = { .step = reader_on_step,
                                           .answered = reader_on_answered,
                                           .abort = read_abort };
    struct arena arena = ARENA_INIT;
    struct offer_read *read = arena_alloc(&arena, sizeof(*read));

    if (read == NULL || offer_copy(&arena, o, &read->offer) != 0) {
        arena_clear(&arena);
        return NULL;
    }
    read->arena = arena;
    read->portal = p;
    read->depth = r->query->depth;
    read->host = &host;
    read->reader = r;
    return read;
}

void read_finish(struct offer_read *read)
{
    struct reader *r = read->reader;

    read->done = true;
    r->running--;
    r->finished++;
    r->sink->progress(r->sink->user, r->finished, r->total);
}

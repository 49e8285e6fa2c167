/* offer_read.c - one offer that is being read: what its backend reports. */
#include "api/offer_read.h"

#include "api/api.h"

void offer_read_free(struct offer_read *read)
{
    struct arena arena = read->arena; /* the struct lives in it */

    if (read->witness != NULL) {
        offer_read_free(read->witness);
    }
    arena_clear(&arena);
}

void offer_read_step(struct offer_read *read)
{
    read->host->step(read);
}

void offer_read_answered(struct offer_read *read)
{
    read->host->answered(read);
}

int offer_read_take(struct offer_read *read, const struct offer *part)
{
    struct offer *o = &read->offer;

    if (part->steps != NULL) {
        o->steps = part->steps;
        o->step_count = part->step_count;
    }
    for (size_t i = 0; i < part->note_count; i++) {
        if (offer_add_note(&read->arena, o, &part->notes[i]) != 0) {
            return -1;
        }
    }
    for (size_t i = 0; i < part->event_count; i++) {
        if (offer_event(&read->arena, o, &part->events[i]) != 0) {
            return -1;
        }
    }
    return 0;
}

void offer_read_problem(struct offer_read *read, const struct error *err)
{
    if (read->problem != NULL) {
        return;
    }
    read->problem = arena_alloc(&read->arena, sizeof(*read->problem));
    if (read->problem == NULL) {
        struct error memory = ERROR_INIT;
        error_memory(&memory);
        read->host->abort(read->reader, &memory);
        return;
    }
    *read->problem = *err;
}

void offer_read_answer_failed(struct offer_read *read, const char *what, const struct error *err)
{
    const struct portal_api *api = read->portal->api;
    bool foreign = api->is_foreign != NULL && api->is_foreign(err);
    struct error problem = *err;

    if (read->problem == NULL) {
        read->foreign = foreign;
    }
    if (problem.code ==
        ERR_NOT_FOUND) { /* the list has the offer, so it is the answer that is odd */
        problem.code = ERR_ANSWER;
    }
    error_wrap(&problem, "offer %s: %s", read->offer.id, what);
    if (foreign) {
        error_append(&problem, "; --api ingestion reads offers of that type");
    }
    offer_read_problem(read, &problem);
}

/* listing.c - one list while it arrives: its elements become offers to read, or problems. */
#include "read/reader.h"

#include <stdio.h>

/* More broken elements than this in one list are counted, not reported one by one. */
#define PROBLEMS_MAX 50

void listing_wrap(const struct listing *listing, struct error *err)
{
    switch (listing->kind) {
    case LIST_PUBLISHER:
        error_wrap(err, "offers of %.120s", listing->key);
        break;
    case LIST_ALL:
        error_wrap(err, "products of this account");
        break;
    case LIST_LOOKUP:
        error_wrap(err, "offer %.120s", listing->key);
        break;
    case LIST_TYPE:
        error_wrap(err, "products of type %.120s", listing->key);
        break;
    }
}

bool listing_counts(enum selected selected)
{
    return selected == SELECTED_YES || selected == SELECTED_IF_UNIQUE;
}

void listing_drop_reads(struct listing *listing, struct offer_read **from)
{
    struct offer_read *read = *from;

    *from = NULL;
    listing->last = from;
    while (read != NULL) {
        struct offer_read *next = read->next;
        if (listing_counts(read->selected)) {
            listing->reader->total--;
        }
        offer_read_free(read);
        read = next;
    }
}

static int add_read(struct listing *listing, const struct offer *o, enum selected selected,
                    struct error *err)
{
    struct offer_read *read = read_new_offer(listing->reader, listing->portal, o);

    if (read == NULL) {
        return error_memory(err);
    }
    read->selected = selected;
    *listing->last = read;
    listing->last = &read->next;
    if (listing_counts(selected)) {
        listing->reader->total++;
    }
    return 0;
}

static int add_sighting(struct listing *listing, const struct offer *o)
{
    struct arena *a = &listing->sightings;
    struct sighting *s = arena_alloc(a, sizeof(*s));

    if (s == NULL) {
        return -1;
    }
    s->offer = (struct offer){ .api = o->api,
                               .id = arena_strdup(a, o->id),
                               .publisher = arena_strdup(a, o->publisher),
                               .name = arena_strdup(a, o->name),
                               .type = arena_strdup(a, o->type),
                               .raw_status = arena_strdup(a, o->raw_status),
                               .changed_at = arena_strdup(a, o->changed_at) };
    if (s->offer.id == NULL) {
        return -1;
    }
    *listing->last_seen = s;
    listing->last_seen = &s->next;
    return 0;
}

void listing_report_seen(struct listing *listing)
{
    const struct portal_sink *sink = listing->reader->sink;

    for (const struct sighting *s = listing->seen; s != NULL; s = s->next) {
        sink->seen(sink->user, &s->offer);
    }
}

static int take_offer(struct listing *listing, const struct offer *o, struct error *err)
{
    struct reader *r = listing->reader;
    enum selected selected;

    if (r->sink->seen != NULL && add_sighting(listing, o) != 0) {
        return error_memory(err);
    }
    selected = r->sink->select(r->sink->user, o);
    if (!listing_counts(selected) && !r->merges) {
        return 0;
    }
    /* When only the list is read and no earlier offer is outstanding, the offer is passed on at
     * once and not kept. */
    if (r->query->depth == DEPTH_LIST && selected == SELECTED_YES && listing == r->first &&
        listing->first == NULL && !r->wait_for_all_lists) {
        listing->streamed = true;
        return r->sink->offer(r->sink->user, o, err);
    }
    return add_read(listing, o, selected, err);
}

const char *listing_publisher(const struct listing *listing)
{
    const struct portal_query *query = listing->reader->query;

    if (listing->kind == LIST_PUBLISHER) {
        return listing->key;
    }
    return query->publisher_count == 1 ? query->publishers[0] : NULL;
}

int listing_on_element(void *user, size_t index, const cJSON *item, const struct error *bad,
                       struct error *err)
{
    struct listing *listing = user;
    struct reader *r = listing->reader;
    struct error problem;
    struct offer o = { 0 };
    int rc = 0;

    arena_reset(&r->scratch);
    listing->elements++;
    if (item != NULL &&
        listing->portal->api->read_offer(item, r->query->depth, listing_publisher(listing),
                                         &r->scratch, &o, &problem) == 0) {
        o.api = listing->portal->api->name;
        return take_offer(listing, &o, err);
    }
    if (item == NULL) {
        problem = *bad;
    }
    if (problem.code == ERR_MEMORY) {
        *err = problem;
        return -1;
    }
    listing->broken++;
    if (listing->broken <= PROBLEMS_MAX) {
        if (o.id != NULL) {
            error_wrap(&problem, "element [%zu], offer %s", index, o.id);
        } else {
            error_wrap(&problem, "element [%zu]", index);
        }
        listing_wrap(listing, &problem);
        rc = report_problem(&listing->element_problems, &problem, listing_publisher(listing), o.id);
    }
    return rc == 0 ? 0 : error_memory(err);
}

/* The list broke off, so that what came of it does not count.  Only the first list passes offers on
 * while it arrives, so all that the sink has got are of this list. */
static int forget_streamed(struct listing *listing)
{
    const struct portal_sink *sink = listing->reader->sink;
    bool streamed = listing->streamed;

    listing->streamed = false;
    return !streamed || sink->forget(sink->user) ? 0 : -1;
}

int listing_on_restart(void *user)
{
    struct listing *listing = user;

    listing_drop_reads(listing, listing->page);
    listing->last_seen = listing->seen_on_page;
    *listing->last_seen = NULL;
    listing->elements = listing->elements_before;
    listing->element_problems.problem_count = listing->element_problems_before;
    listing->broken = listing->broken_before;
    return forget_streamed(listing);
}

void listing_on_page(void *user)
{
    struct listing *listing = user;

    listing->pages_read++;
    listing->page = listing->last;
    listing->seen_on_page = listing->last_seen;
    listing->elements_before = listing->elements;
    listing->element_problems_before = listing->element_problems.problem_count;
    listing->broken_before = listing->broken;
}

void listing_report_broken(struct listing *listing)
{
    struct reader *r = listing->reader;

    for (size_t i = 0; i < listing->element_problems.problem_count && !r->failed; i++) {
        const struct problem *p = &listing->element_problems.problems[i];
        struct error err = ERROR_INIT;
        problem_error(p, &err);
        read_problem(r, listing->portal->api, &err, listing_publisher(listing), p->offer);
        read_unread(r, listing_publisher(listing), p->offer);
    }
    if (listing->broken > PROBLEMS_MAX && !r->failed) {
        struct error err = ERROR_INIT;
        error_set(&err, ERR_ANSWER, "%zu more elements cannot be read",
                  listing->broken - PROBLEMS_MAX);
        listing_wrap(listing, &err);
        read_problem(r, listing->portal->api, &err, listing_publisher(listing), NULL);
        for (size_t i = PROBLEMS_MAX; i < listing->broken; i++) {
            read_unread(r, listing_publisher(listing), NULL);
        }
    }
}

/* report.c - collecting what a run finds. */
#include "offerstat/report.h"

#include "offerstat/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void report_count(struct report *r, const struct offer *o)
{
    r->counts[o->state]++;
    r->total++;
}

/* Make room for one more record of `size` bytes at the end of an array of `count`. */
static void *grown(void *items, size_t count, size_t size)
{
    if (count % 8 != 0) {
        return items;
    }
    return realloc(items, (count + 8) * size);
}

int report_saw_publisher(struct report *r, const char *publisher)
{
    if (publisher == NULL || r->several_publishers) {
        return 0;
    }
    if (r->publisher == NULL) {
        r->publisher = arena_strdup(&r->arena, publisher);
        return r->publisher != NULL ? 0 : -1;
    }
    /* strcmp first: it is fast, it nearly always says "equal", and this runs for every offer of a
     * list */
    r->several_publishers =
        strcmp(r->publisher, publisher) != 0 && !text_equal_nocase(r->publisher, publisher);
    return 0;
}

int report_problem(struct report *r, const struct error *err, const char *publisher,
                   const char *offer)
{
    struct problem *items = grown(r->problems, r->problem_count, sizeof(*items));
    struct problem *p;

    if (items == NULL) {
        return -1;
    }
    r->problems = items;
    p = &items[r->problem_count];
    p->code = err->code;
    p->http = err->http;
    p->text = arena_strdup(&r->arena, err->text);
    p->local_text = err->local_text[0] != '\0' ? arena_strdup(&r->arena, err->local_text) : NULL;
    p->publisher = arena_strdup(&r->arena, publisher);
    p->offer = arena_strdup(&r->arena, offer);
    p->request_id = err->request_id[0] != '\0' ? arena_strdup(&r->arena, err->request_id) : NULL;
    if (p->text == NULL) {
        return -1;
    }
    r->problem_count++;
    return 0;
}

const char *problem_text(const struct problem *p)
{
    return p->local_text != NULL ? p->local_text : p->text;
}

void problem_error(const struct problem *p, struct error *err)
{
    *err = (struct error){ .code = p->code, .http = p->http };
    snprintf(err->text, sizeof(err->text), "%s", p->text);
    if (p->local_text != NULL) {
        snprintf(err->local_text, sizeof(err->local_text), "%s", p->local_text);
    }
    if (p->request_id != NULL) {
        snprintf(err->request_id, sizeof(err->request_id), "%s", p->request_id);
    }
}

int report_publisher(struct report *r, const struct publisher *p)
{
    struct publisher *items = grown(r->publishers, r->publisher_count, sizeof(*items));
    struct publisher *to;

    if (items == NULL) {
        return -1;
    }
    r->publishers = items;
    to = &items[r->publisher_count];
    to->id = arena_strdup(&r->arena, p->id);
    to->name = arena_strdup(&r->arena, p->name);
    to->seller_id = arena_strdup(&r->arena, p->seller_id);
    if (to->id == NULL) {
        return -1;
    }
    r->publisher_count++;
    return 0;
}

int report_event(struct report *r, const char *offer, const struct event *e)
{
    struct event *items = grown(r->events, r->event_count, sizeof(*items));

    if (items == NULL) {
        return -1;
    }
    r->events = items;
    if (event_copy(&r->arena, e, &items[r->event_count]) != 0) {
        return -1;
    }
    items[r->event_count].offer = arena_strdup(&r->arena, offer);
    if (offer != NULL && items[r->event_count].offer == NULL) {
        return -1;
    }
    r->event_count++;
    return 0;
}

int report_note(struct report *r, const char *text)
{
    const char **items;

    for (size_t i = 0; i < r->note_count; i++) {
        if (strcmp(r->notes[i], text) == 0) {
            return 0;
        }
    }
    items = grown((void *)r->notes, r->note_count, sizeof(*items));
    if (items == NULL) {
        return -1;
    }
    r->notes = items;
    items[r->note_count] = arena_strdup(&r->arena, text);
    if (items[r->note_count] == NULL) {
        return -1;
    }
    r->note_count++;
    return 0;
}

bool report_complete(const struct report *r)
{
    return r->problem_count == 0;
}

void report_clear(struct report *r)
{
    offer_list_clear(&r->offers);
    offer_list_clear(&r->passing);
    free(r->publishers);
    free(r->events);
    free(r->problems);
    free((void *)r->notes);
    r->publishers = NULL;
    r->events = NULL;
    r->problems = NULL;
    r->publisher_count = 0;
    r->event_count = 0;
    r->problem_count = 0;
    r->notes = NULL;
    r->note_count = 0;
    arena_clear(&r->arena);
}

/* outlooks.c - what the record says of the publishes that a read finds under way. */
#include "outlooks.h"

#include "record_use.h"
#include "terminal/say.h"

#include "offerstat/outlook.h"
#include "offerstat/text.h"

static bool is_of(const struct publisher_past *past, const char *publisher)
{
    return past->publisher == publisher || text_equal_nocase(past->publisher, publisher);
}

static int load(struct outlooks *all, struct record *record, const char *publisher,
                struct publisher_past *past, struct error *err)
{
    struct record_query query = { .endpoint = record_endpoint(record), .publisher = publisher };

    *past = (struct publisher_past){ .publisher = arena_strdup(&all->arena, publisher) };
    if (publisher != NULL && past->publisher == NULL) {
        return error_memory(err);
    }
    if (record_runs(record, &query, &all->arena, &past->runs, &past->run_count, err) != 0) {
        return -1;
    }
    if (durations_gather(past->runs, past->run_count, &all->arena, &past->rows, &past->row_count) !=
        0) {
        return error_memory(err);
    }
    return 0;
}

/* Looked up once a publisher.  NULL with *err where nothing could be read. */
static const struct publisher_past *past_of(struct outlooks *all, struct record *record,
                                            const char *publisher, struct error *err)
{
    struct publisher_past *items;

    for (size_t i = 0; i < all->count; i++) {
        if (is_of(&all->items[i], publisher)) {
            return &all->items[i];
        }
    }
    items = arena_grow(&all->arena, all->items, all->count, sizeof(*items));
    if (items == NULL) {
        error_memory(err);
        return NULL;
    }
    all->items = items;
    if (load(all, record, publisher, &items[all->count], err) != 0) {
        return NULL;
    }
    return &items[all->count++];
}

int outlooks_set(struct outlooks *all, const struct record_use *use, struct offer *o,
                 int64_t now_ms)
{
    if (!recorded_is_under_way(o->state)) {
        return 0;
    }

    const struct publisher_past *past = NULL;
    struct error err = ERROR_INIT;

    if (use->record != NULL && !all->failed) {
        past = past_of(all, use->record, o->publisher, &err);
    }
    if (err.code == ERR_MEMORY) {
        return -1;
    }
    if (err.code != ERR_NONE) {
        say_warning("%s", error_text(&err));
        all->failed = true;
    }
    if (past != NULL) {
        outlook_of(o, past->runs, past->run_count, past->rows, past->row_count, now_ms,
                   &o->outlook);
    } else {
        outlook_of(o, NULL, 0, NULL, 0, now_ms, &o->outlook);
    }
    return 0;
}

void outlooks_clear(struct outlooks *all)
{
    arena_clear(&all->arena);
    *all = (struct outlooks){ .failed = false };
}

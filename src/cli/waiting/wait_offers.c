/* wait_offers.c - the offers that are waited for, from read to read. */
#include "wait_offers.h"

#include "offerstat/outcome.h"
#include "offerstat/text.h"
#include "offerstat/timestamp.h"

#include <stdlib.h>
#include <string.h>

/* When more offers than this are left, a list costs fewer requests than reading each by its id. */
#define LOOKUPS_MOST 8

static bool may_be_equal(const char *a, const char *b)
{
    return a == NULL || b == NULL || text_equal_nocase(a, b);
}

/* Whether two records may be of the same offer.  An API may not report the publisher or the
 * product, so several offers with one id may match. */
static bool may_be_same(const struct offer *a, const struct offer *b)
{
    return text_equal_nocase(a->id, b->id) && may_be_equal(a->publisher, b->publisher) &&
           may_be_equal(a->product_id, b->product_id);
}

static bool is_equal(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool is_same(const struct offer *a, const struct offer *b)
{
    return is_equal(a->id, b->id) && is_equal(a->publisher, b->publisher) &&
           is_equal(a->product_id, b->product_id);
}

typedef bool fits_fn(const struct waited *w, const struct offer *o);

static bool is_of(const struct waited *w, const struct offer *o)
{
    return is_same(&w->offer, o);
}

static bool may_be_of(const struct waited *w, const struct offer *o)
{
    return may_be_same(&w->offer, o);
}

static bool is_next_of(const struct waited *w, const struct offer *o)
{
    return !w->found && is_same(&w->offer, o);
}

static bool may_be_next_of(const struct waited *w, const struct offer *o)
{
    return !w->found && may_be_same(&w->offer, o);
}

static bool fits_and_is_left(const struct waited *w, const struct offer *o)
{
    return w->course.standing == WAIT_UNDER_WAY && may_be_same(&w->offer, o);
}

/* Search from where the last one was found, since offers come in the same order as before. */
static struct waited *find(const struct wait_offers *all, const struct offer *o, fits_fn *fits_it)
{
    for (size_t i = 0; i < all->count; i++) {
        struct waited *w = &all->items[(all->next + i) % all->count];
        if (fits_it(w, o)) {
            return w;
        }
    }
    return NULL;
}

struct waited *wait_offers_find(const struct wait_offers *all, const struct offer *o)
{
    struct waited *w = find(all, o, is_of);

    return w != NULL ? w : find(all, o, may_be_of);
}

/* Whether the read has a record that is certainly of this offer. */
static bool is_in(const struct report *report, const struct waited *w)
{
    struct offer scratch_offer;

    for (size_t i = 0; i < report->offers.count; i++) {
        if (is_same(&w->offer, offer_list_at(&report->offers, i, &scratch_offer))) {
            return true;
        }
    }
    return false;
}

/* The offer that this record is of; no offer has two.  NULL: a new offer. */
static struct waited *find_next(struct wait_offers *all, const struct report *report,
                                const struct offer *o)
{
    struct waited *w = find(all, o, is_next_of);

    if (w == NULL) {
        w = find(all, o, may_be_next_of);
        if (w != NULL && is_in(report, w)) {
            w = NULL;
        }
    }
    if (w != NULL) {
        all->next = (size_t)(w - all->items) + 1;
    }
    return w;
}

static bool is_settled(const struct waited *w)
{
    return w->course.standing != WAIT_UNDER_WAY;
}

/* Keep a copy as the latest record, in the place of the one before the previous.  0, or -1. */
static int keep(struct waited *w, const struct offer *o)
{
    unsigned next = 1 - w->at_hand;
    struct offer copy;

    arena_reset(&w->arenas[next]);
    if (offer_copy(&w->arenas[next], o, &copy) != 0) {
        return -1;
    }
    w->offer = copy;
    w->at_hand = next;
    return 0;
}

static bool is_in_another_step(const struct offer *before, const struct offer *now)
{
    const struct step *a = offer_current_step(before), *b = offer_current_step(now);

    if (a == NULL || b == NULL || before->state != now->state) {
        return a != b || before->state != now->state;
    }
    return a - before->steps != b - now->steps || a->status != b->status;
}

static bool is_same_publish(const struct offer *before, const struct offer *now)
{
    return before->state == now->state && is_equal(before->submission, now->submission) &&
           (before->version == NULL || now->version == NULL ||
            strcmp(before->version, now->version) == 0);
}

/* What could not be read this time has not changed: steps, and whether the offer is live.  All else
 * is as the read found it. */
static void keep_what_is_not_known(const struct offer *before, struct offer *now)
{
    if (!is_same_publish(before, now)) {
        return;
    }
    if (!now->steps_known && now->step_count == 0) {
        now->steps = before->steps;
        now->step_count = before->step_count;
        now->steps_known = before->steps_known;
    }
    if (now->live == LIVE_UNKNOWN) {
        now->live = before->live;
    }
}

static void note_settled(struct wait_offers *all, struct waited *w, bool was_settled)
{
    if (is_settled(w) && !was_settled) {
        all->last_settled = w;
    }
}

static int add(struct wait_offers *all, const struct offer *o, int64_t now_ms)
{
    struct waited *items = realloc(all->items, (all->count + 1) * sizeof(*items));
    size_t last = all->last_settled != NULL ? (size_t)(all->last_settled - all->items) : 0;
    struct waited *w;

    if (items == NULL) {
        return -1;
    }
    if (all->last_settled != NULL) {
        all->last_settled = items + last;
    }
    all->items = items;
    w = items + all->count;
    *w = (struct waited){ .first = o->state,
                          .step_since_ms = now_ms,
                          .found = true,
                          .changed_now = all->any_reads,
                          .changed_ever = all->any_reads };
    if (keep(w, o) != 0) {
        arena_clear(&w->arenas[0]);
        arena_clear(&w->arenas[1]);
        return -1;
    }
    all->several_publishers =
        all->several_publishers ||
        (all->count > 0 && !may_be_equal(items[0].offer.publisher, o->publisher));
    all->count++;
    wait_begin(all->policy, &w->offer, all->any_reads, now_ms, &w->course);
    note_settled(all, w, false);
    all->changed = true;
    all->notify(all->user, w, NULL);
    return 0;
}

static int update(struct wait_offers *all, struct waited *w, const struct offer *o, int64_t now_ms)
{
    struct offer before = w->offer, now = *o;
    bool was_settled = is_settled(w);

    w->found = true;
    keep_what_is_not_known(&before, &now);
    if (keep(w, &now) != 0) {
        return -1;
    }
    wait_update(all->policy, &before, &w->offer, now_ms, &w->course);
    note_settled(all, w, was_settled);
    if (is_in_another_step(&before, &w->offer)) {
        w->step_since_ms = now_ms;
        w->step_seen_begin = true;
    }
    if (wait_has_changed(&before, &w->offer) || w->gone) {
        w->changed_now = true;
        w->changed_ever = true;
        w->gone = false;
        all->changed = true;
        all->notify(all->user, w, &before);
    }
    return 0;
}

/* Note the offers that a complete read has not shown. */
static void miss_others(struct wait_offers *all)
{
    for (size_t i = 0; i < all->count; i++) {
        struct waited *w = &all->items[i];
        if (!w->found && !is_settled(w)) {
            wait_miss(&w->course);
            note_settled(all, w, false);
        }
        if (!w->found && all->notifies_gone && !w->gone) {
            w->gone = true;
            w->changed_ever = true;
            all->changed = true;
            all->notify(all->user, w, &w->offer);
        }
    }
}

int wait_offers_take(struct wait_offers *all, const struct report *report, int code, int64_t now_ms)
{
    struct offer scratch_offer;
    bool whole = report_complete(report);

    all->changed = false;
    for (size_t i = 0; i < all->count; i++) {
        all->items[i].found = false;
        all->items[i].changed_now = false;
    }
    for (size_t i = 0; i < report->offers.count; i++) {
        const struct offer *o = offer_list_at(&report->offers, i, &scratch_offer);
        struct waited *w = find_next(all, report, o);
        int rc = w != NULL ? update(all, w, o, now_ms) : add(all, o, now_ms);
        if (rc != 0) {
            return -1;
        }
    }
    if (whole && all->fixed) {
        miss_others(all);
    }
    if (!all->fixed) {
        all->excepted = report->excepted;
    }
    all->fixed = all->fixed || whole;
    all->any_reads = all->any_reads || whole || code == EXIT_NOT_FOUND;
    return 0;
}

/* By what the list shows.  An offer may have different ids in different APIs, and all records of an
 * offer are wanted together.  Until everything could be read once, a listed offer may be a new one
 * with an id that is known. */
static bool wait_offers_wants(void *user, const struct offer *listed)
{
    const struct wait_offers *all = user;

    return !all->fixed || find(all, listed, fits_and_is_left) != NULL;
}

static bool is_among(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* The publishers of the offers that are left, each once; none when one of them is not known. */
static void name_publishers(struct wait_offers *all)
{
    const char **names = all->names;
    size_t count = 0;

    for (size_t i = 0; i < all->count; i++) {
        const struct waited *w = &all->items[i];
        if (is_settled(w)) {
            continue;
        }
        if (w->offer.publisher == NULL) {
            return;
        }
        if (!is_among(names, count, w->offer.publisher)) {
            names[count++] = w->offer.publisher;
        }
    }
    all->again.publishers = names;
    all->again.publisher_count = count;
}

static void name_ids(struct wait_offers *all)
{
    const char **names = all->names + all->count;
    size_t count = 0;

    for (size_t i = 0; i < all->count; i++) {
        const struct waited *w = &all->items[i];
        if (is_settled(w)) {
            continue;
        }
        if (count == LOOKUPS_MOST && !all->by_id) {
            return;
        }
        names[count++] = w->offer.id;
    }
    all->again.ids = names;
    all->again.id_count = count;
}

const struct offers_again *wait_offers_again(struct wait_offers *all)
{
    const char **names = realloc(all->names, (2 * all->count + 1) * sizeof(*names));

    if (names == NULL) {
        return NULL;
    }
    all->names = names;
    all->again =
        (struct offers_again){ .wants = wait_offers_wants, .user = all, .fixed = all->fixed };
    if (all->fixed) {
        name_publishers(all);
        name_ids(all);
    }
    return &all->again;
}

void wait_offers_count(const struct wait_offers *all, struct wait_tally *out)
{
    *out = (struct wait_tally){ .worst = EXIT_OK };
    for (size_t i = 0; i < all->count; i++) {
        wait_count(out, &all->items[i].course, all->items[i].offer.state);
    }
}

int64_t waited_standing_ms(const struct waited *w, int64_t now_ms, int64_t wall_ms)
{
    const struct step *s = offer_current_step(&w->offer);
    int64_t seen_ms = now_ms - w->step_since_ms, began_ms;
    char text[TIMESTAMP_MAX];

    if (!w->step_seen_begin && s != NULL && s->started_at != NULL &&
        timestamp_read(s->started_at, &began_ms, text) == TIMESTAMP_OK &&
        wall_ms - began_ms > seen_ms) {
        return wall_ms - began_ms;
    }
    if (!w->step_seen_begin && w->offer.outlook.is_recorded &&
        wall_ms - w->offer.outlook.since_ms > seen_ms) {
        return wall_ms - w->offer.outlook.since_ms;
    }
    return seen_ms;
}

size_t wait_offers_late(const struct wait_offers *all, int64_t now_ms, int64_t wall_ms,
                        struct wait_late **out)
{
    size_t count = 0;

    *out = calloc(all->count + 1, sizeof(**out));
    for (size_t i = 0; *out != NULL && i < all->count; i++) {
        const struct waited *w = &all->items[i];
        if (!is_settled(w)) {
            int64_t standing_ms = waited_standing_ms(w, now_ms, wall_ms);
            (*out)[count++] = (struct wait_late){
                .offer = &w->offer,
                .standing_ms = standing_ms,
                .at_least = !w->step_seen_begin && (standing_ms == now_ms - w->step_since_ms ||
                                                    w->offer.outlook.is_at_least),
            };
        }
    }
    return count;
}

void wait_offers_clear(struct wait_offers *all)
{
    for (size_t i = 0; i < all->count; i++) {
        arena_clear(&all->items[i].arenas[0]);
        arena_clear(&all->items[i].arenas[1]);
    }
    free(all->items);
    free(all->names);
    *all = (struct wait_offers){ 0 };
}

/* durations.c - how long publishes and each of their steps took. */
#include "offerstat/durations.h"

#include "offerstat/text.h"

#include <stdlib.h>
#include <string.h>

/* Offers of one type, which has several raw names. */
struct kind {
    const char *type; /* of the latest publish */
    int64_t seen_ms;
};

/* The durations of one row while they are gathered. */
struct gathered {
    struct durations row;
    size_t kind;
    struct duration *items;
    size_t count;
};

struct gathering {
    struct arena *arena;
    struct kind *kinds;
    size_t kind_count;
    struct gathered *rows;
    size_t row_count;
};

static bool has_gone_through(const struct recorded_run *run)
{
    return run->state == STATE_NONE && !run->forgotten;
}

/* Many reads do not ask for steps once nothing is under way, so a step that had begun before the
 * publish went through counts as complete. */
static bool is_complete(const struct recorded_run *run, const struct recorded_step *step)
{
    return step->status == STEP_COMPLETE ||
           (has_gone_through(run) && recorded_step_begun(step->status) &&
            !recorded_step_ended(step->status));
}

static bool is_equal(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool is_same_type(const char *a, const char *b)
{
    return is_equal(a, b) || (a != NULL && b != NULL && offer_type_matches(a, b));
}

/* Steps are the same when their ids are; names, which change with the language, count only when
 * there is no id. */
static bool is_of_step(const struct durations *row, const char *id, const char *name)
{
    if (row->step_id != NULL || id != NULL) {
        return is_equal(row->step_id, id);
    }
    return is_equal(row->step_name, name);
}

/* The kind of the run's offer, added when it is new; kind_count when there is no memory. */
static size_t kind_of(struct gathering *g, const struct recorded_run *run)
{
    struct kind *kinds;
    size_t i = 0;

    while (i < g->kind_count && !is_same_type(g->kinds[i].type, run->offer.type)) {
        i++;
    }
    if (i == g->kind_count) {
        kinds = arena_grow(g->arena, g->kinds, g->kind_count, sizeof(*kinds));
        if (kinds == NULL) {
            return i;
        }
        g->kinds = kinds;
        kinds[g->kind_count++] = (struct kind){ .seen_ms = -1 };
    }
    if (run->first_seen_ms > g->kinds[i].seen_ms) {
        g->kinds[i] = (struct kind){ .type = run->offer.type, .seen_ms = run->first_seen_ms };
    }
    return i;
}

/* The row of a step (NULL: of the publish as a whole), added when it is new; NULL when there is no
 * memory. */
static struct gathered *row_of(struct gathering *g, size_t kind, const struct recorded_step *step)
{
    const char *id = step != NULL ? step->id : NULL, *name = step != NULL ? step->name : NULL;
    struct gathered *rows;

    for (size_t i = 0; i < g->row_count; i++) {
        const struct durations *row = &g->rows[i].row;
        if (g->rows[i].kind == kind && (row->index == 0) == (step == NULL) &&
            is_of_step(row, id, name)) {
            return &g->rows[i];
        }
    }
    rows = arena_grow(g->arena, g->rows, g->row_count, sizeof(*rows));
    if (rows == NULL) {
        return NULL;
    }
    g->rows = rows;
    rows[g->row_count] = (struct gathered){ .row = { .seen_ms = -1 }, .kind = kind };
    return &rows[g->row_count++];
}

static int add(struct gathering *g, size_t kind, const struct recorded_run *run,
               const struct recorded_step *step, struct moment began, struct moment ended)
{
    struct duration duration, *items;
    struct gathered *to = row_of(g, kind, step);

    if (to == NULL) {
        return -1;
    }
    if (run->first_seen_ms > to->row.seen_ms) {
        to->row.seen_ms = run->first_seen_ms;
        if (step != NULL) {
            to->row.step_id = step->id;
            to->row.step_name = step->name;
            to->row.index = step->index;
        }
    }
    if (!moment_between(began, ended, &duration)) {
        to->row.left_out++;
        return 0;
    }
    items = arena_grow(g->arena, to->items, to->count, sizeof(*items));
    if (items == NULL) {
        return -1;
    }
    to->items = items;
    items[to->count++] = duration;
    return 0;
}

static int add_run(struct gathering *g, const struct recorded_run *run)
{
    size_t kind = kind_of(g, run);

    if (kind == g->kind_count) {
        return -1;
    }
    for (size_t i = 0; i < run->step_count; i++) {
        const struct recorded_step *step = &run->steps[i];
        if (is_complete(run, step) && (step->id != NULL || step->name != NULL) &&
            add(g, kind, run, step, moment_step_began(step), moment_step_ended(run, step)) != 0) {
            return -1;
        }
    }
    if (!has_gone_through(run)) {
        return 0;
    }
    return add(g, kind, run, NULL, moment_run_began(run), moment_run_ended(run));
}

/* By id, so that the runs of one offer are neighbours, in their order. */
static int compare_ids(const void *a, const void *b)
{
    const struct recorded_run *x = *(const struct recorded_run *const *)a;
    const struct recorded_run *y = *(const struct recorded_run *const *)b;
    int order = text_compare_nocase(x->offer.id, y->offer.id);

    if (order == 0) {
        order = (x > y) - (x < y);
    }
    return order;
}

static bool contradicts(const char *a, const char *b)
{
    return a != NULL && b != NULL && !text_equal_nocase(a, b);
}

/* Whether two runs of offers with one id are the same publish, as two APIs showed it. */
static bool is_same_publish(const struct recorded_run *a, const struct recorded_run *b)
{
    if (is_equal(a->api, b->api) || !is_equal(a->offer.endpoint, b->offer.endpoint) ||
        contradicts(a->offer.publisher, b->offer.publisher) ||
        contradicts(a->offer.product_id, b->offer.product_id)) {
        return false;
    }
    if (a->submission != NULL && b->submission != NULL) {
        return strcmp(a->submission, b->submission) == 0;
    }
    return a->first_seen_ms < b->ended_ms && b->first_seen_ms < a->ended_ms;
}

static size_t steps_with_times(const struct recorded_run *run)
{
    size_t count = 0;

    for (size_t i = 0; i < run->step_count; i++) {
        if (run->steps[i].started_at != NULL && run->steps[i].completed_at != NULL) {
            count++;
        }
    }
    return count;
}

/* Of several runs of one publish only one counts: the first of those with the most times from the
 * service. */
static bool is_known_better(const struct recorded_run *const *runs, size_t count, size_t at)
{
    size_t known = steps_with_times(runs[at]);

    for (size_t i = 0; i < count; i++) {
        if (i != at && is_same_publish(runs[i], runs[at])) {
            size_t other = steps_with_times(runs[i]);
            if (other > known || (other == known && i < at)) {
                return true;
            }
        }
    }
    return false;
}

/* Which runs count: those that have ended, each publish once.  NULL without memory. */
static const bool *choose(const struct recorded_run *runs, size_t count, struct arena *a)
{
    const struct recorded_run **ended = arena_alloc(a, (count + 1) * sizeof(struct recorded_run *));
    bool *chosen = arena_alloc(a, count + 1);
    size_t n = 0, end;

    if (ended == NULL || chosen == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (runs[i].ended_ms != 0) {
            ended[n++] = &runs[i];
        }
    }
    qsort((void *)ended, n, sizeof(struct recorded_run *), compare_ids);
    for (size_t begin = 0; begin < n; begin = end) {
        end = begin + 1;
        while (end < n && text_compare_nocase(ended[end]->offer.id, ended[begin]->offer.id) == 0) {
            end++;
        }
        for (size_t i = begin; i < end; i++) {
            if (!is_known_better(&ended[begin], end - begin, i - begin)) {
                chosen[ended[i] - runs] = true;
            }
        }
    }
    return chosen;
}

static int compare_durations(const void *a, const void *b)
{
    int64_t x = ((const struct duration *)a)->ms, y = ((const struct duration *)b)->ms;

    return (x > y) - (x < y);
}

/* The place of the percentile among count > 0 that are sorted. */
static size_t rank(size_t count, unsigned percent)
{
    size_t nearest = (count * percent + 99) / 100;

    return nearest > 0 ? nearest - 1 : 0;
}

/* Leave out what is too uncertain. */
static int finish_row(struct gathering *g, struct gathered *from)
{
    int64_t *items = arena_alloc(g->arena, (from->count + 1) * sizeof(*items)), median;

    if (items == NULL) {
        return -1;
    }
    from->row.type = g->kinds[from->kind].type;
    from->row.items = items;
    if (from->count == 0) {
        return 0;
    }
    qsort(from->items, from->count, sizeof(*from->items), compare_durations);
    median = from->items[rank(from->count, 50)].ms;
    for (size_t i = 0; i < from->count; i++) {
        if (from->items[i].within_ms <= median / 2) {
            items[from->row.count++] = from->items[i].ms;
        } else {
            from->row.left_out++;
        }
    }
    return 0;
}

static int compare_rows(const void *a, const void *b)
{
    const struct gathered *x = a, *y = b;

    if (x->kind != y->kind) {
        return x->kind < y->kind ? -1 : 1;
    }
    if (x->row.index != y->row.index) { /* 0, the whole, comes last */
        return x->row.index - 1 < y->row.index - 1 ? -1 : 1;
    }
    return (x->row.seen_ms < y->row.seen_ms) - (x->row.seen_ms > y->row.seen_ms);
}

int durations_gather(const struct recorded_run *runs, size_t count, struct arena *a,
                     struct durations **out, size_t *out_count)
{
    struct gathering g = { .arena = a };
    struct durations *rows;
    const bool *chosen = choose(runs, count, a);

    if (chosen == NULL) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        if (chosen[i] && add_run(&g, &runs[i]) != 0) {
            return -1;
        }
    }
    rows = arena_alloc(a, (g.row_count + 1) * sizeof(*rows));
    if (rows == NULL) {
        return -1;
    }
    if (g.row_count > 0) {
        qsort(g.rows, g.row_count, sizeof(*g.rows), compare_rows);
    }
    for (size_t i = 0; i < g.row_count; i++) {
        if (finish_row(&g, &g.rows[i]) != 0) {
            return -1;
        }
        rows[i] = g.rows[i].row;
    }
    *out = rows;
    *out_count = g.row_count;
    return 0;
}

int64_t durations_percentile(const struct durations *d, unsigned percent)
{
    return d->count > 0 ? d->items[rank(d->count, percent)] : 0;
}

void durations_spread(const struct durations *d, size_t tenths[DURATIONS_TENTHS])
{
    int64_t longest_ms = durations_percentile(d, 100);

    memset(tenths, 0, DURATIONS_TENTHS * sizeof(*tenths));
    for (size_t i = 0; i < d->count; i++) {
        int64_t tenth = 0;
        if (longest_ms > 0 && d->items[i] > 0) {
            tenth = (d->items[i] - 1) / ((longest_ms + DURATIONS_TENTHS - 1) / DURATIONS_TENTHS);
        }
        tenths[tenth]++;
    }
}

const struct durations *durations_find(const struct durations *all, size_t count, const char *type,
                                       const char *step_id, const char *step_name)
{
    bool whole = step_id == NULL && step_name == NULL;

    for (size_t i = 0; i < count; i++) {
        if ((all[i].index == 0) == whole && is_of_step(&all[i], step_id, step_name) &&
            is_same_type(all[i].type, type)) {
            return &all[i];
        }
    }
    return NULL;
}

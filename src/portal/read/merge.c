/* merge.c - offers of several APIs, gathered by their id and passed on as one. */
#define _GNU_SOURCE /* tdestroy */
#include "offerstat/text.h"
#include "read/reader.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

/* What is said of offers with one id. */
struct group {
    struct group *next; /* in the order of their first appearance */
    const char *id;
    struct offer *said;    /* in the order in which it was said */
    size_t count;          /* 0: no API could read it */
    const char *publisher; /* then */
};

struct merge {
    const struct portal_sink *to;
    struct arena arena;
    struct group *first, **last;
    void *tree; /* groups by id (search.h) */
    size_t gathered, passed_on;
};

static int compare_groups(const void *a, const void *b)
{
    const struct group *x = a, *y = b;

    return text_compare_nocase(x->id, y->id);
}

static struct group *group_of(struct merge *m, const char *id)
{
    const struct group wanted = { .id = id };
    struct group **found = tfind(&wanted, &m->tree, compare_groups);
    struct group *g;

    if (found != NULL) {
        return *found;
    }
    g = arena_alloc(&m->arena, sizeof(*g));
    if (g == NULL) {
        return NULL;
    }
    g->id = arena_strdup(&m->arena, id);
    if (g->id == NULL || tsearch(g, &m->tree, compare_groups) == NULL) {
        return NULL;
    }
    *m->last = g;
    m->last = &g->next;
    return g;
}

static int gather(struct merge *m, const struct offer *o)
{
    struct group *g = group_of(m, o->id);
    struct offer *said = g != NULL ? arena_grow(&m->arena, g->said, g->count, sizeof(*said)) : NULL;

    if (said == NULL) {
        return -1;
    }
    g->said = said;
    if (offer_copy(&m->arena, o, &said[g->count]) != 0) {
        return -1;
    }
    g->count++;
    m->gathered++;
    return 0;
}

/* Whether all in the group are one offer: no API lists one twice, and the two newer ones share the
 * product's GUID. */
static bool is_one_offer(const struct group *g)
{
    for (size_t i = 0; i < g->count; i++) {
        for (size_t j = 0; j < i; j++) {
            const struct offer *a = &g->said[i], *b = &g->said[j];
            if (strcmp(a->api, b->api) == 0 || (a->product_id != NULL && b->product_id != NULL &&
                                                !text_equal_nocase(a->product_id, b->product_id))) {
                return false;
            }
        }
    }
    return true;
}

/* Make one of those offers of the group that have this GUID; NULL: of all.  No API lists a product
 * twice. */
static int pass_on(struct merge *m, const struct group *g, const char *product, struct error *err)
{
    struct testimony said[PORTAL_APIS];
    struct arena scratch = ARENA_INIT;
    struct offer merged;
    size_t count = 0;
    int rc;

    for (size_t i = 0; i < g->count && count < PORTAL_APIS; i++) {
        if (product == NULL || text_equal_nocase(g->said[i].product_id, product)) {
            said[count++] = portal_testimony(portal_find_api(g->said[i].api), &g->said[i]);
        }
    }
    m->passed_on += count;
    if (offer_merge(&scratch, said, count, &merged) == 0) {
        rc = m->to->offer(m->to->user, &merged, err);
    } else {
        rc = error_memory(err);
    }
    arena_clear(&scratch);
    return rc;
}

/* The old portal's API has no GUID. */
static int pass_on_apart(struct merge *m, struct offer *o, struct error *err)
{
    const struct group alone = { .said = o, .count = 1 };

    if (offer_note(&m->arena, o, true,
                   "several products have this offer id; which of them this is cannot be told") !=
        0) {
        return error_memory(err);
    }
    return pass_on(m, &alone, NULL, err);
}

static bool was_told(const struct group *g, size_t before, const char *product)
{
    for (size_t i = 0; i < before; i++) {
        if (text_equal_nocase(g->said[i].product_id, product)) {
            return true;
        }
    }
    return false;
}

static int pass_on_group(struct merge *m, const struct group *g, struct error *err)
{
    int rc = 0;

    if (g->count == 0) {
        if (m->to->unread != NULL) {
            m->to->unread(m->to->user, g->publisher, g->id);
        }
        return 0;
    }
    if (is_one_offer(g)) {
        return pass_on(m, g, NULL, err);
    }
    for (size_t i = 0; rc == 0 && i < g->count; i++) {
        const char *product = g->said[i].product_id;
        if (product == NULL) {
            rc = pass_on_apart(m, &g->said[i], err);
        } else if (!was_told(g, i, product)) {
            rc = pass_on(m, g, product, err);
        }
    }
    return rc;
}

static enum selected merge_on_select(void *user, const struct offer *o)
{
    struct merge *m = user;

    return m->to->select(m->to->user, o);
}

static bool merge_on_select_by_unique_name(void *user, const struct offer *o)
{
    struct merge *m = user;

    return m->to->select_by_unique_name(m->to->user, o);
}

static void merge_on_seen(void *user, const struct offer *o)
{
    struct merge *m = user;

    m->to->seen(m->to->user, o);
}

static int merge_on_offer(void *user, const struct offer *o, struct error *err)
{
    return gather(user, o) == 0 ? 0 : error_memory(err);
}

static bool merge_on_forget(void *user)
{
    (void)user;
    return false; /* nothing is given before its list is whole */
}

static int merge_on_problem(void *user, const struct error *problem, const char *publisher,
                            const char *offer, struct error *err)
{
    struct merge *m = user;

    return m->to->problem(m->to->user, problem, publisher, offer, err);
}

/* Another API may have read it: merge_finish tells. */
static void merge_on_unread(void *user, const char *publisher, const char *offer)
{
    struct merge *m = user;
    struct group *g = offer != NULL ? group_of(m, offer) : NULL;

    if (g != NULL) {
        g->publisher = arena_strdup(&m->arena, publisher);
    } else if (m->to->unread != NULL) {
        m->to->unread(m->to->user, publisher, offer);
    }
}

static void merge_on_not_there(void *user, const char *api, const struct error *why)
{
    struct merge *m = user;

    m->to->not_there(m->to->user, api, why);
}

static void merge_on_list_broken(void *user)
{
    struct merge *m = user;

    if (m->to->list_broken != NULL) {
        m->to->list_broken(m->to->user);
    }
}

static void merge_on_progress(void *user, size_t done, size_t total)
{
    struct merge *m = user;

    m->to->progress(m->to->user, done, total);
}

static void merge_on_notice(void *user, enum message_level level, const char *text)
{
    struct merge *m = user;

    m->to->notice(m->to->user, level, text);
}

struct merge *merge_open(const struct portal_sink *to, struct portal_sink *sink, struct error *err)
{
    struct merge *m = calloc(1, sizeof(*m));

    if (m == NULL) {
        error_memory(err);
        return NULL;
    }
    m->to = to;
    m->last = &m->first;
    *sink = (struct portal_sink){ .user = m,
                                  .select = merge_on_select,
                                  .select_by_unique_name = merge_on_select_by_unique_name,
                                  .seen = to->seen != NULL ? merge_on_seen : NULL,
                                  .offer = merge_on_offer,
                                  .forget = merge_on_forget,
                                  .problem = merge_on_problem,
                                  .not_there = to->not_there != NULL ? merge_on_not_there : NULL,
                                  .unread = merge_on_unread,
                                  .list_broken = merge_on_list_broken,
                                  .progress = merge_on_progress,
                                  .notice = merge_on_notice };
    return m;
}

int merge_finish(struct merge *m, struct error *err)
{
    int rc = 0;

    for (const struct group *g = m->first; rc == 0 && g != NULL; g = g->next) {
        rc = pass_on_group(m, g, err);
    }
    if (rc == 0 && m->passed_on != m->gathered) {
        return error_set(
            err, ERR_BUG,
            "of %zu records of offers %zu were merged: the rest is lost, please report "
            "this bug",
            m->gathered, m->passed_on);
    }
    return rc;
}

static void keep(void *node)
{
    (void)node; /* groups live in the arena */
}

void merge_close(struct merge *m)
{
    if (m != NULL) {
        tdestroy(m->tree, keep);
        arena_clear(&m->arena);
        free(m);
    }
}

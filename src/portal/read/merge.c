/* merge.c - offers of several APIs, collected by id and passed on as one. */
#define _GNU_SOURCE /* tdestroy */
#include "offerstat/text.h"
#include "read/reader.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

/* The records of offers with one id, or of one product that has several ids. */
struct group {
    struct group *next; /* in the order of their first appearance */
    const char *id;
    const char *product_id; /* the first GUID that came; NULL: none yet */
    struct group
        *into; /* the group that has its records now, since it is the same product; or NULL */
    struct offer *said;    /* in the order in which they came */
    size_t count;          /* 0: no API could read it */
    const char *publisher; /* then */
};

struct merge {
    const struct portal_sink *to;
    struct arena arena;
    struct group *first, **last;
    void *tree;     /* groups by id (search.h) */
    void *products; /* and by the product's GUID */
    size_t gathered, passed_on;
};

static int compare_groups(const void *a, const void *b)
{
    const struct group *x = a, *y = b;

    return text_compare_nocase(x->id, y->id);
}

static int compare_products(const void *a, const void *b)
{
    const struct group *x = a, *y = b;

    return text_compare_nocase(x->product_id, y->product_id);
}

static struct group *group_of(struct merge *m, const char *id)
{
    const struct group wanted = { .id = id };
    struct group **found = tfind(&wanted, &m->tree, compare_groups);
    struct group *g;

    if (found != NULL) {
        return (*found)->into != NULL ? (*found)->into : *found;
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

static bool has_record_of(const struct group *g, const char *api)
{
    for (size_t i = 0; i < g->count; i++) {
        if (strcmp(g->said[i].api, api) == 0) {
            return true;
        }
    }
    return false;
}

/* Move the records of an id that came, from an API without GUIDs, before it was known to belong to
 * this product. */
static int take_over(struct merge *m, struct group *to, const char *id)
{
    const struct group wanted = { .id = id };
    struct group **found = tfind(&wanted, &m->tree, compare_groups);
    struct group *from = found != NULL ? *found : NULL;

    if (from == NULL || from->into != NULL || from->product_id != NULL) {
        return 0;
    }
    for (size_t i = 0; i < from->count; i++) {
        if (has_record_of(to, from->said[i].api)) {
            return 0;
        }
    }
    for (size_t i = 0; i < from->count; i++) {
        struct offer *said = arena_grow(&m->arena, to->said, to->count, sizeof(*said));
        if (said == NULL) {
            return -1;
        }
        to->said = said;
        to->said[to->count++] = from->said[i];
    }
    from->into = to;
    return 0;
}

/* The GUID identifies the product, whatever id an API has for it.  Two offers that one API lists
 * for a product stay two. */
static struct group *group_of_offer(struct merge *m, const struct offer *o)
{
    const struct group wanted = { .product_id = o->product_id };
    struct group *g, **found = NULL;

    if (o->product_id != NULL) {
        found = tfind(&wanted, &m->products, compare_products);
    }
    if (found != NULL && !has_record_of(*found, o->api)) {
        return take_over(m, *found, o->id) == 0 ? *found : NULL;
    }
    g = group_of(m, o->id);
    if (g == NULL || o->product_id == NULL || g->product_id != NULL) {
        return g;
    }
    g->product_id = arena_strdup(&m->arena, o->product_id);
    if (g->product_id == NULL || tsearch(g, &m->products, compare_products) == NULL) {
        return NULL;
    }
    return g;
}

static int gather(struct merge *m, const struct offer *o)
{
    struct group *g = group_of_offer(m, o);
    struct offer *said = NULL;

    if (g != NULL) {
        said = arena_grow(&m->arena, g->said, g->count, sizeof(*said));
    }
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

static int note_other_ids(struct arena *a, struct offer *merged, const struct testimony *said,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct offer *o = said[i].offer;
        if (!text_equal_nocase(o->id, merged->id) &&
            offer_note(a, merged, false, "its offer id is %s in the %s API", o->id, o->api) != 0) {
            return -1;
        }
    }
    return 0;
}

/* Merge the records of the group that have this GUID (NULL: all) into one offer.  No API lists a
 * product twice. */
static int pass_on(struct merge *m, const struct group *g, const char *product, struct error *err)
{
    struct testimony said[PORTAL_APIS] = { 0 };
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
    if (offer_merge(&scratch, said, count, &merged) == 0 &&
        note_other_ids(&scratch, &merged, said, count) == 0) {
        rc = m->to->offer(m->to->user, &merged, err);
    } else {
        rc = error_memory(err);
    }
    arena_clear(&scratch);
    return rc;
}

/* The Cloud Partner Portal's API has no GUID. */
static int pass_on_apart(struct merge *m, struct offer *o, struct error *err)
{
    const struct group alone = { .said = o, .count = 1 };

    if (offer_note(&m->arena, o, true,
                   "several products have this offer id; it is not known which of them this is") !=
        0) {
        return error_memory(err);
    }
    return pass_on(m, &alone, NULL, err);
}

static bool was_reported(const struct group *g, size_t before, const char *product)
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

    if (g->into != NULL) {
        return 0;
    }
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
        } else if (!was_reported(g, i, product)) {
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

static enum selected merge_on_select_by_unique_name(void *user, const struct offer *o)
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
    return false; /* nothing is passed on before its list is complete */
}

static int merge_on_problem(void *user, const struct error *problem, const char *publisher,
                            const char *offer, struct error *err)
{
    struct merge *m = user;

    return m->to->problem(m->to->user, problem, publisher, offer, err);
}

/* A different API may have read it: merge_finish decides. */
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

static void merge_on_notice(void *user, enum message_level level, const struct error *what)
{
    struct merge *m = user;

    m->to->notice(m->to->user, level, what);
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
        tdestroy(m->products, keep);
        arena_clear(&m->arena);
        free(m);
    }
}

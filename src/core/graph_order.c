/* graph_order.c - what the entries of a product say, and which of them is the newest. */
#include "graph_order.h"

#include "offerstat/text.h"
#include "offerstat/timestamp.h"
#include "offerstat/word.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

bool graph_is_done(const struct graph_submission *s)
{
    return word_equal(s->status, "completed");
}

bool graph_has_result(const struct graph_submission *s, const char *result)
{
    return s != NULL && graph_is_done(s) && word_equal(s->result, result);
}

/* Targets that have nothing to do with the marketplace. */
static const char *const elsewhere[] = { "draft", "flight", "sandbox", "certification", "retail" };

bool graph_is_draft(const struct graph_submission *s)
{
    bool id_0 = s->id != NULL && strcmp(s->id, "0") == 0;

    return word_equal(s->target, "draft") || (id_0 && s->target == NULL && s->status == NULL);
}

bool graph_is_preview(const struct graph_submission *s)
{
    return word_equal(s->target, "preview");
}

bool graph_is_live(const struct graph_submission *s)
{
    return word_equal(s->target, "live");
}

int graph_compare(const struct graph_submission *a, const struct graph_submission *b)
{
    int order = 0;

    if (digits_are(a->id) && digits_are(b->id)) {
        order = digits_compare(a->id, b->id);
    }
    if (order == 0 && a->created != NULL && b->created != NULL) {
        order = timestamp_compare(a->created, b->created);
    }
    return order;
}

/* What went live replaces its preview, which may stay in the list under the same id (cloudpub):
 * only a different id means that something is in preview.  A preview that is under way is never
 * replaced, and one that has failed cannot have gone live. */
static bool replaces(const struct graph_submission *live, const struct graph_submission *preview)
{
    return graph_is_live(live) && graph_is_preview(preview) && graph_is_done(preview) &&
           !graph_has_result(preview, "failed") && text_equal_nocase(live->id, preview->id);
}

/* Of two live entries without an order, the one that has not succeeded yet is the newer: what
 * succeeded stays listed while its successor is under way (azure-img-utils meets both). */
static int compare(const void *x, const void *y)
{
    const struct graph_submission *a = x, *b = y;
    int order;

    if (replaces(a, b) || replaces(b, a)) {
        return replaces(a, b) - replaces(b, a);
    }
    order = graph_compare(a, b);
    if (order == 0 && graph_is_live(a) && graph_is_live(b)) {
        order = graph_has_result(b, "succeeded") - graph_has_result(a, "succeeded");
    }
    return order;
}

int graph_add(struct arena *a, struct graph_facts *f, const struct graph_submission *s)
{
    struct graph_submission *grown;

    if (graph_is_draft(s) || word_is_one_of(s->target, elsewhere, COUNT_OF(elsewhere))) {
        return 0;
    }
    grown = arena_grow(a, f->entries, f->count, sizeof(*s));
    if (grown == NULL) {
        return -1;
    }
    grown[f->count++] = *s;
    f->entries = grown;
    return 0;
}

struct newest graph_find_newest(const struct graph_facts *f)
{
    return newest_find(f->entries, f->count, sizeof(*f->entries), compare);
}

bool graph_is_over(const struct graph_facts *f, const struct graph_submission *preview)
{
    for (size_t i = 0; i < f->count; i++) {
        if (graph_is_live(&f->entries[i]) && compare(&f->entries[i], preview) > 0) {
            return true;
        }
    }
    return false;
}

bool graph_has_superseded_preview(const struct graph_facts *f)
{
    for (size_t i = 0; i < f->count; i++) {
        const struct graph_submission *s = &f->entries[i];
        bool replaced = false;
        for (size_t j = 0; j < f->count; j++) {
            replaced = replaced || replaces(&f->entries[j], s);
        }
        if (graph_is_preview(s) && graph_is_done(s) && !replaced && graph_is_over(f, s)) {
            return true;
        }
    }
    return false;
}

/* Which of those that may be the newest stands for the offer: one that has failed, since it
 * explains the verdict, then a preview; else one that does not depend on the order of the list. */
static bool goes_first(const struct graph_submission *a, const struct graph_submission *b)
{
    if (graph_has_result(a, "failed") != graph_has_result(b, "failed")) {
        return graph_has_result(a, "failed");
    }
    if (graph_is_preview(a) != graph_is_preview(b)) {
        return graph_is_preview(a);
    }
    return a->id != NULL && (b->id == NULL || strcmp(a->id, b->id) > 0);
}

const struct graph_submission *graph_newest(const struct graph_facts *f)
{
    const struct graph_submission *found = NULL;
    struct newest newest = graph_find_newest(f);

    for (size_t i = 0; i < f->count; i++) {
        const struct graph_submission *s = &f->entries[i];
        if (newest_may_be(&newest, i) && (found == NULL || goes_first(s, found))) {
            found = s;
        }
    }
    return found;
}

bool graph_is_in_market(const struct graph_facts *f, const struct graph_submission *s)
{
    if (!graph_is_live(s) || !graph_has_result(s, "succeeded")) {
        return false;
    }
    for (size_t i = 0; i < f->count; i++) {
        const struct graph_submission *other = &f->entries[i];
        if (graph_is_live(other) && graph_has_result(other, "succeeded") && compare(other, s) > 0) {
            return false;
        }
    }
    return true;
}

const struct graph_submission *graph_in_market(const struct graph_facts *f)
{
    for (size_t i = 0; i < f->count; i++) {
        if (graph_is_in_market(f, &f->entries[i])) {
            return &f->entries[i];
        }
    }
    return NULL;
}

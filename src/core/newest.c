/* newest.c - the newest of things whose order is partial. */
#include "newest.h"

static const void *item(const struct newest *n, size_t i)
{
    return (const char *)n->items + i * n->size;
}

static bool is_outdone(const struct newest *n, size_t i)
{
    for (size_t j = 0; j < n->count; j++) {
        if (n->compare(item(n, j), item(n, i)) > 0) {
            return true;
        }
    }
    return false;
}

/* Some items are ordered by id and others by time, so that an item that was passed on the way may
 * be newer than the top, or the order may be circular. */
static void look_elsewhere(struct newest *n)
{
    n->contradictory = true;
    for (size_t i = 0; i < n->count && n->contradictory; i++) {
        if (!is_outdone(n, i)) {
            n->top = i;
            n->contradictory = false;
        }
    }
}

struct newest newest_find(const void *items, size_t count, size_t size, newest_compare compare)
{
    struct newest n = { .items = items, .count = count, .size = size, .compare = compare };

    for (size_t i = 0; i < count; i++) {
        if (compare(item(&n, i), item(&n, n.top)) > 0) {
            n.top = i;
        }
    }
    if (is_outdone(&n, n.top)) {
        look_elsewhere(&n);
    }
    return n;
}

bool newest_may_be(const struct newest *n, size_t i)
{
    if (n->contradictory || i == n->top) {
        return true;
    }
    return n->compare(item(n, n->top), item(n, i)) <= 0 && !is_outdone(n, i);
}

/* newest.h - which of several submissions is the newest, and which may be when that is not known.
 *
 * Ids of the services are mostly numbers that grow, but some are GUIDs, missing or odd, and times
 * are often missing, too: the order is partial.  Looking through a list of any length is cheap as
 * long as one is the newest; only items without an order are compared with all others. */
#ifndef CORE_NEWEST_H
#define CORE_NEWEST_H

#include <stdbool.h>
#include <stddef.h>

/* Positive when a is newer, negative when b is, 0 when that is not known. */
typedef int (*newest_compare)(const void *a, const void *b);

struct newest {
    const void *items; /* borrowed: count items of size bytes, at least one */
    size_t count, size;
    newest_compare compare;
    size_t top;         /* an item than which none is newer; unless */
    bool contradictory; /* there is none, since the order is circular */
};

struct newest newest_find(const void *items, size_t count, size_t size, newest_compare compare);

/* Whether item i may be the newest: none is newer, or the order is circular. */
bool newest_may_be(const struct newest *n, size_t i);

#endif

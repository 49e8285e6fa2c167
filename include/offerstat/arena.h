/* arena.h - memory that is given out piece by piece and freed at once. */
#ifndef OFFERSTAT_ARENA_H
#define OFFERSTAT_ARENA_H

#include <stddef.h>

struct arena_block; /* see arena.c */

/* All zero is a valid, empty arena. */
struct arena {
    struct arena_block *blocks;
};

#define ARENA_INIT                                                                                 \
    {                                                                                              \
        0                                                                                          \
    }

/* Zeroed memory, aligned for any type, valid until arena_reset or arena_clear.  NULL when there is
 * no memory. */
void *arena_alloc(struct arena *a, size_t size);

/* As arena_alloc, not zeroed. */
void *arena_take(struct arena *a, size_t size);

/* A copy of text (NULL gives NULL), or of its first len bytes, NUL-terminated. */
char *arena_strdup(struct arena *a, const char *text);
char *arena_strndup(struct arena *a, const char *text, size_t len);

/* Formatted text, of any length.  NULL when there is no memory. */
char *arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Make room for one more record of `size` bytes at the end of an array of `count` records that
 * arena_grow returned earlier (NULL: the first).  Returns the array, which may have moved, or NULL
 * when there is no memory. */
void *arena_grow(struct arena *a, void *items, size_t count, size_t size);

/* Bytes to allocate for an array of `count` records that arena_grow can extend; SIZE_MAX when that
 * is more than a size_t can hold. */
size_t arena_room(size_t count, size_t size);

/* Empty the arena but keep its latest block, for one that is filled and emptied many times. */
void arena_reset(struct arena *a);

/* Free everything; the arena is empty and may be used again. */
void arena_clear(struct arena *a);

/* As arena_clear, for an arena that may hold secrets: its memory is overwritten first. */
void arena_wipe(struct arena *a);

#endif

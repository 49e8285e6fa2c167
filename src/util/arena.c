/* arena.c - blocks that are filled from their start and freed together. */
#include "offerstat/arena.h"

#include "offerstat/secret.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    alignas(max_align_t) unsigned char data[];
};

/* Small at first, since most arenas hold one offer; each block is twice the last, up to a size that
 * malloc maps. */
#define FIRST_BLOCK 496
#define LARGEST_BLOCK ((size_t)64 * 1024)

static struct arena_block *grow(struct arena *a, size_t size)
{
    size_t want = a->blocks == NULL ? FIRST_BLOCK : a->blocks->size * 2;
    struct arena_block *block;

    if (want > LARGEST_BLOCK) {
        want = LARGEST_BLOCK;
    }
    if (want < size) {
        want = size;
    }
    if (want > SIZE_MAX - sizeof(*block)) {
        return NULL;
    }
    block = malloc(sizeof(*block) + want);
    if (block == NULL) {
        return NULL;
    }
    block->next = a->blocks;
    block->used = 0;
    block->size = want;
    a->blocks = block;
    return block;
}

static void *take(struct arena *a, size_t size, size_t align)
{
    struct arena_block *block = a->blocks;
    size_t start = block != NULL ? (block->used + align - 1) / align * align : 0;

    if (block == NULL || start > block->size || size > block->size - start) {
        block = grow(a, size);
        start = 0;
        if (block == NULL) {
            return NULL;
        }
    }
    block->used = start + size;
    return block->data + start;
}

void *arena_take(struct arena *a, size_t size)
{
    return take(a, size, alignof(max_align_t));
}

void *arena_alloc(struct arena *a, size_t size)
{
    void *p = arena_take(a, size);

    return p != NULL ? memset(p, 0, size) : NULL;
}

char *arena_strndup(struct arena *a, const char *text, size_t len)
{
    char *copy;

    if (text == NULL || len == SIZE_MAX) {
        return NULL;
    }
    copy = take(a, len + 1, 1);
    if (copy != NULL) {
        memcpy(copy, text, len);
        copy[len] = '\0';
    }
    return copy;
}

char *arena_strdup(struct arena *a, const char *text)
{
    return text != NULL ? arena_strndup(a, text, strlen(text)) : NULL;
}

static void free_blocks(struct arena_block *block)
{
    while (block != NULL) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    va_list args, again;
    char *text = NULL;
    int len;

    va_start(args, format);
    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, args);
    if (len >= 0) {
        text = arena_take(a, (size_t)len + 1);
    }
    if (text != NULL) {
        vsnprintf(text, (size_t)len + 1, format, again);
    }
    va_end(again);
    va_end(args);
    return text;
}

void *arena_grow(struct arena *a, void *items, size_t count, size_t size)
{
    void *larger = items;

    if ((count & (count - 1)) == 0) { /* full at every power of two */
        larger = arena_alloc(a, (count == 0 ? 1 : 2 * count) * size);
        if (larger != NULL && count > 0) {
            memcpy(larger, items, count * size);
        }
    }
    return larger;
}

size_t arena_room(size_t count, size_t size)
{
    size_t room = 1;

    while (room < count && room <= SIZE_MAX / 2) {
        room *= 2;
    }
    return room < count || room > SIZE_MAX / size ? SIZE_MAX : room * size;
}

void arena_reset(struct arena *a)
{
    if (a->blocks != NULL) {
        free_blocks(a->blocks->next);
        a->blocks->next = NULL;
        a->blocks->used = 0;
    }
}

void arena_clear(struct arena *a)
{
    free_blocks(a->blocks);
    a->blocks = NULL;
}

void arena_wipe(struct arena *a)
{
    for (struct arena_block *block = a->blocks; block != NULL; block = block->next) {
        secret_wipe(block->data, block->used);
    }
    arena_clear(a);
}

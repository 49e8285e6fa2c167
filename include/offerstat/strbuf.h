/* strbuf.h - growable text with a maximum that is set at its creation. */
#ifndef OFFERSTAT_STRBUF_H
#define OFFERSTAT_STRBUF_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* data is NUL-terminated once anything was added, else NULL.  max counts bytes without the NUL.
 * After a failed append the buffer keeps its content and `failed` stays set, so that many appends
 * need one check at their end. */
struct strbuf {
    char *data;
    size_t len, cap, max;
    bool failed;
    bool secret; /* memory is wiped before it is freed, also when the buffer grows */
};

#define STRBUF_INIT(max_bytes)                                                                     \
    {                                                                                              \
        .max = (max_bytes)                                                                         \
    }

#define STRBUF_SECRET(max_bytes)                                                                   \
    {                                                                                              \
        .max = (max_bytes), .secret = true                                                         \
    }

/* The part of strbuf_extend that is not inline: the buffer has to grow. */
char *strbuf_extend_slowly(struct strbuf *b, size_t len);

/* Append len bytes that the caller fills in, where many small appends would be slow.  NULL, and
 * `failed` is set, when there is no room for them. */
static inline char *strbuf_extend(struct strbuf *b, size_t len)
{
    char *to;

    if (b->failed || b->data == NULL || len >= b->cap - b->len) {
        return strbuf_extend_slowly(b, len);
    }
    to = b->data + b->len;
    b->len += len;
    b->data[b->len] = '\0';
    return to;
}

/* When that would exceed max, or there is no memory, nothing is added and `failed` is set. */
static inline void strbuf_append(struct strbuf *b, const char *data, size_t len)
{
    char *to = strbuf_extend(b, len);

    if (to != NULL && len > 0) {
        memcpy(to, data, len);
    }
}

static inline void strbuf_puts(struct strbuf *b, const char *text)
{
    strbuf_append(b, text, strlen(text));
}

/* Append the blanks from one column to a further one, none where it is not further. */
void strbuf_put_blanks(struct strbuf *b, size_t from, size_t to);

void strbuf_printf(struct strbuf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Append text percent-encoded as one segment of a URL's path: every byte but unreserved ones, and
 * the dots of the segments "." and "..", which would lead out of the path. */
void strbuf_put_segment(struct strbuf *b, const char *text);

/* The text, "" when nothing was added.  Owned by the buffer. */
const char *strbuf_text(const struct strbuf *b);

/* Empty the buffer but keep its memory.  A secret is wiped. */
void strbuf_reset(struct strbuf *b);

/* Clear `part`, which `out` was made from; if it has failed, so has `out`. */
void strbuf_drop(struct strbuf *out, struct strbuf *part);

/* Free the memory; the buffer may be used again. */
void strbuf_clear(struct strbuf *b);

#endif

/* strbuf.c - growable text with a maximum. */
#include "offerstat/strbuf.h"

#include "offerstat/secret.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void give_back(struct strbuf *b)
{
    if (b->secret && b->data != NULL) {
        secret_wipe(b->data, b->cap);
    }
    free(b->data);
}

/* As realloc, which may leave a copy of a secret in the old block. */
static char *move_to(struct strbuf *b, size_t cap)
{
    char *data;

    if (!b->secret) {
        return realloc(b->data, cap);
    }
    data = malloc(cap);
    if (data != NULL) {
        if (b->data != NULL) {
            memcpy(data, b->data, b->len + 1);
        }
        give_back(b);
    }
    return data;
}

static int reserve(struct strbuf *b, size_t extra)
{
    size_t need, cap;
    char *data;

    if (b->failed || extra > b->max - b->len) {
        b->failed = true;
        return -1;
    }
    need = b->len + extra + 1;
    if (need <= b->cap) {
        return 0;
    }
    cap = b->cap < 64 ? 64 : b->cap;
    while (cap < need) {
        cap *= 2;
    }
    if (cap > b->max) { /* so that cap alone limits what can be appended */
        cap = b->max + 1;
    }
    data = move_to(b, cap);
    if (data == NULL) {
        b->failed = true;
        return -1;
    }
    b->data = data;
    b->cap = cap;
    return 0;
}

char *strbuf_extend_slowly(struct strbuf *b, size_t len)
{
    return reserve(b, len) == 0 ? strbuf_extend(b, len) : NULL;
}

void strbuf_put_blanks(struct strbuf *b, size_t from, size_t to)
{
    char *blanks = to > from ? strbuf_extend(b, to - from) : NULL;

    if (blanks != NULL) {
        memset(blanks, ' ', to - from);
    }
}

void strbuf_printf(struct strbuf *b, const char *format, ...)
{
    va_list args, again;
    int len;

    va_start(args, format);
    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0 || reserve(b, (size_t)len) != 0) {
        va_end(again);
        b->failed = true;
        return;
    }
    vsnprintf(b->data + b->len, (size_t)len + 1, format, again);
    va_end(again);
    b->len += (size_t)len;
}

void strbuf_put_segment(struct strbuf *b, const char *text)
{
    static const char unreserved[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~";
    bool climbs = strcmp(text, ".") == 0 || strcmp(text, "..") == 0;

    for (const char *p = text; *p != '\0'; p++) {
        if (strchr(unreserved, *p) != NULL || (*p == '.' && !climbs)) {
            strbuf_append(b, p, 1);
        } else {
            strbuf_printf(b, "%%%02X", (unsigned)(unsigned char)*p);
        }
    }
}

const char *strbuf_text(const struct strbuf *b)
{
    return b->data != NULL ? b->data : "";
}

void strbuf_reset(struct strbuf *b)
{
    if (b->secret && b->data != NULL) {
        secret_wipe(b->data, b->cap);
    }
    b->len = 0;
    b->failed = false;
    if (b->data != NULL) {
        b->data[0] = '\0';
    }
}

void strbuf_clear(struct strbuf *b)
{
    give_back(b);
    b->data = NULL;
    b->len = 0;
    b->cap = 0;
    b->failed = false;
}

void strbuf_drop(struct strbuf *out, struct strbuf *part)
{
    out->failed = out->failed || part->failed;
    strbuf_clear(part);
}

/* layout.c - cut, pad and wrap by display width. */
#include "layout.h"

#include "offerstat/escape.h"
#include "offerstat/utf8.h"

#include <string.h>

static size_t character_at(const char *p, size_t *width)
{
    const char *end = p + strnlen(p, 4);
    char one[5] = { 0 };
    size_t len = utf8_length(p, end);

    len = len > 0 ? len : 1;
    memcpy(one, p, len);
    *width = escape_width(one);
    return len;
}

/* Bytes of the longest beginning that fits; what has no width of its own stays with its letter. */
static size_t fitting(const char *text, size_t width)
{
    size_t used = 0, at = 0;

    while (text[at] != '\0') {
        size_t columns, len = character_at(text + at, &columns);
        if (used + columns > width) {
            break;
        }
        used += columns;
        at += len;
    }
    return at;
}

void layout_cut(struct strbuf *out, const char *text, size_t width, const char *ellipsis)
{
    size_t mark = escape_width(ellipsis);

    if (escape_width(text) <= width) {
        strbuf_puts(out, text);
        return;
    }
    if (mark > width) {
        strbuf_append(out, text, fitting(text, width));
        return;
    }
    strbuf_append(out, text, fitting(text, width - mark));
    strbuf_puts(out, ellipsis);
}

void layout_pad(struct strbuf *out, const char *text, size_t width)
{
    size_t used = escape_width(text);

    strbuf_puts(out, text);
    strbuf_printf(out, "%*s", used < width ? (int)(width - used) : 0, "");
}

size_t layout_line(const char *text, size_t width)
{
    size_t len = strcspn(text, "\n"), columns, fit;

    if (width == 0 || len == 0) {
        return len;
    }
    fit = fitting(text, width);
    if (fit >= len) {
        return len;
    }
    for (size_t at = fit + 1; at-- > 1;) {
        if (text[at] == ' ') {
            return at;
        }
    }
    return fit > 0 ? fit : character_at(text, &columns);
}

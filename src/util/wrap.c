/* wrap.c - text broken into lines by display width. */
#include "offerstat/wrap.h"

#include "offerstat/width.h"

#include <stdbool.h>
#include <string.h>

size_t wrap_fitting(const char *text, size_t width)
{
    const char *end = text + strlen(text), *p = text;
    size_t used = 0;

    while (p < end) {
        size_t columns, most, len = width_cluster(p, end, &columns, &most);
        if (used + most > width) {
            break;
        }
        used += most;
        p += len;
    }
    return (size_t)(p - text);
}

static bool holds_address(const char *text, size_t len)
{
    for (size_t i = 0; i + 3 <= len; i++) {
        if (memcmp(text + i, "://", 3) == 0) {
            return true;
        }
    }
    return false;
}

size_t wrap_line(const char *text, size_t width)
{
    size_t len = strcspn(text, "\n"), columns, fit, word;

    if (width == 0 || len == 0) {
        return len;
    }
    fit = wrap_fitting(text, width);
    if (fit >= len) {
        return len;
    }
    for (size_t at = fit + 1; at-- > 1;) {
        if (text[at] == ' ') {
            return at;
        }
    }
    word = strcspn(text, " \n");
    if (holds_address(text, word)) {
        return word;
    }
    return fit > 0 ? fit : width_cluster(text, text + len, &columns, NULL);
}

void wrap_put(struct strbuf *out, const char *text, size_t width, size_t used, size_t indent)
{
    if (*text == '\0' || width == 0 || indent >= width || used + width_most(text) <= width) {
        strbuf_puts(out, text);
        return;
    }
    if (used > indent && (used >= width || wrap_fitting(text, width - used) < strcspn(text, " "))) {
        strbuf_puts(out, "\n");
        strbuf_put_blanks(out, 0, indent); /* not even one word fits on this line */
        used = indent;
    }
    for (;;) {
        size_t len = wrap_line(text, width - used);
        strbuf_append(out, text, len);
        text += len;
        if (*text == ' ') {
            text++; /* the blanks at which the line was broken */
        }
        if (*text == '\0') {
            return;
        }
        strbuf_puts(out, "\n");
        strbuf_put_blanks(out, 0, indent);
        used = indent;
    }
}

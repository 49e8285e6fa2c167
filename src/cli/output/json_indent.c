/* json_indent.c - indenting JSON for a person. */
#include "json_indent.h"

#include <stdbool.h>
#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void new_line(struct strbuf *out, size_t depth)
{
    strbuf_puts(out, "\n");
    for (size_t i = 0; i < depth; i++) {
        strbuf_puts(out, "  ");
    }
}

/* Bytes of the string at p, with its quotes; up to `end` when it is not closed. */
static size_t string_length(const char *p, const char *end)
{
    const char *at = p + 1;

    while (at < end && *at != '"') {
        at += *at == '\\' && at + 1 < end ? 2 : 1;
    }
    return (size_t)((at < end ? at + 1 : end) - p);
}

/* Append one byte that is neither blank nor part of a string.  *depth: how many brackets are
 * open. */
static void put_sign(struct strbuf *out, const char *p, bool is_empty, size_t *depth)
{
    switch (*p) {
    case '{':
    case '[':
        ++*depth;
        strbuf_append(out, p, 1);
        if (!is_empty) {
            new_line(out, *depth);
        }
        break;
    case '}':
    case ']':
        *depth -= *depth > 0;
        if (!is_empty) {
            new_line(out, *depth);
        }
        strbuf_append(out, p, 1);
        break;
    case ',':
        strbuf_append(out, p, 1);
        new_line(out, *depth);
        break;
    case ':':
        strbuf_puts(out, ": ");
        break;
    default:
        strbuf_append(out, p, 1);
    }
}

void json_indent(struct strbuf *out, const char *text, size_t len)
{
    const char *p = text, *end = text + len;
    size_t depth = 0;
    char before = '\0'; /* the last byte that was no blank */

    while (p < end && is_blank(*p)) {
        p++;
    }
    if (p == end || (*p != '{' && *p != '[')) {
        strbuf_append(out, text, len);
        return;
    }
    while (p < end) {
        size_t part = 1;
        if (*p == '"') {
            part = string_length(p, end);
            strbuf_append(out, p, part);
        } else if (!is_blank(*p)) {
            const char *next = p + 1;
            bool closes = *p == '}' || *p == ']';
            while (next < end && is_blank(*next)) {
                next++;
            }
            if (closes) {
                put_sign(out, p, before == '{' || before == '[', &depth);
            } else {
                put_sign(out, p, next < end && (*next == '}' || *next == ']'), &depth);
            }
        }
        if (!is_blank(*p)) {
            before = *p;
        }
        p += part;
    }
}

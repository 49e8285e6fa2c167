/* escape.c - text made safe for terminals, CI runners and JSON. */
#include "offerstat/escape.h"

#include "offerstat/utf8.h"
#include "offerstat/width.h"

#include <string.h>
#include <strings.h>

#define REPLACEMENT "\xEF\xBF\xBD"

/* Invisible characters that move, hide or reverse what is printed, all below U+10000: C0, DEL, C1,
 * bidirectional controls, the two line separators, the byte order mark. */
static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x061C || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

/* What a runner may trim before it looks for a command: .NET's white space. */
static bool is_blank(uint32_t c)
{
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Azure Pipelines and GitHub obey "##[" and "##vso[" anywhere, "::" at the start of a line. */
static bool is_ci_command(const char *p, bool line_start)
{
    if (*p == '#') {
        return strncmp(p, "##[", 3) == 0 || strncasecmp(p, "##vso[", 6) == 0;
    }
    return *p == ':' && line_start && p[1] == ':';
}

void escape_text(struct strbuf *out, const char *text, unsigned flags)
{
    const char *end = text + strlen(text);
    bool line_start = true;

    while (text < end) {
        size_t len = utf8_plain(text, end);
        uint32_t c = 0;
        bool known;
        if (len > 0 && !(line_start && (*text == ':' || *text == ' '))) { /* "::" is a command */
            strbuf_append(out, text, len);
            text += len;
            line_start = false;
            continue;
        }
        len = utf8_decode(text, end, &c);
        known = len > 0;
        if (!known) {
            strbuf_puts(out, REPLACEMENT);
            len = 1;
        } else if ((flags & ESCAPE_LINES) != 0 && c == '\n') {
            strbuf_puts(out, "\n");
        } else if ((flags & ESCAPE_LINES) != 0 && c == '\r' && text[1] == '\n') {
            /* the line feed after it is the line end */
        } else if (is_control(c) || ((flags & ESCAPE_WIDTH) != 0 && !width_is_known(c))) {
            strbuf_printf(out, "<U+%04X>", (unsigned)c);
        } else {
            strbuf_append(out, text, len);
            if ((flags & ESCAPE_CI) != 0 && is_ci_command(text, line_start)) {
                strbuf_puts(out, " ");
            }
        }
        line_start = known && (c == '\n' || (line_start && is_blank(c)));
        text += len;
    }
}

/* The usual case: nothing to escape. */
static bool put_plain(struct strbuf *out, const char *text, size_t len)
{
    char *to;

    if (utf8_plain(text, text + len) < len) {
        return false;
    }
    to = strbuf_extend(out, len + 2);
    if (to != NULL) {
        to[0] = '"';
        memcpy(to + 1, text, len);
        to[len + 1] = '"';
    }
    return true;
}

void escape_json(struct strbuf *out, const char *text)
{
    size_t whole = strlen(text);
    const char *end = text + whole, *plain = text;

    if (put_plain(out, text, whole)) {
        return;
    }
    strbuf_puts(out, "\"");
    while (text += utf8_plain(text, end), text < end) {
        uint32_t c = 0;
        size_t len = utf8_decode(text, end, &c);
        if (len > 0 && !is_control(c) && c != '"' && c != '\\' && c != '#') {
            text += len;
            continue;
        }
        strbuf_append(out, plain, (size_t)(text - plain));
        if (len == 0) {
            strbuf_puts(out, REPLACEMENT);
        } else if (c == '"' || c == '\\') {
            strbuf_printf(out, "\\%c", (int)c);
        } else {
            strbuf_printf(out, "\\u%04x", (unsigned)c);
        }
        text += len > 0 ? len : 1;
        plain = text;
    }
    strbuf_append(out, plain, (size_t)(text - plain));
    strbuf_puts(out, "\"");
}

/* escape_markup.c - text in XML, HTML and Markdown. */
#include "offerstat/escape.h"

#include "offerstat/utf8.h"

#include <string.h>

#define TEXT_MAX ((size_t)16 * 1024 * 1024)

/* Unicode's noncharacters: XML and HTML each forbid some of them. */
static bool is_noncharacter(uint32_t c)
{
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

static bool is_letter_or_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The character as a numeric reference, which is plain text in all three. */
static void put_reference(struct strbuf *out, char c)
{
    strbuf_printf(out, "&#%d;", c);
}

/* Append up to the next character of `special` and return what follows.  text is valid UTF-8, as
 * escape_text writes it. */
static const char *put_until(struct strbuf *out, const char *text, const char *special)
{
    const char *end = text + strlen(text);

    while (*text != '\0' && strchr(special, *text) == NULL) {
        uint32_t c = 0;
        size_t len = utf8_decode(text, end, &c);
        if (is_noncharacter(c)) {
            strbuf_printf(out, "&lt;U+%04X&gt;", (unsigned)c);
        } else {
            strbuf_append(out, text, len);
        }
        text += len;
    }
    return text;
}

void escape_markup(struct strbuf *out, const char *text)
{
    static const char special[] = "&<>\"'#\n";
    struct strbuf safe = STRBUF_INIT(TEXT_MAX);
    const char *rest;

    escape_text(&safe, text, ESCAPE_LINES);
    for (rest = strbuf_text(&safe); *rest != '\0';) {
        rest = put_until(out, rest, special);
        if (*rest == '<') {
            strbuf_puts(out, "&lt;");
        } else if (*rest == '>') {
            strbuf_puts(out, "&gt;");
        } else if (*rest == '&') {
            strbuf_puts(out, "&amp;");
        } else if (*rest != '\0') {
            put_reference(out, *rest);
        }
        rest += *rest != '\0';
    }
    strbuf_drop(out, &safe);
}

/* Characters that are markup only at the start of a line; a number is a list item when '.' or ')'
 * follows. */
static bool is_special_here(const char *at, bool line_start, bool after_number)
{
    if (line_start) {
        return strchr("+-=:", *at) != NULL;
    }
    return after_number && (*at == '.' || *at == ')');
}

void escape_markdown(struct strbuf *out, const char *text, const char *line_end)
{
    static const char always[] = "\\`*_{}[]<>|~&$#!^@\n";
    struct strbuf safe = STRBUF_INIT(TEXT_MAX);
    bool line_start = true, number = false; /* only blanks so far; only digits so far */

    escape_text(&safe, text, line_end != NULL ? ESCAPE_LINES : 0);
    for (const char *at = strbuf_text(&safe); *at != '\0'; at++) {
        if (*at == '\n' && line_end != NULL) {
            strbuf_puts(out, line_end);
            line_start = true;
            number = false;
            continue;
        }
        if (strchr(always, *at) != NULL || is_special_here(at, line_start, number)) {
            put_reference(out, *at);
            /* "@name" mentions a person and "#1" an issue, even written as references */
            if ((*at == '@' || *at == '#') && is_letter_or_digit(at[1])) {
                strbuf_puts(out, "<!-- -->");
            }
        } else {
            strbuf_append(out, at, 1);
        }
        number = *at >= '0' && *at <= '9' && (line_start || number);
        line_start = line_start && *at == ' ';
    }
    strbuf_drop(out, &safe);
}

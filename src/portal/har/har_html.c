/* har_html.c - tags without attributes, and anchors with their address. */
#include "har/har_html.h"

#include "offerstat/text.h"

#include <string.h>

#define BLANK " \t\r\n\f"

/* The name of a tag that begins after '<' or '</'. */
static size_t name_length(const char *p)
{
    return strspn(p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}

static int is_tag(const char *name, size_t len, const char *wanted)
{
    size_t i = 0;

    while (i < len && wanted[i] != '\0' && text_lower(name[i]) == (unsigned char)wanted[i]) {
        i++;
    }
    return i == len && wanted[i] == '\0';
}

/* The attribute at p: its value with its quotes; returns where it ends. */
static const char *read_attribute(const char *p, const char **value, size_t *value_len)
{
    *value = p;
    *value_len = 0;
    if (*p != '=') {
        return p;
    }
    p++;
    p += strspn(p, BLANK);
    *value = p;
    if (*p == '"' || *p == '\'') {
        const char *end = strchr(p + 1, *p);
        p = end != NULL ? end + 1 : p + strlen(p);
    } else {
        p += strcspn(p, BLANK ">");
    }
    *value_len = (size_t)(p - *value);
    return p;
}

/* Pass over the attributes of a tag; returns where it ends. */
static const char *put_attributes(const char *p, int is_anchor, struct strbuf *out)
{
    while (*p != '\0' && *p != '>') {
        const char *name, *value;
        size_t name_len, value_len;

        p += strspn(p, BLANK "/");
        name = p;
        name_len = strcspn(p, BLANK "=>/");
        if (name_len == 0 && *p == '=') {
            name_len = 1;
        }
        p += name_len;
        p += strspn(p, BLANK);
        p = read_attribute(p, &value, &value_len);
        if (is_anchor && value_len > 0 && is_tag(name, name_len, "href")) {
            strbuf_puts(out, " href=");
            strbuf_append(out, value, value_len);
        }
    }
    return p;
}

/* After the tag that opens an element whose content is no text: where its closing tag begins. */
static const char *skip_content(const char *p, const char *name)
{
    size_t len = strlen(name);

    while ((p = strchr(p, '<')) != NULL) {
        if (p[1] == '/' && name_length(p + 2) == len && is_tag(p + 2, len, name)) {
            return p;
        }
        p++;
    }
    return NULL;
}

/* The tag at p, with what must not be shown after it; returns where to go on. */
static const char *put_tag(const char *p, struct strbuf *out)
{
    static const char *const hidden[] = { "script", "style" };
    const char *name = p[1] == '/' ? p + 2 : p + 1;
    size_t len = name_length(name);

    strbuf_append(out, p, (size_t)(name + len - p));
    p = put_attributes(name + len, is_tag(name, len, "a"), out);
    if (*p == '>') {
        strbuf_puts(out, ">");
        p++;
    }
    for (size_t i = 0; name[-1] != '/' && i < 2; i++) {
        if (is_tag(name, len, hidden[i])) {
            const char *end = skip_content(p, hidden[i]);
            return end != NULL ? end : p + strlen(p);
        }
    }
    return p;
}

void har_html_filter(const char *html, struct strbuf *out)
{
    const char *p = html;

    while (*p != '\0') {
        size_t text = strcspn(p, "<");
        strbuf_append(out, p, text);
        p += text;
        if (*p == '\0') {
            return;
        }
        if (strncmp(p, "<!--", 4) == 0) {
            const char *end = strstr(p + 4, "-->");
            p = end != NULL ? end + 3 : p + strlen(p);
        } else if (p[1] == '!' || p[1] == '?') {
            p += strcspn(p, ">");
            p += *p != '\0';
        } else if (name_length(p + 1) > 0 || (p[1] == '/' && name_length(p + 2) > 0)) {
            p = put_tag(p, out);
        } else {
            strbuf_append(out, p, 1);
            p++;
        }
    }
}

size_t har_html_markup(const char *p)
{
    static const char *const tags[] = { "a",  "b",  "br", "code", "div",    "em",    "h1",  "h2",
                                        "h3", "h4", "i",  "li",   "ol",     "p",     "pre", "span",
                                        "td", "th", "tr", "u",    "strong", "table", "ul" };
    static const char address[] = " href=";
    size_t start, len;

    if (*p == '&') {
        len = 1 + strspn(p + 1, "#") + name_length(p + 1 + strspn(p + 1, "#"));
        return p[len] == ';' ? len + 1 : 0;
    }
    if (*p != '<') {
        return 0;
    }
    start = p[1] == '/' ? 2 : 1;
    len = name_length(p + start);
    for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
        if (is_tag(p + start, len, tags[i])) {
            bool has_address = strncmp(p + start + len, address, sizeof(address) - 1) == 0;
            return start + len + (has_address ? sizeof(address) - 1 : 0);
        }
    }
    return 0;
}

/* html_text.c - text and links from HTML, by the SAX events of libxml2's HTML parser, without a
 * tree. */
#include "api/html_text.h"

#include "api/libxml2.h"
#include "offerstat/strbuf.h"

#include <string.h>
#include <strings.h>

struct anchor {
    const char *href;
    size_t start, len; /* its text's place in the collector's text; len 0: no text yet */
};

struct collector {
    struct arena *arena;
    struct strbuf text;
    struct anchor *anchors;
    size_t count, cap;
    bool in_anchor;
    unsigned hidden;  /* open elements whose content is not shown */
    bool blank, line; /* due before the next word; a line end replaces a blank */
    bool no_memory;
};

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (strcasecmp(name, *names) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_hidden(const char *name)
{
    static const char *const names[] = { "script", "style", "head", "title", "template", NULL };

    return is_one_of(name, names);
}

static bool is_block(const char *name)
{
    static const char *const names[] = { "p",  "br",      "div",        "li", "ul", "ol",
                                         "tr", "table",   "h1",         "h2", "h3", "h4",
                                         "h5", "h6",      "pre",        "hr", "dl", "dt",
                                         "dd", "section", "blockquote", NULL };

    return is_one_of(name, names);
}

/* A NO-BREAK SPACE (U+00A0) in UTF-8. */
static bool is_nbsp(const char *data, size_t len)
{
    return len >= 2 && (unsigned char)data[0] == 0xC2 && (unsigned char)data[1] == 0xA0;
}

/* Put the blank or line end that is due before the next word; none at the start of the text. */
static void add_separator(struct collector *c)
{
    if (c->text.len > 0 && c->line) {
        strbuf_puts(&c->text, "\n");
    } else if (c->text.len > 0 && c->blank) {
        strbuf_puts(&c->text, " ");
    }
    c->line = false;
    c->blank = false;
}

/* Append text, with each run of white space as one blank or one line end. */
static void add_text(struct collector *c, const char *data, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (is_nbsp(data + i, len - i)) {
            c->blank = true;
            i++;
            continue;
        }
        if (strchr(" \t\r\n\f", data[i]) != NULL) {
            c->blank = true;
            continue;
        }
        add_separator(c);
        if (c->in_anchor && c->anchors[c->count - 1].len == 0) {
            c->anchors[c->count - 1].start = c->text.len;
            c->anchors[c->count - 1].len = 1;
        }
        strbuf_append(&c->text, data + i, 1);
    }
}

static void end_anchor(struct collector *c)
{
    if (c->in_anchor && c->anchors[c->count - 1].len > 0) {
        c->anchors[c->count - 1].len = c->text.len - c->anchors[c->count - 1].start;
    }
    c->in_anchor = false;
}

/* Copy an address as browsers read it: without the blanks around it, without tabs and line ends in
 * it, and with %20 for each blank. */
static const char *copy_address(struct collector *c, const char *href)
{
    struct strbuf address = STRBUF_INIT(4 * HTML_MAX);
    size_t len = strlen(href);
    const char *copy = NULL;

    while (len > 0 && strchr(" \t\r\n\f", href[len - 1]) != NULL) {
        len--;
    }
    for (size_t i = 0; i < len; i++) {
        if (href[i] == ' ' || href[i] == '\f') {
            strbuf_puts(&address, "%20");
        } else if (strchr("\t\r\n", href[i]) == NULL) {
            strbuf_append(&address, &href[i], 1);
        }
    }
    if (!address.failed) {
        copy = arena_strdup(c->arena, strbuf_text(&address));
    }
    strbuf_clear(&address);
    return copy;
}

static void begin_anchor(struct collector *c, const char *href)
{
    href += strspn(href, " \t\r\n\f");
    if (strncasecmp(href, "http://", 7) != 0 && strncasecmp(href, "https://", 8) != 0) {
        return;
    }
    if (c->count == c->cap) {
        size_t cap = c->cap == 0 ? 4 : c->cap * 2;
        struct anchor *anchors = arena_alloc(c->arena, cap * sizeof(*anchors));
        if (anchors == NULL) {
            c->no_memory = true;
            return;
        }
        if (c->count > 0) {
            memcpy(anchors, c->anchors, c->count * sizeof(*anchors));
        }
        c->anchors = anchors;
        c->cap = cap;
    }
    c->anchors[c->count] = (struct anchor){ .href = copy_address(c, href) };
    c->no_memory = c->no_memory || c->anchors[c->count].href == NULL;
    c->count++;
    c->in_anchor = true;
}

static void html_on_start(void *user, const xmlChar *name, const xmlChar **attributes)
{
    struct collector *c = user;
    const char *tag = (const char *)name;

    if (is_hidden(tag)) {
        c->hidden++;
    }
    c->line = c->line || is_block(tag);
    if (strcasecmp(tag, "a") == 0) {
        end_anchor(c);
        for (; attributes != NULL && attributes[0] != NULL; attributes += 2) {
            if (strcasecmp((const char *)attributes[0], "href") == 0 && attributes[1] != NULL) {
                begin_anchor(c, (const char *)attributes[1]);
                break;
            }
        }
    }
}

static void html_on_end(void *user, const xmlChar *name)
{
    struct collector *c = user;
    const char *tag = (const char *)name;

    if (is_hidden(tag) && c->hidden > 0) {
        c->hidden--;
    }
    c->line = c->line || is_block(tag);
    if (strcasecmp(tag, "a") == 0) {
        end_anchor(c);
    }
}

static void html_on_text(void *user, const xmlChar *data, int len)
{
    struct collector *c = user;

    if (c->hidden == 0 && len > 0) {
        add_text(c, (const char *)data, (size_t)len);
    }
}

static int parse(struct collector *c, const char *html, size_t len, struct error *err)
{
    htmlSAXHandler handler = { .startElement = html_on_start,
                               .endElement = html_on_end,
                               .characters = html_on_text,
                               .cdataBlock = html_on_text,
                               .ignorableWhitespace = html_on_text };
    const struct libxml2 *xml = libxml2_load(err);
    htmlParserCtxtPtr parser;

    if (xml == NULL) {
        return -1;
    }
    parser = xml->create(&handler, c, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (parser == NULL) {
        return error_memory(err);
    }
    /* IGNORE_ENC: it came in JSON and is UTF-8, whatever a <meta> in it says. */
    xml->use_options(parser, HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                 HTML_PARSE_RECOVER | HTML_PARSE_IGNORE_ENC);
    xml->parse(parser, html, (int)len, 0);
    xml->parse(parser, NULL, 0, 1);
    if (parser->errNo == XML_ERR_NO_MEMORY) {
        c->no_memory = true;
    }
    if (parser->myDoc != NULL) {
        xml->free_doc(parser->myDoc);
    }
    xml->free_parser(parser);
    return 0;
}

/* Make the message.  0, or -1 without memory. */
static int make_message(struct collector *c, struct message *message)
{
    struct link *links;

    message->text = c->text.len > 0 ? arena_strdup(c->arena, strbuf_text(&c->text)) : NULL;
    message->links = NULL;
    message->link_count = 0;
    if (c->text.len > 0 && message->text == NULL) {
        return -1;
    }
    if (c->count == 0) {
        return 0;
    }
    links = arena_alloc(c->arena, c->count * sizeof(*links));
    if (links == NULL) {
        return -1;
    }
    for (size_t i = 0; i < c->count; i++) {
        const struct anchor *from = &c->anchors[i];
        links[i].href = from->href;
        links[i].text = from->href;
        if (from->len > 0) {
            links[i].text = arena_strndup(c->arena, strbuf_text(&c->text) + from->start, from->len);
        }
        if (links[i].text == NULL) {
            return -1;
        }
    }
    message->links = links;
    message->link_count = c->count;
    return 0;
}

int html_to_message(const char *html, struct arena *a, struct message *message, struct error *err)
{
    struct collector c = { .arena = a, .text = STRBUF_INIT(4 * HTML_MAX) };
    size_t len = strlen(html);
    int rc = -1;

    if (len > HTML_MAX) {
        return error_set(err, ERR_ANSWER, "a message is larger than %zu KiB", HTML_MAX / 1024);
    }
    /* Most messages are plain sentences: they need no parser. */
    if (len > HTML_PARSED_MAX || strpbrk(html, "<&") == NULL) {
        add_text(&c, html, len);
    } else if (parse(&c, html, len, err) != 0) {
        goto done;
    }
    end_anchor(&c);
    if (c.no_memory || c.text.failed || make_message(&c, message) != 0) {
        error_memory(err);
        goto done;
    }
    rc = 0;
done:
    strbuf_clear(&c.text);
    return rc;
}

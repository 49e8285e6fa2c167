/* html_text.c - messageHtml through libxml2's HTML push parser, as events and never as a tree. */
#include "api/html_text.h"

#include "api/libxml2.h"
#include "offerstat/strbuf.h"

#include <string.h>
#include <strings.h>

struct anchor {
    const char *href;
    size_t start, len; /* its words, as a part of the text */
};

struct collector {
    struct arena *arena;
    struct strbuf text;
    struct anchor *anchors;
    size_t count, cap;
    bool in_anchor;
    unsigned hidden;  /* depth of elements whose content is not for reading */
    bool blank, line; /* owed before the next word */
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

/* Words, with runs of white space folded into one blank or one line end. */
static void add_text(struct collector *c, const char *data, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bool nbsp =
            i + 1 < len && (unsigned char)data[i] == 0xC2 && (unsigned char)data[i + 1] == 0xA0;
        if (nbsp || strchr(" \t\r\n\f", data[i]) != NULL) {
            c->blank = true;
            i += nbsp ? 1 : 0;
            continue;
        }
        if (c->text.len > 0 && (c->line || c->blank)) {
            strbuf_append(&c->text, c->line ? "\n" : " ", 1);
        }
        c->line = false;
        c->blank = false;
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

/* As browsers read an address: without the blanks around it, without line ends in it, and with %20
 * for every other blank. */
static const char *copy_address(struct collector *c, const char *href)
{
    struct strbuf address = STRBUF_INIT(4 * HTML_MAX);
    size_t len = strlen(href);
    const char *copy = NULL;

    while (len > 0 && strchr(" \t\r\n\f", href[len - 1]) != NULL) {
        len--;
    }
    for (size_t i = 0; i < len; i++) {
        if (strchr("\t\r\n", href[i]) == NULL) {
            strbuf_append(&address, href[i] == ' ' || href[i] == '\f' ? "%20" : &href[i],
                          href[i] == ' ' || href[i] == '\f' ? 3 : 1);
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

static void on_start(void *user, const xmlChar *name, const xmlChar **attributes)
{
    struct collector *c = user;
    const char *tag = (const char *)name;

    c->hidden += is_hidden(tag) ? 1 : 0;
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

static void on_end(void *user, const xmlChar *name)
{
    struct collector *c = user;
    const char *tag = (const char *)name;

    c->hidden -= is_hidden(tag) && c->hidden > 0 ? 1 : 0;
    c->line = c->line || is_block(tag);
    if (strcasecmp(tag, "a") == 0) {
        end_anchor(c);
    }
}

static void on_text(void *user, const xmlChar *data, int len)
{
    struct collector *c = user;

    if (c->hidden == 0 && len > 0) {
        add_text(c, (const char *)data, (size_t)len);
    }
}

static int parse(struct collector *c, const char *html, size_t len, struct error *err)
{
    htmlSAXHandler handler = { .startElement = on_start,
                               .endElement = on_end,
                               .characters = on_text,
                               .cdataBlock = on_text,
                               .ignorableWhitespace = on_text };
    const struct libxml2 *xml = libxml2_load(err);
    htmlParserCtxtPtr parser;

    if (xml == NULL) {
        return -1;
    }
    parser = xml->create(&handler, c, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (parser == NULL) {
        return error_memory(err);
    }
    /* It came in JSON and is UTF-8, whatever a <meta> in it says. */
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

static int give(struct collector *c, struct message *message)
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
        links[i].text =
            from->len > 0 ? arena_strndup(c->arena, strbuf_text(&c->text) + from->start, from->len)
                          : from->href;
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
    if (c.no_memory || c.text.failed || give(&c, message) != 0) {
        error_memory(err);
        goto done;
    }
    rc = 0;
done:
    strbuf_clear(&c.text);
    return rc;
}

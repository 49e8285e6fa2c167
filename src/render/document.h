/* document.h - the document being written: its options, its text, the records it shows. */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include "offerstat/render.h"
#include "offerstat/strbuf.h"
#include "offerstat/waiting.h"

#include "fields.h"

/* How a format writes; one in each format's file. */
struct render_writer {
    bool tabular;      /* shows columns: all fields must be tabular */
    bool wide;         /* shows the wide choice of columns */
    bool tokens;       /* for programs: all columns but those for people, times in UTC */
    bool english;      /* all of its text is English */
    bool cards;        /* shows all of an offer, not columns */
    bool shows_ending; /* see render_shows_ending */
    /* Write one offer before the report is whole; NULL where the format needs all of it. */
    int (*offer)(struct render *r, const struct offer *o, struct error *err);
    /* Write an event of a wait at once; NULL when the format reports only the end. */
    int (*event)(struct render *r, const struct wait_event *e, struct error *err);
    int (*finish)(struct render *r, const struct report *report, struct error *err);
};

/* Appending to the strbufs below returns nothing: when it has failed the next render_flush
 * fails. */
struct render {
    const struct render_writer *writer;
    struct render_options options;
    const struct field *fields[FIELD_COUNT_MAX]; /* those shown, in their order */
    size_t field_count;
    struct offer offer;        /* the offer that render_record returned last */
    struct strbuf text;        /* what render_flush will write */
    size_t written;            /* bytes that it has written */
    struct strbuf value, safe; /* scratch: a value, and the same made safe */
};

/* Write r->text and empty it.  0, or -1 (ERR_OUTPUT, or ERR_MEMORY where an append failed). */
int render_flush(struct render *r, struct error *err);

/* Flush r->text and then the stream: the end of the document. */
int render_flush_all(struct render *r, struct error *err);

/* Flush once 64 KiB have gathered, so that a large report is never held whole. */
int render_flush_some(struct render *r, struct error *err);

/* Bytes of the document so far; and cut it back to a length that it has had since the last
 * flush. */
size_t render_length(const struct render *r);
void render_take_back(struct render *r, size_t length);

/* Empty r->value, r->safe or another scratch buffer.  That it has failed is remembered in
 * r->text. */
void render_start_over(struct render *r, struct strbuf *scratch);

/* Append to r->text: unchanged (never a text of a service), made safe for people, or made safe and
 * in an ANSI colour (NULL: none) when colours are wanted. */
void render_put_raw(struct render *r, const char *text);
void render_put(struct render *r, const char *text);
void render_put_colored(struct render *r, const char *color, const char *text);

/* Whether an address is http or https, and has no character that could end a link early. */
bool render_is_address(const char *href);

/* Append such an address, as a hyperlink when links are wanted. */
void render_put_link(struct render *r, const char *href);

/* Append text of one or more lines, made safe, wrapped where a width is set.  `first` stands before
 * the first line, as many blanks before the others. */
void render_put_wrapped(struct render *r, size_t indent, const char *first, const char *text);

/* The same with each of its lines in a colour. */
void render_put_wrapped_colored(struct render *r, const char *color, size_t indent,
                                const char *first, const char *text);

/* Append that many blanks. */
void render_indent(struct render *r, size_t columns);

/* Whether the view's records are offers, and not publishers, events or durations. */
bool render_has_offers(const struct render *r);

/* Two publishers may have offers with one id: when there are several, show the publisher before it
 * unless the user chose fields. */
void render_show_publishers(struct render *r, const struct report *report);

/* How many records the view shows, and the i-th.  An offer is valid until the next call. */
size_t render_record_count(const struct render *r, const struct report *report);
const void *render_record(struct render *r, const struct report *report, size_t i);

#endif

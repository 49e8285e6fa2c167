/* render_priv.h - what a format has to offer, and what it may use. */
#ifndef RENDER_PRIV_H
#define RENDER_PRIV_H

#include "offerstat/render.h"
#include "offerstat/strbuf.h"

/* One key of a record: one row in fields.c.  A record is a struct offer, but a struct publisher in
 * VIEW_PUBLISHERS and a struct event in VIEW_HISTORY. */
struct field {
    struct render_field info;
    /* Append the value as plain text, not yet safe; nothing where there is none.  NULL for a field
     * that is not tabular. */
    void (*text)(struct strbuf *out, const void *record, const struct render_options *options);
    void (*json)(struct strbuf *out, const void *record);
    /* How readily a table cuts it: 0 never, else the highest first. */
    unsigned cut;
    /* ANSI colour of the value, or NULL. */
    const char *(*color)(const void *record);
};

/* The i-th field of the view, or NULL after the last; the one of this key, or NULL. */
const struct field *field_at(enum render_view view, size_t i);
const struct field *field_find(enum render_view view, const char *key);

/* The keys of the columns that the view shows unless told otherwise, NULL after the last. */
const char *const *field_columns(enum render_view view, bool wide);

/* A time stamp of a record (RFC 3339, UTC) as the options want it. */
void field_put_time(struct strbuf *out, const char *at, const struct render_options *options);

/* "displaycertify" or "Certification": what a step is called for people. */
const char *field_step_name(const struct step *s);

/* ANSI colour of a state, or NULL. */
const char *field_state_color(enum offer_state state);

struct render_writer {
    bool tabular; /* all fields must be tabular */
    bool wide;
    /* Write one offer before the report is whole; NULL where the format needs all of it. */
    int (*offer)(struct render *r, const struct offer *o, struct error *err);
    int (*finish)(struct render *r, const struct report *report, struct error *err);
};

extern const struct render_writer table_writer, wide_writer, json_writer, ndjson_writer,
    name_writer;

/* A document being written. */
struct render {
    const struct render_writer *writer;
    struct render_options options;
    const struct field **fields;
    size_t field_count;
    struct offer room;         /* the offer that render_record gave last */
    struct strbuf text;        /* what comes next, for render_flush */
    struct strbuf spare, cell; /* a value, and the same made safe */
};

/* Write r->text and forget it.  0, or -1 (ERR_OUTPUT, ERR_MEMORY). */
int render_flush(struct render *r, struct error *err);

/* Flush once enough has gathered. */
int render_flush_some(struct render *r, struct error *err);

/* Empty r->spare or r->cell; that one of them failed is not forgotten. */
void render_start_over(struct render *r, struct strbuf *scratch);

/* Append text, safe for people, to r->text. */
void render_put(struct render *r, const char *text);

/* Whether the view's records are offers. */
bool render_has_offers(const struct render *r);

/* What a document calls the view's records, and one of them. */
const char *render_records_key(const struct render *r);
const char *render_record_kind(const struct render *r);

/* How many records the view shows, and the i-th. */
size_t render_record_count(const struct render *r, const struct report *report);
const void *render_record(struct render *r, const struct report *report, size_t i);

/* detail.c: the long form of VIEW_SHOW. */
int detail_finish(struct render *r, const struct report *report, struct error *err);

/* Where the offer stands: step, status, messages with their links. */
void detail_put_standing(struct render *r, const struct offer *o, size_t step);

/* Messages with their links, each with the icon of its level. */
void detail_put_messages(struct render *r, size_t indent, const struct message *messages,
                         size_t count);

/* Whether what blocks publishing stands in the offer's own messages, and in no step. */
bool detail_is_blocked_by_messages(const struct offer *o);

/* Append text, wrapped where a width is set; `first` stands before the first line. */
void detail_put_wrapped(struct render *r, size_t indent, const char *first, const char *text);

/* Append text in a colour, where colours are wanted and there is one. */
void render_put_colored(struct render *r, const char *color, const char *text);

/* table.c: how many offers are in which state, from *used columns on. */
void table_put_states(struct render *r, const struct report *report, const char *sign, size_t used);

/* check.c: offers that offend, each with its reason. */
int check_finish(struct render *r, const struct report *report, struct error *err);

/* json.c: parts of documents, for ndjson as well. */
void json_put_text(struct strbuf *out, const char *text); /* null where text is NULL */
void json_put_record(struct render *r, const void *record);
void json_put_problem(struct strbuf *out, const struct problem *p);
void json_put_head(struct strbuf *out, const struct report *report);
void json_put_counts(struct strbuf *out, const struct report *report);
void json_put_notes(struct strbuf *out, const struct report *report); /* "notes": [...] */
void json_put_verdict(struct strbuf *out, const struct report *report);
void json_put_steps(struct strbuf *out, const struct offer *o);
void json_put_sources(struct strbuf *out, const struct offer *o); /* null where one API was asked */
void json_put_messages(struct strbuf *out, const struct message *messages, size_t count);

#endif

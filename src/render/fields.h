/* fields.h - the fields of a record: one row for each key in fields.c. */
#ifndef FIELDS_H
#define FIELDS_H

#include "offerstat/render.h"
#include "offerstat/strbuf.h"

#define FIELD_COUNT_MAX 32 /* no view has more */

/* One key of a record.  A record is a struct offer, but a struct publisher in VIEW_PUBLISHERS, a
 * struct event in VIEW_HISTORY, struct durations in VIEW_STATS and a struct recorded_change in
 * VIEW_CHANGES. */
struct field {
    struct render_field info;
    const char *json_key; /* with the comma before it and the colon after it */
    /* Append the value as plain text, not yet safe; nothing where there is none.  NULL for a field
     * that is not tabular. */
    void (*text)(struct strbuf *out, const void *record, const struct render_options *options);
    void (*json)(struct strbuf *out, const void *record);
    /* In a table: see struct layout_column. */
    unsigned leaves;
    size_t least;
    bool leads;
    bool for_people;       /* repeats other fields: formats for programs leave it out */
    bool flat;             /* in JSON it is part of another field */
    bool is_time;          /* can be shown as an age */
    bool is_outlook;       /* of struct outlook */
    const char *age_title; /* of a time: its title above short ages, or NULL: `title` */
    /* ANSI colour of the value, or NULL; itself NULL for a field without colours. */
    const char *(*color)(const void *record);
};

struct field_table {
    const struct field *rows;
    size_t count;
};
extern const struct field_table offer_table, event_table, publisher_table;

/* The i-th field of the view, NULL after the last; the field of this key, else of this title, or
 * NULL. */
const struct field *field_at(enum render_view view, size_t i);
const struct field *field_find(enum render_view view, const char *key);

/* The keys of the columns that the view shows by default, NULL after the last. */
const char *const *field_columns(enum render_view view, bool wide);

/* Append a time of a record (RFC 3339, UTC) as the options want it; text that is no time is
 * appended unchanged, nothing for NULL. */
void field_put_time(struct strbuf *out, const char *at, const struct render_options *options);

/* The same, with the date first when times are relative ("5 days ago"). */
void field_put_moment(struct strbuf *out, const char *at, const struct render_options *options);

/* What a step is called for people: its name ("Certification"), else its id. */
const char *field_step_name(const struct step *s);

/* ANSI colour of a state, or NULL. */
const char *field_state_color(enum offer_state state);

#endif

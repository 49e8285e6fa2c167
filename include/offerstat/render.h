/* render.h - a report in, bytes out.  Decides nothing about offers. */
#ifndef OFFERSTAT_RENDER_H
#define OFFERSTAT_RENDER_H

#include "offerstat/error.h"
#include "offerstat/outcome.h"
#include "offerstat/report.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum render_view {
    VIEW_LIST,
    VIEW_SHOW,
    VIEW_APPROVALS,
    VIEW_CHECK,
    VIEW_PUBLISHERS,
    VIEW_HISTORY,
    VIEW_STATS,
    VIEW_CHANGES
};
#define VIEW_COUNT 8

enum render_time {
    RENDER_TIME_UTC,
    RENDER_TIME_LOCAL,
    RENDER_TIME_RELATIVE, /* "3 days ago"; in a table that would be too wide, "3d" */
    RENDER_TIME_AGE       /* "3d" */
};

struct render_options {
    enum render_view view;
    bool tokens; /* words for machines, not for people; render_open sets it for formats that need it
                  */
    FILE *out;   /* not closed by render_close */
    bool ci;     /* out may be read by a CI runner (it is no terminal): break up its commands */
    bool color;  /* ANSI colours by state */
    /* Out is a terminal that obeys escape sequences: after text whose width differs between
     * terminals (width.h) the cursor is moved to where the next column begins. */
    bool positions;
    bool links;       /* addresses as OSC 8 hyperlinks; out is such a terminal */
    bool ascii;       /* icons and the ellipsis in ASCII */
    bool header;      /* column titles, and the tally after a table */
    size_t width;     /* columns to fit a table into; 0: never cut */
    size_t max_bytes; /* Markdown: length of the document at most; 0: 1 MiB */
    enum render_time time;
    int64_t now_ms;            /* for RENDER_TIME_RELATIVE */
    const char *const *fields; /* keys chosen by the user, in their order; borrowed */
    bool ages, estimates; /* a list also shows how long offers have been in their step, and how long
                           * that takes */
    /* In a table: the character in front of an offer's row, ' ' for none.  NULL: no such column. */
    char (*mark)(const void *user, const struct offer *o);
    const void *mark_user;
    size_t field_count;                  /* 0: the view's own columns; JSON: every key */
    const struct verdict_policy *policy; /* VIEW_CHECK: what was checked; borrowed; may be NULL */
};

/* One output format: one file, and one row in render.c. */
struct render_format {
    const char *name, *help;
    bool machine;       /* stdout holds one valid document unless the usage was wrong */
    bool takes_fields;  /* --fields holds for it */
    bool takes_titles;  /* --no-header does */
    bool shows_passing; /* a check shows the offers that pass, too: report->passing */
    unsigned views;     /* a bit for each enum render_view that it can show */
    const struct render_writer *writer; /* how it writes: document.h */
};

extern const struct render_format *const render_formats[];
extern const size_t render_format_count;

/* Whether the format can show the view.  render_open refuses others. */
bool render_format_shows(const struct render_format *format, enum render_view view);

/* By exact name, or NULL. */
const struct render_format *render_format_find(const char *name);

struct wait_event;
struct render; /* one document being written */

/* Check the options against the format and begin.  An unknown field is ERR_USAGE with a "did you
 * mean".  Nothing is written yet.  0, or -1 with *err set and *out untouched. */
int render_open(const struct render_format *format, const struct render_options *options,
                struct render **out, struct error *err);

/* Whether offers can be written one by one, before the report is whole. */
bool render_streams(const struct render *r);

/* Write one offer; only where render_streams.  0, or -1 (ERR_OUTPUT, ERR_MEMORY). */
int render_offer(struct render *r, const struct offer *o, struct error *err);

/* Whether it writes struct outlook of the offers, or may. */
bool render_shows_outlook(const struct render *r);

/* Whether a reader of stdout sees in this format how a wait has ended, so that stderr need not say
 * it.  False for a page, which is seen in a browser. */
bool render_shows_ending(const struct render *r);

/* Whether the format has the events of a wait; if so, write one at once. */
bool render_writes_events(const struct render *r);
int render_event(struct render *r, const struct wait_event *e, struct error *err);

/* Write what is left and flush.  A format that streams ignores report->offers, which the caller has
 * given to render_offer.  0, or -1 (ERR_OUTPUT, ERR_MEMORY). */
int render_finish(struct render *r, const struct report *report, struct error *err);

/* Write a whole report, its offers included.  0, or -1 as above. */
int render_whole(struct render *r, const struct report *report, struct error *err);

void render_close(struct render *r); /* NULL is fine */

/* Whether an offer of the report makes a run fail: in a check, each offer that is shown; in a wait,
 * those that did not reach their state and the one that ended it; otherwise, those that a check
 * would show by default. */
bool render_offends(const struct report *report, const struct offer *o);

/* One field of an offer, as help and --fields know it. */
struct render_field {
    const char *key, *title, *help;
    bool tabular; /* can be a column of a table */
};

/* The field of this key or title, or NULL. */
const struct render_field *render_field_find(enum render_view view, const char *word);

/* The i-th field of the view, or NULL after the last.  VIEW_PUBLISHERS, VIEW_HISTORY, VIEW_STATS
 * and VIEW_CHANGES have fields of their own. */
const struct render_field *render_field_at(enum render_view view, size_t i);

#endif

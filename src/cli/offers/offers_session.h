/* offers_session.h - what the files that read offers share: the session, and one result. */
#ifndef OFFERS_OFFERS_SESSION_H
#define OFFERS_OFFERS_SESSION_H

#include "outlooks.h"
#include "record_use.h"

#include "offerstat/arena.h"
#include "offerstat/error.h"
#include "offerstat/portal.h"
#include "offerstat/render.h"
#include "offerstat/report.h"
#include "offerstat/select.h"

#include <stdbool.h>
#include <stddef.h>

struct output;
struct session;
struct settings;

/* How the commands differ. */
struct offers_plan {
    enum render_view view;
    enum read_depth depth;
    enum select_mode mode;
    bool approvals; /* only offers that the portal's Approvals page shows */
    bool check;     /* judge the offers; those that pass are not printed */
    bool keeps_all; /* a check that keeps all offers, for the caller to judge */
    /* Called with each offer in place of printing it; NULL: it is printed.  -1 with *err ends the
     * read. */
    int (*use)(void *user, const struct settings *s, const struct offer *o, struct error *err);
    void *user; /* for use */
};

/* Which offers a further read asks for, when not all that the arguments select. */
struct offers_again {
    /* Whether an offer of a list is among them; `listed` has what the list shows. */
    bool (*wants)(void *user, const struct offer *listed);
    void *user;
    bool fixed; /* all offers that the arguments select are known: `wants` alone decides */
    /* As in portal_query, when the publishers or ids of all of them are known.  None: by the
     * arguments. */
    const char *const *publishers;
    size_t publisher_count;
    const char *const *ids;
    size_t id_count;
};

/* What is kept from one read to the next.  All is borrowed except output, session and arena. */
struct offers_session {
    const struct settings *settings;
    const struct offers_plan *plan;
    const char *const *arguments;
    size_t argument_count;
    struct output *output;
    bool streams;                     /* offers are written while they are read */
    bool looks_ahead;                 /* offers get their outlook (outlooks.h) */
    struct session *session;          /* NULL until a read has signed in */
    bool no_signin;                   /* no sign-in is configured, so nothing can be read */
    const struct offers_again *again; /* borrowed; NULL: all that the arguments select */
    struct arena arena;
    struct error left_out[PORTAL_APIS]; /* notes on APIs that are not read, for every report */
    size_t left_out_count;
    bool no_memory; /* there was none for such a note */
    bool unplaced;  /* some read has found an offer whose answers are not documented */
};

/* An offer that the arguments select and --except leaves out.  Where either selects it by its name,
 * this holds only if that name is unique, which is known once all offers were seen. */
struct excepted {
    const char *publisher, *id, *name;
};

/* An API that refuses the account as a whole. */
struct refusal {
    const char *api;
    struct error why; /* ERR_NONE: it lists no publisher for the account */
};

/* One read. */
struct offers_result {
    struct offers_session *of;
    struct filter filter;
    struct selection selection;
    struct selection except; /* what is left out of the verdict */
    struct excepted *excepted;
    size_t excepted_count;
    struct arena arena; /* of those */
    struct report report;
    struct record_use record_use;
    struct outlooks outlooks;
    size_t ruled_out;    /* offers that a filter left out by what the list shows */
    size_t filtered_out; /* offers that a filter left out once they were read */
    size_t left_out;     /* offers that were read but exceed the limit */
    size_t provisional;  /* offers whose state could change if more was read */
    size_t unplaced;     /* offers whose answers are not documented */
    struct refusal refusals[PORTAL_APIS];
    size_t refusal_count;
    long http;      /* status of the first failed answer */
    bool may_hide;  /* something unreadable may hide an offer that an argument names */
    bool no_memory; /* there was none for a part of the report besides offers */
};

#endif

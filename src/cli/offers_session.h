/* offers_session.h - what the files of a read of offers share: what stays open, and one result. */
#ifndef CLI_OFFERS_SESSION_H
#define CLI_OFFERS_SESSION_H

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

/* In what the commands differ. */
struct offers_plan {
    enum render_view view;
    enum read_depth depth;
    enum select_mode mode;
    bool approvals; /* only what the portal's Approvals page has */
    bool check;     /* judge the offers; those that pass are not printed */
    bool keeps_all; /* a check whose offers are all kept, for the caller to judge */
    /* What is done with each offer in place of printing it; NULL: it is printed.  -1 with *err ends
     * the read. */
    int (*use)(const struct settings *s, const struct offer *o, struct error *err);
};

/* Which offers a further read asks for, where it is not all that the arguments mean. */
struct offers_again {
    /* Whether an offer of a list is among them; it is given what the list says. */
    bool (*wants)(void *user, const struct offer *listed);
    void *user;
    bool fixed; /* the arguments have found what they mean: `wants` alone decides */
    /* Where they are all known by publisher, or by id: what portal_query has of that name.  None:
     * as the arguments say. */
    const char *const *publishers;
    size_t publisher_count;
    const char *const *ids;
    size_t id_count;
};

/* What stays from one read to the next; all of it is borrowed but output, session and arena. */
struct offers_session {
    const struct settings *settings;
    const struct offers_plan *plan;
    const char *const *arguments;
    size_t argument_count;
    struct output *output;
    bool streams;                     /* offers are written while they are read */
    struct session *session;          /* NULL until a read has signed in */
    bool no_signin;                   /* there is none configured, and nothing can be read */
    const struct offers_again *again; /* borrowed; NULL: all that the arguments mean */
    struct arena arena;
    struct error left_out[PORTAL_APIS]; /* notes on APIs that are not read, for every report */
    size_t left_out_count;
    bool no_memory; /* for such a note */
};

/* An offer that the arguments and --except both mean, if its name is the only one of its kind. */
struct excepted {
    const char *publisher, *id, *name;
};

/* An API that refuses the account as a whole. */
struct refusal {
    const char *api;
    struct error why; /* ERR_NONE: it has no publisher of the account */
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
    size_t ruled_out;    /* offers that a filter left out by what the list says of them */
    size_t filtered_out; /* offers that it kept back once they were read */
    size_t left_out;     /* offers read that are over the limit */
    size_t provisional;  /* offers whose state could be another if more was asked */
    size_t unplaced;     /* offers whose answers no documentation has */
    struct refusal refusals[PORTAL_APIS];
    size_t refusal_count;
    long http;      /* status of the first failed answer */
    bool may_hide;  /* something unreadable may hide an offer that an argument names */
    bool no_memory; /* for what the report should say beside the offers */
};

#endif

/* offers.h - what the commands that read offers have in common: select, read, judge, print. */
#ifndef CLI_OFFERS_H
#define CLI_OFFERS_H

#include "offerstat/offer.h"
#include "offerstat/portal.h"
#include "offerstat/render.h"
#include "offerstat/select.h"

#include <stdbool.h>

struct settings;

/* In what the commands differ. */
struct offers_plan {
    enum render_view view;
    enum read_depth depth;
    enum select_mode mode;
    bool approvals; /* only what the portal's Approvals page has */
    bool check;     /* judge the offers; those that pass are not printed */
    /* What is done with each offer in place of printing it; NULL: it is printed.  -1 with *err ends
     * the read. */
    int (*use)(const struct settings *s, const struct offer *o, struct error *err);
};

/* Returns the exit code. */
int offers_run(const struct settings *s, const struct offers_plan *plan, int count,
               const char *const *arguments);

#endif

/* options.h - the table of options, for those who read, show and set them. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "cli.h"

/* One option: one row.  argument NULL: a switch. */
struct option_row {
    const char *name;
    char letter;
    const char *argument, *env, *help;
    unsigned groups;
    int (*apply)(struct settings *s, const char *value, struct error *err);
    const char *replaces;   /* another row, which counts no more where this one is given */
    bool flagless, keyless; /* not on the command line; not in the configuration */
};

extern const struct option_row option_rows[];
extern const size_t option_row_count;

/* By its long name, NULL where there is none. */
const struct option_row *option_find(const char *name);

#endif

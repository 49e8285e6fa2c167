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

#define OPTION_MAX 64 /* rows at most, for those who list them */
extern const struct option_row option_rows[];
extern const size_t option_row_count;

/* By its long name, NULL where there is none. */
const struct option_row *option_find(const char *name);

/* What a variable or the configuration says of a switch: 1 on, 0 off, -1 neither; always 1 for an
 * option with an argument. */
int option_switch_is(const struct option_row *row, const char *value);

#endif

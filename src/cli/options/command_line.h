/* command_line.h - argv, parsed. */
#ifndef OPTIONS_COMMAND_LINE_H
#define OPTIONS_COMMAND_LINE_H

#include "offerstat/error.h"

#include <stddef.h>

struct option_row;

/* An option as it was given. */
struct given_option {
    const struct option_row *row;
    const char *value; /* NULL: it takes none */
};

struct command_line {
    struct given_option *options; /* in their order */
    size_t option_count;
    const char *const *words; /* the command and its arguments; they belong to argv */
    size_t word_count;
};

/* Every option must exist, have its full name and its value.  argv is reordered: options first,
 * words after them.  0, or -1 with *err (ERR_USAGE, ERR_MEMORY) and *line empty. */
int command_line_read(int argc, char **argv, struct command_line *line, struct error *err);
void command_line_clear(struct command_line *line);

/* The last value given of an option ("true" for a switch), or NULL. */
const char *command_line_value(const struct command_line *line, const char *name);

#endif

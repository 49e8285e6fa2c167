/* commands.h - the commands: one row each in commands.c, and one file. */
#ifndef OPTIONS_COMMANDS_H
#define OPTIONS_COMMANDS_H

#include "offerstat/render.h"

#include <stdbool.h>
#include <stddef.h>

struct error;
struct settings;

#define EXAMPLES 2 /* every command has exactly two */

struct cli_example {
    const char *what, *command;
};

struct cli_command {
    const char *name;
    const char *arguments; /* as the usage shows them; "" where it takes none */
    const char *help;      /* one line, for the list of commands */
    const char *alias;     /* a second name, or NULL */
    struct cli_example examples[EXAMPLES];
    const char *more;  /* paragraphs for `help NAME`, or NULL */
    bool takes_offers; /* its arguments are offers */
    /* The words that the first argument can be, NULL after the last; or NULL. */
    const char *(*word_at)(size_t i);
    unsigned groups;       /* bits of enum option_group, options.h */
    enum render_view view; /* what it prints, for the completion of fields and formats */
    /* Whether -o may name a format that its view has; NULL: any of them. */
    bool (*prints)(const struct render_format *format);
    int min_arguments, max_arguments; /* max -1: any number */
    /* Returns the exit code. */
    int (*run)(const struct settings *s, int count, const char *const *arguments);
};

extern const struct cli_command command_list, command_show, command_approvals, command_check,
    command_wait, command_watch, command_history, command_changes, command_stats, command_record,
    command_publishers, command_open, command_api, command_auth, command_config, command_completion,
    command_help, command_version;

#define COMMAND_MAX 32 /* rows at most, for arrays of them */

/* Set the error that there is no such command, and which was probably meant.  Always -1 with *err
 * (ERR_USAGE). */
int command_refuse(const char *name, struct error *err);

/* The i-th command in the order of the help page, NULL after the last; the command of this exact
 * name, or NULL. */
const struct cli_command *command_at(size_t i);
const struct cli_command *command_find(const char *name);

#endif

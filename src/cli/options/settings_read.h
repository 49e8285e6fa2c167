/* settings_read.h - reading settings from command line, environment and configuration file. */
#ifndef OPTIONS_SETTINGS_READ_H
#define OPTIONS_SETTINGS_READ_H

#include "settings.h"

struct cli_command;
struct command_line;

/* Set all defaults.  0, or -1 without memory; call settings_free in any case. */
int settings_init(struct settings *s, struct error *err);

/* A flag wins over the environment, that over the configuration file, and that over the default.
 * Options that the command (NULL: none was named) does not have are an error on the command line
 * and ignored elsewhere.  With --help or --version nothing else is read, so that help works
 * whatever is wrong.  -1 with *err (ERR_USAGE) and *s empty. */
int settings_read(struct settings *s, const struct cli_command *command,
                  const struct command_line *line, struct error *err);
void settings_free(struct settings *s);

#endif

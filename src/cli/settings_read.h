/* settings_read.h - which of command line, environment and configuration file decides a setting. */
#ifndef CLI_SETTINGS_READ_H
#define CLI_SETTINGS_READ_H

#include "settings.h"

struct cli_command;
struct command_line;

/* Everything built in, nothing chosen.  0, or -1 without memory; settings_free in any case. */
int settings_init(struct settings *s, struct error *err);

/* A flag wins over the environment, that over the configuration file, that over what is built in.
 * Options that the command (NULL: none was named) does not take are refused on the command line and
 * passed over elsewhere.  With --help or --version nothing else is looked at, so that help is given
 * whatever is wrong.  -1 with *err (ERR_USAGE) and *s empty. */
int settings_read(struct settings *s, const struct cli_command *command,
                  const struct command_line *line, struct error *err);
void settings_free(struct settings *s);

#endif

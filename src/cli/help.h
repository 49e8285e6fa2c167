/* help.h - the help pages that main prints as well. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include <stdio.h>

struct cli_command;

void help_print_command(const struct cli_command *command);
void help_print_short(FILE *out);

#endif

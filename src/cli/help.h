/* help.h - the help pages that main prints as well. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include <stddef.h>
#include <stdio.h>

struct cli_command;

void help_print_command(const struct cli_command *command);
void help_print_short(FILE *out);

/* Print text and a newline, broken at blanks to stay within 80 columns; the first line begins at
 * column `at`, the others are indented. */
void help_print_wrapped(size_t at, size_t indent, const char *text);

/* Print lines, each wrapped.  In one that begins with blanks ("  word   what it means") the further
 * lines stand below the meaning. */
void help_print_text(const char *text);

#endif

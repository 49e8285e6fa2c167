/* help.h - the help pages of the program and of its commands, and what pages are made of. */
#ifndef VERBS_HELP_H
#define VERBS_HELP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct cli_command;
struct option_row;
struct strbuf;

void help_print_command(const struct cli_command *command);
void help_print_short(FILE *out);

/* Print text and a newline, broken at blanks to stay within 80 columns; the first line begins at
 * column `at`, the others are indented. */
void help_print_wrapped(size_t at, size_t indent, const char *text);

/* Print lines, each wrapped.  In one that begins with blanks ("  word   what it means") the further
 * lines stand below the meaning. */
void help_print_text(const char *text);

/* Append the option's help.  When the row's help ends with a colon, the words that can be chosen
 * follow, so that they are listed in one place. */
void option_put_help(const struct option_row *row, struct strbuf *out);

/* Print the options of these groups under their title, without those of the groups that were shown
 * before; print the environment variables.  Returns whether there were any. */
bool options_print(const char *title, unsigned groups, unsigned shown);
void options_print_environment(void);

#endif

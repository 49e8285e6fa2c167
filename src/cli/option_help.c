/* option_help.c - the rows of the option table as help prints them. */
#include "options.h"

#include <stdio.h>

/* "output FORMAT", or the name alone. */
static void write_usage(const struct option_row *row, char *out, size_t size)
{
    if (row->argument != NULL) {
        snprintf(out, size, "--%s %s", row->name, row->argument);
    } else {
        snprintf(out, size, "--%s", row->name);
    }
}

void options_print(unsigned groups)
{
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        char letter[4] = "   ", usage[64];
        if ((row->groups & groups) == 0 || row->not_on_command_line) {
            continue;
        }
        if (row->letter != 0) {
            snprintf(letter, sizeof(letter), "-%c,", row->letter);
        }
        write_usage(row, usage, sizeof(usage));
        printf("  %s %-22s %s\n", letter, usage, row->help);
    }
}

void options_print_environment(void)
{
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        char usage[64];
        if (row->env == NULL) {
            continue;
        }
        write_usage(row, usage, sizeof(usage));
        if (row->not_on_command_line) {
            printf("  %-26s %s\n", row->env, row->help);
        } else {
            printf("  %-26s as %s\n", row->env, usage);
        }
    }
}

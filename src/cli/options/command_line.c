/* command_line.c - argv parsed by getopt_long, with tables made from the option table. */
#define _GNU_SOURCE /* getopt_long */
#include "command_line.h"

#include "offerstat/typo.h"
#include "options.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What getopt_long returns for the first row; smaller values are letters. */
#define FIRST_ROW 256

static int refuse_option(const char *word, struct error *err)
{
    const char *names[OPTION_MAX], *near = NULL;
    size_t count = 0;
    char name[64];

    snprintf(name, sizeof(name), "%.*s", (int)strcspn(word, "="), word);
    if (strcmp(name, "--token") == 0) {
        return error_set(err, ERR_USAGE,
                         "no option --token: every process can read argv; use OFFERSTAT_TOKEN or "
                         "--token-file");
    }
    for (size_t i = 0; i < option_row_count; i++) {
        if (!option_rows[i].not_on_command_line) {
            names[count++] = option_rows[i].name;
        }
    }
    if (strncmp(name, "--", 2) == 0) {
        near = word_nearest(name + 2, names, count);
    }
    if (near != NULL) {
        return error_set(err, ERR_USAGE, "no option %s; did you mean --%s?", name, near);
    }
    return error_set(err, ERR_USAGE, "no option %s", name);
}

/* Make getopt_long's tables.  The colon in front makes it distinguish a missing value from an
 * unknown option. */
static void fill_tables(struct option *longs, char *letters)
{
    *letters++ = ':';
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        bool has_value = row->argument != NULL;
        if (row->not_on_command_line) {
            continue;
        }
        *longs++ = (struct option){ .name = row->name,
                                    .has_arg = has_value ? required_argument : no_argument,
                                    .val = FIRST_ROW + (int)i };
        if (row->letter != 0) {
            *letters++ = row->letter;
            if (has_value) {
                *letters++ = ':';
            }
        }
    }
    *longs = (struct option){ 0 };
    *letters = '\0';
}

static const struct option_row *row_of_code(int code)
{
    for (size_t i = 0; i < option_row_count; i++) {
        if (code == FIRST_ROW + (int)i || (code != 0 && code == option_rows[i].letter)) {
            return &option_rows[i];
        }
    }
    return NULL;
}

/* getopt_long accepts abbreviated names.  They are refused, since a script must not change its
 * meaning when an option is added. */
static bool is_abbreviation(const char *word, const struct option_row *row)
{
    return strncmp(word, "--", 2) == 0 && strlen(row->name) != strcspn(word + 2, "=");
}

/* The word of argv in which the option that getopt_long has just returned is written. */
static const char *written_option(char **argv)
{
    const char *word = argv[optind - 1];

    if (optarg != NULL && word == optarg && optind >= 2) {
        return argv[optind - 2];
    }
    return word;
}

/* The row of what getopt_long has returned.  NULL with *err where it is no option or has no value.
 */
static const struct option_row *accept_option(int code, char **argv, struct error *err)
{
    const char *word = argv[optind - 1];
    const struct option_row *row = row_of_code(optopt); /* of the option with the error, if any */

    if (code == ':' && row != NULL) {
        error_set(err, ERR_USAGE, "--%s needs %s", row->name, row->argument);
        return NULL;
    }
    if (code == '?' && optopt >= FIRST_ROW && row != NULL) {
        error_set(err, ERR_USAGE, "--%s takes no value", row->name);
        return NULL;
    }
    if (code == '?' && optopt != 0 && strncmp(word, "--", 2) != 0) {
        error_set(err, ERR_USAGE, "no option -%c", optopt);
        return NULL;
    }
    row = row_of_code(code);
    if (row == NULL) {
        refuse_option(word, err);
        return NULL;
    }
    if (code >= FIRST_ROW && is_abbreviation(written_option(argv), row)) {
        refuse_option(written_option(argv), err);
        return NULL;
    }
    return row;
}

/* A word may have several letters, so there can be more options than words. */
static int add_option(struct command_line *line, const struct option_row *row, const char *value,
                      struct error *err)
{
    struct given_option *options =
        realloc(line->options, (line->option_count + 1) * sizeof(*options));

    if (options == NULL) {
        return error_memory(err);
    }
    options[line->option_count++] = (struct given_option){ .row = row, .value = value };
    line->options = options;
    return 0;
}

int command_line_read(int argc, char **argv, struct command_line *line, struct error *err)
{
    struct option longs[OPTION_MAX + 1];
    char letters[2 * OPTION_MAX + 2];
    int code;

    *line = (struct command_line){ 0 };
    unsetenv("POSIXLY_CORRECT"); /* options may follow arguments */
    fill_tables(longs, letters);
    opterr = 0;
    optind = 0; /* glibc: start again */
    while ((code = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
        const struct option_row *row = accept_option(code, argv, err);
        if (row == NULL || add_option(line, row, optarg, err) != 0) {
            command_line_clear(line);
            return -1;
        }
    }
    line->words = (const char *const *)argv + optind;
    line->word_count = (size_t)(argc - optind);
    return 0;
}

void command_line_clear(struct command_line *line)
{
    free(line->options);
    *line = (struct command_line){ 0 };
}

const char *command_line_value(const struct command_line *line, const char *name)
{
    for (size_t i = line->option_count; i-- > 0;) {
        const struct given_option *given = &line->options[i];
        if (strcmp(given->row->name, name) == 0) {
            return given->value != NULL ? given->value : "true";
        }
    }
    return NULL;
}

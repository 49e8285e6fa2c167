/* settings.c - flags, then the environment, then the configuration, then what is built in. */
#define _GNU_SOURCE /* getopt_long */
#include "offerstat/typo.h"
#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int unknown_flag(const char *word, struct error *err)
{
    const char *names[OPTION_MAX];
    size_t count = 0;
    char name[64];
    const char *near;

    for (size_t i = 0; i < option_row_count; i++) {
        if (!option_rows[i].flagless) {
            names[count++] = option_rows[i].name;
        }
    }
    snprintf(name, sizeof(name), "%.*s", (int)strcspn(word, "="), word);
    if (strncmp(name, "--", 2) != 0) {
        return error_set(err, ERR_USAGE, "no option %s", name);
    }
    if (strcmp(name, "--token") == 0) {
        return error_set(err, ERR_USAGE,
                         "no option --token: every process can read argv; use OFFERSTAT_TOKEN or "
                         "--token-file");
    }
    near = word_nearest(name + 2, names, count);
    if (near != NULL) {
        return error_set(err, ERR_USAGE, "no option %s; did you mean --%s?", name, near);
    }
    return error_set(err, ERR_USAGE, "no option %s", name);
}

/* getopt's own tables, made from ours. */
static void fill_tables(struct option *longs, char *shorts)
{
    *shorts++ = ':'; /* tell a missing argument from an unknown option */
    for (size_t i = 0; i < option_row_count; i++) {
        if (option_rows[i].flagless) {
            continue;
        }
        *longs++ = (struct option){ .name = option_rows[i].name,
                                    .has_arg = option_rows[i].argument != NULL ? required_argument
                                                                               : no_argument,
                                    .val = 256 + (int)i };
        if (option_rows[i].letter != 0) {
            *shorts++ = option_rows[i].letter;
            if (option_rows[i].argument != NULL) {
                *shorts++ = ':';
            }
        }
    }
    *longs = (struct option){ 0 };
    *shorts = '\0';
}

static const struct option_row *row_of(int code)
{
    for (size_t i = 0; i < option_row_count; i++) {
        if (code == 256 + (int)i || (code != 0 && code == option_rows[i].letter)) {
            return &option_rows[i];
        }
    }
    return NULL;
}

/* getopt takes the beginning of a long name for the name: what is not written out is refused, since
 * a script must not change its meaning when an option is added. */
static bool is_abbreviation(const char *word, const struct option_row *row)
{
    return strncmp(word, "--", 2) == 0 && strlen(row->name) != strcspn(word + 2, "=");
}

typedef int (*option_visit)(void *user, const struct option_row *row, const char *value,
                            struct error *err);

static int visit_options(int argc, char **argv, option_visit visit, void *user, struct error *err)
{
    struct option longs[OPTION_MAX + 1];
    char shorts[2 * OPTION_MAX + 2];
    int code;

    unsetenv("POSIXLY_CORRECT"); /* options may stand behind the words */
    fill_tables(longs, shorts);
    opterr = 0;
    optind = 0; /* glibc: start anew */
    while ((code = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        const char *word = argv[optind - 1];
        const struct option_row *row = row_of(code == ':' ? optopt : code);
        if (code == ':' && row != NULL) {
            return error_set(err, ERR_USAGE, "--%s needs %s", row->name, row->argument);
        }
        if (code == '?' && optopt >= 256 && row_of(optopt) != NULL) {
            return error_set(err, ERR_USAGE, "--%s takes no value", row_of(optopt)->name);
        }
        if (code == '?' && optopt != 0 && strncmp(word, "--", 2) != 0) {
            return error_set(err, ERR_USAGE, "no option -%c", optopt);
        }
        if (row == NULL) {
            return unknown_flag(word, err);
        }
        if (optarg != NULL && word == optarg && optind >= 2) {
            word = argv[optind - 2];
        }
        if (code >= 256 && is_abbreviation(word, row)) {
            return unknown_flag(word, err);
        }
        if (visit(user, row, optarg, err) != 0) {
            return -1;
        }
    }
    return 0;
}

/* A flag that was given. */
struct flag {
    const struct option_row *row;
    const char *value;
};

struct flags {
    const struct cli_command *command;
    struct flag *items;
    size_t count;
};

static int collect_flag(void *user, const struct option_row *row, const char *value,
                        struct error *err)
{
    struct flags *f = user;

    if ((row->groups & (f->command != NULL ? f->command->groups : FOR_ALL)) == 0) {
        return error_set(err, ERR_USAGE, "--%s does not go with %s", row->name,
                         f->command != NULL ? f->command->name : "no command");
    }
    f->items[f->count++] = (struct flag){ row, value };
    return 0;
}

static int skip_flag(void *user, const struct option_row *row, const char *value, struct error *err)
{
    (void)user;
    (void)row;
    (void)value;
    (void)err;
    return 0;
}

int settings_words(int argc, char **argv, int *first, struct error *err)
{
    if (visit_options(argc, argv, skip_flag, NULL, err) != 0) {
        return -1;
    }
    *first = optind;
    return 0;
}

static const char *flag_value(const struct flags *f, const char *name)
{
    for (size_t i = f->count; i-- > 0;) {
        if (strcmp(f->items[i].row->name, name) == 0) {
            return f->items[i].value != NULL ? f->items[i].value : "true";
        }
    }
    return NULL;
}

/* Whether a flag takes the place of what environment and configuration say of this row. */
static bool is_overridden(const struct flags *f, const struct option_row *row)
{
    for (size_t i = 0; i < f->count; i++) {
        const char *replaces = f->items[i].row->replaces;
        if (f->items[i].row == row || (replaces != NULL && strcmp(replaces, row->name) == 0)) {
            return true;
        }
    }
    return false;
}

static struct choice *choice_of(struct settings *s, const struct option_row *row)
{
    return &s->choices[row - option_rows];
}

/* A key of the file: the profile's come after those above all sections, and win. */
static int take_key(void *user, const struct config_key *key, struct error *err)
{
    struct settings *s = user;
    const struct option_row *row = option_find(key->name);
    char origin[512];

    if (row == NULL || row->keyless) {
        return config_refuse(key, err);
    }
    snprintf(origin, sizeof(origin), "%s:%u", key->file, key->line);
    *choice_of(s, row) = (struct choice){ .value = arena_strdup(&s->texts, key->value),
                                          .origin = arena_strdup(&s->texts, origin),
                                          .from_file = true };
    return choice_of(s, row)->origin != NULL ? 0 : error_memory(err);
}

static void take_environment(struct settings *s)
{
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        const char *value = row->env != NULL ? getenv(row->env) : NULL;
        if (value != NULL && *value != '\0') {
            s->choices[i] = (struct choice){ .value = value, .origin = row->env };
        }
    }
}

/* A format in the file is for a person who looks: a pipe's reader asked for none. */
static bool is_for_people(const struct option_row *row)
{
    return strcmp(row->name, "output") == 0;
}

static int apply_choices(struct settings *s, const struct flags *f, unsigned groups,
                         struct error *err)
{
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        const struct choice *choice = &s->choices[i];
        if (choice->value == NULL || (row->groups & groups) == 0 || is_overridden(f, row) ||
            option_switch_is(row, choice->value) == 0 ||
            (choice->from_file && is_for_people(row) && isatty(STDOUT_FILENO) != 1)) {
            continue;
        }
        if (choice->from_file && option_switch_is(row, choice->value) < 0) {
            return error_set(err, ERR_USAGE, "%s: %s: expected true or false, found \"%s\"",
                             choice->origin, row->name, choice->value);
        }
        if (row->apply(s, choice->value, err) != 0) {
            return choice->from_file ? error_wrap(err, "%s: %s", choice->origin, row->name)
                                     : error_wrap(err, "%s", choice->origin);
        }
    }
    return 0;
}

static int apply_flags(struct settings *s, const struct flags *f, struct error *err)
{
    for (size_t i = 0; i < f->count; i++) {
        const struct option_row *row = f->items[i].row;
        if (row->apply(s, f->items[i].value, err) != 0) {
            return error_wrap(err, "--%s", row->name);
        }
        *choice_of(s, row) =
            (struct choice){ .value = f->items[i].value != NULL ? f->items[i].value : "true",
                             .origin = "command line" };
    }
    return 0;
}

/* Help is given whatever else is wrong. */
static bool wants_help(struct settings *s, const struct flags *f)
{
    s->help = flag_value(f, "help") != NULL;
    s->version = flag_value(f, "version") != NULL;
    return s->help || s->version;
}

static int read_config(struct settings *s, const struct flags *f, struct error *err)
{
    const char *profile = flag_value(f, "profile");

    profile = profile != NULL ? profile : env_text("OFFERSTAT_PROFILE");
    s->quiet = flag_value(f, "quiet") != NULL;
    say_setup(s);
    if (config_read(profile, take_key, s, err) == 0) {
        return 0;
    }
    if (err->code == ERR_NOT_FOUND && f->command != NULL &&
        (f->command->groups & (FOR_CONFIG | FOR_AUTH)) != 0) {
        s->missing = *err; /* `config set` makes it, and a sign-in needs no section */
        *err = (struct error)ERROR_INIT;
        return 0;
    }
    err->code = err->code == ERR_NOT_FOUND ? ERR_USAGE : err->code;
    return -1;
}

int settings_read(struct settings *s, const struct cli_command *command, int argc, char **argv,
                  struct error *err)
{
    struct flags flags = { .command = command,
                           .items = calloc((size_t)argc + 1, sizeof(struct flag)) };
    int rc = -1;

    *s = (struct settings){ .api = portal_default_api(),
                            .jobs = 16,
                            .retries = 4,
                            .connect_timeout_ms = INT64_C(10) * 1000,
                            .stall_timeout_ms = INT64_C(60) * 1000,
                            .request_timeout_ms = INT64_C(5) * 60 * 1000,
                            .format = render_format_find("table"),
                            .width = -1,
                            .choices = calloc(option_row_count, sizeof(struct choice)) };
    if (flags.items == NULL || s->choices == NULL) {
        error_memory(err);
    } else if (visit_options(argc, argv, collect_flag, &flags, err) == 0) {
        rc = wants_help(s, &flags) ? 0 : read_config(s, &flags, err);
        if (rc == 0 && !s->help && !s->version) {
            take_environment(s);
            rc = apply_choices(s, &flags, command != NULL ? command->groups : FOR_ALL, err);
            rc = rc == 0 ? apply_flags(s, &flags, err) : rc;
        }
    }
    free(flags.items);
    if (rc != 0) {
        settings_free(s);
    }
    return rc;
}

void settings_free(struct settings *s)
{
    for (size_t i = 0; i < s->split.count; i++) {
        free((char *)s->split.items[i]);
    }
    free(s->choices);
    s->choices = NULL;
    arena_clear(&s->texts);
    free(s->split.items);
    free(s->publishers.items);
    free(s->fields.items);
    s->split = (struct texts){ 0 };
    s->publishers = (struct texts){ 0 };
    s->fields = (struct texts){ 0 };
}

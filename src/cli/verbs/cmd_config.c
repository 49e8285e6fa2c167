/* cmd_config.c - the configuration: the values in effect, where they come from, changing them. */
#include "options/commands.h"
#include "options/config.h"
#include "options/options.h"
#include "options/refuse.h"
#include "options/settings_read.h"
#include "terminal/say.h"

#include "offerstat/escape.h"
#include "offerstat/redact.h"
#include "offerstat/strbuf.h"
#include "offerstat/translate.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int config_fail(const struct error *err)
{
    say_error(err);
    return outcome_of_error(err->code);
}

/* The value of a key or variable may contain what a terminal or a runner would obey. */
static void print_safe(const char *text, const char *end)
{
    struct strbuf safe = STRBUF_INIT((size_t)1024 * 1024);
    unsigned flags = isatty(STDOUT_FILENO) == 1 ? 0 : ESCAPE_CI;

    escape_text(&safe, text, flags);
    if (safe.data != NULL) {
        redact_text(safe.data); /* a URL may contain a password */
    }
    printf("%s%s", strbuf_text(&safe), end);
    strbuf_clear(&safe);
}

static int config_list_action(const struct settings *s, int count, const char *const *arguments)
{
    (void)count;
    (void)arguments;
    for (size_t i = 0; i < option_row_count; i++) {
        const struct setting_source *source = &s->sources[i];
        if (source->value == NULL || option_rows[i].not_in_config) {
            continue; /* the token has a source, too, but must not be printed */
        }
        if (s->show_origin) {
            print_safe(source->origin, "\t");
        }
        printf("%s=", option_rows[i].name);
        print_safe(source->value, "\n");
    }
    return EXIT_OK;
}

/* A key of the file by its name; NULL with *err. */
static const struct option_row *find_key(const char *name, struct error *err)
{
    const struct option_row *row = option_find(name);
    const char *near = config_nearest(name);

    if (row != NULL && !row->not_in_config) {
        return row;
    }
    refuse_word(N_("no key"), name, &near, near != NULL ? 1 : 0, REFUSE_ALONE, err);
    return NULL;
}

static int config_get_action(const struct settings *s, int count, const char *const *arguments)
{
    struct error err = ERROR_INIT;
    const struct option_row *row = find_key(arguments[0], &err);
    const char *value;

    (void)count;
    if (row == NULL) {
        return config_fail(&err);
    }
    value = s->sources[row - option_rows].value;
    if (value == NULL) {
        error_set(&err, ERR_NOT_FOUND, "%s is not set", row->name);
        return config_fail(&err);
    }
    print_safe(value, "\n");
    return EXIT_OK;
}

/* A value that would be rejected when it is read must not be written. */
static int try_value(const struct option_row *row, const char *value, struct error *err)
{
    struct settings trial;
    int rc;

    if (option_truth(row, value) == OPTION_NO_TRUTH) {
        return error_set(err, ERR_USAGE, "expected true or false, found \"%s\"", value);
    }
    rc = settings_init(&trial, err);
    if (rc == 0) {
        rc = option_set(row, &trial, value, err);
    }
    settings_free(&trial);
    return rc;
}

static int config_set_action(const struct settings *s, int count, const char *const *arguments)
{
    struct error err = ERROR_INIT;
    const struct option_row *row;

    (void)count;
    if (config_is_secret(arguments[0])) {
        error_set(&err, ERR_USAGE,
                  "a secret does not belong in the file: use OFFERSTAT_TOKEN, token-file, or "
                  "AZURE_CLIENT_SECRET in the environment");
        return config_fail(&err);
    }
    row = find_key(arguments[0], &err);
    if (row == NULL) {
        return config_fail(&err);
    }
    if (try_value(row, arguments[1], &err) != 0) {
        error_wrap(&err, "%s", row->name);
        return config_fail(&err);
    }
    if (config_set(s->profile, row->name, arguments[1], &err) != 0) {
        return config_fail(&err);
    }
    return EXIT_OK;
}

static int config_path_action(const struct settings *s, int count, const char *const *arguments)
{
    struct strbuf text = STRBUF_INIT(4096);
    struct error err = ERROR_INIT;
    int rc = config_path(&text, &err);

    (void)s;
    (void)count;
    (void)arguments;
    if (rc == 0) {
        print_safe(strbuf_text(&text), "\n");
    }
    strbuf_clear(&text);
    return rc == 0 ? EXIT_OK : config_fail(&err);
}

static const struct {
    const char *name, *usage;
    int arguments;
    bool needs_file; /* it is an error when a named file or profile is missing */
    int (*run)(const struct settings *s, int count, const char *const *arguments);
} actions[] = {
    { .name = "list", .usage = "list", .needs_file = true, .run = config_list_action },
    { .name = "get",
      .usage = "get KEY",
      .arguments = 1,
      .needs_file = true,
      .run = config_get_action },
    { .name = "set", .usage = "set KEY VALUE", .arguments = 2, .run = config_set_action },
    { .name = "path", .usage = "path", .run = config_path_action },
};
#define CONFIG_ACTIONS (sizeof(actions) / sizeof(actions[0]))

static const char *config_action_at(size_t i)
{
    return i < CONFIG_ACTIONS ? actions[i].name : NULL;
}

static int config_run(const struct settings *s, int count, const char *const *arguments)
{
    const char *names[CONFIG_ACTIONS];
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < CONFIG_ACTIONS; i++) {
        names[i] = actions[i].name;
        if (strcmp(actions[i].name, arguments[0]) == 0) {
            if (count - 1 != actions[i].arguments) {
                error_set(&err, ERR_USAGE, "usage: offerstat config %s", actions[i].usage);
                return config_fail(&err);
            }
            if (s->missing_config.code != ERR_NONE && actions[i].needs_file) {
                err = s->missing_config;
                err.code = ERR_USAGE;
                return config_fail(&err);
            }
            return actions[i].run(s, count - 1, arguments + 1);
        }
    }
    refuse_word(N_("config: no command"), arguments[0], names, CONFIG_ACTIONS, REFUSE_AND_LIST,
                &err);
    return config_fail(&err);
}

const struct cli_command command_config = {
    .name = "config",
    .arguments = "list|get KEY|set KEY VALUE|path",
    .help = N_("the configuration: its values, and where they come from"),
    .examples = { { .what = N_("read one publisher unless another is given"),
                    .command = "offerstat config set publisher contoso" },
                  { .what = N_("the values in use, and where they come from"),
                    .command = "offerstat config list --show-origin" } },
    .more =
        N_("Keys are the long names of flags; a flag wins over the environment, that over the "
           "file, and there [profile NAME] over the keys above all sections. set writes the file "
           "(with --profile the section), list --show-origin names where each value comes from."),
    /* Every option that has a key or a variable, so that list shows it. */
    .word_at = config_action_at,
    .groups = FOR_ALL | FOR_CONFIG,
    .min_arguments = 1,
    .max_arguments = 3,
    .run = config_run,
};

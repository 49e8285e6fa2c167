/* cmd_config.c - the configuration: what counts, where it comes from, changing it. */
#include "offerstat/typo.h"
#include "options.h"

#include <stdio.h>
#include <string.h>

static int fail(const struct error *err)
{
    say_error(err);
    return outcome_of_error(err->code);
}

static int list(const struct settings *s, int count, const char *const *arguments)
{
    (void)count;
    (void)arguments;
    for (size_t i = 0; i < option_row_count; i++) {
        const struct choice *choice = &s->choices[i];
        if (choice->value == NULL || option_rows[i].keyless) {
            continue; /* a token is set, too, and nobody else's business */
        }
        if (s->show_origin) {
            printf("%s\t", choice->origin);
        }
        printf("%s=%s\n", option_rows[i].name, choice->value);
    }
    return EXIT_OK;
}

/* A key of the file by its name; -1 with *err and a near miss. */
static const struct option_row *find_key(const char *name, struct error *err)
{
    const struct option_row *row = option_find(name);
    const char *near = config_nearest(name);

    if (row != NULL && !row->keyless) {
        return row;
    }
    error_set(err, ERR_USAGE, "no key \"%s\"%s%s%s", name, near != NULL ? "; did you mean \"" : "",
              near != NULL ? near : "", near != NULL ? "\"?" : "");
    return NULL;
}

static int get(const struct settings *s, int count, const char *const *arguments)
{
    struct error err = ERROR_INIT;
    const struct option_row *row;

    (void)count;
    row = find_key(arguments[0], &err);
    if (row == NULL) {
        return fail(&err);
    }
    if (s->choices[row - option_rows].value == NULL) {
        error_set(&err, ERR_NOT_FOUND, "%s is not set", row->name);
        return fail(&err);
    }
    puts(s->choices[row - option_rows].value);
    return EXIT_OK;
}

/* What would not be read must not be written. */
static int set(const struct settings *s, int count, const char *const *arguments)
{
    struct error err = ERROR_INIT;
    const struct option_row *row;
    struct settings trial = { .format = s->format, .api = portal_default_api() };
    int rc;

    (void)count;
    if (config_is_secret(arguments[0])) {
        error_set(&err, ERR_USAGE,
                  "a secret does not belong in the file: use OFFERSTAT_TOKEN, token-file, or "
                  "AZURE_CLIENT_SECRET in the environment");
        return fail(&err);
    }
    row = find_key(arguments[0], &err);
    if (row == NULL) {
        return fail(&err);
    }
    rc = option_switch_is(row, arguments[1]) >= 0
             ? row->apply(&trial, arguments[1], &err)
             : error_set(&err, ERR_USAGE, "expected true or false, found \"%s\"", arguments[1]);
    settings_free(&trial);
    rc = rc == 0 ? config_set(s->profile, row->name, arguments[1], &err)
                 : error_wrap(&err, "%s", row->name);
    return rc == 0 ? EXIT_OK : fail(&err);
}

static int path(const struct settings *s, int count, const char *const *arguments)
{
    struct strbuf text = STRBUF_INIT(4096);
    struct error err = ERROR_INIT;
    int rc = config_path(&text, &err);

    (void)s;
    (void)count;
    (void)arguments;
    if (rc == 0) {
        puts(strbuf_text(&text));
    }
    strbuf_clear(&text);
    return rc == 0 ? EXIT_OK : fail(&err);
}

static const struct {
    const char *name, *usage;
    int arguments;
    bool reads;
    int (*run)(const struct settings *s, int count, const char *const *arguments);
} words[] = { { "list", "list", 0, true, list },
              { "get", "get KEY", 1, true, get },
              { "set", "set KEY VALUE", 2, false, set },
              { "path", "path", 0, false, path } };
#define WORD_COUNT (sizeof(words) / sizeof(words[0]))

static int run(const struct settings *s, int count, const char *const *arguments)
{
    const char *names[WORD_COUNT], *near;
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < WORD_COUNT; i++) {
        names[i] = words[i].name;
        if (strcmp(words[i].name, arguments[0]) == 0) {
            if (count - 1 != words[i].arguments) {
                error_set(&err, ERR_USAGE, "usage: offerstat config %s", words[i].usage);
                return fail(&err);
            }
            if (s->missing.code != ERR_NONE && words[i].reads) {
                err = s->missing;
                err.code = ERR_USAGE;
                return fail(&err);
            }
            return words[i].run(s, count - 1, arguments + 1);
        }
    }
    near = word_nearest(arguments[0], names, WORD_COUNT);
    error_set(&err, ERR_USAGE, "config: no \"%s\"%s%s%s", arguments[0],
              near != NULL ? "; did you mean \"" : "; there are list, get, set, path",
              near != NULL ? near : "", near != NULL ? "\"?" : "");
    return fail(&err);
}

const struct cli_command command_config = {
    .name = "config",
    .arguments = "list|get KEY|set KEY VALUE|path",
    .help = "the configuration: what counts, where it comes from",
    .more =
        "Keys are the long names of flags; a flag wins over the environment, that over the file,\n"
        "there [profile NAME] over what stands above all sections. set writes the file (with\n"
        "--profile the section), list --show-origin names where each value comes from.",
    /* Every option that has a key or a variable, so that list shows it. */
    .groups = FOR_ALL | FOR_CONFIG,
    .min_arguments = 1,
    .max_arguments = 3,
    .run = run,
};

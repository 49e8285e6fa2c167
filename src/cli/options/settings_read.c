/* settings_read.c - settings from flags, then environment, then configuration, then defaults. */
#include "settings_read.h"

#include "command_line.h"
#include "commands.h"
#include "config.h"
#include "options.h"
#include "process/paths.h"
#include "report_file.h"
#include "terminal/say.h"
#include "terminal/terminal.h"

#include "offerstat/render.h"
#include "offerstat/secret.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct setting_source *source_of(struct settings *s, const struct option_row *row)
{
    return &s->sources[row - option_rows];
}

static unsigned groups_of(const struct cli_command *command)
{
    return command != NULL ? command->groups : FOR_ALL;
}

static int refuse_foreign_options(const struct cli_command *command,
                                  const struct command_line *line, struct error *err)
{
    for (size_t i = 0; i < line->option_count; i++) {
        const struct option_row *row = line->options[i].row;
        if ((row->groups & groups_of(command)) == 0) {
            if (command == NULL) {
                return error_set(err, ERR_USAGE, "--%s does not go with no command", row->name);
            }
            if (command->takes_offers && strcmp(row->name, "all") == 0) {
                return error_set(err, ERR_USAGE,
                                 "no option --all; without names, all offers are meant");
            }
            return error_set(err, ERR_USAGE, "--%s does not go with %s", row->name, command->name);
        }
    }
    return 0;
}

/* Whether a flag overrides environment and configuration for this row. */
static bool is_overridden(const struct command_line *line, const struct option_row *row)
{
    for (size_t i = 0; i < line->option_count; i++) {
        const struct option_row *given = line->options[i].row;
        if (given == row || (given->replaces != NULL && strcmp(given->replaces, row->name) == 0)) {
            return true;
        }
    }
    return false;
}

/* The profile's keys come after those above all sections, and win. */
static int settings_on_key(void *user, const struct config_key *key, struct error *err)
{
    struct settings *s = user;
    const struct option_row *row = option_find(key->name);
    struct setting_source *source;

    if (row == NULL || row->not_in_config) {
        return config_refuse(key, err);
    }
    source = source_of(s, row);
    source->value = arena_strdup(&s->texts, key->value);
    source->origin = arena_printf(&s->texts, "%s:%u", key->file, key->line);
    source->from_file = true;
    if (source->value == NULL || source->origin == NULL) {
        return error_memory(err);
    }
    return 0;
}

/* Help, the version and the file's path must work even when the file is broken. */
static bool reads_config(const struct cli_command *command, const struct command_line *line)
{
    if (command == NULL || (command->groups & ~(unsigned)FOR_ALL) == 0) {
        return false;
    }
    return command->groups != (FOR_ALL | FOR_CONFIG) || line->word_count < 2 ||
           strcmp(line->words[1], "path") != 0;
}

static void read_environment(struct settings *s)
{
    for (size_t i = 0; i < option_row_count; i++) {
        const char *name = option_rows[i].env;
        const char *value = name != NULL ? env_text(name) : NULL;
        if (value != NULL) {
            s->sources[i] = (struct setting_source){ .value = value, .origin = name };
        }
    }
}

static int read_config(struct settings *s, const struct cli_command *command,
                       const struct command_line *line, struct error *err)
{
    const char *profile = command_line_value(line, "profile");

    if (profile == NULL) {
        profile = env_text("OFFERSTAT_PROFILE");
    }
    if (config_read(profile, settings_on_key, s, err) == 0) {
        return 0;
    }
    if (err->code != ERR_NOT_FOUND) {
        return -1;
    }
    if ((groups_of(command) & (FOR_CONFIG | FOR_AUTH)) != 0) {
        s->missing_config = *err; /* `config set` will create it, and a sign-in does not need it */
        *err = (struct error)ERROR_INIT;
        return 0;
    }
    err->code = ERR_USAGE;
    return -1;
}

/* A value of the environment or the configuration. */
static int apply_source(struct settings *s, const struct option_row *row, struct error *err)
{
    const struct setting_source *source = source_of(s, row);
    enum option_truth truth = option_truth(row, source->value);

    if (truth == OPTION_OFF) {
        return 0;
    }
    if (source->from_file && truth == OPTION_NO_TRUTH) {
        return error_set(err, ERR_USAGE, "%s: %s: expected true or false, found \"%s\"",
                         source->origin, row->name, source->value);
    }
    if (option_set(row, s, source->value, err) != 0) {
        if (source->from_file) {
            error_wrap(err, "%s", row->name);
        }
        return error_wrap(err, "%s", source->origin);
    }
    return 0;
}

static int apply_sources(struct settings *s, const struct command_line *line, unsigned groups,
                         struct error *err)
{
    bool terminal = isatty(STDOUT_FILENO) == 1;

    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        const struct setting_source *source = &s->sources[i];
        if (source->value == NULL || (row->groups & groups) == 0 || is_overridden(line, row)) {
            continue;
        }
        if (source->from_file && row->config_on_terminal && !terminal) {
            continue;
        }
        if (apply_source(s, row, err) != 0) {
            return -1;
        }
    }
    return 0;
}

static int apply_flags(struct settings *s, const struct command_line *line, struct error *err)
{
    for (size_t i = 0; i < line->option_count; i++) {
        const struct option_row *row = line->options[i].row;
        const char *value = line->options[i].value;
        if (option_set(row, s, value, err) != 0) {
            return error_wrap(err, "--%s", row->name);
        }
        *source_of(s, row) = (struct setting_source){ .value = value != NULL ? value : "true",
                                                      .origin = SETTING_OF_COMMAND_LINE };
    }
    return 0;
}

int settings_init(struct settings *s, struct error *err)
{
    *s = (struct settings){ .api = API_AUTO,
                            .jobs = 16,
                            .retries = 4,
                            .connect_timeout_ms = INT64_C(10) * 1000,
                            .stall_timeout_ms = INT64_C(60) * 1000,
                            .request_timeout_ms = INT64_C(5) * 60 * 1000,
                            .format = render_format_find("table"),
                            .width = WIDTH_OF_TERMINAL,
                            .timeout_ms = INT64_C(60) * 60 * 1000,
                            .max_outage_ms = INT64_C(30) * 60 * 1000,
                            .interval_ms = INT64_C(30) * 1000,
                            .heartbeat_ms = WAIT_FOR_EVER,
                            .sources = calloc(option_row_count, sizeof(struct setting_source)) };
    return s->sources != NULL ? 0 : error_memory(err);
}

static int read_sources(struct settings *s, const struct cli_command *command,
                        const struct command_line *line, struct error *err)
{
    s->help = command_line_value(line, "help") != NULL;
    s->version = command_line_value(line, "version") != NULL;
    if (s->help || s->version) {
        return 0;
    }
    s->quiet = command_line_value(line, "quiet") != NULL;
    say_setup(s->quiet, false,
              terminal_wants_color(s->color,
                                   STDERR_FILENO)); /* for the warnings about the configuration */
    if (reads_config(command, line) && read_config(s, command, line, err) != 0) {
        return -1;
    }
    read_environment(s);
    if (apply_sources(s, line, groups_of(command), err) != 0) {
        return -1;
    }
    return apply_flags(s, line, err);
}

/* Whether stdout or a report has a format for which `takes` is true. */
static bool some_format(const struct settings *s, bool (*takes)(const struct render_format *format))
{
    struct report_file file;
    struct error ignored = ERROR_INIT;
    bool found = takes(s->format);

    for (size_t i = 0; i < s->reports.count; i++) {
        if (report_file_parse(s->reports.items[i], &file, &ignored) == 0) {
            found = found || takes(file.format);
        }
    }
    return found;
}

static bool takes_fields(const struct render_format *format)
{
    return format->takes_fields;
}

static bool takes_titles(const struct render_format *format)
{
    return format->takes_titles;
}

/* A flag for which no chosen format is made is an error.  In the configuration it is not: there it
 * is meant for the formats that can. */
static int check_formats(const struct settings *s, const struct command_line *line,
                         struct error *err)
{
    if (s->jq != NULL && strcmp(s->format->name, "json") != 0) {
        return error_set(err, ERR_USAGE, "--jq filters json, not %s", s->format->name);
    }
    if (command_line_value(line, "fields") != NULL && !some_format(s, takes_fields)) {
        return error_set(err, ERR_USAGE, "--fields: the format \"%s\" has no fields to choose",
                         s->format->name);
    }
    if (command_line_value(line, "no-header") != NULL && !some_format(s, takes_titles)) {
        return error_set(err, ERR_USAGE, "--no-header: the format \"%s\" has no column titles",
                         s->format->name);
    }
    return 0;
}

/* A recording in the file of a report would replace it. */
static int check_recording(const struct settings *s, struct error *err)
{
    struct report_file report;

    if (s->har_names && s->har == NULL) {
        return error_set(err, ERR_USAGE, "--har-names is about the file of --har");
    }
    for (size_t i = 0; s->har != NULL && i < s->reports.count; i++) {
        if (report_file_parse(s->reports.items[i], &report, err) != 0) {
            return -1;
        }
        if (strcmp(report.path, s->har) == 0) {
            return error_set(err, ERR_USAGE, "%s is named twice", s->har);
        }
    }
    return 0;
}

int settings_read(struct settings *s, const struct cli_command *command,
                  const struct command_line *line, struct error *err)
{
    if (settings_init(s, err) != 0 || refuse_foreign_options(command, line, err) != 0 ||
        read_sources(s, command, line, err) != 0 || check_formats(s, line, err) != 0 ||
        check_recording(s, err) != 0) {
        settings_free(s);
        return -1;
    }
    return 0;
}

void settings_free(struct settings *s)
{
    free(s->sources);
    free(s->publishers.items);
    free(s->except.items);
    free(s->fields.items);
    free(s->reports.items);
    secret_free(s->piped_token);
    arena_clear(&s->texts);
    *s = (struct settings){ 0 };
}

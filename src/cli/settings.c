/* settings.c - one table of options: flags, environment, help. */
#define _GNU_SOURCE /* getopt_long */
#include "cli.h"

#include "offerstat/portal.h"
#include "offerstat/strbuf.h"
#include "offerstat/timestamp.h"
#include "offerstat/word.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One option: one row.  argument NULL: a switch. */
struct option_row {
    const char *name;
    char letter;
    const char *argument, *env, *help;
    unsigned groups;
    int (*apply)(struct settings *s, const char *value, struct error *err);
};

static int add_text(struct texts *list, const char *text, struct error *err)
{
    const char **items = realloc(list->items, (list->count + 1) * sizeof(*items));

    if (items == NULL) {
        return error_memory(err);
    }
    items[list->count++] = text;
    list->items = items;
    return 0;
}

/* Split "a,b" into texts that s->split owns. */
static int split_commas(struct settings *s, const char *value, struct texts *to, struct error *err)
{
    char *copy = strdup(value), *rest = copy, *part;

    if (copy == NULL || add_text(&s->split, copy, err) != 0) {
        free(copy);
        return error_memory(err);
    }
    while ((part = strsep(&rest, ",")) != NULL) {
        if (*part == '\0') {
            return error_set(err, ERR_USAGE, "an empty word in \"%s\"", value);
        }
        if (add_text(to, part, err) != 0) {
            return -1;
        }
    }
    return 0;
}

static int refuse(const char *what, const char *value, const char *const *known, size_t count,
                  struct error *err)
{
    const char *near = word_nearest(value, known, count);
    struct strbuf all = STRBUF_INIT(4096);

    for (size_t i = 0; i < count; i++) {
        (void)strbuf_printf(&all, "%s%s", i > 0 ? ", " : "", known[i]);
    }
    if (near != NULL) {
        (void)error_set(err, ERR_USAGE, "no %s \"%s\"; did you mean \"%s\"?", what, value, near);
    } else {
        (void)error_set(err, ERR_USAGE, "no %s \"%s\"; there are %s", what, value,
                        strbuf_text(&all));
    }
    strbuf_clear(&all);
    return -1;
}

static int read_number(const char *value, long low, long high, long *out, struct error *err)
{
    char *end = NULL;
    long number = strtol(value, &end, 10);

    if (end == value || *end != '\0' || number < low || number > high) {
        return error_set(err, ERR_USAGE, "expected a number from %ld to %ld, found \"%s\"", low,
                         high, value);
    }
    *out = number;
    return 0;
}

static int read_duration(const char *value, int64_t *out, struct error *err)
{
    if (!duration_parse(value, out) || *out == 0) {
        return error_set(err, ERR_USAGE,
                         "expected a time with its unit, such as 30s, 5m or 2h, found \"%s\"",
                         value);
    }
    return 0;
}

static int set_publisher(struct settings *s, const char *value, struct error *err)
{
    if (*value == '\0') {
        return error_set(err, ERR_USAGE, "the publisher's id is empty");
    }
    return add_text(&s->publishers, value, err);
}

static int set_api(struct settings *s, const char *value, struct error *err)
{
    const char *known[8];
    size_t count = 0;

    /* There are tokens for APIs that are not read yet. */
    if (s->signs_in && signin_audience(value) != NULL) {
        s->api = value;
        return 0;
    }

    while (count < 8 && portal_api_name(count) != NULL) {
        known[count] = portal_api_name(count);
        if (strcmp(known[count++], value) == 0) {
            s->api = value;
            return 0;
        }
    }
    return refuse("API", value, known, count, err);
}

static int set_endpoint(struct settings *s, const char *value, struct error *err)
{
    bool loopback;

    s->endpoint = value;
    return portal_check_endpoint(value, &loopback, err);
}

static int set_token(struct settings *s, const char *value, struct error *err)
{
    (void)err; /* looked at when it is used: a bad token is no usage error */
    s->token = *value != '\0' ? value : NULL;
    return 0;
}

static int set_token_file(struct settings *s, const char *value, struct error *err)
{
    if (*value == '\0') {
        return error_set(err, ERR_USAGE, "the file's name is empty");
    }
    s->token_file = value;
    return 0;
}

static int set_auth(struct settings *s, const char *value, struct error *err)
{
    const char *known[16] = { "auto" };
    size_t count = 1;

    while (count < 16 && signin_method_name(count - 1) != NULL) {
        known[count] = signin_method_name(count - 1);
        count++;
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(known[i], value) == 0) {
            s->auth = value;
            return 0;
        }
    }
    return refuse("sign-in", value, known, count, err);
}

static int set_client_id(struct settings *s, const char *value, struct error *err)
{
    (void)err;
    s->client_id = value;
    return 0;
}

static int set_authority(struct settings *s, const char *value, struct error *err)
{
    bool loopback;

    s->authority = value;
    return portal_check_endpoint(value, &loopback, err);
}

static int set_jobs(struct settings *s, const char *value, struct error *err)
{
    long number = 0;

    if (read_number(value, 1, 256, &number, err) != 0) {
        return -1;
    }
    s->jobs = (unsigned)number;
    return 0;
}

static int set_retries(struct settings *s, const char *value, struct error *err)
{
    long number = 0;

    if (read_number(value, 0, 100, &number, err) != 0) {
        return -1;
    }
    s->retries = (unsigned)number;
    return 0;
}

static int set_connect_timeout(struct settings *s, const char *value, struct error *err)
{
    return read_duration(value, &s->connect_timeout_ms, err);
}

static int set_stall_timeout(struct settings *s, const char *value, struct error *err)
{
    return read_duration(value, &s->stall_timeout_ms, err);
}

static int set_request_timeout(struct settings *s, const char *value, struct error *err)
{
    return read_duration(value, &s->request_timeout_ms, err);
}

static int set_output(struct settings *s, const char *value, struct error *err)
{
    const char *known[16];

    s->format = render_format_find(value);
    if (s->format != NULL) {
        return 0;
    }
    for (size_t i = 0; i < render_format_count; i++) {
        known[i] = render_formats[i]->name;
    }
    return refuse("format", value, known, render_format_count, err);
}

static int set_json(struct settings *s, const char *value, struct error *err)
{
    (void)value;
    return set_output(s, "json", err);
}

static int set_fields(struct settings *s, const char *value, struct error *err)
{
    s->fields.count = 0;
    return split_commas(s, value, &s->fields, err);
}

static int set_color(struct settings *s, const char *value, struct error *err)
{
    static const char *const known[] = { "auto", "always", "never" };

    for (size_t i = 0; i < 3; i++) {
        if (strcmp(known[i], value) == 0) {
            s->color = (enum when)i;
            return 0;
        }
    }
    return refuse("choice", value, known, 3, err);
}

static int set_time(struct settings *s, const char *value, struct error *err)
{
    static const char *const known[] = { "auto", "relative", "utc", "local" };

    for (size_t i = 0; i < 4; i++) {
        if (strcmp(known[i], value) == 0) {
            s->time = (enum time_choice)i;
            return 0;
        }
    }
    return refuse("choice", value, known, 4, err);
}

static int set_width(struct settings *s, const char *value, struct error *err)
{
    return read_number(value, 0, 10000, &s->width, err);
}

static int add_states(struct settings *s, const char *value, unsigned *to, struct error *err)
{
    struct texts words = { 0 };
    const char *known[STATE_COUNT];
    int rc = split_commas(s, value, &words, err);

    for (size_t i = 0; i < STATE_COUNT; i++) {
        known[i] = state_token((enum offer_state)i);
    }
    for (size_t i = 0; rc == 0 && i < words.count; i++) {
        enum offer_state state;
        if (state_parse(words.items[i], &state)) {
            *to |= 1u << state;
        } else {
            rc = refuse("state", words.items[i], known, STATE_COUNT, err);
        }
    }
    free(words.items);
    return rc;
}

static int set_state(struct settings *s, const char *value, struct error *err)
{
    return add_states(s, value, &s->filter.states, err);
}

static int set_not_state(struct settings *s, const char *value, struct error *err)
{
    return add_states(s, value, &s->filter.not_states, err);
}

static int set_fail_on(struct settings *s, const char *value, struct error *err)
{
    if (add_states(s, value, &s->policy.fail_on, err) != 0) {
        return -1;
    }
    if ((s->policy.fail_on & 1u << STATE_NONE) != 0) {
        return error_set(err, ERR_USAGE,
                         "none is no state to fail on; --require live asks for what is live");
    }
    return 0;
}

static int set_require(struct settings *s, const char *value, struct error *err)
{
    static const char *const known[] = { "idle", "live" };

    for (size_t i = 0; i < 2; i++) {
        if (strcmp(known[i], value) == 0) {
            s->policy.require = i == 0 ? REQUIRE_IDLE : REQUIRE_LIVE;
            return 0;
        }
    }
    return refuse("requirement", value, known, 2, err);
}

static int set_ignore_unknown(struct settings *s, const char *value, struct error *err)
{
    (void)value;
    (void)err;
    s->policy.ignore_unknown = true;
    return 0;
}

static int set_live(struct settings *s, const char *value, struct error *err)
{
    struct texts words = { 0 };
    const char *known[LIVE_COUNT];
    int rc = split_commas(s, value, &words, err);

    for (size_t i = 0; i < LIVE_COUNT; i++) {
        known[i] = live_token((enum offer_live)i);
    }
    for (size_t i = 0; rc == 0 && i < words.count; i++) {
        enum offer_live live;
        if (live_parse(words.items[i], &live)) {
            s->filter.lives |= 1u << live;
        } else {
            rc = refuse("live value", words.items[i], known, LIVE_COUNT, err);
        }
    }
    free(words.items);
    return rc;
}

/* Any text may be a type: the portal's are free. */
static int set_type(struct settings *s, const char *value, struct error *err)
{
    (void)err;
    s->filter.type = value;
    return 0;
}

static int set_since(struct settings *s, const char *value, struct error *err)
{
    return read_duration(value, &s->since_age_ms, err);
}

static int set_sort(struct settings *s, const char *value, struct error *err)
{
    const char *known[64];
    size_t count = 0;
    const struct render_field *field;

    s->sort_descending = *value == '-';
    s->sort = value + (s->sort_descending ? 1 : 0);
    if (offer_compare_by(s->sort) != NULL) {
        return 0;
    }
    for (size_t i = 0; count < 64 && (field = render_field_at(VIEW_LIST, i)) != NULL; i++) {
        if (offer_compare_by(field->key) != NULL) {
            known[count++] = field->key;
        }
    }
    return refuse("field to sort by", s->sort, known, count, err);
}

static int set_limit(struct settings *s, const char *value, struct error *err)
{
    long number = 0;

    if (read_number(value, 1, 1000000000, &number, err) != 0) {
        return -1;
    }
    s->limit = (size_t)number;
    return 0;
}

#define SWITCH(member)                                                                             \
    static int set_##member(struct settings *s, const char *value, struct error *err)              \
    {                                                                                              \
        (void)value;                                                                               \
        (void)err;                                                                                 \
        s->member = true;                                                                          \
        return 0;                                                                                  \
    }
SWITCH(allow_empty)
SWITCH(no_header)
SWITCH(ascii)
SWITCH(no_progress)
SWITCH(quiet)
SWITCH(verbose)
SWITCH(debug)
SWITCH(quick)
SWITCH(check)
SWITCH(help)
SWITCH(version)

static const struct option_row rows[] = {
    { "publisher", 'p', "ID", "OFFERSTAT_PUBLISHER",
      "read this publisher's offers (repeatable; default: all that the account sees)", FOR_REMOTE,
      set_publisher },
    { "api", 0, "NAME", "OFFERSTAT_API", "API to read: cpp", FOR_REMOTE, set_api },
    { "endpoint", 0, "URL", "OFFERSTAT_ENDPOINT",
      "scheme, host and prefix in place of the API's own (https, or loopback)", FOR_REMOTE,
      set_endpoint },
    { "token-file", 0, "FILE", "OFFERSTAT_TOKEN_FILE",
      "read the bearer token from FILE, - for standard input", FOR_REMOTE, set_token_file },
    { "auth", 0, "METHOD", NULL,
      "sign in this way alone: token, federated, certificate, secret, login, azure-cli", FOR_REMOTE,
      set_auth },
    { "client-id", 0, "ID", NULL, "your own public client application (AZURE_CLIENT_ID)", FOR_AUTH,
      set_client_id },
    { "check", 0, NULL, NULL, "status: ask the service whether it takes the token", FOR_AUTH,
      set_check },
    { "jobs", 0, "N", NULL, "requests side by side (16)", FOR_REMOTE, set_jobs },
    { "retries", 0, "N", NULL, "further tries of a request that failed in passing (4)", FOR_REMOTE,
      set_retries },
    { "connect-timeout", 0, "TIME", NULL, "give up connecting after TIME (10s)", FOR_REMOTE,
      set_connect_timeout },
    { "stall-timeout", 0, "TIME", NULL, "give up after TIME without a byte (60s)", FOR_REMOTE,
      set_stall_timeout },
    { "request-timeout", 0, "TIME", "OFFERSTAT_REQUEST_TIMEOUT",
      "give up a request after TIME (5m)", FOR_REMOTE, set_request_timeout },
    { "output", 'o', "FORMAT", "OFFERSTAT_OUTPUT", "table, wide, json, ndjson or name", FOR_OUTPUT,
      set_output },
    { "json", 0, NULL, NULL, "the same as -o json", FOR_OUTPUT, set_json },
    { "fields", 0, "A,B,...", NULL, "only these fields, in this order (see `help formatting`)",
      FOR_OUTPUT, set_fields },
    { "no-header", 0, NULL, NULL, "no column titles and no tally", FOR_OUTPUT, set_no_header },
    { "time", 0, "STYLE", NULL, "auto, relative, utc or local", FOR_OUTPUT, set_time },
    { "width", 0, "N", NULL, "fit tables into N columns, 0 never cuts", FOR_OUTPUT, set_width },
    { "ascii", 0, NULL, NULL, "icons and ellipses in ASCII", FOR_OUTPUT, set_ascii },
    { "color", 0, "WHEN", NULL, "auto, always or never", FOR_OUTPUT, set_color },
    { "quick", 0, NULL, NULL, "one request alone; what needs more is marked provisional",
      FOR_OFFERS, set_quick },
    { "state", 0, "S,...", NULL, "only offers in one of these states", FOR_SELECT, set_state },
    { "not-state", 0, "S,...", NULL, "no offers in one of these states", FOR_SELECT,
      set_not_state },
    { "live", 0, "L,...", NULL, "only offers that are yes, no, preview or unknown there",
      FOR_SELECT, set_live },
    { "type", 0, "TYPE", NULL, "only offers of this type (short or raw name)",
      FOR_SELECT | FOR_CHECK, set_type },
    { "fail-on", 0, "S,...", NULL, "offers in one of these states offend as well", FOR_CHECK,
      set_fail_on },
    { "require", 0, "WHAT", NULL, "idle: nothing may be under way or due; live: and it is live",
      FOR_CHECK, set_require },
    { "ignore-unknown", 0, NULL, NULL, "offers in no known state pass", FOR_CHECK,
      set_ignore_unknown },
    { "allow-empty", 0, NULL, NULL, "nothing to check is no failure", FOR_CHECK, set_allow_empty },
    { "since", 0, "TIME", NULL, "only offers changed within TIME, such as 7d", FOR_SELECT,
      set_since },
    { "sort", 0, "[-]FIELD", NULL, "order by a field, descending with -", FOR_SELECT, set_sort },
    { "limit", 0, "N", NULL, "the first N offers", FOR_SELECT, set_limit },
    { "no-progress", 0, NULL, NULL, "no progress line", FOR_REMOTE, set_no_progress },
    { "quiet", 'q', NULL, NULL, "errors alone on stderr", FOR_ALL, set_quiet },
    { "verbose", 'v', NULL, NULL, "say more on stderr", FOR_ALL, set_verbose },
    { "debug", 0, NULL, "OFFERSTAT_DEBUG", "a line for each try of a request on stderr", FOR_REMOTE,
      set_debug },
    { "help", 'h', NULL, NULL, "this help", FOR_ALL, set_help },
    { "version", 0, NULL, NULL, "print the version", FOR_ALL, set_version },
};
#define ROW_COUNT (sizeof(rows) / sizeof(rows[0]))

/* A token never comes from a flag: argv is there for every process to read. */
static const struct option_row environment_rows[] = {
    { "token", 0, "TEXT", "OFFERSTAT_TOKEN", "the bearer token itself", FOR_REMOTE, set_token },
    { "authority", 0, "URL", "OFFERSTAT_AUTHORITY", "as AZURE_AUTHORITY_HOST, and wins over it",
      FOR_REMOTE, set_authority },
};
#define ENVIRONMENT_ROW_COUNT (sizeof(environment_rows) / sizeof(environment_rows[0]))

static int apply_environment(struct settings *s, const struct option_row *row, struct error *err)
{
    const char *value = row->env != NULL ? getenv(row->env) : NULL;

    if (value == NULL || *value == '\0' || (row->argument == NULL && strcmp(value, "0") == 0)) {
        return 0;
    }
    if (row->apply(s, value, err) != 0) {
        return error_wrap(err, "%s", row->env);
    }
    return 0;
}

static int read_environment(struct settings *s, unsigned groups, struct error *err)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if ((rows[i].groups & groups) != 0 && apply_environment(s, &rows[i], err) != 0) {
            return -1;
        }
    }
    for (size_t i = 0; (groups & FOR_REMOTE) != 0 && i < ENVIRONMENT_ROW_COUNT; i++) {
        if (apply_environment(s, &environment_rows[i], err) != 0) {
            return -1;
        }
    }
    return 0;
}

static int unknown_flag(const char *word, struct error *err)
{
    const char *names[ROW_COUNT];
    char name[64];
    const char *near;

    for (size_t i = 0; i < ROW_COUNT; i++) {
        names[i] = rows[i].name;
    }
    (void)snprintf(name, sizeof(name), "%.*s", (int)strcspn(word, "="), word);
    if (strncmp(name, "--", 2) != 0) {
        return error_set(err, ERR_USAGE, "no option %s", name);
    }
    if (strcmp(name, "--token") == 0) {
        return error_set(err, ERR_USAGE,
                         "no option --token: every process can read argv; use OFFERSTAT_TOKEN or "
                         "--token-file");
    }
    near = word_nearest(name + 2, names, ROW_COUNT);
    if (near != NULL) {
        return error_set(err, ERR_USAGE, "no option %s; did you mean --%s?", name, near);
    }
    return error_set(err, ERR_USAGE, "no option %s", name);
}

/* getopt's own tables, made from ours. */
static void fill_tables(struct option *longs, char *shorts)
{
    *shorts++ = ':'; /* tell a missing argument from an unknown option */
    for (size_t i = 0; i < ROW_COUNT; i++) {
        longs[i] =
            (struct option){ .name = rows[i].name,
                             .has_arg = rows[i].argument != NULL ? required_argument : no_argument,
                             .val = 256 + (int)i };
        if (rows[i].letter != 0) {
            *shorts++ = rows[i].letter;
            if (rows[i].argument != NULL) {
                *shorts++ = ':';
            }
        }
    }
    longs[ROW_COUNT] = (struct option){ 0 };
    *shorts = '\0';
}

static const struct option_row *row_of(int code)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (code == 256 + (int)i || (code != 0 && code == rows[i].letter)) {
            return &rows[i];
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
    struct option longs[ROW_COUNT + 1];
    char shorts[2 * ROW_COUNT + 2];
    int code;

    (void)unsetenv("POSIXLY_CORRECT"); /* options may stand behind the words */
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

struct flags_read {
    struct settings *settings;
    const struct cli_command *command;
    bool publisher_given;
};

static int apply_flag(void *user, const struct option_row *row, const char *value,
                      struct error *err)
{
    struct flags_read *f = user;

    if ((row->groups & (f->command != NULL ? f->command->groups : FOR_ALL)) == 0) {
        return error_set(err, ERR_USAGE, "--%s does not go with %s", row->name,
                         f->command != NULL ? f->command->name : "no command");
    }
    /* The first -p takes the place of the environment's publisher; further ones add to it. */
    if (row->apply == set_publisher && !f->publisher_given) {
        f->publisher_given = true;
        f->settings->publishers.count = 0;
    }
    if (row->apply == set_token_file) {
        f->settings->token = NULL; /* a flag wins over the environment */
    }
    if (row->apply(f->settings, value, err) != 0) {
        return error_wrap(err, "--%s", row->name);
    }
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

int settings_read(struct settings *s, const struct cli_command *command, int argc, char **argv,
                  struct error *err)
{
    struct flags_read flags = { .settings = s, .command = command };

    *s = (struct settings){ .api = "cpp",
                            .signs_in = command != NULL && (command->groups & FOR_AUTH) != 0,
                            .jobs = 16,
                            .retries = 4,
                            .connect_timeout_ms = INT64_C(10) * 1000,
                            .stall_timeout_ms = INT64_C(60) * 1000,
                            .request_timeout_ms = INT64_C(5) * 60 * 1000,
                            .format = render_format_find("table"),
                            .width = -1 };
    if (read_environment(s, command != NULL ? command->groups : FOR_ALL, err) != 0 ||
        visit_options(argc, argv, apply_flag, &flags, err) != 0) {
        settings_free(s);
        return -1;
    }
    return 0;
}

void settings_free(struct settings *s)
{
    for (size_t i = 0; i < s->split.count; i++) {
        free((char *)s->split.items[i]);
    }
    free(s->split.items);
    free(s->publishers.items);
    free(s->fields.items);
    s->split = (struct texts){ 0 };
    s->publishers = (struct texts){ 0 };
    s->fields = (struct texts){ 0 };
}

void settings_print_options(unsigned groups)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        const struct option_row *row = &rows[i];
        char flag[64];
        if ((row->groups & groups) == 0) {
            continue;
        }
        (void)snprintf(flag, sizeof(flag), "%c%c%c --%s%s%s", row->letter != 0 ? '-' : ' ',
                       row->letter != 0 ? row->letter : ' ', row->letter != 0 ? ',' : ' ',
                       row->name, row->argument != NULL ? " " : "",
                       row->argument != NULL ? row->argument : "");
        printf("  %-26s %s\n", flag, row->help);
    }
}

void settings_print_environment(void)
{
    for (size_t i = 0; i < ENVIRONMENT_ROW_COUNT; i++) {
        printf("  %-26s %s\n", environment_rows[i].env, environment_rows[i].help);
    }
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (rows[i].env != NULL) {
            printf("  %-26s as --%s%s%s\n", rows[i].env, rows[i].name,
                   rows[i].argument != NULL ? " " : "",
                   rows[i].argument != NULL ? rows[i].argument : "");
        }
    }
}

/* complete.c - what a shell offers for a word that is being typed. */
#define _DEFAULT_SOURCE /* setitimer */
#include "complete.h"

#include "help.h"
#include "offers/offers.h"
#include "options/api_choice.h"
#include "options/command_line.h"
#include "options/commands.h"
#include "options/config.h"
#include "options/options.h"
#include "options/settings_read.h"

#include "offerstat/escape.h"
#include "offerstat/render.h"
#include "offerstat/strbuf.h"
#include "offerstat/translate.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#define OFFERS_WITHIN_US 300000 /* a person waits at the prompt */

/* The word that is being typed: "--state=failed,pend" has the prefix "--state=failed,", which every
 * answer repeats, and the beginning "pend". */
struct typed {
    const char *word;
    size_t lead;
};

/* What comes before the word that is being typed. */
struct place {
    const struct cli_command *command; /* NULL: none yet */
    const struct option_row *option;   /* the option whose value is being typed, or NULL */
    const char *before;                /* the argument before this one, or NULL */
    const char *first;                 /* the command's first argument, or NULL */
    size_t arguments;                  /* how many arguments the command has already */
    bool no_options;                   /* after "--" */
};

static void answer(const struct typed *t, const char *candidate, const char *help)
{
    if (candidate != NULL &&
        strncmp(candidate, t->word + t->lead, strlen(t->word + t->lead)) == 0) {
        printf("%.*s%s\t%s\n", (int)t->lead, t->word, candidate, help);
    }
}

static const struct option_row *option_of_word(const char *word, size_t len)
{
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        bool is_letter = len == 2 && word[0] == '-' && row->letter != 0 && word[1] == row->letter;
        bool is_name = len > 2 && strncmp(word, "--", 2) == 0 && strlen(row->name) == len - 2 &&
                       strncmp(row->name, word + 2, len - 2) == 0;
        if (!row->not_on_command_line && (is_letter || is_name)) {
            return row;
        }
    }
    return NULL;
}

static struct place find_place(int count, const char *const *words)
{
    struct place p = { 0 };

    for (int i = 0; i < count; i++) {
        const char *word = words[i];
        if (p.option != NULL) {
            p.option = NULL; /* this was its value */
        } else if (!p.no_options && strcmp(word, "--") == 0) {
            p.no_options = true;
        } else if (!p.no_options && word[0] == '-' && word[1] != '\0') {
            const struct option_row *row = option_of_word(word, strlen(word));
            p.option = row != NULL && row->argument != NULL ? row : NULL;
        } else if (p.command == NULL) {
            p.command = command_find(word);
        } else {
            if (p.arguments == 0) {
                p.first = word;
            }
            p.before = word;
            p.arguments++;
        }
    }
    return p;
}

static void answer_options(const struct typed *t, const struct cli_command *command)
{
    unsigned groups = command != NULL ? command->groups : FOR_ALL;

    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        struct strbuf name = STRBUF_INIT(256), help = STRBUF_INIT(4096);
        if ((row->groups & groups) != 0 && !row->not_on_command_line) {
            strbuf_printf(&name, "--%s", row->name);
            option_put_help(row, &help);
            answer(t, strbuf_text(&name), strbuf_text(&help));
        }
        strbuf_clear(&name);
        strbuf_clear(&help);
    }
}

static void answer_fields(const struct typed *t, const struct cli_command *command)
{
    enum render_view view = command != NULL ? command->view : VIEW_LIST;
    const struct render_field *field;

    for (size_t i = 0; (field = render_field_at(view, i)) != NULL; i++) {
        answer(t, field->key, _(field->help));
    }
}

/* The profiles of the configuration file; none when the file is broken. */
static void answer_profiles(const struct typed *t)
{
    struct strbuf path = STRBUF_INIT(4096);
    struct error ignored = ERROR_INIT;
    FILE *file = config_path(&path, &ignored) == 0 ? fopen(strbuf_text(&path), "re") : NULL;
    char line[256], name[64];

    while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
        if (sscanf(line, " [profile %63[A-Za-z0-9_-]]", name) == 1) {
            answer(t, name, "");
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    strbuf_clear(&path);
}

/* Whether the command prints this format; as long as there is none, it may. */
static bool is_printed(const struct render_format *format, const struct cli_command *command)
{
    return command == NULL || render_format_shows(format, command->view);
}

static void answer_formats(const struct typed *t, const struct cli_command *command)
{
    bool prints_all = command == NULL || command->prints == NULL;

    for (size_t i = 0; i < render_format_count; i++) {
        const struct render_format *format = render_formats[i];
        if (is_printed(format, command) && (prints_all || command->prints(format))) {
            answer(t, format->name, _(format->help));
        }
    }
}

/* FORMAT=FILE */
static void answer_reports(const struct typed *t, const struct cli_command *command)
{
    char word[64];

    if (strchr(t->word + t->lead, '=') != NULL) {
        puts("@files");
        return;
    }
    for (size_t i = 0; i < render_format_count; i++) {
        if (is_printed(render_formats[i], command)) {
            snprintf(word, sizeof(word), "%s=", render_formats[i]->name);
            answer(t, word, _(render_formats[i]->help));
        }
    }
}

static void answer_values(struct typed t, const struct option_row *row,
                          const struct cli_command *command)
{
    const char *typed = t.word + t.lead, *comma = strrchr(typed, ',');

    if (row->kind == OPTION_FILE) {
        puts("@files");
        return;
    }
    if (strcmp(row->name, "report") == 0) {
        answer_reports(&t, command);
        return;
    }
    if (strcmp(row->name, "output") == 0) {
        answer_formats(&t, command);
        return;
    }
    if (comma != NULL && (row->kind == OPTION_WORDS || row->kind == OPTION_LIST)) {
        t.lead += (size_t)(comma - typed) + 1;
    }
    if (row->kind == OPTION_SPECIAL && *typed == '-') { /* --sort -FIELD */
        t.lead++;
    }
    if (row->kind == OPTION_LIST) {
        answer_fields(&t, command);
    } else if (strcmp(row->name, "profile") == 0) {
        answer_profiles(&t);
    }
    for (size_t i = 0; option_word(row, i) != NULL; i++) {
        answer(&t, option_word(row, i), "");
    }
}

static void answer_keys(const struct typed *t)
{
    for (size_t i = 0; i < option_row_count; i++) {
        if (!option_rows[i].not_in_config) {
            struct strbuf help = STRBUF_INIT(4096);
            option_put_help(&option_rows[i], &help);
            answer(t, option_rows[i].name, strbuf_text(&help));
            strbuf_clear(&help);
        }
    }
}

/* Ids go to a shell: only those without special characters are offered. */
static bool is_plain(const char *id)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";

    return *id != '\0' && *id != '-' && id[strspn(id, plain)] == '\0';
}

static int complete_on_offer(void *user, const struct settings *s, const struct offer *o,
                             struct error *err)
{
    const struct typed *t = user;
    struct strbuf name = STRBUF_INIT(4096);

    (void)s;
    (void)err;
    if (is_plain(o->id)) {
        escape_text(&name, o->name != NULL ? o->name : "", 0);
        answer(t, o->id, strbuf_text(&name));
    }
    strbuf_clear(&name);
    return 0;
}

static void complete_on_alarm(int number)
{
    (void)number;
    _exit(0); /* drops what is in stdout's buffer so far */
}

/* A token file that is a pipe would keep the prompt waiting. */
static bool has_ready_token(const struct settings *s)
{
    struct stat file;

    if (s->auth != NULL && strcmp(s->auth, "auto") != 0 && strcmp(s->auth, "token") != 0) {
        return false;
    }
    return s->token != NULL ||
           (s->token_file != NULL && stat(s->token_file, &file) == 0 && S_ISREG(file.st_mode));
}

/* Read the list with the options that were typed so far; only with a ready token, since a sign-in
 * takes time and may ask a person. */
static void answer_offers(const struct typed *t, const struct place *p, int count,
                          const char *const *words)
{
    struct typed typed = *t;
    const struct offers_plan plan = { .view = VIEW_LIST,
                                      .depth = DEPTH_LIST,
                                      .mode = SELECT_PATTERN,
                                      .use = complete_on_offer,
                                      .user = &typed };
    const struct itimerval limit = { .it_value = { .tv_usec = OFFERS_WITHIN_US } };
    struct sigaction end = { .sa_handler = complete_on_alarm };
    const char **argv = calloc((size_t)count + 2, sizeof(*argv));
    struct command_line line = { 0 };
    struct error ignored = ERROR_INIT;
    struct settings s;

    if (argv == NULL || freopen("/dev/null", "w", stderr) == NULL) {
        free(argv);
        return;
    }
    argv[0] = "offerstat";
    memcpy(argv + 1, words, (size_t)count * sizeof(*argv));
    sigaction(SIGALRM, &end, NULL);
    setitimer(ITIMER_REAL, &limit, NULL);
    if (command_line_read(count + 1, (char **)argv, &line, &ignored) == 0 &&
        settings_read(&s, p->command, &line, &ignored) == 0) {
        s.no_progress = s.quiet = true;
        s.retries = 0;
        s.witness = WITNESS_NEVER;
        s.limit = 0;
        s.filter = (struct filter){ 0 };
        if (has_ready_token(&s) && api_choose(&s, true, &ignored) == 0) {
            offers_run(&s, &plan, 0, NULL);
        }
        settings_free(&s);
    }
    command_line_clear(&line);
    free(argv);
}

static void answer_arguments(const struct typed *t, const struct place *p, int count,
                             const char *const *words)
{
    const struct cli_command *command = p->command;

    if (command->max_arguments >= 0 && p->arguments >= (size_t)command->max_arguments) {
        return;
    }
    if (command->takes_offers) {
        answer_offers(t, p, count, words);
    } else if (p->arguments == 0 && command->word_at != NULL) {
        for (size_t i = 0; command->word_at(i) != NULL; i++) {
            answer(t, command->word_at(i), "");
        }
    } else if (command == &command_config && p->arguments == 1 && strcmp(p->first, "get") == 0) {
        answer_keys(t);
    } else if (command == &command_config && p->first != NULL && strcmp(p->first, "set") == 0) {
        if (p->arguments == 1) {
            answer_keys(t);
        } else if (option_find(p->before) != NULL) {
            answer_values(*t, option_find(p->before), NULL);
        }
    }
}

void complete_words(int count, const char *const *words)
{
    struct place p = find_place(count - 1, words);
    struct typed t = { .word = words[count - 1] };
    size_t name = strcspn(t.word, "=");

    if (p.option != NULL) {
        answer_values(t, p.option, p.command);
    } else if (!p.no_options && t.word[0] == '-') {
        const struct option_row *row = option_of_word(t.word, name);
        if (t.word[name] == '=' && row != NULL && row->argument != NULL) {
            t.lead = name + 1;
            answer_values(t, row, p.command);
        } else {
            answer_options(&t, p.command);
        }
    } else if (p.command != NULL) {
        answer_arguments(&t, &p, count - 1, words);
    } else {
        for (size_t i = 0; command_at(i) != NULL; i++) {
            answer(&t, command_at(i)->name, _(command_at(i)->help));
        }
    }
}

/* commands.c - the table of commands. */
#include "commands.h"

#include "offerstat/translate.h"

#include "refuse.h"

#include <string.h>

static const struct cli_command *const commands[] = {
    &command_list,       &command_show,    &command_approvals, &command_check, &command_wait,
    &command_watch,      &command_history, &command_changes,   &command_stats, &command_record,
    &command_publishers, &command_open,    &command_api,       &command_auth,  &command_config,
    &command_completion, &command_help,    &command_version,
};
#define COMMAND_COUNT (sizeof(commands) / sizeof(commands[0]))
_Static_assert(COMMAND_COUNT <= COMMAND_MAX, "make COMMAND_MAX larger");

const struct cli_command *command_at(size_t i)
{
    return i < COMMAND_COUNT ? commands[i] : NULL;
}

const struct cli_command *command_find(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i]->name, name) == 0 ||
            (commands[i]->alias != NULL && strcmp(commands[i]->alias, name) == 0)) {
            return commands[i];
        }
    }
    return NULL;
}

/* Names of commands in other programs, and what they are called here. */
static const struct {
    const char *word, *meant;
} habits[] = {
    { "status", "list" },        { "offers", "list" },        { "describe", "show" },
    { "info", "show" },          { "view", "show" },          { "get", "show" },
    { "login", "auth login" },   { "logout", "auth logout" }, { "whoami", "auth status" },
    { "token", "auth token" },   { "browse", "open" },        { "log", "history" },
    { "operations", "history" },
};

int command_refuse(const char *name, struct error *err)
{
    const char *names[COMMAND_MAX];

    for (size_t i = 0; i < sizeof(habits) / sizeof(habits[0]); i++) {
        if (strcmp(habits[i].word, name) == 0) {
            return error_set(err, ERR_USAGE, "no command \"%s\"; did you mean \"%s\"?", name,
                             habits[i].meant);
        }
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        names[i] = commands[i]->name;
    }
    return refuse_word(N_("no command"), name, names, COMMAND_COUNT, REFUSE_AND_NAME_HELP, err);
}

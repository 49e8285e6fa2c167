/* commands.c - the table of commands. */
#include "commands.h"

#include <string.h>

static const struct cli_command *const commands[] = {
    &command_list,    &command_show,       &command_approvals, &command_check,
    &command_history, &command_publishers, &command_open,      &command_api,
    &command_auth,    &command_config,     &command_help,      &command_version,
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
        if (strcmp(commands[i]->name, name) == 0) {
            return commands[i];
        }
    }
    return NULL;
}

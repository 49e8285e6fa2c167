/* cmd_version.c - which offerstat this is. */
#include "options/commands.h"

#include "offerstat/translate.h"
#include "options/options.h"

#include <stdio.h>

static int version_run(const struct settings *s, int count, const char *const *arguments)
{
    (void)s;
    (void)count;
    (void)arguments;
    puts("offerstat " OFFERSTAT_VERSION);
    return EXIT_OK;
}

const struct cli_command command_version = {
    .name = "version",
    .arguments = "",
    .help = N_("print the version"),
    .examples = { { .what = N_("the version"), .command = "offerstat version" },
                  { .what = N_("the same"), .command = "offerstat --version" } },
    .groups = FOR_ALL,
    .run = version_run,
};

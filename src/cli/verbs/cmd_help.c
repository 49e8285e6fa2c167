/* cmd_help.c - help on a command or a topic. */
#include "help.h"
#include "help_topics.h"
#include "options/commands.h"
#include "options/options.h"
#include "options/refuse.h"
#include "terminal/say.h"

#include "offerstat/outcome.h"
#include "offerstat/translate.h"

#include <stdio.h>
#include <string.h>

static int unknown_topic(const char *name)
{
    const char *names[TOPIC_MAX + COMMAND_MAX];
    struct error err = ERROR_INIT;
    size_t count = 0;

    for (size_t i = 0; i < help_topic_count; i++) {
        names[count++] = help_topics[i].name;
    }
    for (size_t i = 0; command_at(i) != NULL; i++) {
        names[count++] = command_at(i)->name;
    }
    refuse_word(N_("no help on"), name, names, count, REFUSE_AND_NAME_HELP, &err);
    say_error(&err);
    return EXIT_USAGE;
}

static void print_overview(void)
{
    help_print_short(stdout);
    printf("\n%s\n", _("Topics (offerstat help TOPIC):"));
    for (size_t i = 0; i < help_topic_count; i++) {
        printf("  %-12s %s\n", help_topics[i].name, _(help_topics[i].help));
    }
    printf("  %-12s %s\n", "auth", _("the ways to sign in, in the order in which they are tried"));
}

void help_print_short(FILE *out)
{
    fprintf(out, "offerstat - %s\n\n%s\n\n%s\n",
            _("the publishing status of your commercial marketplace offers"),
            _("Usage: offerstat COMMAND [ARGUMENTS] [OPTIONS]"), _("Commands:"));
    for (size_t i = 0; command_at(i) != NULL; i++) {
        fprintf(out, "  %-12s %s\n", command_at(i)->name, _(command_at(i)->help));
    }
    fprintf(out, "\n%s\n",
            _("`offerstat help COMMAND` shows its options, `offerstat help` the topics."));
}

void help_print_command(const struct cli_command *command)
{
    static const struct {
        unsigned group;
        const char *title;
    } groups[] = {
        /* a command's own options before those that all have */
        { FOR_HISTORY, N_("History") },
        { FOR_OPEN, N_("Page") },
        { FOR_API, N_("Pages") },
        { FOR_CONFIG, N_("Configuration") },
        { FOR_AUTH, N_("Sign-in") },
        { FOR_SELECT, N_("Which offers") },
        { FOR_WAIT, N_("Waiting") },
        { FOR_WATCH, N_("Watching") },
        { FOR_STAY, N_("Reading again") },
        { FOR_CHECK, N_("Verdict") },
        { FOR_OFFERS, N_("How much is read") },
        { FOR_CHANGED | FOR_RECORDED, N_("Record") },
        { FOR_RECORD, N_("Record") },
        { FOR_CHANGES, N_("Changes") },
        { FOR_STATS, N_("Which publishes") },
        { FOR_OUTPUT, N_("Output") },
        { FOR_REMOTE, N_("Service") },
        { FOR_ALL, N_("General") },
    };

    unsigned shown = 0;

    printf("offerstat %s - %s\n\n", command->name, _(command->help));
    printf(_("Usage: offerstat %s%s%s [OPTIONS]\n"), command->name,
           *command->arguments != '\0' ? " " : "", command->arguments);
    printf("\n%s\n", _("Examples:"));
    for (size_t i = 0; i < EXAMPLES; i++) {
        printf("  # %s\n  %s\n", _(command->examples[i].what), command->examples[i].command);
    }
    if (command->more != NULL) {
        puts("");
        help_print_text(_(command->more));
    }
    for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
        if ((command->groups & groups[i].group) != 0) {
            options_print(groups[i].title, groups[i].group & command->groups, shown);
            shown |= groups[i].group;
        }
    }
}

static int help_run(const struct settings *s, int count, const char *const *arguments)
{
    const struct cli_command *command = count > 0 ? command_find(arguments[0]) : NULL;

    (void)s;
    if (count == 0) {
        print_overview();
        return EXIT_OK;
    }
    if (command != NULL) {
        help_print_command(command);
        return EXIT_OK;
    }
    for (size_t i = 0; i < help_topic_count; i++) {
        if (strcmp(help_topics[i].name, arguments[0]) == 0) {
            help_topics[i].print();
            return EXIT_OK;
        }
    }
    return unknown_topic(arguments[0]);
}

static const char *help_page_at(size_t i)
{
    if (i < help_topic_count) {
        return help_topics[i].name;
    }
    return command_at(i - help_topic_count) != NULL ? command_at(i - help_topic_count)->name : NULL;
}

const struct cli_command command_help = {
    .name = "help",
    .arguments = "[TOPIC]",
    .help = N_("help on a command or a topic"),
    .examples = { { .what = N_("the options of a command"), .command = "offerstat help check" },
                  { .what = N_("what an exit code means"),
                    .command = "offerstat help exit-codes" } },
    .word_at = help_page_at,
    .groups = FOR_ALL,
    .max_arguments = 1,
    .run = help_run,
};

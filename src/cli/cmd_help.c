/* cmd_help.c - help on a command or a topic. */
#include "commands.h"
#include "help.h"
#include "options.h"
#include "refuse.h"
#include "say.h"

#include "offerstat/outcome.h"
#include "offerstat/render.h"
#include "offerstat/state.h"

#include <stdio.h>
#include <string.h>

static void topic_states(void)
{
    static const char *const meanings[STATE_COUNT] = {
        [STATE_NONE] = "the offer exists, no publishing process is under way",
        [STATE_IN_PROGRESS] = "on its way through the publishing steps",
        [STATE_FAILED] = "a critical issue in validation or in Microsoft's review",
        [STATE_CANCELED] = "the publisher canceled; an existing listing stays up",
        [STATE_PENDING_SIGNOFF] = "reviewed by Microsoft, awaits the publisher's go-live",
        [STATE_DELISTED] = "was published, has been removed from the marketplace",
        [STATE_UNKNOWN] = "not a state: none of the six could be established",
    };

    puts("Every offer has exactly one publishing state; what is live is told beside it.\n");
    for (size_t i = 0; i < STATE_COUNT; i++) {
        printf("  %-16s %-27s %s\n", state_token((enum offer_state)i),
               state_label((enum offer_state)i), meanings[i]);
    }
    puts("\nLIVE is yes, preview (only in preview), no, or unknown (not asked, or cannot be "
         "known).\n"
         "\nRULE names the rule that decided; its basis is documented, client (a program that "
         "works\n"
         "against the service does so), inferred, or provisional (--quick: more requests could\n"
         "change it).");
}

static void topic_exit_codes(void)
{
    for (size_t i = 0; i < exit_meaning_count; i++) {
        printf("  %3d  %s\n", exit_meanings[i].code, exit_meanings[i].meaning);
    }
    puts("\nThe code does not depend on the format. 4, 5 and 6 only where no offer could be read;\n"
         "once one was, its fellows' errors make 7. A signal ends offerstat as that signal does\n"
         "(130, 143). Where several apply, the first of these is it:");
    for (unsigned rank = 0; rank <= exit_meaning_count; rank++) {
        for (size_t i = 0; i < exit_meaning_count; i++) {
            if (exit_meanings[i].rank == rank) {
                printf(" %d", exit_meanings[i].code);
            }
        }
    }
    puts("");
}

static void topic_formatting(void)
{
    const struct render_field *field;

    puts("Formats (-o):\n");
    for (size_t i = 0; i < render_format_count; i++) {
        printf("  %-10s %s\n", render_formats[i]->name, render_formats[i]->help);
    }
    puts("\nFields of an offer (--fields, --sort; those with * are in JSON alone):\n");
    for (size_t i = 0; (field = render_field_at(VIEW_LIST, i)) != NULL; i++) {
        printf("  %-12s%s %s\n", field->key, field->tabular ? " " : "*", field->help);
    }
    puts("\nFields of an event (history):\n");
    for (size_t i = 0; (field = render_field_at(VIEW_HISTORY, i)) != NULL; i++) {
        printf("  %-12s%s %s\n", field->key, field->tabular ? " " : "*", field->help);
    }
    puts("\nOff a terminal there is no colour, nothing is cut, and times are RFC 3339 in UTC.");
}

static void topic_environment(void)
{
    puts("A flag wins over the environment, that over the configuration file.\n");
    options_print_environment();
    puts("\nSigning in (`offerstat help auth`): AZURE_TENANT_ID AZURE_CLIENT_ID "
         "AZURE_CLIENT_SECRET\n"
         "AZURE_CLIENT_CERTIFICATE_PATH AZURE_FEDERATED_TOKEN_FILE AZURE_AUTHORITY_HOST\n"
         "ACTIONS_ID_TOKEN_REQUEST_URL ACTIONS_ID_TOKEN_REQUEST_TOKEN SYSTEM_OIDCREQUESTURI\n"
         "SYSTEM_ACCESSTOKEN AZURESUBSCRIPTION_SERVICE_CONNECTION_ID AZURESUBSCRIPTION_CLIENT_ID\n"
         "AZURESUBSCRIPTION_TENANT_ID IDENTITY_ENDPOINT IDENTITY_HEADER\n"
         "AZURE_POD_IDENTITY_AUTHORITY_HOST.\n"
         "\nHonoured as everywhere: NO_COLOR CLICOLOR_FORCE TERM COLUMNS TZ LC_ALL LC_CTYPE LANG\n"
         "HTTPS_PROXY NO_PROXY, and for the certificates to trust the first that is set of\n"
         "SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE REQUESTS_CA_BUNDLE. A loopback endpoint never\n"
         "goes through a proxy.");
}

static const struct {
    const char *name, *help;
    void (*print)(void);
} topics[] = {
    { .name = "states", .help = "the six publishing states, live, rules", .print = topic_states },
    { .name = "exit-codes", .help = "what the exit code says", .print = topic_exit_codes },
    { .name = "formatting", .help = "output formats and fields", .print = topic_formatting },
    { .name = "environment", .help = "environment variables", .print = topic_environment },
};
#define TOPIC_COUNT (sizeof(topics) / sizeof(topics[0]))

static int unknown_topic(const char *name)
{
    const char *names[TOPIC_COUNT + COMMAND_MAX];
    struct error err = ERROR_INIT;
    size_t count = 0;

    for (size_t i = 0; i < TOPIC_COUNT; i++) {
        names[count++] = topics[i].name;
    }
    for (size_t i = 0; command_at(i) != NULL; i++) {
        names[count++] = command_at(i)->name;
    }
    refuse_word("no help on", name, names, count, "see `offerstat help`", &err);
    say_error(&err);
    return EXIT_USAGE;
}

static void print_overview(void)
{
    help_print_short(stdout);
    puts("\nTopics (offerstat help TOPIC):");
    for (size_t i = 0; i < TOPIC_COUNT; i++) {
        printf("  %-12s %s\n", topics[i].name, topics[i].help);
    }
}

void help_print_short(FILE *out)
{
    fputs("offerstat - the publishing status of your commercial marketplace offers\n\n"
          "Usage: offerstat COMMAND [ARGUMENTS] [OPTIONS]\n\nCommands:\n",
          out);
    for (size_t i = 0; command_at(i) != NULL; i++) {
        fprintf(out, "  %-12s %s\n", command_at(i)->name, command_at(i)->help);
    }
    fputs("\n`offerstat COMMAND --help` shows a command's options, `offerstat help` the topics.\n",
          out);
}

void help_print_command(const struct cli_command *command)
{
    static const struct {
        unsigned group;
        const char *title;
    } groups[] = {
        { FOR_HISTORY, "History" },
        { FOR_OPEN, "Page" },
        { FOR_API, "Pages" },
        { FOR_SELECT, "Which offers" },
        { FOR_CHECK, "Verdict" },
        { FOR_OUTPUT, "Output" },
        { FOR_OFFERS, "How much is read" },
        { FOR_AUTH, "Sign-in" },
        { FOR_REMOTE, "Service" },
        { FOR_ALL, "General" },
    };

    printf("offerstat %s - %s\n\nUsage: offerstat %s %s%s[OPTIONS]\n", command->name, command->help,
           command->name, command->arguments, *command->arguments != '\0' ? " " : "");
    if (command->more != NULL) {
        printf("\n%s\n", command->more);
    }
    for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
        if ((command->groups & groups[i].group) != 0) {
            printf("\n%s:\n", groups[i].title);
            options_print(groups[i].group);
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
    for (size_t i = 0; i < TOPIC_COUNT; i++) {
        if (strcmp(topics[i].name, arguments[0]) == 0) {
            topics[i].print();
            return EXIT_OK;
        }
    }
    return unknown_topic(arguments[0]);
}

const struct cli_command command_help = {
    .name = "help",
    .arguments = "[TOPIC]",
    .help = "help on a command or a topic",
    .groups = FOR_ALL,
    .max_arguments = 1,
    .run = help_run,
};

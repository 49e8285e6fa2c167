/* help_topics.c - the pages of `help TOPIC` that belong to no command. */
#include "help_topics.h"

#include "help.h"
#include "options/options.h"

#include "offerstat/outcome.h"
#include "offerstat/render.h"
#include "offerstat/state.h"
#include "offerstat/strbuf.h"
#include "offerstat/translate.h"

#include <stdio.h>

static void topic_states(void)
{
    static const char *const meanings[STATE_COUNT] = {
        [STATE_NONE] = N_("the offer exists, no publishing process is under way"),
        [STATE_IN_PROGRESS] = N_("on its way through the publishing steps"),
        [STATE_FAILED] = N_("a critical issue in validation or in Microsoft's review"),
        [STATE_CANCELED] = N_("the publisher canceled; an existing listing stays up"),
        [STATE_PENDING_SIGNOFF] = N_("reviewed by Microsoft, awaits the publisher's go-live"),
        [STATE_DELISTED] = N_("was published, has been removed from the marketplace"),
        [STATE_UNKNOWN] = N_("not a state: none of the six could be established"),
    };

    help_print_text(
        _("Every offer has exactly one publishing state; what is live is a column of its own.\n"
          "\n"));
    for (size_t i = 0; i < STATE_COUNT; i++) {
        printf("  %-16s %s\n%*s%s\n", state_token((enum offer_state)i),
               state_label((enum offer_state)i), 19, "", _(meanings[i]));
    }
    help_print_text(_(
        "\n"
        "LIVE is yes, preview (only in preview), no, or unknown (not asked, or cannot be known).\n"
        "\n"
        "RULE names the rule that decided; its basis is documented, client (a program that works "
        "against the service does so), inferred, or provisional (--quick: more requests could "
        "change it)."));
}

static void topic_exit_codes(void)
{
    for (size_t i = 0; i < exit_meaning_count; i++) {
        printf("  %3d  ", exit_meanings[i].code);
        help_print_wrapped(7, 7, _(exit_meanings[i].meaning));
    }
    help_print_text(
        _("\n"
          "The code does not depend on the format. 4, 5 and 6 only where no offer could be read; "
          "once one was, the others' errors make 7. A signal ends offerstat as that signal does "
          "(130, 143). When several apply, the first of these is the exit code:"));
    for (unsigned rank = 0; rank <= exit_meaning_count; rank++) {
        for (size_t i = 0; i < exit_meaning_count; i++) {
            if (exit_meanings[i].rank == rank) {
                printf(" %d", exit_meanings[i].code);
            }
        }
    }
    puts("");
}

static void print_fields(const char *title, enum render_view view)
{
    const struct render_field *field;

    printf("\n%s\n\n", _(title));
    for (size_t i = 0; (field = render_field_at(view, i)) != NULL; i++) {
        printf("  %-12s%s ", field->key, field->tabular ? " " : "*");
        help_print_wrapped(16, 16, _(field->help));
    }
}

static const char *mark(bool yes)
{
    return yes ? "x" : "-";
}

/* The table of formats and what each supports. */
static void print_format_table(void)
{
    printf("\n%s\n\n",
           _("What prints which format (wait takes all but name, watch the tables and ndjson):"));
    printf("  %-10s %-11s %-11s %-9s %s\n", "", "list, show,", "history,", "--fields",
           "--no-header");
    printf("  %-10s %-11s %-11s\n", "", "check ...", "publishers");
    for (size_t i = 0; i < render_format_count; i++) {
        const struct render_format *f = render_formats[i];
        printf("  %-10s %-11s %-11s %-9s %s\n", f->name, mark(render_format_shows(f, VIEW_LIST)),
               mark(render_format_shows(f, VIEW_HISTORY)), mark(f->takes_fields),
               mark(f->takes_titles));
    }
}

static void topic_formatting(void)
{
    const struct option_row *sort = option_find("sort");
    struct strbuf sorts = STRBUF_INIT(4096);

    printf("%s\n\n", _("Formats (-o):"));
    for (size_t i = 0; i < render_format_count; i++) {
        printf("  %-10s ", render_formats[i]->name);
        help_print_wrapped(13, 13, _(render_formats[i]->help));
    }
    print_format_table();
    print_fields(N_("Fields of an offer (--fields; those with * are only in JSON):"), VIEW_LIST);
    print_fields(N_("Fields of an event (history):"), VIEW_HISTORY);
    print_fields(N_("Fields of a change (changes):"), VIEW_CHANGES);
    print_fields(N_("Fields of a publisher (publishers):"), VIEW_PUBLISHERS);
    print_fields(N_("Fields of a duration (stats):"), VIEW_STATS);
    puts("");
    option_put_help(sort, &sorts);
    printf("--sort: ");
    help_print_wrapped(8, 8, strbuf_text(&sorts));
    strbuf_clear(&sorts);
    help_print_text(
        _("\n"
          "Without a terminal there is no colour, nothing is cut, and times are RFC 3339 in UTC. "
          "`offerstat help schema` describes the JSON."));
}

static void topic_environment(void)
{
    help_print_text(_("A flag wins over the environment, that over the configuration file.\n\n"));
    options_print_environment();
    help_print_text(
        _("\n"
          "Signing in (`offerstat help auth`): AZURE_TENANT_ID AZURE_CLIENT_ID AZURE_CLIENT_SECRET "
          "AZURE_CLIENT_CERTIFICATE_PATH AZURE_FEDERATED_TOKEN_FILE AZURE_AUTHORITY_HOST "
          "ACTIONS_ID_TOKEN_REQUEST_URL ACTIONS_ID_TOKEN_REQUEST_TOKEN SYSTEM_OIDCREQUESTURI "
          "SYSTEM_ACCESSTOKEN AZURESUBSCRIPTION_SERVICE_CONNECTION_ID AZURESUBSCRIPTION_CLIENT_ID "
          "AZURESUBSCRIPTION_TENANT_ID IDENTITY_ENDPOINT IDENTITY_HEADER "
          "AZURE_POD_IDENTITY_AUTHORITY_HOST.\n"
          "\n"
          "Honoured as usual: NO_COLOR CLICOLOR_FORCE TERM COLUMNS TZ LC_ALL LC_CTYPE LC_MESSAGES "
          "LANG LANGUAGE HTTPS_PROXY NO_PROXY BROWSER, and for the certificates to trust the first "
          "that is set of SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE REQUESTS_CA_BUNDLE. A loopback "
          "endpoint never goes through a proxy."));
}

/* schema.json, as the build has embedded it. */
extern const unsigned char schema_json[];
extern const size_t schema_json_size;

static void topic_schema(void)
{
    fwrite(schema_json, 1, schema_json_size, stdout);
}

static void topic_ci(void)
{
    help_print_text(_(
        "`offerstat check` is made for pipelines: it prints only the offers that offend, and its "
        "exit code is the verdict. `offerstat help exit-codes` lists the codes.\n"
        "\n"
        "A GitHub job needs no secret: give it `permissions: id-token: write`, let the "
        "application in Entra trust the repository, and set two variables:\n"
        "\n"
        "  - run: offerstat check contoso-vm --api ingestion\n"
        "    env:\n"
        "      AZURE_TENANT_ID: ...\n"
        "      AZURE_CLIENT_ID: ...\n"
        "\n"
        "Azure Pipelines needs none either: map SYSTEM_ACCESSTOKEN into a step of the AzureCLI "
        "task. Elsewhere OFFERSTAT_TOKEN or AZURE_CLIENT_SECRET comes from the pipeline's own "
        "store of secrets; no secret is read from the command line.\n"
        "\n"
        "Name the offers that must pass, or check all of an account. failed and unknown always "
        "offend; --fail-on adds states, or fix for a blocked step; --require live requires a live "
        "listing. 7 and 5 mean that something could not be read: a job that treats them as "
        "success would pass without having looked.\n"
        "\n"
        "To try a pipeline without an account, run it in the emulator:\n"
        "\n"
        "  offerstat-emulator -- offerstat check\n"
        "  offerstat-emulator --fault status-500 -- offerstat check"));
}

const struct help_topic help_topics[] = {
    { .name = "states",
      .help = N_("the six publishing states, live, rules"),
      .print = topic_states },
    { .name = "exit-codes", .help = N_("what the exit code says"), .print = topic_exit_codes },
    { .name = "formatting", .help = N_("output formats and fields"), .print = topic_formatting },
    { .name = "environment", .help = N_("environment variables"), .print = topic_environment },
    { .name = "schema", .help = N_("the JSON Schema of -o json"), .print = topic_schema },
    { .name = "ci", .help = N_("a job that goes red when publishing failed"), .print = topic_ci },
};
const size_t help_topic_count = sizeof(help_topics) / sizeof(help_topics[0]);
_Static_assert(sizeof(help_topics) / sizeof(help_topics[0]) <= TOPIC_MAX, "make TOPIC_MAX larger");

/* options.c - one table of options: flags, environment, configuration, help. */
#include "options.h"

#include "offerstat/text.h"
#include "option_values.h"

#include <stdio.h>
#include <string.h>

const struct option_row option_rows[] = {
    { .name = "publisher",
      .letter = 'p',
      .argument = "ID",
      .env = "OFFERSTAT_PUBLISHER",
      .help = "read this publisher's offers (repeatable; default: all that the account sees)",
      .groups = FOR_REMOTE,
      .apply = set_publisher },
    { .name = "api",
      .argument = "NAME",
      .env = "OFFERSTAT_API",
      .help = "API to read: cpp, ingestion, graph, or all that are signed in to",
      .groups = FOR_REMOTE,
      .apply = set_api },
    { .name = "endpoint",
      .argument = "URL",
      .env = "OFFERSTAT_ENDPOINT",
      .help = "scheme, host and prefix in place of the API's own (https, or loopback)",
      .groups = FOR_REMOTE,
      .apply = set_endpoint },
    { .name = "seller-id",
      .argument = "N",
      .help = "ingestion: the seller's number, sent as x-ms-publisherId",
      .groups = FOR_REMOTE,
      .apply = set_seller_id },
    { .name = "witness",
      .argument = "WHEN",
      .help = "ask the Graph API whether an offer was delisted: auto, always or never",
      .groups = FOR_OFFERS | FOR_CHECK,
      .apply = set_witness },
    { .name = "job",
      .argument = "ID",
      .help = "graph: the status of this configure job",
      .groups = FOR_HISTORY,
      .apply = set_job,
      .keyless = true },
    { .name = "print",
      .help = "print the address, open nothing",
      .groups = FOR_OPEN,
      .apply = set_print,
      .keyless = true },
    { .name = "paginate",
      .help = "follow the links to further pages, one document after another",
      .groups = FOR_API,
      .apply = set_paginate,
      .keyless = true },
    { .name = "token-file",
      .argument = "FILE",
      .env = "OFFERSTAT_TOKEN_FILE",
      .help = "read the bearer token from FILE, - for standard input",
      .groups = FOR_REMOTE,
      .apply = set_token_file,
      .replaces = "token" },
    { .name = "auth",
      .argument = "METHOD",
      .help = "sign in this way alone: token, federated, certificate, secret, login, azure-cli",
      .groups = FOR_REMOTE,
      .apply = set_auth },
    { .name = "client-id",
      .argument = "ID",
      .help = "your own public client application (AZURE_CLIENT_ID)",
      .groups = FOR_AUTH,
      .apply = set_client_id },
    { .name = "check",
      .help = "status: ask the service whether it takes the token",
      .groups = FOR_AUTH,
      .apply = set_check,
      .keyless = true },
    { .name = "profile",
      .argument = "NAME",
      .env = "OFFERSTAT_PROFILE",
      .help = "the section [profile NAME] of the configuration",
      .groups = FOR_ALL,
      .apply = set_profile,
      .keyless = true },
    { .name = "show-origin",
      .help = "list: where each value comes from",
      .groups = FOR_CONFIG,
      .apply = set_show_origin,
      .keyless = true },
    { .name = "jobs",
      .argument = "N",
      .help = "requests side by side (16)",
      .groups = FOR_REMOTE,
      .apply = set_jobs },
    { .name = "retries",
      .argument = "N",
      .help = "further tries of a request that failed in passing (4)",
      .groups = FOR_REMOTE,
      .apply = set_retries },
    { .name = "connect-timeout",
      .argument = "TIME",
      .help = "give up connecting after TIME (10s)",
      .groups = FOR_REMOTE,
      .apply = set_connect_timeout },
    { .name = "stall-timeout",
      .argument = "TIME",
      .help = "give up after TIME without a byte (60s)",
      .groups = FOR_REMOTE,
      .apply = set_stall_timeout },
    { .name = "request-timeout",
      .argument = "TIME",
      .env = "OFFERSTAT_REQUEST_TIMEOUT",
      .help = "give up a request after TIME (5m)",
      .groups = FOR_REMOTE,
      .apply = set_request_timeout },
    { .name = "output",
      .letter = 'o',
      .argument = "FORMAT",
      .env = "OFFERSTAT_OUTPUT",
      .help = "table, wide, json, ndjson or name",
      .groups = FOR_OUTPUT,
      .apply = set_output },
    { .name = "json",
      .help = "the same as -o json",
      .groups = FOR_OUTPUT,
      .apply = set_json,
      .replaces = "output",
      .keyless = true },
    { .name = "fields",
      .argument = "A,B,...",
      .help = "only these fields, in this order (see `help formatting`)",
      .groups = FOR_OUTPUT,
      .apply = set_fields },
    { .name = "no-header",
      .help = "no column titles and no tally",
      .groups = FOR_OUTPUT,
      .apply = set_no_header },
    { .name = "time",
      .argument = "STYLE",
      .help = "auto, relative, utc or local",
      .groups = FOR_OUTPUT,
      .apply = set_time },
    { .name = "width",
      .argument = "N",
      .help = "fit tables into N columns, 0 never cuts",
      .groups = FOR_OUTPUT,
      .apply = set_width },
    { .name = "ascii",
      .help = "icons and ellipses in ASCII",
      .groups = FOR_OUTPUT,
      .apply = set_ascii },
    { .name = "color",
      .argument = "WHEN",
      .help = "auto, always or never",
      .groups = FOR_OUTPUT,
      .apply = set_color },
    { .name = "quick",
      .help = "the lists alone; what needs more is marked provisional",
      .groups = FOR_OFFERS,
      .apply = set_quick },
    { .name = "state",
      .argument = "S,...",
      .help = "only offers in one of these states",
      .groups = FOR_SELECT,
      .apply = set_state },
    { .name = "not-state",
      .argument = "S,...",
      .help = "no offers in one of these states",
      .groups = FOR_SELECT,
      .apply = set_not_state },
    { .name = "live",
      .argument = "L,...",
      .help = "only offers that are yes, no, preview or unknown there",
      .groups = FOR_SELECT,
      .apply = set_live },
    { .name = "type",
      .argument = "TYPE",
      .help = "only offers of this type (short or raw name)",
      .groups = FOR_SELECT | FOR_CHECK,
      .apply = set_type },
    { .name = "fail-on",
      .argument = "S,...",
      .help = "offers in one of these states offend as well",
      .groups = FOR_CHECK,
      .apply = set_fail_on },
    { .name = "require",
      .argument = "WHAT",
      .help = "idle: nothing may be under way or due; live: and it is live",
      .groups = FOR_CHECK,
      .apply = set_require },
    { .name = "ignore-unknown",
      .help = "offers in no known state pass",
      .groups = FOR_CHECK,
      .apply = set_ignore_unknown },
    { .name = "allow-empty",
      .help = "nothing to check is no failure",
      .groups = FOR_CHECK,
      .apply = set_allow_empty },
    { .name = "since",
      .argument = "TIME",
      .help = "only offers changed within TIME, such as 7d",
      .groups = FOR_SELECT,
      .apply = set_since },
    { .name = "sort",
      .argument = "[-]FIELD",
      .help = "order by a field, descending with -",
      .groups = FOR_SELECT,
      .apply = set_sort },
    { .name = "limit",
      .argument = "N",
      .help = "the first N offers",
      .groups = FOR_SELECT,
      .apply = set_limit },
    { .name = "no-progress",
      .help = "no progress line",
      .groups = FOR_REMOTE,
      .apply = set_no_progress },
    { .name = "quiet",
      .letter = 'q',
      .help = "errors alone on stderr",
      .groups = FOR_ALL,
      .apply = set_quiet },
    { .name = "verbose",
      .letter = 'v',
      .help = "say more on stderr",
      .groups = FOR_ALL,
      .apply = set_verbose },
    { .name = "debug",
      .env = "OFFERSTAT_DEBUG",
      .help = "a line for each try of a request on stderr",
      .groups = FOR_REMOTE,
      .apply = set_debug },
    { .name = "help",
      .letter = 'h',
      .help = "this help",
      .groups = FOR_ALL,
      .apply = set_help,
      .keyless = true },
    { .name = "version",
      .help = "print the version",
      .groups = FOR_ALL,
      .apply = set_version,
      .keyless = true },
    /* A token never comes from a flag (argv is there for every process to read), nor from a file
     * that is no secret. */
    { .name = "token",
      .argument = "TEXT",
      .env = "OFFERSTAT_TOKEN",
      .help = "the bearer token itself",
      .groups = FOR_REMOTE,
      .apply = set_token,
      .flagless = true,
      .keyless = true },
    { .name = "authority",
      .argument = "URL",
      .env = "OFFERSTAT_AUTHORITY",
      .help = "as AZURE_AUTHORITY_HOST, and wins over it",
      .groups = FOR_REMOTE,
      .apply = set_authority,
      .flagless = true },
    { .name = "config",
      .argument = "FILE",
      .env = "OFFERSTAT_CONFIG",
      .help = "the configuration file",
      .groups = FOR_ALL,
      .apply = set_nothing,
      .flagless = true,
      .keyless = true },
};
_Static_assert(sizeof(option_rows) / sizeof(option_rows[0]) <= OPTION_MAX,
               "make OPTION_MAX larger");
const size_t option_row_count = sizeof(option_rows) / sizeof(option_rows[0]);

int option_switch_is(const struct option_row *row, const char *value)
{
    static const char *const off[] = { "false", "no", "off", "0" };
    static const char *const on[] = { "true", "yes", "on", "1" };

    for (size_t i = 0; row->argument == NULL && i < 4; i++) {
        if (text_equal_nocase(value, off[i])) {
            return 0;
        }
        if (text_equal_nocase(value, on[i])) {
            return 1;
        }
    }
    return row->argument == NULL ? -1 : 1;
}

const struct option_row *option_find(const char *name)
{
    for (size_t i = 0; i < option_row_count; i++) {
        if (strcmp(option_rows[i].name, name) == 0) {
            return &option_rows[i];
        }
    }
    return NULL;
}

void settings_print_options(unsigned groups)
{
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        char flag[64];
        if ((row->groups & groups) == 0 || row->flagless) {
            continue;
        }
        snprintf(flag, sizeof(flag), "%c%c%c --%s%s%s", row->letter != 0 ? '-' : ' ',
                 row->letter != 0 ? row->letter : ' ', row->letter != 0 ? ',' : ' ', row->name,
                 row->argument != NULL ? " " : "", row->argument != NULL ? row->argument : "");
        printf("  %-26s %s\n", flag, row->help);
    }
}

void settings_print_environment(void)
{
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        if (row->env != NULL && row->flagless) {
            printf("  %-26s %s\n", row->env, row->help);
        } else if (row->env != NULL) {
            printf("  %-26s as --%s%s%s\n", row->env, row->name, row->argument != NULL ? " " : "",
                   row->argument != NULL ? row->argument : "");
        }
    }
}

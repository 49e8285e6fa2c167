/* option_rows.c - the table of options. */
#include "language.h"
#include "option_rules.h"
#include "options.h"

#include "offerstat/render.h"
#include "offerstat/translate.h"
#include "offerstat/transport.h"

/* clang-format off */

/* The place of a member.  Where its type is not the one that the kind writes to, the row does not
 * compile (to gcc and clang an enum without negative values is an unsigned). */
#define PLACE(type, member) \
    .place = _Generic(((struct settings *)NULL)->member, \
                      type: offsetof(struct settings, member)) /* NOLINT: no type in brackets */

#define FLAG(member) .kind = OPTION_FLAG, PLACE(bool, member)
#define TEXT(member) .kind = OPTION_TEXT, PLACE(const char *, member)
#define NAME_OF_FILE(member) .kind = OPTION_FILE, PLACE(const char *, member)
#define TEXTS(member) .kind = OPTION_TEXTS, PLACE(struct texts, member)
#define LIST(member) .kind = OPTION_LIST, PLACE(struct texts, member)
#define NUMBER(member, least, most) \
    .kind = OPTION_NUMBER, PLACE(unsigned, member), .low = (least), .high = (most)
#define DURATION(member) .kind = OPTION_DURATION, PLACE(int64_t, member)
#define SPAN(member) .kind = OPTION_SPAN, PLACE(int64_t, member)
#define WORD(member, words_of) \
    .kind = OPTION_WORD, PLACE(const char *, member), .word_at = (words_of)
#define CHOICE(member, first, ...) \
    .kind = OPTION_CHOICE, PLACE(unsigned, member), .low = (long)(first), \
    .words = (const char *const[]){ __VA_ARGS__, NULL }
#define STATES(member) \
    .kind = OPTION_WORDS, PLACE(unsigned, member), .refusal = N_("no state"), \
    .word_at = option_word_state, .word_find = option_find_state
#define OFFENSES(member) \
    .kind = OPTION_WORDS, PLACE(unsigned, member), .refusal = N_("no state"), \
    .word_at = option_word_offense, .word_find = option_find_offense
#define GOALS(member) \
    .kind = OPTION_WORDS, PLACE(unsigned, member), .refusal = N_("no state to wait for"), \
    .word_at = option_word_goal, .word_find = option_find_goal
#define LIVES(member) \
    .kind = OPTION_WORDS, PLACE(unsigned, member), .refusal = N_("no live value"), \
    .word_at = option_word_live, .word_find = option_find_live
#define FORMAT(member) \
    .kind = OPTION_FORMAT, PLACE(const struct render_format *, member), .refusal = N_("no format"), \
    .word_at = option_word_format

/* A row: how it is written and where its value goes; its words and checks; groups, variable and
 * exceptions; help.  The order is that of the help pages. */
const struct option_row option_rows[] = {
    { .name = "publisher", .letter = 'p', .argument = "ID", TEXTS(publishers),
      .refusal = N_("the publisher's id is empty"),
      .groups = FOR_REMOTE, .env = "OFFERSTAT_PUBLISHER",
      .help = N_("read this publisher's offers (repeatable; default: all that the account sees)") },
    { .name = "api", .argument = "NAME,...", .kind = OPTION_SPECIAL, .set = option_set_api,
      .word_at = option_word_api, .refusal = N_("no API"),
      .groups = FOR_REMOTE, .env = "OFFERSTAT_API",
      .help = N_("APIs to read: auto (those that the account has), all, or some of cpp,ingestion,graph") },
    { .name = "endpoint", .argument = "URL", TEXT(endpoint), .check = option_check_endpoint,
      .groups = FOR_REMOTE, .env = "OFFERSTAT_ENDPOINT",
      .help = N_("scheme, host and prefix in place of the API's own (https, or loopback)") },
    { .name = "seller-id", .argument = "N", TEXT(seller_id), .check = option_check_seller_id,
      .groups = FOR_REMOTE,
      .help = N_("ingestion: the seller's number, sent as x-ms-publisherId") },
    { .name = "job", .argument = "ID", TEXT(job), .refusal = N_("the job's id is empty"),
      .groups = FOR_HISTORY, .not_in_config = true,
      .help = N_("graph: the status of this configure job") },
    { .name = "print", FLAG(print),
      .groups = FOR_OPEN, .not_in_config = true,
      .help = N_("print the address, open nothing") },
    { .name = "paginate", FLAG(paginate),
      .groups = FOR_API, .not_in_config = true,
      .help = N_("follow the links to further pages, one document after another") },
    { .name = "token-file", .argument = "FILE", NAME_OF_FILE(token_file),
      .refusal = N_("the file's name is empty"),
      .groups = FOR_REMOTE, .env = "OFFERSTAT_TOKEN_FILE", .replaces = "token",
      .help = N_("read the bearer token from FILE, - for standard input") },
    { .name = "auth", .argument = "METHOD", WORD(auth, option_word_auth), .refusal = N_("no sign-in"),
      .groups = FOR_REMOTE,
      .help = N_("sign in only in this way:") },
    { .name = "proxy-auth", .argument = "METHOD", WORD(proxy_auth, transport_proxy_auth),
      .refusal = N_("no way to prove oneself to a proxy"),
      .groups = FOR_REMOTE,
      .help = N_("how to log in to a proxy:") },
    { .name = "client-id", .argument = "ID", TEXT(client_id),
      .groups = FOR_AUTH,
      .help = N_("your own public client application (AZURE_CLIENT_ID)") },
    { .name = "check", FLAG(check),
      .groups = FOR_AUTH, .not_in_config = true,
      .help = N_("status: ask the service whether it takes the token") },
    { .name = "profile", .argument = "NAME", TEXT(profile), .check = option_check_profile,
      .groups = FOR_ALL, .env = "OFFERSTAT_PROFILE", .not_in_config = true,
      .help = N_("the section [profile NAME] of the configuration") },
    { .name = "show-origin", FLAG(show_origin),
      .groups = FOR_CONFIG, .not_in_config = true,
      .help = N_("list: where each value comes from") },
    { .name = "jobs", .argument = "N", NUMBER(jobs, 1, 256),
      .groups = FOR_REMOTE,
      .help = N_("requests side by side (16)") },
    { .name = "retries", .argument = "N", NUMBER(retries, 0, 100),
      .groups = FOR_REMOTE,
      .help = N_("how often a request that failed for a moment is tried again (4)") },
    { .name = "connect-timeout", .argument = "TIME", DURATION(connect_timeout_ms),
      .groups = FOR_REMOTE,
      .help = N_("give up connecting after TIME (10s)") },
    { .name = "stall-timeout", .argument = "TIME", DURATION(stall_timeout_ms),
      .groups = FOR_REMOTE,
      .help = N_("give up after TIME without a byte (60s)") },
    { .name = "request-timeout", .argument = "TIME", DURATION(request_timeout_ms),
      .groups = FOR_REMOTE, .env = "OFFERSTAT_REQUEST_TIMEOUT",
      .help = N_("give up a request after TIME (5m)") },
    { .name = "output", .letter = 'o', .argument = "FORMAT", FORMAT(format),
      .groups = FOR_OUTPUT | FOR_AUTH, .env = "OFFERSTAT_OUTPUT", .config_on_terminal = true,
      .help = N_("the form of the result:") },
    { .name = "json", FORMAT(format), .fixed = "json",
      .groups = FOR_OUTPUT | FOR_AUTH, .replaces = "output", .not_in_config = true,
      .help = N_("the same as -o json") },
    { .name = "jq", .argument = "EXPR", .kind = OPTION_SPECIAL, .set = option_set_jq,
      .groups = FOR_OUTPUT, .replaces = "output", .not_in_config = true,
      .help = N_("filter the JSON with a jq expression; strings are printed without quotes") },
    { .name = "report", .argument = "FORMAT=FILE", TEXTS(reports), .check = option_check_report,
      .refusal = N_("the report is empty"),
      .groups = FOR_OUTPUT,
      .help = N_("write the result to FILE as well, in any format (repeatable)") },
    { .name = "fields", .argument = "A,B,...", LIST(fields),
      .groups = FOR_OUTPUT,
      .help = N_("only these fields, in this order (see `help formatting`)") },
    { .name = "no-header", FLAG(no_header),
      .groups = FOR_OUTPUT,
      .help = N_("no column titles and no tally") },
    { .name = "time", .argument = "STYLE",
      CHOICE(time, TIME_CHOICE_AUTO, "auto", "relative", "utc", "local"), .refusal = N_("no choice"),
      .groups = FOR_OUTPUT,
      .help = N_("times:") },
    { .name = "width", .argument = "N", NUMBER(width, 0, 10000),
      .groups = FOR_OUTPUT,
      .help = N_("fit tables into N columns, 0 never cuts") },
    { .name = "ascii", FLAG(ascii),
      .groups = FOR_OUTPUT,
      .help = N_("icons and ellipses in ASCII") },
    { .name = "color", .argument = "WHEN",
      CHOICE(color, WHEN_AUTO, "auto", "always", "never"), .refusal = N_("no choice"),
      .groups = FOR_OUTPUT,
      .help = N_("colours:") },
    { .name = "no-pager", FLAG(no_pager),
      .groups = FOR_OUTPUT,
      .help = N_("use no pager for what is longer than the screen") },
    { .name = "for", .argument = "S,...", GOALS(wait_for),
      .groups = FOR_WAIT, .not_in_config = true,
      .help = N_("wait for one of these (default: any state but in_progress):") },
    { .name = "any", FLAG(wait_any),
      .groups = FOR_WAIT, .not_in_config = true,
      .help = N_("end as soon as one of the named offers is there") },
    { .name = "timeout", .argument = "TIME", .kind = OPTION_SPECIAL, .set = option_set_timeout,
      .groups = FOR_WAIT,
      .help = N_("one deadline for everything (1h); 0 looks once, none waits for ever") },
    { .name = "from-now", FLAG(from_now),
      .groups = FOR_WAIT,
      .help = N_("ignore what was there before: count an offer once it is in progress or has a new submission") },
    { .name = "no-fail-fast", FLAG(no_fail_fast),
      .groups = FOR_WAIT,
      .help = N_("go on waiting for the others after one has failed") },
    { .name = "settle", .argument = "TIME", SPAN(settle_ms),
      .groups = FOR_WAIT,
      .help = N_("count a failure only once it has lasted this long (0)") },
    { .name = "appear", .argument = "TIME", SPAN(appear_ms),
      .groups = FOR_WAIT,
      .help = N_("wait this long for an offer that does not exist yet (0)") },
    { .name = "heartbeat", .argument = "TIME", SPAN(heartbeat_ms),
      .groups = FOR_WAIT,
      .help = N_("off a terminal, print a line this often while waiting (5m; 0: never)") },
    { .name = "on-change", .argument = "COMMAND", TEXT(on_change), .check = option_check_on_change,
      .groups = FOR_WAIT,
      .help = N_("run COMMAND with `sh -c` at each change, the values in its environment") },
    { .name = "quick", FLAG(quick),
      .groups = FOR_OFFERS,
      .help = N_("read only the lists of offers; a state that needs more is marked provisional") },
    { .name = "state", .argument = "S,...", STATES(filter.states),
      .groups = FOR_SELECT,
      .help = N_("only offers in one of these states:") },
    { .name = "not-state", .argument = "S,...", STATES(filter.not_states),
      .groups = FOR_SELECT,
      .help = N_("no offers in one of these states") },
    { .name = "live", .argument = "L,...", LIVES(filter.lives),
      .groups = FOR_SELECT,
      .help = N_("only offers whose presence in the marketplace is one of:") },
    { .name = "fail-on", .argument = "S,...", OFFENSES(policy.fail_on), .check = option_check_fail_on,
      .groups = FOR_CHECK,
      .help = N_("also fail on these states; fix: also on a blocked step") },
    { .name = "require", .argument = "WHAT",
      CHOICE(policy.require, REQUIRE_IDLE, "idle", "live"), .refusal = N_("no requirement"),
      .groups = FOR_CHECK,
      .help = N_("idle: nothing is under way or due; live: that, and live in the marketplace") },
    /* Any text may be a type: the portal adds types as it likes. */
    { .name = "type", .argument = "TYPE", TEXT(filter.type), .word_at = option_word_type,
      .groups = FOR_SELECT | FOR_CHECK | FOR_WAIT,
      .help = N_("only offers of this type (short or raw name)") },
    { .name = "except", .argument = "OFFER", TEXTS(except), .refusal = N_("the offer is empty"),
      .groups = FOR_CHECK | FOR_WAIT,
      .help = N_("leave this offer out of the verdict (repeatable)") },
    { .name = "ignore-unknown", FLAG(policy.ignore_unknown),
      .groups = FOR_CHECK,
      .help = N_("let offers in an unknown state pass") },
    { .name = "witness", .argument = "WHEN",
      CHOICE(witness, WITNESS_AUTO, "auto", "always", "never"), .refusal = N_("no choice"),
      .groups = FOR_OFFERS | FOR_CHECK | FOR_WAIT,
      .help = N_("ask the Graph API whether an offer was delisted:") },
    { .name = "github", CHOICE(github, WHEN_AUTO, "auto", "always", "never"),
      .refusal = N_("no choice"), .fixed = "always",
      .groups = FOR_CHECK | FOR_WAIT,
      .help = N_("annotations, summary and outputs for GitHub Actions (on where GITHUB_ACTIONS is true)") },
    { .name = "no-github", CHOICE(github, WHEN_AUTO, "auto", "always", "never"),
      .refusal = N_("no choice"), .fixed = "never",
      .groups = FOR_CHECK | FOR_WAIT,
      .help = N_("no annotations, summary and outputs for GitHub Actions") },
    { .name = "azure", FLAG(azure),
      .groups = FOR_CHECK | FOR_WAIT,
      .help = N_("annotations for Azure Pipelines (on where TF_BUILD is set)") },
    { .name = "allow-empty", FLAG(allow_empty),
      .groups = FOR_CHECK | FOR_WAIT,
      .help = N_("pass where there are no offers to check") },
    { .name = "max-outage", .argument = "TIME", SPAN(max_outage_ms),
      .groups = FOR_STAY,
      .help = N_("give up once nothing could be read for this long (30m)") },
    { .name = "interval", .argument = "TIME", DURATION(interval_ms),
      .groups = FOR_STAY,
      .help = N_("between two looks (30s); grows to ten times that, at most 5m, while nothing "
              "changes") },
    { .name = "until-settled", FLAG(until_settled),
      .groups = FOR_WATCH, .not_in_config = true,
      .help = N_("end once nothing is in progress any more") },
    { .name = "since", .argument = "TIME", DURATION(since_age_ms),
      .groups = FOR_SELECT,
      .help = N_("only offers changed within TIME, such as 7d") },
    { .name = "sort", .argument = "[-]FIELD",
      .kind = OPTION_SPECIAL, .set = option_set_sort, .word_at = option_word_sort, .refusal = N_("no field to sort by"),
      .groups = FOR_SELECT,
      .help = N_("order by a field, descending with -:") },
    { .name = "limit", .argument = "N", NUMBER(limit, 1, 1000000000),
      .groups = FOR_SELECT | FOR_HISTORY,
      .help = N_("no more than the first N") },
    { .name = "no-progress", FLAG(no_progress),
      .groups = FOR_REMOTE,
      .help = N_("no progress line") },
    { .name = "quiet", .letter = 'q', FLAG(quiet),
      .groups = FOR_ALL,
      .help = N_("print only errors on stderr") },
    { .name = "verbose", .letter = 'v', FLAG(verbose),
      .groups = FOR_ALL,
      .help = N_("say more on stderr") },
    { .name = "debug", FLAG(debug),
      .groups = FOR_REMOTE, .env = "OFFERSTAT_DEBUG",
      .help = N_("a line for each try of a request on stderr") },
    { .name = "har", .argument = "FILE", NAME_OF_FILE(har), .check = option_check_har,
      .refusal = N_("the file's name is empty"),
      .groups = FOR_REMOTE, .not_in_config = true,
      .help = N_("record all requests and answers in FILE (HAR 1.2), without secrets and what is not read") },
    { .name = "har-names", FLAG(har_names),
      .groups = FOR_REMOTE, .not_in_config = true,
      .help = N_("replace names, ids, tenant and hosts in that file by stand-ins") },
    { .name = "lang", .argument = "LANGUAGE", WORD(lang, language_name), .refusal = N_("no language"),
      .groups = FOR_ALL, .env = "OFFERSTAT_LANG",
      .help = N_("the language of texts for people:") },
    { .name = "help", .letter = 'h', FLAG(help),
      .groups = FOR_ALL, .not_in_config = true,
      .help = N_("this help") },
    { .name = "version", FLAG(version),
      .groups = FOR_ALL, .not_in_config = true,
      .help = N_("print the version") },
    /* Every process can read argv, and the configuration is no secret: a token comes from neither.
     * It is looked at when it is used: with --auth secret a bad one does no harm. */
    { .name = "token", .argument = "TEXT", TEXT(token),
      .groups = FOR_REMOTE, .env = "OFFERSTAT_TOKEN",
      .not_on_command_line = true, .not_in_config = true,
      .help = N_("the bearer token itself") },
    { .name = "authority", .argument = "URL", TEXT(authority), .check = option_check_endpoint,
      .groups = FOR_REMOTE, .env = "OFFERSTAT_AUTHORITY", .not_on_command_line = true,
      .help = N_("as AZURE_AUTHORITY_HOST, and wins over it") },
    { .name = "pager", .argument = "COMMAND", TEXT(pager),
      .groups = FOR_OUTPUT, .env = "OFFERSTAT_PAGER", .not_on_command_line = true,
      .help = N_("shows what is longer than the screen; as PAGER, and wins over it") },
    { .name = "now", .argument = "TIME", TEXT(now), .check = option_check_now,
      .groups = FOR_REMOTE, .env = "OFFERSTAT_NOW",
      .not_on_command_line = true, .not_in_config = true,
      .help = N_("what to take for the present time, such as that of a recording") },
    { .name = "config", .argument = "FILE", .kind = OPTION_NOWHERE,
      .groups = FOR_ALL, .env = "OFFERSTAT_CONFIG",
      .not_on_command_line = true, .not_in_config = true,
      .help = N_("the configuration file") },
};
/* clang-format on */
_Static_assert(sizeof(option_rows) / sizeof(option_rows[0]) <= OPTION_MAX,
               "make OPTION_MAX larger");
const size_t option_row_count = sizeof(option_rows) / sizeof(option_rows[0]);

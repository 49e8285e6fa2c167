/* test_settings.c - a flag wins over the environment, that over the file, that over what is built
 * in. */
#define _GNU_SOURCE /* posix_openpt and its kin */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "options/command_line.h"
#include "options/commands.h"
#include "options/settings_read.h"
#include "terminal/say.h"

#include "offerstat/render.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char file[] = "/tmp/offerstat_settings_XXXXXX";
static struct settings s;
static struct error err;
/* argv of the test at hand; settings borrow its texts */
static char words[512];

static void write_config(const char *text)
{
    FILE *f = fopen(file, "w");

    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

/* What a command line comes to, its first word being the command. */
static int read_line(const char *text)
{
    char *argv[32] = { (char *)"offerstat" };
    const struct cli_command *command = NULL;
    struct command_line line;
    int argc = 1, rc;

    err = (struct error)ERROR_INIT;
    settings_free(&s);
    snprintf(words, sizeof(words), "%s", text);
    for (char *word = strtok(words, " "); word != NULL; word = strtok(NULL, " ")) {
        argv[argc++] = word;
    }
    assert_int_equal(command_line_read(argc, argv, &line, &err), 0);
    if (line.word_count > 0) {
        command = command_find(line.words[0]);
    }
    rc = settings_read(&s, command, &line, &err);
    command_line_clear(&line);
    return rc;
}

static int clean(void **state)
{
    static const char *const names[] = { "OFFERSTAT_PUBLISHER", "OFFERSTAT_API",
                                         "OFFERSTAT_OUTPUT",    "OFFERSTAT_PROFILE",
                                         "OFFERSTAT_TOKEN",     "OFFERSTAT_TOKEN_FILE",
                                         "OFFERSTAT_DEBUG",     "OFFERSTAT_REQUEST_TIMEOUT" };

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        unsetenv(names[i]);
    }
    write_config("");
    return 0;
}

static void built_in_values(void **state)
{
    (void)state;
    assert_int_equal(read_line("list"), 0);
    assert_string_equal(s.api, "auto");
    assert_string_equal(s.format->name, "table");
    assert_int_equal(s.jobs, 16);
    assert_int_equal(s.retries, 4);
    assert_int_equal(s.connect_timeout_ms, 10000);
    assert_int_equal(s.stall_timeout_ms, 60000);
    assert_int_equal(s.request_timeout_ms, 300000);
    assert_int_equal(s.width, WIDTH_OF_TERMINAL);
}

static void each_source_wins_over_the_next(void **state)
{
    (void)state;
    write_config("request-timeout = 1m\n[profile slow]\nrequest-timeout = 2m\n");
    assert_int_equal(read_line("list"), 0);
    assert_int_equal(s.request_timeout_ms, 60000);
    assert_int_equal(read_line("list --profile slow"), 0);
    assert_int_equal(s.request_timeout_ms, 120000);
    setenv("OFFERSTAT_PROFILE", "slow", 1);
    assert_int_equal(read_line("list"), 0);
    assert_int_equal(s.request_timeout_ms, 120000);
    setenv("OFFERSTAT_REQUEST_TIMEOUT", "3m", 1);
    assert_int_equal(read_line("list"), 0);
    assert_int_equal(s.request_timeout_ms, 180000);
    setenv("OFFERSTAT_REQUEST_TIMEOUT", "", 1); /* empty is not set */
    assert_int_equal(read_line("list"), 0);
    assert_int_equal(s.request_timeout_ms, 120000);
    setenv("OFFERSTAT_REQUEST_TIMEOUT", "3m", 1);
    assert_int_equal(read_line("list --request-timeout 4m --request-timeout 5m"), 0);
    assert_int_equal(s.request_timeout_ms, 300000);
}

/* A list from the command line replaces one from elsewhere, it does not add to it. */
static void flags_do_not_add_to_other_sources(void **state)
{
    (void)state;
    setenv("OFFERSTAT_PUBLISHER", "fabrikam", 1);
    assert_int_equal(read_line("list -p a -p b"), 0);
    assert_int_equal(s.publishers.count, 2);
    assert_string_equal(s.publishers.items[0], "a");
    assert_int_equal(read_line("list"), 0);
    assert_int_equal(s.publishers.count, 1);
}

/* One that is overridden need not be right. */
static void an_overridden_value_is_not_looked_at(void **state)
{
    (void)state;
    setenv("OFFERSTAT_OUTPUT", "bogus", 1);
    assert_int_equal(read_line("list --json"), 0);
    assert_string_equal(s.format->name, "json");
    assert_int_equal(read_line("list"), -1);
    assert_int_equal(err.code, ERR_USAGE);
    assert_non_null(strstr(err.text, "OFFERSTAT_OUTPUT: no format"));
    assert_int_equal(read_line("version"), 0); /* it prints no report */
    assert_int_equal(read_line("list --help"), 0);
    assert_true(s.help);
}

static void a_token_file_on_the_command_line_replaces_the_token(void **state)
{
    (void)state;
    setenv("OFFERSTAT_TOKEN", "t", 1);
    assert_int_equal(read_line("list"), 0);
    assert_string_equal(s.token, "t");
    assert_int_equal(read_line("list --token-file f"), 0);
    assert_null(s.token);
}

static void a_format_of_the_file_counts_on_a_terminal_alone(void **state)
{
    int kept = dup(STDOUT_FILENO), plain = open("/dev/null", O_WRONLY);
    int terminal = posix_openpt(O_RDWR | O_NOCTTY), on_plain, on_terminal, by_variable;
    const char *formats[3] = { "", "", "" };

    (void)state;
    write_config("output = wide\nno-header = yes\n");
    assert_true(kept >= 0 && plain >= 0 && terminal >= 0);
    fflush(stdout);
    dup2(plain, STDOUT_FILENO);
    on_plain = read_line("list");
    formats[0] = on_plain == 0 ? s.format->name : "";
    setenv("OFFERSTAT_OUTPUT", "name", 1);
    by_variable = read_line("list");
    formats[1] = by_variable == 0 ? s.format->name : "";
    unsetenv("OFFERSTAT_OUTPUT");
    dup2(terminal, STDOUT_FILENO);
    on_terminal = read_line("list");
    formats[2] = on_terminal == 0 ? s.format->name : "";
    dup2(kept, STDOUT_FILENO);
    close(kept);
    close(plain);
    close(terminal);
    assert_string_equal(formats[0], "table");
    assert_string_equal(formats[1], "name");
    assert_string_equal(formats[2], "wide");
    assert_true(s.no_header); /* other keys count everywhere */
}

static void switches_can_be_off(void **state)
{
    (void)state;
    write_config("debug = on\n");
    assert_int_equal(read_line("list"), 0);
    assert_true(s.debug);
    setenv("OFFERSTAT_DEBUG", "0", 1);
    assert_int_equal(read_line("list"), 0);
    assert_false(s.debug);
    assert_int_equal(read_line("list --debug"), 0);
    assert_true(s.debug);
}

static void options_belong_to_commands(void **state)
{
    (void)state;
    write_config("sort = name\n");
    assert_int_equal(read_line("check"), 0); /* the file is for every command */
    assert_null(s.sort);
    assert_int_equal(read_line("check --sort name"), -1);
    assert_string_equal(err.text, "--sort does not go with check");
    assert_int_equal(read_line("--json"), -1);
    assert_string_equal(err.text, "--json does not go with no command");
    assert_int_equal(read_line("list --print --help"), -1);
}

static void a_recording_has_a_file_of_its_own(void **state)
{
    (void)state;
    assert_int_equal(read_line("list --har a.har --report html=b.html"), 0);
    assert_int_equal(read_line("list --har a --report html=b --report json=a"), -1);
    assert_string_equal(err.text, "a is named twice");
    assert_int_equal(read_line("list --har-names"), -1);
}

static void errors_name_the_line(void **state)
{
    char wanted[256];

    (void)state;
    write_config("\n# a comment\njobs = 0\n");
    assert_int_equal(read_line("list"), -1);
    snprintf(wanted, sizeof(wanted), "%s:3: jobs: expected a number from 1 to 256, found \"0\"",
             file);
    assert_string_equal(err.text, wanted);
    write_config("token = hunter2\n");
    assert_int_equal(read_line("list"), -1);
    assert_null(strstr(err.text, "hunter2"));
}

static void a_missing_profile_stops_all_but_config_and_auth(void **state)
{
    (void)state;
    assert_int_equal(read_line("list --profile new"), -1);
    assert_int_equal(err.code, ERR_USAGE);
    assert_int_equal(read_line("config --profile new"), 0);
    assert_int_equal(s.missing_config.code, ERR_NOT_FOUND);
    assert_int_equal(read_line("auth --profile new"), 0);
}

static int make_file(void **state)
{
    int fd = mkstemp(file);

    (void)state;
    say_setup(true, false, false);
    setenv("OFFERSTAT_CONFIG", file, 1);
    return fd >= 0 ? close(fd) : -1;
}

static int remove_file(void **state)
{
    (void)state;
    settings_free(&s);
    return unlink(file);
}

#define CLEAN(f) cmocka_unit_test_setup(f, clean)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLEAN(built_in_values),
        CLEAN(each_source_wins_over_the_next),
        CLEAN(flags_do_not_add_to_other_sources),
        CLEAN(an_overridden_value_is_not_looked_at),
        CLEAN(a_token_file_on_the_command_line_replaces_the_token),
        CLEAN(a_format_of_the_file_counts_on_a_terminal_alone),
        CLEAN(switches_can_be_off),
        CLEAN(options_belong_to_commands),
        CLEAN(a_recording_has_a_file_of_its_own),
        CLEAN(errors_name_the_line),
        CLEAN(a_missing_profile_stops_all_but_config_and_auth),
    };

    return cmocka_run_group_tests(tests, make_file, remove_file);
}

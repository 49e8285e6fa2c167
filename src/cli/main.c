/* main.c - from argv to a command, and from its failure to an exit code. */
/* clang-format off */
/* Where things are:
 *
 *   src/cli      argv in, exit code out
 *     verbs      one cmd_*.c a command; help pages, completion
 *     waiting    what wait and watch do: read again and again
 *     offers     a read of offers, and the record of it
 *     session    sign-ins, transports and portals, opened together
 *     output     one report to stdout, to files and to CI runners
 *     options    the tables of commands and options; flags over environment over file
 *     terminal   stderr, stdout in whole lines, the live view
 *     process    environment, signals, language, files written whole
 *   src/portal   the three APIs: sign-in, HTTP, JSON, reading and merging
 *   src/record   what reads have found, kept from run to run
 *   src/render   one file a format
 *   src/core     the domain: offers, states, rules, selection, report, exit codes
 *   src/util     memory, text, time, errors
 *   src/emulator a local portal for tests and demos; shares no wire code with src/portal
 */
/* clang-format on */
#include "options/api_choice.h"
#include "options/command_line.h"
#include "options/commands.h"
#include "options/options.h"
#include "options/settings_read.h"
#include "output/pager.h"
#include "process/interrupt.h"
#include "process/language.h"
#include "session/recording.h"
#include "terminal/say.h"
#include "terminal/stream.h"
#include "terminal/terminal.h"
#include "verbs/help.h"

#include "offerstat/proxy.h"
#include "offerstat/redact.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static int check_arguments(const struct cli_command *command, int count, struct error *err)
{
    if (count < command->min_arguments) {
        return error_set(err, ERR_USAGE, "%s needs %s", command->name, command->arguments);
    }
    if (command->max_arguments >= 0 && count > command->max_arguments) {
        if (command->max_arguments == 0) {
            return error_set(err, ERR_USAGE, "%s takes no arguments", command->name);
        }
        return error_set(err, ERR_USAGE, "%s takes one argument", command->name);
    }
    return 0;
}

static int usage_error(const struct error *err, const struct cli_command *command)
{
    say_error(err);
    if (command != NULL) {
        say_hint("`offerstat %s --help` shows what it takes", command->name);
    } else {
        say_hint("`offerstat help` shows the commands");
    }
    return outcome_of_error(err->code);
}

/* `auth status` shows what commands that read offers would sign in to. */
static bool is_auth_status(const struct cli_command *command, const struct command_line *line)
{
    return command == &command_auth && strcmp(line->words[1], "status") == 0;
}

static int run_command(struct settings *s, const struct cli_command *command,
                       const struct command_line *line)
{
    struct error err = ERROR_INIT;
    int count = (int)line->word_count - 1;

    if (s->version) {
        return command_version.run(s, 0, NULL);
    }
    if (command == NULL) {
        help_print_short(s->help ? stdout : stderr);
        return s->help ? EXIT_OK : EXIT_USAGE;
    }
    if (s->help) {
        help_print_command(command);
        return EXIT_OK;
    }
    if (check_arguments(command, count, &err) != 0) {
        return usage_error(&err, command);
    }
    if ((command->groups & FOR_REMOTE) != 0 &&
        (proxy_check(&err) != 0 ||
         api_choose(s, (command->groups & FOR_READERS) != 0 || is_auth_status(command, line),
                    &err) != 0)) {
        say_error(&err);
        return outcome_of_error(err.code);
    }
    recording_begin(s, command->takes_offers ? count : 0, line->words + 1);
    return recording_finish(s, command->run(s, count, line->words + 1));
}

static int run_command_line(const struct command_line *line)
{
    const struct cli_command *command = NULL;
    struct error err = ERROR_INIT;
    struct settings s;
    int code;

    if (line->word_count > 0) {
        command = command_find(line->words[0]);
        if (command == NULL) {
            command_refuse(line->words[0], &err);
            say_error(&err);
            return EXIT_USAGE;
        }
    }
    if (settings_read(&s, command, line, &err) != 0) {
        return usage_error(&err, command);
    }
    say_setup(s.quiet, s.verbose, terminal_wants_color(s.color, STDERR_FILENO));
    if (s.lang != NULL &&
        language_use(s.lang) != 0) { /* the configuration may have named a language */
        say_warning("no texts in the language \"%s\" are installed", s.lang);
    }
    code = run_command(&s, command, line);
    pager_finish(&s);
    settings_free(&s);
    return code;
}

/* The command of a command line with an error, for the hint on its help. */
static const struct cli_command *command_among(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (command_find(argv[i]) != NULL) {
            return command_find(argv[i]);
        }
    }
    return NULL;
}

/* If 0, 1 or 2 is closed, the next socket would get its number, and our output would go to the
 * service. */
static void guard_descriptors(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
            open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY); /* opened so that using it fails */
        }
    }
}

int main(int argc, char **argv)
{
    struct command_line line;
    struct error err = ERROR_INIT;
    int code;

    guard_descriptors();
    language_use(language_choose(argc, argv));
    /* A reader that has gone ends us quietly, even when our parent ignored SIGPIPE. */
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_IGN); /* a file at its maximum size makes the write fail */
    if (stream_open_stdout() != 0) {
        error_memory(&err);
        say_error(&err);
        return outcome_of_error(err.code);
    }
    if (command_line_read(argc, argv, &line, &err) == 0) {
        code = run_command_line(&line);
        command_line_clear(&line);
    } else {
        code = usage_error(&err, command_among(argc, argv));
    }
    if (stream_close_stdout(&err) != 0) {
        if (code != EXIT_OUTPUT) {
            say_error(&err);
        }
        code = EXIT_OUTPUT;
    }
    redact_clear();
    prctl(PR_SET_DUMPABLE, 1L, 0L, 0L,
          0L); /* no secret is in memory any more; leak checkers need it */
    interrupt_finish();
    return code;
}

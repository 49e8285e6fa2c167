/* main.c - from argv to a verb, and from its failure to an exit code.
 *
 * Where things are:
 *   options.c option_values.c settings.c config.c
 *                          the table of options, what each does; flags over environment over the
 * file session.c              token, transport and portal, opened together offers.c what list, show
 * and approvals have in common cmd_*.c                one file a verb output.c say.c progress.c the
 * terminal, stderr, the progress line
 *   ../portal              HTTP, JSON and the backends    ../render  formats
 *   ../core                offers, states, rules, exit codes */
#include "cli.h"

#include "offerstat/typo.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define STDOUT_BUFFER ((size_t)128 * 1024)

static const struct cli_command *const commands[] = {
    &command_list,    &command_show,       &command_approvals, &command_check,
    &command_history, &command_publishers, &command_open,      &command_api,
    &command_auth,    &command_config,     &command_help,      &command_version,
};

const struct cli_command *command_at(size_t i)
{
    return i < sizeof(commands) / sizeof(commands[0]) ? commands[i] : NULL;
}

const struct cli_command *command_find(const char *name)
{
    for (size_t i = 0; command_at(i) != NULL; i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            return commands[i];
        }
    }
    return NULL;
}

static int unknown_command(const char *name)
{
    const char *names[sizeof(commands) / sizeof(commands[0])];
    struct error err = ERROR_INIT;
    const char *near;

    for (size_t i = 0; command_at(i) != NULL; i++) {
        names[i] = commands[i]->name;
    }
    near = word_nearest(name, names, sizeof(names) / sizeof(names[0]));
    if (near != NULL) {
        error_set(&err, ERR_USAGE, "no command \"%s\"; did you mean \"%s\"?", name, near);
    } else {
        error_set(&err, ERR_USAGE, "no command \"%s\"; see `offerstat help`", name);
    }
    say_error(&err);
    return EXIT_USAGE;
}

static int check_arguments(const struct cli_command *command, int count, struct error *err)
{
    if (count < command->min_arguments) {
        return error_set(err, ERR_USAGE, "%s needs %s", command->name, command->arguments);
    }
    if (command->max_arguments >= 0 && count > command->max_arguments) {
        return error_set(err, ERR_USAGE, "%s takes %s", command->name,
                         command->max_arguments == 0 ? "no arguments" : "one argument");
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

static int run(int argc, char **argv)
{
    const struct cli_command *command = NULL;
    struct error err = ERROR_INIT;
    struct settings s;
    int first, code;

    if (settings_words(argc, argv, &first, &err) != 0) {
        return usage_error(&err, NULL);
    }
    if (first < argc) {
        command = command_find(argv[first]);
        if (command == NULL) {
            return unknown_command(argv[first]);
        }
    }
    if (settings_read(&s, command, argc, argv, &err) != 0) {
        return usage_error(&err, command);
    }
    say_setup(&s);
    if (s.version) {
        code = command_version.run(&s, 0, NULL);
    } else if (command == NULL) {
        help_print_short(s.help ? stdout : stderr);
        code = s.help ? EXIT_OK : EXIT_USAGE;
    } else if (s.help) {
        help_print_command(command);
        code = EXIT_OK;
    } else if (check_arguments(command, argc - first - 1, &err) != 0) {
        code = usage_error(&err, command);
    } else {
        code = command->run(&s, argc - first - 1, (const char *const *)(argv + first + 1));
    }
    settings_free(&s);
    return code;
}

/* A closed descriptor would be given to the next socket, and our text would go to the service. */
static void guard_descriptors(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
            open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY); /* any use of it fails */
        }
    }
}

int main(int argc, char **argv)
{
    struct error err = ERROR_INIT;
    int code;

    guard_descriptors();
    /* A reader that went away ends us quietly, even where our parent has that signal ignored. */
    signal(SIGPIPE, SIG_DFL);
    setvbuf(stdout, NULL, _IOFBF, STDOUT_BUFFER);
    code = run(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        if (code != EXIT_OUTPUT) {
            error_set(&err, ERR_OUTPUT, "cannot write to stdout: %s", strerror(errno));
            say_error(&err);
        }
        code = EXIT_OUTPUT;
    }
    return code;
}

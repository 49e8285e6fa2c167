/* test_child.c - what a child gets and does not get, and that it ends. */
#define _GNU_SOURCE /* setenv */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/child.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int run(const char *script, char *output, size_t size)
{
    const char *const arguments[] = { "sh", "-c", script, NULL };
    const struct child_spec spec = { .arguments = arguments };
    struct child child;
    size_t len = 0;
    ssize_t got;

    assert_int_equal(child_start(&spec, &child), 0);
    while (len + 1 < size && (got = read(child.out, output + len, size - len - 1)) > 0) {
        len += (size_t)got;
    }
    output[len] = '\0';
    return child_end(&child);
}

static void status_is_that_of_a_shell(void **state)
{
    char output[64];

    (void)state;
    assert_int_equal(run("echo words", output, sizeof(output)), 0);
    assert_string_equal(output, "words\n");
    assert_int_equal(run("exit 3", output, sizeof(output)), 3);
    assert_int_equal(run("kill -TERM $$", output, sizeof(output)), 128 + SIGTERM);
}

static void a_program_that_is_not_there_is_told(void **state)
{
    const char *const arguments[] = { "no-such-program-anywhere", NULL };
    const struct child_spec spec = { .arguments = arguments };
    struct child child;

    (void)state;
    assert_int_equal(child_start(&spec, &child), ENOENT);
}

static void secrets_are_not_in_its_environment(void **state)
{
    char output[64];

    (void)state;
    setenv("AZURE_CLIENT_SECRET", "SECRET", 1);
    setenv("SYSTEM_ACCESSTOKEN", "SECRET", 1);
    setenv("AZURE_CLIENT_ID", "public", 1);
    run("env | grep -c SECRET; echo $AZURE_CLIENT_ID", output, sizeof(output));
    assert_string_equal(output, "0\npublic\n");
}

static void password_of_a_proxy_is_not_in_its_environment(void **state)
{
    static const char *const names[] = { "https_proxy", "HTTPS_PROXY", "all_proxy", "http_proxy" };
    static const char *const values[] = { "http://user:SECRET@proxy:1", "user:SECRET@proxy:1",
                                          "socks5://user:SEC@RET/@proxy:1", "http://proxy:1" };
    const char *const arguments[] = { "sh", "-c", "test $https_proxy = http://user:SECRET@proxy:1",
                                      NULL };
    const struct child_spec az = { .arguments = arguments, .needs_proxy = true };
    struct child child;
    char output[128];

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        setenv(names[i], values[i], 1);
    }
    run("env | grep -c -e SECRET -e user; echo $https_proxy $HTTPS_PROXY $all_proxy $http_proxy",
        output, sizeof(output));
    assert_string_equal(output, "0\nhttp://proxy:1 proxy:1 socks5://proxy:1 http://proxy:1\n");
    assert_int_equal(child_start(&az, &child), 0);
    assert_int_equal(child_end(&child), 0);
    for (size_t i = 0; i < 4; i++) {
        unsetenv(names[i]);
    }
}

/* As after `trap "" CHLD TERM` in the shell that started us. */
static void ignored_and_blocked_signals_are_not_inherited(void **state)
{
    char output[64];
    sigset_t blocked, old;

    (void)state;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGHUP);
    sigprocmask(SIG_BLOCK, &blocked, &old);
    signal(SIGCHLD, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    /* signals 32 and 33 are the C library's own */
    run("for set in $(grep -E 'Sig(Blk|Ign)' /proc/self/status | cut -f2); do"
        " echo $((0x$set & 0x7fffffff)); done",
        output, sizeof(output));
    assert_string_equal(output, "0\n0\n");
    assert_int_equal(run("exit 3", output, sizeof(output)), 3);
    signal(SIGTERM, SIG_DFL);
    sigprocmask(SIG_SETMASK, &old, NULL);
}

static bool is_gone(pid_t pid)
{
    char name[64], line[256];
    bool zombie = false;
    FILE *file;

    snprintf(name, sizeof(name), "/proc/%d/status", (int)pid);
    file = fopen(name, "re");
    if (file == NULL) {
        return true;
    }
    while (fgets(line, sizeof(line), file) != NULL) {
        zombie = zombie || strncmp(line, "State:\tZ", 8) == 0;
    }
    fclose(file);
    return zombie;
}

static void wait_until_gone(pid_t pid)
{
    for (int i = 0; i < 1000 && !is_gone(pid); i++) {
        usleep(10000);
    }
    assert_true(is_gone(pid));
}

static void what_it_leaves_behind_ends_with_it(void **state)
{
    char output[64];
    long pid;

    (void)state;
    assert_int_equal(run("sleep 77 > /dev/null 2>&1 & echo $!", output, sizeof(output)), 0);
    pid = strtol(output, NULL, 10);
    assert_true(pid > 0);
    wait_until_gone((pid_t)pid);
}

/* A process of its own, which the signal ends: the child must be gone, too. */
static void every_deadly_signal_ends_it_with_us(void **state)
{
    static const int deadly[] = { SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGPIPE, SIGALRM };

    (void)state;
    for (size_t i = 0; i < sizeof(deadly) / sizeof(deadly[0]); i++) {
        int report[2], status = 0;
        char text[32] = "";
        pid_t us;
        assert_int_equal(pipe(report), 0);
        us = fork();
        assert_true(us >= 0);
        if (us == 0) {
            const char *const arguments[] = { "sh", "-c", "trap '' TERM; echo $$; sleep 77", NULL };
            const struct child_spec spec = { .arguments = arguments };
            struct child child;
            char line[32];
            ssize_t len;
            for (size_t k = 0; k < sizeof(deadly) / sizeof(deadly[0]); k++) {
                signal(deadly[k], SIG_DFL);
            }
            if (child_start(&spec, &child) != 0) {
                _exit(1);
            }
            len = read(child.out, line, sizeof(line)); /* it runs, and its trap is set */
            if (len <= 0 || write(report[1], line, (size_t)len) != len) {
                _exit(2);
            }
            child_end(&child);
            _exit(3);
        }
        close(report[1]);
        assert_true(read(report[0], text, sizeof(text) - 1) > 0);
        close(report[0]);
        kill(us, deadly[i]);
        assert_int_equal(waitpid(us, &status, 0), us);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), deadly[i]);
        wait_until_gone((pid_t)strtol(text, NULL, 10));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(status_is_that_of_a_shell),
        cmocka_unit_test(a_program_that_is_not_there_is_told),
        cmocka_unit_test(secrets_are_not_in_its_environment),
        cmocka_unit_test(password_of_a_proxy_is_not_in_its_environment),
        cmocka_unit_test(ignored_and_blocked_signals_are_not_inherited),
        cmocka_unit_test(what_it_leaves_behind_ends_with_it),
        cmocka_unit_test(every_deadly_signal_ends_it_with_us),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* child.c - starting, watching and ending a program. */
#define _GNU_SOURCE /* pipe2, posix_spawn_file_actions_addclosefrom_np */
#include "offerstat/child.h"

#include "offerstat/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <unistd.h>

#define GRACE_STEPS 10 /* of GRACE_STEP_MS each: how long a child may take to end after SIGTERM */
#define GRACE_STEP_MS 20

/* Variables that hold a secret which no child needs. */
static const char *const secrets[] = { "OFFERSTAT_TOKEN=",
                                       "AZURE_CLIENT_SECRET=",
                                       "AZURE_CLIENT_CERTIFICATE_PASSWORD=",
                                       "AZURE_PASSWORD=",
                                       "ACTIONS_ID_TOKEN_REQUEST_TOKEN=",
                                       "SYSTEM_ACCESSTOKEN=",
                                       "IDENTITY_HEADER=",
                                       "MSI_SECRET=" };

/* The signals that end us, and what they did before the child was started. */
static const int deadly[] = { SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGPIPE, SIGALRM };
#define DEADLY_COUNT (sizeof(deadly) / sizeof(deadly[0]))
static struct sigaction before[DEADLY_COUNT];

/* For the signal handler; pid 0: no child. */
static struct child running;

static void send_signal(const struct child *child, int number)
{
    kill(child->has_group ? -child->pid : child->pid, number);
}

/* WNOWAIT: a child that has ended keeps its pid, which is also its group's, until child_end, so
 * that no signal can reach an unrelated process. */
bool child_has_ended(const struct child *child)
{
    siginfo_t info = { 0 };
    int rc = waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOHANG | WNOWAIT);

    return (rc == 0 && info.si_pid == child->pid) || (rc == -1 && errno == ECHILD);
}

/* Async-signal-safe. */
void child_kill(struct child *child)
{
    send_signal(child, SIGTERM);
    for (int i = 0; i < GRACE_STEPS && !child_has_ended(child); i++) {
        poll(NULL, 0, GRACE_STEP_MS);
    }
    send_signal(child, SIGKILL);
}

static void child_on_signal(int number)
{
    struct child child = running;

    running.pid = 0;
    if (child.pid > 0) {
        child_kill(&child);
    }
    for (size_t i = 0; i < DEADLY_COUNT; i++) {
        if (deadly[i] == number) {
            sigaction(number, &before[i], NULL);
        }
    }
    raise(number); /* SA_NODEFER: it takes effect at once, as without a child */
}

/* A signal that is ignored stays so. */
static void watch_signals(void)
{
    struct sigaction action = { .sa_handler = child_on_signal, .sa_flags = (int)SA_NODEFER };

    for (size_t i = 0; i < DEADLY_COUNT; i++) {
        if (sigaction(deadly[i], NULL, &before[i]) == 0 && before[i].sa_handler != SIG_IGN) {
            sigaction(deadly[i], &action, NULL);
        }
    }
}

static void restore_signals(void)
{
    for (size_t i = 0; i < DEADLY_COUNT; i++) {
        sigaction(deadly[i], &before[i], NULL);
    }
}

static bool is_secret(const char *variable)
{
    for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
        if (strncmp(variable, secrets[i], strlen(secrets[i])) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_among(const char *variable, const char *const *others)
{
    size_t name_len = strcspn(variable, "=") + 1;

    for (size_t i = 0; others != NULL && others[i] != NULL; i++) {
        if (strncmp(variable, others[i], name_len) == 0) {
            return true;
        }
    }
    return false;
}

/* A proxy's variable without "user:password@"; others as they are.  A password may have an '@', a
 * host has none. */
static const char *without_login(struct arena *a, const char *variable)
{
    static const char *const names[] = { "http_proxy=", "https_proxy=", "all_proxy=" };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        size_t len = strlen(names[i]);
        const char *login = variable + len, *host, *scheme;
        if (strncasecmp(variable, names[i], len) != 0 || (host = strrchr(login, '@')) == NULL) {
            continue;
        }
        scheme = strstr(login, "://");
        if (scheme != NULL && scheme < host) {
            login = scheme + strlen("://");
        }
        return arena_printf(a, "%.*s%s", (int)(login - variable), variable, host + 1);
    }
    return variable;
}

/* A copy of the environment without secrets, and with what is added; most texts are shared.  NULL:
 * no memory. */
static char **clean_environment(struct arena *a, const struct child_spec *spec)
{
    const char *const *added = spec->variables;
    size_t count = 0, kept = 0, more = 0;
    char **copy;

    while (environ[count] != NULL) {
        count++;
    }
    while (added != NULL && added[more] != NULL) {
        more++;
    }
    copy = arena_alloc(a, (count + more + 1) * sizeof(*copy));
    for (size_t i = 0; copy != NULL && i < count; i++) {
        const char *variable = environ[i];
        if (is_secret(variable) || is_among(variable, added)) {
            continue;
        }
        if (!spec->needs_proxy) {
            variable = without_login(a, variable);
        }
        if (variable == NULL) {
            return NULL;
        }
        copy[kept++] = (char *)variable;
    }
    if (copy == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < more; i++) {
        copy[kept++] = (char *)added[i];
    }
    return copy;
}

/* All signals have their default action and none is blocked, whatever we have inherited. */
static void set_attributes(posix_spawnattr_t *attributes, bool is_interactive)
{
    sigset_t all, none;
    int flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;

    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(attributes, &all);
    posix_spawnattr_setsigmask(attributes, &none);
    if (!is_interactive) {
        flags |= POSIX_SPAWN_SETPGROUP; /* so that whatever a script starts can be ended with it */
    }
    posix_spawnattr_setflags(attributes, (short)flags);
}

static int spawn(const struct child_spec *spec, const int out[2], const int errors[2], pid_t *pid)
{
    struct arena arena = ARENA_INIT;
    char **environment = clean_environment(&arena, spec);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int rc;

    if (environment == NULL) {
        arena_clear(&arena);
        return ENOMEM;
    }
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    set_attributes(&attributes, spec->is_interactive);
    if (!spec->is_interactive) {
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, errors[1], STDERR_FILENO);
    }
    /* Sockets of libcurl without O_CLOEXEC must not stay open in the child. */
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    rc = posix_spawnp(pid, spec->arguments[0], &actions, &attributes,
                      (char *const *)spec->arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    arena_clear(&arena);
    return rc;
}

static void close_pipe(const int ends[2])
{
    for (int i = 0; i < 2; i++) {
        if (ends[i] >= 0) {
            close(ends[i]);
        }
    }
}

int child_start(const struct child_spec *spec, struct child *out)
{
    int output[2] = { -1, -1 }, errors[2] = { -1, -1 }, rc = 0;
    sigset_t all, old;

    /* SIGCHLD may be ignored by inheritance, and then a child could not be waited for. */
    signal(SIGCHLD, SIG_DFL);
    if (!spec->is_interactive && (pipe2(output, O_CLOEXEC) != 0 || pipe2(errors, O_CLOEXEC) != 0)) {
        rc = errno;
    }
    *out = (struct child){ .out = output[0], .err = errors[0], .has_group = !spec->is_interactive };
    if (rc == 0) {
        sigfillset(&all);
        sigprocmask(SIG_SETMASK, &all, &old); /* no signal until the handler knows the child */
        watch_signals();
        rc = spawn(spec, output, errors, &out->pid);
        if (rc == 0) {
            running = *out;
        } else {
            restore_signals();
        }
        sigprocmask(SIG_SETMASK, &old, NULL);
    }
    if (rc == 0) {
        output[0] = -1; /* the caller's */
        errors[0] = -1;
    }
    close_pipe(output);
    close_pipe(errors);
    return rc;
}

int child_end(struct child *child)
{
    siginfo_t info;
    int status = 0, rc;
    bool known;

    do { /* until it has ended; its pid stays reserved */
        rc = waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOWAIT);
    } while (rc == -1 && errno == EINTR);
    if (child->has_group && rc == 0) {
        send_signal(child, SIGKILL); /* processes that it has left behind */
    }
    running.pid = 0;
    known = waitpid(child->pid, &status, 0) == child->pid;
    restore_signals();
    if (child->out >= 0) {
        close(child->out);
        close(child->err);
    }
    child->pid = 0;
    if (!known) {
        return -1;
    }
    if (WIFEXITED(status)) {
        return WEXITSTATUS(status);
    }
    return 128 + WTERMSIG(status);
}

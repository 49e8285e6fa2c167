/* signin_azure_cli.c - a token from the Azure CLI: `az account get-access-token`. */
#define _GNU_SOURCE /* pipe2 */
#include "auth/oauth.h"
#include "auth/source.h"
#include "offerstat/secret.h"
#include "offerstat/strbuf.h"
#include "offerstat/token.h"
#include "json/json.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define POLL_MS 20   /* how often a running az is looked at */
#define READS_MAX 64 /* 4 KiB each, more than a pipe holds */
#define OUTPUT_MAX ((size_t)1024 * 1024)

/* A running az, and our ends of the pipes that are its stdout (the token) and stderr (why it
 * failed). */
struct child {
    pid_t pid;
    int out, err;
};

/* The process id of a running az, 0: none.  For the signal handler: az must not outlive us. */
static volatile sig_atomic_t az_pid;

void signin_interrupted(void)
{
    if (az_pid > 0) {
        kill(-(pid_t)az_pid, SIGTERM); /* its process group */
    }
}

/* A copy of the environment without the secrets that az does not need; the texts are shared. */
static char **clean_environment(void)
{
    static const char *const secrets[] = { "OFFERSTAT_TOKEN=", "AZURE_CLIENT_SECRET=",
                                           "ACTIONS_ID_TOKEN_REQUEST_TOKEN=" };
    size_t count = 0, kept = 0;
    char **copy;

    while (environ[count] != NULL) {
        count++;
    }
    copy = calloc(count + 1, sizeof(*copy));
    for (size_t i = 0; copy != NULL && i < count; i++) {
        bool secret = false;
        for (size_t k = 0; k < sizeof(secrets) / sizeof(secrets[0]); k++) {
            secret = secret || strncmp(environ[i], secrets[k], strlen(secrets[k])) == 0;
        }
        if (!secret) {
            copy[kept++] = environ[i];
        }
    }
    return copy;
}

/* 0, or -1 with *err; the pipes are the caller's to close. */
static int start_child(const char *audience, struct child *child, struct error *err)
{
    const char *const arguments[] = { "az",         "account", "get-access-token",
                                      "--resource", audience,  "--output",
                                      "json",       NULL };
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t defaults;
    char **environment = clean_environment();
    int out[2] = { -1, -1 }, errors[2] = { -1, -1 }, rc = ENOMEM;

    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    /* az is a script: in a process group of its own, whatever it starts can be ended with it.  It
     * gets the default action for SIGPIPE, whatever ours is at the moment. */
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
    if (environment != NULL && pipe2(out, O_CLOEXEC) == 0 && pipe2(errors, O_CLOEXEC) == 0) {
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, errors[1], STDERR_FILENO);
        /* Sockets of libcurl that lack O_CLOEXEC must not stay open in az. */
        posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
        rc = posix_spawnp(&child->pid, arguments[0], &actions, &attributes,
                          (char *const *)arguments, environment);
    }
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    free(environment);
    close(out[1]);
    close(errors[1]);
    child->out = out[0];
    child->err = errors[0];
    if (rc != 0) {
        close(out[0]);
        close(errors[0]);
        if (rc == ENOENT) {
            return error_set(err, ERR_AUTH, "az is not installed");
        }
        return error_set(err, ERR_AUTH, "az cannot be started: %s", strerror(rc));
    }
    return 0;
}

/* Append what a pipe holds now to text.  READS_MAX bounds it, since a child that keeps writing
 * never lets its pipe run empty.  At its end the descriptor becomes -1, which poll ignores. */
static void read_available(struct pollfd *end, struct strbuf *text)
{
    char piece[4096];

    for (int i = 0; i < READS_MAX && end->fd >= 0; i++) {
        ssize_t len = read(end->fd, piece, sizeof(piece));
        if (len == -1) {
            break;
        }
        if (len == 0) {
            end->fd = -1;
        } else {
            strbuf_append(text, piece, (size_t)len);
        }
    }
    secret_wipe(piece, sizeof(piece));
}

/* Read both pipes until az has exited; a process that it left behind may hold them open for longer.
 * False when az_timeout_ms is over first. */
static bool read_until_exit(const struct signin *s, const struct child *child, int *status,
                            struct strbuf *output, struct strbuf *errors)
{
    struct transport *t = s->options.transport;
    int64_t until_ms = t->now_ms(t) + s->options.az_timeout_ms;
    struct pollfd ends[] = { { .fd = child->out, .events = POLLIN },
                             { .fd = child->err, .events = POLLIN } };
    bool exited = false;

    fcntl(child->out, F_SETFL, O_NONBLOCK);
    fcntl(child->err, F_SETFL, O_NONBLOCK);
    while (!exited && t->now_ms(t) < until_ms) {
        poll(ends, 2, POLL_MS);
        exited = waitpid(child->pid, status, WNOHANG) == child->pid;
        read_available(&ends[0], output);
        read_available(&ends[1], errors);
    }
    return exited;
}

/* When the token expires, Unix time in ms; 0: unknown.  "expires_on" is Unix time, since az 2.54;
 * "expiresOn" is local time without a zone. */
static int64_t read_expiry(const cJSON *answer)
{
    const cJSON *seconds = cJSON_GetObjectItemCaseSensitive(answer, "expires_on");
    const char *local = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(answer, "expiresOn"));
    struct tm tm = { .tm_isdst = -1 };

    if (cJSON_IsNumber(seconds) && seconds->valuedouble > 0 && seconds->valuedouble < 1e11) {
        return (int64_t)seconds->valuedouble * 1000;
    }
    if (local != NULL && sscanf(local, "%4d-%2d-%2d %2d:%2d:%2d", &tm.tm_year, &tm.tm_mon,
                                &tm.tm_mday, &tm.tm_hour, &tm.tm_min, &tm.tm_sec) == 6) {
        tm.tm_year -= 1900;
        tm.tm_mon -= 1;
        return (int64_t)mktime(&tm) * 1000;
    }
    return 0;
}

/* One of enum source_answer. */
static int read_answer(struct strbuf *output, struct token *out, struct error *err)
{
    struct strbuf scratch = STRBUF_INIT(4 * OUTPUT_MAX);
    struct arena parsed = ARENA_INIT;
    struct error bad = ERROR_INIT;
    const char *printed = json_skip_mark(strbuf_text(output));
    const cJSON *answer = json_parse(printed, strlen(printed), NULL, &scratch, &parsed, &bad);
    const char *text =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(answer, "accessToken"));
    int rc = SOURCE_SKIPPED;

    if (text == NULL) {
        error_set(err, ERR_AUTH, "az printed no token (it gave %zu bytes)", output->len);
    } else if (token_check(text, "az", err) != 0) {
        err->code = ERR_AUTH; /* the fault is az's, not the user's */
    } else {
        out->text = strdup(text);
        out->expires_ms = read_expiry(answer);
        if (out->text != NULL) {
            rc = SOURCE_GAVE;
        } else {
            rc = error_memory(err);
        }
    }
    arena_wipe(&parsed);
    if (scratch.data != NULL) {
        secret_wipe(scratch.data, scratch.cap);
    }
    strbuf_clear(&scratch);
    return rc;
}

/* The error in az's own words: the line that says ERROR, else the first one; what it repeats of the
 * identity platform is explained as the platform's own refusals are. */
static void explain_failure(const struct strbuf *errors, int status, struct error *err)
{
    static const char mark[] = "ERROR: ";
    const char *line = strstr(strbuf_text(errors), mark), *refusal;

    if (line != NULL) {
        line += strlen(mark);
    } else {
        line = strbuf_text(errors);
    }
    refusal = strstr(line, "AADSTS");
    if (refusal != NULL && refusal < line + strcspn(line, "\r\n")) {
        line = refusal;
    }
    if (strcspn(line, "\r\n") == 0) {
        error_set(err, ERR_AUTH, "az ended with status %d", status);
        return;
    }
    err->code = ERR_AUTH;
    oauth_explain("", line, err);
    error_wrap(err, "az ended with status %d", status);
}

/* What a shell calls the status of a process. */
static int shell_status(int status)
{
    if (WIFEXITED(status)) {
        return WEXITSTATUS(status);
    }
    return 128 + WTERMSIG(status);
}

static enum source_state azure_cli_look(const struct signin *s, struct error *err)
{
    (void)s;
    (void)err;
    return SOURCE_THERE; /* only starting it tells whether it is installed */
}

static int azure_cli_get_token(struct signin *s, struct token *out, struct error *err)
{
    struct strbuf output = STRBUF_INIT(OUTPUT_MAX), errors = STRBUF_INIT(OUTPUT_MAX);
    struct child child = { 0 };
    int status = 0, rc = SOURCE_SKIPPED;
    bool in_time;

    if (start_child(s->options.audience, &child, err) != 0) {
        return SOURCE_SKIPPED;
    }
    az_pid = child.pid;
    in_time = read_until_exit(s, &child, &status, &output, &errors);
    if (!in_time) {
        kill(-child.pid, SIGKILL);
        while (waitpid(child.pid, &status, 0) == -1 && errno == EINTR) {
        }
    }
    az_pid = 0;
    close(child.out);
    close(child.err);
    if (!in_time) {
        error_set(err, ERR_AUTH, "az gave no answer within %d s",
                  (int)(s->options.az_timeout_ms / 1000));
    } else if (shell_status(status) != 0) {
        explain_failure(&errors, shell_status(status), err);
    } else {
        rc = read_answer(&output, out, err);
    }
    if (output.data != NULL) {
        secret_wipe(output.data, output.cap);
    }
    strbuf_clear(&output);
    strbuf_clear(&errors);
    return rc;
}

const struct signin_method signin_azure_cli = {
    .name = "azure-cli", .look = azure_cli_look, .get = azure_cli_get_token, .renews = true
};

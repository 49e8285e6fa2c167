/* signin_azure_cli.c - a token borrowed from `az account get-access-token`. */
#define _GNU_SOURCE /* pipe2 */
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

#define POLL_MS 20
#define READS_MAX 64
#define OUTPUT_MAX ((size_t)1024 * 1024)

/* az, running: what it says on stdout is the token's, its stderr the reason of a failure. */
struct child {
    pid_t pid;
    int out, err;
};

/* az, while it runs: it must not outlive us. */
static volatile sig_atomic_t running;

void signin_interrupted(void)
{
    if (running > 0) {
        kill(-(pid_t)running, SIGTERM);
    }
}

/* A copy of the environment without what is nobody's business: secrets end with this process. */
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

static int start_child(const char *audience, struct child *child, struct error *err)
{
    const char *const words[] = { "az",         "account", "get-access-token",
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
    /* A group of its own: az is a script, and what it starts must end with it. */
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
    if (environment != NULL && pipe2(out, O_CLOEXEC) == 0 && pipe2(errors, O_CLOEXEC) == 0) {
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, errors[1], STDERR_FILENO);
        /* libcurl's sockets are none of its business. */
        posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
        rc = posix_spawnp(&child->pid, words[0], &actions, &attributes, (char *const *)words,
                          environment);
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
        return rc == ENOENT ? error_set(err, ERR_AUTH, "az is not installed")
                            : error_set(err, ERR_AUTH, "az cannot be started: %s", strerror(rc));
    }
    return 0;
}

/* What is there of one end, a pipe's worth at most, since one that floods is never empty; it is
 * given up where it ends. */
static void read_some(struct pollfd *end, struct strbuf *to)
{
    char piece[4096];
    ssize_t len;

    for (int i = 0;
         i < READS_MAX && end->fd >= 0 && (len = read(end->fd, piece, sizeof(piece))) != -1; i++) {
        if (len == 0) {
            end->fd = -1;
        } else {
            strbuf_append(to, piece, (size_t)len);
        }
    }
    secret_wipe(piece, sizeof(piece));
}

/* Read both ends until az has ended, whoever else still holds them; false when the time is over. */
static bool read_both(const struct signin *s, const struct child *child, int *status,
                      struct strbuf *out, struct strbuf *errors)
{
    struct transport *t = s->options.transport;
    int64_t until_ms = t->now_ms(t) + s->options.az_timeout_ms;
    struct pollfd ends[] = { { .fd = child->out, .events = POLLIN },
                             { .fd = child->err, .events = POLLIN } };
    bool ended = false;

    fcntl(child->out, F_SETFL, O_NONBLOCK);
    fcntl(child->err, F_SETFL, O_NONBLOCK);
    while (!ended && t->now_ms(t) < until_ms) {
        poll(ends, 2, POLL_MS);
        ended = waitpid(child->pid, status, WNOHANG) == child->pid;
        read_some(&ends[0], out);
        read_some(&ends[1], errors);
    }
    return ended;
}

/* "expires_on" is Unix time, since az 2.54; "expiresOn" is local time without a zone. */
static int64_t read_end(const cJSON *answer)
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

static int read_answer(struct strbuf *said, struct token *out, struct error *err)
{
    struct strbuf scratch = STRBUF_INIT(4 * OUTPUT_MAX);
    struct arena parsed = ARENA_INIT;
    struct error bad = ERROR_INIT;
    const cJSON *answer = json_parse(strbuf_text(said), said->len, NULL, &scratch, &parsed, &bad);
    const char *text =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(answer, "accessToken"));
    int rc = 1;

    if (text == NULL) {
        error_set(err, ERR_AUTH, "az printed no token (it gave %zu bytes)", said->len);
    } else if (token_check(text, "az", err) == 0) {
        out->text = strdup(text);
        out->expires_ms = read_end(answer);
        rc = out->text != NULL ? 0 : error_memory(err);
    }
    arena_wipe(&parsed);
    if (scratch.data != NULL) {
        secret_wipe(scratch.data, scratch.cap);
    }
    strbuf_clear(&scratch);
    return rc;
}

/* az's own reason: the line that says ERROR, else its first one. */
static void put_reason(const struct strbuf *errors, int status, struct error *err)
{
    const char *text = strbuf_text(errors), *at = strstr(text, "ERROR: ");
    int len;

    at = at != NULL ? at + strlen("ERROR: ") : text;
    len = (int)strcspn(at, "\r\n");
    error_set(err, ERR_AUTH, "az ended with status %d%s%.*s", status, len > 0 ? ": " : "",
              len < 300 ? len : 300, at);
}

static enum source_state look(const struct signin *s, struct error *err)
{
    (void)s;
    (void)err;
    return SOURCE_THERE; /* whether az is there shows when it is started */
}

static int get_token(struct signin *s, struct token *out, struct error *err)
{
    struct strbuf said = STRBUF_INIT(OUTPUT_MAX), errors = STRBUF_INIT(OUTPUT_MAX);
    struct child child = { 0 };
    int status = 0, rc = 1;

    if (start_child(s->options.audience, &child, err) != 0) {
        return 1;
    }
    running = child.pid;
    if (!read_both(s, &child, &status, &said, &errors)) {
        kill(-child.pid, SIGKILL);
        while (waitpid(child.pid, &status, 0) == -1 && errno == EINTR) {
        }
        error_set(err, ERR_AUTH, "az gave no answer within %d s",
                  (int)(s->options.az_timeout_ms / 1000));
    }
    running = 0;
    close(child.out);
    close(child.err);
    if (err->code != ERR_NONE) {
        /* the time was over */
    } else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        put_reason(&errors, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), err);
    } else {
        rc = read_answer(&said, out, err);
    }
    if (said.data != NULL) {
        secret_wipe(said.data, said.cap);
    }
    strbuf_clear(&said);
    strbuf_clear(&errors);
    return rc;
}

const struct signin_method signin_azure_cli = {
    .name = "azure-cli", .look = look, .get = get_token, .renews = true
};

/* on_change.c - running the command of --on-change. */
#include "on_change.h"

#include "terminal/say.h"

#include "offerstat/child.h"
#include "offerstat/redact.h"
#include "offerstat/strbuf.h"
#include "offerstat/transport.h"
#include "offerstat/waiting.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LIMIT_MS (INT64_C(60) * 1000)
#define POLL_MS 50
#define VALUE_MAX ((size_t)16 * 1024)
#define LINE_MAX_BYTES ((size_t)4 * 1024)
#define PIPE_HOLDS ((size_t)64 * 1024) /* Linux, see pipe(7) */
#define VARIABLES 7

/* "NAME=value", with secrets hidden, since a service may have sent one back in a message. */
static void put_variable(struct strbuf *out, const char *name, const char *value)
{
    strbuf_printf(out, "%s=%s", name, value != NULL ? value : "");
    if (out->data != NULL) {
        redact_text(out->data);
    }
}

static void put_variables(struct strbuf out[VARIABLES], const struct wait_event *e)
{
    struct strbuf step = STRBUF_INIT(VALUE_MAX), message = STRBUF_INIT(VALUE_MAX);
    const struct step *current = offer_current_step(e->now);
    char url[OFFER_URL_MAX];

    if (current != NULL) {
        strbuf_puts(&step, current->name != NULL ? current->name : "");
    }
    waiting_put_message(&message, e->now);
    put_variable(&out[0], "OFFERSTAT_OFFER", e->now->id);
    put_variable(&out[1], "OFFERSTAT_PUBLISHER", e->now->publisher);
    put_variable(&out[2], "OFFERSTAT_FROM",
                 e->before != NULL ? state_token(e->before->state) : NULL);
    put_variable(&out[3], "OFFERSTAT_TO", state_token(e->now->state));
    put_variable(&out[4], "OFFERSTAT_STEP", strbuf_text(&step));
    put_variable(&out[5], "OFFERSTAT_MESSAGE", strbuf_text(&message));
    put_variable(&out[6], "OFFERSTAT_URL", offer_url(e->now, url));
    strbuf_clear(&step);
    strbuf_clear(&message);
}

/* Print the complete lines that were read; at the end also the last, incomplete one. */
static void say_lines(struct strbuf *text, bool at_end)
{
    const char *line = strbuf_text(text), *end;
    size_t rest;

    while ((end = strchr(line, '\n')) != NULL) {
        char copy[LINE_MAX_BYTES];
        snprintf(copy, sizeof(copy), "%.*s", (int)(end - line), line);
        say_notice(copy);
        line = end + 1;
    }
    rest = strlen(line);
    if (rest > 0 && (at_end || rest >= LINE_MAX_BYTES - 1)) {
        say_notice(line);
        rest = 0;
    }
    if (text->data != NULL) {
        memmove(text->data, line, rest);
        text->len = rest;
        text->data[rest] = '\0';
    }
}

/* At most what a pipe holds, so that a command that writes endlessly cannot keep us here. */
static void read_available(struct pollfd *end, struct strbuf *text)
{
    char piece[LINE_MAX_BYTES];
    size_t taken = 0;
    ssize_t len;

    while (end->fd >= 0 && taken < PIPE_HOLDS && (len = read(end->fd, piece, sizeof(piece))) >= 0) {
        if (len == 0) {
            end->fd = -1;
            break;
        }
        for (ssize_t i = 0; i < len; i++) {
            if (piece[i] == '\0') {
                piece[i] = ' ';
            }
        }
        taken += (size_t)len;
        strbuf_append(text, piece, (size_t)len);
        say_lines(text, false);
    }
}

/* False when the time was over first. */
static bool read_until_end(const struct child *child, int64_t until_ms)
{
    struct strbuf output = STRBUF_INIT(4 * LINE_MAX_BYTES),
                  errors = STRBUF_INIT(4 * LINE_MAX_BYTES);
    struct pollfd ends[] = { { .fd = child->out, .events = POLLIN },
                             { .fd = child->err, .events = POLLIN } };
    bool ended = false;

    fcntl(child->out, F_SETFL, O_NONBLOCK);
    fcntl(child->err, F_SETFL, O_NONBLOCK);
    while (!ended && transport_clock_ms() < until_ms) {
        poll(ends, 2, POLL_MS);
        ended = child_has_ended(child);
        read_available(&ends[0], &output);
        read_available(&ends[1], &errors);
    }
    say_lines(&output, true);
    say_lines(&errors, true);
    strbuf_clear(&output);
    strbuf_clear(&errors);
    return ended;
}

static void run(const char *command, const char *const *variables, int64_t limit_ms)
{
    const char *const arguments[] = { "sh", "-c", command, NULL };
    const struct child_spec spec = { .arguments = arguments, .variables = variables };
    struct child child;
    bool in_time;
    int rc = child_start(&spec, &child), status;

    if (rc != 0) {
        say_warning("--on-change: the command cannot be started: %s", strerror(rc));
        return;
    }
    in_time = read_until_end(&child, transport_clock_ms() + limit_ms);
    if (!in_time) {
        child_kill(&child);
    }
    status = child_end(&child);
    if (!in_time) {
        say_warning("--on-change: the command was ended after %d s", (int)(limit_ms / 1000));
    } else if (status != 0) {
        say_warning("--on-change: the command has ended with status %d", status);
    }
}

void on_change_run(const char *command, const struct wait_event *e, int64_t deadline_ms)
{
    struct strbuf values[VARIABLES];
    const char *variables[VARIABLES + 1] = { NULL };
    int64_t limit_ms = LIMIT_MS;
    bool whole = true;

    for (size_t i = 0; i < VARIABLES; i++) {
        values[i] = (struct strbuf)STRBUF_INIT(VALUE_MAX);
    }
    if (deadline_ms != 0 && deadline_ms - transport_clock_ms() < limit_ms) {
        limit_ms = deadline_ms - transport_clock_ms();
    }
    put_variables(values, e);
    for (size_t i = 0; i < VARIABLES; i++) {
        variables[i] = strbuf_text(&values[i]);
        whole = whole && !values[i].failed;
    }
    if (!whole) {
        say_warning("--on-change: out of memory, the command was not run");
    } else if (limit_ms <= 0) {
        say_warning("--on-change: no time was left to run the command");
    } else {
        run(command, variables, limit_ms);
    }
    for (size_t i = 0; i < VARIABLES; i++) {
        strbuf_clear(&values[i]);
    }
}

/* say.c - everything that goes to stderr, made safe. */
#include "say.h"

#include "progress.h"
#include "stream.h"
#include "terminal.h"

#include "offerstat/escape.h"
#include "offerstat/portal.h"
#include "offerstat/redact.h"
#include "offerstat/report.h"
#include "offerstat/strbuf.h"
#include "offerstat/translate.h"
#include "offerstat/width.h"
#include "offerstat/wrap.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INDENT 2 /* blanks before further lines of a text */
#define ITEM_WIDTH 18

#define LINE_MAX_BYTES ((size_t)64 * 1024)

static bool quiet, verbose, color, once;
static void (*divert)(void *user, const char *line);
static void *divert_user;

/* Hashes of the texts that were printed, when each is printed once; the oldest is forgotten
 * first. */
#define SAID_MAX 1024
static uint64_t said[SAID_MAX];
static size_t said_count;

void say_setup(bool is_quiet, bool is_verbose, bool in_color)
{
    quiet = is_quiet;
    verbose = is_verbose && !is_quiet;
    color = in_color;
}

void say_divert(void (*take)(void *user, const char *line), void *user)
{
    divert = take;
    divert_user = user;
}

void say_each_once(void)
{
    once = true;
}

/* FNV-1a. */
static uint64_t fingerprint(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    }
    return hash;
}

static bool was_printed(const char *text)
{
    uint64_t hash = fingerprint(text);

    for (size_t i = 0; i < said_count && i < SAID_MAX; i++) {
        if (said[i] == hash) {
            return true;
        }
    }
    said[said_count++ % SAID_MAX] = hash;
    return false;
}

static void put_out(const char *line, size_t len)
{
    if (divert != NULL) {
        divert(divert_user, line);
    } else {
        /* A failure to write to stderr cannot be reported anywhere. */
        stream_write(STDERR_FILENO, line, len);
    }
}

/* "warning: " and the like, in a colour of its own. */
static void put_prefix(struct strbuf *line, const char *prefix)
{
    static const struct {
        const char *prefix, *color;
    } colors[] = {
        { "offerstat: ", "\033[31m" },
        { N_("warning: "), "\033[33m" },
        { N_("hint: "), "\033[36m" },
    };

    for (size_t i = 0; color && i < sizeof(colors) / sizeof(colors[0]); i++) {
        if (strcmp(prefix, colors[i].prefix) == 0) {
            strbuf_puts(line, colors[i].color);
            strbuf_puts(line, _(prefix));
            strbuf_puts(line, "\033[0m");
            return;
        }
    }
    strbuf_puts(line, _(prefix));
}

/* One write a line, after the lines of stdout that came before it.  Secrets are hidden first, then
 * the text is made safe.  CI runners read stderr as well as stdout, so their commands are broken up
 * here always.  A terminal would break long lines in the middle of words. */
static void say_below(const char *prefix, const char *text, size_t indent)
{
    static const char no_memory[] = "offerstat: out of memory\n";
    struct strbuf line = STRBUF_INIT(LINE_MAX_BYTES), safe = STRBUF_INIT(LINE_MAX_BYTES);
    char *shown = strdup(text);

    stream_flush_lines();
    progress_clear();
    put_prefix(&line, prefix);
    if (shown != NULL) {
        redact_text(shown);
        escape_text(&safe, shown, ESCAPE_CI);
    }
    wrap_put(&line, strbuf_text(&safe), terminal_width(STDERR_FILENO), width_of(_(prefix)), indent);
    strbuf_puts(&line, "\n");
    if (shown == NULL || line.failed || safe.failed) {
        put_out(no_memory, sizeof(no_memory) - 1);
    } else {
        put_out(strbuf_text(&line), line.len);
    }
    strbuf_clear(&safe);
    strbuf_clear(&line);
    free(shown);
}

static void say(const char *prefix, const char *text)
{
    say_below(prefix, text, INDENT);
}

static void say_with_id(const char *text, const char *request_id)
{
    char line[ERROR_TEXT_MAX + ERROR_ID_MAX + 32];

    if (request_id[0] != '\0') {
        snprintf(line, sizeof(line), _("%s [request %s]"), text, request_id);
        text = line;
    }
    say("offerstat: ", text);
}

void say_error(const struct error *err)
{
    say_with_id(error_text(err), err->request_id);
}

void say_problem(const struct problem *p)
{
    say_with_id(problem_text(p), p->request_id != NULL ? p->request_id : "");
}

/* Only once, when each text is printed once. */
__attribute__((format(printf, 2, 0))) static void say_beside(const char *prefix, const char *format,
                                                             va_list args)
{
    char text[ERROR_TEXT_MAX];

    vsnprintf(text, sizeof(text), translate(format), args);
    if (!once || !was_printed(text)) {
        say(prefix, text);
    }
}

void say_warning(const char *format, ...)
{
    va_list args;

    if (!quiet) {
        va_start(args, format);
        say_beside("warning: ", format, args);
        va_end(args);
    }
}

void say_hint(const char *format, ...)
{
    va_list args;

    if (!quiet) {
        va_start(args, format);
        say_beside("hint: ", format, args);
        va_end(args);
    }
}

void say_detail(const char *format, ...)
{
    char text[ERROR_TEXT_MAX];
    va_list args;

    if (verbose) {
        va_start(args, format);
        vsnprintf(text, sizeof(text), translate(format), args);
        va_end(args);
        say("", text);
    }
}

void say_item(const char *name, const char *text)
{
    char prefix[64];

    if (!quiet) {
        snprintf(prefix, sizeof(prefix), "  %-*s", ITEM_WIDTH, name);
        say_below(prefix, text, strlen(prefix));
    }
}

void say_notice(const char *text)
{
    say("", text);
}

void say_command(const char *line)
{
    struct strbuf whole = STRBUF_INIT(LINE_MAX_BYTES);

    stream_flush_lines();
    progress_clear();
    strbuf_puts(&whole, line);
    strbuf_puts(&whole, "\n");
    stream_write(STDERR_FILENO, strbuf_text(&whole), whole.len);
    strbuf_clear(&whole);
}

void say_trace(void *user, const char *line)
{
    (void)user;
    say("debug: ", line);
}

void say_advice(const char *api, enum error_code code, long http)
{
    if (code == ERR_AUTH && http == 401) {
        say_hint("the token is not accepted: it may have expired, be meant for a different API, "
                 "or lack the role; `offerstat auth status --check` says more");
    } else if (code == ERR_AUTH && http == 403 && api != NULL &&
               !portal_traits(api)->has_publishers) {
        say_hint(
            "the application must be a user of the account in Partner Center, with the Manager "
            "role");
    } else if (code == ERR_AUTH && http == 403) {
        say_hint("the application must be a user of this publisher in Partner Center; "
                 "`offerstat publishers` shows those it may read");
    }
}

/* live_view.c - the terminal's alternate screen, with plain control sequences (ECMA-48, and the
 * modes that xterm, the Linux console, tmux and Windows Terminal share).  No terminfo: it would
 * give the same sequences. */
#include "live_view.h"

#include "say.h"
#include "stream.h"
#include "terminal.h"

#include "offerstat/strbuf.h"
#include "offerstat/width.h"
#include "offerstat/wrap.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* The alternate screen, without cursor and wrapping: a line that turns out wider must not push the
 * others down. */
#define ENTER "\033[?1049h\033[?25l\033[?7l\033[H\033[2J"
#define LEAVE "\033[?7h\033[?25h\033[?1049l"

#define WIDTH_UNKNOWN 80
#define HELD_MAX 20 /* lines for stderr that are held back, the latest ones */
#define DRAWN_MAX ((size_t)1024 * 1024)

static bool on;
static volatile sig_atomic_t must_redraw;
static struct strbuf drawn = STRBUF_INIT(DRAWN_MAX); /* what the screen shows */
static char *held[HELD_MAX];                         /* oldest first */
static size_t held_count;
static bool has_keys;
static struct termios keys_before, keys_now;

/* Signals that end the program, before which the screen is restored. */
static const int fatal[] = { SIGQUIT, SIGALRM, SIGUSR1, SIGUSR2, SIGABRT, SIGSEGV,
                             SIGBUS,  SIGFPE,  SIGILL,  SIGXCPU, SIGXFSZ };
#define FATAL_COUNT (sizeof(fatal) / sizeof(fatal[0]))
static struct sigaction fatal_before[FATAL_COUNT], stop_before, continue_before, resize_before;

/* Whether we are a background job, which would draw over the shell's output. */
static bool is_in_background(void)
{
    pid_t group = tcgetpgrp(STDOUT_FILENO);

    return group != -1 && group != getpgrp();
}

/* Async-signal-safe, as is all that the handlers call. */
static void put_now(const char *sequence)
{
    (void)!write(STDOUT_FILENO, sequence, strlen(sequence));
}

static void give_back(void)
{
    put_now(LEAVE);
    if (has_keys) {
        tcsetattr(STDIN_FILENO, TCSANOW, &keys_before);
    }
}

static void take(void)
{
    if (has_keys) {
        tcsetattr(STDIN_FILENO, TCSANOW, &keys_now);
    }
    put_now(ENTER);
    must_redraw = 1;
}

static void live_on_fatal(int number)
{
    give_back();
    signal(number, SIG_DFL);
    raise(number);
}

static void catch_stop(struct sigaction *before);

/* Restore the screen and stop this process, or (0) its whole group.  Call with SIGCONT and SIGTTOU
 * blocked: nothing may come in between, and in the background, where the modes of the terminal are
 * the shell's, nothing may stop us before the screen is restored. */
static void stop_until_continued(pid_t whom)
{
    sigset_t set;

    if (is_in_background()) {
        put_now(LEAVE);
    } else {
        give_back();
    }
    signal(SIGTSTP, SIG_DFL);
    kill(whom, SIGTSTP);
    sigemptyset(&set);
    sigaddset(&set, SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &set, NULL); /* the process stops here */
    if (sigpending(&set) == 0 && sigismember(&set, SIGCONT) != 1) {
        catch_stop(NULL); /* it did not stop: there is no shell that could continue it */
        take();
    }
}

static void live_on_stop(int number)
{
    (void)number;
    stop_until_continued(getpid());
}

static void catch_stop(struct sigaction *before)
{
    struct sigaction action = { .sa_handler = live_on_stop };

    sigaddset(&action.sa_mask, SIGTTOU);
    sigaddset(&action.sa_mask, SIGCONT);
    sigaction(SIGTSTP, &action, before);
}

static void live_on_continue(int number)
{
    (void)number;
    catch_stop(NULL);
    take();
}

static void live_on_resize(int number)
{
    (void)number;
    must_redraw = 1;
}

static void catch_signals(void)
{
    struct sigaction end = { .sa_handler = live_on_fatal };
    struct sigaction again = { .sa_handler = live_on_continue };
    struct sigaction resize = { .sa_handler = live_on_resize };

    for (size_t i = 0; i < FATAL_COUNT; i++) {
        sigaction(fatal[i], &end, &fatal_before[i]);
    }
    catch_stop(&stop_before);
    sigaction(SIGCONT, &again, &continue_before);
    sigaction(SIGWINCH, &resize, &resize_before);
}

static void restore_signals(void)
{
    for (size_t i = 0; i < FATAL_COUNT; i++) {
        sigaction(fatal[i], &fatal_before[i], NULL);
    }
    sigaction(SIGTSTP, &stop_before, NULL);
    sigaction(SIGCONT, &continue_before, NULL);
    sigaction(SIGWINCH, &resize_before, NULL);
}

/* Read keys one by one, without echo.  Ctrl-C still sends its signal.  Ctrl-Z comes as a key: the
 * signal would at the same moment stop a program that has started offerstat, such as `time` or `sh
 * -c`, and the shell's prompt would appear before the screen is restored.  Not in the background,
 * where changing the terminal would stop us. */
static void look_for_keys(void)
{
    has_keys = isatty(STDIN_FILENO) == 1 && tcgetpgrp(STDIN_FILENO) == getpgrp() &&
               tcgetattr(STDIN_FILENO, &keys_before) == 0;
    if (has_keys) {
        keys_now = keys_before;
        keys_now.c_lflag &= (tcflag_t) ~(tcflag_t)(ICANON | ECHO);
        keys_now.c_cc[VMIN] = 0;
        keys_now.c_cc[VTIME] = 0;
        keys_now.c_cc[VSUSP] = _POSIX_VDISABLE;
    }
}

static void live_on_line(void *user, const char *line)
{
    (void)user;
    if (held_count == HELD_MAX) {
        free(held[0]);
        memmove(held, held + 1, (HELD_MAX - 1) * sizeof(held[0]));
        held_count--;
    }
    held[held_count] = strdup(line);
    if (held[held_count] != NULL) {
        held_count++;
    }
}

void live_begin(void)
{
    if (!terminal_obeys(STDOUT_FILENO) || is_in_background()) {
        return;
    }
    stream_flush_lines();
    look_for_keys();
    strbuf_reset(&drawn);
    on = true;
    catch_signals();
    say_divert(live_on_line, NULL);
    take();
}

bool live_is_on(void)
{
    return on;
}

size_t live_width(void)
{
    return terminal_width(STDOUT_FILENO);
}

size_t live_rows(void)
{
    return terminal_rows();
}

void live_put_line(struct strbuf *out, const char *text, bool ascii)
{
    const char *end = text + strcspn(text, "\n"), *mark = ascii ? ".." : "\xE2\x80\xA6";
    size_t width = live_width() > 0 ? live_width() : WIDTH_UNKNOWN;
    size_t fitting = wrap_fitting(text, width);

    if (text + fitting < end) {
        fitting = wrap_fitting(text, width > width_most(mark) ? width - width_most(mark) : 0);
        strbuf_append(out, text, fitting);
        strbuf_puts(out, mark);
    } else {
        strbuf_append(out, text, (size_t)(end - text));
    }
    strbuf_puts(out, "\n");
}

const char *live_latest_line(void)
{
    return held_count > 0 ? held[held_count - 1] : "";
}

/* The next line of *at, NULL after the last. */
static const char *next_line(const char **at, size_t *len)
{
    const char *line = *at;

    *len = strcspn(line, "\n");
    if (line[*len] == '\0') {
        return NULL; /* each ends with '\n' */
    }
    *at = line + *len + 1;
    return line;
}

/* Append what replaces a line of the screen.  The line is erased before the text is written: after
 * a text that fills it the cursor is still on the last column, which an erase would take. */
static void put_line(struct strbuf *out, size_t row, const char *line, size_t len)
{
    strbuf_printf(out, "\033[%zu;1H\033[K", row + 1);
    strbuf_append(out, line, len);
    strbuf_puts(out, "\033[0m");
}

static void put_difference(struct strbuf *out, const char *now, size_t rows)
{
    const char *before = strbuf_text(&drawn);
    size_t row;

    for (row = 0; row < rows; row++) {
        size_t len = 0, len_before = 0;
        const char *line = next_line(&now, &len), *line_before = next_line(&before, &len_before);
        if (line == NULL) {
            break;
        }
        if (line_before == NULL || len != len_before || memcmp(line, line_before, len) != 0) {
            put_line(out, row, line, len);
        }
    }
    if (row < rows) {
        strbuf_printf(out, "\033[%zu;1H\033[J", row + 1);
    }
}

void live_draw(const char *text)
{
    struct strbuf out = STRBUF_INIT(DRAWN_MAX);
    size_t rows = terminal_rows();

    if (!on) {
        return;
    }
    if (must_redraw != 0) {
        must_redraw = 0;
        strbuf_reset(&drawn);
        strbuf_puts(&out, "\033[2J");
    }
    if (strcmp(strbuf_text(&drawn), text) != 0) {
        put_difference(&out, text, rows > 0 ? rows : 24);
        strbuf_reset(&drawn);
        strbuf_puts(&drawn, text);
    }
    if (out.len > 0 && !out.failed) {
        stream_write(STDOUT_FILENO, strbuf_text(&out), out.len);
    }
    strbuf_clear(&out);
}

void live_end(void)
{
    if (!on) {
        return;
    }
    on = false;
    give_back();
    restore_signals();
    say_divert(NULL, NULL);
    for (size_t i = 0; i < held_count; i++) {
        stream_write(STDERR_FILENO, held[i], strlen(held[i]));
        free(held[i]);
    }
    held_count = 0;
    strbuf_clear(&drawn);
}

int live_keys(void)
{
    return on && has_keys ? STDIN_FILENO : -1;
}

static void stop_job(void)
{
    sigset_t blocked, before;

    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTTOU);
    sigaddset(&blocked, SIGCONT);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    stop_until_continued(0);
    sigprocmask(SIG_SETMASK, &before, NULL);
}

bool live_read_keys(void)
{
    const cc_t suspend = keys_before.c_cc[VSUSP];
    unsigned char keys[64];
    ssize_t len;
    bool quit = false;

    while (live_keys() >= 0 && (len = read(STDIN_FILENO, keys, sizeof(keys))) > 0) {
        quit = quit || memchr(keys, 'q', (size_t)len) != NULL;
        if (suspend != _POSIX_VDISABLE && memchr(keys, suspend, (size_t)len) != NULL) {
            stop_job();
        }
    }
    return quit;
}

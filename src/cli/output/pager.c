/* pager.c - a report for people that is longer than the screen, shown page by page. */
#define _GNU_SOURCE /* pipe2 */
#include "pager.h"

#include "options/settings.h"
#include "terminal/progress.h"
#include "terminal/stream.h"
#include "terminal/terminal.h"

#include "offerstat/child.h"
#include "offerstat/render.h"
#include "offerstat/strbuf.h"
#include "offerstat/width.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEXT_MAX ((size_t)256 * 1024 * 1024)
#define NOT_STARTED 126 /* a shell's exit code from which on a command could not be started */

static FILE *gathering; /* NULL: the report goes to stdout as it is written */
static char *gathered;
static size_t gathered_len;

/* The command, NULL for the default, "" for none. */
static const char *pager_command(const struct settings *s)
{
    const char *own = getenv("OFFERSTAT_PAGER"), *command = s->pager;

    if (own != NULL && *own == '\0') {
        return "";
    }
    if (command == NULL) {
        command = getenv("PAGER");
    }
    return command != NULL && strcmp(command, "cat") == 0 ? "" : command;
}

FILE *pager_stream(const struct settings *s)
{
    const char *command = pager_command(s);

    if (gathering == NULL && !s->no_pager && !s->format->machine && terminal_obeys(STDOUT_FILENO) &&
        terminal_rows() > 0 && (command == NULL || *command != '\0')) {
        gathering = open_memstream(&gathered, &gathered_len);
    }
    return gathering != NULL ? gathering : stdout;
}

/* Where the escape sequence at p ends: ESC [ ... letter, or ESC ] ... ESC \.  All of them are our
 * own. */
static const char *after_sequence(const char *p)
{
    if (p[1] == ']') {
        const char *end = strstr(p + 2, "\033\\");
        return end != NULL ? end + 2 : p + strlen(p);
    }
    p += 1 + strcspn(p + 1, "mGK");
    return *p != '\0' ? p + 1 : p;
}

/* The column after text without escape sequences that begins at `column`. */
static size_t column_after(size_t column, const char *text, size_t len)
{
    const char *end = text + len;

    while (text < end) {
        size_t one;
        if (*text == '\n') {
            column = 0;
            text++;
        } else {
            text += width_cluster(text, end, &one, NULL);
            column += one;
        }
    }
    return column;
}

/* Append text for a pager, which would print links and cursor positions: without links, and with
 * blanks in place of positions.  Colours stay when wanted. */
static void put_stripped(struct strbuf *out, const char *text, bool colors)
{
    size_t column = 0;

    while (*text != '\0') {
        size_t plain = strcspn(text, "\033");
        strbuf_append(out, text, plain);
        column = column_after(column, text, plain);
        text += plain;
        if (*text == '\033') {
            const char *end = after_sequence(text);
            if (end[-1] == 'm' && colors) {
                strbuf_append(out, text, (size_t)(end - text));
            }
            for (long to = end[-1] == 'G' ? strtol(text + 2, NULL, 10) - 1 : 0; to > (long)column;
                 column++) {
                strbuf_puts(out, " ");
            }
            text = end;
        }
    }
}

/* Whether the text and the prompt take more rows than the screen has. */
static bool is_long(const char *text)
{
    struct strbuf plain = STRBUF_INIT(TEXT_MAX);
    size_t columns = terminal_width(STDOUT_FILENO), rows = terminal_rows(), used = 1;
    char *line, *rest;

    put_stripped(&plain, text, false);
    rest = plain.data;
    while (used <= rows && rest != NULL && (line = strsep(&rest, "\n")) != NULL && rest != NULL) {
        size_t width = width_of(line);
        used += columns > 0 && width > columns ? (width + columns - 1) / columns : 1;
    }
    strbuf_clear(&plain);
    return used > rows;
}

/* Run the pager with the text as its stdin, which it inherits from us.  False when it could not be
 * started. */
static bool run_pager(const char *command, const char *text, size_t len)
{
    const char *by_shell[] = { "sh", "-c", command, NULL };
    static const char *const usual[] = { "less", "-FRX", NULL };
    const struct child_spec spec = { .arguments = command != NULL ? by_shell : usual,
                                     .is_interactive = true };
    struct child child;
    int ends[2], status;

    if (pipe2(ends, O_CLOEXEC) != 0 || dup2(ends[0], STDIN_FILENO) < 0) {
        return false;
    }
    close(ends[0]);
    setenv("LESS", "FRX", 0);
    setenv("LV", "-c", 0);
    if (child_start(&spec, &child) != 0) {
        close(ends[1]);
        return false;
    }
    close(STDIN_FILENO);              /* else the pipe would not break when the pager ends */
    stream_write(ends[1], text, len); /* what the pager leaves unread does not matter */
    close(ends[1]);
    status = child_end(&child);
    return status != NOT_STARTED && status != NOT_STARTED + 1;
}

/* Signals of the keyboard are for the pager; SIGPIPE means that it has ended. */
static bool show_pages(const struct settings *s, const char *text)
{
    static const int numbers[] = { SIGINT, SIGQUIT, SIGPIPE };
    const struct sigaction ignore = { .sa_handler = SIG_IGN };
    struct sigaction old[sizeof(numbers) / sizeof(numbers[0])];
    struct strbuf stripped = STRBUF_INIT(TEXT_MAX);
    bool shown;

    put_stripped(&stripped, text, true);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        sigaction(numbers[i], &ignore, &old[i]);
    }
    shown = !stripped.failed && run_pager(pager_command(s), strbuf_text(&stripped), stripped.len);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        sigaction(numbers[i], &old[i], NULL);
    }
    strbuf_clear(&stripped);
    return shown;
}

void pager_finish(const struct settings *s)
{
    if (gathering == NULL) {
        return;
    }
    fclose(gathering);
    gathering = NULL;
    progress_clear();
    if (gathered != NULL && (!is_long(gathered) || !show_pages(s, gathered))) {
        fwrite(gathered, 1, gathered_len, stdout);
    }
    free(gathered);
    gathered = NULL;
}

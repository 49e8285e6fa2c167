/* output.c - how settings and the terminal shape the output. */
#define _DEFAULT_SOURCE /* struct winsize */
#include "output.h"

#include "paths.h"
#include "settings.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static bool wants_color(const struct settings *s, bool tty)
{
    const char *term = getenv("TERM"), *forced = env_text("CLICOLOR_FORCE");

    switch (s->color) {
    case WHEN_ALWAYS:
        return true;
    case WHEN_NEVER:
        return false;
    case WHEN_AUTO:
        break;
    }
    if (env_text("NO_COLOR") != NULL) {
        return false;
    }
    if (forced != NULL && strcmp(forced, "0") != 0) {
        return true;
    }
    return tty && term != NULL && strcmp(term, "dumb") != 0;
}

static size_t terminal_width(void)
{
    const char *columns = getenv("COLUMNS");
    struct winsize size = { 0 };
    long width = columns != NULL ? strtol(columns, NULL, 10) : 0;

    if (width > 0) {
        return (size_t)width;
    }
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static enum render_time time_style(enum time_choice choice, bool tty)
{
    switch (choice) {
    case TIME_CHOICE_AUTO:
        return tty ? RENDER_TIME_RELATIVE : RENDER_TIME_UTC;
    case TIME_CHOICE_RELATIVE:
        return RENDER_TIME_RELATIVE;
    case TIME_CHOICE_UTC:
        return RENDER_TIME_UTC;
    case TIME_CHOICE_LOCAL:
        return RENDER_TIME_LOCAL;
    }
    return RENDER_TIME_UTC;
}

int64_t output_now_ms(void)
{
    struct timespec now = { 0 };

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void output_options(const struct settings *s, enum render_view view, struct render_options *out)
{
    bool tty = isatty(STDOUT_FILENO) == 1;

    *out = (struct render_options){ .view = view,
                                    .out = stdout,
                                    .ci = !tty,
                                    .color = wants_color(s, tty),
                                    .ascii = s->ascii,
                                    .header = !s->no_header,
                                    .time = time_style(s->time, tty),
                                    .now_ms = output_now_ms(),
                                    .fields = s->fields.items,
                                    .field_count = s->fields.count };
    if (s->width != WIDTH_OF_TERMINAL) {
        out->width = s->width;
    } else if (tty) {
        out->width = terminal_width();
    }
}

/* terminal.c - whether stdout and stderr are terminals, and what they can show. */
#define _DEFAULT_SOURCE /* struct winsize */
#include "terminal.h"

#include "process/paths.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool terminal_obeys(int fd)
{
    const char *term = env_text("TERM");

    return isatty(fd) == 1 && term != NULL && strcmp(term, "dumb") != 0;
}

bool terminal_wants_color(enum when choice, int fd)
{
    const char *forced = env_text("CLICOLOR_FORCE");

    switch (choice) {
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
    return terminal_obeys(fd);
}

static bool env_begins(const char *name, const char *const *beginnings)
{
    const char *value = env_text(name);

    for (size_t i = 0; value != NULL && beginnings[i] != NULL; i++) {
        if (strncmp(value, beginnings[i], strlen(beginnings[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* In a multiplexer the variables are those of the terminal that it was started in, and it may not
 * pass links on, so TERM decides. */
bool terminal_shows_links(void)
{
    static const char *const multiplexers[] = { "screen", "tmux", NULL };
    static const char *const terms[] = { "xterm-kitty", "xterm-ghostty", "foot", "alacritty",
                                         "wezterm",     "contour",       NULL };
    static const char *const programs[] = { "iTerm.app", "WezTerm", "vscode", "ghostty", NULL };
    const char *vte = env_text("VTE_VERSION");

    if (!terminal_obeys(STDOUT_FILENO) || env_begins("TERM", multiplexers)) {
        return false;
    }
    return env_begins("TERM", terms) || env_begins("TERM_PROGRAM", programs) ||
           (vte != NULL && strtol(vte, NULL, 10) >= 5000) || env_text("KONSOLE_VERSION") != NULL ||
           env_text("WT_SESSION") != NULL;
}

size_t terminal_width(int fd)
{
    const char *columns = env_text("COLUMNS");
    struct winsize size = { 0 };
    long width = columns != NULL ? strtol(columns, NULL, 10) : 0;

    if (isatty(fd) != 1) {
        return 0;
    }
    if (width > 0) {
        return (size_t)width;
    }
    return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

size_t terminal_rows(void)
{
    struct winsize size = { 0 };

    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

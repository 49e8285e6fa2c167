/* live_view.h - text that stays on the terminal's screen, and is redrawn where it changes. */
#ifndef TERMINAL_LIVE_VIEW_H
#define TERMINAL_LIVE_VIEW_H

#include <stdbool.h>
#include <stddef.h>

/* Switch stdout's terminal to its alternate screen, so that its content comes back at the end.
 * Until then what is said to stderr is held back.  Does nothing when stdout is no terminal that
 * obeys escape sequences. */
void live_begin(void);
bool live_is_on(void);

/* Show these lines ('\n' after each), as many as fit; none may be wider than the screen. */
void live_draw(const char *text);

/* Append the first line of a text, which must be safe, cut to the width of the screen, and '\n'. */
struct strbuf;
void live_put_line(struct strbuf *out, const char *text, bool ascii);

/* Restore the screen, and print what was held back. */
void live_end(void);

/* The size of the screen; 0: not known. */
size_t live_width(void);
size_t live_rows(void);

/* The latest text that is held back, or "". */
const char *live_latest_line(void);

/* The descriptor on which keys can be read, or -1. */
int live_keys(void);

/* Read the keys that were pressed: Ctrl-Z stops the job.  True when q was among them. */
bool live_read_keys(void);

#endif

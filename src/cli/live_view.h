/* live_view.h - lines that stay on the terminal's screen, and are drawn anew where they change. */
#ifndef CLI_LIVE_VIEW_H
#define CLI_LIVE_VIEW_H

#include <stdbool.h>
#include <stddef.h>

/* Take the screen of stdout's terminal: the other one, so that what stood there comes back.  What
 * is said to stderr is held back until the end.  Nothing is done where stdout is no terminal that
 * obeys. */
void live_begin(void);
bool live_is_on(void);

/* Show these lines ('\n' after each), as many as fit; each must fit the width. */
void live_draw(const char *text);

/* Append the first line of a text, which must be safe, cut to the width of the screen, and '\n'. */
struct strbuf;
void live_put_line(struct strbuf *out, const char *text, bool ascii);

/* Give the screen back, and say what was held back. */
void live_end(void);

/* The size at hand; 0 where it is not known. */
size_t live_width(void);
size_t live_rows(void);

/* What was said last and is held back, "" where nothing. */
const char *live_said(void);

/* The descriptor on which keys come, -1 where none do. */
int live_keys(void);

/* Take the keys that have come: Ctrl-Z stops the job.  True where q was among them. */
bool live_read_keys(void);

#endif

/* width.h - columns that text takes on a terminal; tables and wrapping count by nothing else.
 *
 * The C library is not asked: its tables grow from one release to the next, and it knows single
 * characters alone.  What a reader sees as one sign (a cluster) is counted whole, as kitty, foot,
 * WezTerm, Ghostty and Windows Terminal do: a sequence joined by U+200D, a flag, a keycap, a face
 * with a skin tone and whatever U+FE0F makes an emoji take 2 columns.  xterm, VTE and older tmux
 * add up the parts of some of them, so that their number of columns can be greater or smaller:
 * width_most gives what no terminal exceeds. */
#ifndef OFFERSTAT_WIDTH_H
#define OFFERSTAT_WIDTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The cluster at p (p < end): its bytes, and the columns it takes, at most on any terminal in
 * *most, which may be NULL.  A byte that is no UTF-8 is a cluster of one column. */
size_t width_cluster(const char *p, const char *end, size_t *columns, size_t *most);

/* Columns of a line of text without control characters: CJK 2, combining marks 0. */
size_t width_of(const char *text);

/* The same where terminals count differently: the most that one of them takes. */
size_t width_most(const char *text);

/* Whether terminals may differ about some of the text, in either direction. */
bool width_differs(const char *text);

/* False for a character of a plane that Unicode has not begun to use: terminals draw it in 0, 1 or
 * 2 columns. */
bool width_is_known(uint32_t c);

#endif

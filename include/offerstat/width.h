/* width.h - columns that text takes on a terminal, for tables and wrapping.
 *
 * The C library's wcwidth is not used: its tables grow from one release to the next, and it knows
 * only single characters.  What a reader sees as one character (a cluster) is counted as a whole,
 * as kitty, foot, WezTerm, Ghostty and Windows Terminal do: a sequence joined by U+200D, a flag, a
 * keycap, a face with a skin tone and whatever U+FE0F makes an emoji take 2 columns.  xterm, VTE
 * and older tmux add up the parts of some of them, so that their number of columns can be greater
 * or smaller: width_most returns what no terminal exceeds. */
#ifndef OFFERSTAT_WIDTH_H
#define OFFERSTAT_WIDTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The bytes of the cluster at p (p < end), the columns it takes, and in *most (may be NULL) the
 * most that it takes on any terminal.  A byte that is not UTF-8 is a cluster of one column. */
size_t width_cluster(const char *p, const char *end, size_t *columns, size_t *most);

/* Columns of a line of text without control characters: CJK 2, combining marks 0. */
size_t width_of(const char *text);

/* The most columns that any terminal takes for it. */
size_t width_most(const char *text);

/* Whether terminals may differ in the columns that they take for it. */
bool width_differs(const char *text);

/* Whether the width of a character is known: false in a plane that Unicode does not use yet, whose
 * characters terminals draw in 0, 1 or 2 columns. */
bool width_is_known(uint32_t c);

#endif

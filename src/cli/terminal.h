/* terminal.h - what a terminal is there for, and what it can show. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include "settings.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether what goes to this descriptor is coloured: NO_COLOR, CLICOLOR_FORCE and TERM=dumb count
 * where the user leaves it to us. */
bool terminal_wants_color(enum when choice, int fd);

/* Whether the descriptor is a terminal that obeys escape sequences. */
bool terminal_obeys(int fd);

/* Whether stdout is a terminal that is known to show OSC 8 hyperlinks.  Others mostly ignore them,
 * but some print them. */
bool terminal_shows_links(void);

/* Columns of the terminal that fd is (COLUMNS wins), 0 where it is none; rows of that of stdout, 0
 * where they are not known. */
size_t terminal_width(int fd);
size_t terminal_rows(void);

#endif

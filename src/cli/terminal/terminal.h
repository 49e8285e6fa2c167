/* terminal.h - whether stdout and stderr are terminals, and what they can show. */
#ifndef TERMINAL_TERMINAL_H
#define TERMINAL_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/* The value of --color, and of other options that leave the choice to the program by default. */
enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

/* Whether output to this descriptor is coloured.  With WHEN_AUTO by NO_COLOR, CLICOLOR_FORCE,
 * TERM=dumb, and whether it is a terminal. */
bool terminal_wants_color(enum when choice, int fd);

/* Whether the descriptor is a terminal that obeys escape sequences. */
bool terminal_obeys(int fd);

/* Whether stdout is a terminal that is known to show OSC 8 hyperlinks.  Others mostly ignore them,
 * but some print them. */
bool terminal_shows_links(void);

/* Columns of the terminal fd (COLUMNS wins), 0 when it is none; rows of stdout's terminal, 0 when
 * not known. */
size_t terminal_width(int fd);
size_t terminal_rows(void);

#endif

/* progress.h - one line on a terminal's stderr once a read takes long. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

/* Also from now on the line is erased when a signal ends the program. */
void progress_setup(bool wanted);
void progress_count(size_t done, size_t total);
void progress_tick(void *user); /* redraws the line when it is time */
void progress_clear(void);

#endif

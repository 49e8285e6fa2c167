/* progress.h - one line on a terminal's stderr once a read takes long. */
#ifndef TERMINAL_PROGRESS_H
#define TERMINAL_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Show the line if wanted.  From now on it is also erased when a signal ends the program. */
void progress_setup(bool wanted);

/* Set what is being done: a text for people, borrowed for the rest of the run. */
void progress_doing(const char *what);

/* Offers are being read: done of total. */
void progress_count(size_t done, size_t total);

/* A request that failed (why: in short) is sent again in wait_ms. */
void progress_waits(const char *why, int64_t wait_ms);

void progress_tick(void *user); /* redraws the line when it is time */
void progress_clear(void);

#endif

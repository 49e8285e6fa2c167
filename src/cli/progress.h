/* progress.h - one line on a terminal's stderr once a read takes long. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Also from now on the line is erased when a signal ends the program. */
void progress_setup(bool wanted);

/* What is being done from now on: a text for people that lives on. */
void progress_doing(const char *what);

/* Offers are being read: so many of so many. */
void progress_count(size_t done, size_t total);

/* A request that failed (why: in short) is sent again in wait_ms. */
void progress_waits(const char *why, int64_t wait_ms);

void progress_tick(void *user); /* redraws the line when it is time */
void progress_clear(void);

#endif

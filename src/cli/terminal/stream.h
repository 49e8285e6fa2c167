/* stream.h - how bytes reach stdout and stderr, so that a log that merges the two has whole lines
 * of each. */
#ifndef TERMINAL_STREAM_H
#define TERMINAL_STREAM_H

#include "offerstat/error.h"

#include <stddef.h>

/* Buffer stdout so that only complete lines are written.  0, or -1 without memory.  Call
 * stream_close_stdout at the end of the program. */
int stream_open_stdout(void);

/* Write the complete lines so far, before anything is written to stderr.  A failure is kept in the
 * stream and reported by the next write. */
void stream_flush_lines(void);

/* Write all that is left.  0, or -1 with *err (ERR_OUTPUT) when this or an earlier write failed. */
int stream_close_stdout(struct error *err);

/* Write all of data, waiting when the reader is slow, also on a descriptor that does not block.  0,
 * or -1 with errno. */
int stream_write(int fd, const char *data, size_t len);

#endif

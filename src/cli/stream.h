/* stream.h - how bytes reach stdout and stderr, so that a log that merges the two has whole lines
 * of each. */
#ifndef CLI_STREAM_H
#define CLI_STREAM_H

#include "offerstat/error.h"

#include <stddef.h>

/* Put a buffer of ours under stdout, which is given on in whole lines only.  0, or -1 without
 * memory.  The end of the program is stream_close_stdout. */
int stream_open_stdout(void);

/* Give on the lines that are whole by now: before anything else is shown.  A failure stays in the
 * stream and is reported by whoever writes next. */
void stream_flush_lines(void);

/* Give on all that is left.  0, or -1 with *err (ERR_OUTPUT) where this or an earlier write failed.
 */
int stream_close_stdout(struct error *err);

/* Write all of it, and wait for a reader that is slow or whose descriptor does not block.  0, or -1
 * with errno. */
int stream_write(int fd, const char *data, size_t len);

#endif

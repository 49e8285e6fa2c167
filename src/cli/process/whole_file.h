/* whole_file.h - a file that gets its name once it is whole. */
#ifndef PROCESS_WHOLE_FILE_H
#define PROCESS_WHOLE_FILE_H

#include "offerstat/error.h"

#include <stdio.h>
#include <sys/stat.h>

/* Write a file by calling put.  A reader never sees half of it, and after a failure the old file is
 * still there.  What is no regular file (a pipe, a device) is written directly.  mode is subject to
 * the umask.  0, or -1 with *err: put's, ERR_OUTPUT or ERR_MEMORY. */
int whole_file_write(const char *path, mode_t mode,
                     int (*put)(void *user, FILE *out, struct error *err), void *user,
                     struct error *err);

#endif

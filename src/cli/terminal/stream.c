/* stream.c - stdout in whole lines. */
#define _GNU_SOURCE /* fopencookie, memrchr */
#include "stream.h"

#include "progress.h"

#include "offerstat/strbuf.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define STDIO_BUFFER ((size_t)32 * 1024)
#define LINE_MAX_KEPT ((size_t)16 * 1024 * 1024) /* a longer line is written in parts */

/* Output that stdio has passed to us and that is not written yet: one incomplete line. */
static struct strbuf pending = STRBUF_INIT(LINE_MAX_KEPT);
static int failure; /* errno of the write that failed */
static char stdio_buffer[STDIO_BUFFER];

int stream_write(int fd, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t wrote = write(fd, data, len);
        struct pollfd ready = { .fd = fd, .events = POLLOUT };
        if (wrote > 0) {
            data += wrote;
            len -= (size_t)wrote;
        } else if (wrote < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            poll(&ready, 1,
                 -1); /* also returns when the reader has gone, which write then reports */
        } else if (wrote < 0 && errno != EINTR) {
            return -1;
        }
    }
    return 0;
}

static int write_now(const char *data, size_t len)
{
    if (len == 0) {
        return 0;
    }
    progress_clear();
    if (stream_write(STDOUT_FILENO, data, len) == 0) {
        return 0;
    }
    failure = errno;
    if (failure == EPIPE) { /* libcurl has the signal ignored while it calls us */
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
    return -1;
}

/* Write what is pending, then data. */
static int write_with_pending(const char *data, size_t len)
{
    if (write_now(strbuf_text(&pending), pending.len) != 0) {
        return -1;
    }
    strbuf_reset(&pending);
    return write_now(data, len);
}

/* The cookie's write.  0 means an error: stdio does not accept -1. */
static ssize_t stream_on_write(void *cookie, const char *data, size_t len)
{
    const char *end = memrchr(data, '\n', len);
    size_t whole = end != NULL ? (size_t)(end - data) + 1 : 0;

    (void)cookie;
    if (failure != 0) {
        errno = failure;
        return 0;
    }
    if (whole > 0 && write_with_pending(data, whole) != 0) {
        errno = failure;
        return 0;
    }
    strbuf_append(&pending, data + whole, len - whole);
    if (pending.failed) { /* the line is too long to wait for its end */
        pending.failed = false;
        if (write_with_pending(data + whole, len - whole) != 0) {
            errno = failure;
            return 0;
        }
    }
    return (ssize_t)len;
}

int stream_open_stdout(void)
{
    FILE *lines = fopencookie(NULL, "w", (cookie_io_functions_t){ .write = stream_on_write });

    if (lines == NULL) {
        return -1;
    }
    setvbuf(lines, stdio_buffer, _IOFBF, sizeof(stdio_buffer));
    stdout = lines;
    return 0;
}

void stream_flush_lines(void)
{
    fflush(stdout);
}

int stream_close_stdout(struct error *err)
{
    bool failed = fflush(stdout) != 0 || ferror(stdout) != 0;
    int number = failure;

    if (!failed) {
        failed = write_with_pending("", 0) != 0;
        number = failure;
    }
    strbuf_clear(&pending);
    if (failed) {
        return error_set(err, ERR_OUTPUT, "cannot write to stdout: %s", strerror(number));
    }
    return 0;
}

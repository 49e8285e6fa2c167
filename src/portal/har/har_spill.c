/* har_spill.c - what waits on disk until the recording is written: a list of 45 MB must not wait in
 * memory. */
#define _DEFAULT_SOURCE /* mkstemp */
#include "har/har_priv.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEMPORARY ".offerstat-XXXXXX"

int har_spill_open(struct har *har, const char *beside, struct error *err)
{
    char name[PATH_MAX + sizeof(TEMPORARY)];
    const char *slash = strrchr(beside, '/');
    int folder = slash != NULL ? (int)(slash - beside + 1) : 0;

    if (strlen(beside) >= PATH_MAX) {
        errno = ENAMETOOLONG;
        har->spill = -1;
    } else {
        snprintf(name, sizeof(name), "%.*s" TEMPORARY, folder, beside);
        har->spill = mkstemp(name);
    }
    if (har->spill < 0) {
        return error_set(err, ERR_OUTPUT, "cannot write %s: %s", beside, strerror(errno));
    }
    unlink(name); /* it goes with us, however we end */
    return 0;
}

off_t har_spill_put(struct har *har, const void *data, size_t len)
{
    off_t start = har->end;
    const char *p = data;

    while (len > 0 && har->disk_error == 0) {
        ssize_t put = pwrite(har->spill, p, len, har->end);
        if (put > 0) {
            p += put;
            len -= (size_t)put;
            har->end += put;
        } else if (put < 0 && errno != EINTR) {
            har->disk_error = errno;
        }
    }
    return start;
}

bool har_spill_get(const struct har *har, off_t at, void *data, size_t len)
{
    char *p = data;

    while (len > 0) {
        ssize_t got = pread(har->spill, p, len, at);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return false;
        }
        if (got > 0) {
            p += got;
            len -= (size_t)got;
            at += got;
        }
    }
    return true;
}

/* whole_file.c - writing a file under a temporary name. */
#define _DEFAULT_SOURCE /* mkstemp, realpath */
#include "whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* In the file's folder, since a rename stays within one file system, and with a name that no
 * collector of *.prom reads. */
#define TEMPORARY ".offerstat-XXXXXX"

struct content {
    const char *path;
    mode_t mode;
    int (*put)(void *user, FILE *out, struct error *err);
    void *user;
};

static int refuse(const char *path, struct error *err)
{
    return error_set(err, ERR_OUTPUT, "cannot write %s: %s", path, strerror(errno));
}

/* Write to the descriptor, and close it: some file systems report errors only then. */
static int write_to(int fd, const struct content *c, struct error *err)
{
    FILE *out = fdopen(fd, "w");
    int rc;

    if (out == NULL) {
        close(fd);
        return error_memory(err);
    }
    rc = c->put(c->user, out, err);
    if (fclose(out) != 0 && rc == 0) {
        rc = error_set(err, ERR_OUTPUT, "cannot write the result: %s", strerror(errno));
    }
    return rc == 0 ? 0 : error_wrap(err, "%s", c->path);
}

static int set_mode(int fd, mode_t mode)
{
    mode_t mask = umask(0);

    umask(mask);
    return fchmod(fd, mode & ~mask);
}

/* The file that a symbolic link leads to is replaced, not the link. */
static void follow_links(const char *path, char target[PATH_MAX])
{
    if (realpath(path, target) == NULL) {
        snprintf(target, PATH_MAX, "%s", path);
    }
}

static int write_through_temporary(const struct content *c, struct error *err)
{
    char target[PATH_MAX], temporary[PATH_MAX + sizeof(TEMPORARY)];
    const char *slash;
    int fd;

    if (strlen(c->path) >= sizeof(target)) {
        errno = ENAMETOOLONG;
        return refuse(c->path, err);
    }
    follow_links(c->path, target);
    slash = strrchr(target, '/');
    snprintf(temporary, sizeof(temporary), "%.*s" TEMPORARY,
             slash != NULL ? (int)(slash - target + 1) : 0, target);
    fd = mkstemp(temporary);
    if (fd < 0) {
        return refuse(c->path, err);
    }
    if (set_mode(fd, c->mode) != 0) {
        refuse(c->path, err);
        close(fd);
        unlink(temporary);
        return -1;
    }
    if (write_to(fd, c, err) != 0) {
        unlink(temporary);
        return -1;
    }
    if (rename(temporary, target) != 0) {
        refuse(c->path, err);
        unlink(temporary);
        return -1;
    }
    return 0;
}

int whole_file_write(const char *path, mode_t mode,
                     int (*put)(void *user, FILE *out, struct error *err), void *user,
                     struct error *err)
{
    const struct content c = { .path = path, .mode = mode, .put = put, .user = user };
    struct stat there;
    int fd;

    if (stat(path, &there) != 0 || S_ISREG(there.st_mode)) {
        return write_through_temporary(&c, err);
    }
    fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) {
        return refuse(path, err);
    }
    return write_to(fd, &c, err);
}

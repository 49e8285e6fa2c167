/* report_file.c - a report into a file, through a temporary name. */
#define _DEFAULT_SOURCE /* mkstemp, realpath */
#include "report_file.h"

#include "refuse.h"

#include "offerstat/translate.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FORMATS_MAX 32

/* A name that no collector of *.prom takes, beside the file, since a rename stays within one file
 * system. */
#define TEMPORARY ".offerstat-XXXXXX"

static int refuse_format(const char *name, struct error *err)
{
    const char *names[FORMATS_MAX];
    size_t count = 0;

    while (count < render_format_count && count < FORMATS_MAX) {
        names[count] = render_formats[count]->name;
        count++;
    }
    return refuse_word(N_("no format"), name, names, count, REFUSE_AND_LIST, err);
}

int report_file_parse(const char *text, struct report_file *out, struct error *err)
{
    const char *equals = strchr(text, '=');
    char format[32];

    if (equals == NULL || equals[1] == '\0') {
        return error_set(err, ERR_USAGE, "expected FORMAT=FILE, found \"%s\"", text);
    }
    snprintf(format, sizeof(format), "%.*s", (int)(equals - text), text);
    out->format = render_format_find(format);
    out->path = equals + 1;
    if (out->format == NULL) {
        return refuse_format(format, err);
    }
    if (strcmp(out->path, "-") == 0) {
        return error_set(err, ERR_USAGE, "a report goes to a file; -o %s is for stdout", format);
    }
    return 0;
}

static int refuse(const char *path, struct error *err)
{
    return error_set(err, ERR_OUTPUT, "cannot write %s: %s", path, strerror(errno));
}

/* Render to the descriptor, and close it.  What the file system still holds back fails at close.
 */
static int write_to(int fd, const struct report_file *file, struct render_options *options,
                    const struct report *report, struct error *err)
{
    struct render *render = NULL;
    int rc;

    options->out = fdopen(fd, "w");
    if (options->out == NULL) {
        close(fd);
        return error_memory(err);
    }
    rc = render_open(file->format, options, &render, err);
    if (rc == 0) {
        rc = render_whole(render, report, err);
    }
    render_close(render);
    if (fclose(options->out) != 0 && rc == 0) {
        rc = error_set(err, ERR_OUTPUT, "cannot write the result: %s", strerror(errno));
    }
    return rc == 0 ? 0 : error_wrap(err, "%s", file->path);
}

/* 0644, less what the user's mask forbids. */
static int set_mode(int fd)
{
    mode_t mask = umask(0);

    umask(mask);
    return fchmod(fd, 0644 & ~mask);
}

/* The file that a symbolic link leads to is replaced, not the link. */
static void follow_links(const char *path, char target[PATH_MAX])
{
    if (realpath(path, target) == NULL) {
        snprintf(target, PATH_MAX, "%s", path);
    }
}

static int write_through_temporary(const struct report_file *file, struct render_options *options,
                                   const struct report *report, struct error *err)
{
    char target[PATH_MAX], temporary[PATH_MAX + sizeof(TEMPORARY)];
    const char *slash;
    int fd;

    if (strlen(file->path) >= sizeof(target)) {
        errno = ENAMETOOLONG;
        return refuse(file->path, err);
    }
    follow_links(file->path, target);
    slash = strrchr(target, '/');
    snprintf(temporary, sizeof(temporary), "%.*s" TEMPORARY,
             slash != NULL ? (int)(slash - target + 1) : 0, target);
    fd = mkstemp(temporary);
    if (fd < 0) {
        return refuse(file->path, err);
    }
    if (set_mode(fd) != 0) {
        refuse(file->path, err);
        close(fd);
        unlink(temporary);
        return -1;
    }
    if (write_to(fd, file, options, report, err) != 0) {
        unlink(temporary);
        return -1;
    }
    if (rename(temporary, target) != 0) {
        refuse(file->path, err);
        unlink(temporary);
        return -1;
    }
    return 0;
}

int report_file_write(const struct report_file *file, struct render_options *options,
                      const struct report *report, struct error *err)
{
    struct stat there;
    int fd;

    if (stat(file->path, &there) != 0 || S_ISREG(there.st_mode)) {
        return write_through_temporary(file, options, report, err);
    }
    fd = open(file->path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) {
        return refuse(file->path, err);
    }
    return write_to(fd, file, options, report, err);
}

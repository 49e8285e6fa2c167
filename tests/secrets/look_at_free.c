/* look_at_free.c - linked into a second build of the program: looks at every block of memory that
 * its own code, and libcurl through the allocators that it is given, gives back.
 *
 * OFFERSTAT_SECRETS names a file with a secret a line; a block that still holds a part of one is a
 * line in the file that OFFERSTAT_SECRETS_REPORT names, with the addresses of its callers.  What
 * OpenSSL and libc allocate for themselves does not come by here, and cannot be wiped by us. */
#define _GNU_SOURCE /* memmem */
#include <execinfo.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECRETS_MAX 65536
#define CALLERS_MAX 12
/* Each part of 20 bytes holds one of the pieces of 10 that begin at a multiple of 10. */
#define PIECE 10

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *memory);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *memory);
char *__wrap_strdup(const char *text);

static char secrets[SECRETS_MAX]; /* the file's lines */
static int report = -1;

/* Not getenv in each call: the environment is the program's to read. */
static bool ready(void)
{
    static bool asked;
    const char *from = getenv("OFFERSTAT_SECRETS"), *to = getenv("OFFERSTAT_SECRETS_REPORT");
    int fd;

    if (!asked) {
        asked = true;
        if (from != NULL && to != NULL && (fd = open(from, O_RDONLY | O_CLOEXEC)) >= 0) {
            ssize_t len = read(fd, secrets, sizeof(secrets) - 1);
            close(fd);
            if (len > 0) {
                report = open(to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
            }
        }
    }
    return report >= 0;
}

static bool holds(const char *block, size_t size, const char *secret, size_t len)
{
    for (size_t at = 0; at + PIECE <= len; at += PIECE) {
        if (memmem(block, size, secret + at, PIECE) != NULL) {
            return true;
        }
    }
    return false;
}

static void look_at(const char *block)
{
    size_t size = block != NULL ? malloc_usable_size((void *)block) : 0;
    const char *end;
    int number = 1;

    if (size < PIECE || !ready()) {
        return;
    }
    for (const char *line = secrets; (end = strchr(line, '\n')) != NULL; line = end + 1, number++) {
        if (holds(block, size, line, (size_t)(end - line))) {
            void *callers[CALLERS_MAX];
            int count = backtrace(callers, CALLERS_MAX);
            dprintf(report, "secret %d in %zu bytes:", number, size);
            for (int i = 0; i < count; i++) {
                dprintf(report, " %p", callers[i]);
            }
            dprintf(report, "\n");
        }
    }
}

/* Zeroed, so that what is found was written by whom it was given to. */
void *__wrap_malloc(size_t size)
{
    void *memory = __real_malloc(size);

    if (memory != NULL) {
        memset(memory, 0, malloc_usable_size(memory));
    }
    return memory;
}

void *__wrap_calloc(size_t count, size_t size)
{
    void *memory = __real_calloc(count, size);

    if (memory != NULL) {
        memset(memory, 0, malloc_usable_size(memory));
    }
    return memory;
}

void *__wrap_realloc(void *old, size_t size)
{
    size_t old_size = old != NULL ? malloc_usable_size(old) : 0;
    void *fresh = __wrap_malloc(size);

    if (fresh != NULL) {
        if (old != NULL) {
            memcpy(fresh, old, old_size < size ? old_size : size);
        }
        __wrap_free(old); /* as where realloc moves it */
    }
    return fresh;
}

void __wrap_free(void *memory)
{
    look_at(memory);
    __real_free(memory);
}

char *__wrap_strdup(const char *text)
{
    char *copy = __wrap_malloc(strlen(text) + 1);

    return copy != NULL ? strcpy(copy, text) : NULL;
}

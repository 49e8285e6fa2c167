/* alloc_fail.c - the program's allocations, of which one fails.
 *
 * Linked into a second build of offerstat with --wrap for each function below; cJSON and libcurl
 * come here through the hooks that the program gives them. OFFERSTAT_FAIL_ALLOC=N: the N-th
 * allocation fails, once; with a trailing '+' all from the N-th on.  OFFERSTAT_COUNT_ALLOC=FILE:
 * how many there were. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *text);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *text);

static unsigned long seen, fail_at;
static bool and_all_after;

static bool fails(void)
{
    seen++;
    return fail_at != 0 && (seen == fail_at || (and_all_after && seen > fail_at));
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}

char *__wrap_strdup(const char *text)
{
    return fails() ? NULL : __real_strdup(text);
}

static void tell(void)
{
    const char *file = getenv("OFFERSTAT_COUNT_ALLOC");
    FILE *out = file != NULL ? fopen(file, "w") : NULL;

    if (out != NULL) {
        fprintf(out, "%lu\n", seen);
        fclose(out);
    }
}

__attribute__((constructor)) static void begin(void)
{
    const char *number = getenv("OFFERSTAT_FAIL_ALLOC");
    char *end = NULL;

    if (number != NULL) {
        fail_at = strtoul(number, &end, 10);
        and_all_after = *end == '+';
    }
    atexit(tell);
}

/* alloc_fail.c - the program's allocations, of which one fails.
 *
 * Linked into a second build of offerstat with --wrap for each function below; cJSON and libcurl
 * come here through the hooks that the program gives them. OFFERSTAT_FAIL_ALLOC=N: the N-th
 * allocation fails, once; with a trailing '+' all from the N-th on (to look at one in gdb).
 *
 * OFFERSTAT_FAIL_EACH=TRIES: each of them in turn, once and from there on, but no more than TRIES
 * for one call stack: where a list of 100 offers grows is tried at its first ones.
 * OFFERSTAT_FAIL_TRIED=FILE keeps the call stacks that were tried, so that the next command need
 * not try them again. This happens before main(): each try is a fork of this process, which saves
 * the loading of libcurl and its 20 libraries, most of what a run costs. A try must end with 70 and
 * a message, or have done all that a run without a failure does: what did not matter (a connection
 * that is not kept) must not be seen.
 */
#define _GNU_SOURCE /* memfd_create */
#include <dlfcn.h>
#include <execinfo.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    JOBS = 2,       /* tries at one time */
    TRY_MAX_S = 60, /* a try that takes longer hangs */
    OUTPUT_MAX = 1 << 20,
    POINTS_MAX = 1 << 16, /* allocations of one run */
    FRAMES_MAX = 64,
    CODES = 256,
    NO_MEMORY = 70 /* what the program exits with */
};

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *text);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *text);

#define DIGITS "0123456789"

static unsigned long seen, fail_at;
static bool and_all_after;

/* What the run without a failure tells its parent. */
struct points {
    unsigned long count;
    unsigned long stack[POINTS_MAX]; /* of each allocation: a hash of the calls that led to it */
};

static struct points *points; /* in shared memory */
static bool noting;

/* The same calls have the same hash in each run: wherever it was loaded, a frame counts from the
 * start of its library. */
static unsigned long stack_hash(void)
{
    void *frames[FRAMES_MAX];
    int count = backtrace(frames, FRAMES_MAX);
    unsigned long hash = 14695981039346656037U; /* FNV-1a */

    for (int i = 0; i < count; i++) {
        const char *frame = frames[i], *base = NULL;
        Dl_info info;
        if (dladdr(frame, &info) != 0) {
            base = info.dli_fbase;
        }
        hash = (hash ^ (unsigned long)(frame - base)) * 1099511628211U;
    }
    return hash;
}

static bool fails(void)
{
    if (noting && seen < POINTS_MAX) {
        points->stack[seen] = stack_hash();
    }
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

/* One run of the program in a process of its own. */
struct
try {
    pid_t pid; /* 0: none */
    unsigned long fail_at;
    bool and_all_after;
    int out, err; /* files in memory */
    int code;     /* of the exit, or 128 and the signal */
};

static void count_at_exit(void)
{
    points->count = seen;
}

/* True in the child, which goes on to main(). */
static bool start_try(struct try *t)
{
    t->out = memfd_create("out", MFD_CLOEXEC);
    t->err = memfd_create("err", MFD_CLOEXEC);
    fflush(NULL);
    t->pid = fork();
    if (t->out == -1 || t->err == -1 || t->pid == -1) {
        perror("alloc_fail");
        exit(99);
    }
    if (t->pid != 0) {
        return false;
    }
    dup2(t->out, STDOUT_FILENO);
    dup2(t->err, STDERR_FILENO);
    close(t->out);
    close(t->err);
    seen = 0;
    fail_at = t->fail_at;
    and_all_after = t->and_all_after;
    alarm(TRY_MAX_S);
    return true;
}

static void note_end(struct try *t, int status)
{
    t->pid = 0;
    t->code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) {
        t->code = 128 + WTERMSIG(status);
    }
}

/* Blot out dates, times and long numbers, such as seconds since 1970. */
static void hide_times(char *text)
{
    for (char *at = text + strcspn(text, DIGITS); *at != '\0'; at += strcspn(at, DIGITS)) {
        size_t len = strspn(at, DIGITS);
        bool in_date = at[len] == ':' || at[len] == '-' ||
                       (at > text && (at[-1] == ':' || at[-1] == '-' || at[-1] == '_'));
        if (len >= 3 || in_date) {
            memset(at, '_', len);
        }
        at += len;
    }
}

/* At most OUTPUT_MAX bytes of what a run wrote, as text, without the time of the run. */
static void read_text(int file, char *into)
{
    static const char *const before_times[] = { "Seconds\":", " after ", " for " };
    ssize_t len = pread(file, into, OUTPUT_MAX - 1, 0);

    into[len > 0 ? len : 0] = '\0';
    hide_times(into);
    for (size_t i = 0; i < sizeof(before_times) / sizeof(before_times[0]); i++) {
        for (char *at = into; (at = strstr(at, before_times[i])) != NULL;) {
            at += strlen(before_times[i]);
            memset(at, '_', strspn(at, DIGITS));
        }
    }
}

/* Whether one try ended as it must; says on stdout where it did not. */
static bool judge(const struct try *t, int code_wanted, const char *out_wanted)
{
    static char out[OUTPUT_MAX], err[OUTPUT_MAX];
    const char *wrong = NULL;

    read_text(t->out, out);
    read_text(t->err, err);
    close(t->out);
    close(t->err);
    if (t->code == NO_MEMORY) {
        const char *message = strstr(err, "offerstat: ");
        if (message == NULL || strstr(message, "memory") == NULL) {
            wrong = "no message";
        }
    } else if (t->code != code_wanted) {
        wrong = "neither 70 nor the exit code without a failure";
    } else if (strcmp(out, out_wanted) != 0) {
        wrong = "other output than without a failure";
    }
    if (wrong != NULL) {
        printf("  allocation %lu%s: exit %d: %s\n%.2000s", t->fail_at, t->and_all_after ? "+" : "",
               t->code, wrong, err);
    }
    return wrong == NULL;
}

/* Waits until one of the tries has ended, judges it and counts its code. */
static bool judge_next(struct try *tries, int code_wanted, const char *out_wanted,
                       unsigned long *codes)
{
    int status;
    pid_t pid = wait(&status);

    for (size_t i = 0; i < JOBS; i++) {
        if (pid > 0 && tries[i].pid == pid) {
            note_end(&tries[i], status);
            codes[tries[i].code % CODES]++;
            return judge(&tries[i], code_wanted, out_wanted);
        }
    }
    return true;
}

/* The call stacks that were tried: by this command, and in the file by those before it. */
struct tried {
    unsigned long stacks[POINTS_MAX];
    size_t count, from_file;
};

static bool file_open(const char *mode, FILE **file)
{
    const char *name = getenv("OFFERSTAT_FAIL_TRIED");

    *file = name != NULL ? fopen(name, mode) : NULL;
    return *file != NULL;
}

static void tried_load(struct tried *t)
{
    FILE *file;

    if (file_open("rb", &file)) {
        t->count = fread(t->stacks, sizeof(*t->stacks), POINTS_MAX / 2, file);
        t->from_file = t->count;
        fclose(file);
    }
}

static void tried_save(const struct tried *t)
{
    FILE *file;

    if (file_open("ab", &file)) {
        fwrite(t->stacks + t->from_file, sizeof(*t->stacks), t->count - t->from_file, file);
        fclose(file);
    }
}

/* Whether one more allocation from this call stack is to fail, which is then noted. */
static bool tried_too_little(struct tried *t, unsigned long stack, unsigned long tries_max)
{
    unsigned long tries = 0;

    for (size_t i = 0; i < t->count; i++) {
        if (t->stacks[i] == stack) {
            tries++;
        }
    }
    if (tries >= tries_max || t->count == POINTS_MAX) {
        return false;
    }
    t->stacks[t->count++] = stack;
    return true;
}

/* The run without a failure. True in the child. */
static bool note_points(struct try *whole)
{
    int status;

    if (start_try(whole)) {
        noting = true;
        atexit(count_at_exit);
        return true;
    }
    waitpid(whole->pid, &status, 0);
    note_end(whole, status);
    if (points->count == 0 || points->count > POINTS_MAX / 2) {
        printf("%lu allocations: too few, or too many for this test\n", points->count);
        _exit(1);
    }
    return false;
}

static void print_totals(const struct tried *tried, const unsigned long *codes)
{
    printf("%5lu allocations, %5zu of them failed:", points->count,
           tried->count - tried->from_file);
    for (int code = 0; code < CODES; code++) {
        if (codes[code] != 0) {
            printf(" %lu x exit %d", codes[code], code);
        }
    }
    printf("\n");
    fflush(stdout);
}

/* Returns in each child, which then runs the program; the parent exits with the result. */
static void fail_each(unsigned long tries_max)
{
    static char out_wanted[OUTPUT_MAX];
    static struct tried tried;
    struct try whole = { .fail_at = 0 }, tries[JOBS] = { { .pid = 0 } };
    unsigned long codes[CODES] = { 0 };
    size_t running = 0;
    bool passed = true;

    if (note_points(&whole)) {
        return;
    }
    read_text(whole.out, out_wanted);
    tried_load(&tried);
    for (unsigned long i = 0; i < 2 * points->count; i++) {
        struct try *t = tries;
        bool and_all_after = i % 2 == 1;
        if (!and_all_after && !tried_too_little(&tried, points->stack[i / 2], tries_max)) {
            i++; /* nor from there on */
            continue;
        }
        if (running == JOBS) {
            passed = judge_next(tries, whole.code, out_wanted, codes) && passed;
            running--;
        }
        while (t->pid != 0) {
            t++;
        }
        t->fail_at = i / 2 + 1;
        t->and_all_after = and_all_after;
        if (start_try(t)) {
            return;
        }
        running++;
    }
    for (; running > 0; running--) {
        passed = judge_next(tries, whole.code, out_wanted, codes) && passed;
    }
    print_totals(&tried, codes);
    tried_save(&tried);
    _exit(passed ? 0 : 1);
}

__attribute__((constructor)) static void begin(void)
{
    const char *number = getenv("OFFERSTAT_FAIL_ALLOC"), *tries = getenv("OFFERSTAT_FAIL_EACH");
    char *end = NULL;

    if (number != NULL) {
        fail_at = strtoul(number, &end, 10);
        and_all_after = *end == '+';
    }
    if (tries != NULL) {
        points =
            mmap(NULL, sizeof(*points), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (points == MAP_FAILED) {
            perror("alloc_fail");
            exit(99);
        }
        fail_each(strtoul(tries, &end, 10));
    }
}

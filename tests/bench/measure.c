/*
 * measure.c - measure ROUNDS COMMAND... [-- COMMAND...]...
 *
 * Runs the commands side by side, ROUNDS times in turn, with stdout thrown away, and prints a line
 * for each: median wall ms, median CPU ms (user and system, children included), peak resident KiB.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COMMANDS 16
#define ROUNDS 1000

pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage); /* Linux and BSD */
extern char **environ;

struct command {
    char **words;
    double wall[ROUNDS], cpu[ROUNDS];
    long peak;
};

static double now_ms(void)
{
    struct timespec t = { 0 };

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double ms(struct timeval t)
{
    return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

static int run(struct command *c, int round, const posix_spawn_file_actions_t *actions)
{
    struct rusage usage = { 0 };
    double began = now_ms();
    pid_t child;
    int status;

    if (posix_spawnp(&child, c->words[0], actions, NULL, c->words, environ) != 0 ||
        wait4(child, &status, 0, &usage) != child) {
        perror(c->words[0]);
        return -1;
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "%s: ended with status %d\n", c->words[0], status);
        return -1;
    }
    c->wall[round] = now_ms() - began;
    c->cpu[round] = ms(usage.ru_utime) + ms(usage.ru_stime);
    c->peak = usage.ru_maxrss > c->peak ? usage.ru_maxrss : c->peak;
    return 0;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof(*values), ascending);
    return values[count / 2];
}

int main(int argc, char **argv)
{
    static struct command commands[COMMANDS];
    posix_spawn_file_actions_t actions;
    int rounds = argc > 2 ? atoi(argv[1]) : 0, count = 0;

    if (rounds < 1 || rounds > ROUNDS) {
        fputs("usage: measure ROUNDS COMMAND... [-- COMMAND...]...\n", stderr);
        return 2;
    }
    commands[count++].words = argv + 2;
    for (int i = 2; i < argc && count < COMMANDS; i++) {
        if (strcmp(argv[i], "--") == 0) {
            argv[i] = NULL;
            commands[count++].words = argv + i + 1;
        }
    }
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < count; i++) {
            /* Not always in one order: a large program leaves the next one a colder cache. */
            if (run(&commands[(round + i) % count], round, &actions) != 0) {
                return 1;
            }
        }
    }
    for (int i = 0; i < count; i++) {
        printf("%.2f %.2f %ld\n", median(commands[i].wall, rounds), median(commands[i].cpu, rounds),
               commands[i].peak);
    }
    posix_spawn_file_actions_destroy(&actions);
    return 0;
}

/* child.h - a program that is run and waited for.  It starts with a clean state of signals and
 * without our secrets in its environment (the password of a proxy too), and ends when a signal ends
 * us. */
#ifndef OFFERSTAT_CHILD_H
#define OFFERSTAT_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

struct child_spec {
    const char *const *arguments; /* NULL after the last; the first is looked for in PATH */
    /* It keeps our three streams and our process group, so that it may use the terminal.
     * Otherwise it gets a group of its own, which is ended as a whole, nothing to read, and pipes
     * to write to. */
    bool is_interactive;
    /* More of the environment, "NAME=value" each, NULL after the last; these win over ours.  NULL:
     * nothing. */
    const char *const *variables;
    /* It keeps the password of a proxy, without which it could not do what it is for. */
    bool needs_proxy;
};

struct child {
    pid_t pid;
    int out, err; /* our ends of its stdout and stderr; -1: it has ours */
    bool has_group;
};

/* One child at a time.  0, or an errno value; after 0 child_end must be called. */
int child_start(const struct child_spec *spec, struct child *out);

/* Whether it has ended; it stays there for child_end. */
bool child_has_ended(const struct child *child);

/* Wait for it, close the pipes, and end what is left of its group.  The status as a shell counts
 * it: 128 + n after signal n; -1 where it cannot be known. */
int child_end(struct child *child);

/* End it at once, and with it what it has started. */
void child_kill(struct child *child);

#endif

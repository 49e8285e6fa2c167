/* child.h - a program that is run and waited for.  It starts with default signal handling and
 * without our secrets in its environment (a proxy's password is one), and is ended when a signal
 * ends us. */
#ifndef OFFERSTAT_CHILD_H
#define OFFERSTAT_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

struct child_spec {
    const char *const *arguments; /* NULL after the last; the first is looked for in PATH */
    /* It keeps our three streams and our process group, so that it may use the terminal.  Otherwise
     * it has a process group of its own, which is ended as a whole, an empty stdin, and pipes for
     * stdout and stderr. */
    bool is_interactive;
    /* Added to the environment, "NAME=value" each, NULL after the last; these win over ours.  NULL:
     * nothing is added. */
    const char *const *variables;
    /* It needs the network, so a proxy's password stays in its environment. */
    bool needs_proxy;
};

struct child {
    pid_t pid;
    int out, err; /* our ends of its stdout and stderr; -1: it has ours */
    bool has_group;
};

/* One child at a time.  0, or an errno value; after 0 child_end must be called. */
int child_start(const struct child_spec *spec, struct child *out);

/* Whether it has ended.  child_end must be called all the same. */
bool child_has_ended(const struct child *child);

/* Wait for it, close the pipes, and kill what is left of its group.  Returns its exit status as a
 * shell counts it, 128 + n after signal n; -1 when that is not known. */
int child_end(struct child *child);

/* End it and its process group: SIGTERM, then SIGKILL a fifth of a second later.  May be called
 * from a signal handler. */
void child_kill(struct child *child);

#endif

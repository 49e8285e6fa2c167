/* on_change.h - the command of --on-change. */
#ifndef WAITING_ON_CHANGE_H
#define WAITING_ON_CHANGE_H

#include <stdint.h>

struct wait_event;

/* Run the command for a change and wait for its end, for a minute at most and not after deadline_ms
 * (by the transport's clock; 0: none).  Its output goes to stderr, line by line; its failure is a
 * warning. */
void on_change_run(const char *command, const struct wait_event *e, int64_t deadline_ms);

#endif

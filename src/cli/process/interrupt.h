/* interrupt.h - the signals that end `wait` and `watch`, and pauses that end when one comes. */
#ifndef PROCESS_INTERRUPT_H
#define PROCESS_INTERRUPT_H

#include <stdbool.h>
#include <stdint.h>

/* From now on SIGHUP, SIGINT and SIGTERM are only noted, so that a last line can be printed.  An
 * ignored signal stays ignored (nohup, a shell's background job). */
void interrupt_catch(void);

/* The first of them that came, 0: none. */
int interrupt_number(void);

/* Its exit code: 129, 130 or 143. */
int interrupt_exit_code(int number);

/* If a signal came, end the process by it: a shell distinguishes a program that was interrupted
 * from one that exited. */
void interrupt_finish(void);

enum pause_end {
    PAUSE_OVER,   /* the time has come */
    PAUSE_SIGNAL, /* a signal that is caught */
    PAUSE_INPUT   /* there is something to read */
};

/* Wait until that time by the transport's clock (INT64_MAX: for ever), or until fd can be read (-1:
 * none).  Time in suspend counts. */
enum pause_end pause_until(int64_t until_ms, int fd);

#endif

/* interrupt.h - the signals that end a command which stays, and pauses that they end. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>
#include <stdint.h>

/* From now on SIGHUP, SIGINT and SIGTERM are noted and end nothing by themselves, so that a last
 * line can be printed.  One that is ignored stays so (nohup, a shell's background job). */
void interrupt_catch(void);

/* The first of them that came, 0: none. */
int interrupt_number(void);

/* Its exit code: 129, 130 or 143. */
int interrupt_exit_code(int number);

/* End as the signal would have, if one came: a shell tells a program that was interrupted from one
 * that chose to exit. */
void interrupt_finish(void);

enum pause_end {
    PAUSE_OVER,   /* the time has come */
    PAUSE_SIGNAL, /* any signal that is caught */
    PAUSE_INPUT   /* there is something to read */
};

/* Wait until that time by the transport's clock, INT64_MAX: for ever; fd is looked at as well where
 * it is not -1.  Time that the machine is suspended counts. */
enum pause_end pause_until(int64_t until_ms, int fd);

#endif

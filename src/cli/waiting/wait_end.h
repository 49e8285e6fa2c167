/* wait_end.h - the last line of a wait. */
#ifndef WAITING_WAIT_END_H
#define WAITING_WAIT_END_H

#include "wait_run.h"

/* Print the result of the wait, run->code: exactly one line, or one document.  Returns the exit
 * code. */
int wait_end(struct wait_run *run);

#endif

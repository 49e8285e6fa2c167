/* wait_loop.h - read, notify, judge, pause, until a wait is over. */
#ifndef WAITING_WAIT_LOOP_H
#define WAITING_WAIT_LOOP_H

#include "offers/offers_session.h"

/* Wait as the settings say, in an open session, and print the last line.  Returns the exit code.
 * settings are those the session was opened with; the deadline is set in them. */
int wait_loop(struct offers_session *session, struct settings *settings);

#endif

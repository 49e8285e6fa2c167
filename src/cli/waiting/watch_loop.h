/* watch_loop.h - read, show, pause, until q, a signal or --until-settled. */
#ifndef WAITING_WATCH_LOOP_H
#define WAITING_WATCH_LOOP_H

#include "offers/offers_session.h"

struct settings;

/* Watch in an open session; *own are the settings it was opened with.  Returns the exit code. */
int watch_loop(struct offers_session *session, struct settings *own);

#endif

/* offers.h - what the commands that read offers have in common: open, read, print.
 *
 * A session stays open and can be read more than once; each read is a result of its own, and any of
 * them can be printed, once. */
#ifndef OFFERS_OFFERS_H
#define OFFERS_OFFERS_H

#include "offers_session.h"

/* Check arguments, format and fields; nothing is sent.  0, or -1 with *err and nothing to close. */
int offers_open(struct offers_session *o, const struct settings *s, const struct offers_plan *plan,
                int count, const char *const *arguments, struct error *err);

/* Whether every argument may be an offer's id, so that each can be looked up without the list. */
bool offers_are_named_by_id(const struct offers_session *o);

/* Sign in unless that is done, and read.  Whatever fails becomes a problem of the report; -1 with
 * *err only when there is no memory for that.  Clear the result in any case. */
int offers_read(struct offers_session *o, struct offers_result *result, struct error *err);

void offers_result_clear(struct offers_result *result);
void offers_close(struct offers_session *o);

/* Open, read once, print, close.  Returns the exit code. */
int offers_run(const struct settings *s, const struct offers_plan *plan, int count,
               const char *const *arguments);

#endif

/* polling.h - what `wait` and `watch` have in common: they read repeatedly. */
#ifndef WAITING_POLLING_H
#define WAITING_POLLING_H

#include "offers/offers_session.h"

#include "offerstat/wait_schedule.h"

/* Adjust the settings: a failed request is not retried, since the next read is the retry, and the
 * live view replaces progress line and pager, so that --no-progress turns off the view. */
void polling_adjust(struct settings *s);

struct wait_schedule polling_schedule(const struct settings *s);

/* How long after now_ms (by the transport's clock) the service wants to be asked again; 0 or less:
 * it did not say. */
int64_t polling_asked_ms(const struct offers_session *session, int64_t now_ms);

/* How long to pause before the next read; changed: the last one found a change. */
int64_t polling_pause_ms(struct wait_schedule *schedule, bool changed, int64_t asked_ms);

/* Whether a read that ended with this exit code would always end so. */
bool polling_is_pointless(int code);

/* Sleep until that time by the transport's clock, a signal, a key, or the next redraw of the live
 * view.  True when q was pressed. */
bool polling_sleep(int64_t until_ms);

#endif

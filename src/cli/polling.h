/* polling.h - what `wait` and `watch` have in common: they look again and again. */
#ifndef CLI_POLLING_H
#define CLI_POLLING_H

#include "offers_session.h"

#include "offerstat/wait_schedule.h"

/* A failed request is not retried, since the next look is the retry, and the view on the screen is
 * in place of progress line and pager: --no-progress means the view. */
void polling_adjust(struct settings *s);

struct wait_schedule polling_schedule(const struct settings *s);

/* How long the service has asked to wait, from now_ms by the transport's clock; 0 or less: it has
 * not. */
int64_t polling_asked_ms(const struct offers_session *session, int64_t now_ms);

/* How long until the next look; changed: this one has brought something new. */
int64_t polling_pause_ms(struct wait_schedule *schedule, bool changed, int64_t asked_ms);

/* Whether a look that ended with this exit code would end so again. */
bool polling_is_pointless(int code);

/* Sleep until that time by the transport's clock, but not beyond a signal, a key, or the time when
 * the view on the screen is drawn anew.  True where q was pressed. */
bool polling_sleep(int64_t until_ms);

#endif

/* ways.h - listing the ways to sign in, when none is set up. */
#ifndef SESSION_WAYS_H
#define SESSION_WAYS_H

#include "offerstat/error.h"

struct settings;

/* After a failure with this code: if no way to sign in is set up, list what each of them lacks. */
void ways_say(const struct settings *s, enum error_code code);

#endif

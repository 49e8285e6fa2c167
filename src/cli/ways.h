/* ways.h - the ways to sign in, for who has found none. */
#ifndef CLI_WAYS_H
#define CLI_WAYS_H

#include "offerstat/error.h"

struct settings;

/* After a failure of that code: where no way to sign in is set up, list what each of them lacks. */
void ways_say(const struct settings *s, enum error_code code);

#endif

/* say.h - everything that goes to stderr.  Every text is made safe for a terminal and for CI
 * runners; --quiet leaves errors and notices alone. */
#ifndef CLI_SAY_H
#define CLI_SAY_H

#include "offerstat/error.h"

#include <stdbool.h>

struct problem;

void say_setup(bool quiet, bool verbose, bool color);

/* Give each line, its end included, to this function in place of stderr; NULL: to stderr again. */
void say_divert(void (*take)(void *user, const char *line), void *user);

/* From now on say a warning or hint only once: a command that stays would repeat it at each look.
 */
void say_each_once(void);

void say_error(const struct error *err);
void say_problem(const struct problem *p);
void say_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
void say_hint(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* What --verbose asks for. */
void say_detail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A row of a list below a hint. */
void say_item(const char *name, const char *text);

/* What the user asked for and what is no result, such as the code of a sign-in. */
void say_notice(const char *text);

/* A line that a CI runner is to obey: the one thing here that is not made harmless, as its caller
 * has written it for that.  --quiet leaves it alone. */
void say_command(const char *line);

/* A line of --debug; fits the portal's trace. */
void say_trace(void *user, const char *line);

/* A hint on what to do about a failure, where one is known.  http is 0 where there was no answer,
 * api NULL where the failure was about none. */
void say_advice(const char *api, enum error_code code, long http);

#endif

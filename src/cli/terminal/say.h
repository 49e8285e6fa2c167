/* say.h - everything that goes to stderr.  Every text is made safe for a terminal and for CI
 * runners.  With --quiet only errors and notices are printed. */
#ifndef TERMINAL_SAY_H
#define TERMINAL_SAY_H

#include "offerstat/error.h"

#include <stdbool.h>

struct problem;

void say_setup(bool quiet, bool verbose, bool color);

/* Send each line, with its line end, to this function instead of stderr; NULL: to stderr again. */
void say_divert(void (*take)(void *user, const char *line), void *user);

/* From now on print each warning or hint only once, since `wait` and `watch` would repeat it at
 * every read. */
void say_each_once(void);

void say_error(const struct error *err);
void say_problem(const struct problem *p);
void say_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
void say_hint(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Printed only with --verbose. */
void say_detail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A row of a list below a hint. */
void say_item(const char *name, const char *text);

/* What the user needs and is no result, such as the code of a sign-in. */
void say_notice(const char *text);

/* A line that a CI runner is to obey: it is not made safe here, and --quiet does not drop it. */
void say_command(const char *line);

/* A line of --debug; fits the portal's trace. */
void say_trace(void *user, const char *line);

/* A hint on what to do about a failure, if there is one.  http is 0 when there was no answer; api
 * may be NULL. */
void say_advice(const char *api, enum error_code code, long http);

#endif

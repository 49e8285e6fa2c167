/* output.h - what a command prints: the document on stdout and the files of --report, all of one
 * report. */
#ifndef OUTPUT_OUTPUT_H
#define OUTPUT_OUTPUT_H

#include "offerstat/render.h"

#include <stdbool.h>
#include <stdint.h>

struct output;
struct settings;

/* The options for stdout, by settings and terminal.  The texts are borrowed, out is left NULL. */
struct render_options output_stdout_options(const struct settings *s, enum render_view view);

/* Check what the settings want for the view: formats, fields, expression.  Nothing is written yet.
 * The settings are borrowed.  0, or -1 with *err (ERR_USAGE, ERR_MEMORY) and *out untouched. */
int output_open(const struct settings *s, enum render_view view, struct output **out,
                struct error *err);

/* Whether offers are given to output_offer while they are read, and not kept in the report. */
bool output_streams(const struct output *o);

/* Write one offer; only where output_streams.  0, or -1 (ERR_OUTPUT, ERR_MEMORY). */
int output_offer(struct output *o, const struct offer *offer, struct error *err);

/* Whether struct outlook of the offers is shown, or may be. */
bool output_shows_outlook(const struct output *o);

/* Whether the report should keep the offers of a check that pass. */
bool output_shows_passing(const struct output *o);

/* The renderer of stdout, for what is written before the report. */
struct render *output_render(struct output *o);

/* Write the files, then stdout, then report to the CI runner.  A failure is printed on stderr, and
 * the others are still written.  Returns the exit code of the run: that of the report (of a wait,
 * the one it ended with), or of a failure if that is worse. */
int output_finish(struct output *o, const struct report *report);

void output_close(struct output *o); /* NULL is fine */

/* The time of day, Unix time. */
int64_t output_now_ms(void);

#endif

/* render_to.h - what a format writes, as a text. */
#ifndef RENDER_TO_H
#define RENDER_TO_H

#include "offerstat/render.h"

/* Render the report through the format by name; options->out is set here.  Offers are streamed
 * where the format does so.  The text is the caller's to free; NULL with *err after a failure. */
char *render_to_text(const char *format, struct render_options *options,
                     const struct report *report, struct error *err);

/* The same, where a failure fails the test. */
char *must_render(const char *format, struct render_options options, const struct report *report);

#endif

/* output.h - how settings and the terminal shape the output. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "offerstat/render.h"

#include <stdint.h>

struct settings;

/* The texts are borrowed from *s. */
void output_options(const struct settings *s, enum render_view view, struct render_options *out);

/* The time of day, Unix time. */
int64_t output_now_ms(void);

#endif

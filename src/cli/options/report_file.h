/* report_file.h - the value of --report: a format, and the file that the report is written to. */
#ifndef OPTIONS_REPORT_FILE_H
#define OPTIONS_REPORT_FILE_H

#include "offerstat/render.h"

struct report_file {
    const struct render_format *format;
    const char *path; /* borrowed */
};

/* Parse FORMAT=FILE.  0, or -1 with *err (ERR_USAGE). */
int report_file_parse(const char *text, struct report_file *out, struct error *err);

/* Write the report by whole_file_write.  options->out is set here.  0, or -1 with *err (ERR_OUTPUT,
 * ERR_MEMORY). */
int report_file_write(const struct report_file *file, struct render_options *options,
                      const struct report *report, struct error *err);

#endif

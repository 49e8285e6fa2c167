/* report_file.h - what --report names: a format, and the file that a report is written to. */
#ifndef CLI_REPORT_FILE_H
#define CLI_REPORT_FILE_H

#include "offerstat/render.h"

struct report_file {
    const struct render_format *format;
    const char *path; /* borrowed */
};

/* Take FORMAT=FILE apart.  0, or -1 with *err (ERR_USAGE). */
int report_file_parse(const char *text, struct report_file *out, struct error *err);

/* Write the report.  A file gets its name once it is whole, so that a reader never sees half of it
 * and a failure leaves what was there; what is no file (a pipe, a device) is written as it is.
 * options->out is set here.  0, or -1 with *err (ERR_OUTPUT, ERR_MEMORY). */
int report_file_write(const struct report_file *file, struct render_options *options,
                      const struct report *report, struct error *err);

#endif

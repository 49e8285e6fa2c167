/* ci_runner.h - what GitHub Actions and Azure Pipelines get besides the report of `check` and
 * `wait`: annotations on stderr, a summary, outputs. */
#ifndef OUTPUT_CI_RUNNER_H
#define OUTPUT_CI_RUNNER_H

#include "offerstat/render.h"

#include <stdbool.h>

struct settings;

/* Whether any CI runner runs us, so that no person is watching. */
bool ci_runner_is_here(const struct settings *s);

/* Whether that runner gets anything: by its flag, else by the runner's own variable. */
bool ci_runner_is_github(const struct settings *s);
bool ci_runner_is_azure(const struct settings *s);

/* Annotate what makes the run fail, with at most as many annotations as a runner shows.  code is
 * the exit code. */
void ci_runner_annotate(const struct settings *s, const struct report *report, int code);

/* Make Azure Pipelines upload a Markdown file as a summary. */
void ci_runner_upload_summary(const char *path);

/* Append the report to $GITHUB_STEP_SUMMARY, and counts and verdict to $GITHUB_OUTPUT, if they are
 * set.  options are those for a file.  0, or -1 with *err (ERR_OUTPUT, ERR_MEMORY). */
int ci_runner_write_summary(struct render_options *options, const struct report *report,
                            struct error *err);
int ci_runner_write_outputs(const struct report *report, int code, struct error *err);

#endif

/* ci_runner.h - what GitHub Actions and Azure Pipelines get beside the report of `check` and
 * `wait`: annotations on stderr, a summary, outputs. */
#ifndef CLI_CI_RUNNER_H
#define CLI_CI_RUNNER_H

#include "offerstat/render.h"

#include <stdbool.h>

struct settings;

/* Whether a runner of any kind runs us, where no person reads along. */
bool ci_runner_is_here(const struct settings *s);

/* Whether the runner gets anything: a flag says so, or else the runner's own variable. */
bool ci_runner_is_github(const struct settings *s);
bool ci_runner_is_azure(const struct settings *s);

/* Annotate what makes the run fail, at most as often as a runner shows it.  code is the exit code.
 */
void ci_runner_annotate(const struct settings *s, const struct report *report, int code);

/* Have Azure Pipelines upload a file of Markdown as a summary. */
void ci_runner_upload_summary(const char *path);

/* Append the report to $GITHUB_STEP_SUMMARY, and counts and verdict to $GITHUB_OUTPUT, where those
 * are set.  options are those of a file.  0, or -1 with *err (ERR_OUTPUT, ERR_MEMORY). */
int ci_runner_write_summary(struct render_options *options, const struct report *report,
                            struct error *err);
int ci_runner_write_outputs(const struct report *report, int code, struct error *err);

#endif

/* markdown.h - a report for the summary of a job, or for a comment. */
#ifndef MARKDOWN_H
#define MARKDOWN_H

#include "document.h"

extern const struct render_writer markdown_writer;

#endif

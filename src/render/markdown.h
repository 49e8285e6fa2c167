/* markdown.h - the format markdown: a report for the summary of a CI job, or for a comment. */
#ifndef MARKDOWN_H
#define MARKDOWN_H

#include "document.h"

extern const struct render_writer markdown_writer;

#endif

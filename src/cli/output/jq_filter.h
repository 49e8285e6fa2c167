/* jq_filter.h - a JSON document through a jq expression. */
#ifndef OUTPUT_JQ_FILTER_H
#define OUTPUT_JQ_FILTER_H

#include "offerstat/error.h"
#include "offerstat/strbuf.h"

struct jq_filter;

/* Compile the expression.  It sees neither the environment nor any file: `env` is empty, ~/.jq is
 * not read, `import` finds nothing.  0, or -1 with *err (ERR_USAGE) and *out untouched. */
int jq_filter_open(const char *expression, struct jq_filter **out, struct error *err);

/* Append the results, each with a line end: a text as it is, all else as jq prints it.  0, or -1
 * with *err (ERR_OUTPUT: it fails on the document) and part of them appended. */
int jq_filter_run(struct jq_filter *f, const char *document, size_t len, struct strbuf *results,
                  struct error *err);

void jq_filter_close(struct jq_filter *f); /* NULL is fine */

#endif

/* ndjson.h - the format ndjson. */
#ifndef NDJSON_H
#define NDJSON_H

#include "document.h"

extern const struct render_writer ndjson_writer;

#endif

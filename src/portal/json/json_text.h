/* json_text.h - for json_parse.c: a text of JSON, from its opening quote to its closing one. */
#ifndef JSON_JSON_TEXT_H
#define JSON_JSON_TEXT_H

#include "offerstat/arena.h"
#include "offerstat/error.h"

#include <stdbool.h>

/* Check the text that begins at start, after its opening quote; returns its closing quote.  *as_is:
 * json_copy_text has nothing to change in it.  NULL with *err (ERR_ANSWER). */
const char *json_check_text(const char *start, const char *end, bool *as_is, struct error *err);

/* A copy of a checked text without its escapes, in the arena; what is no character is U+FFFD.  NULL
 * without memory. */
char *json_copy_text(struct arena *a, const char *start, const char *end, bool as_is);

#endif

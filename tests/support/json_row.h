/* json_row.h - documents as they stand in a table of a test: with ' for ". */
#ifndef JSON_ROW_H
#define JSON_ROW_H

#include "json/json.h"

/* Parse text, in which every ' stands for ", as an answer's element is parsed; members as in
 * json_parse.  The test fails where it is not JSON. */
cJSON *json_row(const char *text, const char *const *members, struct arena *parsed);

/* The same text with its quotes, in the arena. */
char *json_quoted(struct arena *a, const char *text);

/* Fail with the names of row and field unless both texts are the same, or both are absent. */
void expect_text(const char *row, const char *field, const char *got, const char *want);

/* Likewise for numbers. */
void expect_number(const char *row, const char *field, long got, long want);

#endif

/* record_json.h - what is in the record, as JSON. */
#ifndef VERBS_RECORD_JSON_H
#define VERBS_RECORD_JSON_H

#include "offerstat/record.h"
#include "offerstat/strbuf.h"

/* Append an object, without a line's end: how an offer stood, a publish with its steps, how much
 * there is in the file at that path. */
void record_json_put_span(struct strbuf *out, const struct recorded_entry *entry);
void record_json_put_run(struct strbuf *out, const struct recorded_run *run);
void record_json_put_size(struct strbuf *out, const char *path, const struct record_size *size);

#endif

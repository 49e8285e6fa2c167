/* json.h - members of a document, shared by the JSON formats. */
#ifndef JSON_H
#define JSON_H

#include "document.h"

extern const struct render_writer json_writer;

/* Append the record's fields, without braces. */
void json_put_record(struct render *r, const void *record);

/* Append what every document begins with: schemaVersion, generatedAt, api. */
void json_put_head(struct strbuf *out, const struct report *report);

/* Append "total" and a count for each state. */
void json_put_counts(struct strbuf *out, const struct report *report);

/* Append "limited":true and a comma when the limit left some out, else nothing. */
void json_put_limited(struct strbuf *out, const struct report *report);

/* Append "verdict" of a report that was checked, else nothing. */
void json_put_verdict(struct strbuf *out, const struct report *report);

/* Append "notes" of a report that has some, else nothing. */
void json_put_report_notes(struct strbuf *out, const struct report *report);

/* Append "complete". */
void json_put_complete(struct strbuf *out, const struct report *report);

#endif

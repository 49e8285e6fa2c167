/* json_value.h - the parts of an offer as JSON. */
#ifndef JSON_VALUE_H
#define JSON_VALUE_H

#include "offerstat/report.h"
#include "offerstat/strbuf.h"

/* Append "key": of a key that needs no escapes, with a comma in front of all but the first. */
void json_put_key(struct strbuf *out, const char *key, bool first);

/* Append text as a string; NULL is null. */
void json_put_text(struct strbuf *out, const char *text);

/* Append a time of a record (as timestamp_read writes it) in whole seconds, the form that jq's
 * fromdateiso8601 takes. */
void json_put_time(struct strbuf *out, const char *at);

/* Append ,"key": and text. */
void json_put_member(struct strbuf *out, const char *key, const char *text);

/* Append an array. */
void json_put_messages(struct strbuf *out, const struct message *messages, size_t count);
void json_put_notes(struct strbuf *out, const struct offer *o);

/* Append an array; null when steps are not known, or when only one API was asked. */
void json_put_steps(struct strbuf *out, const struct offer *o);
void json_put_sources(struct strbuf *out, const struct offer *o);

/* Append since when the offer has been in its present step, and when that is likely to end; null
 * when that is not known. */
void json_put_since(struct strbuf *out, const struct offer *o);
void json_put_estimate(struct strbuf *out, const struct offer *o);

/* Append the step at which the offer stands, with its place among them; null where there is none.
 */
void json_put_current_step(struct strbuf *out, const struct offer *o);

/* Append a problem's members, without braces. */
void json_put_problem(struct strbuf *out, const struct problem *p);

#endif

/* wait_json.h - a wait's events and its end as JSON. */
#ifndef WAIT_JSON_H
#define WAIT_JSON_H

#include "offerstat/strbuf.h"
#include "offerstat/waiting.h"

/* Append the members of an event, without braces and with its kind first. */
void wait_json_put_event(struct strbuf *out, const struct wait_event *e);

/* Append "verdict": and the object of a wait's end. */
void wait_json_put_verdict(struct strbuf *out, const struct wait_ending *e);

/* Append the members of the last line of ndjson, without braces. */
void wait_json_put_last_line(struct strbuf *out, const struct wait_ending *e);

#endif

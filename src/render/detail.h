/* detail.h - offers in full. */
#ifndef DETAIL_H
#define DETAIL_H

#include "document.h"

/* Write every offer of the report.  0, or -1 (ERR_OUTPUT, ERR_MEMORY). */
int detail_write(struct render *r, const struct report *report, struct error *err);

/* The sign of a step's status. */
const char *detail_status_icon(enum step_status status, bool ascii);

/* Append where the offer stands: the step, its status, its messages with their links. */
void detail_put_standing(struct render *r, const struct offer *o, size_t step);

/* Whether what blocks publishing stands in the offer's own messages, and in no step. */
bool detail_is_blocked_by_messages(const struct offer *o);

/* The same, by the options of the document. */
const char *detail_icon(const struct render *r, enum step_status status);

/* A message of a step that ended well and says no more than that: the status says it. */
bool detail_repeats_status(const struct step *s, const struct message *m);

/* When the step ended, or NULL. */
const char *detail_ended_at(const struct step *s);

#endif

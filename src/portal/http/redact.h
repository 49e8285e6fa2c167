/* redact.h - the secrets that must not show in any output, and how they are blotted out. */
#ifndef PORTAL_REDACT_H
#define PORTAL_REDACT_H

#include "offerstat/error.h"

/* A secret shorter than this protects nothing, and blotting it out would hit ordinary words. */
#define REDACT_SECRET_MIN 6

/* A list of secrets; { NULL } is the empty one. */
struct redact_list {
    struct redact_secret *first;
};

/* Remember a copy of the secret.  One that is known already, or shorter than REDACT_SECRET_MIN, is
 * ignored.  0, or -1 with *err when there is no memory. */
int redact_add(struct redact_list *list, const char *secret, struct error *err);

/* Write '*' over every occurrence of a known secret in text, in place; its length stays. */
void redact_text(const struct redact_list *list, char *text);

/* Wipe and free all copies; the list is empty afterwards. */
void redact_clear(struct redact_list *list);

#endif

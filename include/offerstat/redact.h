/* redact.h - the secrets of this process, and the one way to show a text that may repeat them:
 * hide first, cut and escape afterwards. */
#ifndef OFFERSTAT_REDACT_H
#define OFFERSTAT_REDACT_H

#include "offerstat/error.h"

#include <stdbool.h>
#include <stddef.h>

/* A shorter secret protects nothing, and hiding it would hide ordinary words. */
#define REDACT_SECRET_MIN 6

/* Of a secret of at least REDACT_LONG bytes every part of REDACT_PART bytes is hidden, too, since a
 * text may have been cut before it came to us.  A shorter secret is hidden only as a whole. */
#define REDACT_LONG 24
#define REDACT_PART 12

/* Remember a copy of the secret, and its spellings in a form, a URL and JSON, for the rest of the
 * run.  One that is known already, or shorter than REDACT_SECRET_MIN, is ignored.  0, or -1 with
 * *err when there is no memory. */
int redact_add(const char *secret, struct error *err);

/* Write '*' over every occurrence of a known secret in text, in place; its length stays.  The same
 * is done to user and password in a URL, to query values whose names suggest a secret (sig, token,
 * code ...), to what looks like a signed token, and to a token after "Bearer". */
void redact_text(char *text);

/* Hide only known secrets: URLs keep their queries. */
void redact_known(char *text);

/* Hide only known long secrets, for data of an answer: a short secret may be an ordinary word in
 * it, and the queries of its links belong to the service. */
void redact_data(char *text);

/* Whether anything in a JSON document may need redact_data: one search of the whole costs less than
 * one of each value.  True for any document with an escape, which may stand for any byte. */
bool redact_may_be_in(const char *text, size_t len);

/* Copy text into out_size bytes, at least 8, with its secrets hidden; a longer one is then cut
 * between two characters and ends with "...". */
void redact_excerpt(char *out, size_t out_size, const char *text);

/* Wipe and free all copies. */
void redact_clear(void);

#endif

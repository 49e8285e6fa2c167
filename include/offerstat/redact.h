/* redact.h - the secrets of this process, and the one way to show a text that may repeat them:
 * hide first, cut and escape afterwards. */
#ifndef OFFERSTAT_REDACT_H
#define OFFERSTAT_REDACT_H

#include "offerstat/error.h"

#include <stdbool.h>
#include <stddef.h>

/* A secret shorter than this protects nothing, and blotting it out would hit ordinary words. */
#define REDACT_SECRET_MIN 6

/* Of a secret of at least REDACT_LONG bytes every part of REDACT_PART bytes is hidden too: others
 * may have cut the text before it came to us.  Shorter ones are hidden only where they are whole.
 */
#define REDACT_LONG 24
#define REDACT_PART 12

/* Remember a copy of the secret, and its spellings in a form, a URL and JSON, for the rest of the
 * run.  One that is known already, or shorter than REDACT_SECRET_MIN, is ignored.  0, or -1 with
 * *err when there is no memory. */
int redact_add(const char *secret, struct error *err);

/* Write '*' over every occurrence of a known secret in text, in place; its length stays.  So it is
 * done to what an address carries before its host (user and password), and to the values of a
 * query whose names sound like secrets (sig, token, code ...). */
void redact_text(char *text);

/* Only what is known: addresses keep their queries. */
void redact_known(char *text);

/* The same for a text of an answer's data, where only long secrets are hidden: a short one may be a
 * word that data are known by, and the queries of its links are the service's own. */
void redact_data(char *text);

/* Whether anything in a document of JSON may need redact_data; one look at the whole costs less
 * than one at each value.  An escape may spell any byte, so that with one the answer is yes. */
bool redact_may_be_in(const char *text, size_t len);

/* Copy text into out_size bytes, at least 8, with its secrets hidden; a longer one is then cut
 * between two characters and ends with "...". */
void redact_excerpt(char *out, size_t out_size, const char *text);

/* Wipe and free all copies. */
void redact_clear(void);

#endif

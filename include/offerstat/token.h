/* token.h - the bearer token: where it may come from, and what it may hold. */
#ifndef OFFERSTAT_TOKEN_H
#define OFFERSTAT_TOKEN_H

#include "offerstat/error.h"

#include <stddef.h>

/* Longer than any token the identity platform issues. */
#define TOKEN_MAX ((size_t)256 * 1024)

/* Read a token from a file, "-" for standard input: its first line, blanks around it dropped.
 * *out is the caller's to wipe and free.  ERR_AUTH says what is wrong with the source. */
int token_read_file(const char *path, char **out, struct error *err);

/* Whether text can be sent as a token: one line of visible ASCII.  ERR_AUTH otherwise, naming
 * source and never the text. */
int token_check(const char *text, const char *source, struct error *err);

#endif

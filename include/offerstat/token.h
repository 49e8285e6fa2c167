/* token.h - a bearer token: read from a file, and checked. */
#ifndef OFFERSTAT_TOKEN_H
#define OFFERSTAT_TOKEN_H

#include "offerstat/error.h"

#include <stddef.h>

/* Bytes; longer than any token that the identity platform issues. */
#define TOKEN_MAX ((size_t)256 * 1024)

/* Read a token from a file, "-" for standard input: its first line that is not blank, without the
 * blanks around it.  0 with *out, the caller's for secret_free, or -1 with *err: ERR_AUTH when the
 * file cannot be read, ERR_USAGE when it holds no token, ERR_MEMORY. */
int token_read_file(const char *path, char **out, struct error *err);

/* Check that text can be sent as a token: not empty, and of the characters of RFC 6750 alone.  0,
 * or -1 with *err (ERR_USAGE), which names source ("OFFERSTAT_TOKEN") and never shows the text. */
int token_check(const char *text, const char *source, struct error *err);

/* Copy text without the blanks and line ends around it, checked.  0 with *out, the caller's for
 * secret_free, or -1 with *err as token_check, or ERR_MEMORY. */
int token_copy(const char *text, const char *source, char **out, struct error *err);

#endif

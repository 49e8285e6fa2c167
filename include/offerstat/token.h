/* token.h - a bearer token: read from a file, and checked. */
#ifndef OFFERSTAT_TOKEN_H
#define OFFERSTAT_TOKEN_H

#include "offerstat/error.h"

#include <stddef.h>

/* Bytes; longer than any token that the identity platform issues. */
#define TOKEN_MAX ((size_t)256 * 1024)

/* Read a token from a file, "-" for standard input: its first line that is not blank, without the
 * blanks around it.  0 with *out, the caller's for secret_free, or -1 with *err: ERR_AUTH when the
 * file cannot be read or holds no token, ERR_MEMORY. */
int token_read_file(const char *path, char **out, struct error *err);

/* Check that text can be sent as a token: not empty, and visible ASCII alone.  0, or -1 with *err
 * (ERR_AUTH), which names source ("OFFERSTAT_TOKEN") and never shows the text. */
int token_check(const char *text, const char *source, struct error *err);

#endif

/* token.c - reading and checking a bearer token. */
#include "offerstat/token.h"

#include "offerstat/secret.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int token_check(const char *text, const char *source, struct error *err)
{
    if (*text == '\0') {
        return error_set(err, ERR_AUTH, "%s: the token is empty", source);
    }
    for (const char *p = text; *p != '\0'; p++) {
        if (*p <= ' ' || *p > '~') {
            return error_set(err, ERR_AUTH,
                             "%s: no token: it holds a character that no token has (byte %zu)",
                             source, (size_t)(p - text) + 1);
        }
    }
    return 0;
}

int token_read_file(const char *path, char **out, struct error *err)
{
    bool from_stdin = strcmp(path, "-") == 0;
    const char *source = from_stdin ? "standard input" : path;
    FILE *file = from_stdin ? stdin : fopen(path, "re");
    char *text = malloc(TOKEN_MAX + 2); /* one byte more than allowed, and a NUL */
    size_t len, start;
    int rc = -1;

    if (text == NULL) {
        error_memory(err);
        goto done;
    }
    if (file == NULL) {
        error_set(err, ERR_AUTH, "token file %s: %s", source, strerror(errno));
        goto done;
    }
    len = fread(text, 1, TOKEN_MAX + 1, file);
    if (ferror(file)) {
        error_set(err, ERR_AUTH, "token file %s: %s", source, strerror(errno));
        goto done;
    }
    if (len > TOKEN_MAX || memchr(text, '\0', len) != NULL) {
        error_set(err, ERR_AUTH, "token file %s: this is no token", source);
        goto done;
    }
    text[len] = '\0';
    start = strspn(text, " \t\r\n");
    memmove(text, text + start, len - start + 1);
    text[strcspn(text, "\r\n")] = '\0';
    for (len = strlen(text); len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'); len--) {
        text[len - 1] = '\0';
    }
    if (token_check(text, source, err) != 0) {
        goto done;
    }
    *out = text;
    text = NULL;
    rc = 0;
done:
    if (text != NULL) {
        secret_wipe(text, TOKEN_MAX + 2);
        free(text);
    }
    if (file != NULL && !from_stdin) {
        fclose(file);
    }
    return rc;
}

/* token.c - reading and checking a bearer token. */
#include "offerstat/token.h"

#include "offerstat/secret.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What was given in place of a token, if it is recognized; else NULL. */
static const char *mistaken_for_token(const char *text)
{
    if (*text == '"' || *text == '\'') {
        return "it is in quotes: give what is between them";
    }
    if (*text == '{' || *text == '[') {
        return "it is a JSON document: give its accessToken alone";
    }
    if (strncasecmp(text, "Bearer", strlen("Bearer")) == 0 && isspace((unsigned char)text[6])) {
        return "leave out the word Bearer";
    }
    return NULL;
}

/* RFC 6750, section 2.1: what a header may carry.  "=" is allowed at the end only. */
int token_check(const char *text, const char *source, struct error *err)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                 "-._~+/";
    const char *mistake = mistaken_for_token(text);
    size_t len = strspn(text, digits), whole = len + strspn(text + len, "=");

    if (*text == '\0') {
        return error_set(err, ERR_USAGE, "%s: the token is empty", source);
    }
    if (mistake != NULL) {
        return error_set(err, ERR_USAGE, "%s: no token: %s", source, mistake);
    }
    if (len == 0 || text[whole] != '\0') {
        return error_set(err, ERR_USAGE,
                         "%s: no token: it has a character that a token must not have (byte %zu)",
                         source, whole + 1);
    }
    return 0;
}

/* The text without the blanks and line ends around it, in place. */
static void trim(char *text)
{
    size_t start = strspn(text, " \t\r\n"), len = strlen(text + start);

    memmove(text, text + start, len + 1);
    while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL) {
        text[--len] = '\0';
    }
}

int token_copy(const char *text, const char *source, char **out, struct error *err)
{
    char *copy = strdup(text);

    if (copy == NULL) {
        return error_memory(err);
    }
    trim(copy);
    if (token_check(copy, source, err) != 0) {
        secret_free(copy);
        return -1;
    }
    *out = copy;
    return 0;
}

int token_read_file(const char *path, char **out, struct error *err)
{
    bool from_stdin = strcmp(path, "-") == 0;
    const char *source = from_stdin ? "standard input" : path;
    FILE *file = from_stdin ? stdin : fopen(path, "re");
    char *text = malloc(TOKEN_MAX + 2); /* one byte more than allowed, and a NUL */
    size_t len;
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
        error_set(err, ERR_USAGE, "token file %s: this is not a token", source);
        goto done;
    }
    text[len] = '\0';
    trim(text);
    text[strcspn(text, "\r\n")] = '\0';
    trim(text);
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

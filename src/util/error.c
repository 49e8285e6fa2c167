/* error.c - failures with their story, in fixed buffers. */
#include "offerstat/error.h"

#include "offerstat/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int error_set(struct error *err, enum error_code code, const char *format, ...)
{
    va_list args;

    if (err == NULL) {
        return -1;
    }
    err->code = code;
    err->http = 0;
    err->request_id[0] = '\0';
    va_start(args, format);
    vsnprintf(err->text, sizeof(err->text), format, args);
    va_end(args);
    utf8_trim(err->text);
    return -1;
}

int error_wrap(struct error *err, const char *format, ...)
{
    char inner[ERROR_TEXT_MAX];
    va_list args;
    size_t len;

    if (err == NULL) {
        return -1;
    }
    memcpy(inner, err->text, sizeof(inner));
    va_start(args, format);
    vsnprintf(err->text, sizeof(err->text), format, args);
    va_end(args);
    len = strlen(err->text);
    snprintf(err->text + len, sizeof(err->text) - len, ": %s", inner);
    utf8_trim(err->text);
    return -1;
}

void error_append(struct error *err, const char *format, ...)
{
    va_list args;
    size_t len;

    if (err == NULL) {
        return;
    }
    len = strlen(err->text);
    va_start(args, format);
    vsnprintf(err->text + len, sizeof(err->text) - len, format, args);
    va_end(args);
    utf8_trim(err->text);
}

int error_memory(struct error *err)
{
    return error_set(err, ERR_MEMORY, "out of memory");
}

const char *error_word(enum error_code code)
{
    switch (code) {
    case ERR_USAGE:
        return "usage";
    case ERR_NOT_FOUND:
        return "not_found";
    case ERR_AUTH:
        return "auth";
    case ERR_SERVICE:
        return "service";
    case ERR_ANSWER:
        return "answer";
    case ERR_OUTPUT:
        return "output";
    case ERR_MEMORY:
        return "memory";
    case ERR_NONE:
    case ERR_BUG:
        return "bug";
    }
    return "bug";
}

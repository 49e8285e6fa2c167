/* error.c - errors with their text, in fixed buffers. */
#include "offerstat/error.h"

#include "offerstat/translate.h"
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
    err->local_text[0] = '\0';
    va_start(args, format);
    vsnprintf(err->text, sizeof(err->text), format, args);
    va_end(args);
    utf8_trim(err->text);
    if (translates()) {
        va_start(args, format);
        vsnprintf(err->local_text, sizeof(err->local_text), translate(format), args);
        va_end(args);
        utf8_trim(err->local_text);
    }
    return -1;
}

/* Put the formatted text in front of `text`. */
__attribute__((format(printf, 2, 0))) static void prepend(char text[ERROR_TEXT_MAX],
                                                          const char *format, va_list args)
{
    char inner[ERROR_TEXT_MAX];
    size_t len;

    memcpy(inner, text, sizeof(inner));
    vsnprintf(text, ERROR_TEXT_MAX, format, args);
    len = strlen(text);
    snprintf(text + len, ERROR_TEXT_MAX - len, ": %s", inner);
    utf8_trim(text);
}

int error_wrap(struct error *err, const char *format, ...)
{
    va_list args;

    if (err == NULL) {
        return -1;
    }
    if (translates()) {
        va_start(args, format);
        prepend(err->local_text, translate(format), args);
        va_end(args);
    }
    va_start(args, format);
    prepend(err->text, format, args);
    va_end(args);
    return -1;
}

/* Append the formatted text. */
__attribute__((format(printf, 2, 0))) static void append(char text[ERROR_TEXT_MAX],
                                                         const char *format, va_list args)
{
    size_t len = strlen(text);

    vsnprintf(text + len, ERROR_TEXT_MAX - len, format, args);
    utf8_trim(text);
}

void error_append(struct error *err, const char *format, ...)
{
    va_list args;

    if (err == NULL) {
        return;
    }
    if (translates()) {
        va_start(args, format);
        append(err->local_text, translate(format), args);
        va_end(args);
    }
    va_start(args, format);
    append(err->text, format, args);
    va_end(args);
}

void error_set_local(struct error *err, const char *format, ...)
{
    va_list args;

    if (err == NULL || !translates()) {
        return;
    }
    va_start(args, format);
    vsnprintf(err->local_text, sizeof(err->local_text), format, args);
    va_end(args);
    utf8_trim(err->local_text);
}

int error_set_words(struct error *err, enum error_code code, const char *words)
{
    error_set(err, code, "%s", words);
    error_set_local(err, "%s", translate(words));
    return -1;
}

static void join(char text[ERROR_TEXT_MAX], const char *before, const char *other,
                 const char *after)
{
    size_t len = strlen(text);

    snprintf(text + len, ERROR_TEXT_MAX - len, "%s%s%s", before, other, after);
    utf8_trim(text);
}

void error_join(struct error *err, const char *before, const struct error *other, const char *after)
{
    if (translates()) {
        join(err->local_text, before, error_text(other), after);
    }
    join(err->text, before, other->text, after);
}

int error_wrap_words(struct error *err, const char *words)
{
    struct error inner = *err;

    error_set_words(err, inner.code, words);
    err->http = inner.http;
    memcpy(err->request_id, inner.request_id, sizeof(err->request_id));
    error_join(err, ": ", &inner, "");
    return -1;
}

const char *error_text(const struct error *err)
{
    return err->local_text[0] != '\0' ? err->local_text : err->text;
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

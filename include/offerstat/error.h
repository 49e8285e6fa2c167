/* error.h - one failure: its kind, its text, and what the service said about it. */
#ifndef OFFERSTAT_ERROR_H
#define OFFERSTAT_ERROR_H

/* Kinds a caller branches on.  The exit code of each is decided in outcome.h, nowhere else. */
enum error_code {
    ERR_NONE = 0,
    ERR_USAGE,     /* the command line or the configuration; nothing was sent */
    ERR_NOT_FOUND, /* no such publisher or offer */
    ERR_AUTH,      /* no token, rejected, forbidden, expired */
    ERR_SERVICE,   /* unreachable, timed out, 429 or 5xx after all tries */
    ERR_ANSWER,    /* an answer that cannot be read or breaks a limit */
    ERR_OUTPUT,    /* stdout could not be written */
    ERR_MEMORY,    /* out of memory */
    ERR_BUG        /* something that cannot happen did */
};

#define ERROR_TEXT_MAX 768
#define ERROR_ID_MAX 80

/* Owns nothing and has fixed buffers, so that "out of memory" can be reported. */
struct error {
    enum error_code code;
    long http;                     /* status of the answer, 0 where there was none */
    char request_id[ERROR_ID_MAX]; /* the service's own name for the request, or "" */
    /* One line, no full stop needed, cut at a character boundary: English, for machines as well;
     * and for people, "" where that is the same. */
    char text[ERROR_TEXT_MAX], local_text[ERROR_TEXT_MAX];
};

#define ERROR_INIT                                                                                 \
    {                                                                                              \
        .code = ERR_NONE                                                                           \
    }

/* The formats below are translated for local_text.  What is passed for a %s stands in both texts,
 * so it must be data and not words of a language.
 *
 * Set the text, replacing whatever *err held.  Always returns -1, so that a failing function can
 * end with `return error_set(...)`.  err may be NULL. */
int error_set(struct error *err, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Put context in front of the text: "outer: inner".  Keeps the code.  Always returns -1. */
int error_wrap(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* As error_set, for a text from a table, where N_() marks it: it is not a format. */
int error_set_words(struct error *err, enum error_code code, const char *words);

/* Replace local_text alone, by a format that is already translated, for a text whose arguments are
 * words.  Does nothing where texts for people are English. */
void error_set_local(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* As error_wrap, for a text from a table. */
int error_wrap_words(struct error *err, const char *words);

/* Append the text of `other` between `before` and `after`, which are punctuation: ": " and "". */
void error_join(struct error *err, const char *before, const struct error *other,
                const char *after);

/* Append to the text. */
void error_append(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The text for people. */
const char *error_text(const struct error *err);

/* Set "out of memory" (ERR_MEMORY).  Always returns -1. */
int error_memory(struct error *err);

/* The word of a code in machine output: usage, not_found, auth, service, answer, partial, ... */
const char *error_word(enum error_code code);

#endif

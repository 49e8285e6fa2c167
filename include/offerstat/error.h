/* error.h - one failure: its kind, its story, and what the service said of it. */
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

/* Lives wherever the caller likes and owns nothing, so that reporting "out of memory" needs none.
 */
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

/* The formats of these are translated for local_text: what is passed for a %s stands in both texts
 * and must be no words of a language.
 *
 * Start a story.  Replaces whatever *err held.  Always returns -1, so that a failing function ends
 * with `return error_set(...)`.  err may be NULL. */
int error_set(struct error *err, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Put context in front of the story: "outer: inner".  Keeps the code.  Always returns -1. */
int error_wrap(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same for words of a table, without a format: N_() marks them there. */
int error_set_words(struct error *err, enum error_code code, const char *words);

/* Replace the text for people, by a format that is translated already: for a story with words in
 * it.  Does nothing where texts for people are English. */
void error_set_local(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Put words of a table in front of the story, as error_wrap does. */
int error_wrap_words(struct error *err, const char *words);

/* Put the story of another after this one, between two signs that are no words: ": " and "". */
void error_join(struct error *err, const char *before, const struct error *other,
                const char *after);

/* Put more after the story. */
void error_append(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The text for people. */
const char *error_text(const struct error *err);

/* Out of memory.  Always returns -1. */
int error_memory(struct error *err);

/* The word of a code in machine output: usage, not_found, auth, service, answer, partial, ... */
const char *error_word(enum error_code code);

#endif

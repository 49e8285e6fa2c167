/* har_body.h - the body of an answer, piece by piece, with each of its texts shown to a callback
 * that may change it. */
#ifndef HAR_BODY_H
#define HAR_BODY_H

#include "har/har_members.h"
#include "offerstat/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

#define HAR_DEPTH_MAX 128
/* Of a text; the service's elements are smaller, and offerstat reads no larger ones. */
#define HAR_STRING_MAX ((size_t)1024 * 1024)

/* What stands for a text that is not written. */
#define HAR_REMOVED_TEXT "(removed)"

/* JSON keeps its shape: brackets, names of members, true, false, null and white space pass, as do
 * texts and numbers of members that offerstat reads.  Of others a text is HAR_REMOVED_TEXT, a
 * number 0, since it may be a telephone's.  A text of more than HAR_STRING_MAX bytes is removed,
 * and as many blanks follow it. */
struct har_body {
    /* Called with each text and number that is read and each name of a member, without its
     * quotes and escapes.  An element of a list has the class of its list. */
    void (*text)(void *user, enum har_class class, struct strbuf *value);
    void *user;
    struct strbuf *out; /* gets what is to be written; grows with each call of feed */
    bool is_problem;    /* the status is an error's; before the first piece */
    /* Private; all zero at the start. */
    struct strbuf token; /* a text or a number that has begun, as it came */
    struct strbuf value; /* the text without escapes */
    bool in_string, escaped, in_scalar, too_long;
    bool control;          /* the text has a character that JSON wants escaped */
    bool begun;            /* the first byte of the document was seen */
    bool opaque;           /* it is no JSON: nothing is written */
    bool markup;           /* and begins as HTML does */
    bool broken;           /* nested too deep: nothing more is written */
    bool wants_key;        /* the next text is the name of a member */
    enum har_class class;  /* of the next value */
    enum har_place object; /* of the next value where it is an object */
    bool unread;           /* the next value is not read */
    size_t depth, mark;    /* open brackets; bytes of a byte order mark so far */
    struct har_level {
        bool is_object, unread;
        enum har_place place;
        enum har_class class; /* of the elements of a list */
    } levels[HAR_DEPTH_MAX];
};

void har_body_feed(struct har_body *b, const char *data, size_t len);

/* The body has ended, where it does. */
void har_body_finish(struct har_body *b);

void har_body_clear(struct har_body *b);

/* Forget the text of a buffer, of which no more is wiped than it has held, and not that an append
 * to it failed. */
void har_forget(struct strbuf *text);

/* Append a text as JSON has it, with its quotes. */
void har_put_string(struct strbuf *out, const char *text, size_t len);

/* The same without the quotes, for what comes in pieces. */
void har_put_escaped(struct strbuf *out, const char *text, size_t len);

#endif

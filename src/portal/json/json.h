/* json.h - from the bytes of an answer to checked values. */
#ifndef JSON_JSON_H
#define JSON_JSON_H

#include "offerstat/arena.h"
#include "offerstat/error.h"
#include "offerstat/strbuf.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define JSON_DEPTH_MAX 64
#define JSON_ELEMENT_MAX ((size_t)1024 * 1024) /* bytes */
#define JSON_COUNT_MAX ((size_t)1000 * 1000)   /* elements of a list, so that memory is bounded */

/* json_split.c - cuts a document into the elements of its list while it arrives.  A document that
 * is one object counts as a list of that one: the Cloud Partner Portal's operations come both ways.
 * Or the document is a page: an object with the list as one of its members.  Only brackets and
 * strings are looked at here; json_parse checks each element. */
struct json_split {
    /* Called for each element; text may be written to, and lives until the call returns.  -1 with
     * *err ends the document with that error.  NULL: elements are dropped. */
    int (*element)(void *user, size_t index, char *text, size_t len, struct error *err);
    /* May be NULL.  Called before that with the rest of the piece in which an element begins, at
     * most element_max bytes; parses the element and returns the ',' or ']' after it, which saves
     * looking for its end.  NULL when the element is not JSON or does not end in the piece; its end
     * is then looked for. */
    const char *(*parse)(void *user, const char *text, size_t len);
    void *user;
    bool array; /* a document that is one object is an error */
    /* Not NULL: the document is a page, and the member of this name ("value") is the list.  At its
     * end rest gets the page with an empty list in the list's place; has_list: whether there was
     * one. */
    const char *list;
    int (*rest)(void *user, char *text, size_t len, bool has_list, struct error *err);
    size_t element_max; /* bytes of one element, and of a page without its list */
    /* Private; all zero at the start. */
    struct strbuf carry;  /* the part of an element that came with earlier pieces */
    struct strbuf around; /* the page without the elements of its list */
    bool has_list;
    size_t count; /* elements seen */
    unsigned char phase;
    unsigned char mark;      /* bytes of a byte order mark before the document so far */
    bool in_string, escaped; /* escaped: the last byte so far was a backslash that escapes */
    bool has_content;        /* the current element has begun */
    bool after_comma;        /* an element must follow */
    unsigned depth;          /* open brackets, the list's own not counted */
    unsigned char closers[JSON_DEPTH_MAX + 1]; /* what closes each of them, from 1 */
};

/* Take the next piece; data may be written to.  0, or -1 with *err (ERR_ANSWER, no memory, or the
 * callback's). */
int json_split_feed(struct json_split *s, char *data, size_t len, struct error *err);

/* The document has ended.  0, or -1 with *err (ERR_ANSWER) when it is not complete. */
int json_split_finish(struct json_split *s, struct error *err);

/* Start again with another document, or the same one from its beginning. */
void json_split_reset(struct json_split *s);

/* Free what it holds. */
void json_split_clear(struct json_split *s);

/* Text without the byte order mark that some services put before it. */
const char *json_skip_mark(const char *text);

/* json_text.c - the next character of what a text's quotes enclose, without its escape; *p moves
 * past it.  U+FFFD for what is none: invalid UTF-8, a lone surrogate, U+0000, an escape that JSON
 * does not have. */
uint32_t json_next_character(const char **p, const char *end);

/* json_parse.c - checks and parses one element in one pass: the whole grammar, UTF-8, depth.
 * Invalid UTF-8, \u0000 and lone surrogates become U+FFFD; a number has its digits in valuestring,
 * too, and one that a double may not hold exactly is a text.  members: the names of the members of
 * an object to keep, ended by NULL; the others are checked and left out.  NULL: all are kept.  The
 * result is in the arena, which alone frees it: no cJSON_Delete.  NULL with *err when it is not
 * JSON, or there is no memory. */
cJSON *json_parse(const char *text, size_t len, const char *const *members, struct arena *a,
                  struct error *err);

/* As json_parse, for the first element in a part of a list.  *after is the ',' or ']' that follows
 * it.  NULL when it is not JSON, there is no memory, or the part ends before that byte. */
cJSON *json_parse_element(const char *text, size_t len, const char *const *members, struct arena *a,
                          const char **after);

/* json_read.c - members of an object; null counts as absent.  `where` is the path of the object
 * ("steps[3]", or "" for the element itself), for the error.  Those that return int return 0, or -1
 * with *err: ERR_ANSWER for a member that has the wrong type or is there twice, or no memory; *out
 * is then NULL. */

/* -1 with *err when item is not an object. */
int json_need_object(const cJSON *item, const char *where, struct error *err);

/* Replace *text, which may be NULL, by a copy in the arena. */
int json_keep(struct arena *a, const char **text, struct error *err);

/* A text, which lives as long as object; NULL where absent or empty. */
int json_text(const cJSON *object, const char *where, const char *member, const char **out,
              struct error *err);

/* As json_text; a number is accepted, too, and is the text that it is written as. */
int json_text_or_number(const cJSON *object, const char *where, const char *member,
                        const char **out, struct error *err);

/* An array, or an object; NULL where absent. */
int json_array(const cJSON *object, const char *where, const char *member, const cJSON **out,
               struct error *err);
int json_object(const cJSON *object, const char *where, const char *member, const cJSON **out,
                struct error *err);

/* As json_array, but one object may stand for an array of it. */
int json_list(const cJSON *object, const char *where, const char *member, const cJSON **out,
              struct error *err);

/* A number from 0 to 100 without its fraction; -1 where absent or outside. */
int json_percent(const cJSON *object, const char *where, const char *member, int *out,
                 struct error *err);

/* A time as RFC 3339 in UTC, in the arena; NULL where absent, or a text that is no time or stands
 * for "never". */
int json_time(const cJSON *object, const char *where, const char *member, struct arena *a,
              const char **out, struct error *err);

/* The type of a value for errors: "text", "a number", "an array", ... */
const char *json_kind(const cJSON *item);

#endif

/* json.h - from the bytes of an answer to checked values. */
#ifndef JSON_JSON_H
#define JSON_JSON_H

#include "offerstat/arena.h"
#include "offerstat/error.h"
#include "offerstat/strbuf.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#define JSON_DEPTH_MAX 64
#define JSON_ELEMENT_MAX ((size_t)1024 * 1024)
#define JSON_COUNT_MAX ((size_t)1000 * 1000) /* elements of a list, that memory has an end */

/* json_split.c - cuts a document into the elements of its list while it arrives.  A document that
 * is one object counts as an array of that one (the operations page wraps single objects in [ ]),
 * or is a page: an object around the list. */
struct json_split {
    /* One element, in memory that may be written to until the call returns.  NULL: elements are
     * checked for their brackets and dropped.  -1 with *err ends the document with that error. */
    int (*element)(void *user, size_t index, char *text, size_t len, struct error *err);
    void *user;
    bool array; /* a document that is one object is refused */
    /* The document is a page: the member of this name holds the list ("value"), and at the end rest
     * gets the object with an empty list in its place; has_list tells whether there was one. */
    const char *list;
    int (*rest)(void *user, char *text, size_t len, bool has_list, struct error *err);
    size_t element_max; /* bytes of one element that is kept, and of what is around a list */
    /* own state, all zero at the start */
    struct strbuf carry;  /* the part of an element that came with earlier pieces */
    struct strbuf around; /* what of a page is not its list */
    bool has_list;
    size_t count; /* elements seen */
    unsigned char phase;
    bool in_string, escaped, has_content, after_comma;
    unsigned depth;
    unsigned char closers[JSON_DEPTH_MAX + 1];
};

/* Take the next piece.  0, or -1 with *err (ERR_ANSWER, or the callback's). */
int json_split_feed(struct json_split *s, char *data, size_t len, struct error *err);

/* The document must be whole now. */
int json_split_finish(struct json_split *s, struct error *err);

/* Nothing but blanks has come. */
bool json_split_is_empty(const struct json_split *s);

/* Forget what was seen, for the same document once more. */
void json_split_reset(struct json_split *s);
void json_split_clear(struct json_split *s);

/* json_scan.c - what cJSON does not look at, in one pass over an element: the whole of the grammar,
 * UTF-8, depth, control characters and NUL, lone surrogates.  Invalid UTF-8, \u0000 and lone
 * surrogates become U+FFFD; numbers that a double cannot hold are put in quotes.  Of an object only
 * the members named are kept (a NULL ends them; members NULL: all of them); the others are checked
 * all the same.  *out is text itself when nothing had to change, else the content of scratch.  -1
 * with *err when it is not JSON. */
int json_scan(const char *text, size_t len, const char *const *members, struct strbuf *scratch,
              const char **out, size_t *out_len, struct error *err);

/* Scan and parse one element into the arena, which alone frees it: no cJSON_Delete.  NULL with *err
 * when it is not JSON. */
cJSON *json_parse(const char *text, size_t len, const char *const *members, struct strbuf *scratch,
                  struct arena *a, struct error *err);

/* json_read.c - members of an object; null counts as absent.  `where` is the path of the object
 * ("steps[3]", or "" for the element itself) and stands in the error. */

/* 0, or -1 with *err where item is no object. */
int json_need_object(const cJSON *item, const char *where, struct error *err);

/* Make *text, which may be NULL, a copy in the arena. */
int json_keep(struct arena *a, const char **text, struct error *err);

/* Text, or NULL where absent or empty.  -1 with *err on any other type. */
int json_text(const cJSON *object, const char *where, const char *member, const char **out,
              struct error *err);

/* As json_text, and a number is given as text, in the arena. */
int json_text_or_number(const cJSON *object, const char *where, const char *member, struct arena *a,
                        const char **out, struct error *err);

/* An array or NULL; an object or NULL. */
int json_array(const cJSON *object, const char *where, const char *member, const cJSON **out,
               struct error *err);
int json_object(const cJSON *object, const char *where, const char *member, const cJSON **out,
                struct error *err);

/* A time as RFC 3339 in UTC, in the arena; NULL where absent, "never", or no time at all. */
int json_time(const cJSON *object, const char *where, const char *member, struct arena *a,
              const char **out, struct error *err);

/* "text", "a number", "an array", ... */
const char *json_kind(const cJSON *item);

#endif

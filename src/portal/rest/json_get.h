/* json_get.h - one request whose answer is JSON: an array element by element, or one object. */
#ifndef REST_JSON_GET_H
#define REST_JSON_GET_H

#include "http/fetch.h"
#include "json/json.h"

struct json_get {
    const char *url;                    /* copied */
    const char *form, *bearer, *header; /* as in struct fetch */
    void *user;
    bool array;                 /* one object alone is no answer */
    bool may_be_empty;          /* no body at all is an empty list */
    bool secret;                /* wipe what held the answer */
    const char *const *members; /* as in json_scan: what is read of an element; static */
    /* One element; item lives until the call returns and is NULL where the element is not JSON
     * (then *bad says why).  -1 with *err ends the request.  NULL: only the document's form is
     * checked. */
    int (*element)(void *user, size_t index, const cJSON *item, const struct error *bad,
                   struct error *err);
    /* The answer is a page: this member of it ("value") holds the list, and rest gets the object
     * around it, or the whole object where it has no such list.  As in struct json_split. */
    const char *list;
    int (*rest)(void *user, const cJSON *object, bool has_list, struct error *err);
    void (*refused)(void *user, long status, const char *body, struct error *err); /* likewise */
    int (*restart)(void *user); /* likewise; NULL: elements may simply come again */
    void (*done)(void *user, const struct error *err); /* likewise; not called by json_get_wait */
};

int json_get_start(struct fetcher *f, const struct json_get *spec, struct error *err);

/* The same, and drive the transport until the answer is there.  0, or -1 with *err. */
int json_get_wait(struct fetcher *f, const struct json_get *spec, struct error *err);

#endif

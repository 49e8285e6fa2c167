/* json_get.h - one request whose answer is JSON: an array element by element, or one object. */
#ifndef REST_JSON_GET_H
#define REST_JSON_GET_H

#include "http/fetch.h"
#include "json/json.h"

/* The longest URL that is requested: an id in it is at most as long as an element, and each byte
 * may take three when it is escaped. */
#define REQUEST_URL_MAX ((size_t)4 * JSON_ELEMENT_MAX)

struct json_get {
    const char *url;                    /* copied */
    const char *form, *bearer, *header; /* as in struct fetch */
    bool direct;                        /* as in struct fetch */
    void *user;
    bool array;  /* an answer that is one object is an error */
    bool secret; /* wipe the memory of the answer; not together with list */
    const char *const
        *members; /* the members that are read, as in json_parse; borrowed until done */
    /* Called for each element.  item lives until the call returns; it is NULL when the element is
     * not JSON, and then *bad says why.  -1 with *err ends the request.  NULL: only the form of the
     * document is checked. */
    int (*element)(void *user, size_t index, const cJSON *item, const struct error *bad,
                   struct error *err);
    /* Not NULL: the answer is a page, an object whose member of this name ("value") holds the list.
     * rest then gets the object with that list emptied; has_list: whether there was one.  As in
     * struct json_split. */
    const char *list;
    int (*rest)(void *user, const cJSON *object, bool has_list, struct error *err);
    void (*refused)(void *user, long status, const char *body,
                    struct error *err); /* as in struct fetch */
    /* A struct that the callbacks change; NULL: none, or restart undoes the change.  It is restored
     * when the request is made again and when it fails, so that an answer that breaks off leaves no
     * trace.  Nothing else may change it meanwhile.  Arrays in it must be in an arena, where
     * restoring their count is enough.  Borrowed until done. */
    void *results;
    size_t results_size;
    /* As in struct fetch.  NULL: there is nothing more to undo. */
    int (*restart)(void *user);
    /* The last call, exactly once; err is NULL after success.  Not called by json_get_wait. */
    void (*done)(void *user, const struct error *err);
};

/* Queue the request.  What spec points to is copied or borrowed as its comments say.  0, or -1 with
 * *err; done is not called then. */
int json_get_start(struct fetcher *f, const struct json_get *spec, struct error *err);

/* The same, and drive the transport until the answer is there.  0, or -1 with *err. */
int json_get_wait(struct fetcher *f, const struct json_get *spec, struct error *err);

#endif

/* pages.h - a list that may come in pages, which are read one after another. */
#ifndef REST_PAGES_H
#define REST_PAGES_H

#include "rest/json_get.h"

#include <stdint.h>

#define PAGES_MAX 10000

/* What to read, and what to call.  Texts are borrowed until done, unless marked as copied. */
struct pages {
    const char *url;      /* of the first page; copied */
    const char *endpoint; /* the base of relative links */
    const char *header;   /* as in struct fetch */
    void *user;
    /* 404 for a page after the first ended the list (end_is_404), as *why says; done follows.  May
     * be NULL. */
    void (*ended)(void *user, const struct error *why);
    bool array;      /* there are no pages: the answer is the list itself */
    bool end_is_404; /* 404 for a page after the first ends the list */
    /* An answer that is one object with an id, and no list, is the only element (FreeBSD's scripts
     * for Partner Center expect this). */
    bool may_be_bare;
    const char *const *members; /* of an element, as in json_parse; static */
    /* As in struct json_get, but index counts over all pages. */
    int (*element)(void *user, size_t index, const cJSON *item, const struct error *bad,
                   struct error *err);
    /* As in struct json_get, for each page separately: reading a page again, or a failure, does not
     * affect earlier pages. */
    void *results;
    size_t results_size;
    /* The current page is read again after a failure: forget its elements.  0, or -1 when that is
     * not possible; the read then fails.  NULL: results is all that has to be undone. */
    int (*restart)(void *user);
    /* The current page is complete, it will not be read again.  May be NULL. */
    void (*page)(void *user);
    /* Called once, at the end; err is NULL after success, as in struct fetch. */
    void (*done)(void *user, const struct error *err);
};

/* The pages that were read, to detect a list that leads back to one of them. */
struct pages_seen {
    uint64_t *hashes; /* of their URLs */
    size_t count;
};
/* Add a page.  0, or -1 with *err (ERR_ANSWER) when it was read before or is over PAGES_MAX. */
int pages_see(struct pages_seen *seen, const char *url, struct error *err);
void pages_seen_clear(struct pages_seen *seen);

/* The URL of the page after this one.  page: the object around the list; first: the first page's
 * URL.  0 with *out, the caller's to free, NULL when this was the last page; -1 with *err when the
 * URL leads to a different origin. */
int pages_next(const char *endpoint, const char *first, const cJSON *page, char **out,
               struct error *err);

/* Start to read; the rest happens in the transport's run().  0, or -1 with *err when the first
 * request could not be queued (done is not called then). */
int pages_start(struct fetcher *f, const struct pages *spec, struct error *err);

#endif

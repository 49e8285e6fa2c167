/* pages.h - a list that may come in pages, which are read one after another. */
#ifndef REST_PAGES_H
#define REST_PAGES_H

#include "rest/json_get.h"

#include <stdint.h>

#define PAGES_MAX 10000

/* Texts that are not said to be copied live until done. */
struct pages {
    const char *url;      /* of the first page; copied */
    const char *endpoint; /* what relative links are joined to */
    const char *header;   /* as in struct fetch */
    void *user;
    bool array;      /* no pages at all: the answer is the bare list */
    bool end_is_404; /* a page that is not there ends the list, unless it is the first */
    /* An object without a list, but with an id, is its only element: FreeBSD's scripts meet lookups
     * that answer so. */
    bool may_be_bare;
    bool may_be_empty;          /* an answer without a body is an empty list */
    const char *const *members; /* of an element, as in json_scan; static */
    /* As in struct json_get, but index counts over all pages. */
    int (*element)(void *user, size_t index, const cJSON *item, const struct error *bad,
                   struct error *err);
    /* The page at hand is read again: forget its elements.  -1: that cannot be. */
    int (*restart)(void *user);
    /* A page is whole: its elements stay.  May be NULL. */
    void (*page)(void *user);
    /* The end, once; err as in struct fetch. */
    void (*done)(void *user, const struct error *err);
};

/* The pages that a walk has read. */
struct pages_seen {
    uint64_t *hashes; /* of their addresses */
    size_t count;
};
/* Enter the next page.  -1 with *err when it was read before, or is one too many. */
int pages_see(struct pages_seen *seen, const char *url, struct error *err);
void pages_seen_clear(struct pages_seen *seen);

/* The address behind this page, given the object around its list and the first page's address; *out
 * is NULL where there is none, else the caller frees it.  -1 with *err: it leads elsewhere. */
int pages_next(const char *endpoint, const char *first, const cJSON *page, char **out,
               struct error *err);

/* 0, or -1 with *err when not even the first request could be queued. */
int pages_start(struct fetcher *f, const struct pages *spec, struct error *err);

#endif

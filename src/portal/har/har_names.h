/* har_names.h - stable stand-ins for what names a publisher, its offers and its people. */
#ifndef HAR_NAMES_H
#define HAR_NAMES_H

#include "offerstat/error.h"
#include "offerstat/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

/* Each kind is counted from 1: "offer-1". */
enum har_kind {
    HAR_KIND_PUBLISHER,
    HAR_KIND_OFFER,
    HAR_KIND_NAME,
    HAR_KIND_TENANT,
    HAR_KIND_HOST,
    HAR_KIND_PERSON, /* an address of mail */
    HAR_KIND_ID,
    HAR_KIND_JOB,
    HAR_KIND_REQUEST, /* from here on no sentence and no link of one has them in other spellings */
    HAR_KIND_PAGE,
    HAR_KIND_MEMBER, /* the name of a member that offerstat does not read */
    HAR_KIND_VALUE,  /* of a parameter of an address that is not known */
    HAR_KIND_GUID,
    HAR_KIND_NUMBER, /* stand-ins have the order of the numbers */
    HAR_KIND_COUNT
};

struct har_names;

/* 0 with *out, or -1 with *err (no memory). */
int har_names_open(struct har_names **out, struct error *err);
void har_names_close(struct har_names *n); /* NULL is fine */

/* A text that names were to be learned from is dropped; that it failed is not forgotten. */
void har_names_drop(struct har_names *n, struct strbuf *text);

/* Whether memory ran out since it was opened: some names may have no stand-in then. */
int har_names_check(const struct har_names *n, struct error *err);

/* Remember a name, ASCII case ignored, so that texts that repeat it get its stand-in.  It keeps the
 * kind it was learned with first. */
void har_names_learn(struct har_names *n, enum har_kind kind, const char *name, size_t len);

/* Remember the long numbers in a text. */
void har_names_learn_numbers(struct har_names *n, const char *text);

/* Whether a text has a long number. */
bool har_names_has_number(const char *text);

/* Remember the hosts of addresses in a text, which may stand without "https://" elsewhere. */
void har_names_learn_hosts(struct har_names *n, const char *text);

/* All numbers are known: put them in order.  Before the first replacement of one. */
void har_names_sort_numbers(struct har_names *n);

/* Whether a name was learned. */
bool har_names_has(const struct har_names *n, const char *name, size_t len);

/* Append the stand-in of a name, which is learned if it is new. */
void har_names_put(struct har_names *n, enum har_kind kind, const char *name, size_t len,
                   struct strbuf *out);

/* Replace, wherever text has them: names that were learned, GUIDs, long numbers, hosts of addresses
 * other than Microsoft's own, addresses of mail. */
void har_names_replace(struct har_names *n, struct strbuf *text);

/* The same, but for its tags, whose names an offer may have. */
void har_names_replace_html(struct har_names *n, struct strbuf *html);

/* With its dashes or without them. */
bool har_is_guid(const char *text, size_t len);

/* How many bytes the host at p has, without a port. */
size_t har_host_length(const char *p);

/* Whether the host names no one: this machine, or a service that everyone uses. */
bool har_host_is_public(const char *host, size_t len);

#endif

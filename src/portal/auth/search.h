/* search.h - finding a token for a sign-in. */
#ifndef AUTH_SEARCH_H
#define AUTH_SEARCH_H

#include "offerstat/error.h"

#include <stdbool.h>
#include <stddef.h>

struct signin;
struct signin_method;

/* 0, or -1 with *err: no source has that name.  NULL is fine. */
int search_check_method(const char *name, struct error *err);

/* Whether the sign-in may use that source. */
bool search_wants(const struct signin *s, const struct signin_method *m);

/* Ask this one source and wait for its answer.  One of enum source_answer but SOURCE_ASKING; after
 * SOURCE_GAVE the sign-in has the token. */
int search_ask(struct signin *s, const struct signin_method *m, struct error *err);

/* Ask the sources in their order, until one has to be waited for. */
void search_begin(struct signin *s);

/* Continue all searches that were begun until each has ended: the sign-in has its token, or
 * s->failure and s->failed_ms.  Their requests run side by side, on one transport; the Azure CLI,
 * whose cache allows one call at a time, runs once after the other. */
void search_run(struct signin *const *all, size_t count);

#endif

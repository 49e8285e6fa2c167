/* search.h - which source gives a sign-in its token. */
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

/* Ask the sources in their order, as far as that goes without waiting. */
void search_begin(struct signin *s);

/* Go on with all searches that were begun until each has ended: the sign-in has its token, or
 * s->failure and s->failed_ms.  The requests of all are under way side by side; what has to wait
 * otherwise (the Azure CLI, whose cache bears one call at a time) goes one after another.  They
 * share a transport. */
void search_run(struct signin *const *all, size_t count);

#endif

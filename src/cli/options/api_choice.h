/* api_choice.h - which APIs a run reads: what --api names, and what `auto` stands for. */
#ifndef OPTIONS_API_CHOICE_H
#define OPTIONS_API_CHOICE_H

#include "offerstat/error.h"
#include "offerstat/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

struct settings;

/* Sets of APIs have a bit for each place of portal_api_name. */

/* The set that an API's name, "all" or a list such as "ingestion,graph" stands for, 0 for "auto".
 * -1 with *err (ERR_USAGE): an unknown word. */
int api_set_parse(const char *value, unsigned *set, struct error *err);
unsigned api_set_of(const char *api);
bool api_set_has(unsigned set, const char *api);
bool api_set_has_several(unsigned set);
const char *api_set_first(unsigned set); /* NULL: it is empty */
void api_set_print(struct strbuf *out, unsigned set, const char *separator);

/* The APIs that `auto` stands for: with a ready token the one that the token names (NULL: it names
 * none, so the default API), without a token all. */
unsigned api_set_of_auto(bool has_token, const char *token_api);

/* Whether --auth lets a ready token be used. */
bool api_takes_ready_token(const struct settings *s);

/* Decide from --api what is read.  A command that reads no offers asks one API, and `auto` is the
 * default API for it.  A ready token from a pipe is read here, and kept.  -1 with *err (ERR_USAGE):
 * the pipe has no token. */
int api_choose(struct settings *s, bool reads_offers, struct error *err);
void api_choose_one(struct settings *s, const char *api);
void api_choose_all(struct settings *s);

#endif

/* page.h - the opaque tokens by which the services name a page of a list. */
#ifndef EMULATOR_PAGE_H
#define EMULATOR_PAGE_H

#include <stdbool.h>
#include <stddef.h>

/* Base64 of `prefix`, the page's number in hexadecimal and `suffix`. */
void page_token_write(const char *prefix, unsigned long number, const char *suffix, char *out,
                      size_t out_size);

/* The number in such a token; false where it does not begin with the prefix. */
bool page_token_read(const char *token, const char *prefix, unsigned long *number);

#endif

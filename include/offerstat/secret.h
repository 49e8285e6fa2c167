/* secret.h - overwriting text that must not stay in memory. */
#ifndef OFFERSTAT_SECRET_H
#define OFFERSTAT_SECRET_H

#include <stddef.h>

/* Overwrite size bytes with zeros; the compiler may not leave it out. */
void secret_wipe(void *memory, size_t size);

/* Wipe and free a text; NULL is fine. */
void secret_free(char *text);

#endif

/* secret.c - memory that held a secret is overwritten. */
#define _DEFAULT_SOURCE /* explicit_bzero */
#include "offerstat/secret.h"

#include <stdlib.h>
#include <string.h>

void secret_wipe(void *memory, size_t size)
{
    explicit_bzero(memory, size);
}

void secret_free(char *text)
{
    if (text != NULL) {
        secret_wipe(text, strlen(text));
        free(text);
    }
}

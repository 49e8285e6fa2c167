/* secret.c - memory that held a secret is overwritten. */
#include "offerstat/secret.h"

#include <stdlib.h>
#include <string.h>

void secret_wipe(void *memory, size_t size)
{
    volatile unsigned char *p = memory;

    while (size-- > 0) {
        *p++ = 0;
    }
}

void secret_free(char *text)
{
    if (text != NULL) {
        secret_wipe(text, strlen(text));
        free(text);
    }
}

/* page.c - tokens that name a page: base64 of a little JSON, as the services have it. */
#include "page.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOKEN_MAX 256

void page_token_write(const char *before, unsigned long number, const char *after, char *out,
                      size_t room)
{
    char text[TOKEN_MAX];
    unsigned char coded[TOKEN_MAX * 2];
    int len = snprintf(text, sizeof(text), "%s%08lX%s", before, number, after);

    (void)EVP_EncodeBlock(coded, (const unsigned char *)text, len);
    snprintf(out, room, "%s", (const char *)coded);
}

bool page_token_read(const char *token, const char *before, unsigned long *number)
{
    unsigned char text[TOKEN_MAX + 1] = { 0 };
    char coded[TOKEN_MAX + 1];
    size_t len = strlen(token), before_len = strlen(before);
    char *end = NULL;

    if (len > TOKEN_MAX) {
        return false;
    }
    for (size_t i = 0; i <= len; i++) {
        coded[i] = (char)(token[i] == ' ' ? '+' : token[i]); /* a plus that nobody has encoded */
    }
    if (EVP_DecodeBlock(text, (const unsigned char *)coded, (int)len) < (int)before_len ||
        strncmp((const char *)text, before, before_len) != 0) {
        return false;
    }
    *number = strtoul((const char *)text + before_len, &end, 16);
    return end != (const char *)text + before_len && *number < 1000000000;
}

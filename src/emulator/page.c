/* page.c - tokens that name a page: base64 of a short JSON text, as the services make them. */
#include "page.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOKEN_MAX 256

void page_token_write(const char *prefix, unsigned long number, const char *suffix, char *out,
                      size_t out_size)
{
    char text[TOKEN_MAX];
    unsigned char coded[TOKEN_MAX * 2];
    int len = snprintf(text, sizeof(text), "%s%08lX%s", prefix, number, suffix);

    EVP_EncodeBlock(coded, (const unsigned char *)text, len);
    snprintf(out, out_size, "%s", (const char *)coded);
}

bool page_token_read(const char *token, const char *prefix, unsigned long *number)
{
    unsigned char text[TOKEN_MAX + 1] = { 0 };
    char coded[TOKEN_MAX + 1];
    size_t len = strlen(token), prefix_len = strlen(prefix);
    char *end = NULL;

    if (len > TOKEN_MAX) {
        return false;
    }
    for (size_t i = 0; i <= len; i++) {
        /* Decoding the query made a blank of a plus that the client did not encode. */
        coded[i] = (char)(token[i] == ' ' ? '+' : token[i]);
    }
    if (EVP_DecodeBlock(text, (const unsigned char *)coded, (int)len) < (int)prefix_len ||
        strncmp((const char *)text, prefix, prefix_len) != 0) {
        return false;
    }
    *number = strtoul((const char *)text + prefix_len, &end, 16);
    return end != (const char *)text + prefix_len && *number < 1000000000;
}

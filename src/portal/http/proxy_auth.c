/* proxy_auth.c - the methods of proxy authentication, by the names of the curl tool. */
#include "http/transport_curl_priv.h"

#include <string.h>

/* libcurl chooses among those of a set by what the proxy offers. */
static const struct {
    const char *name;
    unsigned long bits;
} ways[] = {
    { "basic", CURLAUTH_BASIC },         { "digest", CURLAUTH_DIGEST },
    { "negotiate", CURLAUTH_NEGOTIATE }, { "ntlm", CURLAUTH_NTLM },
    { "anysafe", CURLAUTH_ANYSAFE },     { "any", CURLAUTH_ANY },
};
#define WAY_COUNT (sizeof(ways) / sizeof(ways[0]))

const char *transport_proxy_auth(size_t i)
{
    return i < WAY_COUNT ? ways[i].name : NULL;
}

long proxy_auth_bits(const char *name)
{
    for (size_t i = 0; name != NULL && i < WAY_COUNT; i++) {
        if (strcmp(ways[i].name, name) == 0) {
            return (long)ways[i].bits;
        }
    }
    return 0;
}

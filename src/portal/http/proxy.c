/* proxy.c - checking the address in a proxy variable. */
#include "offerstat/proxy.h"

#include "offerstat/redact.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *proxy_variable(void)
{
    static const char *const names[] = { "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && *value != '\0') {
            return names[i];
        }
    }
    return NULL;
}

static bool is_proxy_scheme(const char *scheme)
{
    static const char *const schemes[] = { "http",    "https",  "socks",  "socks4",
                                           "socks4a", "socks5", "socks5h" };

    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        if (strcasecmp(scheme, schemes[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* An unencoded '/', '?' or '#' in a password ends the host for a parser, and "user:12/3@host" names
 * the host "user": so what comes after the host must be nothing, and '@' comes once. */
static bool is_address(const char *value)
{
    const char *begin = strstr(value, "://"), *at, *end;

    begin = begin != NULL ? begin + 3 : value;
    at = strchr(begin, '@');
    end = begin + strcspn(begin, "/?#");
    return (at == NULL || strchr(at + 1, '@') == NULL) && strspn(end, "/") == strlen(end) &&
           strpbrk(value, " \t\r\n\\") == NULL;
}

static int hide_part(CURLU *url, CURLUPart part, unsigned flags, struct error *err)
{
    char *text = NULL;
    int rc = 0;

    if (curl_url_get(url, part, &text, flags) == CURLUE_OK) {
        rc = redact_add(text, err);
    }
    curl_free(text);
    return rc;
}

int proxy_check(struct error *err)
{
    const char *name = proxy_variable(), *value = name != NULL ? getenv(name) : NULL;
    CURLU *url;
    char *scheme = NULL;
    bool good;
    int rc = 0;

    if (value == NULL) {
        return 0;
    }
    url = curl_url();
    if (url == NULL) {
        return error_memory(err);
    }
    /* As libcurl reads it: without a scheme it is an HTTP proxy. */
    good = curl_url_set(url, CURLUPART_URL, value, CURLU_NON_SUPPORT_SCHEME | CURLU_GUESS_SCHEME) ==
               CURLUE_OK &&
           curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
           (strstr(value, "://") == NULL || is_proxy_scheme(scheme)) && is_address(value);
    if (!good) {
        rc = error_set(err, ERR_USAGE,
                       "%s is not the address of a proxy, such as http://host:port (a user and "
                       "password stand before the host and an @; in them, # / ? @ : %% are "
                       "written %%23 %%2F %%3F %%40 %%3A %%25)",
                       name);
    } else if (hide_part(url, CURLUPART_PASSWORD, 0, err) != 0 ||
               hide_part(url, CURLUPART_PASSWORD, CURLU_URLDECODE, err) != 0) {
        rc = -1;
    }
    curl_free(scheme);
    curl_url_cleanup(url);
    return rc;
}

/* url.c - URLs, parsed by libcurl's own parser, so that what is checked here is what libcurl will
 * connect to. */
#include "http/url.h"

#include "offerstat/redact.h"
#include "offerstat/strbuf.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What counts as this machine: plain http is allowed to it alone, and it is never reached through a
 * proxy.  libcurl has normalised numeric hosts (0x7f.1) already; what is still no address
 * (127.0.0.256) would be looked up as a name. */
static bool host_is_loopback(const char *host)
{
    struct in_addr address;

    if (strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0) {
        return true;
    }
    return inet_pton(AF_INET, host, &address) == 1 && ntohl(address.s_addr) >> 24 == 127;
}

static bool has_part(CURLU *url, CURLUPart part)
{
    char *text = NULL;
    bool has = curl_url_get(url, part, &text, 0) == CURLUE_OK;

    curl_free(text);
    return has;
}

static bool host_is_link_local(const char *host)
{
    unsigned octets[4];
    char rest;

    return sscanf(host, "%3u.%3u.%3u.%3u%c", &octets[0], &octets[1], &octets[2], &octets[3],
                  &rest) == 4 &&
           octets[0] == 169 && octets[1] == 254 && octets[2] < 256 && octets[3] < 256;
}

static bool host_is(const char *text, bool (*test)(const char *host))
{
    CURLU *url = curl_url();
    char *host = NULL;
    bool is = url != NULL && curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK &&
              curl_url_get(url, CURLUPART_HOST, &host, 0) == CURLUE_OK && test(host);

    curl_free(host);
    curl_url_cleanup(url);
    return is;
}

bool url_is_loopback(const char *text)
{
    return host_is(text, host_is_loopback);
}

bool url_is_link_local(const char *text)
{
    return host_is(text, host_is_link_local);
}

void url_host(const char *text, char *out, size_t out_size)
{
    CURLU *url = curl_url();
    char *host = NULL, *port = NULL;

    if (url != NULL && curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK) {
        curl_url_get(url, CURLUPART_HOST, &host, 0);
        curl_url_get(url, CURLUPART_PORT, &port, CURLU_NO_DEFAULT_PORT);
    }
    snprintf(out, out_size, "%s%s%s", host != NULL ? host : "the service", port != NULL ? ":" : "",
             port != NULL ? port : "");
    curl_free(host);
    curl_free(port);
    curl_url_cleanup(url);
}

bool url_is_safe(const char *text)
{
    return strncasecmp(text, "https://", 8) == 0 || url_is_loopback(text);
}

int url_endpoint(const char *text, char **out, bool *loopback, struct error *err)
{
    CURLU *url = curl_url();
    char *scheme = NULL, *host = NULL, *whole = NULL, *copy = NULL;
    CURLUcode code;
    int rc = -1;

    if (url == NULL) {
        return error_memory(err);
    }
    code = curl_url_set(url, CURLUPART_URL, text, 0);
    if (code == CURLUE_OK) {
        code = curl_url_get(url, CURLUPART_SCHEME, &scheme, 0);
    }
    if (code == CURLUE_OK) {
        code = curl_url_get(url, CURLUPART_HOST, &host, 0);
    }
    if (code == CURLUE_OK) {
        code = curl_url_get(url, CURLUPART_URL, &whole, 0);
    }
    if (code == CURLUE_OUT_OF_MEMORY) {
        error_memory(err);
        goto done;
    }
    if (code != CURLUE_OK) {
        error_set(err, ERR_USAGE, "\"%s\" is not a URL such as https://host", text);
        goto done;
    }
    *loopback = host_is_loopback(host);
    if (has_part(url, CURLUPART_USER) || has_part(url, CURLUPART_PASSWORD) ||
        has_part(url, CURLUPART_QUERY) || has_part(url, CURLUPART_FRAGMENT)) {
        error_set(err, ERR_USAGE, "only scheme, host and prefix: no user, no query, no fragment");
        goto done;
    }
    if (strcmp(scheme, "https") != 0 && !(strcmp(scheme, "http") == 0 && *loopback)) {
        error_set(err, ERR_USAGE,
                  "%s: only https is allowed (http only on loopback), since the token would be "
                  "readable on the way",
                  whole);
        goto done;
    }
    copy = strdup(whole);
    if (copy == NULL) {
        error_memory(err);
        goto done;
    }
    for (size_t len = strlen(copy); len > 0 && copy[len - 1] == '/'; len--) {
        copy[len - 1] = '\0';
    }
    *out = copy;
    rc = 0;
done:
    curl_free(scheme);
    curl_free(host);
    curl_free(whole);
    curl_url_cleanup(url);
    return rc;
}

/* Ignores case, since libcurl does not change that of a host.  A zone id that both lack is the
 * same. *code is set when memory runs out. */
static bool same_part(CURLU *a, CURLU *b, CURLUPart part, CURLUcode *code)
{
    char *ta = NULL, *tb = NULL;
    CURLUcode first = curl_url_get(a, part, &ta, CURLU_DEFAULT_PORT);
    CURLUcode second = curl_url_get(b, part, &tb, CURLU_DEFAULT_PORT);
    bool same = first == second &&
                (first == CURLUE_NO_ZONEID || (first == CURLUE_OK && strcasecmp(ta, tb) == 0));

    if (first == CURLUE_OUT_OF_MEMORY || second == CURLUE_OUT_OF_MEMORY) {
        *code = CURLUE_OUT_OF_MEMORY;
    }
    curl_free(ta);
    curl_free(tb);
    return same;
}

static bool same_origin(CURLU *a, CURLU *b, CURLUcode *code)
{
    char *user = NULL;
    CURLUcode has_user = curl_url_get(b, CURLUPART_USER, &user, 0);

    curl_free(user);
    if (has_user != CURLUE_NO_USER) {
        *code = has_user == CURLUE_OUT_OF_MEMORY ? has_user : *code;
        return false;
    }
    return same_part(a, b, CURLUPART_SCHEME, code) && same_part(a, b, CURLUPART_HOST, code) &&
           same_part(a, b, CURLUPART_PORT, code) && same_part(a, b, CURLUPART_ZONEID, code);
}

int url_resolve(const char *base, const char *ref, char **out, struct error *err)
{
    CURLU *from = curl_url();
    CURLU *to = curl_url();
    char *whole = NULL, *copy, shown[200];
    CURLUcode code;
    bool same;
    int rc = -1;

    if (from == NULL || to == NULL) {
        error_memory(err);
        goto done;
    }
    code = curl_url_set(from, CURLUPART_URL, base, 0);
    if (code == CURLUE_OK) {
        code = curl_url_set(to, CURLUPART_URL, base, 0);
    }
    if (code == CURLUE_OK) {
        code = curl_url_set(to, CURLUPART_URL, ref, 0); /* libcurl resolves it against base */
    }
    if (code == CURLUE_OK) {
        code = curl_url_get(to, CURLUPART_URL, &whole, 0);
    }
    same = code == CURLUE_OK && same_origin(from, to, &code);
    if (code == CURLUE_OUT_OF_MEMORY) {
        error_memory(err);
        goto done;
    }
    if (code != CURLUE_OK) {
        redact_excerpt(shown, sizeof(shown), ref);
        error_set(err, ERR_ANSWER, "points to \"%s\", which is not a URL", shown);
        goto done;
    }
    if (!same) {
        redact_excerpt(shown, sizeof(shown), whole);
        error_set(err, ERR_ANSWER,
                  "points to a different origin (%s); the token was not sent "
                  "there",
                  shown);
        goto done;
    }
    copy = strdup(whole);
    if (copy == NULL) {
        error_memory(err);
        goto done;
    }
    *out = copy;
    rc = 0;
done:
    curl_free(whole);
    curl_url_cleanup(from);
    curl_url_cleanup(to);
    return rc;
}

/* "https://host/prefix" -> "/prefix", "" without one. */
static const char *prefix_of(const char *endpoint)
{
    const char *host = strstr(endpoint, "://");
    const char *slash = host != NULL ? strchr(host + 3, '/') : NULL;

    return slash != NULL ? slash : "";
}

bool url_has_scheme(const char *link)
{
    size_t len = strcspn(link, ":/?#");

    return len > 0 && link[len] == ':';
}

static void put_encoded(struct strbuf *out, const char *link)
{
    for (; *link != '\0'; link++) {
        unsigned char c = (unsigned char)*link;
        if (c <= ' ' || c >= 0x7F || strchr("\"<>\\^`{|}", c) != NULL) {
            strbuf_printf(out, "%%%02X", (unsigned)c);
        } else {
            strbuf_append(out, link, 1);
        }
    }
}

int url_join(const char *endpoint, const char *link, char **out, struct error *err)
{
    const char *prefix = prefix_of(endpoint);
    struct strbuf url = STRBUF_SECRET((size_t)8 * 1024 * 1024);
    size_t len = strlen(prefix);
    int rc;

    if (!url_has_scheme(link) && strncmp(link, "//", 2) != 0) {
        size_t keep = strlen(endpoint);
        if (len > 0 && strncmp(link, prefix, len) == 0 && link[len] == '/') {
            keep -= len; /* the link repeats the prefix */
        }
        strbuf_append(&url, endpoint, keep);
        if (*link != '/') {
            strbuf_puts(&url, "/");
        }
    }
    put_encoded(&url, link);
    if (url.failed) {
        rc = error_memory(err);
    } else {
        rc = url_resolve(endpoint, strbuf_text(&url), out, err);
    }
    strbuf_clear(&url);
    return rc;
}

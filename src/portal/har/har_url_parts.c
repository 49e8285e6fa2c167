/* har_url_parts.c - an address taken apart. */
#include "har/har_url_parts.h"

#include "offerstat/text.h"

#include <string.h>

/* Where user, password and host begin: after "https://", or "//" for the scheme that was asked
 * with; NULL: it is a path. */
static const char *find_authority(const char *url)
{
    const char *slashes = strstr(url, "//");

    if (slashes == url) {
        return url + 2;
    }
    if (slashes == NULL || slashes[-1] != ':' || strcspn(url, "/?#") < (size_t)(slashes - url)) {
        return NULL;
    }
    return slashes + 2;
}

struct har_url_parts har_url_take_apart(const char *url)
{
    struct har_url_parts p = { .scheme = url, .host = url, .authority = url };
    const char *authority = find_authority(url);

    p.end = url + strcspn(url, "#");
    if (authority != NULL) {
        p.host = authority;
        p.authority = authority;
        p.path = authority + strcspn(authority, "/?#");
        for (const char *at = authority; at < p.path; at++) {
            if (*at == '@') {
                p.host = at + 1;
            }
        }
    } else {
        p.path = url;
    }
    p.query = p.path + strcspn(p.path, "?#");
    return p;
}

bool har_url_is_parameter(const char *name, size_t len, const char *wanted)
{
    size_t at = 0;

    if (len >= 3 && strncmp(name, "%24", 3) == 0) {
        name += 3;
        len -= 3;
    } else if (len > 0 && *name == '$') {
        name++;
        len--;
    }
    while (at < len && text_lower(name[at]) == text_lower(wanted[at])) {
        at++;
    }
    return at == len && wanted[at] == '\0';
}

static int hex_value(char c)
{
    const char *digits = "0123456789abcdef";
    const char *digit = c != '\0' ? strchr(digits, text_lower(c)) : NULL;

    return digit != NULL ? (int)(digit - digits) : -1;
}

void har_url_decode(const char *p, size_t len, struct strbuf *out)
{
    for (size_t i = 0; i < len; i++) {
        int high = p[i] == '%' && i + 2 < len ? hex_value(p[i + 1]) : -1;
        int low = high >= 0 ? hex_value(p[i + 2]) : -1;
        char c = p[i];
        if (low >= 0 && high * 16 + low != 0) {
            c = (char)(high * 16 + low);
            i += 2;
        }
        strbuf_append(out, &c, 1);
    }
}

void har_url_encode(const char *p, size_t len, struct strbuf *out)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)p[i];
        if (c > 0x20 && c < 0x7F && strchr("\"#%&+<>?\\^`{|}", c) == NULL) {
            strbuf_append(out, &p[i], 1);
        } else {
            strbuf_printf(out, "%%%02X", c);
        }
    }
}

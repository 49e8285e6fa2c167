/* raw.c - a raw GET, and a probe of the token. */
#include "api/api.h"
#include "http/url.h"

#include <stdlib.h>
#include <string.h>

/* The state of one request. */
struct raw {
    struct strbuf body;
    struct error failure;
};

static int raw_on_body(void *user, char *data, size_t len, struct error *err)
{
    struct raw *raw = user;

    strbuf_append(&raw->body, data, len);
    return raw->body.failed ? error_memory(err) : 0;
}

static int raw_on_whole(void *user, struct error *err)
{
    (void)user;
    (void)err;
    return 0;
}

static int raw_on_restart(void *user)
{
    struct raw *raw = user;

    strbuf_reset(&raw->body);
    return 0;
}

static void raw_on_done(void *user, const struct error *err)
{
    struct raw *raw = user;

    if (err != NULL) {
        raw->failure = *err;
    }
}

static int raw_get(struct portal *p, const char *url, struct raw *raw, struct error *err)
{
    struct transport *t = p->fetcher.transport;
    const struct fetch fetch = { .url = url,
                                 .header = p->header,
                                 .user = raw,
                                 .body = raw_on_body,
                                 .whole = raw_on_whole,
                                 .restart = raw_on_restart,
                                 .done = raw_on_done };

    strbuf_reset(&raw->body);
    if (fetch_start(&p->fetcher, &fetch, err) != 0 || t->run(t, err) != 0) {
        return -1;
    }
    if (raw->failure.code != ERR_NONE) {
        *err = raw->failure;
        return -1;
    }
    return 0;
}

/* The whole URL: below the API's own path, or below the endpoint if path begins with a slash. */
static int address_of(struct portal *p, const char *path, char **out, struct error *err)
{
    struct strbuf url = STRBUF_INIT((size_t)1024 * 1024);
    const char *version = p->api->version;
    int rc;

    if (strchr(path, '#') != NULL) { /* what follows '#' is not sent, and so not the version */
        return error_set(err, ERR_USAGE, "a \"#\" ends a URL: within one write %%23");
    }
    if (*path != '/' && !url_has_scheme(path)) {
        strbuf_puts(&url, p->api->base);
        strbuf_puts(&url, "/");
    }
    strbuf_puts(&url, path);
    if (version != NULL) { /* as each call of these APIs needs it */
        size_t name = strcspn(version, "=") + 1;
        const char *at = strchr(path, '?');
        while (at != NULL && strncmp(at + 1, version, name) != 0) {
            at = strchr(at + 1, '&');
        }
        if (at == NULL) {
            strbuf_puts(&url, strchr(path, '?') != NULL ? "&" : "?");
            strbuf_puts(&url, version);
        }
    }
    rc = url.failed ? error_memory(err) : url_join(p->endpoint, strbuf_text(&url), out, err);
    if (rc != 0 && err->code == ERR_ANSWER) {
        err->code = ERR_USAGE; /* the user gave the path */
    }
    strbuf_clear(&url);
    return rc;
}

struct next_page {
    const char *endpoint, *first;
    char *url;
};

static int raw_on_rest(void *user, char *text, size_t len, bool has_list, struct error *err)
{
    struct next_page *next = user;
    struct arena arena = ARENA_INIT;
    cJSON *object = json_parse(text, len, NULL, &arena, err);
    int rc = object == NULL ? -1
             : has_list     ? pages_next(next->endpoint, next->first, object, &next->url, err)
                            : 0;

    arena_clear(&arena);
    return rc;
}

/* Parse a copy, since parsing may write to it. */
static int find_next(const struct portal *p, const struct raw *raw, const char *first, char **out,
                     struct error *err)
{
    struct next_page next = { .endpoint = p->endpoint, .first = first };
    struct json_split split = {
        .user = &next, .list = "value", .rest = raw_on_rest, .element_max = JSON_ELEMENT_MAX
    };
    const char *body = json_skip_mark(strbuf_text(&raw->body));
    char *copy;
    int rc;

    if (body[strspn(body, " \t\r\n")] != '{') {
        return 0; /* no page */
    }
    copy = strdup(body);
    if (copy == NULL) {
        return error_memory(err);
    }
    rc =
        json_split_feed(&split, copy, strlen(copy), err) == 0 ? json_split_finish(&split, err) : -1;
    json_split_clear(&split);
    free(copy);
    *out = next.url;
    return rc;
}

int portal_get(struct portal *p, const char *path, bool paginate, portal_page give, void *user,
               struct error *err)
{
    struct raw raw = { .body = STRBUF_INIT(BODY_MAX) };
    struct pages_seen seen = { 0 };
    char *first = NULL, *url = NULL, *next = NULL;
    int rc = address_of(p, path, &url, err);

    first = url != NULL ? strdup(url) : NULL;
    rc = url != NULL && first == NULL ? error_memory(err) : rc;
    while (rc == 0 && url != NULL) {
        rc = pages_see(&seen, url, err) == 0 ? raw_get(p, url, &raw, err) : -1;
        if (rc != 0 && err->http == 404 && seen.count > 1 && p->api->end_is_404) {
            rc = 0; /* as in pages.c */
            break;
        }
        rc = rc == 0 ? give(user, strbuf_text(&raw.body), raw.body.len, err) : -1;
        next = NULL;
        if (rc == 0 && paginate) {
            rc = find_next(p, &raw, first, &next, err);
        }
        free(url);
        url = next;
    }
    free(url);
    free(first);
    pages_seen_clear(&seen);
    strbuf_clear(&raw.body);
    return rc;
}

int portal_probe(struct portal *p, struct error *err)
{
    struct strbuf url = STRBUF_INIT((size_t)64 * 1024);
    struct raw raw = { .body = STRBUF_INIT(BODY_MAX) };
    int rc;

    portal_url(p, &url);
    if (portal_has_publishers(p)) {
        p->api->publishers_url(&url);
    } else {
        p->api->lookup_url(
            &url, "offerstat-probe"); /* no account has this offer, so the answer is short */
    }
    rc = url.failed ? error_memory(err) : raw_get(p, strbuf_text(&url), &raw, err);
    strbuf_clear(&raw.body);
    strbuf_clear(&url);
    return rc;
}

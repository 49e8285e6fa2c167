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

/* Whether the query of path has the parameter of `version`, "name=value". */
static bool has_version(const char *path, const char *version)
{
    size_t name_len = strcspn(version, "=") + 1;
    const char *at = strchr(path, '?');

    while (at != NULL && strncmp(at + 1, version, name_len) != 0) {
        at = strchr(at + 1, '&');
    }
    return at != NULL;
}

/* The whole URL: below the API's own path, or below the endpoint if path begins with a slash; with
 * the version that each call of the newer APIs needs. */
static int make_url(struct portal *p, const char *path, char **out, struct error *err)
{
    struct strbuf url = STRBUF_INIT((size_t)1024 * 1024);
    const char *version = p->api->version;
    int rc = -1;

    if (strchr(path, '#') != NULL) { /* what follows '#' is not sent, and so not the version */
        return error_set(err, ERR_USAGE, "a \"#\" ends a URL: within one write %%23");
    }
    if (*path != '/' && !url_has_scheme(path)) {
        strbuf_puts(&url, p->api->base);
        strbuf_puts(&url, "/");
    }
    strbuf_puts(&url, path);
    if (version != NULL && !has_version(path, version)) {
        strbuf_puts(&url, strchr(path, '?') != NULL ? "&" : "?");
        strbuf_puts(&url, version);
    }
    if (url.failed) {
        error_memory(err);
    } else {
        rc = url_join(p->endpoint, strbuf_text(&url), out, err);
    }
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
    int rc = -1;

    if (object != NULL && has_list) {
        rc = pages_next(next->endpoint, next->first, object, &next->url, err);
    } else if (object != NULL) {
        rc = 0; /* a document without a list has no next page */
    }
    arena_clear(&arena);
    return rc;
}

/* The URL of the page after this one, which stays NULL after the last.  A copy is parsed, since
 * parsing may write to it. */
static int find_next(const struct portal *p, const struct raw *raw, const char *first, char **out,
                     struct error *err)
{
    struct next_page next = { .endpoint = p->endpoint, .first = first };
    struct json_split split = {
        .user = &next, .list = "value", .rest = raw_on_rest, .element_max = JSON_ELEMENT_MAX
    };
    const char *body = json_skip_mark(strbuf_text(&raw->body));
    char *copy;
    int rc = -1;

    if (body[strspn(body, " \t\r\n")] != '{') {
        return 0; /* no page */
    }
    copy = strdup(body);
    if (copy == NULL) {
        return error_memory(err);
    }
    if (json_split_feed(&split, copy, strlen(copy), err) == 0) {
        rc = json_split_finish(&split, err);
    }
    json_split_clear(&split);
    free(copy);
    if (rc == 0) {
        *out = next.url;
    } else {
        free(next.url);
    }
    return rc;
}

int portal_get(struct portal *p, const char *path, bool paginate, portal_page give, void *user,
               struct error *err)
{
    struct raw raw = { .body = STRBUF_INIT(BODY_MAX) };
    struct pages_seen seen = { 0 };
    char *first = NULL, *further = NULL;
    int rc = -1;

    if (make_url(p, path, &first, err) != 0) {
        goto done;
    }
    for (const char *url = first; url != NULL; url = further) {
        char *next = NULL;
        if (pages_see(&seen, url, err) != 0) {
            goto done;
        }
        if (raw_get(p, url, &raw, err) != 0) {
            if (err->http == 404 && seen.count > 1 && p->api->end_is_404) {
                break; /* as in pages.c */
            }
            goto done;
        }
        if (give(user, strbuf_text(&raw.body), raw.body.len, err) != 0) {
            goto done;
        }
        if (paginate && find_next(p, &raw, first, &next, err) != 0) {
            goto done;
        }
        free(further);
        further = next;
    }
    rc = 0;
done:
    free(further);
    free(first);
    pages_seen_clear(&seen);
    strbuf_clear(&raw.body);
    return rc;
}

int portal_probe(struct portal *p, struct error *err)
{
    struct strbuf url = STRBUF_INIT((size_t)64 * 1024);
    struct raw raw = { .body = STRBUF_INIT(BODY_MAX) };
    int rc = -1;

    portal_url(p, &url);
    if (portal_has_publishers(p)) {
        p->api->publishers_url(&url);
    } else {
        /* No account has this offer, so the answer is short. */
        p->api->lookup_url(&url, "offerstat-probe");
    }
    if (url.failed) {
        error_memory(err);
    } else {
        rc = raw_get(p, strbuf_text(&url), &raw, err);
    }
    strbuf_clear(&raw.body);
    strbuf_clear(&url);
    return rc;
}

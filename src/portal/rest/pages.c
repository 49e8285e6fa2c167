/* pages.c - reading a list page by page, and making sure that it ends. */
#include "rest/pages.h"

#include "http/url.h"
#include "rest/answer.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The member that holds the list in pages of the ingestion and the graph API. */
#define LIST_MEMBER "value"

struct walk {
    struct fetcher *fetcher;
    struct pages spec;
    char *first; /* URL of the first page, to which a continuationToken is added */
    char *next;  /* URL of the next page; NULL: none */
    struct pages_seen seen;
    bool is_further;        /* the current page is not the first, but has the same path */
    size_t before, in_page; /* elements in the pages before, and in this one so far */
};

static uint64_t hash_of(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */

    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    }
    return hash;
}

int pages_see(struct pages_seen *seen, const char *url, struct error *err)
{
    uint64_t hash = hash_of(url), *larger;

    for (size_t i = 0; i < seen->count; i++) {
        if (seen->hashes[i] == hash) {
            return error_set(err, ERR_ANSWER, "page %zu is page %zu again: the list has no end",
                             seen->count + 1, i + 1);
        }
    }
    if (seen->count == PAGES_MAX) {
        return error_set(err, ERR_ANSWER, "the list has more than %d pages", PAGES_MAX);
    }
    /* The room doubles when a power of two is reached. */
    if ((seen->count & (seen->count - 1)) == 0) {
        size_t room = seen->count == 0 ? 1 : 2 * seen->count;
        larger = realloc(seen->hashes, room * sizeof(*larger));
        if (larger == NULL) {
            return error_memory(err);
        }
        seen->hashes = larger;
    }
    seen->hashes[seen->count++] = hash;
    return 0;
}

void pages_seen_clear(struct pages_seen *seen)
{
    free(seen->hashes);
    *seen = (struct pages_seen){ 0 };
}

static void free_walk(struct walk *w)
{
    free(w->first);
    free(w->next);
    pages_seen_clear(&w->seen);
    free(w);
}

static void end(struct walk *w, const struct error *err)
{
    w->spec.done(w->spec.user, err);
    free_walk(w);
}

static int pages_on_element(void *user, size_t index, const cJSON *item, const struct error *bad,
                            struct error *err)
{
    struct walk *w = user;

    if (w->before + index >= JSON_COUNT_MAX) {
        return error_set(err, ERR_ANSWER, "the list has more than %zu elements", JSON_COUNT_MAX);
    }
    w->in_page = index + 1;
    return w->spec.element(w->spec.user, w->before + index, item, bad, err);
}

/* A continuationToken asks for the next page as a parameter of the first page's URL. */
static int continue_with(const char *first, const char *token, char **out, struct error *err)
{
    struct strbuf url = STRBUF_INIT(REQUEST_URL_MAX);

    strbuf_printf(&url, "%s%scontinuationToken=", first, strchr(first, '?') != NULL ? "&" : "?");
    strbuf_put_segment(&url, token);
    *out = url.failed ? NULL : strdup(strbuf_text(&url));
    strbuf_clear(&url);
    return *out != NULL ? 0 : error_memory(err);
}

/* Whether a parameter ("$filter=...", "%24filter=...") has this name; the services ignore case. */
static bool is_named(const char *parameter, const char *name)
{
    if (*name == '$' && strncmp(parameter, "%24", 3) == 0) {
        parameter += 3;
        name++;
    }
    return strncasecmp(parameter, name, strlen(name)) == 0 && parameter[strlen(name)] == '=';
}

/* The parameter of this name in the query of url; NULL: there is none. */
static const char *find_parameter(const char *url, const char *name)
{
    const char *at = strchr(url, '?');

    while (at != NULL && !is_named(at + 1, name)) {
        at = strchr(at + 1, '&');
    }
    return at != NULL ? at + 1 : NULL;
}

/* Some links lack the parameters of the first request: without them the service refuses the page,
 * or returns one of a different list.  Add them again.  0, or -1 with *err; *link, on the heap, may
 * be replaced. */
static int keep_parameters(const char *first, char **link, struct error *err)
{
    static const char *const names[] = { "$filter", "externalId" };
    size_t path = strcspn(first, "?");

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *asked = find_parameter(first, names[i]);
        struct strbuf url = STRBUF_INIT(REQUEST_URL_MAX);
        char *longer;
        if (asked == NULL || strcspn(*link, "?") != path || strncmp(*link, first, path) != 0 ||
            find_parameter(*link, names[i]) != NULL) {
            continue;
        }
        strbuf_printf(&url, "%s%s%.*s", *link, strchr(*link, '?') != NULL ? "&" : "?",
                      (int)strcspn(asked, "&"), asked);
        longer = url.failed ? NULL : strdup(strbuf_text(&url));
        strbuf_clear(&url);
        if (longer == NULL) {
            return error_memory(err);
        }
        free(*link);
        *link = longer;
    }
    return 0;
}

/* The address that a link leads to: relative to the endpoint, as the services mean theirs, but a
 * query alone is one of the same list.  A fragment, which is never sent, is left out, since
 * parameters may be added at the end. */
static int follow(const char *endpoint, const char *first, const char *link, char **out,
                  struct error *err)
{
    struct strbuf url = STRBUF_INIT(REQUEST_URL_MAX);
    int rc = -1;

    if (*link == '?') {
        strbuf_append(&url, first, strcspn(first, "?"));
    }
    strbuf_puts(&url, link);
    if (url.failed) {
        error_memory(err);
    } else {
        rc = url_join(endpoint, strbuf_text(&url), out, err);
    }
    if (rc == 0) {
        (*out)[strcspn(*out, "#")] = '\0';
    }
    strbuf_clear(&url);
    return rc;
}

/* Recorded answers of Partner Center say nextLink, its schema @odata.nextLink; the Product
 * Ingestion API says @nextLink, or gives a token to ask with. */
int pages_next(const char *endpoint, const char *first, const cJSON *page, char **out,
               struct error *err)
{
    static const char *const names[] = { "nextLink", "@odata.nextLink", "@nextLink" };
    const char *link = NULL, *token = NULL;

    *out = NULL;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (json_text(page, "", names[i], &link, err) != 0) {
            return -1;
        }
        if (link != NULL) {
            if (follow(endpoint, first, link, out, err) != 0) {
                return error_wrap(err, "%s", names[i]);
            }
            return keep_parameters(first, out, err);
        }
    }
    if (json_text(page, "", "continuationToken", &token, err) != 0) {
        return -1;
    }
    if (token == NULL) {
        return 0;
    }
    return continue_with(first, token, out, err);
}

static int pages_on_rest(void *user, const cJSON *object, bool has_list, struct error *err)
{
    struct walk *w = user;
    const cJSON *list = NULL;

    if (json_array(object, "", LIST_MEMBER, &list, err) != 0) {
        return -1;
    }
    if (!has_list && w->spec.may_be_bare &&
        cJSON_GetObjectItemCaseSensitive(object, "id") != NULL) {
        struct error none = ERROR_INIT;
        return pages_on_element(w, 0, object, &none, err);
    }
    /* An OData service that fails in the middle of a page puts an error after its list.  Other
     * signs of an error count only when the list is empty. */
    if (answer_has_error(object) || (w->in_page == 0 && answer_is_error(object))) {
        return error_set(err, ERR_ANSWER, "expected a page, found an error document");
    }
    if (!has_list) {
        return error_set(err, ERR_ANSWER, LIST_MEMBER ": is missing");
    }
    return pages_next(w->spec.endpoint, w->first, object, &w->next, err);
}

static int pages_on_restart(void *user)
{
    struct walk *w = user;

    free(w->next);
    w->next = NULL;
    w->in_page = 0;
    if (w->spec.restart == NULL) {
        return 0;
    }
    return w->spec.restart(w->spec.user);
}

static void pages_on_done(void *user, const struct error *err);

/* Ask for a page.  url is copied.  0, or -1 with *err. */
static int read_page(struct walk *w, const char *url, struct error *err)
{
    struct json_get get = { .url = url,
                            .header = w->spec.header,
                            .user = w,
                            .array = w->spec.array,
                            .members = w->spec.members,
                            .element = pages_on_element,
                            .list = w->spec.array ? NULL : LIST_MEMBER,
                            .rest = pages_on_rest,
                            .results = w->spec.results,
                            .results_size = w->spec.results_size,
                            .restart = pages_on_restart,
                            .done = pages_on_done };

    if (pages_see(&w->seen, url, err) != 0) {
        return -1;
    }
    w->before += w->in_page;
    w->in_page = 0;
    return json_get_start(w->fetcher, &get, err);
}

/* Ask for the page after the current one. */
static int read_next_page(struct walk *w, struct error *err)
{
    char *url = w->next;
    int rc;

    w->next = NULL;
    w->is_further = strcspn(url, "?") == strcspn(w->first, "?") &&
                    strncmp(url, w->first, strcspn(url, "?")) == 0;
    rc = read_page(w, url, err);
    free(url);
    return rc;
}

static void pages_on_done(void *user, const struct error *err)
{
    struct walk *w = user;
    struct error failure = ERROR_INIT;

    if (err != NULL) {
        failure = *err;
        if (w->seen.count > 1) {
            error_wrap(&failure, "page %zu", w->seen.count);
        }
        if (err->http == 404 && w->spec.end_is_404 && w->is_further) {
            if (w->spec.ended != NULL) {
                w->spec.ended(w->spec.user, &failure);
            }
            end(w, NULL);
            return;
        }
        end(w, &failure);
        return;
    }
    if (w->spec.page != NULL) {
        w->spec.page(w->spec.user);
    }
    if (w->next == NULL) {
        end(w, NULL);
    } else if (read_next_page(w, &failure) != 0) {
        end(w, &failure);
    }
}

int pages_start(struct fetcher *f, const struct pages *spec, struct error *err)
{
    struct walk *w = calloc(1, sizeof(*w));

    if (w == NULL) {
        return error_memory(err);
    }
    w->fetcher = f;
    w->spec = *spec;
    w->first = strdup(spec->url);
    w->spec.url = NULL;
    if (w->first == NULL) {
        error_memory(err);
    } else if (read_page(w, w->first, err) == 0) {
        return 0;
    }
    free_walk(w);
    return -1;
}

/* json_get.c - one request, whose answer is cut into elements that are checked and parsed. */
#include "rest/json_get.h"

#include "offerstat/redact.h"

#include <stdlib.h>
#include <string.h>

struct transfer {
    struct json_get spec;
    struct error *failure; /* for json_get_wait, in place of spec.done; NULL: json_get_start */
    struct json_split split;
    struct arena parsed; /* the current element */
    cJSON *item;         /* in parsed; NULL until the element is parsed */
    void *before;        /* a copy of spec.results, made before the request */
};

/* A service may repeat a secret in its data, which are shown and written to files.  The recursion
 * ends at JSON_DEPTH_MAX. */
static void hide_secrets(cJSON *item)
{
    for (; item != NULL; item = item->next) {
        if (cJSON_IsString(item)) {
            redact_data(item->valuestring);
        }
        hide_secrets(item->child);
    }
}

static void drop_item(struct transfer *t)
{
    t->item = NULL;
    if (t->spec.secret) {
        arena_wipe(&t->parsed);
    } else {
        arena_reset(&t->parsed);
    }
}

static const char *json_get_on_parse(void *user, const char *text, size_t len)
{
    struct transfer *t = user;
    const char *after;

    t->item = json_parse_element(text, len, t->spec.members, &t->parsed, &after);
    return t->item != NULL ? after : NULL;
}

static int json_get_on_element(void *user, size_t index, char *text, size_t len, struct error *err)
{
    struct transfer *t = user;
    struct error bad; /* set when item stays NULL */
    bool look = !t->spec.secret && redact_may_be_in(text, len);
    int rc;

    if (t->item == NULL) {
        t->item = json_parse(text, len, t->spec.members, &t->parsed, &bad);
    }
    if (look) {
        hide_secrets(t->item);
    }
    rc = t->spec.element(t->spec.user, index, t->item, &bad, err);
    drop_item(t);
    return rc;
}

static int json_get_on_rest(void *user, char *text, size_t len, bool has_list, struct error *err)
{
    struct transfer *t = user;
    cJSON *object = json_parse(text, len, NULL, &t->parsed, err);
    int rc = -1;

    if (object != NULL) {
        if (!has_list) { /* the object around a list has the link to its next page */
            hide_secrets(object);
        }
        rc = t->spec.rest(t->spec.user, object, has_list, err);
    }
    arena_reset(&t->parsed);
    return rc;
}

static int json_get_on_body(void *user, char *data, size_t len, struct error *err)
{
    struct transfer *t = user;

    return json_split_feed(&t->split, data, len, err);
}

static void take_back(struct transfer *t)
{
    if (t->before != NULL) {
        memcpy(t->spec.results, t->before, t->spec.results_size);
    }
}

static int json_get_on_restart(void *user)
{
    struct transfer *t = user;

    take_back(t);
    json_split_reset(&t->split);
    if (t->spec.restart == NULL) {
        return 0;
    }
    return t->spec.restart(t->spec.user);
}

static int json_get_on_whole(void *user, struct error *err)
{
    struct transfer *t = user;

    return json_split_finish(&t->split, err);
}

static void json_get_on_refused(void *user, long status, const char *body, struct error *err)
{
    struct transfer *t = user;

    t->spec.refused(t->spec.user, status, body, err);
}

static void json_get_on_done(void *user, const struct error *err)
{
    struct transfer *t = user;

    if (err != NULL) {
        take_back(t);
    }
    if (t->failure == NULL) {
        t->spec.done(t->spec.user, err);
    } else if (err != NULL) {
        *t->failure = *err;
    }
    json_split_clear(&t->split);
    drop_item(t);
    arena_clear(&t->parsed);
    free(t->before);
    free(t);
}

static int start(struct fetcher *f, const struct json_get *spec, struct error *failure,
                 struct error *err)
{
    struct fetch fetch = { .url = spec->url,
                           .form = spec->form,
                           .bearer = spec->bearer,
                           .header = spec->header,
                           .direct = spec->direct,
                           .body = json_get_on_body,
                           .whole = json_get_on_whole,
                           .refused = spec->refused != NULL ? json_get_on_refused : NULL,
                           .restart = json_get_on_restart,
                           .done = json_get_on_done };
    struct transfer *t = calloc(1, sizeof(*t));

    if (t == NULL) {
        return error_memory(err);
    }
    t->spec = *spec;
    t->spec.url = NULL;
    t->failure = failure;
    t->split.element = spec->element != NULL ? json_get_on_element : NULL;
    t->split.parse = spec->element != NULL ? json_get_on_parse : NULL;
    t->split.array = spec->array;
    t->split.list = spec->list;
    t->split.rest = json_get_on_rest;
    t->split.element_max = JSON_ELEMENT_MAX;
    t->split.carry.secret = spec->secret;
    t->split.user = t;
    fetch.user = t;
    if (spec->results != NULL) {
        t->before = malloc(spec->results_size);
        if (t->before == NULL) {
            free(t);
            return error_memory(err);
        }
        memcpy(t->before, spec->results, spec->results_size);
    }
    if (fetch_start(f, &fetch, err) != 0) {
        free(t->before);
        free(t);
        return -1;
    }
    return 0;
}

int json_get_start(struct fetcher *f, const struct json_get *spec, struct error *err)
{
    return start(f, spec, NULL, err);
}

int json_get_wait(struct fetcher *f, const struct json_get *spec, struct error *err)
{
    struct error failure = ERROR_INIT;

    if (start(f, spec, &failure, err) != 0 || f->transport->run(f->transport, err) != 0) {
        return -1;
    }
    if (failure.code != ERR_NONE) {
        *err = failure;
        return -1;
    }
    return 0;
}

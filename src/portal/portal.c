/* portal.c - the front desk: which APIs there are, and opening one. */
#include "portal_priv.h"

#include "url.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct portal_api *const apis[] = { &api_cpp };

/* First wait up to half a second, doubling up to half a minute. */
#define RETRY_BASE_MS 500
#define RETRY_CAP_MS 30000

static const struct portal_api *find_api(const char *name)
{
    for (size_t i = 0; i < sizeof(apis) / sizeof(apis[0]); i++) {
        if (strcmp(apis[i]->name, name) == 0) {
            return apis[i];
        }
    }
    return NULL;
}

const char *portal_api_name(size_t i)
{
    return i < sizeof(apis) / sizeof(apis[0]) ? apis[i]->name : NULL;
}

const char *portal_default_endpoint(const char *api)
{
    const struct portal_api *found = find_api(api);

    return found != NULL ? found->endpoint : NULL;
}

int portal_check_endpoint(const char *endpoint, bool *loopback, struct error *err)
{
    char *normal = NULL;
    int rc = url_endpoint(endpoint, &normal, loopback, err);

    free(normal);
    return rc;
}

int portal_open(const struct portal_options *options, struct portal **out, struct error *err)
{
    const struct portal_api *api = find_api(options->api);
    struct transport *t = options->transport;
    struct portal *p;
    bool loopback;

    if (api == NULL) {
        return error_set(err, ERR_USAGE, "no API \"%s\"", options->api);
    }
    p = calloc(1, sizeof(*p));
    if (p == NULL) {
        return error_memory(err);
    }
    p->api = api;
    p->fetcher = (struct fetcher){ .transport = t,
                                   .signin = options->signin,
                                   .policy = { options->retries, RETRY_BASE_MS, RETRY_CAP_MS },
                                   .deadline_ms = t->now_ms(t) + options->budget_ms,
                                   .trace = options->trace,
                                   .trace_user = options->trace_user };
    if (url_endpoint(options->endpoint != NULL ? options->endpoint : api->endpoint, &p->endpoint,
                     &loopback, err) != 0) {
        portal_close(p);
        return -1;
    }
    *out = p;
    return 0;
}

void portal_close(struct portal *p)
{
    if (p != NULL) {
        free(p->endpoint);
        free(p);
    }
}

int offer_note(struct arena *a, struct offer *o, bool warning, const char *format, ...)
{
    char text[512];
    struct note *notes;
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    if ((o->note_count & (o->note_count - 1)) == 0) { /* full at every power of two */
        notes = arena_alloc(a, (o->note_count == 0 ? 1 : 2 * o->note_count) * sizeof(*notes));
        if (notes == NULL) {
            return -1;
        }
        if (o->note_count > 0) {
            memcpy(notes, o->notes, o->note_count * sizeof(*notes));
        }
        o->notes = notes;
    }
    notes = (struct note *)o->notes; /* ours, in the arena */
    notes[o->note_count] = (struct note){ .warning = warning, .text = arena_strdup(a, text) };
    if (notes[o->note_count].text == NULL) {
        return -1;
    }
    o->note_count++;
    return 0;
}

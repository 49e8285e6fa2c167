/* portal.c - opening an API. */
#include "api/api.h"

#include "auth/source.h"
#include "http/url.h"
#include "rest/error_body.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* First wait up to half a second, doubling up to half a minute. */
#define RETRY_BASE_MS 500
#define RETRY_CAP_MS 30000

int portal_check_endpoint(const char *endpoint, bool *loopback, struct error *err)
{
    char *normal = NULL;
    int rc = url_endpoint(endpoint, &normal, loopback, err);

    free(normal);
    return rc;
}

void portal_begin_run(struct portal *p)
{
    struct transport *t = p->fetcher.transport;

    p->fetcher.deadline_ms = t->now_ms(t) + p->budget_ms;
    p->fetcher.not_before_ms = 0;
}

int64_t portal_not_before_ms(const struct portal *p)
{
    return p->fetcher.not_before_ms;
}

int portal_open(const struct portal_options *options, struct portal **out, struct error *err)
{
    const struct portal_api *api = portal_find_api(options->api);
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
    p->signin = options->signin;
    p->budget_ms = options->budget_ms;
    p->fetcher = (struct fetcher){ .transport = t,
                                   .credential = signin_credential(options->signin),
                                   .describe = json_error_describe,
                                   .policy = { options->retries, RETRY_BASE_MS, RETRY_CAP_MS },
                                   .trace = options->trace,
                                   .waits = options->waits,
                                   .trace_user = options->trace_user };
    portal_begin_run(p);
    if (options->seller_id != NULL && api->takes_seller_id) {
        char line[64];
        snprintf(line, sizeof(line), "x-ms-publisherId: %.30s", options->seller_id);
        p->header = strdup(line);
        if (p->header == NULL) {
            portal_close(p);
            return error_memory(err);
        }
    }
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
        free(p->header);
        free(p);
    }
}

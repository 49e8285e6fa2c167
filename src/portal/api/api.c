/* api.c - the table of APIs; each is described in its own file. */
#include "api/api.h"
#include "auth/source.h"

#include <string.h>

/* The first is the default. */
static const struct portal_api *const apis[PORTAL_APIS] = { &api_cpp, &api_ingestion, &api_graph };

const struct portal_api *portal_find_api(const char *name)
{
    for (size_t i = 0; i < PORTAL_APIS; i++) {
        if (strcmp(apis[i]->name, name) == 0) {
            return apis[i];
        }
    }
    return NULL;
}

const char *portal_api_name(size_t i)
{
    return i < PORTAL_APIS ? apis[i]->name : NULL;
}

const char *portal_api_title(const char *api)
{
    const struct portal_api *found = portal_find_api(api);

    return found != NULL ? found->title : NULL;
}

const char *portal_default_endpoint(const char *api)
{
    const struct portal_api *found = portal_find_api(api);

    return found != NULL ? found->endpoint : NULL;
}

const struct portal_traits *portal_traits(const char *api)
{
    static const struct portal_traits none = { 0 };
    const struct portal_api *found = portal_find_api(api);

    return found != NULL ? &found->traits : &none;
}

const char *portal_default_api(void)
{
    return apis[0]->name;
}

const char *portal_witness_api(void)
{
    const struct portal_api *best = apis[0];

    for (size_t i = 1; i < PORTAL_APIS; i++) {
        if (apis[i]->witness_rank < best->witness_rank) {
            best = apis[i];
        }
    }
    return best->name;
}

const struct portal_api *portal_find_jobs(void)
{
    for (size_t i = 0; i < PORTAL_APIS; i++) {
        if (apis[i]->job_url != NULL) {
            return apis[i];
        }
    }
    return NULL;
}

const char *portal_jobs_api(void)
{
    const struct portal_api *api = portal_find_jobs();

    return api != NULL ? api->name : NULL;
}

const char *portal_audience_api(const char *audience)
{
    for (size_t i = 0; i < PORTAL_APIS; i++) {
        const struct portal_api *api = apis[i];
        size_t len = strlen(api->traits.audience);
        if (strncmp(api->traits.audience, audience, len) == 0 &&
            (audience[len] == '\0' || strcmp(audience + len, "/") == 0)) {
            return api->name;
        }
        if (api->application_id != NULL && strcmp(api->application_id, audience) == 0) {
            return api->name;
        }
    }
    return NULL;
}

unsigned portal_possible_states(const struct offer *listed, enum witness witness)
{
    const struct portal_api *api = portal_find_api(listed->api);
    unsigned states = ALL_STATES;

    if (api != NULL && api->possible_states != NULL) {
        states = api->possible_states(listed);
    }
    /* The witness may say that an offer with nothing under way was delisted. */
    if (witness == WITNESS_ALWAYS && (states & 1u << STATE_NONE) != 0) {
        states |= 1u << STATE_DELISTED;
    }
    return states;
}

const char *portal_token_api(const char *token)
{
    struct jwt_claims claims;

    jwt_read(token, &claims);
    return portal_audience_api(claims.audience);
}

struct testimony portal_testimony(const struct portal_api *api, const struct offer *o)
{
    return (struct testimony){ .offer = o,
                               .rank = api->witness_rank,
                               .cannot_see_delisted = api->traits.cannot_see_delisted };
}

void portal_url(const struct portal *p, struct strbuf *url)
{
    strbuf_puts(url, p->endpoint);
    strbuf_puts(url, p->api->base);
}

bool portal_has_publishers(const struct portal *p)
{
    return p->api->traits.has_publishers;
}

/* witness.c - asking the Graph API about an offer of a different API. */
#include "offerstat/text.h"
#include "read/reader.h"

#include <stdlib.h>
#include <string.h>

/* The lookup of one offer's product. */
struct lookup {
    struct offer_read *read;
    struct offer_read *found; /* in an arena of its own */
    bool several; /* there are several products of that id, and no GUID says which is meant */
};

static bool is_wanted(const struct offer_read *read)
{
    const struct reader *r = read->reader;
    const struct portal_api *api = read->portal->api;
    bool reads_state = r->query->depth == DEPTH_STATE || r->query->depth == DEPTH_STEPS;

    if (r->query->graph == NULL || api == r->query->graph->api || read->unreadable ||
        !reads_state || r->failed) {
        return false;
    }
    switch (r->query->witness) {
    case WITNESS_NEVER:
        return false;
    case WITNESS_ALWAYS:
        return true;
    case WITNESS_AUTO:
        return api->leaves_open != NULL && api->leaves_open(read);
    }
    return false;
}

/* With `--witness always`, failing to ask is an error. */
static void note_failure(struct offer_read *read, const struct error *why)
{
    struct reader *r = read->reader;
    bool asked_for = r->query->witness == WITNESS_ALWAYS;
    struct error problem = *why, note = *why;
    int rc;

    if (why->code == ERR_MEMORY || why->code == ERR_BUG) {
        read_abort(r, why);
        return;
    }
    error_wrap(&note, "the Graph API could not be asked whether it was delisted");
    rc = offer_note_error(&read->arena, &read->offer, !asked_for, &note);
    if (asked_for) {
        error_wrap(&problem, "offer %s: Graph API", read->offer.id);
        offer_read_problem(read, &problem);
    }
    if (rc != 0) {
        read_no_memory(r);
    }
}

/* Without a sign-in it stays unknown for all such offers whether they were delisted. */
static void stays_open(struct offer_read *read)
{
    if (offer_note(&read->arena, &read->offer, false,
                   "there is no sign-in for the Graph API, and only that API knows whether it was "
                   "delisted") != 0) {
        read_no_memory(read->reader);
    }
}

static bool may_be_asked(struct offer_read *read)
{
    struct reader *r = read->reader;
    struct signin *signin = r->query->graph->signin;
    struct error err = ERROR_INIT;
    unsigned serial;

    if (r->query->witness == WITNESS_AUTO && r->witness_off) {
        stays_open(read);
        return false;
    }
    if (r->witness_asked || signin == NULL || signin_token(signin, &serial, &err) != NULL) {
        r->witness_asked = true;
        return true;
    }
    r->witness_off = signin_is_absent(signin);
    if (r->witness_off && r->query->witness == WITNESS_AUTO) {
        stays_open(read);
    } else {
        note_failure(read, &err);
    }
    return false;
}

/* The Graph API does not support Azure applications, so it is not asked about them. */
static bool is_foreign(struct offer_read *read)
{
    bool foreign =
        read->reader->query->witness == WITNESS_AUTO && offer_type_matches(read->offer.type, "app");

    if (foreign && offer_note(&read->arena, &read->offer, false,
                              "no API knows whether an offer of this type was delisted") != 0) {
        read_no_memory(read->reader);
    }
    return foreign;
}

static int witness_on_product(void *user, size_t index, const cJSON *item, const struct error *bad,
                              struct error *err)
{
    struct lookup *l = user;
    struct offer_read *read = l->read;
    struct reader *r = read->reader;
    const struct portal_api *api = r->query->graph->api;
    struct offer o = { 0 };

    (void)index;
    if (item == NULL) {
        *err = *bad;
        return -1;
    }
    arena_reset(&r->scratch);
    if (api->read_offer(item, DEPTH_STATE, read->offer.publisher, &r->scratch, &o, err) != 0) {
        return -1;
    }
    if (!text_equal_nocase(o.id, read->offer.id) ||
        (read->offer.product_id != NULL &&
         !text_equal_nocase(o.product_id, read->offer.product_id))) {
        return 0; /* a different product with that id */
    }
    if (l->found != NULL) {
        l->several = l->several || !text_equal_nocase(o.product_id, l->found->offer.product_id);
        return 0;
    }
    o.api = api->name;
    l->found = read_new_offer(r, r->query->graph, &o);
    if (l->found == NULL) {
        return error_memory(err);
    }
    l->found->depth = DEPTH_STATE;
    l->found->witness_of = read;
    return 0;
}

static int witness_on_restart(void *user)
{
    struct lookup *l = user;

    l->several = false;
    if (l->found != NULL) {
        offer_read_free(l->found);
        l->found = NULL;
    }
    return 0;
}

static bool is_foreign_to(const struct portal_api *api, const struct error *err)
{
    return api->is_foreign != NULL && api->is_foreign(err);
}

/* Note why the Graph API says nothing about this offer. */
static void say_why(struct offer_read *read, const struct error *err, bool several)
{
    bool foreign = err != NULL && is_foreign_to(read->reader->query->graph->api, err);
    struct error why = ERROR_INIT;

    error_set(&why, ERR_NONE,
              "the Graph API, the only one that knows whether it was delisted, does not know "
              "this offer");

    if (err != NULL && !foreign && err->code != ERR_NOT_FOUND) {
        note_failure(read, err);
        return;
    }
    if (several) {
        error_set(&why, ERR_NONE,
                  "the Graph API has several products of this id; it is not known which of them "
                  "this is");
    } else if (foreign) {
        error_set(&why, ERR_NONE, "no API knows whether an offer of this type was delisted");
    }
    if (offer_note_error(&read->arena, &read->offer, several, &why) != 0) {
        read_no_memory(read->reader);
    }
}

static void witness_on_done(void *user, const struct error *err)
{
    struct lookup *l = user;
    struct offer_read *read = l->read, *found = l->found;
    bool several = l->several;

    free(l);
    if (found != NULL && (err != NULL || several || read->reader->failed)) {
        offer_read_free(found);
        found = NULL;
    }
    if (read->reader->failed) {
        return;
    }
    if (found == NULL) {
        say_why(read, err, several);
        read_finish(read);
        return;
    }
    read->witness = found;
    offer_read_step(found);
}

bool witness_begin(struct offer_read *read)
{
    struct reader *r = read->reader;
    struct portal *witness = r->query->graph;
    struct strbuf url = STRBUF_INIT(REQUEST_URL_MAX);
    struct pages pages = { .element = witness_on_product,
                           .may_be_bare = true,
                           .restart = witness_on_restart,
                           .done = witness_on_done };
    struct error err = ERROR_INIT;
    struct lookup *l;
    bool begun = false;

    if (!is_wanted(read) || is_foreign(read) || !may_be_asked(read)) {
        return false;
    }
    l = calloc(1, sizeof(*l));
    portal_url(witness, &url);
    witness->api->lookup_url(&url, read->offer.id);
    if (l == NULL || url.failed) {
        read_no_memory(r);
    } else {
        l->read = read;
        pages.url = strbuf_text(&url);
        pages.endpoint = witness->endpoint;
        pages.members = witness->api->list_members;
        pages.user = l;
        begun = pages_start(&witness->fetcher, &pages, &err) == 0;
        if (!begun) {
            read_abort(r, &err);
        }
    }
    if (!begun) {
        free(l);
    }
    strbuf_clear(&url);
    return begun;
}

void witness_end(struct offer_read *read)
{
    struct offer_read *w = read->witness;

    if (w == NULL) {
        return;
    }
    if (w->unreadable || w->problem != NULL) {
        struct error nothing = ERROR_INIT;
        error_set(&nothing, ERR_ANSWER, "it says nothing");
        say_why(read, w->problem != NULL ? w->problem : &nothing, false);
        return;
    }
    if (offer_apply_witness(&read->arena, &read->offer, &w->offer) != 0) {
        read_no_memory(read->reader);
    }
}

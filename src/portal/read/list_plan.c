/* list_plan.c - the lists that a read asks for: of publishers, of all products, of one, of a type.
 */
#include "offerstat/text.h"
#include "read/reader.h"

#include <stdlib.h>
#include <string.h>

static int add_listing(struct reader *r, struct portal *p, enum list_kind kind, const char *key,
                       struct error *err);

/* Lists of two publishers have no offer in common, but lists of products overlap: duplicates are
 * known only when all of those are complete. */
static void make_ready(struct listing *listing)
{
    struct reader *r = listing->reader;

    if (listing->kind == LIST_PUBLISHER) {
        listing->ready = true;
        return;
    }
    for (const struct listing *other = r->first; other != NULL; other = other->next) {
        if (other->portal == listing->portal && !other->closed) {
            return;
        }
    }
    drop_duplicates(r, listing->portal);
    for (struct listing *other = r->first; other != NULL; other = other->next) {
        other->ready = other->ready || other->portal == listing->portal;
    }
}

static bool has_list_of_all(const struct reader *r, const struct portal *p)
{
    for (const struct listing *listing = r->first; listing != NULL; listing = listing->next) {
        if (listing->portal == p && listing->kind != LIST_LOOKUP) {
            return true;
        }
    }
    return false;
}

static int list_by_type(struct reader *r, struct portal *p, struct error *err)
{
    struct error notice = ERROR_INIT;
    int rc = 0;

    for (size_t i = 0; rc == 0 && p->api->types[i] != NULL; i++) {
        rc = add_listing(r, p, LIST_TYPE, p->api->types[i], err);
    }
    error_set(&notice, ERR_NONE,
              "the service refuses the list of all products, so each known type is read; an offer "
              "of a different type would be missing");
    r->sink->notice(r->sink->user, LEVEL_INFORMATION, &notice);
    return rc;
}

/* Whether recorded answers have this type, so that the service is known to know it. */
static bool is_recorded(const struct portal_api *api, const char *type)
{
    for (size_t i = 0; i < api->types_recorded; i++) {
        if (strcmp(api->types[i], type) == 0) {
            return true;
        }
    }
    return false;
}

/* What replaces a list that was refused, or that is empty. */
enum substitute {
    SUBSTITUTE_NONE,   /* nothing: the list stays as it is */
    SUBSTITUTE_BEGUN,  /* its offers are known from elsewhere, or are being asked for */
    SUBSTITUTE_FAILED, /* *err says why nothing could be asked */
};

static enum substitute begin_substitute(struct listing *listing, const struct error *why,
                                        struct error *err)
{
    struct reader *r = listing->reader;
    struct portal *p = listing->portal;
    bool refused = why != NULL && why->http == 400 && listing->pages_read == 0;

    switch (listing->kind) {
    case LIST_PUBLISHER:
        break;
    case LIST_ALL:
        if (refused && p->api->types != NULL && strstr(why->text, "x-ms-publisherId") == NULL) {
            return list_by_type(r, p, err) == 0 ? SUBSTITUTE_BEGUN : SUBSTITUTE_FAILED;
        }
        break;
    case LIST_TYPE:
        if (refused && !is_recorded(p->api, listing->key) && p->api->is_no_such_type(why)) {
            return SUBSTITUTE_BEGUN; /* a type that the service does not know has no offers */
        }
        break;
    case LIST_LOOKUP:
        /* It is no id, then: perhaps a name; the full list also allows a "did you mean". */
        if (why == NULL ? listing->elements == 0 : why->code == ERR_NOT_FOUND) {
            if (!has_list_of_all(r, p) && add_listing(r, p, LIST_ALL, NULL, err) != 0) {
                return SUBSTITUTE_FAILED;
            }
            return SUBSTITUTE_BEGUN;
        }
        break;
    }
    return SUBSTITUTE_NONE;
}

/* The list of one type, or of one of several publishers, may be refused by itself; the account is
 * refused with its first list of all. */
static bool refuses_account(const struct listing *listing, const struct error *why)
{
    bool is_all = listing->kind == LIST_ALL || listing->kind == LIST_LOOKUP ||
                  (listing->kind == LIST_PUBLISHER && listing->reader->query->publisher_count == 1);

    return why->http == 403 && listing->pages_read == 0 && is_all;
}

static void report_failure(struct listing *listing)
{
    struct reader *r = listing->reader;
    const struct portal_api *api = listing->portal->api;
    struct error problem = *listing->failure;
    bool foreign = api->is_foreign != NULL && api->is_foreign(&problem);

    if (foreign && listing->kind == LIST_LOOKUP && r->portal_count > 1) {
        return; /* read_account reports it, unless a different API has delivered it */
    }
    if (problem.code == ERR_NOT_FOUND && listing->kind == LIST_PUBLISHER) {
        error_wrap(&problem, "no publisher \"%s\"", listing->key);
    } else {
        if (problem.code == ERR_NOT_FOUND) {
            problem.code = ERR_ANSWER; /* the account exists: it is the answer that is odd */
        }
        listing_wrap(listing, &problem);
    }
    if (!foreign && refuses_account(listing, &problem) && read_not_there(r, api, &problem)) {
        return;
    }
    if (foreign) {
        error_append(&problem, "; --api ingestion reads offers of that type");
    }
    if (listing->kind == LIST_LOOKUP) {
        read_problem(r, api, &problem, listing_publisher(listing), listing->key);
        read_unread(r, listing_publisher(listing), listing->key);
    } else {
        read_problem(r, api, &problem, listing_publisher(listing), NULL);
        if (problem.code != ERR_NOT_FOUND) {
            read_list_broken(r);
        }
    }
}

static void report_end(struct listing *listing)
{
    struct reader *r = listing->reader;
    struct error notice = *listing->ended;

    listing_wrap(listing, &notice);
    if (r->portal_count > 1) {
        error_wrap(&notice, "%s", listing->portal->api->name);
    }
    error_append(&notice, ", treated as the end of the list");
    r->sink->notice(r->sink->user, LEVEL_WARNING, &notice);
}

void lists_report(struct listing *listing)
{
    if (listing->reported) {
        return;
    }
    listing->reported = true;
    listing_report_broken(listing);
    if (listing->ended != NULL) {
        report_end(listing);
    }
    if (listing->failure != NULL && !listing->reader->failed) {
        report_failure(listing);
    }
}

static struct error *keep_error(struct listing *listing, const struct error *why)
{
    struct error *kept = malloc(sizeof(*kept));

    if (kept == NULL) {
        read_no_memory(listing->reader);
        return NULL;
    }
    *kept = *why;
    return kept;
}

static void list_on_ended(void *user, const struct error *why)
{
    struct listing *listing = user;

    listing->ended = keep_error(listing, why);
}

static void list_on_done(void *user, const struct error *err)
{
    struct listing *listing = user;
    struct reader *r = listing->reader;
    struct error failure = ERROR_INIT;
    enum substitute substitute;

    listing->closed = true;
    listing->unstarted = listing->first;
    if (r->failed) {
        return;
    }
    substitute = begin_substitute(listing, err, &failure);
    if (substitute == SUBSTITUTE_FAILED) {
        read_abort(r, &failure);
        return;
    }
    if (err != NULL && substitute == SUBSTITUTE_NONE) {
        listing->failure = keep_error(listing, err);
    }
    /* cppcheck-suppress knownConditionTrueFalse ; there may be no memory for it */
    if (!r->failed) {
        make_ready(listing);
        r->open_lists--;
    }
}

static void put_url(const struct listing *listing, struct strbuf *url)
{
    const struct portal_api *api = listing->portal->api;

    portal_url(listing->portal, url);
    switch (listing->kind) {
    case LIST_PUBLISHER:
    case LIST_ALL:
        api->list_url(url, listing->key);
        break;
    case LIST_LOOKUP:
        api->lookup_url(url, listing->key);
        break;
    case LIST_TYPE:
        api->type_url(url, listing->key);
        break;
    }
}

static size_t place_of(const struct reader *r, const struct portal *p)
{
    size_t i = 0;

    while (i < r->portal_count && r->portals[i] != p) {
        i++;
    }
    return i;
}

/* After all lists of its portal, so that their order does not depend on which answer comes
 * first. */
static void insert_listing(struct reader *r, struct listing *listing)
{
    struct listing **at = &r->first;

    while (*at != NULL && place_of(r, (*at)->portal) <= place_of(r, listing->portal)) {
        at = &(*at)->next;
    }
    listing->next = *at;
    *at = listing;
}

static bool has_listing(const struct reader *r, const struct portal *p, enum list_kind kind,
                        const char *key)
{
    for (const struct listing *listing = r->first; listing != NULL; listing = listing->next) {
        if (listing->portal == p && listing->kind == kind && key != NULL &&
            text_equal_nocase(listing->key, key)) {
            return true;
        }
    }
    return false;
}

static int add_listing(struct reader *r, struct portal *p, enum list_kind kind, const char *key,
                       struct error *err)
{
    struct strbuf url = STRBUF_INIT(REQUEST_URL_MAX);
    struct pages pages = { .endpoint = p->endpoint,
                           .header = p->header,
                           .array = !p->api->pages,
                           .end_is_404 = p->api->end_is_404,
                           .members = p->api->list_members,
                           .element = listing_on_element,
                           .may_be_bare = kind == LIST_LOOKUP,
                           .restart = listing_on_restart,
                           .page = listing_on_page,
                           .ended = list_on_ended,
                           .done = list_on_done };
    struct listing *listing;
    int rc = -1;

    if (has_listing(r, p, kind, key)) {
        return 0; /* named twice, read once */
    }
    listing = calloc(1, sizeof(*listing));
    if (listing == NULL) {
        return error_memory(err);
    }
    *listing = (struct listing){ .reader = r,
                                 .portal = p,
                                 .kind = kind,
                                 .element_problems = REPORT_INIT,
                                 .key = key != NULL ? strdup(key) : NULL };
    listing->last = &listing->first;
    listing->page = &listing->first;
    listing->last_seen = &listing->seen;
    listing->seen_on_page = &listing->seen;
    insert_listing(r, listing);
    r->open_lists++;
    if (key == NULL || listing->key != NULL) {
        put_url(listing, &url);
    }
    if ((key != NULL && listing->key == NULL) || url.failed) {
        error_memory(err);
        goto done;
    }
    pages.url = strbuf_text(&url);
    pages.user = listing;
    rc = pages_start(&p->fetcher, &pages, err);
done:
    strbuf_clear(&url);
    return rc;
}

/* Whether the list of publishers, or its failure, shows that this API refuses the account. */
static bool lacks_account(struct reader *r)
{
    const struct report *account = &r->account;
    struct error why = ERROR_INIT;

    if (account->publisher_count > 0 || account->problem_count > 1) {
        return false;
    }
    if (account->problem_count == 0) {
        return read_not_there(r, r->publishers_of->api, NULL);
    }
    problem_error(&account->problems[0], &why);
    why.http = account->problems[0].http;
    return why.http == 403 && read_not_there(r, r->publishers_of->api, &why);
}

/* The account's publishers have come, when none was named. */
static void list_on_publishers(void *user, const struct error *failure)
{
    struct reader *r = user;
    struct error err = ERROR_INIT;

    if (failure != NULL) {
        read_abort(r, failure);
    }
    if (!r->failed && lacks_account(r)) {
        r->open_lists--;
        return;
    }
    for (size_t i = 0; i < r->account.problem_count && !r->failed; i++) {
        problem_error(&r->account.problems[i], &err);
        read_problem(r, r->publishers_of->api, &err, NULL, NULL);
        read_list_broken(r);
    }
    for (size_t i = 0; i < r->account.publisher_count && !r->failed; i++) {
        if (add_listing(r, r->publishers_of, LIST_PUBLISHER, r->account.publishers[i].id, &err) !=
            0) {
            read_abort(r, &err);
        }
    }
    if (!r->failed) {
        r->open_lists--;
    }
}

static int begin_publishers(struct reader *r, struct portal *p, struct error *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < r->query->publisher_count; i++) {
        rc = add_listing(r, p, LIST_PUBLISHER, r->query->publishers[i], err);
    }
    if (rc == 0 && r->query->publisher_count == 0) {
        r->open_lists++;
        r->publishers_of = p;
        rc = publishers_start(p, &r->account, list_on_publishers, r, err);
    }
    return rc;
}

int lists_begin(struct reader *r, struct portal *p, struct error *err)
{
    int rc = 0;

    r->wait_for_all_lists = r->wait_for_all_lists || r->portal_count > 1 || r->query->merge ||
                            !portal_has_publishers(p);
    if (portal_has_publishers(p)) {
        return begin_publishers(r, p, err);
    }
    for (size_t i = 0; rc == 0 && i < r->query->id_count; i++) {
        rc = add_listing(r, p, LIST_LOOKUP, r->query->ids[i], err);
    }
    return r->query->id_count > 0 ? rc : add_listing(r, p, LIST_ALL, NULL, err);
}

void lists_clear(struct reader *r)
{
    while (r->first != NULL) {
        struct listing *next = r->first->next;
        listing_drop_reads(r->first, &r->first->first);
        report_clear(&r->first->element_problems);
        arena_clear(&r->first->sightings);
        free(r->first->failure);
        free(r->first->ended);
        free(r->first->key);
        free(r->first);
        r->first = next;
    }
    while (r->refused != NULL) {
        struct offer_read *next = r->refused->next;
        offer_read_free(r->refused);
        r->refused = next;
    }
    arena_clear(&r->kept);
    arena_clear(&r->scratch);
    report_clear(&r->account);
}

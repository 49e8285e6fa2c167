/* ingestion.c - Partner Center ingestion v1.0: addresses, and which requests a product needs.
 */
#include "api/ingestion_read.h"

#include <string.h>

/* `history` asks for the workflow of the newest submissions, at most so many. */
#define WORKFLOWS_MAX 100

/* Addresses. */

static void list_url(struct strbuf *url, const char *publisher)
{
    (void)publisher;
    strbuf_puts(url, "/products");
}

/* A text in a filter doubles its quotes. */
static void put_literal(struct strbuf *url, const char *text)
{
    struct strbuf quoted = STRBUF_INIT((size_t)2 * JSON_ELEMENT_MAX);

    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            strbuf_puts(&quoted, "'");
        }
        strbuf_append(&quoted, text, 1);
    }
    strbuf_puts(url, "'");
    strbuf_put_segment(url, strbuf_text(&quoted));
    strbuf_puts(url, "'");
    strbuf_drop(url, &quoted);
}

/* As in the recordings of partnercenter-cli-extension. */
static void lookup_url(struct strbuf *url, const char *offer_id)
{
    strbuf_puts(url, "/products?$filter=externalIDs/Any(i:i/type%20eq%20'AzureOfferId'"
                     "%20and%20i/value%20eq%20");
    put_literal(url, offer_id);
    strbuf_puts(url, ")");
}

static void type_url(struct strbuf *url, const char *type)
{
    strbuf_puts(url, "/products?$filter=resourceType%20eq%20");
    put_literal(url, type);
}

static int read_offer(const cJSON *item, enum read_depth depth, const char *publisher,
                      struct arena *a, struct offer *out, struct error *err)
{
    if (ingestion_decode_product(item, publisher, a, out, err) != 0) {
        return -1;
    }
    if (depth == DEPTH_LIST) {
        const struct ingestion_facts facts = { .depth = depth };
        struct ruling ruling = ingestion_decide(&facts);
        offer_apply_ruling(out, &ruling);
        if (offer_note(a, out, false, "the list of this API says nothing about publishing") != 0) {
            return error_memory(err);
        }
    }
    return 0;
}

/* The record is complete without these answers; note that they are missing. */
static int note_failures(struct ingestion_read *c)
{
    struct offer_read *read = c->read;

    if (c->workflow_error != NULL) {
        error_wrap(c->workflow_error, "where it failed could not be read");
        if (offer_note_error(&read->arena, &read->offer, true, c->workflow_error) != 0) {
            return -1;
        }
    }
    if (c->validations_error != NULL) {
        error_wrap(c->validations_error, "why it failed could not be read");
        return offer_note_error(&read->arena, &read->offer, true, c->validations_error);
    }
    return 0;
}

/* Each submission's pushes, once all submissions are known. */
static int advance_history(struct ingestion_read *c, struct error *err)
{
    struct offer *o = &c->read->offer;

    if (c->workflow == UNASKED && c->submissions == GIVEN) {
        c->workflow = GIVEN;
        c->submission_count = o->event_count; /* operations are added after them */
        events_order((struct event *)o->events, o->event_count);
        for (size_t i = 0; i < o->event_count && i < WORKFLOWS_MAX; i++) {
            if (o->events[i].id != NULL &&
                ingestion_ask_workflow(c, o->events[i].id, NULL, err) != 0) {
                return -1;
            }
        }
    }
    if (c->in_flight == 0 && c->submission_count > WORKFLOWS_MAX &&
        offer_note(&c->read->arena, o, true,
                   "operations were read only of the newest %d submissions", WORKFLOWS_MAX) != 0) {
        return error_memory(err);
    }
    if (c->in_flight == 0) {
        events_order((struct event *)o->events, o->event_count);
        c->read->unreadable = c->submissions == FAILED;
        offer_read_answered(c->read);
    }
    return 0;
}

static int ask_more(struct ingestion_read *c, struct error *err)
{
    unsigned needs = ingestion_needs(&c->facts);
    const struct ingestion_submission *s = ingestion_shown(&c->facts);

    if (c->workflow == UNASKED && (needs & INGESTION_GET_WORKFLOW) != 0 &&
        ingestion_ask_workflow(c, s->id, &c->workflow, err) != 0) {
        return -1;
    }
    if (c->validations == UNASKED && (needs & INGESTION_GET_VALIDATIONS) != 0) {
        return ingestion_ask_validations(c, s->id, err);
    }
    return 0;
}

static int advance(struct offer_read *read, struct error *err)
{
    struct ingestion_read *c = read->backend;

    if (c == NULL) {
        c = arena_alloc(&read->arena, sizeof(*c));
        if (c == NULL) {
            return error_memory(err);
        }
        read->backend = c;
        c->read = read;
        c->facts.depth = read->depth;
        return ingestion_ask_submissions(c, err);
    }
    if (c->facts.depth == DEPTH_HISTORY) {
        return advance_history(c, err);
    }
    if (c->workflow == GIVEN) {
        c->facts.steps = read->offer.steps;
        c->facts.step_count = read->offer.step_count;
    }
    if (c->submissions == GIVEN && ask_more(c, err) != 0) {
        return -1;
    }
    if (c->in_flight > 0) {
        return 0;
    }
    read->unreadable = c->submissions == FAILED ||
                       (c->workflow == FAILED && ingestion_rests_on_workflow(&c->facts));
    if (!read->unreadable && (ingestion_fill_record(c) != 0 || note_failures(c) != 0)) {
        return error_memory(err);
    }
    read->offer.steps_known = c->workflow == GIVEN;
    offer_read_answered(read);
    return 0;
}

/* No member of a product or a submission says that an offer was delisted.  Not for a list, whose
 * requests would double. */
static bool leaves_open(const struct offer_read *read)
{
    const struct ingestion_read *c = read->backend;

    return read->offer.live == LIVE_YES && c->facts.depth == DEPTH_STEPS;
}

/* partnercenter-cli-extension names these; the first five occur in recorded answers. */
static const char *const types[] = { "AzureApplication",
                                     "AzureContainer",
                                     "AzureThirdPartyVirtualMachine",
                                     "SoftwareAsAService",
                                     "AzureDynamics365BusinessCentral",
                                     "AzureConsultingService",
                                     "AzureDynamics365ForCustomerEngagement",
                                     "AzureDynamics365ForOperations",
                                     "AzureIoTEdgeModule",
                                     "AzureManagedService",
                                     "AzurePowerBIApp",
                                     "AzurePowerBIVisual",
                                     NULL };

/* The service's error for a type that it does not know (docs/apis.md): ICH50400, with data
 * {"ProductTypeFilter[0]": ["The field is invalid (value 'Application')."]}. */
static bool is_no_such_type(const struct error *err)
{
    return err->http == 400 && strstr(err->text, "ProductTypeFilter[") != NULL;
}

const struct portal_api api_ingestion = {
    .name = "ingestion",
    .title = "Partner Center ingestion API",
    .endpoint = "https://api.partner.microsoft.com",
    .traits = { .cannot_see_delisted = true,
                .audience = "https://api.partner.microsoft.com",
                .person_scope = "user_impersonation" },
    .witness_rank = 2, /* it shows what the Cloud Partner Portal does not */
    .takes_seller_id = true,
    .base = "/v1.0/ingestion",
    .list_url = list_url,
    .lookup_url = lookup_url,
    .type_url = type_url,
    .types = types,
    .types_recorded = 5,
    .is_no_such_type = is_no_such_type,
    .pages = true,
    .end_is_404 = true,
    .list_members = ingestion_product_members,
    .read_offer = read_offer,
    .advance = advance,
    .leaves_open = leaves_open,
};

/* fields.c - one table of fields: titles, keys, help, columns. */
#define _DEFAULT_SOURCE /* localtime_r with its zone */
#include "render_priv.h"

#include "offerstat/timestamp.h"
#include "offerstat/word.h"

#include <string.h>
#include <time.h>

#define ARRAY_COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void put(struct strbuf *out, const char *text)
{
    if (text != NULL) {
        strbuf_puts(out, text);
    }
}

void field_put_time(struct strbuf *out, const char *at, const struct render_options *options)
{
    char text[TIMESTAMP_MAX];
    time_t seconds;
    struct tm local;
    int64_t ms;

    if (at == NULL || timestamp_read(at, &ms, text) != TIMESTAMP_OK) {
        put(out, at);
        return;
    }
    switch (options->time) {
    case RENDER_TIME_UTC:
        timestamp_format(ms, text);
        break;
    case RENDER_TIME_RELATIVE:
        timestamp_relative(ms, options->now_ms, text);
        break;
    case RENDER_TIME_LOCAL:
        seconds = (time_t)(ms / 1000);
        if (localtime_r(&seconds, &local) == NULL ||
            strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S %z", &local) == 0) {
            timestamp_format(ms, text);
        }
        break;
    }
    put(out, text);
}

const char *field_step_name(const struct step *s)
{
    return s->name != NULL ? s->name : s->id != NULL ? s->id : "(no name)";
}

const char *field_state_color(enum offer_state state)
{
    switch (state) {
    case STATE_FAILED:
    case STATE_UNKNOWN:
        return "\033[31m";
    case STATE_PENDING_SIGNOFF:
    case STATE_CANCELED:
        return "\033[33m";
    case STATE_IN_PROGRESS:
        return "\033[36m";
    case STATE_DELISTED:
        return "\033[2m";
    case STATE_NONE:
        return NULL;
    }
    return NULL;
}

/* Plain members: the same text for people and machines. */
#define MEMBER(type, name)                                                                         \
    static void text_##type##_##name(struct strbuf *out, const void *record,                       \
                                     const struct render_options *options)                         \
    {                                                                                              \
        (void)options;                                                                             \
        put(out, ((const struct type *)record)->name);                                             \
    }                                                                                              \
    static void json_##type##_##name(struct strbuf *out, const void *record)                       \
    {                                                                                              \
        json_put_text(out, ((const struct type *)record)->name);                                   \
    }
MEMBER(offer, id)
MEMBER(offer, name)
MEMBER(offer, publisher)
MEMBER(offer, rule)
MEMBER(offer, raw_status)
MEMBER(offer, version)
MEMBER(offer, product_id)
MEMBER(event, offer)
MEMBER(event, api)
MEMBER(event, kind)
MEMBER(event, id)
MEMBER(event, type)
MEMBER(event, state)
MEMBER(event, target)
MEMBER(publisher, id)
MEMBER(publisher, name)
MEMBER(publisher, seller_id)

/* Members of closed vocabularies. */
#define TOKEN(name, token, member)                                                                 \
    static void text_##name(struct strbuf *out, const void *record,                                \
                            const struct render_options *options)                                  \
    {                                                                                              \
        (void)options;                                                                             \
        put(out, token(((const struct offer *)record)->member));                                   \
    }                                                                                              \
    static void json_##name(struct strbuf *out, const void *record)                                \
    {                                                                                              \
        json_put_text(out, token(((const struct offer *)record)->member));                         \
    }
TOKEN(state, state_token, state)
TOKEN(label, state_label, state)
TOKEN(live, live_token, live)
TOKEN(action, action_token, action)
TOKEN(basis, basis_token, basis)

static void text_type(struct strbuf *out, const void *record, const struct render_options *options)
{
    const struct offer *o = record;

    (void)options;
    put(out, o->type != NULL ? offer_type_title(o->type) : NULL);
}

static void json_type(struct strbuf *out, const void *record)
{
    json_put_text(out, ((const struct offer *)record)->type);
}

static void text_changed_at(struct strbuf *out, const void *record,
                            const struct render_options *options)
{
    field_put_time(out, ((const struct offer *)record)->changed_at, options);
}

static void json_changed_at(struct strbuf *out, const void *record)
{
    json_put_text(out, ((const struct offer *)record)->changed_at);
}

static void text_url(struct strbuf *out, const void *record, const struct render_options *options)
{
    char url[OFFER_URL_MAX];

    (void)options;
    put(out, offer_url(record, url));
}

static void json_url(struct strbuf *out, const void *record)
{
    char url[OFFER_URL_MAX];

    json_put_text(out, offer_url(record, url));
}

static void text_step(struct strbuf *out, const void *record, const struct render_options *options)
{
    const struct offer *o = record;
    const struct step *s = offer_current_step(o);

    (void)options;
    if (s != NULL) {
        strbuf_printf(out, "%zu/%zu %s", (size_t)(s - o->steps) + 1, o->step_count,
                      field_step_name(s));
    }
}

static void json_step(struct strbuf *out, const void *record)
{
    const struct offer *o = record;
    const struct step *s = offer_current_step(o);

    if (s == NULL) {
        put(out, "null");
        return;
    }
    strbuf_printf(out, "{\"index\":%zu,\"total\":%zu,\"id\":", (size_t)(s - o->steps) + 1,
                  o->step_count);
    json_put_text(out, s->id);
    put(out, ",\"name\":");
    json_put_text(out, s->name);
    put(out, ",\"status\":");
    json_put_text(out, step_status_token(s->status));
    put(out, "}");
}

static void json_steps(struct strbuf *out, const void *record)
{
    json_put_steps(out, record);
}

static void json_messages(struct strbuf *out, const void *record)
{
    const struct offer *o = record;

    json_put_messages(out, o->messages, o->message_count);
}

static void text_sources(struct strbuf *out, const void *record,
                         const struct render_options *options)
{
    const struct offer *o = record;

    (void)options;
    for (size_t i = 0; i < o->source_count; i++) {
        strbuf_printf(out, "%s%s", i > 0 ? "," : "", o->sources[i].api);
    }
}

static void json_sources(struct strbuf *out, const void *record)
{
    json_put_sources(out, record);
}

#define EVENT_TIME(name)                                                                           \
    static void text_event_##name(struct strbuf *out, const void *record,                          \
                                  const struct render_options *options)                            \
    {                                                                                              \
        field_put_time(out, ((const struct event *)record)->name, options);                        \
    }                                                                                              \
    static void json_event_##name(struct strbuf *out, const void *record)                          \
    {                                                                                              \
        json_put_text(out, ((const struct event *)record)->name);                                  \
    }
EVENT_TIME(started_at)
EVENT_TIME(changed_at)

static void json_event_messages(struct strbuf *out, const void *record)
{
    const struct event *e = record;

    json_put_messages(out, e->messages, e->message_count);
}

static void json_notes(struct strbuf *out, const void *record)
{
    const struct offer *o = record;

    put(out, "[");
    for (size_t i = 0; i < o->note_count; i++) {
        put(out, i > 0 ? "," : "");
        json_put_text(out, o->notes[i].text);
    }
    put(out, "]");
}

static const char *color_state(const void *record)
{
    return field_state_color(((const struct offer *)record)->state);
}

/* In the order of the JSON document. */
static const struct field offer_fields[] = {
    { { "id", "OFFER", "the offer's id", true }, text_offer_id, json_offer_id, 0, NULL },
    { { "name", "NAME", "its name for people", true }, text_offer_name, json_offer_name, 9, NULL },
    { { "type", "TYPE", "its type", true }, text_type, json_type, 7, NULL },
    { { "publisher", "PUBLISHER", "the publisher's id", true },
      text_offer_publisher,
      json_offer_publisher,
      2,
      NULL },
    { { "state", "STATE", "the state as machines read it", true },
      text_state,
      json_state,
      0,
      color_state },
    { { "label", "STATE", "the state as people read it", true },
      text_label,
      json_label,
      0,
      color_state },
    { { "live", "LIVE", "presence in the marketplace", true }, text_live, json_live, 0, NULL },
    { { "action", "ACTION", "what is asked of you", true }, text_action, json_action, 0, NULL },
    { { "rule", "RULE", "the rule that decided the state", true },
      text_offer_rule,
      json_offer_rule,
      0,
      NULL },
    { { "basis", "BASIS", "on what that rule rests", true }, text_basis, json_basis, 0, NULL },
    { { "rawStatus", "STATUS", "the status word of the service", true },
      text_offer_raw_status,
      json_offer_raw_status,
      3,
      NULL },
    { { "version", "VERSION", "the offer's version", true },
      text_offer_version,
      json_offer_version,
      0,
      NULL },
    { { "changedAt", "CHANGED", "when it was last changed", true },
      text_changed_at,
      json_changed_at,
      5,
      NULL },
    { { "url", "URL", "its page in Partner Center", true }, text_url, json_url, 1, NULL },
    { { "productId", "PRODUCT", "the product's GUID", true },
      text_offer_product_id,
      json_offer_product_id,
      1,
      NULL },
    { { "step", "STEP", "the publishing step it stands at", true }, text_step, json_step, 8, NULL },
    { { "steps", NULL, "every publishing step", false }, NULL, json_steps, 0, NULL },
    { { "messages", NULL, "messages of the offer as a whole", false },
      NULL,
      json_messages,
      0,
      NULL },
    { { "notes", NULL, "how this record came to be", false }, NULL, json_notes, 0, NULL },
    { { "sources", "SOURCES", "what each API says, where several were asked", true },
      text_sources,
      json_sources,
      1,
      NULL },
};

static const struct field event_fields[] = {
    { { "offer", "OFFER", "the offer's id", true }, text_event_offer, json_event_offer, 0, NULL },
    { { "api", "API", "the API that tells it", true }, text_event_api, json_event_api, 0, NULL },
    { { "event", "EVENT", "submission, operation or job", true },
      text_event_kind,
      json_event_kind,
      0,
      NULL },
    { { "id", "ID", "its id, or that of its submission", true },
      text_event_id,
      json_event_id,
      0,
      NULL },
    { { "type", "TYPE", "what was done, in the service's words", true },
      text_event_type,
      json_event_type,
      3,
      NULL },
    { { "state", "STATE", "how it stands, in the service's words", true },
      text_event_state,
      json_event_state,
      0,
      NULL },
    { { "target", "TARGET", "where it leads, in the service's words", true },
      text_event_target,
      json_event_target,
      2,
      NULL },
    { { "startedAt", "STARTED", "when it began", true },
      text_event_started_at,
      json_event_started_at,
      4,
      NULL },
    { { "changedAt", "CHANGED", "when it ended, or was last changed", true },
      text_event_changed_at,
      json_event_changed_at,
      5,
      NULL },
    { { "messages", NULL, "what the service says of it", false },
      NULL,
      json_event_messages,
      0,
      NULL },
};

static const struct field publisher_fields[] = {
    { { "id", "PUBLISHER", "the publisher's id", true },
      text_publisher_id,
      json_publisher_id,
      0,
      NULL },
    { { "name", "NAME", "its name for people", true },
      text_publisher_name,
      json_publisher_name,
      9,
      NULL },
    { { "sellerId", "SELLER", "the seller's id", true },
      text_publisher_seller_id,
      json_publisher_seller_id,
      0,
      NULL },
};

const struct field *field_at(enum render_view view, size_t i)
{
    if (view == VIEW_PUBLISHERS) {
        return i < ARRAY_COUNT(publisher_fields) ? &publisher_fields[i] : NULL;
    }
    if (view == VIEW_HISTORY) {
        return i < ARRAY_COUNT(event_fields) ? &event_fields[i] : NULL;
    }
    return i < ARRAY_COUNT(offer_fields) ? &offer_fields[i] : NULL;
}

const struct field *field_find(enum render_view view, const char *key)
{
    const struct field *f;

    for (size_t i = 0; (f = field_at(view, i)) != NULL; i++) {
        if (word_equal(f->info.key, key)) {
            return f;
        }
    }
    return NULL;
}

const char *const *field_columns(enum render_view view, bool wide)
{
    static const char *const list[] = { "label", "live", "id",        "name",
                                        "type",  "step", "changedAt", NULL };
    static const char *const list_wide[] = { "label",   "live",   "id",        "name",
                                             "type",    "step",   "changedAt", "publisher",
                                             "version", "action", "rule",      NULL };
    static const char *const approvals[] = { "label",  "live", "id",        "name",
                                             "action", "step", "changedAt", NULL };
    static const char *const approvals_wide[] = { "label",     "live",    "id",        "name",
                                                  "action",    "step",    "changedAt", "type",
                                                  "publisher", "version", "rule",      NULL };
    static const char *const publishers[] = { "id", "name", "sellerId", NULL };
    static const char *const history[] = { "startedAt", "changedAt", "api", "event", "type",
                                           "state",     "target",    "id",  NULL };
    static const char *const history_wide[] = { "startedAt", "changedAt", "api", "event", "type",
                                                "state",     "target",    "id",  "offer", NULL };

    switch (view) {
    case VIEW_PUBLISHERS:
        return publishers;
    case VIEW_HISTORY:
        return wide ? history_wide : history;
    case VIEW_APPROVALS:
        return wide ? approvals_wide : approvals;
    case VIEW_LIST:
    case VIEW_SHOW:
    case VIEW_CHECK:
        break;
    }
    return wide ? list_wide : list;
}

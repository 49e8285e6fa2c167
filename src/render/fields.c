/* fields.c - one table of fields: titles, keys, help, columns. */
#define _DEFAULT_SOURCE /* localtime_r with its zone */
#include "fields.h"

#include "offerstat/text.h"
#include "offerstat/timestamp.h"
#include "offerstat/translate.h"
#include "offerstat/word.h"

#include "json_value.h"
#include "outlook_text.h"

#include <string.h>
#include <time.h>

#define ARRAY_COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Append text, or nothing where there is none. */
static void put(struct strbuf *out, const char *text)
{
    if (text != NULL) {
        strbuf_puts(out, text);
    }
}

static void put_local_time(struct strbuf *out, int64_t unix_ms)
{
    char text[TIMESTAMP_MAX];
    time_t seconds = (time_t)(unix_ms / 1000);
    struct tm local;

    if (localtime_r(&seconds, &local) == NULL ||
        strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S %z", &local) == 0) {
        timestamp_format(unix_ms, text);
    }
    strbuf_puts(out, text);
}

/* Append a time of a record as it is but for the fraction of its seconds. */
static void put_whole_seconds(struct strbuf *out, const char *at)
{
    size_t seconds = at != NULL ? strcspn(at, ".") : 0;

    if (at == NULL || at[seconds] == '\0') {
        put(out, at);
        return;
    }
    strbuf_append(out, at, seconds);
    strbuf_puts(out, "Z");
}

void field_put_time(struct strbuf *out, const char *at, const struct render_options *options)
{
    char text[TIMESTAMP_MAX];
    int64_t unix_ms;

    if (at == NULL || options->time == RENDER_TIME_UTC ||
        timestamp_read(at, &unix_ms, text) != TIMESTAMP_OK) {
        put_whole_seconds(out, at);
        return;
    }
    switch (options->time) {
    case RENDER_TIME_UTC: /* above: it is in UTC */
        break;
    case RENDER_TIME_RELATIVE:
        timestamp_relative(unix_ms, options->now_ms, text);
        strbuf_puts(out, text);
        break;
    case RENDER_TIME_AGE:
        timestamp_age(unix_ms, options->now_ms, text);
        strbuf_puts(out, text);
        break;
    case RENDER_TIME_LOCAL:
        put_local_time(out, unix_ms);
        break;
    }
}

void field_put_moment(struct strbuf *out, const char *at, const struct render_options *options)
{
    struct render_options local = *options;

    if (at != NULL && options->time == RENDER_TIME_RELATIVE) {
        local.time = RENDER_TIME_LOCAL;
        field_put_time(out, at, &local);
        strbuf_puts(out, ", ");
    }
    field_put_time(out, at, options);
}

const char *field_step_name(const struct step *s)
{
    if (s->name != NULL) {
        return s->name;
    }
    return s->id != NULL ? s->id : _("(no name)");
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
MEMBER(event, id)
MEMBER(event, type)
MEMBER(event, state)
MEMBER(event, target)
MEMBER(publisher, id)
MEMBER(publisher, name)
MEMBER(publisher, seller_id)

/* Members with a fixed set of values: a token for machines, a label for people. */
#define TOKEN(name, token, label, member)                                                          \
    static void text_##name(struct strbuf *out, const void *record,                                \
                            const struct render_options *options)                                  \
    {                                                                                              \
        (void)options;                                                                             \
        put(out, label(((const struct offer *)record)->member));                                   \
    }                                                                                              \
    static void json_##name(struct strbuf *out, const void *record)                                \
    {                                                                                              \
        json_put_text(out, token(((const struct offer *)record)->member));                         \
    }
TOKEN(state, state_token, state_token, state)
TOKEN(live, live_token, live_label, live)
TOKEN(action, action_token, action_label, action)

static void text_label(struct strbuf *out, const void *record, const struct render_options *options)
{
    const struct offer *o = record;

    put(out, state_label(o->state));
    if (o->basis == BASIS_PROVISIONAL && !options->tokens) {
        put(out, "?");
    }
}

static void json_label(struct strbuf *out, const void *record)
{
    json_put_text(out, state_label(((const struct offer *)record)->state));
}

TOKEN(basis, basis_token, basis_token, basis)

static void text_type(struct strbuf *out, const void *record, const struct render_options *options)
{
    const struct offer *o = record;

    if (o->type == NULL || options->tokens) {
        put(out, o->type);
    } else {
        put(out, offer_type_title(o->type));
    }
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
    json_put_time(out, ((const struct offer *)record)->changed_at);
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
    } else if (o->state == STATE_FAILED &&
               !text_equal_nocase(o->raw_status, state_token(o->state))) {
        /* An API without steps still has a status word for a failure. */
        strbuf_puts(out, o->raw_status != NULL ? o->raw_status : "");
    }
}

static void json_step(struct strbuf *out, const void *record)
{
    json_put_current_step(out, record);
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

static void text_event_kind(struct strbuf *out, const void *record,
                            const struct render_options *options)
{
    (void)options;
    put(out, _(((const struct event *)record)->kind));
}

static void json_event_kind(struct strbuf *out, const void *record)
{
    json_put_text(out, ((const struct event *)record)->kind);
}

#define EVENT_TIME(name)                                                                           \
    static void text_event_##name(struct strbuf *out, const void *record,                          \
                                  const struct render_options *options)                            \
    {                                                                                              \
        field_put_time(out, ((const struct event *)record)->name, options);                        \
    }                                                                                              \
    static void json_event_##name(struct strbuf *out, const void *record)                          \
    {                                                                                              \
        json_put_time(out, ((const struct event *)record)->name);                                  \
    }
EVENT_TIME(started_at)
EVENT_TIME(changed_at)

static void json_event_messages(struct strbuf *out, const void *record)
{
    const struct event *e = record;

    json_put_messages(out, e->messages, e->message_count);
}

static void text_since(struct strbuf *out, const void *record, const struct render_options *options)
{
    const struct offer *o = record;
    char since[TIMESTAMP_MAX];

    if (o->outlook.since_ms != 0) {
        timestamp_format(o->outlook.since_ms, since);
        field_put_time(out, since, options);
    }
}

static void json_since(struct strbuf *out, const void *record)
{
    json_put_since(out, record);
}

static void text_estimate(struct strbuf *out, const void *record,
                          const struct render_options *options)
{
    (void)options;
    outlook_put_short(out, record);
}

static void json_estimate(struct strbuf *out, const void *record)
{
    json_put_estimate(out, record);
}

static void json_notes(struct strbuf *out, const void *record)
{
    json_put_notes(out, record);
}

static const char *color_state(const void *record)
{
    return field_state_color(((const struct offer *)record)->state);
}

/* A row of the tables below, for a field that can be a column or for one in JSON alone.  The
 * arguments after `value` are members of struct field. */
#define COLUMN(key_, title_, help_, value, ...)                                                    \
    {                                                                                              \
        .info = { .key = (key_), .title = (title_), .help = (help_), .tabular = true },            \
        .json_key = ",\"" key_ "\":", .text = text_##value, .json = json_##value, __VA_ARGS__      \
    }
#define JSON_ONLY(key_, help_, value)                                                              \
    {                                                                                              \
        .info = { .key = (key_), .help = (help_) },                                                \
        .json_key = ",\"" key_ "\":", .json = json_##value                                         \
    }

/* In the order of the JSON document. */
static const struct field offer_fields[] = {
    COLUMN("id", N_("OFFER"), N_("the offer's id"), offer_id, .leads = true),
    COLUMN("name", N_("NAME"), N_("its name for people"), offer_name, .leaves = 2, .least = 16,
           .leads = true),
    COLUMN("type", N_("TYPE"), N_("its type"), type, .leaves = 1, .least = 16),
    COLUMN("publisher", N_("PUBLISHER"), N_("the publisher's id"), offer_publisher, .leaves = 9,
           .leads = true),
    COLUMN("state", N_("STATE"), N_("the state as machines read it"), state, .color = color_state),
    COLUMN("label", N_("STATE"), N_("the state as people read it"), label, .color = color_state,
           .for_people = true),
    COLUMN("live", N_("LIVE"), N_("presence in the marketplace"), live, .leaves = 0),
    COLUMN("action", N_("ACTION"), N_("what is asked of you"), action, .leaves = 8),
    COLUMN("rule", N_("RULE"), N_("the rule that decided the state"), offer_rule, .leaves = 3),
    COLUMN("basis", N_("BASIS"), N_("what that rule is based on"), basis, .leaves = 3),
    COLUMN("rawStatus", N_("STATUS"), N_("the status word of the service"), offer_raw_status,
           .leaves = 4, .least = 12),
    COLUMN("version", N_("VERSION"), N_("the offer's version"), offer_version, .leaves = 3),
    COLUMN("changedAt", N_("CHANGED"), N_("when it was last changed"), changed_at, .is_time = true,
           .age_title = N_("AGE")),
    COLUMN("url", N_("URL"), N_("its page in Partner Center"), url, .leaves = 3),
    COLUMN("productId", N_("PRODUCT"), N_("the product's GUID"), offer_product_id, .leaves = 3),
    COLUMN("step", N_("STEP"), N_("the publishing step it is in"), step, .leaves = 7, .least = 14),
    JSON_ONLY("steps", N_("every publishing step"), steps),
    JSON_ONLY("messages", N_("messages of the offer as a whole"), messages),
    JSON_ONLY("notes", N_("notes on how this record was made"), notes),
    COLUMN("sources", N_("SOURCES"), N_("what each API says, where several were asked"), sources,
           .leaves = 3),
    COLUMN("since", N_("SINCE"), N_("since when it has been in that step"), since, .leaves = 3,
           .is_time = true, .age_title = N_("FOR"), .is_outlook = true),
    COLUMN("estimate", N_("ESTIMATE"), N_("how long that step takes, by the portal or the record"),
           estimate, .leaves = 3, .is_outlook = true),
};

static const struct field event_fields[] = {
    COLUMN("offer", N_("OFFER"), N_("the offer's id"), event_offer, .leaves = 2),
    COLUMN("api", N_("API"), N_("the API that has it"), event_api, .leaves = 3),
    COLUMN("event", N_("EVENT"), N_("submission, operation or job"), event_kind, .leaves = 0),
    COLUMN("id", N_("ID"), N_("its id, or that of its submission"), event_id, .leads = true),
    COLUMN("type", N_("TYPE"), N_("what was done, in the service's words"), event_type, .leaves = 4,
           .least = 12),
    COLUMN("state", N_("STATE"), N_("its status, in the service's words"), event_state,
           .leaves = 0),
    COLUMN("target", N_("TARGET"), N_("what it leads to, in the service's words"), event_target,
           .leaves = 1, .least = 12),
    COLUMN("startedAt", N_("STARTED"), N_("when it began"), event_started_at, .leaves = 5,
           .is_time = true),
    COLUMN("changedAt", N_("CHANGED"), N_("when it ended, or was last changed"), event_changed_at,
           .is_time = true),
    JSON_ONLY("messages", N_("what the service says about it"), event_messages),
};

static const struct field publisher_fields[] = {
    COLUMN("id", N_("PUBLISHER"), N_("the publisher's id"), publisher_id, .leads = true),
    COLUMN("name", N_("NAME"), N_("its name for people"), publisher_name, .leaves = 1, .least = 16),
    COLUMN("sellerId", N_("SELLER"), N_("the seller's id"), publisher_seller_id, .leaves = 0),
};

_Static_assert(ARRAY_COUNT(offer_fields) <= FIELD_COUNT_MAX, "a render has room for every field");
_Static_assert(ARRAY_COUNT(event_fields) <= FIELD_COUNT_MAX, "a render has room for every field");

const struct field_table offer_table = { offer_fields, ARRAY_COUNT(offer_fields) };
const struct field_table event_table = { event_fields, ARRAY_COUNT(event_fields) };
const struct field_table publisher_table = { publisher_fields, ARRAY_COUNT(publisher_fields) };

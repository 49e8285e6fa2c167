/* fields_change.c - the fields of a change that was recorded. */
#include "fields_change.h"

#include "offerstat/recorded.h"
#include "offerstat/timestamp.h"
#include "offerstat/translate.h"

#include "json_value.h"

#define ARRAY_COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void put(struct strbuf *out, const char *text)
{
    if (text != NULL) {
        strbuf_puts(out, text);
    }
}

/* A text of the offer or of what it is now. */
#define MEMBER(name, member)                                                                       \
    static void text_##name(struct strbuf *out, const void *record,                                \
                            const struct render_options *options)                                  \
    {                                                                                              \
        (void)options;                                                                             \
        put(out, ((const struct recorded_change *)record)->member);                                \
    }                                                                                              \
    static void json_##name(struct strbuf *out, const void *record)                                \
    {                                                                                              \
        json_put_text(out, ((const struct recorded_change *)record)->member);                      \
    }
MEMBER(offer, offer.id)
MEMBER(name, offer.name)
MEMBER(publisher, offer.publisher)
MEMBER(product_id, offer.product_id)
MEMBER(api, after.api)

static void text_type(struct strbuf *out, const void *record, const struct render_options *options)
{
    const char *type = ((const struct recorded_change *)record)->offer.type;

    put(out, type != NULL && !options->tokens ? offer_type_title(type) : type);
}

static void json_type(struct strbuf *out, const void *record)
{
    json_put_text(out, ((const struct recorded_change *)record)->offer.type);
}

static void text_seen_at(struct strbuf *out, const void *record,
                         const struct render_options *options)
{
    char at[TIMESTAMP_MAX];

    timestamp_format(((const struct recorded_change *)record)->after.first_seen_ms, at);
    field_put_time(out, at, options);
}

static void json_seen_at(struct strbuf *out, const void *record)
{
    char at[TIMESTAMP_MAX];

    timestamp_format(((const struct recorded_change *)record)->after.first_seen_ms, at);
    json_put_text(out, at);
}

static void text_since(struct strbuf *out, const void *record, const struct render_options *options)
{
    field_put_time(out, ((const struct recorded_change *)record)->after.since, options);
}

static void json_since(struct strbuf *out, const void *record)
{
    json_put_time(out, ((const struct recorded_change *)record)->after.since);
}

static const char *kind_of(const struct recorded_change *c)
{
    if (c->after.appeared) {
        return "new";
    }
    if (c->after.gone) {
        return "gone";
    }
    return c->before.gone ? "back" : "changed";
}

static void text_kind(struct strbuf *out, const void *record, const struct render_options *options)
{
    (void)options;
    put(out, kind_of(record));
}

static void json_kind(struct strbuf *out, const void *record)
{
    json_put_text(out, kind_of(record));
}

static const struct {
    enum recorded_member member;
    const char *word;
} members[] = {
    { RECORDED_STATE, "state" },     { RECORDED_LIVE, "live" },
    { RECORDED_STEP, "step" },       { RECORDED_SUBMISSION, "submission" },
    { RECORDED_VERSION, "version" },
};

static void put_members(struct strbuf *out, const struct recorded_change *c, const char *quote)
{
    const char *sign = "";

    for (size_t i = 0; i < ARRAY_COUNT(members); i++) {
        if ((c->members & members[i].member) != 0) {
            strbuf_printf(out, "%s%s%s%s", sign, quote, members[i].word, quote);
            sign = ",";
        }
    }
}

static void text_members(struct strbuf *out, const void *record,
                         const struct render_options *options)
{
    (void)options;
    put_members(out, record, "");
}

static void json_members(struct strbuf *out, const void *record)
{
    strbuf_puts(out, "[");
    put_members(out, record, "\"");
    strbuf_puts(out, "]");
}

/* Whether a span has a value of the member. */
static bool has_member(const struct recorded_span *s, enum recorded_member member)
{
    switch (member) {
    case RECORDED_STATE:
    case RECORDED_LIVE:
        break;
    case RECORDED_STEP:
        return s->step_index > 0;
    case RECORDED_SUBMISSION:
        return s->submission != NULL;
    case RECORDED_VERSION:
        return s->version != NULL;
    }
    return true;
}

/* That value, for people. */
static void put_member(struct strbuf *out, enum recorded_member member,
                       const struct recorded_span *s)
{
    switch (member) {
    case RECORDED_STATE:
        put(out, s->state == STATE_NONE ? _("nothing under way") : state_label(s->state));
        break;
    case RECORDED_LIVE:
        strbuf_printf(out, _("live: %s"), live_label(s->live));
        break;
    case RECORDED_STEP:
        strbuf_printf(out, "%zu/%zu ", s->step_index, s->step_total);
        put(out, s->step_name != NULL ? s->step_name : s->step_id);
        strbuf_printf(out, " (%s)", step_status_label(s->step_status));
        break;
    case RECORDED_SUBMISSION:
        strbuf_printf(out, _("submission %s"), s->submission);
        break;
    case RECORDED_VERSION:
        strbuf_printf(out, _("version %s"), s->version);
        break;
    }
}

/* One side of the change, for people: the members that differ, or the state of an offer that is
 * new. */
static void put_side(struct strbuf *out, const struct recorded_change *c,
                     const struct recorded_span *s)
{
    unsigned shown = c->members != 0 ? c->members : RECORDED_STATE;
    const char *sign = "";

    for (size_t i = 0; i < ARRAY_COUNT(members); i++) {
        if ((shown & members[i].member) != 0 && has_member(s, members[i].member)) {
            strbuf_puts(out, sign);
            put_member(out, members[i].member, s);
            sign = ", ";
        }
    }
}

static void text_before(struct strbuf *out, const void *record,
                        const struct render_options *options)
{
    const struct recorded_change *c = record;

    (void)options;
    if (c->after.appeared) {
        put(out, _("(new)"));
    } else if (c->before.gone) {
        put(out, _("(gone)"));
    } else {
        put_side(out, c, &c->before);
    }
}

static void text_after(struct strbuf *out, const void *record, const struct render_options *options)
{
    const struct recorded_change *c = record;

    (void)options;
    if (c->after.gone) {
        put(out, _("(gone)"));
    } else {
        put_side(out, c, &c->after);
    }
}

static void put_span(struct strbuf *out, const struct recorded_span *s)
{
    strbuf_puts(out, "{\"state\":");
    json_put_text(out, state_token(s->state));
    json_put_member(out, "live", live_token(s->live));
    json_put_key(out, "step", false);
    if (s->step_index > 0) {
        strbuf_printf(out, "{\"index\":%zu,\"total\":%zu", s->step_index, s->step_total);
        json_put_member(out, "id", s->step_id);
        json_put_member(out, "name", s->step_name);
        json_put_member(out, "status", step_status_token(s->step_status));
        strbuf_puts(out, "}");
    } else {
        strbuf_puts(out, "null");
    }
    json_put_member(out, "submission", s->submission);
    json_put_member(out, "version", s->version);
    json_put_member(out, "rawStatus", s->raw_status);
    strbuf_puts(out, "}");
}

static void json_before(struct strbuf *out, const void *record)
{
    const struct recorded_change *c = record;

    if (c->after.appeared || c->before.gone) {
        strbuf_puts(out, "null");
    } else {
        put_span(out, &c->before);
    }
}

static void json_after(struct strbuf *out, const void *record)
{
    const struct recorded_change *c = record;

    if (c->after.gone) {
        strbuf_puts(out, "null");
    } else {
        put_span(out, &c->after);
    }
}

/* The offer on one side of the change, NULL when it was not there. */
static const struct recorded_span *side_before(const struct recorded_change *c)
{
    return c->after.appeared || c->before.gone ? NULL : &c->before;
}

static const struct recorded_span *side_after(const struct recorded_change *c)
{
    return c->after.gone ? NULL : &c->after;
}

/* A member on each side, as a column each: tokens. */
#define SIDE(name, side, value)                                                                    \
    static void text_##name(struct strbuf *out, const void *record,                                \
                            const struct render_options *options)                                  \
    {                                                                                              \
        const struct recorded_span *s = side(record);                                              \
        (void)options;                                                                             \
        if (s != NULL) {                                                                           \
            put(out, value);                                                                       \
        }                                                                                          \
    }                                                                                              \
    static void json_##name(struct strbuf *out, const void *record)                                \
    {                                                                                              \
        const struct recorded_span *s = side(record);                                              \
        json_put_text(out, s != NULL ? (value) : NULL);                                            \
    }
#define SIDES(name, value)                                                                         \
    SIDE(name##_before, side_before, value)                                                        \
    SIDE(name##_after, side_after, value)
SIDES(state, state_token(s->state))
SIDES(live, live_token(s->live))
SIDES(step_id, s->step_id)
SIDES(step_status, s->step_index > 0 ? step_status_token(s->step_status) : NULL)
SIDES(submission, s->submission)
SIDES(version, s->version)

#define COLUMN(key_, title_, help_, value, ...)                                                    \
    {                                                                                              \
        .info = { .key = (key_), .title = (title_), .help = (help_), .tabular = true },            \
        .json_key = ",\"" key_ "\":", .text = text_##value, .json = json_##value, __VA_ARGS__      \
    }
#define FLAT(key_, title_, help_, value)                                                           \
    COLUMN(key_, title_, help_, value, .leaves = 3, .flat = true)

/* "Pending publisher sign-off" and an ellipsis: a state is never cut. */
#define STATE_LEAST 27

static const struct field change_fields[] = {
    COLUMN("seenAt", N_("SEEN"), N_("the first read that found it so"), seen_at, .is_time = true),
    COLUMN("since", N_("SINCE"), N_("when that began, by the service"), since, .is_time = true,
           .leaves = 5),
    COLUMN("offer", N_("OFFER"), N_("the offer's id"), offer, .leads = true),
    COLUMN("name", N_("NAME"), N_("its name for people"), name, .leaves = 4, .least = 16),
    COLUMN("type", N_("TYPE"), N_("its type"), type, .leaves = 4, .least = 16),
    COLUMN("publisher", N_("PUBLISHER"), N_("the publisher's id"), publisher, .leaves = 6),
    COLUMN("productId", N_("PRODUCT"), N_("the product's GUID"), product_id, .leaves = 3),
    COLUMN("api", N_("API"), N_("the API that shows it, or several together"), api, .leaves = 3),
    COLUMN("change", N_("CHANGE"), N_("changed, new, gone or back"), kind, .leaves = 3),
    COLUMN("members", N_("MEMBERS"), N_("what has changed: state, live, step, submission, version"),
           members, .leaves = 3),
    COLUMN("before", N_("BEFORE"), N_("how it was"), before, .leaves = 8, .least = STATE_LEAST,
           .for_people = true),
    COLUMN("after", N_("AFTER"), N_("how it is since"), after, .least = STATE_LEAST,
           .for_people = true),
    FLAT("stateBefore", N_("STATE BEFORE"), N_("the state before"), state_before),
    FLAT("state", N_("STATE"), N_("the state since"), state_after),
    FLAT("liveBefore", N_("LIVE BEFORE"), N_("presence before"), live_before),
    FLAT("live", N_("LIVE"), N_("presence since"), live_after),
    FLAT("stepBefore", N_("STEP BEFORE"), N_("the id of the step before"), step_id_before),
    FLAT("step", N_("STEP"), N_("the id of the step since"), step_id_after),
    FLAT("stepStatusBefore", N_("STEP STATUS BEFORE"), N_("its status before"), step_status_before),
    FLAT("stepStatus", N_("STEP STATUS"), N_("its status since"), step_status_after),
    FLAT("submissionBefore", N_("SUBMISSION BEFORE"), N_("the submission before"),
         submission_before),
    FLAT("submission", N_("SUBMISSION"), N_("the submission since"), submission_after),
    FLAT("versionBefore", N_("VERSION BEFORE"), N_("the version before"), version_before),
    FLAT("version", N_("VERSION"), N_("the version since"), version_after),
};
_Static_assert(ARRAY_COUNT(change_fields) <= FIELD_COUNT_MAX, "a render has room for every field");

const struct field_table change_table = { change_fields, ARRAY_COUNT(change_fields) };

/* option_values.c - from the texts of options to settings. */
#define _DEFAULT_SOURCE /* strsep */
#include "option_values.h"

#include "offerstat/portal.h"
#include "offerstat/signin.h"
#include "offerstat/strbuf.h"
#include "offerstat/text.h"
#include "offerstat/timestamp.h"
#include "offerstat/typo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int add_text(struct texts *list, const char *text, struct error *err)
{
    const char **items = realloc(list->items, (list->count + 1) * sizeof(*items));

    if (items == NULL) {
        return error_memory(err);
    }
    items[list->count++] = text;
    list->items = items;
    return 0;
}

/* Split "a,b" into texts that s->split owns. */
static int split_commas(struct settings *s, const char *value, struct texts *to, struct error *err)
{
    char *copy = strdup(value), *rest = copy, *part;

    if (copy == NULL || add_text(&s->split, copy, err) != 0) {
        free(copy);
        return error_memory(err);
    }
    while ((part = strsep(&rest, ",")) != NULL) {
        if (*part == '\0') {
            return error_set(err, ERR_USAGE, "an empty word in \"%s\"", value);
        }
        if (add_text(to, part, err) != 0) {
            return -1;
        }
    }
    return 0;
}

static int refuse(const char *what, const char *value, const char *const *known, size_t count,
                  struct error *err)
{
    const char *near = word_nearest(value, known, count);
    struct strbuf all = STRBUF_INIT(4096);

    for (size_t i = 0; i < count; i++) {
        strbuf_printf(&all, "%s%s", i > 0 ? ", " : "", known[i]);
    }
    if (near != NULL) {
        error_set(err, ERR_USAGE, "no %s \"%s\"; did you mean \"%s\"?", what, value, near);
    } else {
        error_set(err, ERR_USAGE, "no %s \"%s\"; there are %s", what, value, strbuf_text(&all));
    }
    strbuf_clear(&all);
    return -1;
}

static int read_number(const char *value, long low, long high, long *out, struct error *err)
{
    char *end = NULL;
    long number = strtol(value, &end, 10);

    if (end == value || *end != '\0' || number < low || number > high) {
        return error_set(err, ERR_USAGE, "expected a number from %ld to %ld, found \"%s\"", low,
                         high, value);
    }
    *out = number;
    return 0;
}

static int read_duration(const char *value, int64_t *out, struct error *err)
{
    if (!duration_parse(value, out) || *out == 0) {
        return error_set(err, ERR_USAGE,
                         "expected a time with its unit, such as 30s, 5m or 2h, found \"%s\"",
                         value);
    }
    return 0;
}

int set_publisher(struct settings *s, const char *value, struct error *err)
{
    if (*value == '\0') {
        return error_set(err, ERR_USAGE, "the publisher's id is empty");
    }
    return add_text(&s->publishers, value, err);
}

int set_api(struct settings *s, const char *value, struct error *err)
{
    const char *known[PORTAL_APIS + 1];
    size_t count = 0;

    while (count < PORTAL_APIS && portal_api_name(count) != NULL) {
        known[count] = portal_api_name(count);
        count++;
    }
    known[count++] = API_ALL;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(known[i], value) == 0) {
            s->api = known[i];
            return 0;
        }
    }
    return refuse("API", value, known, count, err);
}

int set_endpoint(struct settings *s, const char *value, struct error *err)
{
    bool loopback;

    s->endpoint = value;
    return portal_check_endpoint(value, &loopback, err);
}

int set_token(struct settings *s, const char *value, struct error *err)
{
    (void)err; /* looked at when it is used: a bad token is no usage error */
    s->token = *value != '\0' ? value : NULL;
    return 0;
}

int set_token_file(struct settings *s, const char *value, struct error *err)
{
    if (*value == '\0') {
        return error_set(err, ERR_USAGE, "the file's name is empty");
    }
    s->token_file = value;
    return 0;
}

int set_auth(struct settings *s, const char *value, struct error *err)
{
    const char *known[16] = { "auto" };
    size_t count = 1;

    while (count < 16 && signin_method_name(count - 1) != NULL) {
        known[count] = signin_method_name(count - 1);
        count++;
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(known[i], value) == 0) {
            s->auth = value;
            return 0;
        }
    }
    return refuse("sign-in", value, known, count, err);
}

int set_client_id(struct settings *s, const char *value, struct error *err)
{
    (void)err;
    s->client_id = value;
    return 0;
}

int set_authority(struct settings *s, const char *value, struct error *err)
{
    bool loopback;

    s->authority = value;
    return portal_check_endpoint(value, &loopback, err);
}

/* The service wants a positive number. */
int set_seller_id(struct settings *s, const char *value, struct error *err)
{
    s->seller_id = value;
    return digits_are(value) && strlen(value) <= 20 && strspn(value, "0") < strlen(value)
               ? 0
               : error_set(err, ERR_USAGE,
                           "expected a positive number of up to 20 digits, found \"%s\"", value);
}

int set_witness(struct settings *s, const char *value, struct error *err)
{
    static const char *const known[] = { "auto", "always", "never" };

    for (size_t i = 0; i < 3; i++) {
        if (strcmp(known[i], value) == 0) {
            s->witness = (enum witness)i;
            return 0;
        }
    }
    return refuse("choice", value, known, 3, err);
}

int set_job(struct settings *s, const char *value, struct error *err)
{
    if (*value == '\0') {
        return error_set(err, ERR_USAGE, "the job's id is empty");
    }
    s->job = value;
    return 0;
}

int set_jobs(struct settings *s, const char *value, struct error *err)
{
    long number = 0;

    if (read_number(value, 1, 256, &number, err) != 0) {
        return -1;
    }
    s->jobs = (unsigned)number;
    return 0;
}

int set_retries(struct settings *s, const char *value, struct error *err)
{
    long number = 0;

    if (read_number(value, 0, 100, &number, err) != 0) {
        return -1;
    }
    s->retries = (unsigned)number;
    return 0;
}

int set_connect_timeout(struct settings *s, const char *value, struct error *err)
{
    return read_duration(value, &s->connect_timeout_ms, err);
}

int set_stall_timeout(struct settings *s, const char *value, struct error *err)
{
    return read_duration(value, &s->stall_timeout_ms, err);
}

int set_request_timeout(struct settings *s, const char *value, struct error *err)
{
    return read_duration(value, &s->request_timeout_ms, err);
}

int set_output(struct settings *s, const char *value, struct error *err)
{
    const char *known[16];

    s->format = render_format_find(value);
    if (s->format != NULL) {
        return 0;
    }
    for (size_t i = 0; i < render_format_count; i++) {
        known[i] = render_formats[i]->name;
    }
    return refuse("format", value, known, render_format_count, err);
}

int set_json(struct settings *s, const char *value, struct error *err)
{
    (void)value;
    return set_output(s, "json", err);
}

int set_fields(struct settings *s, const char *value, struct error *err)
{
    s->fields.count = 0;
    return split_commas(s, value, &s->fields, err);
}

int set_color(struct settings *s, const char *value, struct error *err)
{
    static const char *const known[] = { "auto", "always", "never" };

    for (size_t i = 0; i < 3; i++) {
        if (strcmp(known[i], value) == 0) {
            s->color = (enum when)i;
            return 0;
        }
    }
    return refuse("choice", value, known, 3, err);
}

int set_time(struct settings *s, const char *value, struct error *err)
{
    static const char *const known[] = { "auto", "relative", "utc", "local" };

    for (size_t i = 0; i < 4; i++) {
        if (strcmp(known[i], value) == 0) {
            s->time = (enum time_choice)i;
            return 0;
        }
    }
    return refuse("choice", value, known, 4, err);
}

int set_width(struct settings *s, const char *value, struct error *err)
{
    return read_number(value, 0, 10000, &s->width, err);
}

static int add_states(struct settings *s, const char *value, unsigned *to, struct error *err)
{
    struct texts words = { 0 };
    const char *known[STATE_COUNT];
    int rc = split_commas(s, value, &words, err);

    for (size_t i = 0; i < STATE_COUNT; i++) {
        known[i] = state_token((enum offer_state)i);
    }
    for (size_t i = 0; rc == 0 && i < words.count; i++) {
        enum offer_state state;
        if (state_parse(words.items[i], &state)) {
            *to |= 1u << state;
        } else {
            rc = refuse("state", words.items[i], known, STATE_COUNT, err);
        }
    }
    free(words.items);
    return rc;
}

int set_state(struct settings *s, const char *value, struct error *err)
{
    return add_states(s, value, &s->filter.states, err);
}

int set_not_state(struct settings *s, const char *value, struct error *err)
{
    return add_states(s, value, &s->filter.not_states, err);
}

int set_fail_on(struct settings *s, const char *value, struct error *err)
{
    if (add_states(s, value, &s->policy.fail_on, err) != 0) {
        return -1;
    }
    if ((s->policy.fail_on & 1u << STATE_NONE) != 0) {
        return error_set(err, ERR_USAGE,
                         "none is no state to fail on; --require live asks for what is live");
    }
    return 0;
}

int set_require(struct settings *s, const char *value, struct error *err)
{
    static const char *const known[] = { "idle", "live" };

    for (size_t i = 0; i < 2; i++) {
        if (strcmp(known[i], value) == 0) {
            s->policy.require = i == 0 ? REQUIRE_IDLE : REQUIRE_LIVE;
            return 0;
        }
    }
    return refuse("requirement", value, known, 2, err);
}

int set_ignore_unknown(struct settings *s, const char *value, struct error *err)
{
    (void)value;
    (void)err;
    s->policy.ignore_unknown = true;
    return 0;
}

int set_live(struct settings *s, const char *value, struct error *err)
{
    struct texts words = { 0 };
    const char *known[LIVE_COUNT];
    int rc = split_commas(s, value, &words, err);

    for (size_t i = 0; i < LIVE_COUNT; i++) {
        known[i] = live_token((enum offer_live)i);
    }
    for (size_t i = 0; rc == 0 && i < words.count; i++) {
        enum offer_live live;
        if (live_parse(words.items[i], &live)) {
            s->filter.lives |= 1u << live;
        } else {
            rc = refuse("live value", words.items[i], known, LIVE_COUNT, err);
        }
    }
    free(words.items);
    return rc;
}

/* Any text may be a type: the portal's are free. */
int set_type(struct settings *s, const char *value, struct error *err)
{
    (void)err;
    s->filter.type = value;
    return 0;
}

int set_since(struct settings *s, const char *value, struct error *err)
{
    return read_duration(value, &s->since_age_ms, err);
}

int set_sort(struct settings *s, const char *value, struct error *err)
{
    const char *known[64];
    size_t count = 0;
    const struct render_field *field;

    s->sort_descending = *value == '-';
    s->sort = value + (s->sort_descending ? 1 : 0);
    if (offer_compare_by(s->sort) != NULL) {
        return 0;
    }
    for (size_t i = 0; count < 64 && (field = render_field_at(VIEW_LIST, i)) != NULL; i++) {
        if (offer_compare_by(field->key) != NULL) {
            known[count++] = field->key;
        }
    }
    return refuse("field to sort by", s->sort, known, count, err);
}

int set_limit(struct settings *s, const char *value, struct error *err)
{
    long number = 0;

    if (read_number(value, 1, 1000000000, &number, err) != 0) {
        return -1;
    }
    s->limit = (size_t)number;
    return 0;
}

#define SWITCH(member)                                                                             \
    int set_##member(struct settings *s, const char *value, struct error *err)                     \
    {                                                                                              \
        (void)value;                                                                               \
        (void)err;                                                                                 \
        s->member = true;                                                                          \
        return 0;                                                                                  \
    }
SWITCH(allow_empty)
SWITCH(no_header)
SWITCH(ascii)
SWITCH(no_progress)
SWITCH(quiet)
SWITCH(verbose)
SWITCH(debug)
SWITCH(quick)
SWITCH(check)
SWITCH(show_origin)
SWITCH(print)
SWITCH(paginate)
SWITCH(help)
SWITCH(version)

/* It is also a part of a file's name. */
int set_profile(struct settings *s, const char *value, struct error *err)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    s->profile = value;
    return *value != '\0' && strlen(value) <= 32 && strspn(value, plain) == strlen(value)
               ? 0
               : error_set(err, ERR_USAGE,
                           "a profile's name has up to 32 letters, digits, - and _");
}

int set_nothing(struct settings *s, const char *value, struct error *err)
{
    (void)s;
    (void)value;
    (void)err;
    return 0; /* it has been looked at before any row was applied */
}

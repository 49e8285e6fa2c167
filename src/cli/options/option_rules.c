/* option_rules.c - functions for single options: their words, setting and checking. */
#include "option_rules.h"

#include "api_choice.h"
#include "options.h"
#include "report_file.h"
#include "settings.h"

#include "offerstat/portal.h"
#include "offerstat/render.h"
#include "offerstat/signin.h"
#include "offerstat/state.h"
#include "offerstat/text.h"
#include "offerstat/timestamp.h"
#include "offerstat/translate.h"

#include <stdio.h>
#include <string.h>

const char *option_word_api(size_t i)
{
    switch (i) {
    case 0:
        return API_AUTO;
    case 1:
        return API_ALL;
    default:
        return i - 2 < PORTAL_APIS ? portal_api_name(i - 2) : NULL;
    }
}

int option_set_api(const struct option_row *row, struct settings *s, const char *value,
                   struct error *err)
{
    (void)row;
    if (api_set_parse(value, &s->apis, err) != 0) {
        return -1;
    }
    s->api = value;
    return 0;
}

const char *option_word_auth(size_t i)
{
    return i == 0 ? "auto" : signin_method_name(i - 1);
}

const char *option_word_format(size_t i)
{
    return i < render_format_count ? render_formats[i]->name : NULL;
}

const char *option_word_state(size_t i)
{
    return i < STATE_COUNT ? state_token((enum offer_state)i) : NULL;
}

int option_find_state(const char *text)
{
    enum offer_state state;

    return state_parse(text, &state) ? (int)state : -1;
}

/* The states, then the word for FAIL_ON_FIX. */
const char *option_word_offense(size_t i)
{
    return i == STATE_COUNT ? action_token(ACTION_FIX) : option_word_state(i);
}

int option_find_offense(const char *text)
{
    return text_equal_nocase(text, action_token(ACTION_FIX)) ? STATE_COUNT
                                                             : option_find_state(text);
}

/* The states but STATE_UNKNOWN, which is not worth waiting for, then the word for WAIT_FOR_LIVE. */
const char *option_word_goal(size_t i)
{
    if (i == STATE_UNKNOWN) {
        return "live";
    }
    return i < STATE_UNKNOWN ? option_word_state(i) : NULL;
}

int option_find_goal(const char *text)
{
    int state = option_find_state(text);

    if (text_equal_nocase(text, "live")) {
        return STATE_COUNT;
    }
    return state != STATE_UNKNOWN ? state : -1;
}

const char *option_word_live(size_t i)
{
    return i < LIVE_COUNT ? live_token((enum offer_live)i) : NULL;
}

int option_find_live(const char *text)
{
    enum offer_live live;

    return live_parse(text, &live) ? (int)live : -1;
}

const char *option_word_type(size_t i)
{
    const char *const *words;

    return i < offer_type_words(&words) ? words[i] : NULL;
}

/* The fields of a list that can be sorted by. */
const char *option_word_sort(size_t i)
{
    const struct render_field *field;

    for (size_t at = 0; (field = render_field_at(VIEW_LIST, at)) != NULL; at++) {
        if (offer_compare_by(field->key) != NULL && i-- == 0) {
            return field->key;
        }
    }
    return NULL;
}

int option_set_sort(const struct option_row *row, struct settings *s, const char *value,
                    struct error *err)
{
    const struct render_field *field;

    s->sort_descending = *value == '-';
    if (s->sort_descending) {
        value++;
    }
    field = render_field_find(VIEW_LIST, value);
    if (field == NULL || offer_compare_by(field->key) == NULL) {
        return option_refuse(row, value, err);
    }
    s->sort = field->key;
    return 0;
}

int option_check_endpoint(const struct settings *s, const char *value, struct error *err)
{
    bool loopback;

    (void)s;
    return portal_check_endpoint(value, &loopback, err);
}

/* The service wants a positive number. */
int option_check_seller_id(const struct settings *s, const char *value, struct error *err)
{
    (void)s;
    if (!digits_are(value) || strlen(value) > 20 || strspn(value, "0") == strlen(value)) {
        return error_set(err, ERR_USAGE,
                         "expected a positive number of up to 20 digits, found \"%s\"", value);
    }
    return 0;
}

/* The name becomes a part of a file's name. */
int option_check_profile(const struct settings *s, const char *value, struct error *err)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    (void)s;
    if (*value == '\0' || strlen(value) > 32 || strspn(value, plain) != strlen(value)) {
        return error_set(err, ERR_USAGE, "a profile's name has up to 32 letters, digits, - and _");
    }
    return 0;
}

/* --jq implies JSON, whatever the environment says about formats. */
int option_set_jq(const struct option_row *row, struct settings *s, const char *value,
                  struct error *err)
{
    (void)row;
    if (*value == '\0') {
        return error_set(err, ERR_USAGE, "the expression is empty; . is the whole document");
    }
    s->jq = value;
    s->format = render_format_find("json");
    return 0;
}

int option_check_now(const struct settings *s, const char *value, struct error *err)
{
    char ignored[TIMESTAMP_MAX];
    int64_t now_ms;

    (void)s;
    if (timestamp_read(value, &now_ms, ignored) != TIMESTAMP_OK) {
        return error_set(err, ERR_USAGE, "expected a time such as 2026-11-26T10:00:00Z");
    }
    transport_set_wall_clock(now_ms);
    return 0;
}

int option_check_har(const struct settings *s, const char *value, struct error *err)
{
    (void)s;
    if (strcmp(value, "-") == 0) {
        return error_set(err, ERR_USAGE, "a recording goes to a file");
    }
    return 0;
}

/* Two reports to one file: the second would replace the first. */
int option_check_report(const struct settings *s, const char *value, struct error *err)
{
    struct report_file file, other;

    if (report_file_parse(value, &file, err) != 0) {
        return -1;
    }
    for (size_t i = 0; i + 1 < s->reports.count; i++) {
        if (report_file_parse(s->reports.items[i], &other, err) != 0) {
            return -1;
        }
        if (strcmp(file.path, other.path) == 0) {
            return error_set(err, ERR_USAGE, "%s is named twice", file.path);
        }
    }
    return 0;
}

int option_check_fail_on(const struct settings *s, const char *value, struct error *err)
{
    (void)value;
    if ((s->policy.fail_on & 1u << STATE_NONE) != 0) {
        return error_set(err, ERR_USAGE,
                         "none is no state to fail on; --require live asks for what is live");
    }
    return 0;
}

/* "2026-11-20", or RFC 3339. */
static bool read_moment(const char *value, int64_t *unix_ms)
{
    char text[TIMESTAMP_MAX], read[TIMESTAMP_MAX];

    snprintf(text, sizeof(text), "%s%s", value, strlen(value) == 10 ? "T00:00:00Z" : "");
    if (timestamp_read(text, unix_ms, read) != TIMESTAMP_OK) {
        return false;
    }
    if (*unix_ms <= 0) {
        *unix_ms = 1; /* 0 stands for no time; nothing was published before 1970 */
    }
    return true;
}

int option_set_since(const struct option_row *row, struct settings *s, const char *value,
                     struct error *err)
{
    (void)row;
    s->since_age_ms = 0;
    s->since_at_ms = 0;
    s->since_last = strcmp(value, "last") == 0;
    if (s->since_last || read_moment(value, &s->since_at_ms) ||
        (duration_parse(value, &s->since_age_ms) && s->since_age_ms > 0)) {
        return 0;
    }
    return error_set(err, ERR_USAGE,
                     "expected a time with its unit, such as 12h or 7d, or a date such as "
                     "2026-11-20, found \"%s\"",
                     value);
}

int option_set_timeout(const struct option_row *row, struct settings *s, const char *value,
                       struct error *err)
{
    (void)row;
    if (strcmp(value, "none") == 0) {
        s->timeout_ms = WAIT_FOR_EVER;
        return 0;
    }
    if (strcmp(value, "0") == 0) {
        s->timeout_ms = WAIT_ONE_READ;
        return 0;
    }
    if (!duration_parse(value, &s->timeout_ms)) {
        return error_set(err, ERR_USAGE,
                         "expected a time with its unit, such as 90m or 2h, 0 to read once, or "
                         "none, found \"%s\"",
                         value);
    }
    return 0;
}

int option_check_on_change(const struct settings *s, const char *value, struct error *err)
{
    (void)s;
    if (value[strspn(value, " \t\n")] == '\0') {
        return error_set(err, ERR_USAGE, "the command is empty");
    }
    return 0;
}

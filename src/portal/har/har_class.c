/* har_class.c - what becomes of a text of each class. */
#include "har/har_class.h"

#include "har/har_body.h"
#include "har/har_entity.h"
#include "har/har_html.h"
#include "har/har_url.h"

#include "offerstat/redact.h"
#include "offerstat/text.h"

#include <string.h>

#define NESTED_MAX 3
#define SELLER_DIGITS_MIN 3 /* a stand-in has as many digits as the number */

static void set(struct strbuf *value, struct strbuf *by)
{
    har_forget(value);
    strbuf_append(value, strbuf_text(by), by->len);
    strbuf_drop(value, by);
}

/* An object within a sentence: "ICH50400 - Unable to complete request. {...}". */
static void filter_nested(const struct har_context *c, struct strbuf *value)
{
    const char *text = strbuf_text(value), *open = strchr(text, '{'), *close = strrchr(text, '}');
    struct strbuf out = STRBUF_SECRET(value->max);
    struct har_context inner = *c;
    struct har_body body = {
        .text = har_on_record, .user = &inner, .out = &out, .is_problem = true
    };

    if (open == NULL || close == NULL || close < open ||
        strchr("\"}", open[1 + strspn(open + 1, " \t\r\n")]) == NULL) {
        return;
    }
    inner.nested++;
    strbuf_append(&out, text, (size_t)(open - text));
    if (inner.nested <= NESTED_MAX) {
        har_body_feed(&body, open, (size_t)(close + 1 - open));
        har_body_finish(&body);
        har_body_clear(&body);
    } else {
        strbuf_puts(&out, HAR_REMOVED_TEXT);
    }
    strbuf_puts(&out, close + 1);
    set(value, &out);
}

static void learn(const struct har_context *c, enum har_class class, const struct strbuf *value)
{
    const char *text = strbuf_text(value);
    bool digits = digits_are(text);

    har_names_learn_numbers(c->names, text);
    har_names_learn_hosts(c->names, text);
    if (har_is_guid(text, value->len)) {
        return; /* it is found wherever it stands */
    }
    switch (class) {
    case HAR_ID: /* and so are a path and a number */
        if (!digits && strchr(text, '/') == NULL) {
            har_names_learn(c->names, c->kind, text, value->len);
        }
        break;
    case HAR_OFFER:
        har_names_learn(c->names, HAR_KIND_OFFER, text, value->len);
        break;
    case HAR_PUBLISHER:
        har_names_learn(c->names, HAR_KIND_PUBLISHER, text, value->len);
        break;
    case HAR_NAME:
        har_names_learn(c->names, HAR_KIND_NAME, text, value->len);
        break;
    case HAR_SELLER:
        if (digits && value->len >= SELLER_DIGITS_MIN) {
            har_names_learn(c->names, HAR_KIND_NUMBER, text, value->len);
        }
        break;
    case HAR_REMOVED:
    case HAR_WORD:
    case HAR_TEXT:
    case HAR_HTML:
    case HAR_LINK:
    case HAR_PAGE:
    case HAR_NUMBER:
    case HAR_REQUEST:
    case HAR_KEY:
    case HAR_DEEP_KEY:
        break;
    }
}

void har_on_record(void *user, enum har_class class, struct strbuf *value)
{
    const struct har_context *c = user;
    struct strbuf out = STRBUF_SECRET(value->max);

    if (value->data == NULL) {
        return;
    }
    if (class == HAR_TEXT) {
        filter_nested(c, value);
        redact_text(value->data);
    } else if (class == HAR_HTML) {
        har_html_filter(value->data, &out);
        set(value, &out);
        out = (struct strbuf)STRBUF_SECRET(value->max);
        har_entity_unify(value->data, &out); /* before a secret or a name is looked for */
        set(value, &out);
        redact_text(value->data);
    } else if (class == HAR_LINK) {
        har_url_put(c->names, value->data, &out);
        set(value, &out);
        redact_known(value->data);
    } else {
        redact_known(value->data);
    }
    if (c->learn && class != HAR_WORD) {
        learn(c, class, value);
    }
}

/* The whole of a value, or else what stands in it. */
static void replace_whole(const struct har_context *c, struct strbuf *value)
{
    struct strbuf out = STRBUF_INIT(value->max);

    if (har_names_has(c->names, strbuf_text(value), value->len)) {
        har_names_put(c->names, c->kind, strbuf_text(value), value->len, &out);
        set(value, &out);
    } else {
        har_names_replace(c->names, value);
    }
}

static void replace_by(const struct har_context *c, enum har_kind kind, struct strbuf *value)
{
    struct strbuf out = STRBUF_INIT(value->max);

    if (har_is_guid(strbuf_text(value), value->len)) {
        har_names_replace(c->names, value);
        return;
    }
    har_names_put(c->names, kind, strbuf_text(value), value->len, &out);
    set(value, &out);
}

void har_on_replace(void *user, enum har_class class, struct strbuf *value)
{
    const struct har_context *c = user;

    if (value->len == 0) {
        return;
    }
    switch (class) {
    case HAR_WORD:
        break;
    case HAR_LINK:
        har_url_replace(c->names, value);
        break;
    case HAR_PAGE:
        replace_by(c, HAR_KIND_PAGE, value);
        break;
    case HAR_REQUEST:
        replace_by(c, HAR_KIND_REQUEST, value);
        break;
    case HAR_DEEP_KEY:
        if (strcmp(strbuf_text(value), HAR_REMOVED_TEXT) != 0) {
            replace_by(c, HAR_KIND_MEMBER, value);
        }
        break;
    case HAR_OFFER:
        replace_by(c, HAR_KIND_OFFER, value);
        break;
    case HAR_PUBLISHER:
        replace_by(c, HAR_KIND_PUBLISHER, value);
        break;
    case HAR_NAME:
        replace_by(c, HAR_KIND_NAME, value);
        break;
    case HAR_ID:
    case HAR_SELLER:
        replace_whole(c, value);
        break;
    case HAR_NUMBER:
        if (har_names_has_number(strbuf_text(value))) {
            har_names_replace(c->names, value);
        }
        break;
    case HAR_HTML:
        har_names_replace_html(c->names, value);
        break;
    case HAR_REMOVED:
    case HAR_TEXT:
    case HAR_KEY:
        har_names_replace(c->names, value);
        break;
    }
}

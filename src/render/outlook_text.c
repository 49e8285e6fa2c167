/* outlook_text.c - how long a publish has been in its step, and when that may end, in words. */
#include "outlook_text.h"

#include "offerstat/outlook.h"
#include "offerstat/timestamp.h"
#include "offerstat/translate.h"

#define NINE_OF_TEN_LEAST 10 /* with fewer durations 9 of 10 would be all of them */

static bool is_relative(const struct render_options *options)
{
    return options->time == RENDER_TIME_RELATIVE || options->time == RENDER_TIME_AGE;
}

static void put_for(struct strbuf *out, const struct outlook *outlook)
{
    char age[TIMESTAMP_MAX];

    duration_format(outlook->age_ms, age);
    if (outlook->is_at_least) {
        strbuf_printf(out, _("for at least %s"), age);
    } else if (outlook->is_recorded) {
        strbuf_printf(out, _("for about %s"), age);
    } else {
        strbuf_printf(out, _("for %s"), age);
    }
}

void outlook_put_age(struct strbuf *out, const struct offer *o,
                     const struct render_options *options)
{
    char since[TIMESTAMP_MAX];

    if (o->outlook.since_ms == 0) {
        return;
    }
    if (is_relative(options)) {
        put_for(out, &o->outlook);
        return;
    }
    timestamp_format(o->outlook.since_ms, since);
    if (o->outlook.is_at_least) {
        strbuf_printf(out, _("since %s or before"), since);
    } else if (o->outlook.is_recorded) {
        strbuf_printf(out, _("since about %s"), since);
    } else {
        strbuf_printf(out, _("since %s"), since);
    }
}

static void put_late(struct strbuf *out, const struct estimate *e, const char *high)
{
    if (e->count >= NINE_OF_TEN_LEAST) {
        strbuf_printf(out, _("longer than 9 of 10 of yours (%s)"), high);
    } else {
        strbuf_printf(out, _("longer than all %zu of yours (%s)"), e->count, high);
    }
}

void outlook_put_estimate(struct strbuf *out, const struct estimate *e,
                          const struct render_options *options)
{
    char median[TIMESTAMP_MAX], low[TIMESTAMP_MAX], high[TIMESTAMP_MAX], ends[TIMESTAMP_MAX];

    if (e->count == 0) {
        return;
    }
    duration_format(e->median_ms + 500, median);
    duration_format(e->low_ms + 500, low);
    duration_format(e->high_ms + 500, high);
    if (e->late) {
        put_late(out, e, high);
    } else if (e->ends_ms <= options->now_ms) { /* not known, or the median has passed */
        strbuf_printf(out, _("usually takes %s (%s to %s, %zu of yours)"), median, low, high,
                      e->count);
    } else if (is_relative(options)) {
        timestamp_relative(e->ends_ms, options->now_ms, ends);
        strbuf_printf(out, _("likely to end %s (takes %s to %s, %zu of yours)"), ends, low, high,
                      e->count);
    } else {
        timestamp_format(e->ends_ms, ends);
        strbuf_printf(out, _("likely to end at %s (takes %s to %s, %zu of yours)"), ends, low, high,
                      e->count);
    }
}

void outlook_put_short(struct strbuf *out, const struct offer *o)
{
    const struct step *s = offer_current_step(o);
    const struct estimate *e = &o->outlook.step;
    char median[TIMESTAMP_MAX], low[TIMESTAMP_MAX], high[TIMESTAMP_MAX];

    if (e->count == 0) {
        e = &o->outlook.publish;
    }
    duration_format(e->median_ms + 500, median);
    duration_format(e->low_ms + 500, low);
    duration_format(e->high_ms + 500, high);
    if (!offer_has_estimate(o)) {
        return;
    }
    if (s != NULL && s->estimated != NULL) {
        strbuf_puts(out, s->estimated);
    } else if (e->late) {
        strbuf_printf(out, "> %s", high);
    } else {
        strbuf_printf(out, "%s (%s-%s)", median, low, high);
    }
}
